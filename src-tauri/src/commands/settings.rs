use onboarding::{Failure, Settings, Start};
use tauri::{AppHandle, State};

use crate::{Desk, window};

#[tauri::command]
pub(crate) async fn start(
    app: AppHandle,
    desk: State<'_, Desk>,
    given: State<'_, window::Given>,
) -> Result<Start, Failure> {
    let Some(path) = given.take() else {
        return Ok(desk.start(None).await);
    };
    let file = desk.take_keystore_file(&path);
    if file.is_err() {
        // Told as if it had been dropped, once the page listens.
        window::announce(&app, &path);
    }
    Ok(desk.start(file.ok()).await)
}

#[tauri::command]
pub(crate) fn save_settings(
    app: AppHandle,
    desk: State<'_, Desk>,
    settings: Settings,
) -> Result<Settings, Failure> {
    window::show_scheme(&app, settings.scheme);
    desk.save_settings(settings)
}
