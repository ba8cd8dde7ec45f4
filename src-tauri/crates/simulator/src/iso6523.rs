//! An organisation as tokens and Altinn write it: `{"authority":"iso6523-actorid-upis","ID":"0192:…"}`.

use keystore::OrgNumber;
use serde_json::{Map, Value, json};

/// Writes one.
pub(crate) fn organisation(number: &OrgNumber) -> Value {
    json!({ "authority": AUTHORITY, "ID": number.icd() })
}

/// Reads one, whatever stands beside the two members.
pub(crate) fn read(organisation: &Map<String, Value>) -> Option<OrgNumber> {
    if organisation.get("authority")? != AUTHORITY {
        return None;
    }
    let id = organisation.get("ID")?.as_str()?;
    let number: OrgNumber = id.strip_prefix("0192:")?.parse().ok()?;
    // Nine digits and nothing between them.
    (number.icd() == id).then_some(number)
}

/// The scheme of the identifiers.
const AUTHORITY: &str = "iso6523-actorid-upis";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_nothing_like_it() {
        let number: OrgNumber = "313045285".parse().expect("a right check digit");
        let rows = [
            (organisation(&number), true),
            (
                json!({ "authority": AUTHORITY, "ID": "0192:313 045 285" }),
                false,
            ),
            (json!({ "authority": AUTHORITY, "ID": "313045285" }), false),
            (
                json!({ "authority": AUTHORITY, "ID": "0192:313045286" }),
                false,
            ),
            (
                json!({ "authority": "etsi", "ID": "0192:313045285" }),
                false,
            ),
            (json!({ "ID": "0192:313045285" }), false),
        ];
        for (written, is_read) in rows {
            let found = written.as_object().and_then(read);
            assert_eq!(found.is_some(), is_read, "{written}");
        }
    }
}
