use keystore::Secret;
use onboarding::{
    Failure, Identity, Keep, KeystoreFile, OpenedKeystore, OwnKeyOrder, PublicKeyTexts,
};
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

use crate::Desk;

#[tauri::command]
pub(crate) async fn pick_keystore_file(
    app: AppHandle,
    desk: State<'_, Desk>,
) -> Result<Option<KeystoreFile>, Failure> {
    let (chosen, choice) = oneshot::channel();
    let dialog = app
        .dialog()
        .file()
        .add_filter("PKCS#12", &["p12", "pfx", "P12", "PFX"]);
    dialog
        .add_filter("*", &["*"])
        .pick_file(|path| drop(chosen.send(path)));
    let path = choice
        .await
        .ok()
        .flatten()
        .and_then(|path| path.into_path().ok());
    path.map(|path| desk.take_keystore_file(&path)).transpose()
}

#[tauri::command]
pub(crate) async fn open_keystore(
    desk: State<'_, Desk>,
    handle: &str,
    password: String,
) -> Result<OpenedKeystore, Failure> {
    desk.open_keystore(handle, Secret::new(password)).await
}

#[tauri::command]
pub(crate) fn close_keystore(desk: State<'_, Desk>, handle: &str) {
    desk.close_keystore(handle);
}

#[tauri::command]
pub(crate) async fn import_identity(
    desk: State<'_, Desk>,
    handle: &str,
    alias: &str,
    keep: Keep,
) -> Result<Identity, Failure> {
    desk.import_identity(handle, alias, keep).await
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
