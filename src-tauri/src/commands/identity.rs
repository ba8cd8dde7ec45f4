use keystore::Secret;
use onboarding::{
    Failure, Identity, IssuerCard, Keep, KeystoreFile, OpenedKeystore, OwnKeyOrder, PublicKeyTexts,
    Revocation,
};
use tauri::{AppHandle, State};

use crate::{Desk, dialogs};

#[tauri::command]
pub(crate) async fn pick_keystore_file(
    app: AppHandle,
    desk: State<'_, Desk>,
) -> Result<Option<KeystoreFile>, Failure> {
    let path = dialogs::which_file(&app, ENDINGS).await;
    path.map(|path| desk.take_keystore_file(&path)).transpose()
}

#[tauri::command]
pub(crate) async fn open_keystore(
    desk: State<'_, Desk>,
    handle: &str,
    password: String,
    key_password: Option<String>,
) -> Result<OpenedKeystore, Failure> {
    let key_password = key_password.map(Secret::new);
    desk.open_keystore(handle, Secret::new(password), key_password)
        .await
}

#[tauri::command]
pub(crate) fn opening_progress(desk: State<'_, Desk>, handle: &str) -> Option<u8> {
    desk.opening_progress(handle)
}

#[tauri::command]
pub(crate) fn cancel_opening(desk: State<'_, Desk>, handle: &str) {
    desk.cancel_opening(handle);
}

#[tauri::command]
pub(crate) fn close_keystore(desk: State<'_, Desk>, handle: &str) {
    desk.close_keystore(handle);
}

#[tauri::command]
pub(crate) async fn import_identity(
    desk: State<'_, Desk>,
    handle: &str,
    index: u32,
    keep: Keep,
) -> Result<Identity, Failure> {
    desk.import_identity(handle, index, keep).await
}

#[tauri::command]
pub(crate) async fn list_identities(desk: State<'_, Desk>) -> Result<Vec<Identity>, Failure> {
    Ok(desk.list_identities().await)
}

#[tauri::command]
pub(crate) fn remove_identity(desk: State<'_, Desk>, id: &str) -> Result<(), Failure> {
    desk.remove_identity(id)
}

#[tauri::command]
pub(crate) async fn make_own_key(
    desk: State<'_, Desk>,
    order: OwnKeyOrder,
) -> Result<Identity, Failure> {
    desk.make_own_key(order).await
}

#[tauri::command]
pub(crate) async fn public_key_of(
    desk: State<'_, Desk>,
    id: &str,
) -> Result<PublicKeyTexts, Failure> {
    desk.public_key_of(id).await
}

#[tauri::command]
pub(crate) async fn note_key_posted(desk: State<'_, Desk>, id: &str) -> Result<Identity, Failure> {
    desk.note_key_posted(id).await
}

#[tauri::command]
pub(crate) async fn check_revocation(
    desk: State<'_, Desk>,
    id: &str,
) -> Result<Revocation, Failure> {
    desk.check_revocation(id).await
}

#[tauri::command]
pub(crate) async fn fetch_issuers(desk: State<'_, Desk>, id: &str) -> Result<Identity, Failure> {
    desk.fetch_issuers(id).await
}

#[tauri::command]
pub(crate) async fn add_issuers(
    app: AppHandle,
    desk: State<'_, Desk>,
) -> Result<Option<Vec<IssuerCard>>, Failure> {
    let path = dialogs::which_file(&app, ISSUER_ENDINGS).await;
    path.map(|path| desk.add_issuers(&path)).transpose()
}

#[tauri::command]
pub(crate) fn list_issuers(desk: State<'_, Desk>) -> Vec<IssuerCard> {
    desk.list_issuers()
}

#[tauri::command]
pub(crate) fn remove_issuer(desk: State<'_, Desk>, sha256: &str) -> Result<(), Failure> {
    desk.remove_issuer(sha256)
}

/// Offered first; anything else may be chosen too, for a file is known by its content. The dialog of
/// Linux tells upper case from lower.
const ENDINGS: &[&str] = &["p12", "pfx", "jks", "pem", "P12", "PFX", "JKS", "PEM"];

/// Likewise, for issuers' certificates.
const ISSUER_ENDINGS: &[&str] = &["cer", "crt", "pem", "p7b", "CER", "CRT", "PEM", "P7B"];
