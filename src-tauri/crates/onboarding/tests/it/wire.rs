use std::{fmt::Write, fs, path::Path};

use onboarding::{config::Tool, *};
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
        NamedCertificate,
        ImportedProfiles,
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
        OwnKeyCard,
        Identity,
        OwnKeyOrder,
        PublicKeyTexts,
        AlgorithmName,
        DetailOptions,
        ProfileSystemUser,
        RevocationState,
        RevocationSource,
        Revocation,
        IssuerCard,
        TokenOptions,
        Gravity,
        Place,
        Foresight,
        ClockReading,
        ClaimRow,
        Sent,
        Difference,
        UseForm,
        UseText,
        Token,
        Preview,
        ClientCheck,
        RegisteredKey,
        Registration,
        PastedSignature,
        PastedToken,
        AuditEntry,
        ServedEndpoint,
        ManyRow,
        ManyEnd,
        ReadConsumers,
        SavedPractice,
        FailedCheck,
        PracticeRequest,
        PracticeView,
        PracticeClient,
        Tool,
        FileForm,
        FileOrder,
        FileOffer,
        SavedContent,
        SavedFile,
        SavedFiles,
        FindingGravity,
        ExplainedFinding,
        Explained,
    );
    tidied(&text)
}

/// Comments of one line on one line, members indented, no blanks at the ends.
fn tidied(text: &str) -> String {
    let mut tidy = String::new();
    let mut lines = text.lines().map(str::trim_end).peekable();
    let mut inside = false;
    while let Some(line) = lines.next() {
        let indent = if inside { "  " } else { "" };
        let one = (line == "/**").then(|| lines.next()).flatten();
        match one {
            Some(comment) if lines.peek() == Some(&" */") => {
                lines.next();
                writeln!(tidy, "{indent}/**{} */", comment.trim_start_matches(" *")).unwrap();
            }
            Some(comment) => writeln!(tidy, "{indent}/**\n{indent}{comment}").unwrap(),
            None => match line.strip_suffix(", };") {
                Some(last) => writeln!(tidy, "{indent}{last},\n}};").unwrap(),
                None => writeln!(tidy, "{indent}{line}").unwrap(),
            },
        }
        inside = (inside || line.ends_with('{')) && !line.ends_with("};");
    }
    tidy
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
