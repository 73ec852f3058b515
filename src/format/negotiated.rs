//! A format that the client chooses with `Accept`.

use axum::{
    http::{
        HeaderMap, HeaderValue, StatusCode,
        header::{ACCEPT, VARY},
    },
    response::Response,
};
use headers_accept::Accept;
use mediatype::MediaType;

use super::{
    Failure, FastApi, Format, ProblemDetails, fastapi, html, problem_details,
    validation_status::ValidationStatus,
};

/// Creates a format that the client chooses with the `Accept` header (RFC 9110, §12.5.1).
///
/// | `Accept` | response |
/// | --- | --- |
/// | `application/json`, nothing, `*/*`, or only types that are not in this table | [`fastapi`], with JSON for unhandled errors |
/// | `application/problem+json` | [`problem_details`] |
/// | `text/html`, as browsers send it | a page with the status, the detail and the validation errors |
///
/// The weights (`q`) decide. Among equal weights, the type that the client lists first is sent. `Vary` is `accept`.
#[must_use]
pub fn negotiated() -> Negotiated {
    Negotiated {
        json: fastapi().with_json_500(true),
        problem: problem_details(),
        validation_status: ValidationStatus::default(),
    }
}

/// The format that the client chooses. Created by [`negotiated`].
#[derive(Clone, Debug)]
pub struct Negotiated {
    json: FastApi,
    problem: ProblemDetails,
    validation_status: ValidationStatus,
}

impl Negotiated {
    /// Sets the beginning of the `type` of problem details. See [`ProblemDetails::with_type_base`].
    #[must_use]
    pub fn with_type_base(self, base: impl Into<String>) -> Self {
        Self { problem: self.problem.with_type_base(base), ..self }
    }

    /// Sets the status of validation errors, instead of 422.
    ///
    /// # Panics
    ///
    /// Panics if the status is not 4xx.
    #[must_use]
    #[track_caller]
    pub fn with_validation_status(self, status: impl TryInto<StatusCode>) -> Self {
        let validation_status = ValidationStatus::new(status);
        Self {
            json: self.json.with_status(validation_status),
            problem: self.problem.with_status(validation_status),
            validation_status,
        }
    }
}

/// The types that a client can choose from, in the order of the server's preference.
const AVAILABLE: [&str; 3] = ["application/json", "application/problem+json", "text/html"];

impl Format for Negotiated {
    fn respond(&self, failure: &Failure<'_>) -> Response {
        let mut response = match chosen(failure.headers()) {
            Some("application/problem+json") => self.problem.respond(failure),
            Some("text/html") => html::page(failure, self.validation_status.of(failure)),
            _ => self.json.respond(failure),
        };
        response.headers_mut().append(VARY, HeaderValue::from_static("accept"));
        response
    }
}

/// Returns the type that the client prefers. Returns `None` without an `Accept` header, and if it is not valid or has none of
/// the types.
fn chosen(headers: &HeaderMap) -> Option<&'static str> {
    let values: Vec<&str> =
        headers.get_all(ACCEPT).iter().map(HeaderValue::to_str).collect::<Result<_, _>>().ok()?;
    let accept: Accept = values.join(",").parse().ok()?;
    let available: Vec<MediaType<'_>> =
        AVAILABLE.iter().map(|name| MediaType::parse(name)).collect::<Result<_, _>>().ok()?;
    let chosen = accept.negotiate(&available)?;
    let index = available.iter().position(|available| available == chosen)?;
    AVAILABLE.get(index).copied()
}
