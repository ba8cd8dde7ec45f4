use keystore::Secret;
use maskinporten::Environment;

use super::*;

const CLIENT: &str = "238259d7-f0ab-4bd5-b253-0f0159375096";
const MEANT_PASSWORD: &str = " s3cret\\æ #1 ";

fn values(environment: Environment) -> ConfigValues {
    ConfigValues {
        environment,
        issuer: environment.issuer().expect("an issuer"),
        client_id: CLIENT.parse().expect("a client id"),
        scopes: "altinn:serviceowner brreg:losore/tlg"
            .parse()
            .expect("scopes"),
        resource: vec!["https://api.example.org/v1".parse().expect("a resource")],
        consumer_org: Some("313045285".parse().expect("a number")),
        kid: None,
        keystore: KeystoreFacts {
            file: Some(r"C:\nøkler\new.jks".to_owned()),
            kind: KeystoreKind::Jks,
            alias: Some("Granitt Sparebank".to_owned()),
        },
        passwords: None,
    }
}

fn with_passwords(environment: Environment) -> ConfigValues {
    ConfigValues {
        passwords: Some(ConfigPasswords {
            store: Secret::new(MEANT_PASSWORD.to_owned()),
            key: None,
        }),
        ..values(environment)
    }
}

fn written(tool: Tool, values: &ConfigValues) -> String {
    tool.write(values).expect("written").text.to_string()
}

/// A name as its users give the file.
fn name(tool: Tool) -> &'static str {
    match tool {
        Tool::JwtGrantGenerator => "client.properties",
        Tool::Brreg | Tool::Fiks => "application.yml",
        Tool::Altinn | Tool::DanielskovliDotnet => "appsettings.json",
        Tool::Nais | Tool::Vtfk | Tool::DanielskovliPython => ".env",
    }
}

fn codes(config: &ImportedConfig) -> Vec<&'static str> {
    config.findings.iter().map(|finding| finding.code).collect()
}

#[test]
fn every_export_is_as_it_was_looked_at() {
    for tool in Tool::ALL {
        let text = written(tool, &values(Environment::Test));
        assert!(text.contains("test"), "{text}");
        assert!(!text.contains("s3cret"), "{text}");
        insta::assert_snapshot!(tool.as_str(), text);
    }
}

#[test]
fn what_is_exported_is_imported_again_and_nothing_is_wrong_with_it() {
    for environment in [Environment::Test, Environment::Production] {
        for tool in Tool::ALL {
            let values = with_passwords(environment);
            let text = written(tool, &values);
            let config = read_config(name(tool), text.as_bytes()).expect("a configuration");
            assert_eq!(config.tool, tool);
            assert_eq!(config.client_id.as_deref(), Some(CLIENT), "{text}");
            let says_environment = tool != Tool::DanielskovliPython;
            let expected = says_environment.then_some(environment);
            assert_eq!(config.environment, expected, "{text}");
            let mut codes = codes(&config);
            codes.retain(|code| *code != "placeholder_left");
            codes.dedup();
            let told: &[&str] = match tool {
                // A password that ends with a blank is easily a slip where nothing shows the end.
                Tool::JwtGrantGenerator | Tool::Nais | Tool::DanielskovliDotnet => &[],
                _ => &["trailing_blank"],
            };
            assert_eq!(codes, told, "{text}");
        }
    }
}

#[test]
fn the_properties_are_what_java_reads() {
    let text = written(
        Tool::JwtGrantGenerator,
        &with_passwords(Environment::Production),
    );
    assert!(text.is_ascii());
    let properties = properties::read(text.as_bytes());
    let value = |key: &str| {
        let property = properties.iter().find(|property| property.key == key);
        property
            .and_then(|p| p.value.as_ref())
            .map(|v| v.to_string())
    };
    assert_eq!(value("keystore.file").as_deref(), Some("C:/nøkler/new.jks"));
    assert_eq!(value("keystore.password").as_deref(), Some(MEANT_PASSWORD));
    assert_eq!(
        value("keystore.alias.password").as_deref(),
        Some(MEANT_PASSWORD)
    );
    assert_eq!(
        value("keystore.alias").as_deref(),
        Some("granitt sparebank")
    );
    assert_eq!(value("keystore.kid"), None);
    assert!(text.starts_with("# Maskinporten: production\n"));
}

#[test]
fn several_resources_are_written_nowhere() {
    let mut values = values(Environment::Test);
    values
        .resource
        .push("https://other.example.org".parse().expect("a resource"));
    for tool in [Tool::JwtGrantGenerator, Tool::Altinn] {
        assert_eq!(
            tool.write(&values).expect_err("a refusal").code,
            "config_several_resources"
        );
    }
    let left_out = Tool::Nais.write(&values).expect("written").left_out;
    assert_eq!(left_out, ["resource", "consumer_org"]);
}

