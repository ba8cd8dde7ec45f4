//! An issuer made with the openssl command: its certificates, its list and its responder.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use keystore::Certificate;
use tempfile::TempDir;

/// An issuer with what it issued, in a folder of its own.
pub(crate) struct Authority {
    folder: TempDir,
}

/// The serial number of the certificate that is asked about.
pub(crate) const SERIAL: &str = "1001";

impl Authority {
    /// A new issuer. Two of one name have different keys.
    pub(crate) fn make(name: &str) -> Self {
        Self::make_with(name, &["ec", "-pkeyopt", "ec_paramgen_curve:P-256"])
    }

    /// One with an RSA key, which openssl signs with SHA-1 when told to.
    pub(crate) fn make_rsa(name: &str) -> Self {
        Self::make_with(name, &["rsa:2048"])
    }

    fn make_with(name: &str, key: &[&str]) -> Self {
        let authority = Self {
            folder: tempfile::tempdir().unwrap(),
        };
        let subject = format!("/O=Prove/CN={name}");
        let mut arguments = vec!["req", "-x509", "-newkey"];
        arguments.extend(key);
        arguments.extend([
            "-nodes",
            "-keyout",
            "ca.key",
            "-out",
            "ca.pem",
            "-subj",
            &subject,
            "-days",
            "3650",
            "-addext",
            "keyUsage=critical,keyCertSign,cRLSign",
        ]);
        authority.openssl(&arguments);
        authority.write("ca.cnf", CONFIGURATION);
        authority.write("crlnumber", "01\n");
        authority.index(&[]);
        authority
    }

    /// Issues a certificate under that name, with these extensions.
    pub(crate) fn issue(&self, name: &str, serial: &str, extensions: &str) -> Certificate {
        self.issue_with(name, serial, extensions, "-sha256")
    }

    /// Issues one signed over that digest.
    pub(crate) fn issue_with(
        &self,
        name: &str,
        serial: &str,
        extensions: &str,
        digest: &str,
    ) -> Certificate {
        let file = |ending: &str| format!("{name}.{ending}");
        self.write(&file("ext"), extensions);
        self.openssl(&[
            "req",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-keyout",
            &file("key"),
            "-out",
            &file("csr"),
            "-subj",
            &format!("/O=Prove/CN={name}"),
        ]);
        self.openssl(&[
            "x509",
            "-req",
            digest,
            "-in",
            &file("csr"),
            "-CA",
            "ca.pem",
            "-CAkey",
            "ca.key",
            "-set_serial",
            &format!("0x{serial}"),
            "-days",
            "365",
            "-extfile",
            &file("ext"),
            "-out",
            &file("pem"),
        ]);
        self.certificate(name)
    }

    /// One of its certificates; its own is `ca`.
    pub(crate) fn certificate(&self, name: &str) -> Certificate {
        let pem = format!("{name}.pem");
        let der = self.openssl(&["x509", "-in", &pem, "-outform", "DER"]);
        Certificate::from_der(&der).unwrap()
    }

    /// What the issuer knows: serial numbers, each with `V` or with `R` and a reason.
    pub(crate) fn index(&self, lines: &[(&str, Option<&str>)]) {
        let line = |(serial, reason): &(&str, Option<&str>)| match reason {
            None => format!("V\t461120000000Z\t\t{serial}\tunknown\t/CN={serial}\n"),
            Some(reason) => {
                format!(
                    "R\t461120000000Z\t261101120000Z,{reason}\t{serial}\tunknown\t/CN={serial}\n"
                )
            }
        };
        self.write("index.txt", &lines.iter().map(line).collect::<String>());
    }

    /// Its revocation list, in DER, with the extensions of a section of [`CONFIGURATION`].
    pub(crate) fn crl(&self, extensions: &str) -> Vec<u8> {
        self.openssl(&[
            "ca", "-config", "ca.cnf", "-gencrl", "-crldays", "7", "-crlexts", extensions, "-out",
            "crl.pem",
        ]);
        self.openssl(&["crl", "-in", "crl.pem", "-outform", "DER"])
    }

