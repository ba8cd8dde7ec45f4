//! «Alt skjer på denne maskinen»: what the window and all its processes open on the network while
//! somebody practises, as the kernel saw it.

use std::path::Path;

use crate::harness::{Setup, Window};

#[tokio::test]
async fn in_practice_no_socket_leaves_the_machine() {
    let mut setup = Setup::new();
    let trace = setup.trace_network();
    setup
        .run("network", |window| async move {
            window.press("welcome-practice").await;
            window.press("next-step").await;
            window.press("token-button").await;
            window.get("token-result").await;
            look_at_practice(&window).await;
        })
        .await;
    let lines = std::fs::read_to_string(Path::new(&trace)).unwrap();
    let internet: Vec<&str> = lines.lines().filter(|line| is_internet(line)).collect();
    let practice = internet.iter().filter(|line| line.contains("connect("));
    assert!(
        practice.count() > 0,
        "the trace saw no connection at all:\n{lines}"
    );
    let elsewhere: Vec<&&str> = internet.iter().filter(|line| !is_loopback(line)).collect();
    assert!(elsewhere.is_empty(), "{elsewhere:#?}");
}

/// The area itself: what arrived, a scenario on and off.
async fn look_at_practice(window: &Window) {
    window.press("nav-ovelse").await;
    window.get("arrived").await;
    window.press("practice-tab-scenarios").await;
    window.press("scenario-slow").await;
    window.press("scenarios-off").await;
    // A window of its own, which WebDriver cannot look into; what it asked for arrived.
    window.press("practice-tab-pages").await;
    window.press("open-portal").await;
    window.press("practice-tab-arrived").await;
    window
        .until("return document.querySelector(\"[data-testid='arrived']\")?.innerText.includes('GET /portal/') === true")
        .await;
}

/// A call that names an address of the internet, either family.
fn is_internet(line: &str) -> bool {
    line.contains("sa_family=AF_INET")
}

/// Every address of the call is this machine's own.
fn is_loopback(line: &str) -> bool {
    let four = line.split("inet_addr(\"").skip(1);
    let six = line.split("inet_pton(AF_INET6, \"").skip(1);
    let mut addresses = four
        .chain(six)
        .map(|rest| rest.split('"').next().unwrap_or_default());
    addresses.all(|address| address.starts_with("127.") || address == "::1")
}

#[test]
fn an_address_elsewhere_is_told_from_loopback() {
    let four = r#"12 connect(9, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("10.0.0.2")}, 16) = 0"#;
    let own = r#"12 connect(9, {sa_family=AF_INET, sin_port=htons(40123), sin_addr=inet_addr("127.0.0.1")}, 16) = 0"#;
    let six = r#"12 sendto(9, "x", 1, 0, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28) = 1"#;
    let unix = r#"12 connect(9, {sa_family=AF_UNIX, sun_path="/run/x"}, 110) = 0"#;
    assert!(is_internet(four) && !is_loopback(four));
    assert!(is_internet(own) && is_loopback(own));
    assert!(is_internet(six) && !is_loopback(six));
    assert!(!is_internet(unix));
}
