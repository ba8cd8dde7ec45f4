use onboarding::{Failure, ImportedProfiles, Profile, ProfileChange, Road};
use tauri::{AppHandle, State};

use crate::{
    Desk,
    dialogs::{where_to_save, which_file},
};

#[tauri::command]
pub(crate) fn create_profile(
    desk: State<'_, Desk>,
    change: ProfileChange,
) -> Result<Profile, Failure> {
    desk.create_profile(change)
}

#[tauri::command]
pub(crate) fn change_profile(
    desk: State<'_, Desk>,
    id: &str,
    change: ProfileChange,
) -> Result<Profile, Failure> {
    desk.change_profile(id, change)
}

#[tauri::command]
pub(crate) fn copy_profile(
    desk: State<'_, Desk>,
    id: &str,
    change: ProfileChange,
) -> Result<Profile, Failure> {
    desk.copy_profile(id, change)
}

#[tauri::command]
pub(crate) fn remove_profile(desk: State<'_, Desk>, id: &str) -> Result<(), Failure> {
    desk.remove_profile(id)
}

#[tauri::command]
pub(crate) fn activate_profile(desk: State<'_, Desk>, id: &str) -> Result<Profile, Failure> {
    desk.activate_profile(id)
}

#[tauri::command]
pub(crate) fn list_profiles(desk: State<'_, Desk>) -> Vec<Profile> {
    desk.list_profiles()
}

#[tauri::command]
pub(crate) async fn road(desk: State<'_, Desk>, id: &str) -> Result<Road, Failure> {
    desk.road(id).await
}

#[tauri::command]
pub(crate) fn confirm_production(desk: State<'_, Desk>) {
    desk.confirm_production();
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
    let language = desk.settings().unwrap_or_default().language;
    desk.import_profiles_file(&path, language).await.map(Some)
}
