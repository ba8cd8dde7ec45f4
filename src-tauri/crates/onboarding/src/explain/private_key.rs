//! Private keys: refused, and taken out of the text before anything else looks at it.

use base64::{
    Engine, alphabet,
    engine::{DecodePaddingMode, GeneralPurpose, GeneralPurposeConfig},
};
use zeroize::Zeroizing;

use super::{Finding, FindingGravity};

/// Puts blanks where private keys stand, and tells that they stood there: in PEM, as JWK, in the
/// words of .NET, and as Base64 of a key or a key store alone.
pub(super) fn take_out(text: &mut Zeroizing<String>) -> Vec<Finding> {
    let mut places = pem(text);
    places.extend(jwk(text));
    places.extend(net(text));
    places.extend(bare(text));
    if places.is_empty() {
        return Vec::new();
    }
    let line = |at: usize| 1 + text[..at].matches('\n').count();
    let first = places.iter().map(|(from, _)| *from).min();
    let finding = Finding::pasted("private_key", FindingGravity::Secret);
    let finding = finding.on_line(line(first.unwrap_or(0)));
    let bytes = text.bytes().enumerate().map(|(at, byte)| {
        let is_secret = places.iter().any(|(from, to)| (*from..*to).contains(&at));
        if is_secret && byte != b'\n' {
            b' '
        } else {
            byte
        }
    });
    let bytes: Zeroizing<Vec<u8>> = Zeroizing::new(bytes.collect());
    // Places begin and end at ASCII characters, so what is left is text.
    let left = String::from_utf8_lossy(&bytes).into_owned();
    *text = Zeroizing::new(left);
    vec![finding]
}

/// From the first line of a block to its last, or to the end of the text.
fn pem(text: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(begin) = text[from..].find("-----BEGIN ") {
        let begin = from + begin;
        let label = begin + "-----BEGIN ".len();
        let Some(length) = text[label..].find("-----") else {
            break;
        };
        let is_private = text[label..label + length].ends_with("PRIVATE KEY");
        let body = label + length;
        if !is_private || length > LABEL_MAX {
            from = label;
            continue;
        }
        let end = text[body..].find("-----END ").and_then(|at| {
            let last = body + at + "-----END ".len();
            text[last..].find("-----").map(|more| last + more + 5)
        });
        let end = end.unwrap_or(text.len());
        places.push((begin, end));
        from = end;
    }
    places
}

/// The values of the private members of a JWK (RFC 7518 §6.3.2, §6.2.2, §6.4).
fn jwk(text: &str) -> Vec<(usize, usize)> {
    if !text.contains("kty") {
        return Vec::new();
    }
    PRIVATE_MEMBERS
        .iter()
        .flat_map(|name| values(text, name))
        .collect()
}

/// The private values of an `RSAKeyValue` or of `RSAParameters` as .NET writes them.
fn net(text: &str) -> Vec<(usize, usize)> {
    if !text.contains("Modulus") {
        return Vec::new();
    }
    NET_MEMBERS
        .iter()
        .flat_map(|name| values(text, name).chain(elements(text, name)))
        .collect()
}

/// What stands in an element of XML.
fn elements<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    text.match_indices(name).filter_map(move |(at, _)| {
        let rest = text[at + name.len()..].strip_prefix('>')?;
        let from = text.len() - rest.len();
        let length = rest.find('<').unwrap_or(rest.len());
        (text[..at].ends_with('<') && length >= VALUE_MIN).then_some((from, from + length))
    })
}

/// Base64 that stands without the lines of PEM and decodes to a key or a key store.
fn bare(text: &str) -> Vec<(usize, usize)> {
    let mut places = Vec::new();
    let mut from = 0;
    while let Some(next) = text[from..].find(is_base64) {
        let begin = from + next;
        let end = begin + run(&text[begin..]);
        // A name on the line above looks no different.
        let lines = text[begin..end]
            .match_indices('\n')
            .map(|(at, _)| begin + at + 1);
        let starts = [begin].into_iter().chain(lines);
        let mut starts = starts.filter(|start| end - start >= BARE_MIN);
        if let Some(start) = starts.find(|start| is_private_der(&text[*start..end])) {
            let padding = text[end..].bytes().take_while(|byte| *byte == b'=').count();
            places.push((start, end + padding));
        }
        from = end;
    }
    places
}

