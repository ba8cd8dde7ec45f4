use serde_json::{Value, json};

use crate::Failure;

/// The form of profiles in files, ours and exported ones. A newer program's file is not touched
/// by an older one.
///
/// 1: as first stored. 2: `consumers`, the customers a supplier asks for all at once. 3:
/// `algorithm` and `chain`, how the grant is signed and shown, and `system_user`, what it is for.
pub(crate) const VERSION: u32 = 3;

/// Brings a file of profiles to the present form, one version at a time.
///
/// Errors with `profiles_newer` when a newer program wrote it, and with `data_unreadable` when it
/// names no version; the file itself is left as it is.
pub(crate) fn migrate(mut file: Value, name: &str) -> Result<Value, Failure> {
    let stated = file.get("version").and_then(Value::as_u64);
    let version = stated
        .and_then(|version| u32::try_from(version).ok())
        .filter(|version| *version >= 1)
        .ok_or_else(|| Failure::new("data_unreadable").with("file", name))?;
    if version > VERSION {
        return Err(Failure::new("profiles_newer"));
    }
    for step in &STEPS[(version - 1) as usize..] {
        step(&mut file);
    }
    file["version"] = json!(VERSION);
    Ok(file)
}

/// `STEPS[n]` makes version n + 2 of version n + 1.
const STEPS: [fn(&mut Value); VERSION as usize - 1] = [add_consumers, add_signing_and_system_user];

fn add_consumers(file: &mut Value) {
    add(file, "consumers", &json!([]));
}

/// As every grant was made before these could be chosen.
fn add_signing_and_system_user(file: &mut Value) {
    add(file, "algorithm", &json!("RS256"));
    add(file, "chain", &json!(false));
    add(file, "system_user", &json!(null));
}

fn add(file: &mut Value, name: &str, value: &Value) {
    for profile in profiles(file) {
        if let Some(profile) = profile.as_object_mut() {
            profile.entry(name).or_insert_with(|| value.clone());
        }
    }
}

fn profiles(file: &mut Value) -> impl Iterator<Item = &mut Value> {
    let list = file.get_mut("profiles").and_then(Value::as_array_mut);
    list.into_iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_version_reaches_the_present_one_and_others_are_refused() {
        for (file, expected) in [
            (
                r#"{"version":1,"profiles":[{}]}"#,
                Ok(
                    json!([{"consumers": [], "algorithm": "RS256", "chain": false,
                    "system_user": null}]),
                ),
            ),
            (
                r#"{"version":2,"profiles":[{"consumers":["313045285"]}]}"#,
                Ok(json!([{"consumers": ["313045285"], "algorithm": "RS256",
                    "chain": false, "system_user": null}])),
            ),
            (
                r#"{"version":3,"profiles":[{"algorithm":"RS512","chain":true}]}"#,
                Ok(json!([{"algorithm": "RS512", "chain": true}])),
            ),
            (r#"{"version":4,"profiles":[]}"#, Err("profiles_newer")),
            (
                r#"{"version":4294967296,"profiles":[]}"#,
                Err("data_unreadable"),
            ),
            (r#"{"version":0,"profiles":[]}"#, Err("data_unreadable")),
            (r#"{"profiles":[]}"#, Err("data_unreadable")),
            ("[]", Err("data_unreadable")),
        ] {
            let migrated = migrate(serde_json::from_str(file).expect("JSON"), "x");
            let told = migrated.map(|file| {
                assert_eq!(file["version"], VERSION);
                file["profiles"].clone()
            });
            assert_eq!(
                told.map_err(|failure| failure.code),
                expected.map_err(str::to_owned)
            );
        }
    }
}
