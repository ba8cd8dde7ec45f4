//! Error answers in JSON: the token endpoint's, the self-service API's and Altinn's.

use maskinporten::{AltinnProblem, Rejection, SelfServiceError};
use serde_json::{Map, Value};
use time::OffsetDateTime;

use super::{Finding, pasted::Pasted, pasted::environment_of};
use crate::Failure;

/// One finding for each answer.
pub(super) fn recognise(pasted: &Pasted, now: OffsetDateTime) -> Vec<Finding> {
    let answers = pasted.objects.iter().filter_map(|(at, object)| {
        let finding = answer(object, now.unix_timestamp())?;
        Some(finding.on_line(pasted.line_of(*at)))
    });
    answers.collect()
}

fn answer(object: &Map<String, Value>, at: i64) -> Option<Finding> {
    let body = serde_json::to_vec(object).ok()?;
    if SelfServiceError::is_form_of(object) {
        let error = SelfServiceError::read(400, &body);
        return Some(Finding::failure(Failure::refused_by_self_service(&error, at)).safely());
    }
    if let Some(rejection) = Rejection::read(400, &body) {
        let environment = rejection.error_uri.as_deref().and_then(environment_of);
        let failure = Failure::refused(&rejection, at);
        let failure = match environment {
            Some(environment) => failure.with("environment", environment.as_str()),
            None => failure,
        };
        return Some(Finding::failure(failure).safely());
    }
    let is_altinns = object.contains_key("code") || object.contains_key("validationErrors");
    let problem = AltinnProblem::read(400, &body).filter(|_| is_altinns)?;
    problem.code?;
    Some(Finding::failure(Failure::refused_by_altinn(&problem, at)).safely())
}
