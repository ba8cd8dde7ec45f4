use keystore::Secret;
use onboarding::{Failure, FileOffer, FileOrder, SavedFiles};
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

use crate::{Desk, clipboard, dialogs};

#[tauri::command]
pub(crate) async fn offer_files(
    desk: State<'_, Desk>,
    profile: &str,
) -> Result<FileOffer, Failure> {
    desk.offer_files(profile).await
}

#[tauri::command]
pub(crate) fn make_password(desk: State<'_, Desk>) -> Result<String, Failure> {
    desk.make_password()
}

/// Asks where; answers nothing when the user gave up.
#[tauri::command]
pub(crate) async fn save_files(
    app: AppHandle,
    desk: State<'_, Desk>,
    profile: &str,
    order: FileOrder,
    password: Option<String>,
) -> Result<Option<SavedFiles>, Failure> {
    let password = password.map(Secret::new);
    let name = desk.check_files(profile, &order, password.as_ref())?;
    let Some(path) = dialogs::where_to_save(&app, &name).await else {
        return Ok(None);
    };
    let saved = desk.save_files(profile, order, password, &path).await;
    saved.map(Some)
}

#[tauri::command]
pub(crate) async fn replace_files(
    desk: State<'_, Desk>,
    profile: &str,
    order: FileOrder,
    password: Option<String>,
    place: &str,
) -> Result<SavedFiles, Failure> {
    let password = password.map(Secret::new);
    desk.replace_files(profile, order, password, place).await
}

#[tauri::command]
pub(crate) async fn show_written_file(
    app: AppHandle,
    desk: State<'_, Desk>,
    handle: &str,
) -> Result<(), Failure> {
    let shown = app.opener().reveal_item_in_dir(desk.written_file(handle)?);
    shown.map_err(|_| Failure::new("folder_not_shown"))
}

/// Answers after how many seconds the clipboard is cleared.
#[tauri::command]
pub(crate) async fn copy_file_password(
    app: AppHandle,
    desk: State<'_, Desk>,
    handle: &str,
) -> Result<u64, Failure> {
    clipboard::copy_for_a_while(&app, desk.written_password(handle)?, clipboard::KEPT)
}

/// The same for a password that is not written anywhere yet.
#[tauri::command]
pub(crate) async fn copy_password(app: AppHandle, password: String) -> Result<u64, Failure> {
    clipboard::copy_for_a_while(&app, Secret::new(password), clipboard::KEPT)
}

#[tauri::command]
pub(crate) fn forget_files(desk: State<'_, Desk>) {
    desk.forget_files();
}
