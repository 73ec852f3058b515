//! A failure, as a format sees it.

use std::{borrow::Cow, error::Error};

use axum::http::{HeaderMap, Method, StatusCode, Uri};

use super::words::Words;
use crate::{
    exception::{Exception, HttpException, RequestValidationError, phrase},
    report::ErrorDetail,
    value::Value,
};

/// The head of a failed request.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FailedRequest<'a> {
    pub(crate) method: &'a Method,
    pub(crate) route: Option<&'a str>,
    pub(crate) uri: &'a Uri,
    pub(crate) headers: &'a HeaderMap,
}

/// A failure that no handler handled: what is public about it, and its request.
///
/// A [format](super) turns it into a response.
#[derive(Debug)]
pub struct Failure<'a> {
    status: StatusCode,
    /// The detail of an `HttpException` that has one.
    detail: Option<&'a Value>,
    errors: &'a [ErrorDetail],
    code: Option<&'a str>,
    is_unhandled: bool,
    exception: &'a Exception,
    request: FailedRequest<'a>,
    words: &'a Words<'a>,
}

impl<'a> Failure<'a> {
    pub(super) fn of_http(
        http: &'a HttpException,
        exception: &'a Exception,
        request: FailedRequest<'a>,
        words: &'a Words<'a>,
    ) -> Self {
        let detail = http.has_detail().then(|| http.detail());
        Self { detail, code: http.code(), ..Self::new(http.status(), exception, request, words) }
    }

    pub(super) fn of_validation(
        error: &'a RequestValidationError,
        errors: &'a [ErrorDetail],
        exception: &'a Exception,
        request: FailedRequest<'a>,
        words: &'a Words<'a>,
    ) -> Self {
        Self { errors, ..Self::new(error.status(), exception, request, words) }
    }

    pub(super) fn unhandled(
        exception: &'a Exception,
        request: FailedRequest<'a>,
        words: &'a Words<'a>,
    ) -> Self {
        let status = StatusCode::INTERNAL_SERVER_ERROR;
        Self { is_unhandled: true, ..Self::new(status, exception, request, words) }
    }

    fn new(
        status: StatusCode,
        exception: &'a Exception,
        request: FailedRequest<'a>,
        words: &'a Words<'a>,
    ) -> Self {
        Self { status, detail: None, errors: &[], code: None, is_unhandled: false, exception, request, words }
    }

    /// Returns the language of all words that were used.
    pub(super) fn only_language(&self) -> Option<&str> {
        self.words.only_language()
    }

