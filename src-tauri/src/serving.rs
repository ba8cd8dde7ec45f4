use onboarding::{
    Failure, ServedEndpoint,
    adapters::{ServedToken, TokenEndpoint, TokenSource},
};
use tauri::{AppHandle, Manager};
use tokio::sync::Mutex;

use crate::Desk;

/// The local token endpoint of this window, while it is on. It ends with the program.
#[derive(Default)]
pub(crate) struct Serving(Mutex<Option<(ServedEndpoint, TokenEndpoint)>>);

impl Serving {
    /// Turns it on for a profile; one that is on for another is turned off first.
    pub(crate) async fn start(
        &self,
        app: &AppHandle,
        profile: String,
    ) -> Result<ServedEndpoint, Failure> {
        app.state::<Desk>().check_confirmed(&profile)?;
        let language = app.state::<Desk>().settings().unwrap_or_default().language;
        let source = OfProfile {
            app: app.clone(),
            profile: profile.clone(),
        };
        let mut on = self.0.lock().await;
        if let Some((_, endpoint)) = on.take() {
            endpoint.stop().await;
        }
        let endpoint = TokenEndpoint::start(0, language, source).await?;
        let served = ServedEndpoint {
            profile,
            url: endpoint.url(),
        };
        *on = Some((served.clone(), endpoint));
        Ok(served)
    }

    /// Turns it off.
    pub(crate) async fn stop(&self) {
        if let Some((_, endpoint)) = self.0.lock().await.take() {
            endpoint.stop().await;
        }
    }

    /// Whether a text has the address in it.
    pub(crate) async fn is_in(&self, text: &str) -> bool {
        let on = self.0.lock().await;
        on.as_ref()
            .is_some_and(|(served, _)| text.contains(&served.url))
    }

    /// What is on.
    pub(crate) async fn served(&self) -> Option<ServedEndpoint> {
        self.0
            .lock()
            .await
            .as_ref()
            .map(|(served, _)| served.clone())
    }
}

/// The tokens of one profile of the window.
struct OfProfile {
    app: AppHandle,
    profile: String,
}

impl TokenSource for OfProfile {
    async fn token(&self) -> Result<ServedToken, Failure> {
        self.app.state::<Desk>().serve_token(&self.profile).await
    }
}
