use onboarding::{AuditEntry, Failure};
use tauri::{AppHandle, State};
use tauri_plugin_opener::OpenerExt;

use crate::{Desk, dialogs::where_to_save};

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

/// Events on the page; all of them are in the export.
const SHOWN: usize = 100;
