use std::path::Path;

use keystore::Secret;
use serde::{Deserialize, Serialize};
use serde_json::json;
use ts_rs::TS;

use crate::{
    EnvironmentName, Failure, Host, IssuedToken, Profile, Session, foresee::is_without_bearer,
    output::write_chosen, session::lock,
};

/// A text that carries a token to another program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum UseForm {
    /// A line for the terminal.
    Curl,
    /// The HTTP header alone.
    Header,
    /// A Postman environment.
    Postman,
    /// A Bruno request.
    Bruno,
    /// Java properties.
    Properties,
    /// Java 11 or later.
    Java,
}

/// One such text, without the token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct UseText {
    /// Which.
    pub form: UseForm,
    /// A name for the file; it tells the environment.
    pub file_name: String,
    /// The text.
    pub text: String,
    /// The part of the text that a token takes the place of.
    pub place: String,
    /// What comes there, with `{token}` for the token.
    pub put: String,
}

impl UseText {
    /// The text with the token in it: as secret as the token.
    fn with_token(&self, token: &Secret<String>) -> Secret<String> {
        // The user asked for it to be in the text.
        let put = self.put.replace("{token}", token.expose());
        Secret::new(self.text.replace(&self.place, &put))
    }
}

impl<H: Host> Session<H> {
    /// A name for the file of a form, for the dialog that asks where.
    pub fn use_file_name(&self, profile: &str, form: UseForm) -> Result<String, Failure> {
        let profile = self.profile(profile)?;
        let style = Style::of(&profile.scopes);
        Ok(use_text(&profile, form, style).file_name)
    }

    /// Writes one of a token's texts to a file of the user's, for its owner only; `included` says
    /// whether the token stands in it. Answers the name of the file.
    pub async fn save_use(
        &self,
        profile: &str,
        token: &str,
        form: UseForm,
        included: bool,
        path: &Path,
    ) -> Result<String, Failure> {
        let profile = self.addressed(self.profile(profile)?).await;
        let held = lock(&self.tokens).get(token).map(style_of);
        let style = held.unwrap_or_else(|| Style::of(&profile.scopes));
        let wanted = use_text(&profile, form, style);
        let text = match included {
            true => wanted.with_token(&self.reveal_token(token)?.0),
            false => Secret::new(wanted.text),
        };
        // The user asked for this file.
        write_chosen(path, text.expose().as_bytes())
    }
}

impl<H: Host> Session<H> {
    /// The profile with an address to call: in practice a sample API answers for the real one, at an
    /// address that is new every time practice starts, and so is not stored.
    pub(crate) async fn addressed(&self, profile: Profile) -> Profile {
        let is_practice = profile.environment == Some(EnvironmentName::Practice);
        if !is_practice || profile.api_address.is_some() {
            return profile;
        }
        let practice = self.host.practice().await.ok();
        let service = profile.service.as_deref().unwrap_or_default();
        Profile {
            api_address: practice.and_then(|practice| practice.api_addresses.get(service).cloned()),
            ..profile
        }
    }
}

/// How an API wants the token in `Authorization`.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// After the word (RFC 6750 §2.1).
    Bearer,
    /// Alone, as Lånekassen does.
    Alone,
}

impl Style {
    fn of(scopes: &[String]) -> Self {
        match is_without_bearer(scopes) {
            true => Self::Alone,
            false => Self::Bearer,
        }
    }

    /// What stands before the token.
    fn before(self) -> &'static str {
        match self {
            Self::Bearer => "Bearer ",
            Self::Alone => "",
        }
    }
}

/// All texts of a token of a profile.
pub(crate) fn use_texts(profile: &Profile, issued: &IssuedToken) -> Vec<UseText> {
    texts_in(profile, style_of(issued))
}

/// As the API behind the scopes that were asked for wants it.
fn style_of(issued: &IssuedToken) -> Style {
    let scopes = issued.claims.scope.split_whitespace();
    Style::of(&scopes.map(str::to_owned).collect::<Vec<_>>())
}