    /// Its whole list for one distribution point.
    pub(crate) fn crl_for(&self, point: &str) -> Vec<u8> {
        let section =
            format!("[place]\nissuingDistributionPoint = critical,@point\n[point]\n{point}\n");
        self.write("ca.cnf", &format!("{CONFIGURATION}{section}"));
        self.crl("place")
    }

    /// What openssl's responder answers to a request, signed by `signer`.
    pub(crate) fn respond(&self, request: &[u8], signer: &str, more: &[&str]) -> Vec<u8> {
        fs::write(self.path("request.der"), request).unwrap();
        let (pem, key) = (format!("{signer}.pem"), format!("{signer}.key"));
        let mut arguments = vec![
            "ocsp",
            "-index",
            "index.txt",
            "-CA",
            "ca.pem",
            "-rsigner",
            &pem,
            "-rkey",
            &key,
            "-reqin",
            "request.der",
            "-respout",
            "response.der",
        ];
        arguments.extend(more);
        self.openssl(&arguments);
        fs::read(self.path("response.der")).unwrap()
    }

    /// The responder's answer about one of its certificates to a question of openssl's own, which has no nonce.
    pub(crate) fn respond_without_nonce(&self, name: &str) -> Vec<u8> {
        let certificate = format!("{name}.pem");
        self.openssl(&[
            "ocsp",
            "-issuer",
            "ca.pem",
            "-cert",
            &certificate,
            "-no_nonce",
            "-reqout",
            "question.der",
        ]);
        let question = fs::read(self.path("question.der")).unwrap();
        self.respond(&question, "ca", &[])
    }

    /// openssl's responder as a server. The line that says that it waits has been read when this returns.
    pub(crate) fn serve(&self, port: u16) -> Option<Responder> {
        use std::io::BufRead;
        let mut child = Command::new("openssl")
            .args([
                "ocsp",
                "-index",
                "index.txt",
                "-CA",
                "ca.pem",
                "-rsigner",
                "ca.pem",
            ])
            .args([
                "-rkey",
                "ca.key",
                "-port",
                &port.to_string(),
                "-nrequest",
                "1",
            ])
            .current_dir(self.folder.path())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let said = std::io::BufReader::new(child.stderr.take().unwrap());
        let waits = said
            .lines()
            .map_while(Result::ok)
            .any(|line| line.contains("waiting"));
        let responder = Responder(child);
        waits.then_some(responder)
    }

    /// Writes an answer of another issuer into the folder, to sign with.
    pub(crate) fn adopt(&self, other: &Self, name: &str) {
        for ending in ["pem", "key"] {
            let file = format!("{name}.{ending}");
            fs::copy(other.path(&file), self.path(&file)).unwrap();
        }
    }

    pub(crate) fn path(&self, file: &str) -> PathBuf {
        self.folder.path().join(file)
    }

    fn write(&self, file: &str, text: &str) {
        fs::write(self.path(file), text).unwrap();
    }

    /// What openssl writes to standard output.
    fn openssl(&self, arguments: &[&str]) -> Vec<u8> {
        run(self.folder.path(), arguments)
    }
}

/// A responder that answers one question, or ends with the test.
pub(crate) struct Responder(std::process::Child);

impl Drop for Responder {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn run(folder: &Path, arguments: &[&str]) -> Vec<u8> {
    let done = Command::new("openssl")
        .args(arguments)
        .current_dir(folder)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{arguments:?}: {said}");
    done.stdout
}

const CONFIGURATION: &str = "\
[ca]
default_ca = own
[own]
database = index.txt
crlnumber = crlnumber
certificate = ca.pem
private_key = ca.key
default_md = sha256
default_crl_days = 7
[whole]
authorityKeyIdentifier = keyid
[users]
issuingDistributionPoint = critical,@only_users
[only_users]
onlyuser = TRUE
[indirect]
issuingDistributionPoint = critical,@is_indirect
[is_indirect]
indirectCRL = TRUE
[reasons]
issuingDistributionPoint = critical,@some_reasons
[some_reasons]
onlysomereasons = keyCompromise
[delta]
deltaCRL = critical,ASN1:INTEGER:1
[critical]
1.2.3.4 = critical,ASN1:NULL
";
