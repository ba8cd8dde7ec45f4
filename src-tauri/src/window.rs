use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use onboarding::{Failure, KeystoreFile, Scheme};
use serde::Serialize;
use tauri::{
    AppHandle, DragDropEvent, Emitter, Manager, Runtime, Theme, Url, WebviewUrl,
    WebviewWindowBuilder, Window, WindowEvent, plugin::TauriPlugin, webview::NewWindowResponse,
};

use crate::Desk;

/// A file given on the command line or by "open with", until the window asks for it.
pub(crate) struct Given(Mutex<Option<PathBuf>>);

impl Given {
    /// The first argument of the program, if there is one.
    pub(crate) fn from_arguments() -> Self {
        Self(Mutex::new(std::env::args_os().nth(1).map(PathBuf::from)))
    }

    /// Takes the file; it is given once.
    pub(crate) fn take(&self) -> Option<PathBuf> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// What the window is told of a file that was dropped on it or opened with the program.
#[derive(Clone, Serialize)]
#[serde(untagged)]
pub(crate) enum FileEvent {
    Taken(KeystoreFile),
    Refused(Failure),
}

/// Tells the page of every new try of a request, as long as the program runs.
pub(crate) fn announce_tries(app: &AppHandle) {
    let app = app.clone();
    let mut tries = app.state::<Desk>().host().tries();
    tauri::async_runtime::spawn(async move {
        while tries.changed().await.is_ok() {
            let latest = *tries.borrow_and_update();
            // A page that is gone shows nothing.
            drop(app.emit("trying-again", latest));
        }
    });
}

/// Opens the window.
pub(crate) fn open(app: &AppHandle) -> tauri::Result<()> {
    let (width, height) = size();
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::default())
        .title("Portner")
        .inner_size(width, height)
        .min_inner_size(WIDTH_MIN, HEIGHT_MIN)
        .zoom_hotkeys_enabled(true)
        // Whatever a page is made to say, this window shows our own pages and nothing else.
        .on_navigation(is_own)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .build()?;
    Ok(())
}

/// Gives the frame of the window the scheme of the page.
pub(crate) fn show_scheme(app: &AppHandle, scheme: Scheme) {
    app.set_theme(match scheme {
        Scheme::Auto => None,
        Scheme::Light => Some(Theme::Light),
        Scheme::Dark => Some(Theme::Dark),
    });
}

/// Remembers size and place from one run to the next, unless a test has set the size.
pub(crate) fn remembered_size<R: Runtime>() -> TauriPlugin<R> {
    let flags = match test_size() {
        Some(_) => tauri_plugin_window_state::StateFlags::empty(),
        None => {
            tauri_plugin_window_state::StateFlags::SIZE
                | tauri_plugin_window_state::StateFlags::POSITION
                | tauri_plugin_window_state::StateFlags::MAXIMIZED
        }
    };
    tauri_plugin_window_state::Builder::new()
        .with_state_flags(flags)
        .build()
}

/// The program was started again: its file, if any, is opened here, and the window comes forward.
pub(crate) fn second_start(app: &AppHandle, arguments: Vec<String>, folder: String) {
    if let Some(file) = arguments.get(1) {
        announce(app, &Path::new(&folder).join(file));
    }
    if let Some(window) = app.get_webview_window(MAIN) {
        // A desktop that keeps a window back may do so.
        let _ = window.unminimize();
        let _ = window.set_focus();
    }
}

/// Files are dropped through the system's own event: the web view's is unreliable on Linux, and
/// would hand the path to the page.
pub(crate) fn on_event(window: &Window, event: &WindowEvent) {
    let WindowEvent::DragDrop(event) = event else {
        return;
    };
    if window.label() != MAIN {
        return;
    }
    let over = matches!(
        event,
        DragDropEvent::Enter { .. } | DragDropEvent::Over { .. }
    );
    let _ = window.emit(DRAGGING, over);
    if let DragDropEvent::Drop { paths, .. } = event
        && let Some(path) = paths.first()
    {
        announce(window.app_handle(), path);
    }
}

/// Looks at a file and tells the window of it.
pub(crate) fn announce(app: &AppHandle, path: &Path) {
    let event = match app.state::<Desk>().take_keystore_file(path) {
        Ok(file) => FileEvent::Taken(file),
        Err(failure) => FileEvent::Refused(failure),
    };
    // No window, nobody to tell.
    let _ = app.emit(KEYSTORE_FILE, event);
}

/// Whether an address is of the pages that come with the program.
fn is_own(wanted: &Url) -> bool {
    let is_plain = wanted.username().is_empty() && wanted.password().is_none();
    let place = (wanted.scheme(), wanted.host_str(), wanted.port());
    let own = match cfg!(windows) {
        true => ("http", Some("tauri.localhost"), None),
        false => ("tauri", Some("localhost"), None),
    };
    is_plain && place == own
}

fn size() -> (f64, f64) {
    test_size().unwrap_or((WIDTH, HEIGHT))
}

/// `PORTNER_WINDOW=900x700`, in development builds only: a screen without a window manager gives
/// tests no other way to choose the size.
fn test_size() -> Option<(f64, f64)> {
    if !cfg!(debug_assertions) {
        return None;
    }
    let text = std::env::var("PORTNER_WINDOW").ok()?;
    let (width, height) = text.split_once('x')?;
    Some((width.parse().ok()?, height.parse().ok()?))
}

pub(crate) const MAIN: &str = "main";
const KEYSTORE_FILE: &str = "keystore-file";
const DRAGGING: &str = "dragging";
const WIDTH: f64 = 1280.0;
const HEIGHT: f64 = 800.0;
const WIDTH_MIN: f64 = 900.0;
const HEIGHT_MIN: f64 = 640.0;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_window_leads_nowhere_else() {
        let own = match cfg!(windows) {
            true => "http://tauri.localhost",
            false => "tauri://localhost",
        };
        for page in ["", "/", "/?fixtures=road", "/#/token"] {
            assert!(is_own(&Url::parse(&format!("{own}{page}")).unwrap()));
        }
        for elsewhere in [
            "https://tauri.localhost/",
            "tauri://elsewhere/",
            "tauri://a@localhost/",
            "tauri://localhost:1/",
            "https://altinn.no/",
            "http://127.0.0.1:40123/",
            "file:///etc/passwd",
            "about:blank",
            "data:text/html,x",
            "javascript:alert(1)",
        ] {
            let wanted = Url::parse(elsewhere).unwrap();
            assert!(!is_own(&wanted), "{elsewhere}");
        }
    }
}
