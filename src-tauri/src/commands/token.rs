use keystore::Secret;
use onboarding::{
    ClientCheck, Failure, Foresight, PastedToken, Preview, Registration, Token, TokenOptions,
    UseForm,
};
use tauri::{AppHandle, State};

use crate::{Desk, clipboard, dialogs::where_to_save};

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
pub(crate) fn cancel_request(desk: State<'_, Desk>, profile: &str) {
    desk.cancel_request(profile);
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

#[tauri::command]
pub(crate) async fn current_token(
    desk: State<'_, Desk>,
    profile: &str,
    options: TokenOptions,
) -> Result<Option<Token>, Failure> {
    desk.current_token(profile, options).await
}

#[tauri::command]
pub(crate) fn read_pasted_token(
    desk: State<'_, Desk>,
    text: String,
) -> Result<PastedToken, Failure> {
    desk.read_pasted_token(&Secret::new(text))
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
