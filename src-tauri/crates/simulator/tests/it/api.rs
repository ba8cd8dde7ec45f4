//! Calls to the servers beside the token endpoint.

use reqwest::Method;
use serde_json::Value;

use crate::grant::Grant;
use crate::practice::{Practice, material};

/// An answer of any server.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: u16,
    pub(crate) headers: reqwest::header::HeaderMap,
    pub(crate) text: String,
    /// The body as JSON; null when it is something else.
    pub(crate) body: Value,
}

impl Practice {
    /// A token of GRANITT SPAREBANK's selvbetjeningsklient with these scopes.
    pub(crate) async fn admin_token(&self, scopes: &str) -> String {
        let grant = self.bank_grant().claim("iss", "oidc_313045285_api");
        self.token(grant.claim("scope", scopes)).await
    }

    /// A token of FJELLSTØTT SYSTEMER AS's selvbetjeningsklient with these scopes.
    pub(crate) async fn supplier_admin_token(&self, scopes: &str) -> String {
        let material = material();
        let client = &material.set.clients()[1];
        let grant = Grant::x5c(self.simulator.issuer(), client, &material.supplier);
        let grant = grant.claim("iss", "oidc_310886424_api");
        self.token(grant.claim("scope", scopes)).await
    }

    /// The access token of a grant that must pass.
    pub(crate) async fn token(&self, grant: Grant<'_>) -> String {
        let answer = self.ask(&grant.sign()).await;
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.body["access_token"].as_str().unwrap().to_owned()
    }

    /// Calls with a token, and with a JSON body unless it is null.
    pub(crate) async fn call(&self, method: Method, path: &str, token: &str, body: Value) -> Reply {
        let mut request = self.http().request(method, self.url(path));
        if !token.is_empty() {
            request = request.bearer_auth(token);
        }
        if !body.is_null() {
            request = request.json(&body);
        }
        self.reply(request).await
    }

    /// Sends any request.
    pub(crate) async fn reply(&self, request: reqwest::RequestBuilder) -> Reply {
        let response = request.send().await.unwrap();
        let status = response.status().as_u16();
        let headers = response.headers().clone();
        let text = response.text().await.unwrap();
        Reply {
            status,
            headers,
            body: serde_json::from_str(&text).unwrap_or_default(),
            text,
        }
    }
}

impl Reply {
    /// Expects a failure in the form of the self-service API, and gives its fields.
    pub(crate) fn failed_fields(&self, row: &str, status: u16) -> Vec<&str> {
        assert_eq!(self.status, status, "{row}: {}", self.text);
        assert_eq!(self.body["status"], status, "{row}");
        for member in ["timestamp", "correlation_id", "error", "error_description"] {
            assert!(self.body[member].is_string(), "{row}: {member}");
        }
        let errors = self.body["errors"].as_array().unwrap();
        assert!(!errors.is_empty(), "{row}");
        for error in errors {
            assert!(error["errorMessage"].is_string(), "{row}: {error}");
            let is_field = error["fieldIdentifier"].is_string();
            assert_eq!(error["isFieldError"], is_field, "{row}: {error}");
        }
        let fields = errors.iter().map(|error| error["fieldIdentifier"].as_str());
        fields.map(Option::unwrap_or_default).collect()
    }
}
