use keystore::Secret;
use onboarding::Failure;
use tauri::{AppHandle, State, WebviewWindow};
use tauri_plugin_opener::OpenerExt;

use crate::{
    Desk,
    clipboard::{self, Clipboard},
    links,
    serving::Serving,
};

/// A text that has a token in it, such as a curl line, is cleared again like the token itself; so
/// is one with the address that gives tokens.
#[tauri::command]
pub(crate) async fn copy_text(
    app: AppHandle,
    desk: State<'_, Desk>,
    clipboard: State<'_, Clipboard>,
    serving: State<'_, Serving>,
    text: String,
) -> Result<(), Failure> {
    let worth = match serving.is_in(&text).await {
        true => Some(clipboard::KEPT),
        false => desk.token_in(&text),
    };
    match worth {
        Some(worth) => clipboard::copy_for_a_while(&app, Secret::new(text), worth).map(drop),
        None => clipboard.copy(&text),
    }
}

#[tauri::command]
pub(crate) async fn open_link(app: AppHandle, address: &str) -> Result<(), Failure> {
    open(&app, links::allowed(address)?.as_str())
}

#[tauri::command]
pub(crate) async fn open_mail(
    app: AppHandle,
    to: &str,
    subject: &str,
    body: &str,
) -> Result<(), Failure> {
    open(&app, links::mail(to, subject, body)?.as_str())
}

#[tauri::command]
pub(crate) fn set_window_title(window: WebviewWindow, title: &str) {
    // A title that cannot be set is no reason to disturb anyone.
    let _ = window.set_title(title);
}

fn open(app: &AppHandle, address: &str) -> Result<(), Failure> {
    app.opener()
        .open_url(address, None::<&str>)
        .map_err(|_| Failure::new("link_not_opened"))
}
