use onboarding::{
    AuditEntry, Failure, Foresight, ImportedProfiles, ManyEnd, PastedToken, ReadConsumers,
    ServedEndpoint, Token, TokenOptions, UseForm, adapters::read_keystore_file,
    read_consumers_file,
};
use tauri::{AppHandle, Emitter, State};
use tauri_plugin_opener::OpenerExt;

use crate::{
    Desk,
    dialogs::{where_to_save, which_file},
    serving::Serving,
};

#[tauri::command]
pub(crate) async fn current_token(
    desk: State<'_, Desk>,
    profile: &str,
    options: TokenOptions,
) -> Result<Option<Token>, Failure> {
    desk.current_token(profile, options).await
}

#[tauri::command]
pub(crate) fn read_pasted_token(desk: State<'_, Desk>, text: &str) -> Result<PastedToken, Failure> {
    desk.read_pasted_token(text)
}

#[tauri::command]
pub(crate) async fn save_use(
    app: AppHandle,
    desk: State<'_, Desk>,
    profile: &str,
    token: &str,
    form: UseForm,
    included: bool,
) -> Result<Option<String>, Failure> {
    let name = desk.use_file_name(profile, form)?;
    let path = where_to_save(&app, &name).await;
    match path {
        Some(path) => desk
            .save_use(profile, token, form, included, &path)
            .await
            .map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
pub(crate) async fn export_profiles(
    app: AppHandle,
    desk: State<'_, Desk>,
    ids: Vec<String>,
) -> Result<Option<String>, Failure> {
    let name = desk.profiles_file_name(&ids)?;
    match where_to_save(&app, &name).await {
        Some(path) => desk.save_profiles(&ids, &path).await.map(Some),
        None => Ok(None),
    }
}

#[tauri::command]
pub(crate) async fn import_profiles(
    app: AppHandle,
    desk: State<'_, Desk>,
) -> Result<Option<ImportedProfiles>, Failure> {
    let endings = ["json", "properties", "env", "yml", "yaml"];
    let Some(path) = which_file(&app, &endings).await else {
        return Ok(None);
    };
    let bytes = read_keystore_file(&path)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let language = desk.settings().unwrap_or_default().language;
    // Another tool's file may hold its passwords; no profile has a place for them.
    let imported = desk.import_profiles(&name, bytes.expose(), language);
    imported.await.map(Some)
}

#[tauri::command]
pub(crate) fn audit_entries(desk: State<'_, Desk>) -> Vec<AuditEntry> {
    desk.audit_entries(SHOWN)
}

#[tauri::command]
pub(crate) async fn export_audit(
    app: AppHandle,
    desk: State<'_, Desk>,
) -> Result<Option<String>, Failure> {
    let path = where_to_save(&app, "portner-requests.jsonl").await;
    path.map(|path| desk.export_audit(&path)).transpose()
}

#[tauri::command]
pub(crate) fn open_log_folder(app: AppHandle, desk: State<'_, Desk>) -> Result<(), Failure> {
    let folder = desk.log_folder().to_string_lossy();
    app.opener()
        .open_path(folder, None::<&str>)
        .map_err(|_| Failure::new("link_not_opened"))
}

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
pub(crate) async fn save_outcomes(
    app: AppHandle,
    desk: State<'_, Desk>,
    profile: &str,
) -> Result<Option<String>, Failure> {
    let path = where_to_save(&app, "maskinporten-outcomes.csv").await;
    path.map(|path| desk.save_outcomes(profile, &path))
        .transpose()
}

#[tauri::command]
pub(crate) async fn start_serving(
    app: AppHandle,
    serving: State<'_, Serving>,
    profile: String,
) -> Result<ServedEndpoint, Failure> {
    serving.start(&app, profile).await
}

#[tauri::command]
pub(crate) async fn stop_serving(serving: State<'_, Serving>) -> Result<(), Failure> {
    serving.stop().await;
    Ok(())
}

#[tauri::command]
pub(crate) async fn served_endpoint(
    serving: State<'_, Serving>,
) -> Result<Option<ServedEndpoint>, Failure> {
    Ok(serving.served().await)
}

/// Events on the page; all of them are in the export.
const SHOWN: usize = 100;
