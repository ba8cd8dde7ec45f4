//! Names of keys and files that every system can hold: lower-case ASCII letters, digits and
//! hyphens, with the environment in the name of the file.

use std::path::{Path, PathBuf};

use crate::{EnvironmentName, FileForm, config::Tool};

/// A name for the key of an organisation: `granitt-maskinporten`.
pub(crate) fn proposed_alias(organisation: Option<&str>, environment: EnvironmentName) -> String {
    let name = plain(organisation.unwrap_or_default());
    let first = name.split('-').find(|word| !word.is_empty());
    let alias = match first {
        Some(word) => format!("{word}-maskinporten"),
        None => "maskinporten".to_owned(),
    };
    marked_alias(&alias, environment).to_lowercase()
}

/// The name of the key as it is written: in practice it always says so.
pub(crate) fn marked_alias(alias: &str, environment: EnvironmentName) -> String {
    let alias = alias.trim();
    let is_marked = alias.to_lowercase().starts_with("ovelse");
    match environment {
        EnvironmentName::Practice if !is_marked => format!("{PRACTICE_MARK}-{alias}"),
        _ => alias.to_owned(),
    }
}

/// The name to suggest for a key file: `granitt-maskinporten-test.p12`,
/// `OVELSE-granitt-maskinporten.p12`.
pub(crate) fn proposed_file(alias: &str, environment: EnvironmentName, form: FileForm) -> String {
    let name = plain(alias);
    let ending = form.ending();
    if environment == EnvironmentName::Practice {
        let name = name.strip_prefix("ovelse-").unwrap_or(&name);
        return format!("{PRACTICE_MARK}-{name}{ending}");
    }
    format!("{name}-{}{ending}", environment.as_str())
}

/// Where the configuration file of a tool lies: beside the key file, and named after it.
pub(crate) fn config_beside(key_file: &Path, tool: Tool) -> PathBuf {
    let name = key_file.file_name().unwrap_or_default().to_string_lossy();
    let stem = name.split_once('.').map_or(&*name, |(stem, _)| stem);
    let config = key_file.with_file_name(format!("{stem}{}", config_ending(tool)));
    match config == key_file {
        // The user has given the key file the name of a configuration file.
        true => key_file.with_file_name(format!("{stem}-oppsett{}", config_ending(tool))),
        false => config,
    }
}

fn config_ending(tool: Tool) -> &'static str {
    match tool {
        Tool::JwtGrantGenerator => ".properties",
        Tool::Brreg | Tool::Fiks => "-application.yml",
        Tool::Altinn => "-appsettings.json",
        Tool::Nais | Tool::Vtfk | Tool::DanielskovliPython => ".env",
        Tool::DanielskovliDotnet => "-maskinporten-settings.json",
    }
}

/// Letters, digits and single hyphens only; Norwegian letters as they are written without them.
fn plain(text: &str) -> String {
    let mut name = String::with_capacity(text.len());
    for c in text.to_lowercase().chars() {
        match c {
            'æ' => name.push_str("ae"),
            'ø' | 'ö' => name.push('o'),
            'å' | 'ä' => name.push('a'),
            c if c.is_ascii_alphanumeric() => name.push(c),
            _ if name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    name.trim_matches('-').to_owned()
}

/// Said in the name and the content of every file of practice.
pub(crate) const PRACTICE_MARK: &str = "OVELSE";

#[cfg(test)]
mod tests {
    use super::*;
    use EnvironmentName::{Practice, Production, Test};

    #[test]
    fn a_key_is_named_after_the_organisation() {
        for (organisation, environment, alias) in [
            (Some("GRANITT SPAREBANK"), Test, "granitt-maskinporten"),
            (Some("Ærlig & Åpen AS"), Production, "aerlig-maskinporten"),
            (Some("–"), Test, "maskinporten"),
            (None, Test, "maskinporten"),
            (
                Some("GRANITT SPAREBANK"),
                Practice,
                "ovelse-granitt-maskinporten",
            ),
        ] {
            assert_eq!(proposed_alias(organisation, environment), alias);
        }
    }

    #[test]
    fn every_file_names_its_environment() {
        for (alias, environment, form, name) in [
            ("granitt", Test, FileForm::Jks, "granitt-test.jks"),
            (
                "Min nøkkel",
                Production,
                FileForm::P12,
                "min-nokkel-production.p12",
            ),
            ("granitt", Practice, FileForm::Pem, "OVELSE-granitt.pem"),
            (
                "ovelse-granitt",
                Practice,
                FileForm::Jwk,
                "OVELSE-granitt-public.jwk",
            ),
            ("../../etc", Test, FileForm::Der, "etc-test.cer"),
        ] {
            assert_eq!(proposed_file(alias, environment, form), name);
        }
    }

    #[test]
    fn in_practice_a_key_says_so_whatever_it_is_called() {
        assert_eq!(marked_alias(" granitt ", Practice), "OVELSE-granitt");
        assert_eq!(marked_alias("Ovelse-granitt", Practice), "Ovelse-granitt");
        assert_eq!(marked_alias(" granitt ", Test), "granitt");
    }

    #[test]
    fn a_configuration_file_never_takes_the_place_of_the_key() {
        let beside = |name: &str, tool| {
            let path = config_beside(&Path::new("/a").join(name), tool);
            path.strip_prefix("/a").map(Path::to_owned).ok()
        };
        let named = |name: &str| Some(PathBuf::from(name));
        let tool = Tool::JwtGrantGenerator;
        assert_eq!(beside("x-test.jks", tool), named("x-test.properties"));
        assert_eq!(beside("x.properties", tool), named("x-oppsett.properties"));
        assert_eq!(beside("x.p12.b64", Tool::Vtfk), named("x.env"));
    }
}