    /// Returns the status that FastAPI's format has.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// Returns the phrase of the status, such as `Not Found`. It is empty for a status without one.
    #[must_use]
    pub fn title(&self) -> Cow<'static, str> {
        self.title_of(self.status)
    }

    /// Returns the phrase of another status.
    pub(super) fn title_of(&self, status: StatusCode) -> Cow<'static, str> {
        self.words.of_status(status)
    }

    /// Returns the detail of an `HttpException` that has one.
    pub(super) fn own_detail(&self) -> Option<&'a Value> {
        if self.detail.is_some() {
            self.words.use_unknown();
        }
        self.detail
    }

    /// Returns the `detail` in FastAPI's format: that of the [`HttpException`], the phrase of the status, or the list of
    /// validation errors.
    #[must_use]
    pub fn detail(&self) -> Value {
        match self.own_detail() {
            Some(detail) => detail.clone(),
            None if self.is_validation() => self.errors.iter().collect(),
            None => Value::String(self.title().into_owned()),
        }
    }

    /// Returns a sentence for people: the detail if it is a string, the messages of the validation errors with their
    /// locations, or the title.
    #[must_use]
    pub fn message(&self) -> Cow<'a, str> {
        if self.is_validation() {
            let messages: Vec<String> = self.errors.iter().map(sentence).collect();
            return messages.join("; ").into();
        }
        match self.own_detail() {
            Some(Value::String(detail)) => detail.into(),
            _ => self.title(),
        }
    }

    /// Returns a name for programs: the [code](HttpException::with_code) of the `HttpException`, `validation_error` for a
    /// list of errors, or the phrase of the status in snake case, such as `not_found`.
    #[must_use]
    pub fn code(&self) -> Cow<'a, str> {
        match self.code {
            Some(code) => code.into(),
            None if self.is_validation() => "validation_error".into(),
            None => snake_case(phrase(self.status)).into(),
        }
    }

    /// Returns the validation errors; none for any other failure.
    #[must_use]
    pub fn errors(&self) -> &[ErrorDetail] {
        self.errors
    }

    /// Returns `true` for validation errors.
    #[must_use]
    pub fn is_validation(&self) -> bool {
        !self.errors.is_empty()
    }

    /// Returns `true` for an error that the app did not expect. Nothing about it is public but its status.
    #[must_use]
    pub fn is_unhandled(&self) -> bool {
        self.is_unhandled
    }

    /// Returns the exception that was raised. Its message and its causes are for the log, not for the client.
    #[must_use]
    pub fn exception(&self) -> &Exception {
        self.exception
    }

    /// Returns the first `E` among the exception that was raised and its causes, such as the error type of the app.
    ///
    /// ```
    /// use axum::Json;
    /// use axum_exception::{ErrorHandlingLayer, format::Failure};
    /// use serde_json::json;
    ///
    /// #[derive(Debug, thiserror::Error)]
    /// #[error("no torrent {0}")]
    /// struct NoTorrent(u32);
    ///
    /// let layer = ErrorHandlingLayer::new().format(|failure: &Failure<'_>| {
    ///     let id = failure.error::<NoTorrent>().map(|error| error.0);
    ///     (failure.status(), Json(json!({ "error": failure.code(), "id": id })))
    /// });
    /// # let app: axum::Router = axum::Router::new().layer(layer);
    /// ```
    #[must_use]
    pub fn error<E: Error + 'static>(&self) -> Option<&E> {
        self.exception.chain().find_map(<dyn Error>::downcast_ref)
    }

    /// Returns the language of the messages, one of those that
    /// [`ErrorHandlingLayer::languages`](crate::ErrorHandlingLayer::languages) has set.
    #[must_use]
    pub fn language(&self) -> Option<&str> {
        self.words.language()
    }

    /// Returns the method of the request.
    #[must_use]
    pub fn method(&self) -> &Method {
        self.request.method
    }

    /// Returns the route, such as `/items/{item_id}`. It is `None` if no route matched, and for a layer around a whole
    /// router.
    #[must_use]
    pub fn route(&self) -> Option<&str> {
        self.request.route
    }

    /// Returns the URI of the request, with the prefix of a nested router.
    #[must_use]
    pub fn uri(&self) -> &Uri {
        self.request.uri
    }

    /// Returns the headers of the request.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        self.request.headers
    }

    /// Returns the `x-request-id` of the request, which a client, a proxy or `tower_http::request_id` has set.
    #[must_use]
    pub fn request_id(&self) -> Option<&str> {
        self.request.headers.get("x-request-id")?.to_str().ok()
    }
}

/// Returns the location and the message of an error. For a body that is not JSON, the reason is only in `ctx`, and the number
/// in the location is an offset.
fn sentence(error: &ErrorDetail) -> String {
    let ctx = error.ctx();
    match (error.kind(), error.loc().segments(), ctx.get("error").and_then(Value::as_str)) {
        ("json_invalid", [source, offset @ ..], Some(reason)) => {
            let offset: String = offset.iter().map(|offset| format!(" at byte {offset}")).collect();
            format!("{source}: {}: {reason}{offset}", error.msg())
        }
        _ => error.to_string(),
    }
}

/// Returns a phrase in snake case: `I'm a Teapot` is `im_a_teapot`.
fn snake_case(phrase: &str) -> String {
    phrase
        .chars()
        .filter(|c| *c != '\'')
        .map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' })
        .collect()
}
