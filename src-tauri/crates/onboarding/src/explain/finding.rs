use std::collections::BTreeMap;

use maskinporten::{AltinnCode, Environment, MpCode, Refusal};
use serde::Serialize;
use time::OffsetDateTime;
use ts_rs::TS;

use super::{pasted::Pasted, shown::shown};
use crate::{
    Failure, Learnt, config,
    known_facts::{KnownFacts, checked},
};

/// One thing that a pasted text tells.
///
/// Holds no secret: it is shown, printed and logged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub(super) about: About,
    gravity: FindingGravity,
    /// The code that the server publishes for it, such as `MP-200`.
    code: Option<String>,
    /// From 1, where the thing stands on one line.
    line: Option<usize>,
}

/// What a finding is about, and where its words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum About {
    /// A failure that the program knows from its own requests.
    Failure(Failure),
    /// Something seen only in what is pasted: its id, and values for the placeholders.
    Pasted(&'static str, BTreeMap<String, String>),
    /// Something in a configuration file.
    Config(config::Finding),
}

/// How grave a finding is, the gravest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, TS)]
#[serde(rename_all = "lowercase")]
pub enum FindingGravity {
    /// A secret lies open.
    Secret,
    /// A server said no, or was not reached.
    Refused,
    /// Would be refused, or does not work.
    Wrong,
    /// Works perhaps; look at it.
    Doubtful,
    /// Good to know.
    Remark,
}

impl Finding {
    /// A refusal, or a failure of the network.
    pub(super) fn failure(failure: Failure) -> Self {
        let named = failure.detail.as_ref().and_then(|d| d.mp_code.clone());
        let published = named.or_else(|| MpCode::find(&failure.code).map(|code| code.to_string()));
        Self {
            about: About::Failure(failure),
            gravity: FindingGravity::Refused,
            code: published,
            line: None,
        }
    }

    /// A code of Maskinporten, without the answer it stood in.
    pub(super) fn refusal(refusal: Refusal) -> Self {
        let finding = Self::failure(Failure::new(&refusal.code()));
        match refusal {
            Refusal::Coded(code) => finding.coded(&code.to_string()),
            _ => finding,
        }
    }

    /// A code of Altinn, without the answer it stood in.
    pub(super) fn altinn(code: AltinnCode) -> Self {
        Self::failure(Failure::new(&code.text_code())).coded(&code.to_string())
    }

    /// Something seen in what is pasted; its words stand under `id`.
    pub(super) fn pasted(id: &'static str, gravity: FindingGravity) -> Self {
        Self {
            about: About::Pasted(id, BTreeMap::new()),
            gravity,
            code: None,
            line: None,
        }
    }

    /// Something that would be refused with a code of Maskinporten.
    pub(super) fn wrong(id: &'static str, code: Option<u16>) -> Self {
        let finding = Self::pasted(id, FindingGravity::Wrong);
        match code {
            Some(number) => finding.coded(&MpCode(number).to_string()),
            None => finding,
        }
    }

    /// Something in a configuration file.
    pub(super) fn config(finding: config::Finding) -> Self {
        Self {
            line: finding.line,
            about: About::Config(finding),
            gravity: FindingGravity::Wrong,
            code: None,
        }
    }

    /// The same finding, as grave as it is here.
    pub(super) fn graded(mut self, gravity: FindingGravity) -> Self {
        self.gravity = gravity;
        self
    }

    pub(super) fn coded(mut self, code: &str) -> Self {
        self.code = Some(code.to_owned());
        self
    }

    /// The same finding with a value for the placeholder `name`, cut to what may be shown.
    pub(super) fn with(mut self, name: &str, value: &str) -> Self {
        let value = shown(value);
        match &mut self.about {
            About::Failure(failure) => *failure = failure.clone().with(name, value),
            About::Pasted(_, params) => {
                params.insert(name.to_owned(), value);
            }
            About::Config(_) => {}
        }
        self
    }

    /// The same finding without the answer itself, and with the server's words cut to what may be
    /// shown.
    pub(super) fn safely(mut self) -> Self {
        if let About::Failure(failure) = &mut self.about {
            failure.detail = None;
            for value in failure.params.values_mut() {
                *value = shown(value);
            }
        }
        self
    }

    pub(super) fn on_line(mut self, line: usize) -> Self {
        self.line = Some(line);
        self
    }

    /// How grave it is.
    pub fn gravity(&self) -> FindingGravity {
        self.gravity
    }

    /// The code that the server publishes, or would answer with; none where there is none.
    pub fn code(&self) -> Option<&str> {
        self.code.as_deref()
    }

    /// The line of the text, from 1, where the thing stands on one.
    pub fn line(&self) -> Option<usize> {
        self.line
    }

    /// Stable, in `snake_case`: the code of the failure, or the name of what was seen.
    pub fn id(&self) -> &str {
        match &self.about {
            About::Failure(failure) => &failure.code,
            About::Pasted(id, _) => id,
            About::Config(finding) => finding.code,
        }
    }

    /// Whether the other one needs not be told beside this one.
    pub(super) fn says_the_same(&self, other: &Self) -> bool {
        match (&self.about, &other.about) {
            (About::Failure(one), About::Failure(two)) => {
                one.code == two.code && self.code == other.code
            }
            (About::Pasted(one, of_one), About::Pasted(two, of_two)) => {
                one == two && of_one == of_two
            }
            (one, two) => one == two,
        }
    }

    /// A refusal with the reason that what stands beside it points to.
    pub(super) fn checked(self, pasted: &Pasted, now: OffsetDateTime, learnt: &Learnt) -> Self {
        let About::Failure(failure) = self.about else {
            return self;
        };
        let grant = pasted.grants().next();
        let claim = |name: &str| grant.and_then(|grant| grant.claim(name));
        let leaf = grant.and_then(|grant| grant.leaf());
        let named = failure.params.get("environment").cloned();
        let environment = named.and_then(|name| match name.as_str() {
            "test" => Some(Environment::Test),
            "production" => Some(Environment::Production),
            _ => None,
        });
        let kid = grant.and_then(|grant| grant.header_text("kid")).map(shown);
        let [client_id, scope, consumer] =
            ["iss", "scope", "consumer_org"].map(|name| claim(name).map(shown));
        let environment = environment.or(grant.and_then(|grant| grant.environment()));
        let client = environment.zip(claim("iss"));
        let known = client.and_then(|(environment, id)| learnt.of(environment, id));
        let elsewhere = client.and_then(|(environment, id)| learnt.elsewhere(environment, id));
        let keys = known.and_then(|client| client.registered_keys.as_ref());
        let key = keys.and_then(|keys| keys.iter().find(|key| Some(&key.kid) == kid.as_ref()));
        let facts = KnownFacts {
            environment,
            owner: known.and_then(|client| client.owner.as_deref()),
            other_environment: elsewhere.map(Environment::from),
            posted_at: key.and_then(|key| key.posted_at),
            leaf: leaf.as_ref(),
            client_id: client_id.as_deref(),
            scope: scope.as_deref(),
            consumer: consumer.as_deref(),
            kid: kid.as_deref(),
            now: Some(now),
            ..KnownFacts::default()
        };
        Self {
            about: About::Failure(checked(failure, &facts)),
            ..self
        }
    }
}
