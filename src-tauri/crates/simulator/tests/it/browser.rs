//! A browser for the stand-in pages.

use reqwest::header::{LOCATION, ORIGIN};

use crate::api::Reply;
use crate::practice::Practice;

/// A browser: it does not go on by itself, and says where a form comes from.
pub(crate) struct Browser<'p> {
    pub(crate) practice: &'p Practice,
    pub(crate) http: reqwest::Client,
}

impl<'p> Browser<'p> {
    pub(crate) fn new(practice: &'p Practice) -> Self {
        let http = reqwest::Client::builder()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .build()
            .unwrap();
        Self { practice, http }
    }

    pub(crate) fn origin(&self) -> String {
        let issuer = self.practice.simulator.issuer();
        issuer.trim_end_matches('/').to_owned()
    }

    pub(crate) async fn open(&self, path: &str) -> Reply {
        let url = format!("{}{path}", self.origin());
        let reply = self.practice.reply(self.http.get(url)).await;
        if reply.status == 200 {
            assert!(reply.text.contains("<strong>ØVELSE</strong>"), "{path}");
            assert!(reply.text.contains("<meta charset=\"utf-8\">"), "{path}");
            assert!(reply.text.contains("<html lang=\"nb\">"), "{path}");
            assert!(!reply.text.contains("<script"), "{path}");
            let csp = reply.headers["content-security-policy"].to_str().unwrap();
            assert!(csp.starts_with("default-src 'none'"), "{path}");
        }
        reply
    }

    pub(crate) async fn send(&self, path: &str, form: &[(&str, &str)]) -> Reply {
        let url = format!("{}{path}", self.origin());
        let request = self.http.post(url).header(ORIGIN, self.origin()).form(form);
        self.practice.reply(request).await
    }

    /// Sends a form that is taken, and gives where the browser goes on to.
    pub(crate) async fn sent(&self, path: &str, form: &[(&str, &str)]) -> String {
        let reply = self.send(path, form).await;
        assert_eq!(reply.status, 303, "{path}: {}", reply.text);
        let target = reply.headers[LOCATION].to_str().unwrap().to_owned();
        assert_eq!(self.open(&target).await.status, 200, "{target}");
        target
    }
}