#[test]
fn altinns_library_is_not_told_to_use_a_key_of_practice_in_test() {
    let practice = ConfigValues {
        environment: Environment::Practice,
        ..values(Environment::Test)
    };
    for tool in Tool::ALL {
        let refused = tool.write(&practice).err().map(|failure| failure.code);
        let expected = (tool == Tool::Altinn).then(|| "config_environment_unknown".to_owned());
        assert_eq!(refused, expected, "{tool:?}");
    }
}

#[test]
fn fiks_takes_a_key_of_ones_own_by_its_name() {
    let values = ConfigValues {
        kid: Some("min-nokkel".parse().expect("a key id")),
        keystore: KeystoreFacts {
            file: Some("egen.pem".to_owned()),
            kind: KeystoreKind::Pem,
            alias: None,
        },
        ..values(Environment::Test)
    };
    let text = written(Tool::Fiks, &values);
    insta::assert_snapshot!("fiks-own-key", text);
    let config = read_config("application.yml", text.as_bytes()).expect("a configuration");
    assert_eq!(config.kid.as_deref(), Some("min-nokkel"));
    assert_eq!(config.keystore.file.as_deref(), Some("egen.pem"));
    assert_eq!(codes(&config), Vec::<&str>::new());
}

#[test]
fn nothing_secret_is_told_by_debug() {
    let values = with_passwords(Environment::Test);
    let written = Tool::JwtGrantGenerator.write(&values).expect("written");
    let entries = dotenv::read("A=hemmelig");
    for told in [format!("{written:?}"), format!("{entries:?}")] {
        assert!(told.contains("[secret]"), "{told}");
        assert!(
            !told.contains("s3cret") && !told.contains("hemmelig"),
            "{told}"
        );
    }
}

/// The findings of a file, by code, key and line.
fn check(name: &str, file: &[u8], expected: &[(&str, Option<&str>, Option<usize>)]) {
    let config = read_config(name, file).expect("a configuration");
    let found: Vec<_> = config
        .findings
        .iter()
        .map(|f| (f.code, f.key.as_deref(), f.line))
        .collect();
    assert_eq!(found, expected, "{}", file.escape_ascii());
}

#[test]
fn what_is_wrong_in_a_properties_file_is_found() {
    let name = "a.properties";
    let one = |code, key, line| [(code, Some(key), Some(line))];
    check(
        name,
        br"keystore.file=C:\temp\new",
        &one("backslashes_eaten", "keystore.file", 1),
    );
    check(
        name,
        br"keystore.file=C:\users",
        &one("unicode_escape_broken", "keystore.file", 1),
    );
    check(
        name,
        b"# c\nkeystore.password=x ",
        &one("trailing_blank", "keystore.password", 2),
    );
    check(
        name,
        b"\xef\xbb\xbfissuer=x",
        &[("byte_order_mark", None, Some(1))],
    );
    check(
        name,
        "keystore.alias=\u{f8}".as_bytes(),
        &one("utf8_read_as_latin1", "keystore.alias", 1),
    );
    check(name, b"issuer=\"x\"", &one("quotes_kept", "issuer", 1));
    check(name, b"resource=", &one("empty_value_sent", "resource", 1));
    check(
        name,
        b"keystore.kid",
        &one("empty_value_sent", "keystore.kid", 1),
    );
    check(
        name,
        b"token.endpoint=",
        &one("empty_value", "token.endpoint", 1),
    );
    check(
        name,
        b"token.endpoint=https://test.maskinporten.no/",
        &one("token_endpoint_path", "token.endpoint", 1),
    );
    check(
        name,
        b"audience=https://test.maskinporten.no",
        &one("issuer_without_slash", "audience", 1),
    );
    check(
        name,
        b"audience=https://maskinporten.no/\ntoken.endpoint=https://test.maskinporten.no/token",
        &one("environments_mixed", "token.endpoint", 2),
    );
    check(
        name,
        b"resource=https://a.no https://b.no",
        &one("several_resources", "resource", 1),
    );
    check(
        name,
        b"issuer=x\nscopes=a:b",
        &one("unknown_key", "scopes", 2),
    );
    check(
        name,
        b"issuer=x\nissuer=y",
        &one("key_repeated", "issuer", 2),
    );
    check(
        name,
        b"keystore.type=P12",
        &one("keystore_type_unknown", "keystore.type", 1),
    );
    check(
        name,
        b"keystore.alias=SETT-INN-ALIAS",
        &one("placeholder_left", "keystore.alias", 1),
    );
    check(name, b"scope=brreg", &one("value_malformed", "scope", 1));
    check(
        name,
        b"consumer_org=123456789",
        &one("value_malformed", "consumer_org", 1),
    );
    check(name, b"issuer : x\n! c\nkeystore.type pkcs12", &[]);
}

