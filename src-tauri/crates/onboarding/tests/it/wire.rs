use std::{fmt::Write, fs, path::Path};

use onboarding::*;
use ts_rs::{Config, TS};

/// The types that cross to the window, as TypeScript.
fn wire() -> String {
    let config = Config::from_env();
    let mut text = String::from(
        "// Made from the Rust types of the same names by `UPDATE_WIRE=1 cargo test -p onboarding wire`. Do not edit.\n",
    );
    macro_rules! types {
        ($($name:ty),* $(,)?) => {
            $(write!(text, "\nexport {}\n", <$name as TS>::decl(&config)).unwrap();)*
        };
    }
    types!(
        EnvironmentName,
        Language,
        Scheme,
        TextSize,
        Settings,
        Failure,
        FailureDetail,
        ScopeFacts,
        Ordering,
        ServiceFacts,
        OrderState,
        Order,
        OrderForm,
        Terms,
        Fix,
        StepStatus,
        Step,
        Road,
        Profile,
        ProfileChange,
        Keychain,
        Start,
        KeystoreFile,
        Purpose,
        CertificateEnvironment,
        CertificateCard,
        CheckState,
        Check,
        KeyChoice,
        OpenedKeystore,
        Keep,
        Identity,
        TokenOptions,
        ClaimRow,
        Sent,
        Token,
        Preview,
        ClientCheck,
        SavedPractice,
        PracticeClient,
    );
    text.lines()
        .map(|line| format!("{}\n", line.trim_end()))
        .collect()
}

#[test]
fn the_windows_types_are_those_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/bridge/wire.ts");
    let wire = wire();
    if std::env::var_os("UPDATE_WIRE").is_some() {
        fs::write(&path, &wire).unwrap();
    }
    assert_eq!(
        fs::read_to_string(&path).unwrap(),
        wire,
        "run the command in the first line"
    );
}
