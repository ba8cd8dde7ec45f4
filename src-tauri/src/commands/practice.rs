use onboarding::{Failure, Identity, PracticeClient, PracticeView, Profile, SavedPractice};
use tauri::{AppHandle, State};

use crate::practice_pages::{self, PracticePage};
use crate::practice_server::LoopbackPractice;
use crate::{Desk, dialogs};

#[tauri::command]
pub(crate) async fn start_practice(desk: State<'_, Desk>) -> Result<Profile, Failure> {
    desk.start_practice().await
}

#[tauri::command]
pub(crate) async fn save_practice_certificate(
    app: AppHandle,
    desk: State<'_, Desk>,
) -> Result<Option<SavedPractice>, Failure> {
    let name = "OVELSE-virksomhetssertifikat.p12";
    let Some(path) = dialogs::where_to_save(&app, name).await else {
        return Ok(None);
    };
    desk.save_practice_certificate(&path).await.map(Some)
}

#[tauri::command]
pub(crate) async fn use_practice_certificate(desk: State<'_, Desk>) -> Result<Identity, Failure> {
    desk.use_practice_certificate().await
}

#[tauri::command]
pub(crate) async fn practice_client(desk: State<'_, Desk>) -> Result<PracticeClient, Failure> {
    desk.practice_client().await
}

#[tauri::command]
pub(crate) async fn practice_view(
    practice: State<'_, LoopbackPractice>,
) -> Result<PracticeView, Failure> {
    practice.view().await
}

#[tauri::command]
pub(crate) async fn switch_scenarios(
    practice: State<'_, LoopbackPractice>,
    scenarios: Vec<String>,
) -> Result<PracticeView, Failure> {
    practice.switch(&scenarios).await
}

#[tauri::command]
pub(crate) async fn forget_requests(
    practice: State<'_, LoopbackPractice>,
) -> Result<PracticeView, Failure> {
    practice.forget().await
}

#[tauri::command]
pub(crate) async fn open_practice_page(
    app: AppHandle,
    practice: State<'_, LoopbackPractice>,
    page: PracticePage,
) -> Result<(), Failure> {
    practice_pages::show(&app, &practice, page).await
}
