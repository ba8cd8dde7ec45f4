//! Each command of the window stands in four places: the handler that answers it, the list from
//! which its permission is made, the capability that grants the permission, and the bridge that
//! asks. The four must name the same commands.

use std::collections::BTreeSet;

use crate::tree;

#[test]
fn every_command_is_answered_listed_granted_and_asked_for() {
    let answered: BTreeSet<String> = tree::files("src-tauri/src", &[".rs"])
        .iter()
        .flat_map(|file| answered(&tree::read(file)))
        .collect();
    assert!(
        !answered.is_empty(),
        "no generate_handler! in src-tauri/src"
    );
    assert_eq!(
        asked(&tree::read("ui/src/bridge/tauri.ts")),
        answered,
        "asked for in the bridge"
    );
    assert_eq!(
        listed(&tree::read("src-tauri/build.rs")),
        answered,
        "listed in build.rs"
    );
    let granted: BTreeSet<String> = tree::files("src-tauri/capabilities", &[".json"])
        .iter()
        .flat_map(|file| granted(&tree::read(file)))
        .collect();
    assert_eq!(granted, answered, "granted in the capability");
}

#[test]
fn the_capabilities_let_the_window_touch_no_files_network_or_programs() {
    for file in tree::files("src-tauri/capabilities", &[".json"]) {
        let capability: serde_json::Value = serde_json::from_str(&tree::read(&file)).unwrap();
        for permission in capability["permissions"].as_array().unwrap() {
            let name = permission
                .as_str()
                .or(permission["identifier"].as_str())
                .unwrap();
            let plugin = name.split(':').next().unwrap();
            assert!(
                !["fs", "http", "shell", "process"].contains(&plugin),
                "{file}: {name}"
            );
        }
    }
}

#[test]
fn the_pages_may_load_and_send_nothing_from_or_to_elsewhere() {
    let config: serde_json::Value =
        serde_json::from_str(&tree::read("src-tauri/tauri.conf.json")).unwrap();
    let policy = config["app"]["security"]["csp"].as_str().unwrap();
    let rules: Vec<&str> = policy.split(';').map(str::trim).collect();
    for rule in [
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self'",
        "connect-src ipc: http://ipc.localhost",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
    ] {
        assert!(rules.contains(&rule), "{rule}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
}

#[test]
fn only_the_main_window_may_ask_and_only_from_our_own_pages() {
    for file in tree::files("src-tauri/capabilities", &[".json"]) {
        let capability: serde_json::Value = serde_json::from_str(&tree::read(&file)).unwrap();
        assert_eq!(capability["windows"], serde_json::json!(["main"]), "{file}");
        for reach in ["webviews", "remote"] {
            assert!(capability.get(reach).is_none(), "{file}: {reach}");
        }
    }
}

#[test]
fn commands_are_found_in_all_four_forms() {
    let both = BTreeSet::from(["open_keystore".to_owned(), "start".to_owned()]);
    let rust = "x.invoke_handler(tauri::generate_handler![\n    start,\n    // The file.\n    keystore::open_keystore,\n])";
    assert_eq!(answered(rust), both);
    assert_eq!(
        listed("AppManifest::new().commands(&[\"start\", \"open_keystore\"])"),
        both
    );
    assert_eq!(
        listed("const COMMANDS: &[&str] = &[\n    \"start\",\n    \"open_keystore\",\n];"),
        both
    );
    assert_eq!(
        granted(r#"{"permissions": ["core:default", "allow-start", "allow-open-keystore"]}"#),
        both
    );
    assert_eq!(
        asked("start: () => invoke(\"start\"),\nx: () => invoke<A<B>>(\n  \"open_keystore\", {})"),
        both
    );
}

fn answered(rust: &str) -> BTreeSet<String> {
    let Some((_, rest)) = rust.split_once("generate_handler![") else {
        return BTreeSet::new();
    };
    let list = rest.split(']').next().unwrap();
    list.lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split(','))
        .filter_map(|path| path.trim().rsplit("::").next())
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The strings of the first list in build.rs whose members look like commands.
fn listed(rust: &str) -> BTreeSet<String> {
    let list = rust.split("&[").map(|rest| rest.split(']').next().unwrap());
    list.filter(|list| list.contains('"'))
        .flat_map(|list| list.split('"').skip(1).step_by(2))
        .map(str::to_owned)
        .collect()
}

/// The permissions without a plugin's name before them are our own commands'.
fn granted(json: &str) -> BTreeSet<String> {
    let capability: serde_json::Value = serde_json::from_str(json).unwrap();
    capability["permissions"]
        .as_array()
        .unwrap()
        .iter()
        .filter_map(|permission| permission.as_str()?.strip_prefix("allow-"))
        .map(|name| name.replace('-', "_"))
        .collect()
}

fn asked(typescript: &str) -> BTreeSet<String> {
    typescript
        .split("invoke")
        .skip(1)
        // After the name come a type in angle brackets, perhaps, and the opening parenthesis.
        .filter_map(|rest| {
            rest.split_once('(')
                .filter(|(before, _)| before.is_empty() || before.starts_with('<'))
        })
        .filter_map(|(_, arguments)| arguments.trim_start().strip_prefix('"'))
        .filter_map(|rest| rest.split('"').next())
        .map(str::to_owned)
        .collect()
}
