//! The status of validation errors, which an app may choose.

use axum::http::StatusCode;

use super::Failure;

/// The status that takes the place of 422.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct ValidationStatus(Option<StatusCode>);

impl ValidationStatus {
    /// # Panics
    ///
    /// Panics if the status is not 4xx.
    #[track_caller]
    // A bad configuration fails while the layer is built.
    #[allow(clippy::panic)]
    pub(super) fn new(status: impl TryInto<StatusCode>) -> Self {
        match status.try_into() {
            Ok(status) if status.is_client_error() => Self(Some(status)),
            _ => panic!("the status of validation errors must be between 400 and 499"),
        }
    }

    /// Returns the status of the response to a failure.
    pub(super) fn of(self, failure: &Failure<'_>) -> StatusCode {
        match self.0 {
            Some(status)
                if failure.is_validation() && failure.status() == StatusCode::UNPROCESSABLE_ENTITY =>
            {
                status
            }
            _ => failure.status(),
        }
    }
}
