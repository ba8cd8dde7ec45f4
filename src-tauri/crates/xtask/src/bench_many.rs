//! A thousand tokens for a thousand customers: the client on one core, practice on another.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, ensure};

use crate::bench::{Row, Server, text_in};
use crate::process::{cargo, command, output};
use crate::project;

/// The rate of one core, and how much of what it can sign that is.
pub(crate) fn many() -> Result<Vec<Row>> {
    let cores = std::thread::available_parallelism()?.get();
    ensure!(cores >= 2, "client and practice need a core each");
    let folder = project::target().join("bench-many");
    fs::create_dir_all(&folder)?;
    let consumers = consumers();
    let list = folder.join("consumers.txt");
    fs::write(&list, consumers.join("\n"))?;
    // Practice must have made its files before a config can name its client.
    drop(Server::start(&folder, &[])?);
    let config = folder.join("config.json");
    fs::write(&config, config_for(&folder, &consumers)?)?;
    let config = config.to_string_lossy().into_owned();
    let server = Server::start(&folder, &["--config", &config])?;
    let said = output(
        command("taskset")
            .args(["-c", CLIENT_CORE])
            .arg(cargo().get_program())
            .args(["bench", "--quiet", "--package", "acceptance"])
            .args(["--bench", "many", "--", &server.issuer])
            .arg(&folder)
            .arg(SCOPE)
            .arg(&list),
    )
    .context("the benchmark of many tokens failed")?;
    let number = |name: &str| -> Option<f64> {
        said.lines()
            .find_map(|line| line.strip_prefix(name)?.trim().parse().ok())
    };
    let (tokens, signatures) = number("tokens")
        .zip(number("signatures"))
        .context("the benchmark of many tokens said nothing")?;
    let share = tokens / signatures;
    Ok(vec![
        Row::fact(
            "tokens for 1,000 customers, client on one core",
            format!("{tokens:.0}/s"),
        ),
        Row::fact(
            "RS256 with the same key on that core",
            format!("{signatures:.0}/s"),
        ),
        Row::fact(
            "bits of that key",
            format!("{:.0}", number("bits").unwrap_or_default()),
        ),
        Row::wish(
            "tokens to signatures",
            format!("{share:.3}"),
            ">= 0.7",
            share >= 0.7,
        ),
    ])
}

/// The scope, open to all and delegated by each customer to the practice client.
fn config_for(folder: &Path, consumers: &[String]) -> Result<String> {
    let practice = fs::read_to_string(folder.join("practice.json"))?;
    let client = practice
        .split('{')
        .find(|object| text_in(object, "auth") == "x5c")
        .context("practice.json names no x5c client")?;
    let (id, owner) = (text_in(client, "client_id"), text_in(client, "org_number"));
    let mut delegations = String::new();
    for consumer in consumers {
        let comma = if delegations.is_empty() { "" } else { "," };
        write!(
            delegations,
            r#"{comma}{{"consumer":"{consumer}","supplier":"{owner}","scope":"{SCOPE}"}}"#
        )?;
    }
    Ok(format!(
        r#"{{"clients":[{{"client_id":"{id}","org_number":"{owner}","scopes":["{SCOPE}"]}}],
            "scopes":[{{"name":"{SCOPE}","delegation_source":"https://tt02.altinn.no/"}}],
            "delegations":[{delegations}]}}"#
    ))
}

/// The first thousand organisation numbers from 310 000 000 that have their check digit.
fn consumers() -> Vec<String> {
    let with_check_digit = |base: u32| -> Option<String> {
        let digits = base.to_string();
        let sum: u32 = digits
            .chars()
            .zip([3, 2, 7, 6, 5, 4, 3, 2])
            .filter_map(|(digit, weight)| Some(digit.to_digit(10)? * weight))
            .sum();
        match (11 - sum % 11) % 11 {
            10 => None,
            check => Some(format!("{digits}{check}")),
        }
    };
    (31_000_000..)
        .filter_map(with_check_digit)
        .take(COUNT)
        .collect()
}

/// Practice has the first core, which [`Server`] sees to.
pub(crate) const SERVER_CORE: &str = "0";
const CLIENT_CORE: &str = "1";
const SCOPE: &str = "bench:many";
const COUNT: usize = 1_000;

#[cfg(test)]
mod tests {
    use super::consumers;

    #[test]
    fn the_customers_are_a_thousand_different_numbers() {
        let mut all = consumers();
        assert!(all.iter().all(|number| number.len() == 9));
        all.dedup();
        assert_eq!(all.len(), 1_000);
    }
}