fn texts_in(profile: &Profile, style: Style) -> Vec<UseText> {
    FORMS.map(|form| use_text(profile, form, style)).into()
}

fn use_text(profile: &Profile, form: UseForm, style: Style) -> UseText {
    let environment = profile.environment.map_or("", EnvironmentName::as_str);
    let given = profile.api_address.as_deref().map(one_line);
    let address = given.as_deref();
    let (ending, place, text) = match form {
        UseForm::Curl => ("sh", PLACE, curl(environment, address, style)),
        UseForm::Header => (
            "txt",
            PLACE,
            format!("Authorization: {}{PLACE}\n", style.before()),
        ),
        UseForm::Postman => (
            "postman_environment.json",
            PLACE,
            postman(profile, environment, address),
        ),
        UseForm::Bruno => (
            "bru",
            BRUNO_PLACE,
            bruno(profile, environment, address, style),
        ),
        UseForm::Properties => ("properties", PLACE, properties(environment, address)),
        UseForm::Java => ("java", JAVA_PLACE, java(environment, address, style)),
    };
    let put = match form {
        UseForm::Java => "\"{token}\"",
        _ => "{token}",
    };
    UseText {
        form,
        file_name: format!("maskinporten-{environment}.{ending}"),
        text,
        place: place.to_owned(),
        put: put.to_owned(),
    }
}

fn curl(environment: &str, address: Option<&str>, style: Style) -> String {
    // In single quotes nothing is special to a POSIX shell but the quote itself.
    let quoted = |address: &str| format!("'{}'", address.replace('\'', r"'\''"));
    let address = address.map_or_else(|| "\"$API\"".to_owned(), quoted);
    let before = style.before();
    format!("# Maskinporten: {environment}\ncurl -H \"Authorization: {before}{PLACE}\" {address}\n")
}

/// A Postman environment, format 2.1.
fn postman(profile: &Profile, environment: &str, address: Option<&str>) -> String {
    let value = |key: &str, value: &str, kind: &str| json!({ "key": key, "value": value, "type": kind, "enabled": true });
    let file = json!({
        "name": format!("{} – Maskinporten {environment}", profile.name),
        "values": [
            value("access_token", PLACE, "secret"),
            value("base_url", address.unwrap_or_default(), "default"),
            value("maskinporten_environment", environment, "default"),
        ],
        "_postman_variable_scope": "environment",
    });
    let text = serde_json::to_string_pretty(&file).expect("strings always become JSON");
    format!("{text}\n")
}

fn bruno(profile: &Profile, environment: &str, address: Option<&str>, style: Style) -> String {
    let name = one_line(&profile.name).replace(['{', '}'], " ");
    let address = address.unwrap_or("{{base_url}}");
    let (auth, block) = match style {
        Style::Bearer => (
            "bearer",
            format!("auth:bearer {{\n  token: {BRUNO_PLACE}\n}}\n"),
        ),
        Style::Alone => (
            "none",
            format!("headers {{\n  Authorization: {BRUNO_PLACE}\n}}\n"),
        ),
    };
    format!(
        "meta {{\n  name: {name} – Maskinporten {environment}\n  type: http\n  seq: 1\n}}\n\n\
         get {{\n  url: {address}\n  body: none\n  auth: {auth}\n}}\n\n{block}"
    )
}

fn properties(environment: &str, address: Option<&str>) -> String {
    let escaped = address.unwrap_or_default().replace('\\', r"\\");
    format!(
        "maskinporten.environment={environment}\nmaskinporten.access_token={PLACE}\napi.base_url={escaped}\n"
    )
}

fn java(environment: &str, address: Option<&str>, style: Style) -> String {
    let escaped = |text: &str| text.replace('\\', r"\\").replace('"', "\\\"");
    let address = match address {
        Some(address) => format!("\"{}\"", escaped(address)),
        None => "System.getenv(\"API\")".to_owned(),
    };
    let value = match style {
        Style::Bearer => "\"Bearer \" + token",
        Style::Alone => "token",
    };
    format!(
        "// Maskinporten: {environment}\n\
         String token = {JAVA_PLACE};\n\
         HttpRequest request = HttpRequest.newBuilder(URI.create({address}))\n    \
             .header(\"Authorization\", {value})\n    \
             .build();\n\
         HttpResponse<String> response = HttpClient.newHttpClient()\n    \
             .send(request, HttpResponse.BodyHandlers.ofString());\n"
    )
}

