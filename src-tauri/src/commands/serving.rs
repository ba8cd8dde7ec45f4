use onboarding::{Failure, ServedEndpoint};
use tauri::{AppHandle, State};

use crate::serving::Serving;

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
