//! Debian and Ubuntu packages: finds what is missing, and installs it where that is allowed.

use std::path::Path;
use std::process::Command;

use anyhow::{Result, bail};

use crate::process::{bring, command, find, output, run};

/// What building and opening the window takes.
pub(crate) const FOR_RUN: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libgtk-3-dev",
    "libwebkit2gtk-4.1-dev",
    "librsvg2-dev",
];

/// What the tests take beside it.
pub(crate) const FOR_TEST: &[&str] = &[
    "curl",
    "dbus",
    "dbus-x11",
    "fonts-dejavu-core",
    "gnome-keyring",
    "openssl",
    "strace",
    "webkit2gtk-driver",
    "xvfb",
];

/// Installs those of `packages` that are missing.
///
/// Elsewhere than on Debian and its kin nothing is done: what is missing then says so itself.
pub(crate) fn ensure(packages: &[&str]) -> Result<()> {
    if find("dpkg-query").is_none() {
        println!(
            "This is not Debian or Ubuntu, so nothing is installed. Needed: the like of {}.",
            packages.join(" ")
        );
        return Ok(());
    }
    let missing = missing(packages);
    if missing.is_empty() {
        println!("All {} Debian packages are here.", packages.len());
        return Ok(());
    }
    println!("Missing Debian packages: {}", missing.join(" "));
    let Some(prefix) = right_to_install() else {
        bail!(
            "Debian packages are missing, and only root may install them. \
             Run this line, then start again:\n\n    sudo apt-get install -y --no-install-recommends {}",
            missing.join(" ")
        );
    };
    // Old package lists can do, so a failed refresh is no reason to stop.
    if let Err(error) = run(&mut apt_get(prefix, &["update"])) {
        println!("{error:#}; going on with the package lists at hand.");
    }
    let mut arguments = vec!["install", "-y", "--no-install-recommends"];
    arguments.extend(&missing);
    bring(
        "Debian packages",
        "see to it that this machine reaches the archives of /etc/apt, and start again.",
        &mut apt_get(prefix, &arguments),
    )?;
    match self::missing(&missing).as_slice() {
        [] => Ok(()),
        left => bail!("apt-get could not install {}", left.join(" ")),
    }
}

/// The Java tools by which other programs' keystores are made and read; any Java will do.
pub(crate) fn java() -> Option<&'static str> {
    find("keytool").is_none().then_some("default-jre-headless")
}

fn missing<'a>(packages: &[&'a str]) -> Vec<&'a str> {
    packages
        .iter()
        .filter(|package| !is_installed(package))
        .copied()
        .collect()
}

fn is_installed(package: &str) -> bool {
    output(command("dpkg-query").args(["-W", "-f=${db:Status-Status}\\n", package]))
        .is_some_and(|states| states.lines().any(|state| state == "installed"))
}

/// The words before `apt-get`: none for root, `sudo -n` where it asks for no password.
fn right_to_install() -> Option<&'static [&'static str]> {
    let is_root = output(command("id").arg("-u")).is_some_and(|id| id == "0");
    if !Path::new("/usr/bin/apt-get").exists() {
        None
    } else if is_root {
        Some(&[])
    } else if output(command("sudo").args(["-n", "true"])).is_some() {
        Some(&["sudo", "-n"])
    } else {
        None
    }
}

fn apt_get(prefix: &[&str], arguments: &[&str]) -> Command {
    let words = [
        prefix,
        &[
            "env",
            "DEBIAN_FRONTEND=noninteractive",
            "apt-get",
            "-q",
            "-o",
            "DPkg::Lock::Timeout=300",
            "-o",
            "Acquire::Retries=3",
            "-o",
            "Dpkg::Use-Pty=0",
        ],
        arguments,
    ]
    .concat();
    let mut apt_get = command(words[0]);
    apt_get.args(&words[1..]);
    apt_get
}
