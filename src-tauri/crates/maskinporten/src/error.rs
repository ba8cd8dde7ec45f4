use thiserror::Error;

/// What can be wrong with a value of the protocol before anything is sent, or with an answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[non_exhaustive]
pub enum ProtocolError {
    /// A scope that is not `prefix:subscope`, or holds white space.
    #[error("scope {0:?} is not prefix:subscope")]
    Scope(String),
    /// No scope at all; Maskinporten issues no token without one.
    #[error("at least one scope is needed")]
    NoScope,
    /// A client id that is empty, too long or holds other than visible ASCII characters.
    #[error("client id {0:?} cannot be a client id")]
    ClientId(String),
    /// A key id that is empty, too long or holds other than visible ASCII characters.
    #[error("key id {0:?} cannot be a key id")]
    KeyId(String),
    /// An issuer that is neither https nor http on loopback.
    #[error("issuer {0:?} must be https, or http on loopback")]
    Issuer(String),
    /// A `resource` that is not an absolute URI (RFC 8707 §2).
    #[error("resource {0:?} must be an absolute URI")]
    Resource(String),
    /// A `resource` that is an absolute URI with a fragment (RFC 8707 §2).
    #[error("resource {0:?} must not have a fragment")]
    ResourceFragment(String),
    /// An `externalRef` that is empty, longer than 255 characters or has other characters than
    /// Altinn takes; Maskinporten refuses it with MP-302.
    #[error("external reference {0:?} has characters Altinn does not take")]
    ExternalRef(String),
    /// A consent id that is not a UUID. Somebody may have put a person there, so it is not
    /// repeated.
    #[error("the consent id is not a UUID")]
    ConsentId,
    /// The giver of a consent that is neither a person nor an organisation. It may be personal
    /// data, so it is not repeated.
    #[error("the giver of the consent is neither a person nor an organisation")]
    ConsentGiver,
    /// A type of `authorization_details` that Maskinporten does not know (MP-301).
    #[error("authorization details of type {0:?} are not known")]
    DetailType(String),
    /// A field of `authorization_details` that is not documented (MP-302).
    #[error("authorization details have no field {0:?}")]
    DetailField(String),
    /// A field of `authorization_details` whose value cannot be right (MP-303).
    #[error("the value of {0} in the authorization details cannot be right")]
    DetailValue(&'static str),
    /// A `pid` that is not eleven digits with right check digits.
    #[error("the person number has not eleven digits with right check digits")]
    PersonNumber,
    /// The metadata document cannot be read, or lacks a member we need.
    #[error("the metadata document is not usable: {0}")]
    Metadata(String),
    /// The metadata document names another issuer than the one it was fetched from (RFC 8414 §3.3).
    #[error("the server at {asked} calls itself {named}")]
    IssuerDiffers {
        /// The issuer that was asked for.
        asked: String,
        /// The issuer the document names.
        named: String,
    },
    /// The answer is neither a token nor an OAuth error.
    #[error("the answer with status {status} is neither a token nor an OAuth error")]
    UnexpectedAnswer {
        /// HTTP status.
        status: u16,
    },
    /// The access token is not a JWT we can read.
    #[error("the access token is not a readable JWT")]
    TokenUnreadable,
    /// No published key of the server verifies the signature of the token.
    #[error("the signature of the access token does not verify")]
    TokenSignature,
    /// The token names another issuer than the server that was asked.
    #[error("the access token is issued by {0}")]
    TokenIssuer(String),
    /// The published key set cannot be read.
    #[error("the key set of the server cannot be read")]
    KeySet,
    /// The key refuses to sign, for instance because it is not RSA.
    #[error("the key cannot sign for Maskinporten")]
    Signing(#[from] keystore::KeystoreError),
}

impl ProtocolError {
    /// The stable code under which the texts for the user stand.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Scope(_) => "scope_malformed",
            Self::NoScope => "scope_missing",
            Self::ClientId(_) => "client_id_malformed",
            Self::KeyId(_) => "key_id_malformed",
            Self::Issuer(_) => "issuer_malformed",
            Self::Resource(_) => "resource_malformed",
            Self::ResourceFragment(_) => "resource_fragment",
            Self::ExternalRef(_) => "external_ref_malformed",
            Self::ConsentId => "consent_id_malformed",
            Self::ConsentGiver => "consent_giver_malformed",
            Self::DetailType(_) => "detail_type_unknown",
            Self::DetailField(_) => "detail_field_unknown",
            Self::DetailValue(_) => "detail_value_malformed",
            Self::PersonNumber => "person_number_malformed",
            Self::Metadata(_) => "metadata_unusable",
            Self::IssuerDiffers { .. } => "issuer_differs",
            Self::UnexpectedAnswer { .. } => "unexpected_answer",
            Self::TokenUnreadable => "token_unreadable",
            Self::TokenSignature => "token_signature",
            Self::TokenIssuer(_) => "token_issuer",
            Self::KeySet => "key_set_unreadable",
            Self::Signing(_) => "key_cannot_sign",
        }
    }

    /// Values for the placeholders of the texts.
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Scope(value) => vec![("scope", value.clone())],
            Self::ClientId(value) => vec![("client_id", value.clone())],
            Self::KeyId(value) => vec![("kid", value.clone())],
            Self::Issuer(value) => vec![("issuer", without_user(value))],
            Self::TokenIssuer(value) => vec![("issuer", value.clone())],
            Self::Resource(value) => vec![("resource", value.clone())],
            Self::ResourceFragment(value) => {
                let start = value.find('#').unwrap_or_default();
                vec![
                    ("resource", value.clone()),
                    ("fragment", value[start..].to_owned()),
                ]
            }
            Self::ExternalRef(value) => vec![("external_ref", value.clone())],
            Self::DetailType(value) => vec![("detail_type", value.clone())],
            Self::DetailField(value) => vec![("field", value.clone())],
            Self::DetailValue(field) => vec![("field", (*field).to_owned())],
            Self::IssuerDiffers { asked, named } => {
                vec![("asked", asked.clone()), ("named", named.clone())]
            }
            Self::UnexpectedAnswer { status } => vec![("status", status.to_string())],
            _ => Vec::new(),
        }
    }
}

/// An address without the user and password that somebody may have written into it.
fn without_user(address: &str) -> String {
    match (address.split_once("://"), address.rsplit_once('@')) {
        (Some((scheme, _)), Some((_, host))) => format!("{scheme}://…@{host}"),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refused_address_does_not_tell_its_password() {
        let error = ProtocolError::Issuer("https://user:secret@example.org/".to_owned());
        assert_eq!(
            error.params(),
            [("issuer", "https://…@example.org/".to_owned())]
        );
    }
}
