//! Distinguished names (X.501; RFC 5280 §4.1.2.4).

use std::fmt;

use crate::ber::{BerError, OID, SEQUENCE, SET, Tlv};
use crate::oid;

/// A distinguished name: attributes in the certificate's order.
///
/// `Display` gives the form of RFC 4514: last attribute first, commas between, special characters escaped.
#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    der: Vec<u8>,
    attributes: Vec<Attribute>,
}

#[derive(Clone, PartialEq, Eq)]
struct Attribute {
    oid: String,
    value: String,
    /// Joined with `+` to the attribute before it: both stand in one RelativeDistinguishedName.
    joined: bool,
}

impl Name {
    /// Reads a Name, as far as it can be read: an attribute in an unknown form is left out.
    pub(crate) fn from_tlv(tlv: &Tlv<'_>) -> Result<Self, BerError> {
        if tlv.tag != SEQUENCE {
            return Err(BerError::Invalid);
        }
        let mut attributes = Vec::new();
        let mut sets = tlv.inside()?;
        while let Ok(set) = sets.expect(SET) {
            let Ok(mut pairs) = set.inside() else { break };
            let mut joined = false;
            while let Ok(pair) = pairs.expect(SEQUENCE) {
                if let Some((oid, value)) = read_attribute(&pair) {
                    attributes.push(Attribute { oid, value, joined });
                    joined = true;
                }
            }
        }
        Ok(Self {
            der: tlv.raw.to_vec(),
            attributes,
        })
    }

    /// The encoded name; two names are the same where these bytes are.
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// CN (2.5.4.3).
    pub fn common_name(&self) -> Option<&str> {
        self.attribute(COMMON_NAME)
    }

    /// O (2.5.4.10).
    pub fn organisation(&self) -> Option<&str> {
        self.attribute(ORGANISATION)
    }

    /// The first attribute of that dotted object identifier.
    pub fn attribute(&self, oid: &str) -> Option<&str> {
        self.attributes
            .iter()
            .find(|attribute| attribute.oid == oid)
            .map(|attribute| attribute.value.as_str())
    }

    /// All attributes: dotted object identifier and value, in the certificate's order.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &str)> {
        self.attributes
            .iter()
            .map(|attribute| (attribute.oid.as_str(), attribute.value.as_str()))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // RFC 4514 §2.1: starting with the last RelativeDistinguishedName.
        let mut separator = "";
        for attribute in self.attributes.iter().rev() {
            f.write_str(separator)?;
            match short_name(&attribute.oid) {
                Some(name) => f.write_str(name)?,
                None => f.write_str(&attribute.oid)?,
            }
            write!(f, "={}", escape(&attribute.value))?;
            separator = if attribute.joined { "+" } else { "," };
        }
        Ok(())
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({self})")
    }
}

/// 2.5.4.5.
pub(crate) const SERIAL_NUMBER: &str = "2.5.4.5";
/// 2.5.4.97.
pub(crate) const ORGANISATION_IDENTIFIER: &str = "2.5.4.97";
/// 2.5.4.4.
pub(crate) const SURNAME: &str = "2.5.4.4";
/// 2.5.4.42.
pub(crate) const GIVEN_NAME: &str = "2.5.4.42";

fn read_attribute(pair: &Tlv<'_>) -> Option<(String, String)> {
    let mut fields = pair.inside().ok()?;
    let oid = oid::dotted(fields.expect(OID).ok()?.content);
    Some((oid, text(&fields.any().ok()?)?))
}

/// The text of a string of any of X.520's forms.
fn text(value: &Tlv<'_>) -> Option<String> {
    match value.tag {
        UTF8_STRING => Some(String::from_utf8_lossy(value.content).into_owned()),
        PRINTABLE_STRING | IA5_STRING | NUMERIC_STRING | VISIBLE_STRING | T61_STRING => Some(
            std::str::from_utf8(value.content)
                .map_or_else(|_| latin1(value.content), str::to_owned),
        ),
        BMP_STRING => Some(utf16_be(value.content)),
        UNIVERSAL_STRING => Some(
            value
                .content
                .chunks_exact(4)
                .map(|unit| {
                    char::from_u32(u32::from_be_bytes([unit[0], unit[1], unit[2], unit[3]]))
                        .unwrap_or('\u{fffd}')
                })
                .collect(),
        ),
        _ => None,
    }
}

