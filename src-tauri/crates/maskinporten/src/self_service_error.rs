use serde::Deserialize;

/// What the self-service API answers when it does not do what it was asked (Digdir,
/// "Selvbetjenings-API"), kept as it came. Hardly any member is always there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SelfServiceError {
    /// HTTP status.
    pub status: u16,
    /// A short word.
    pub error: Option<String>,
    /// The server's explanation.
    pub error_description: Option<String>,
    /// The id that Digdir's servicedesk asks for.
    pub correlation_id: Option<String>,
    /// What is wrong with each field.
    pub fields: Vec<FieldError>,
    /// The whole body, word for word.
    pub body: String,
}

/// One remark on what was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldError {
    /// The server's words.
    pub message: String,
    /// The field, when it is about one.
    pub field: Option<String>,
}

/// What a refusal of the self-service API is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SelfServiceRefusal {
    /// The token is missing, expired, of another environment or without the right scope.
    Unauthorised,
    /// The client, scope or access exists already, perhaps deactivated.
    Conflict,
    /// The terms of use are not signed.
    TermsUnsigned,
    /// Fields are not filled in as they must be.
    Fields,
    /// Nothing we know: only the server's own words help.
    Unknown,
}

impl SelfServiceError {
    /// Reads an error answer. An empty body, or one in another form, leaves only the status.
    pub fn read(status: u16, body: &[u8]) -> Self {
        let fields: Fields = serde_json::from_slice(body).unwrap_or_default();
        let remark = |item: Item| {
            let field = item.field_identifier.or(item.object_name);
            item.error_message.map(|message| FieldError {
                message,
                field: field.filter(|name| !name.is_empty()),
            })
        };
        Self {
            status: fields.status.unwrap_or(status),
            error: fields.error,
            error_description: fields.error_description,
            correlation_id: fields.correlation_id,
            fields: fields.errors.into_iter().filter_map(remark).collect(),
            body: String::from_utf8_lossy(body).into_owned(),
        }
    }

    /// Whether a JSON object has the members of this form, and not of the token endpoint's.
    pub fn is_form_of(object: &serde_json::Map<String, serde_json::Value>) -> bool {
        let has_fields = object.get("errors").is_some_and(|errors| {
            let mut items = errors.as_array().into_iter().flatten();
            items.any(|item| item.get("errorMessage").is_some())
        });
        let word = object.get("error").and_then(serde_json::Value::as_str);
        has_fields || object.contains_key("correlation_id") || word.and_then(of_word).is_some()
    }

    /// What it is about.
    pub fn refusal(&self) -> SelfServiceRefusal {
        let said = [&self.error, &self.error_description].into_iter().flatten();
        let said = said.chain(self.fields.iter().map(|field| &field.message));
        if let Some(named) = said
            .into_iter()
            .find_map(|text| SelfServiceRefusal::named_in(text))
        {
            return named;
        }
        match self.status {
            401 => SelfServiceRefusal::Unauthorised,
            409 => SelfServiceRefusal::Conflict,
            428 => SelfServiceRefusal::TermsUnsigned,
            _ if !self.fields.is_empty() => SelfServiceRefusal::Fields,
            _ => self
                .error
                .as_deref()
                .and_then(of_word)
                .unwrap_or(SelfServiceRefusal::Unknown),
        }
    }

    /// The server's words in one line: the remarks on the fields, else the explanation.
    pub fn words(&self) -> String {
        let remarks = self.fields.iter().map(|field| match &field.field {
            Some(name) => format!("{name}: {}", field.message),
            None => field.message.clone(),
        });
        let remarks: Vec<String> = remarks.collect();
        let explained = self.error_description.as_ref().or(self.error.as_ref());
        match remarks.is_empty() {
            true => explained.cloned().unwrap_or_default(),
            false => remarks.join("; "),
        }
    }
}

impl SelfServiceRefusal {
    /// The stable code under which the texts for the user stand.
    pub fn code(self) -> &'static str {
        match self {
            Self::Unauthorised => "selfservice_unauthorised",
            Self::Conflict => "selfservice_conflict",
            Self::TermsUnsigned => "selfservice_terms",
            Self::Fields => "selfservice_fields",
            Self::Unknown => "selfservice_refused",
        }
    }

    /// What a text says, when it has a sentence of the self-service API.
    pub fn named_in(text: &str) -> Option<Self> {
        let is_terms = text.contains(TERMS) || text.contains("ikke signert de relevante bruksvilk");
        let is_deactivated = text.contains("deactivated") && text.contains("exists");
        match (is_terms, is_deactivated) {
            (true, _) => Some(Self::TermsUnsigned),
            (false, true) => Some(Self::Conflict),
            (false, false) => None,
        }
    }
}

/// What a status in words says. The token endpoint's words are other ones, in lower case.
fn of_word(error: &str) -> Option<SelfServiceRefusal> {
    match error {
        "Unauthorized" => Some(SelfServiceRefusal::Unauthorised),
        "Conflict" => Some(SelfServiceRefusal::Conflict),
        TERMS | "Precondition Required" => Some(SelfServiceRefusal::TermsUnsigned),
        _ => None,
    }
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Fields {
    status: Option<u16>,
    error: Option<String>,
    error_description: Option<String>,
    correlation_id: Option<String>,
    errors: Vec<Item>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Item {
    error_message: Option<String>,
    field_identifier: Option<String>,
    object_name: Option<String>,
}

/// What the API calls unsigned terms (HTTP's "Precondition Required" among others).
const TERMS: &str = "PRECONDITION_REQUIRED";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_answer_is_told_apart() {
        for (status, body, code, words) in [
            (401, "", "selfservice_unauthorised", ""),
            (
                409,
                r#"{"error":"Conflict"}"#,
                "selfservice_conflict",
                "Conflict",
            ),
            (
                400,
                r#"{"errors":[{"errorMessage":"must not be blank","isFieldError":true,"objectName":"client","fieldIdentifier":"description"}]}"#,
                "selfservice_fields",
                "description: must not be blank",
            ),
            (
                400,
                r#"{"errors":[{"errorMessage":"a"},{"errorMessage":"b","objectName":"jwk"}]}"#,
                "selfservice_fields",
                "a; jwk: b",
            ),
            (
                428,
                r#"{"error":"PRECONDITION_REQUIRED: Virksomheten har ikke signert de relevante bruksvilkårene"}"#,
                "selfservice_terms",
                "PRECONDITION_REQUIRED: Virksomheten har ikke signert de relevante bruksvilkårene",
            ),
            (
                403,
                r#"{"status":403,"error":"Forbidden","error_description":"no","correlation_id":"c1"}"#,
                "selfservice_refused",
                "no",
            ),
            (500, "<html>", "selfservice_refused", ""),
        ] {
            let error = SelfServiceError::read(status, body.as_bytes());
            assert_eq!(
                (error.refusal().code(), error.words().as_str()),
                (code, words),
                "{body}"
            );
            assert_eq!(error.body, body);
        }
    }

    #[test]
    fn the_form_is_known_from_that_of_the_token_endpoint() {
        let is_form = |json: &str| {
            SelfServiceError::is_form_of(
                serde_json::from_str::<serde_json::Value>(json)
                    .expect("in the test")
                    .as_object()
                    .expect("in the test"),
            )
        };
        assert!(is_form(r#"{"errors":[{"errorMessage":"x"}]}"#));
        assert!(is_form(r#"{"error":"x","correlation_id":"y"}"#));
        assert!(!is_form(
            r#"{"error":"invalid_grant","error_description":"x"}"#
        ));
        assert!(!is_form(r#"{"errors":{"name":["x"]}}"#));
    }
}
