use std::path::PathBuf;

use tauri::AppHandle;
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

/// Asks the user where to save a file; none when they gave up. The page never learns where.
pub(crate) async fn where_to_save(app: &AppHandle, name: &str) -> Option<PathBuf> {
    #[cfg(debug_assertions)]
    if let Some(folder) = std::env::var_os(TEST_FOLDER) {
        return Some(PathBuf::from(folder).join(name));
    }
    let (chosen, choice) = oneshot::channel();
    let dialog = app.dialog().file().set_file_name(name);
    dialog.save_file(|path| drop(chosen.send(path)));
    choice.await.ok()??.into_path().ok()
}

/// Asks the user for a file with one of some endings; none when they gave up.
pub(crate) async fn which_file(app: &AppHandle, endings: &[&str]) -> Option<PathBuf> {
    let (chosen, choice) = oneshot::channel();
    let dialog = app
        .dialog()
        .file()
        .add_filter(endings.join(", "), endings)
        .add_filter("*", &["*"]);
    dialog.pick_file(|path| drop(chosen.send(path)));
    choice.await.ok()??.into_path().ok()
}

/// In development builds only, the folder in which the user saves: WebDriver cannot reach the
/// system's dialog.
#[cfg(debug_assertions)]
const TEST_FOLDER: &str = "PORTNER_SAVE_IN";