#[test]
fn what_is_wrong_in_other_files_is_found() {
    check(
        "appsettings.json",
        br#"{"Logging":{"Level":"x"},"M":{"Environment":"prod","ClientId":"x ","Scopes":"a:b","TokenExchangeEnvironment":"tt02"}}"#,
        &[
            ("trailing_blank", Some("M:ClientId"), Some(1)),
            ("unknown_key", Some("M:Scopes"), Some(1)),
            ("environments_mixed", Some("M:TokenExchangeEnvironment"), Some(1)),
        ],
    );
    check(
        "x.env",
        b"\xef\xbb\xbfMASKINPORTEN_CLIENT_ID=x\nMASKINPORTEN_SCOPE\xf8=\xf8",
        &[
            ("byte_order_mark", None, Some(1)),
            ("not_utf8", None, Some(1)),
            ("unknown_key", Some("MASKINPORTEN_SCOPE\u{f8}"), Some(2)),
        ],
    );
    for (name, file, key) in [
        (
            "appsettings.json",
            &br#"{"M":{"ClientId":"x","CertificatePkcs12Path":"C:\temp\new"}}"#[..],
            "M:CertificatePkcs12Path",
        ),
        (
            "application.yml",
            b"issuer: x\nkeystore.file: \"C:\\temp\\new\"\n",
            "keystore.file",
        ),
    ] {
        let config = read_config(name, file).expect("a configuration");
        let found = &config.findings[0];
        let told = (found.code, found.key.as_deref(), found.meant.as_deref());
        let meant = Some("C:\\temp\\new");
        assert_eq!(told, ("backslashes_eaten", Some(key), meant), "{config:?}");
        assert_eq!(config.keystore.file.as_deref(), meant);
    }
    // Most letters begin no escape, and then the whole file is no JSON or YAML.
    for (name, file, key) in [
        (
            "x.json",
            &b"{\"M\":{\"Environment\":\"test\",\"CertificatePkcs12Path\":\"C:\\Certs\\a.p12\"}}"[..],
            "M:CertificatePkcs12Path",
        ),
        (
            "application.yml",
            b"issuer: x\nkeystore.file: \"C:\\Certs\\a.p12\"\n",
            "keystore.file",
        ),
    ] {
        let config = read_config(name, file).expect("a configuration");
        let found = &config.findings[0];
        let told = (found.code, found.key.as_deref(), found.meant.as_deref());
        let meant = Some("C:\\Certs\\a.p12");
        assert_eq!(told, ("backslashes_eaten", Some(key), meant), "{config:?}");
        assert_eq!(config.keystore.file.as_deref(), meant);
    }
    check(
        "x.env",
        b"MASKINPORTEN_CLIENT_ID=x ",
        &[("trailing_blank", Some("MASKINPORTEN_CLIENT_ID"), Some(1))],
    );
    check(
        "application.yml",
        b"server:\n  port: 1\nissuer: x\nkeystore:\n  kind: JKS\n",
        &[("unknown_key", Some("keystore.kind"), Some(5))],
    );
}

#[test]
fn what_is_meant_is_what_is_answered() {
    let file = "issuer=x\nkeystore.file=C:\\n\u{f8}kler\\temp \nkeystore.password=hemmelig\\q";
    let config = read_config("a.properties", file.as_bytes()).expect("a configuration");
    assert_eq!(
        config.keystore.file.as_deref(),
        Some("C:\\n\u{f8}kler\\temp")
    );
    assert!(config.keystore.has_password);
    assert!(!format!("{config:?}").contains("hemmelig"));
}

#[test]
fn a_password_that_another_line_swallowed_is_not_told() {
    let file = b"issuer=x\nkeystore.file=C:\\keys\\\nkeystore.password = hemmelig\n";
    let config = read_config("a.properties", file).expect("a configuration");
    assert_eq!(codes(&config), ["line_swallowed"]);
    assert!(!format!("{config:?}").contains("hemmelig"), "{config:?}");
}

#[test]
fn what_is_no_configuration_is_refused_by_name() {
    for (name, file, code) in [
        ("a.json", "{", "file_malformed"),
        ("a.yml", "a: [", "file_malformed"),
        ("a.txt", "hello", "file_not_config"),
        ("a.properties", "", "file_not_config"),
        ("a.json", "[]", "file_not_config"),
    ] {
        let refused = read_config(name, file.as_bytes());
        assert_eq!(refused.expect_err(name).code, code);
    }
}

proptest::proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..200)) {
        for name in ["a.properties", "a.json", "a.yml", ".env", "a"] {
            let _ = read_config(name, &bytes);
        }
    }
}
