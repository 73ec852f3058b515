//! Rejections of axum, axum-extra and tower-http → the exceptions they stand for.
//!
//! A rejection travels in two ways: as an error, through `?` or inside an app's own enum, where it is
//! known by its type; or as a response, where nothing but its text is left. Both end in the one table of
//! texts, since what a rejection knows it says in its text only.

#[cfg(feature = "tower")]
mod middleware;
mod path;
mod peeked;
mod response;
mod syntax;
mod text;
mod trail;
mod words;

use std::error::Error;

#[cfg(feature = "ws")]
use axum::extract::ws::rejection::{
    ConnectionNotUpgradable, InvalidConnectionHeader, InvalidProtocolPseudoheader, InvalidUpgradeHeader,
    InvalidWebSocketVersionHeader, MethodNotConnect, MethodNotGet, WebSocketKeyHeaderMissing,
    WebSocketUpgradeRejection,
};
use axum::{
    extract::rejection::{
        BytesRejection, ExtensionRejection, FailedToBufferBody, FailedToDeserializeForm,
        FailedToDeserializeFormBody, FailedToDeserializePathParams, FailedToDeserializeQueryString,
        FormRejection, InvalidFormContentType, InvalidUtf8, InvalidUtf8InPathParam, JsonDataError,
        JsonRejection, JsonSyntaxError, LengthLimitError, MatchedPathRejection, MissingJsonContentType,
        NestedPathRejection, PathRejection, QueryRejection, RawFormRejection, RawPathParamsRejection,
        StringRejection, UnknownBodyError,
    },
    http::{Method, StatusCode},
};

pub(crate) use self::response::raised_by;
use self::text::Meaning;
use crate::exception::{Endpoint, Exception, RequestValidationError, links};

/// What is known of the request that was rejected.
#[derive(Clone, Copy, Default)]
pub(crate) struct Asked<'a> {
    pub(crate) endpoint: Option<(&'a Method, &'a str)>,
    /// Whether the answer keeps the status of the rejection.
    pub(crate) keep_status: bool,
}

/// The exception an error of somebody else's stands for, with that error as its cause.
///
/// `None` for every other error, and for rejections that are the program's mistake: those stay what they
/// are, and end as an unhandled error.
pub(crate) fn translate(exception: &Exception, asked: Asked<'_>) -> Option<Exception> {
    // The exceptions of this crate stand for themselves, and asking them for their words costs.
    if exception.built_in().is_some() {
        return None;
    }
    let error: &(dyn Error + 'static) = exception.as_error();
    #[cfg(feature = "tower")]
    if let Some(http) = middleware::exception_of(error) {
        return Some(http.caused_by(exception.clone()).into());
    }
    // A rejection is of this request wherever it is, but an app's own enum holds it directly.
    let (status, text) = links(error).take(2).find_map(|link| typed(link).or_else(|| worded(link)))?;
    match text::meaning(status, &text, route(asked))? {
        Meaning::Validation(error) => Some(asked.validation(status, error, Some(exception.clone()))),
        Meaning::Http(http) => Some(http.caused_by(exception.clone()).into()),
        Meaning::Program => None,
    }
}

/// The exception that a response with this text stands for; `None` if the text is no rejection's.
fn recognize(status: StatusCode, text: &str, asked: Asked<'_>) -> Option<Exception> {
    Some(match text::meaning(status, text, route(asked))? {
        Meaning::Validation(error) => asked.validation(status, error, None),
        Meaning::Http(http) => http.into(),
        Meaning::Program => Exception::new(text.to_owned()),
    })
}

fn route(asked: Asked<'_>) -> Option<&str> {
    asked.endpoint.map(|(_, route)| route)
}

impl Asked<'_> {
    fn validation(
        self,
        status: StatusCode,
        error: RequestValidationError,
        source: Option<Exception>,
    ) -> Exception {
        let error = match self.endpoint {
            Some((method, route)) => error.with_endpoint(Endpoint::new(method.clone(), route)),
            None => error,
        };
        let error = if self.keep_status { error.with_status(status) } else { error };
        error.caused_by(source).into()
    }
}

/// The status and the text of a rejection that is known by its type.
fn typed(error: &(dyn Error + 'static)) -> Option<(StatusCode, String)> {
    macro_rules! first_of {
        ($($rejection:ty)*) => {
            $(if let Some(rejection) = error.downcast_ref::<$rejection>() {
                return Some((rejection.status(), rejection.body_text()));
            })*
        };
    }
    first_of! {
        JsonRejection JsonDataError JsonSyntaxError MissingJsonContentType
        PathRejection FailedToDeserializePathParams RawPathParamsRejection InvalidUtf8InPathParam
        QueryRejection FailedToDeserializeQueryString
        FormRejection RawFormRejection FailedToDeserializeForm FailedToDeserializeFormBody
        InvalidFormContentType
        BytesRejection StringRejection FailedToBufferBody LengthLimitError UnknownBodyError InvalidUtf8
        ExtensionRejection MatchedPathRejection NestedPathRejection
    }
    #[cfg(feature = "ws")]
    first_of! {
        WebSocketUpgradeRejection MethodNotGet MethodNotConnect InvalidConnectionHeader InvalidUpgradeHeader
        InvalidProtocolPseudoheader InvalidWebSocketVersionHeader WebSocketKeyHeaderMissing
        ConnectionNotUpgradable
    }
    None
}

/// The status and the text of a rejection whose type this crate cannot name, because it would have to
/// depend on a feature of axum or on axum-extra; and of one behind `#[error(transparent)]`.
fn worded(error: &(dyn Error + 'static)) -> Option<(StatusCode, String)> {
    let source = error.source();
    let text = error.to_string();
    if text == "Error parsing `multipart/form-data` request" {
        let too_large = links(error).any(|link| link.to_string() == "length limit exceeded");
        let detail = source.map(ToString::to_string).unwrap_or_default();
        let too_large = too_large || detail.contains("size limit") || detail.contains("exceeded limit");
        return Some(if too_large {
            (StatusCode::PAYLOAD_TOO_LARGE, text::PAYLOAD_TOO_LARGE.to_owned())
        } else {
            (StatusCode::BAD_REQUEST, detail)
        });
    }
    let of_axum = source.is_some_and(<dyn Error>::is::<axum::Error>);
    let of_header = text.starts_with(text::HEADER_MISSING) || text.starts_with(text::HEADER_INVALID);
    if of_axum || of_header { text::status(&text).map(|status| (status, text)) } else { None }
}
