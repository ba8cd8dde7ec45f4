use maskinporten::AuthorizationDetail;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::{Failure, foresee::SYSTEM_USER_OWNER, profile::parse_org_number};

/// The system user that a profile asks for tokens for: the number of an organisation and a
/// reference, nothing of a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(deny_unknown_fields)]
pub struct ProfileSystemUser {
    /// The organisation that owns it, nine digits.
    pub org: String,
    /// The reference it was created with, if it was.
    pub external_ref: Option<String>,
}

impl ProfileSystemUser {
    /// Reads what was typed. Errors with what cannot be read.
    pub(crate) fn read(
        org: &str,
        external_ref: Option<&str>,
    ) -> Result<AuthorizationDetail, Failure> {
        let owner = parse_org_number(org);
        let external_ref = external_ref.filter(|text| !text.trim().is_empty());
        Ok(AuthorizationDetail::SystemUser {
            systemuser_org: owner.map_err(|fault| fault.with("field", SYSTEM_USER_OWNER))?,
            external_ref: external_ref.map(str::parse).transpose()?,
        })
    }

    /// As it is sent.
    pub fn detail(&self) -> Result<AuthorizationDetail, Failure> {
        Self::read(&self.org, self.external_ref.as_deref())
    }

    /// The same with its values in the form they are kept in.
    pub(crate) fn parsed(&self) -> Result<Self, Failure> {
        self.detail()?;
        let external_ref = self.external_ref.as_deref().map(str::trim);
        Ok(Self {
            org: parse_org_number(&self.org)?.to_string(),
            external_ref: external_ref
                .filter(|text| !text.is_empty())
                .map(str::to_owned),
        })
    }
}
