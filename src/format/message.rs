//! A message that can be replaced: of a validation error, or of a status.

use std::borrow::Cow;

use axum::http::StatusCode;

use crate::{
    report::{ErrorDetail, Loc},
    value::Map,
};

/// A message for people that the app may replace, with the facts that it is made of.
///
/// [`ErrorHandlingLayer::translate`](crate::ErrorHandlingLayer::translate) calls a function with each message of a default
/// response.
#[derive(Clone, Copy, Debug)]
pub struct Message<'a> {
    subject: Subject<'a>,
    language: Option<&'a str>,
}

#[derive(Clone, Copy, Debug)]
enum Subject<'a> {
    Error(&'a ErrorDetail),
    Status(StatusCode, &'a str),
}

impl<'a> Message<'a> {
    pub(super) fn of_error(error: &'a ErrorDetail, language: Option<&'a str>) -> Self {
        Self { subject: Subject::Error(error), language }
    }

    pub(super) fn of_status(status: StatusCode, phrase: &'a str, language: Option<&'a str>) -> Self {
        Self { subject: Subject::Status(status, phrase), language }
    }

    /// Returns the type of a validation error, such as `int_parsing`, or `http_404` for the phrase of a status.
    ///
    /// The types are those of [pydantic](https://docs.pydantic.dev/latest/errors/validation_errors/), and those of the app's
    /// own errors.
    #[must_use]
    pub fn kind(&self) -> Cow<'a, str> {
        match self.subject {
            Subject::Error(error) => error.kind().into(),
            Subject::Status(status, _) => format!("http_{}", status.as_u16()).into(),
        }
    }

    /// Returns the facts in the message, such as `min_length`. It is empty for the phrase of a status.
    #[must_use]
    pub fn ctx(&self) -> Map {
        match self.subject {
            Subject::Error(error) => error.ctx(),
            Subject::Status(..) => Map::new(),
        }
    }

    /// Returns the location of a validation error; `None` for the phrase of a status.
    #[must_use]
    pub fn loc(&self) -> Option<&'a Loc> {
        match self.subject {
            Subject::Error(error) => Some(error.loc()),
            Subject::Status(..) => None,
        }
    }

    /// Returns the message in English.
    #[must_use]
    pub fn msg(&self) -> Cow<'a, str> {
        match self.subject {
            Subject::Error(error) => error.msg(),
            Subject::Status(_, phrase) => phrase.into(),
        }
    }

    /// Returns the language for the client, one of those that
    /// [`ErrorHandlingLayer::languages`](crate::ErrorHandlingLayer::languages) has set; `None` if it has set none.
    #[must_use]
    pub fn language(&self) -> Option<&'a str> {
        self.language
    }
}
