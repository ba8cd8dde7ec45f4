//! The window of the pages that stand in for Samarbeidsportalen and Altinn.
//!
//! They come from the practice Maskinporten on loopback, so this window can go nowhere else, and
//! no capability names it: it may ask the program for nothing.

use onboarding::Failure;
use serde::Deserialize;
use tauri::webview::NewWindowResponse;
use tauri::{AppHandle, Manager, Url, WebviewUrl, WebviewWindowBuilder};

use crate::practice_server::LoopbackPractice;

/// What can be practised in a window of its own.
#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum PracticePage {
    /// Samarbeidsportalen.
    Portal,
    /// Altinn.
    Altinn,
}

/// Shows a page, in the window that is open or in a new one.
pub(crate) async fn show(
    app: &AppHandle,
    practice: &LoopbackPractice,
    page: PracticePage,
) -> Result<(), Failure> {
    let failure = |_| Failure::new("practice_unavailable");
    let running = practice.running().await?;
    let home = Url::parse(running.simulator.issuer()).map_err(|_| failure(()))?;
    let address = home.join(page.path()).map_err(|_| failure(()))?;
    if let Some(window) = app.get_webview_window(PAGES) {
        // A desktop that keeps a window back may do so.
        let _ = window.set_focus();
        return window.navigate(address).map_err(|_| failure(()));
    }
    WebviewWindowBuilder::new(app, PAGES, WebviewUrl::External(address))
        .title(TITLE)
        .inner_size(WIDTH, HEIGHT)
        .on_navigation(move |wanted| stays(&home, wanted))
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_download(|_, _| false)
        .disable_drag_drop_handler()
        .build()
        .map(|_| ())
        .map_err(|error| {
            tracing::error!(cause = %error, "the practice pages cannot be shown");
            failure(())
        })
}

impl PracticePage {
    fn path(self) -> &'static str {
        match self {
            Self::Portal => "portal/",
            Self::Altinn => "altinn/",
        }
    }
}

/// Whether an address is of the same practice Maskinporten: scheme, host and port.
fn stays(home: &Url, wanted: &Url) -> bool {
    wanted.origin() == home.origin() && wanted.username().is_empty() && wanted.password().is_none()
}

const PAGES: &str = "practice-pages";
const TITLE: &str = "ØVELSE – Portner";
const WIDTH: f64 = 1080.0;
const HEIGHT: f64 = 760.0;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn the_pages_lead_nowhere_else() {
        let home = Url::parse("http://127.0.0.1:40123/").unwrap();
        for page in [PracticePage::Portal, PracticePage::Altinn] {
            assert!(stays(&home, &home.join(page.path()).unwrap()));
        }
        assert!(stays(
            &home,
            &home.join("portal/313045285/klienter?a=b#c").unwrap()
        ));
        for elsewhere in [
            "http://127.0.0.1:40124/portal/",
            "http://127.0.0.1/portal/",
            "https://127.0.0.1:40123/portal/",
            "http://localhost:40123/portal/",
            "http://127.0.0.1.example.org:40123/",
            "http://a@127.0.0.1:40123/",
            "https://altinn.no/",
            "tauri://localhost/",
            "http://tauri.localhost/",
            "file:///etc/passwd",
            "about:blank",
            "data:text/html,x",
            "javascript:alert(1)",
        ] {
            assert!(
                !stays(&home, &Url::parse(elsewhere).unwrap()),
                "{elsewhere}"
            );
        }
    }
}