/// A value that stays on its line, whatever was typed.
fn one_line(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect()
}

const FORMS: [UseForm; 6] = [
    UseForm::Curl,
    UseForm::Header,
    UseForm::Postman,
    UseForm::Bruno,
    UseForm::Properties,
    UseForm::Java,
];
const PLACE: &str = "$TOKEN";
const BRUNO_PLACE: &str = "{{process.env.TOKEN}}";
const JAVA_PLACE: &str = "System.getenv(\"TOKEN\")";

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(address: Option<&str>) -> Profile {
        Profile {
            environment: Some(EnvironmentName::Test),
            api_address: address.map(str::to_owned),
            ..Profile::empty("1".to_owned(), "RRH".to_owned())
        }
    }

    #[test]
    fn the_texts_are_these() {
        let texts = texts_in(&profile(Some("https://api.example/v1?a=b")), Style::Bearer);
        let shown: Vec<String> = texts
            .iter()
            .map(|text| format!("{}\n{}", text.file_name, text.text))
            .collect();
        insta::assert_snapshot!(shown.join("\n"));
    }

    #[test]
    fn an_api_that_wants_the_token_alone_is_never_told_bearer() {
        let scopes = ["lanekassen:lan/v1/saldoopplysninger".to_owned()];
        let style = Style::of(&scopes);
        assert!(style == Style::Alone && Style::of(&["a:b".to_owned()]) == Style::Bearer);
        let token = Secret::new("eyJh.e30.x".to_owned());
        for text in texts_in(&profile(None), style) {
            let whole = text.with_token(&token).expose().to_lowercase();
            assert!(!whole.contains("bearer"), "{whole}");
            let header = match text.form {
                UseForm::Curl => "-h \"authorization: eyjh.e30.x\"",
                UseForm::Header | UseForm::Bruno => "authorization: eyjh.e30.x\n",
                UseForm::Java => ".header(\"authorization\", token)\n",
                UseForm::Postman | UseForm::Properties => "eyjh.e30.x",
            };
            assert!(whole.contains(header), "{whole}");
        }
    }

    #[test]
    fn a_token_takes_its_place_once_and_is_nowhere_else() {
        let token = Secret::new("eyJh.e30.x".to_owned());
        for address in [None, Some("https://api.example/")] {
            let profile = profile(address);
            let both = [Style::Bearer, Style::Alone].map(|style| texts_in(&profile, style));
            for text in both.concat() {
                assert_eq!(text.text.matches(&text.place).count(), 1, "{:?}", text.form);
                let named = text.text.contains("test") || text.form == UseForm::Header;
                assert!(named && text.file_name.contains("test"), "{:?}", text.form);
                let with = text.with_token(&token);
                assert_eq!(with.expose().matches("eyJh.e30.x").count(), 1);
                assert!(!with.expose().contains(&text.place));
            }
        }
    }

    #[test]
    fn an_address_cannot_leave_its_quotes() {
        let odd = "https://a/'; rm -rf ~ #\"\\\n}";
        let text = |form| use_text(&profile(Some(odd)), form, Style::Bearer).text;
        assert!(text(UseForm::Curl).ends_with("'https://a/'\\''; rm -rf ~ #\"\\ }'\n"));
        assert!(text(UseForm::Java).contains(r##"create("https://a/'; rm -rf ~ #\"\\ }")"##));
        let postman: serde_json::Value =
            serde_json::from_str(&text(UseForm::Postman)).expect("JSON");
        assert_eq!(
            postman["values"][1]["value"],
            "https://a/'; rm -rf ~ #\"\\ }"
        );
    }
}
