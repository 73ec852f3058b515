//! FastAPI's format.

use axum::{http::StatusCode, response::Response};

use super::{Failure, Format, validation_status::ValidationStatus};
use crate::{response::reply, value::Map};

/// Creates FastAPI's format: `{"detail": …}`, and plain text for unhandled errors.
#[must_use]
pub fn fastapi() -> FastApi {
    FastApi { validation_status: ValidationStatus::default(), json_500: false }
}

/// FastAPI's format. Created by [`fastapi`].
#[derive(Clone, Copy, Debug)]
pub struct FastApi {
    validation_status: ValidationStatus,
    json_500: bool,
}

impl FastApi {
    /// Sets whether unhandled errors have a JSON body as well, `{"detail": "Internal Server Error"}`. Off by default.
    ///
    /// FastAPI sends `Internal Server Error` as plain text, which a client that parses every response as JSON cannot read.
    #[must_use]
    pub fn with_json_500(self, json: bool) -> Self {
        Self { json_500: json, ..self }
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
}

impl Format for FastApi {
    fn respond(&self, failure: &Failure<'_>) -> Response {
        if failure.is_unhandled() && !self.json_500 {
            return reply::unhandled();
        }
        let body = Map::from_iter([("detail", failure.detail())]);
        reply::json(self.validation_status.of(failure), &body.into())
    }
}
