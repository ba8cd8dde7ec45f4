//! What the practice Maskinporten knows from the start: the scopes of real APIs, their owners, and
//! the clients with which an organisation manages its clients.

use keystore::OrgNumber;
use time::OffsetDateTime;

use super::Likeness;
use crate::registry::{Access, Client, IntegrationType, KnownOrganisation, ScopeEntry, Visibility};

/// A scope as it stands in the table below.
struct Known {
    name: &'static str,
    description: &'static str,
    /// The name of the delegation resource in Altinn, where one is published.
    delegation_name: Option<&'static str>,
}

/// The scopes on the practice clients: those of the services the window offers, and those of
/// Altinn. What is not here is refused with MP-200.
pub(super) fn practice_scopes() -> Vec<String> {
    let names = SCOPES.iter().flat_map(|(_, scopes)| scopes.iter());
    names.map(|known| known.name.to_owned()).collect()
}

/// Every scope of the practice Maskinporten. Anybody may use those of the APIs; those of
/// self-service are for `administrators` alone, as Digdir gives them out by hand.
pub(super) fn scopes(
    administrators: &[OrgNumber],
    likeness: Likeness,
    now: OffsetDateTime,
) -> Vec<ScopeEntry> {
    let mut all = Vec::new();
    for (owner, scopes) in SCOPES {
        for known in *scopes {
            let mut entry = ScopeEntry::new(known.name, number(owner), now);
            entry.delegation_source = Some(likeness.delegation_source().to_owned());
            entry.registration.description = known.description.to_owned();
            entry.registration.delegation_name = known.delegation_name.map(str::to_owned);
            all.push(entry);
        }
    }
    for (name, description) in SELF_SERVICE_SCOPES {
        let mut entry = ScopeEntry::new(name, number(DIGDIR), now);
        entry.access = Access::Only(administrators.to_vec());
        entry.registration.description = description.to_owned();
        entry.registration.visibility = Visibility::Internal;
        all.push(entry);
    }
    all
}

/// The owners of the APIs, and a customer that has nothing yet.
pub(super) fn organisations() -> Vec<KnownOrganisation> {
    ORGANISATIONS
        .iter()
        .map(
            |(digits, name, prefixes, service_owner)| KnownOrganisation {
                number: number(digits),
                name: (*name).to_owned(),
                prefixes: prefixes.iter().map(|prefix| (*prefix).to_owned()).collect(),
                service_owner: service_owner.map(str::to_owned),
            },
        )
        .collect()
}

/// The selvbetjeningsklient of an organisation. Digdir makes it, and it proves itself with the
/// virksomhetssertifikat.
pub(super) fn admin_client(owner: &OrgNumber, now: OffsetDateTime) -> Client {
    let scopes = SELF_SERVICE_SCOPES
        .iter()
        .map(|(name, _)| (*name).to_owned())
        .collect();
    let mut client = Client::new(admin_client_id(owner), owner.clone(), scopes, now);
    client.registration.name = "Selvbetjeningsklient".to_owned();
    client.registration.description = "Administrerer virksomhetens klienter".to_owned();
    client.registration.is_digdirs = true;
    client.integration_type = IntegrationType::Maskinporten;
    client
}

/// Named as Brønnøysundregistrene named those they made for synthetic organisations; the same at
/// every start, so that it can be written down.
pub(super) fn admin_client_id(owner: &OrgNumber) -> String {
    format!("oidc_{owner}_api")
}

fn number(digits: &str) -> OrgNumber {
    digits
        .parse()
        .expect("the numbers here have right check digits")
}

const fn known(name: &'static str, description: &'static str) -> Known {
    Known {
        name,
        description,
        delegation_name: None,
    }
}

const fn delegable(
    name: &'static str,
    description: &'static str,
    delegation_name: &'static str,
) -> Known {
    Known {
        name,
        description,
        delegation_name: Some(delegation_name),
    }
}

const BRREG: &str = "974760673";
const SKATTEETATEN: &str = "974761076";
const DIGDIR: &str = "991825827";
const LANEKASSEN: &str = "960885406";