/// How long a run of Base64 is. A break of the line is overlooked when the next line goes on as one
/// long word.
fn run(text: &str) -> usize {
    let mut end = 0;
    loop {
        let line = text[end..].find(|c| !is_base64(c));
        end = line.map_or(text.len(), |length| end + length);
        let rest = text[end..].trim_start_matches(['\r', '\n', ' ', '\t']);
        let start = text.len() - rest.len();
        let word = rest.find(|c| !is_base64(c)).unwrap_or(rest.len());
        if !text[end..start].contains('\n') || word < VALUE_MIN {
            return end;
        }
        end = start;
    }
}

fn is_base64(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '+' | '/' | '-' | '_')
}

/// Whether it is DER that begins as a private key does: with a version of one byte (PKCS#1,
/// PKCS#8, SEC 1, PKCS#12), or with an algorithm and a sealed text (encrypted PKCS#8). What begins
/// otherwise, as certificates and public keys do, is public. A Java key store has a mark of its own.
fn is_private_der(base64: &str) -> bool {
    let plain: Zeroizing<String> = Zeroizing::new(
        base64
            .chars()
            .filter(|c| !c.is_whitespace())
            .map(|c| match c {
                '-' => '+',
                '_' => '/',
                other => other,
            })
            .collect(),
    );
    // The last characters may belong to a word that only touches it.
    let whole = plain.len() - plain.len() % 4;
    let Ok(der) = LENIENT.decode(&plain[..whole]).map(Zeroizing::new) else {
        return false;
    };
    if der.starts_with(&JKS_MARK) {
        return true;
    }
    let Some((SEQUENCE, inner)) = element(&der) else {
        return false;
    };
    match element(inner) {
        Some((INTEGER, [_])) => true,
        Some((SEQUENCE, algorithm)) => {
            let is_sealed = after(inner).first() == Some(&OCTET_STRING);
            is_sealed && algorithm.first() == Some(&OBJECT_IDENTIFIER)
        }
        _ => false,
    }
}

/// The tag and the content of the first element (ITU-T X.690 §8.1), as far as the bytes reach.
fn element(der: &[u8]) -> Option<(u8, &[u8])> {
    let (tag, rest) = der.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, content) = match *first {
        short @ 0..=0x7f => (usize::from(short), rest),
        long => {
            let count = usize::from(long & 0x7f);
            let (bytes, content) = rest.split_at_checked(count.min(4))?;
            let length = bytes
                .iter()
                .fold(0, |sum, byte| sum << 8 | usize::from(*byte));
            (length, content)
        }
    };
    Some((*tag, &content[..length.min(content.len())]))
}

/// What comes after the first element.
fn after(der: &[u8]) -> &[u8] {
    let Some((_, content)) = element(der) else {
        return &[];
    };
    let header = match der.get(1).copied() {
        Some(long @ 0x80..) => 2 + usize::from(long & 0x7f).min(4),
        _ => 2,
    };
    der.get(header + content.len()..).unwrap_or_default()
}

/// The values of a member, which may be quoted once more for a string in a string, or stand without
/// quotes as in YAML and in programs.
fn values<'a>(text: &'a str, name: &'a str) -> impl Iterator<Item = (usize, usize)> + 'a {
    text.match_indices(name).filter_map(move |(at, _)| {
        let before = text[..at].trim_end_matches(['"', '\'', '\\']);
        let is_member =
            before.is_empty() || before.ends_with(|c: char| "{,".contains(c) || c.is_whitespace());
        let rest = &text[at + name.len()..];
        let rest = rest.trim_start_matches(['"', '\'', '\\']).trim_start();
        let rest = rest.strip_prefix([':', '='])?.trim_start();
        let value = rest.trim_start_matches(['"', '\'', '\\']);
        let from = text.len() - value.len();
        let is_value =
            |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '+' | '/' | '=');
        let length = value.find(|c: char| !is_value(c)).unwrap_or(value.len());
        (is_member && length >= VALUE_MIN).then_some((from, from + length))
    })
}

const PRIVATE_MEMBERS: [&str; 7] = ["d", "p", "q", "dp", "dq", "qi", "k"];

/// The private members of `RSAParameters`.
const NET_MEMBERS: [&str; 6] = ["D", "P", "Q", "DP", "DQ", "InverseQ"];

const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_allow_trailing_bits(true)
        .with_decode_padding_mode(DecodePaddingMode::Indifferent),
);

const INTEGER: u8 = 0x02;
const OCTET_STRING: u8 = 0x04;
const OBJECT_IDENTIFIER: u8 = 0x06;
const SEQUENCE: u8 = 0x30;

