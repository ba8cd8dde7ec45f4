//! Names of claims, parameters and members that are not the real ones.

use time::OffsetDateTime;

use super::{Finding, FindingGravity, pasted::Pasted};

/// One finding for each wrong name.
pub(super) fn recognise(pasted: &Pasted, _: OffsetDateTime) -> Vec<Finding> {
    let named = WRONG.iter().filter_map(|(wrong, meant, id, code)| {
        let finding = || Finding::wrong(id, *code).with("name", wrong);
        pasted.seen(wrong, || finding().with("meant", meant))
    });
    let old = OLD.iter().filter_map(|(old, id)| {
        let finding = || Finding::pasted(id, FindingGravity::Doubtful).with("name", old);
        pasted.seen(old, finding)
    });
    named.chain(old).collect()
}

/// Whether a claim of this name is told here.
pub(super) fn tells_of(claim: &str) -> bool {
    let mut names = WRONG.iter().map(|(wrong, ..)| wrong);
    names.any(|wrong| *wrong == claim) || OLD.iter().any(|(old, _)| *old == claim)
}

/// A wrong name, the one that is meant, and the code it is refused with.
const WRONG: [(&str, &str, &str, Option<u16>); 4] = [
    ("consumer_orgno", "consumer_org", "claim_name", None),
    ("systemuserorg", "systemuser_org", "details_name", Some(302)),
    ("systemuserid", "systemuser_id", "details_name", Some(302)),
    ("expiresIn", "expires_in", "answer_name", None),
];

/// Names that were real once.
const OLD: [(&str, &str); 3] = [
    ("iss_onbehalfof", "claim_deprecated"),
    ("client_type", "client_field_obsolete"),
    ("token_reference", "client_field_obsolete"),
];