/// Public agencies under their own numbers, as the catalogue shows them, and one synthetic
/// organisation without certificate or client.
const ORGANISATIONS: &[(&str, &str, &[&str], Option<&str>)] = &[
    (BRREG, "Brønnøysundregistrene", &["brreg"], Some("brg")),
    (SKATTEETATEN, "Skatteetaten", &["skatteetaten"], Some("skd")),
    (
        DIGDIR,
        "Digitaliseringsdirektoratet",
        &["altinn", "idporten"],
        Some("digdir"),
    ),
    (LANEKASSEN, "Lånekassen", &["lanekassen"], None),
    ("312121212", "HAVGLØTT REGNSKAP AS", &[], None),
];

const SCOPES: &[(&str, &[Known])] = &[
    (
        BRREG,
        &[
            delegable(
                "brreg:reelle/rapporteringspliktig",
                "Reelle rettighetshavere for rapporteringspliktige",
                "Register over reelle rettighetshavere - Rapporteringspliktig virksomhet - På vegne av",
            ),
            delegable(
                "brreg:reelle/rapporteringspliktig.begrenset",
                "Reelle rettighetshavere for rapporteringspliktige, begrenset",
                "Register over reelle rettighetshavere - Rapporteringspliktig virksomhet begrenset - På vegne av",
            ),
            delegable(
                "brreg:reelle/offentlig",
                "Reelle rettighetshavere for offentlige myndigheter",
                "Register over reelle rettighetshavere - Offentlig myndighet - På vegne av",
            ),
            delegable(
                "brreg:reelle/media",
                "Reelle rettighetshavere for media",
                "Register over reelle rettighetshavere - Media - På vegne av",
            ),
            delegable(
                "brreg:reelle/sivilsamfunnsorganisasjon",
                "Reelle rettighetshavere for sivilsamfunnsorganisasjoner",
                "Register over reelle rettighetshavere - Sivilsamfunnsorganisasjon - På vegne av",
            ),
            delegable(
                "brreg:reelle/hoeyereutdanningsinstitusjon",
                "Reelle rettighetshavere for høyere utdanningsinstitusjoner",
                "Register over reelle rettighetshavere - Høyere utdanningsinstitusjon - På vegne av",
            ),
            known("brreg:losore/tlg", "Løsøreregisteret, rettsstiftelser"),
            known("brreg:losore/utlegg", "Løsøreregisteret, utlegg"),
        ],
    ),
    (
        SKATTEETATEN,
        &[
            delegable(
                "skatteetaten:inntekt",
                "Inntekt",
                "Inntekt API - På vegne av",
            ),
            delegable(
                "skatteetaten:summertskattegrunnlag",
                "Summert skattegrunnlag",
                "Summert skattegrunnlag API - På vegne av",
            ),
        ],
    ),
    (
        DIGDIR,
        &[
            known(
                "altinn:serviceowner/instances.read",
                "Les instanser som tjenesteeier",
            ),
            known(
                "altinn:serviceowner/instances.write",
                "Endre instanser som tjenesteeier",
            ),
            known(
                "altinn:authentication/systemregister.write",
                "Registrer systemer i Systemregisteret",
            ),
            known(
                "altinn:authentication/systemuser.request.read",
                "Les forespørsler om systembrukere",
            ),
            known(
                "altinn:authentication/systemuser.request.write",
                "Be om systembrukere",
            ),
            known("altinn:consentrequests.write", "Be om samtykke"),
        ],
    ),
    (
        LANEKASSEN,
        &[delegable(
            "lanekassen:lan/v1/saldoopplysninger",
            "Saldo på studielån",
            "Tilgang til api for å hente saldoopplysninger",
        )],
    ),
];

const SELF_SERVICE_SCOPES: [(&str, &str); 5] = [
    ("idporten:dcr.read", "Les egne klienter"),
    ("idporten:dcr.modify", "Endre egne klienter"),
    ("idporten:dcr.write", "Opprett klienter"),
    ("idporten:dcr.supplier", "Administrer klienter for andre"),
    ("idporten:scopes.write", "Administrer scopes og tilganger"),
];