/// The first bytes of JKS.
const JKS_MARK: [u8; 4] = [0xfe, 0xed, 0xfe, 0xed];

/// The shortest private key, of a small curve, is longer.
const BARE_MIN: usize = 60;

/// A shorter value is not a key.
const VALUE_MIN: usize = 16;

/// A longer label is no label.
const LABEL_MAX: usize = 64;

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, left: &str, found: bool) {
        let mut pasted = Zeroizing::new(text.to_owned());
        assert_eq!(!take_out(&mut pasted).is_empty(), found, "{text}");
        let squeezed: Vec<&str> = pasted.split_whitespace().collect();
        assert_eq!(squeezed.join(" "), left, "{text}");
    }

    #[test]
    fn private_keys_are_taken_out_and_public_ones_stay() {
        check(
            "før\n-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----\netter",
            "før etter",
            true,
        );
        check("-----BEGIN PRIVATE KEY-----\nMIIabc", "", true);
        check(
            "-----BEGIN PUBLIC KEY-----\nMIIabc\n-----END PUBLIC KEY-----",
            "-----BEGIN PUBLIC KEY----- MIIabc -----END PUBLIC KEY-----",
            false,
        );
        check("-----BEGIN ", "-----BEGIN", false);
        let secret = "s".repeat(43);
        check(
            &format!(r#"{{"kty":"RSA","n":"abc","d": "{secret}","e":"AQAB"}}"#),
            r#"{"kty":"RSA","n":"abc","d": " ","e":"AQAB"}"#,
            true,
        );
        check(
            &format!(r#"JWK="{{\"kty\":\"EC\",\"d\":\"{secret}\"}}""#),
            r#"JWK="{\"kty\":\"EC\",\"d\":\" \"}""#,
            true,
        );
        check(
            &format!("kty: RSA\ne: AQAB\nd: {secret}\nn: abc"),
            "kty: RSA e: AQAB d: n: abc",
            true,
        );
        check(
            &format!("const key = {{ kty: 'RSA', d: '{secret}' }}"),
            "const key = { kty: 'RSA', d: ' ' }",
            true,
        );
        check(
            &format!("<RSAKeyValue><Modulus>abc</Modulus><D>{secret}</D></RSAKeyValue>"),
            "<RSAKeyValue><Modulus>abc</Modulus><D> </D></RSAKeyValue>",
            true,
        );
        check(
            &format!(r#"{{"Modulus":"abc","D":"{secret}","InverseQ":"{secret}"}}"#),
            r#"{"Modulus":"abc","D":" ","InverseQ":" "}"#,
            true,
        );
        check(
            r#"{"kty":"RSA","e":"AQAB","n":"0123456789012345678901234567890","kid":"1"}"#,
            r#"{"kty":"RSA","e":"AQAB","n":"0123456789012345678901234567890","kid":"1"}"#,
            false,
        );
    }
    #[test]
    fn base64_alone_is_a_private_key_when_it_decodes_to_one() {
        use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
        let key = keystore::PrivateKey::generate_rsa(2048).expect("a key");
        // Read, to be refused.
        let pkcs8 = key.pkcs8().expose().clone();
        let public = key.public_key().expect("RSA").spki_der().to_vec();
        let secret = STANDARD.encode(&pkcs8);
        for form in [
            secret.clone(),
            URL_SAFE_NO_PAD.encode(&pkcs8),
            format!(
                "{}\n{}\n{}",
                &secret[..64],
                &secret[64..128],
                &secret[128..]
            ),
        ] {
            check(&format!("privateKey={form} x"), "privateKey= x", true);
            check(
                &format!("THE_PRIVATE_KEY_IN_BASE64\n{form}"),
                "THE_PRIVATE_KEY_IN_BASE64",
                true,
            );
            check(
                &format!("privateKey: \"{form}\""),
                "privateKey: \" \"",
                true,
            );
        }
        let public = STANDARD.encode(public);
        check(&public, &public, false);
        // A key that is sealed is a key, and so is a key store.
        let sealed = [
            &[
                0x30, 0x82, 1, 0, 0x30, 0x03, 0x06, 1, 42, 0x04, 0x82, 0, 240,
            ][..],
            &[7; 240],
        ];
        check(&STANDARD.encode(sealed.concat()), "", true);
        let store = [&[0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2][..], &[0; 60]].concat();
        check(&STANDARD.encode(store), "", true);
    }
}
