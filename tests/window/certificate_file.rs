//! A practice virksomhetssertifikat in a `.p12` of its own, as an issuer delivers one.

use std::path::{Path, PathBuf};

use keystore::{Identity, Keystore, Passwords, Pkcs12Encryption, Secret};
use simulator::PracticeSet;
use time::OffsetDateTime;

/// The file, and what must not be found anywhere once it has been imported.
pub(crate) struct CertificateFile {
    pub(crate) path: PathBuf,
    /// Of this file alone: the practice folder's own passwords are written beside its files.
    pub(crate) password: &'static str,
    /// The PKCS#8 form of each private key in it.
    pub(crate) keys: Vec<Vec<u8>>,
}

/// Makes the file in `folder`, from the practice certificates that the program with the data
/// folder `home` will use.
pub(crate) fn make(home: &Path, folder: &Path) -> CertificateFile {
    let now = OffsetDateTime::now_utc();
    let prepared = PracticeSet::prepare(&home.join("practice"), now).unwrap();
    let client = &prepared.set.clients()[0];
    let whole = client.identity_file.replace(".p12", "-all.p12");
    let bytes = prepared.set.file(&whole).unwrap();
    let open = || -> Keystore {
        let passwords = Passwords {
            store: Some(&client.password),
            key: None,
        };
        keystore::open(bytes.expose(), &passwords, now).unwrap()
    };
    let found = open();
    let keys = found
        .entries()
        .iter()
        .map(|entry| entry.key().unwrap().pkcs8().expose().clone());
    let identities: Vec<Identity> = found
        .entries()
        .iter()
        .map(|entry| open().into_identity(Some(entry.alias())).unwrap())
        .collect();
    let password = Secret::new(PASSWORD.to_owned());
    let identities: Vec<&Identity> = identities.iter().collect();
    let written = keystore::write_pkcs12(&identities, &password, Pkcs12Encryption::Modern).unwrap();
    let path = folder.join("granitt-virksomhet.p12");
    std::fs::write(&path, written.expose()).unwrap();
    CertificateFile {
        path,
        password: PASSWORD,
        keys: keys.collect(),
    }
}

/// With letters that older programs write in other ways.
const PASSWORD: &str = "Blåbær-og-ørret-57";
