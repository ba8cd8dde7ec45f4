//! Which proxy a request for https goes to, so that it can be named where it is not reached.

use url::Url;

/// The host of the proxy for an address: the one that was given, else that of the environment, as the library reads it.
pub(super) fn host_for(url: &Url, given: Option<&str>) -> Option<String> {
    let host = url.host_str().filter(|_| url.scheme() == "https")?;
    let proxy = match given {
        Some(given) => given.to_owned(),
        None => {
            let one = |names: &[&str]| names.iter().find_map(|name| std::env::var(name).ok());
            let exempt = one(&["NO_PROXY", "no_proxy"]).unwrap_or_default();
            if is_exempt(host, &exempt) {
                return None;
            }
            one(&["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"])?
        }
    };
    // It may hold a password: nothing but the host is told.
    let address = match proxy.contains("://") {
        true => Url::parse(&proxy),
        false => Url::parse(&format!("http://{proxy}")),
    };
    Some(address.ok()?.host_str()?.to_owned())
}

/// Whether a host is on a list of those that are reached without the proxy: itself, or below a name there.
fn is_exempt(host: &str, list: &str) -> bool {
    let mut names = list
        .split(',')
        .map(|name| name.trim().trim_start_matches('.'));
    names.any(|name| {
        let is_below = || {
            host.strip_suffix(name)
                .is_some_and(|before| before.ends_with('.'))
        };
        name == "*" || (!name.is_empty() && (host == name || is_below()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_proxy_is_named_by_its_host_alone() {
        let url = |text: &str| Url::parse(text).expect("an address");
        let of = |text: &str, proxy: &str| host_for(&url(text), Some(proxy));
        let named = Some("proxy.example".to_owned());
        assert_eq!(
            of("https://a.no/", "http://kari:secret@proxy.example:8080"),
            named
        );
        assert_eq!(of("https://a.no/", "proxy.example:8080"), named);
        assert_eq!(of("http://127.0.0.1/", "http://proxy.example"), None);
    }

    #[test]
    fn a_host_is_exempt_by_itself_or_by_what_it_lies_below() {
        for (list, expected) in [
            ("a.no", true),
            ("b.no, .no", true),
            ("*", true),
            ("", false),
            ("x.a.no", false),
            ("aa.no", false),
        ] {
            assert_eq!(is_exempt("a.no", list), expected, "{list}");
        }
        assert!(is_exempt("test.a.no", "a.no"));
        assert!(!is_exempt("testa.no", "a.no"));
    }
}
