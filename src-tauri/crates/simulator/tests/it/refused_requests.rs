//! Requests that are not the one form.

use crate::practice::Practice;

const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

#[tokio::test]
async fn only_one_post_of_one_form_is_read() {
    let practice = Practice::start().await;
    let url = practice.url("token");
    let http = practice.http();
    let grant = practice.bank_grant().sign();
    let form = |fields: &[(&str, &str)]| http.post(&url).form(fields);
    let type_field = ("grant_type", JWT_BEARER);
    let assertion = ("assertion", grant.as_str());
    let whole = format!("grant_type={JWT_BEARER}&assertion={grant}");
    let megabyte = "A".repeat(1024 * 1024);
    let typed = |kind: &str| {
        http.post(&url)
            .header("content-type", kind)
            .body(whole.clone())
    };
    let rows = [
        ("GET", http.get(&url), 405),
        (
            "GET with the form in the query",
            http.get(format!("{url}?{whole}")),
            405,
        ),
        ("PUT", http.put(&url).form(&[type_field, assertion]), 405),
        ("DELETE", http.delete(&url), 405),
        ("query", http.post(format!("{url}?{whole}")), 400),
        (
            "query beside the form",
            http.post(format!("{url}?a=b"))
                .form(&[type_field, assertion]),
            400,
        ),
        ("no content type", http.post(&url).body(whole.clone()), 400),
        ("JSON", typed("application/json"), 400),
        ("plain text", typed("text/plain"), 400),
        ("multipart", typed("multipart/form-data; boundary=a"), 400),
        (
            "latin-1",
            typed("application/x-www-form-urlencoded; charset=iso-8859-1"),
            400,
        ),
        (
            "client_id beside",
            form(&[type_field, assertion, ("client_id", "a")]),
            400,
        ),
        (
            "scope beside",
            form(&[type_field, assertion, ("scope", "a:b")]),
            400,
        ),
        (
            "assertion twice",
            form(&[type_field, assertion, assertion]),
            400,
        ),
        (
            "grant type twice",
            form(&[type_field, type_field, assertion]),
            400,
        ),
        ("no grant type", form(&[assertion]), 400),
        ("no assertion", form(&[type_field]), 400),
        (
            "empty assertion",
            form(&[type_field, ("assertion", "")]),
            400,
        ),
        (
            "assertion named grant",
            form(&[type_field, ("grant", &grant)]),
            400,
        ),
        (
            "a megabyte",
            form(&[type_field, ("assertion", &megabyte)]),
            413,
        ),
        ("empty form", form(&[]), 400),
    ];
    for (row, request, status) in rows {
        let answer = practice.send(request).await;
        answer.assert_refused(row, "invalid_request", "-");
        assert_eq!(answer.status, status, "{row}");
    }
    for kind in ["client_credentials", "refresh_token", "jwt-bearer", ""] {
        let answer = practice
            .send(form(&[("grant_type", kind), assertion]))
            .await;
        answer.assert_refused(kind, "unsupported_grant_type", "-");
    }
    // None of them used up the grant.
    assert_eq!(practice.ask(&grant).await.status, 200);
}
