//! Where a simulator answers beside the token endpoint.

/// The addresses of the other servers and of the pages, all below one issuer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Addresses {
    /// The base of the self-service API, without `/api/v1` and without slash at the end.
    pub self_service: String,
    /// The stand-in for Digdir's portal, a page.
    pub portal: String,
    /// The base of Altinn's platform, without slash at the end.
    pub altinn_platform: String,
    /// The stand-in for Altinn's pages, a page.
    pub altinn: String,
    /// The base of reelle rettighetshavere.
    pub owners: String,
    /// The base of løsøreregisteret, rettsstiftelser.
    pub movables: String,
    /// The host of løsøreregisteret, utlegg.
    pub seizures: String,
    /// The base of Skatteetaten's inntekt, version included.
    pub income: String,
    /// The one address of Lånekassen's saldo.
    pub student_loan: String,
}

impl Addresses {
    /// The addresses beside an issuer, which ends with a slash.
    pub fn of(issuer: &str) -> Self {
        let host = issuer.trim_end_matches('/');
        let at = |path: &str| format!("{host}/{path}");
        Self {
            self_service: host.to_owned(),
            portal: at("portal/"),
            altinn_platform: host.to_owned(),
            altinn: at("altinn/"),
            owners: at("api/oppslag"),
            movables: at("registerinfo"),
            seizures: host.to_owned(),
            income: at("inntekt/v1"),
            student_loan: at("saldo/v1/Accounts"),
        }
    }

    /// A call to try a token with, by the id of the API: those that answer to a scope alone, without
    /// a consent or an exchange.
    pub fn calls(&self) -> [(&'static str, String); 2] {
        let Self {
            owners, movables, ..
        } = self;
        [
            (
                "reelle-rettighetshavere",
                format!("{owners}/v1/virksomhet/312121212"),
            ),
            (
                "losoreregisteret",
                format!("{movables}/api/v2/rettsstiftelse/orgnr/312121212"),
            ),
        ]
    }
}
