use onboarding::{Failure, Profile, ProfileChange, Road};
use tauri::State;

use crate::Desk;

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
