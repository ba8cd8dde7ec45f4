use onboarding::{Failure, Foresight, ManyEnd, ReadConsumers, read_consumers_file};
use tauri::{AppHandle, Emitter, State};

use crate::{
    Desk,
    dialogs::{where_to_save, which_file},
};

#[tauri::command]
pub(crate) fn read_consumers(text: &str) -> Result<ReadConsumers, Failure> {
    onboarding::read_consumers(text)
}

#[tauri::command]
pub(crate) async fn pick_consumers(app: AppHandle) -> Result<Option<ReadConsumers>, Failure> {
    let path = which_file(&app, &["csv", "txt"]).await;
    path.map(|path| read_consumers_file(&path)).transpose()
}

#[tauri::command]
pub(crate) async fn foresee_for_all(
    desk: State<'_, Desk>,
    profile: &str,
    consumers: Vec<String>,
) -> Result<Vec<Foresight>, Failure> {
    desk.foresee_for_all(profile, consumers).await
}

/// Every outcome goes to the page as it comes.
#[tauri::command]
pub(crate) async fn request_for_all(
    app: AppHandle,
    desk: State<'_, Desk>,
    profile: &str,
    consumers: Vec<String>,
    anyway: bool,
) -> Result<ManyEnd, Failure> {
    // A page that is gone needs no progress.
    let told = |row: &_| drop(app.emit("many-row", row));
    desk.request_for_all(profile, consumers, anyway, told).await
}

#[tauri::command]
pub(crate) fn cancel_request_for_all(desk: State<'_, Desk>, profile: &str) {
    desk.cancel_request_for_all(profile);
}

#[tauri::command]
pub(crate) async fn save_outcomes(
    app: AppHandle,
    desk: State<'_, Desk>,
    profile: &str,
) -> Result<Option<String>, Failure> {
    let path = where_to_save(&app, "maskinporten-outcomes.csv").await;
    path.map(|path| desk.save_outcomes(profile, &path))
        .transpose()
}
