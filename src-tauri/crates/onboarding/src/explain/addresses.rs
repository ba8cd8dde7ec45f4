//! Links that lead nowhere, and token endpoints without `/token`.

use time::OffsetDateTime;

use super::{Finding, grant::is_maskinporten, pasted::Pasted, shown::address};

/// One finding for each address.
pub(super) fn recognise(pasted: &Pasted, _: OffsetDateTime) -> Vec<Finding> {
    let mut found = Vec::new();
    for (at, link) in links(&pasted.text) {
        let line = pasted.line_of(at);
        if let Some(meant) = single_slash(link) {
            let finding = Finding::wrong("single_slash", None).with("link", &address(link));
            found.push(finding.with("meant", &address(&meant)).on_line(line));
        } else if let Some(meant) = without_token(link, pasted.before_on_line(at)) {
            let finding = Finding::wrong("token_path_missing", None).with("link", &address(link));
            found.push(finding.with("meant", &meant).on_line(line));
        }
    }
    found
}

/// Everything that begins as a link, with the byte where it begins. Java's properties may have a
/// backslash before the colon.
fn links(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let starts = text.match_indices("http").map(|(at, _)| at);
    starts.filter_map(|at| {
        let rest = &text[at..];
        let end = rest.find(|c: char| c.is_whitespace() || "\"'<>(){}[],;|`»«".contains(c));
        let link = rest[..end.unwrap_or(rest.len())].trim_end_matches(['.', ':', '\\']);
        let after = link.trim_start_matches("http").trim_start_matches('s');
        after
            .trim_start_matches('\\')
            .starts_with(":/")
            .then_some((at, link))
    })
}

/// The link with both slashes, where it has one.
fn single_slash(link: &str) -> Option<String> {
    let (scheme, rest) = link.split_once(":/")?;
    let is_host = rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    is_host.then(|| format!("{}://{rest}", scheme.trim_end_matches('\\')))
}

/// The token endpoint of the host, where a link to the host stands for it.
fn without_token(link: &str, before: &str) -> Option<String> {
    let plain = link.replace('\\', "");
    let (_, rest) = plain.split_once("://")?;
    let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
    let host = host.split(':').next()?;
    let is_bare = matches!(path, "" | "token/") || path.starts_with('?');
    let is_posted = before.contains("curl") || before.contains("post");
    let is_named = before.contains("token") && !before.contains("aud");
    let stands_for_it = is_bare && is_maskinporten(host) && (is_posted || is_named);
    stands_for_it.then(|| format!("https://{host}/token"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_with_one_slash_are_seen() {
        for (link, meant) in [
            (
                "https:/test.maskinporten.no/",
                Some("https://test.maskinporten.no/"),
            ),
            ("http:/x.no", Some("http://x.no")),
            (r"https\:/x.no", Some("https://x.no")),
            ("https://x.no", None),
            ("https:///x.no", None),
        ] {
            assert_eq!(single_slash(link).as_deref(), meant, "{link}");
        }
    }

    #[test]
    fn a_host_stands_for_the_token_endpoint_only_where_one_is_meant() {
        let test = "https://test.maskinporten.no/";
        for (link, before, meant) in [
            (
                test,
                "token endpoint: ",
                Some("https://test.maskinporten.no/token"),
            ),
            (
                test,
                "token.endpoint=",
                Some("https://test.maskinporten.no/token"),
            ),
            (
                "https://maskinporten.no",
                "curl -x post ",
                Some("https://maskinporten.no/token"),
            ),
            (test, "audience=", None),
            (test, "\"aud\": \"", None),
            (
                "https://test.maskinporten.no/token",
                "token endpoint: ",
                None,
            ),
            ("https://x.no/", "token endpoint: ", None),
        ] {
            assert_eq!(
                without_token(link, before).as_deref(),
                meant,
                "{before}{link}"
            );
        }
    }
}
