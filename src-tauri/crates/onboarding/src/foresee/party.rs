//! Whom the token is for and about: the customer, the person, the one who consented.

use maskinporten::{AuthorizationDetail, ConsentGiver, Environment, PersonNumber};

use super::{DIGDIR_CODES, Foresight, Gravity, Known, Place, Plan};

pub(super) fn foresee(plan: &Plan<'_>, known: &Known<'_>) -> Vec<Foresight> {
    let persons = [
        (plan.grant.pid.as_ref(), Place::Person),
        (consenting(plan), Place::Details),
    ];
    let persons = persons
        .into_iter()
        .filter_map(|(person, place)| real_or_not(person?, plan.environment, place));
    own_customer(plan, known)
        .into_iter()
        .chain(persons)
        .collect()
}

/// Delegation is between two organisations.
fn own_customer(plan: &Plan<'_>, known: &Known<'_>) -> Option<Foresight> {
    let consumer = plan.grant.consumer_org.as_ref()?;
    let client = known
        .learnt
        .of(plan.environment, plan.grant.client_id.as_str());
    let owner = client.and_then(|client| client.owner.as_deref());
    // A certificate must be the owner's; a registered key says nothing of whose it is.
    let own = owner.or(plan.certified())?;
    (own == consumer.as_str()).then(|| {
        Foresight::new(
            "foreseen_consumer_is_own",
            Gravity::Stop,
            Place::Consumer,
            "consumer_is_own",
            DIGDIR_CODES,
        )
        .with("org", own)
    })
}

/// Nobody's real number belongs outside production, and Tenor's persons exist only there. The
/// number itself is in no text.
fn real_or_not(person: &PersonNumber, environment: Environment, place: Place) -> Option<Foresight> {
    let told = |code: &str, source: &str| {
        let foresight = Foresight::new(code, Gravity::Warning, place, "", source);
        Some(foresight.with("environment", environment.as_str()))
    };
    match (environment, person.is_synthetic()) {
        (Environment::Test | Environment::Practice, false) => told("foreseen_person_real", TENOR),
        (Environment::Production, true) => told("foreseen_person_synthetic", TENOR),
        _ => None,
    }
}

fn consenting<'a>(plan: &Plan<'a>) -> Option<&'a PersonNumber> {
    match plan.grant.authorization_detail.as_ref()? {
        AuthorizationDetail::Consent {
            from: ConsentGiver::Person(person),
            ..
        } => Some(person),
        _ => None,
    }
}

/// Month plus 80.
const TENOR: &str = "Altinn/altinn-authentication, mockporten; Skatteetaten, Tenor testdata";
