use onboarding::{Failure, Settings, Start};
use tauri::{AppHandle, State};

use crate::{Desk, window};

#[tauri::command]
pub(crate) async fn start(
    desk: State<'_, Desk>,
    given: State<'_, window::Given>,
) -> Result<Start, Failure> {
    let opened = given.take().map(|path| desk.take_keystore_file(&path));
    Ok(desk.start(opened).await)
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