/// Text in UTF-16, big-endian.
pub(crate) fn utf16_be(bytes: &[u8]) -> String {
    let units = bytes
        .chunks_exact(2)
        .map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
    char::decode_utf16(units)
        .map(|unit| unit.unwrap_or('\u{fffd}'))
        .collect()
}

fn latin1(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// RFC 4514 §2.4.
fn escape(value: &str) -> String {
    let mut out = String::with_capacity(value.len());
    let last = value.chars().count().saturating_sub(1);
    for (at, c) in value.chars().enumerate() {
        match c {
            '"' | '+' | ',' | ';' | '<' | '>' | '\\' => out.extend(['\\', c]),
            '#' if at == 0 => out.push_str("\\#"),
            ' ' if at == 0 || at == last => out.push_str("\\ "),
            '\0' => out.push_str("\\00"),
            _ => out.push(c),
        }
    }
    out
}

/// RFC 4514 §3 and, beyond it, the names X.520 gives.
fn short_name(oid: &str) -> Option<&'static str> {
    Some(match oid {
        COMMON_NAME => "CN",
        SURNAME => "SN",
        SERIAL_NUMBER => "serialNumber",
        "2.5.4.6" => "C",
        "2.5.4.7" => "L",
        "2.5.4.8" => "ST",
        "2.5.4.9" => "STREET",
        ORGANISATION => "O",
        "2.5.4.11" => "OU",
        "2.5.4.12" => "title",
        "2.5.4.15" => "businessCategory",
        "2.5.4.17" => "postalCode",
        GIVEN_NAME => "GN",
        ORGANISATION_IDENTIFIER => "organizationIdentifier",
        "0.9.2342.19200300.100.1.1" => "UID",
        "0.9.2342.19200300.100.1.25" => "DC",
        "1.2.840.113549.1.9.1" => "emailAddress",
        _ => return None,
    })
}

const COMMON_NAME: &str = "2.5.4.3";
const ORGANISATION: &str = "2.5.4.10";
const UTF8_STRING: u8 = 0x0c;
const NUMERIC_STRING: u8 = 0x12;
const PRINTABLE_STRING: u8 = 0x13;
const T61_STRING: u8 = 0x14;
const IA5_STRING: u8 = 0x16;
const VISIBLE_STRING: u8 = 0x1a;
const UNIVERSAL_STRING: u8 = 0x1c;
const BMP_STRING: u8 = 0x1e;

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;
    use crate::ber::Reader;
    use crate::der::{element, sequence};

    fn name(attributes: &[(&[u8], u8, &[u8])]) -> Name {
        let sets: Vec<_> = attributes
            .iter()
            .map(|(oid, tag, value)| {
                element(
                    SET,
                    &[&sequence(&[
                        &element(OID, &[oid]),
                        &element(*tag, &[value]),
                    ])],
                )
            })
            .collect();
        let parts: Vec<&[u8]> = sets.iter().map(|set| set.as_slice()).collect();
        let der = sequence(&parts);
        Name::from_tlv(&Reader::new(&der).any().unwrap()).unwrap()
    }

    #[test]
    fn a_name_is_shown_last_attribute_first_and_escaped() {
        let name = name(&[
            (&[0x55, 4, 6], PRINTABLE_STRING, b"NO"),
            (&[0x55, 4, 10], UTF8_STRING, "Fjellstøtt, AS".as_bytes()),
            (&[0x55, 4, 97], UTF8_STRING, b"NTRNO-310886424"),
            (&[0x55, 4, 3], BMP_STRING, &[0, b'B', 0, 0xe5, 0, b't']),
            (&[0x55, 4, 99], PRINTABLE_STRING, b"#x "),
        ]);
        assert_eq!(
            name.to_string(),
            "2.5.4.99=\\#x\\ ,CN=Båt,organizationIdentifier=NTRNO-310886424,O=Fjellstøtt\\, AS,C=NO"
        );
        assert_eq!(name.common_name(), Some("Båt"));
        assert_eq!(name.organisation(), Some("Fjellstøtt, AS"));
    }
}
