//! Problem details, as in RFC 9457.

use axum::{
    http::{HeaderValue, StatusCode, header::CONTENT_TYPE},
    response::Response,
};

use super::{Failure, Format, validation_status::ValidationStatus};
use crate::{
    report::{ErrorDetail, LocSegment},
    response::reply,
    value::{Map, Value},
};

/// Creates the format of [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457): `application/problem+json`.
///
/// ```json
/// {"type": "about:blank", "title": "Unprocessable Content", "status": 422, "instance": "/items",
///  "code": "validation_error", "errors": [
///     {"detail": "Field required", "pointer": "#/size", "code": "missing"},
///     {"detail": "Input should be a valid integer", "in": "query", "name": "limit", "code": "int_type"}]}
/// ```
///
/// - `instance` is the path of the request, without the query.
/// - An error in the body has a JSON pointer to it. An error elsewhere has the part of the request and the name of the
///   parameter. `ctx` has the facts of the error, if it has any.
/// - A detail that is an object adds its members to the problem, as extensions. Any other detail that is not a string is
///   JSON in `detail`. `detail` is left out if the exception has none.
/// - `input` is left out: a problem describes the error, and need not repeat the request.
#[must_use]
pub fn problem_details() -> ProblemDetails {
    ProblemDetails { validation_status: ValidationStatus::default(), type_base: None }
}

/// The format of problem details. Created by [`problem_details`].
#[derive(Clone, Debug)]
pub struct ProblemDetails {
    validation_status: ValidationStatus,
    type_base: Option<String>,
}

impl ProblemDetails {
    /// Sets the beginning of `type`, which the code of the failure completes.
    ///
    /// With `https://example.com/problems/` the `type` of a 404 is `https://example.com/problems/not_found`. Without it the
    /// `type` is `about:blank`.
    #[must_use]
    pub fn with_type_base(self, base: impl Into<String>) -> Self {
        Self { type_base: Some(base.into()), ..self }
    }

    /// Sets the status of validation errors, instead of 422.
    ///
    /// # Panics
    ///
    /// Panics if the status is not 4xx.
    #[must_use]
    #[track_caller]
    pub fn with_validation_status(self, status: impl TryInto<StatusCode>) -> Self {
        self.with_status(ValidationStatus::new(status))
    }

    pub(super) fn with_status(self, validation_status: ValidationStatus) -> Self {
        Self { validation_status, ..self }
    }

    fn problem(&self, failure: &Failure<'_>, status: StatusCode) -> Map {
        let mut problem = Map::new();
        let code = failure.code();
        let kind = match &self.type_base {
            Some(base) => format!("{base}{code}"),
            None => "about:blank".to_owned(),
        };
        problem.insert("type", kind);
        let title = failure.title_of(status);
        if !title.is_empty() {
            problem.insert("title", title.as_ref());
        }
        problem.insert("status", i64::from(status.as_u16()));
        match failure.own_detail() {
            None | Some(Value::Object(_)) => {}
            Some(Value::String(detail)) => _ = problem.insert("detail", detail.as_str()),
            Some(detail) => _ = problem.insert("detail", detail.to_string()),
        }
        problem.insert("instance", failure.uri().path());
        problem.insert("code", code.as_ref());
        if failure.is_validation() {
            problem.insert("errors", Value::Array(failure.errors().iter().map(error).collect()));
        } else if let Some(Value::Object(extensions)) = failure.own_detail() {
            for (name, value) in extensions.iter() {
                if problem.get(name).is_none() && !matches!(name, "title" | "detail") {
                    problem.insert(name, value.clone());
                }
            }
        }
        problem
    }
}

impl Format for ProblemDetails {
    fn respond(&self, failure: &Failure<'_>) -> Response {
        let status = self.validation_status.of(failure);
        let mut response = reply::json(status, &self.problem(failure, status).into());
        response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}

/// Returns one entry of `errors`.
fn error(error: &ErrorDetail) -> Value {
    let mut entry = Map::new();
    entry.insert("detail", error.msg());
    let mut segments = error.loc().iter();
    match segments.next() {
        Some(LocSegment::Key(source)) if source == "body" => {
            let pointer: String = segments.map(|segment| format!("/{}", escaped(segment))).collect();
            entry.insert("pointer", format!("#{pointer}"));
        }
        source => {
            let source = source.map(ToString::to_string);
            let name: Vec<String> = segments.map(ToString::to_string).collect();
            entry.insert("in", source.unwrap_or_default());
            entry.insert("name", name.join("."));
        }
    }
    entry.insert("code", error.kind());
    let ctx = error.ctx();
    if !ctx.is_empty() {
        entry.insert("ctx", ctx);
    }
    entry.into()
}

/// Returns a segment of a JSON pointer in a URI fragment (RFC 6901, §3 and §6).
fn escaped(segment: &LocSegment) -> String {
    let segment = match segment {
        LocSegment::Key(key) => key.replace('~', "~0").replace('/', "~1"),
        LocSegment::Index(index) => index.to_string(),
    };
    percent_encoding::utf8_percent_encode(&segment, FRAGMENT).to_string()
}

/// The characters that a fragment cannot have (RFC 3986, §3.5).
const FRAGMENT: &percent_encoding::AsciiSet = &percent_encoding::CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'<')
    .add(b'>')
    .add(b'[')
    .add(b'\\')
    .add(b']')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');
