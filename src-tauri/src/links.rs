//! Which addresses the window may open in the browser.

use onboarding::Failure;
use tauri::Url;

/// Reads an address the window wants opened; only https to the hosts we lead people to.
pub(crate) fn allowed(address: &str) -> Result<Url, Failure> {
    let refused = || Failure::new("link_not_allowed");
    let url = Url::parse(address).map_err(|_| refused())?;
    let host = url.host_str().unwrap_or_default();
    let known = HOSTS.contains(&host) && url.port().is_none() && url.username().is_empty();
    if url.scheme() == "https" && known {
        Ok(url)
    } else {
        Err(refused())
    }
}

/// An e-mail draft as an address; recipient, subject and body are escaped.
pub(crate) fn mail(to: &str, subject: &str, body: &str) -> Result<Url, Failure> {
    let plain = |c: char| c.is_ascii_alphanumeric() || "@.-_+".contains(c);
    if !to.contains('@') || !to.chars().all(plain) {
        return Err(Failure::new("link_not_allowed"));
    }
    let address = format!(
        "mailto:{to}?subject={}&body={}",
        escaped(subject),
        escaped(body)
    );
    Url::parse(&address).map_err(|_| Failure::new("link_not_allowed"))
}

/// RFC 6068 §5: percent-encoded UTF-8, line breaks as `%0D%0A`.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for byte in text.replace("\r\n", "\n").replace('\n', "\r\n").bytes() {
        if byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte) {
            escaped.push(char::from(byte));
        } else {
            escaped.push_str(&format!("%{byte:02X}"));
        }
    }
    escaped
}

const HOSTS: &[&str] = &[
    "selvbetjening.samarbeid.digdir.no",
    "selvbetjening.test.samarbeid.digdir.no",
    "samarbeid.digdir.no",
    "docs.digdir.no",
    "www.altinn.no",
    "tt02.altinn.no",
    "docs.altinn.studio",
    "www.brreg.no",
    "rrh.brreg.no",
    "rrh.ppe.brreg.no",
    "www.bits.no",
    "dokumentasjon.dsop.no",
    "www.buypass.no",
    "www.commfides.com",
    "www.skatteetaten.no",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_to_known_hosts_is_opened() {
        for (address, expected) in [
            ("https://selvbetjening.test.samarbeid.digdir.no/", true),
            ("https://docs.digdir.no/docs/Maskinporten/", true),
            ("http://docs.digdir.no/", false),
            ("https://docs.digdir.no.example.org/", false),
            ("https://docs.digdir.no@example.org/", false),
            ("https://docs.digdir.no:8443/", false),
            ("https://user@docs.digdir.no/", false),
            ("file:///etc/passwd", false),
            ("javascript:alert(1)", false),
            ("docs.digdir.no", false),
            ("", false),
        ] {
            assert_eq!(allowed(address).is_ok(), expected, "{address}");
        }
    }

    #[test]
    fn a_draft_keeps_its_letters_and_lines() {
        let url = mail("opendata@brreg.no", "Bestilling – x & y", "Å\nb").map(String::from);
        let expected = "mailto:opendata@brreg.no?subject=Bestilling%20%E2%80%93%20x%20%26%20y\
                        &body=%C3%85%0D%0Ab";
        assert_eq!(url.as_deref(), Ok(expected));
        assert!(mail("a@b.no?cc=c@d.no", "", "").is_err());
        assert!(mail("nobody", "", "").is_err());
    }
}
