use onboarding::{ClientCheck, Failure, Foresight, Preview, Registration, Token, TokenOptions};
use tauri::{AppHandle, State};

use crate::{Desk, clipboard};

#[tauri::command]
pub(crate) async fn check_client(
    desk: State<'_, Desk>,
    profile: &str,
    client_id: &str,
) -> Result<ClientCheck, Failure> {
    desk.check_client(profile, client_id).await
}

#[tauri::command]
pub(crate) async fn read_registration(
    desk: State<'_, Desk>,
    profile: &str,
) -> Result<Registration, Failure> {
    desk.read_registration(profile, None).await
}

#[tauri::command]
pub(crate) async fn foresee(
    desk: State<'_, Desk>,
    profile: &str,
    options: TokenOptions,
) -> Result<Vec<Foresight>, Failure> {
    desk.foresee(profile, options).await
}

#[tauri::command]
pub(crate) async fn preview_grant(
    desk: State<'_, Desk>,
    profile: &str,
    options: TokenOptions,
) -> Result<Preview, Failure> {
    desk.preview_grant(profile, options).await
}

#[tauri::command]
pub(crate) async fn request_token(
    desk: State<'_, Desk>,
    profile: &str,
    options: TokenOptions,
) -> Result<Token, Failure> {
    desk.request_token(profile, options).await
}

#[tauri::command]
pub(crate) fn cancel_request(desk: State<'_, Desk>) {
    desk.cancel_request();
}

#[tauri::command]
pub(crate) fn reveal_token(desk: State<'_, Desk>, id: &str) -> Result<String, Failure> {
    // The user asked to see it; the page forgets it when it is hidden again.
    desk.reveal_token(id)
        .map(|(token, _)| token.expose().clone())
}

/// Answers after how many seconds the clipboard is cleared.
#[tauri::command]
pub(crate) async fn copy_token(
    app: AppHandle,
    desk: State<'_, Desk>,
    id: &str,
) -> Result<u64, Failure> {
    let (token, left) = desk.token_to_copy(id)?;
    clipboard::copy_for_a_while(&app, token, left)
}
