//! Rejections of axum, axum-extra and tower-http → the exceptions they stand for.
//!
//! A rejection arrives in one of two forms. As an error, through `?` or inside an enum of the app, it is
//! known by its type. As a response, only its status and text are left. Both are looked up in one table of
//! texts, because a rejection exposes its details only in its text.

mod decoder_limit;
mod json_syntax;
#[cfg(feature = "tower")]
mod middleware;
mod path_message;
mod peeked_body;
mod query;
mod response;
mod serde_message;
mod serde_path;
mod string_message;
mod table;
mod unexpected_value;
mod validation;

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
    http::StatusCode,
};

pub(crate) use self::response::translate_response;
use self::table::Translation;
use self::validation::validation;
use crate::{
    exception::{Exception, ResponseValidationError, links},
    request_context::RequestContext,
};

/// Returns the exception that a foreign error stands for, with that error as its source.
///
/// Returns `None` for other errors, and for rejections that say themselves which bug of the app they are.
/// Those stay unhandled errors.
pub(crate) fn translate(exception: &Exception, request: &RequestContext) -> Option<Exception> {
    // The exceptions of this crate stand for themselves, and formatting them would be expensive.
    if exception.built_in().is_some() {
        return None;
    }
    #[cfg(feature = "tower")]
    if let Some(http) = middleware::exception_of(exception.innermost_error()) {
        return Some(http.caused_by(exception.clone()).into());
    }
    // An enum of the app contains the rejection directly, so deeper links are not searched.
    let (status, text) =
        exception.decisive_links().find_map(|link| by_type(link).or_else(|| by_text(link)))?;
    match table::translate(status, &text, request)? {
        Translation::Validation(error) => Some(validation(request, status, error, Some(exception.clone()))),
        Translation::Http(http) => Some(http.caused_by(exception.clone()).into()),
        // An error is not a response.
        Translation::Bug | Translation::Unserializable => None,
        Translation::Limit(limit) => Some(limit.into()),
    }
}

/// Returns the exception that a response with this status and text stands for, if it is a rejection.
fn recognize(status: StatusCode, text: &str, request: &RequestContext) -> Option<Exception> {
    Some(match table::translate(status, text, request)? {
        Translation::Validation(error) => validation(request, status, error, None),
        Translation::Http(http) if http.detail().as_str() == Some(text) => http.into(),
        // The log has the details.
        Translation::Http(http) => http.caused_by(Exception::new(text.to_owned())).into(),
        Translation::Bug => Exception::new(text.to_owned()),
        Translation::Limit(limit) => limit.into(),
        Translation::Unserializable => {
            ResponseValidationError::unserializable(Exception::new(text.to_owned())).into()
        }
    })
}

/// Returns the status and the text of a rejection whose type is known.
fn by_type(error: &(dyn Error + 'static)) -> Option<(StatusCode, String)> {
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

/// Returns the status and the text of a rejection whose type this crate cannot name without depending on
/// axum-extra or on another feature of axum, or that is behind `#[error(transparent)]`.
fn by_text(error: &(dyn Error + 'static)) -> Option<(StatusCode, String)> {
    let source = error.source();
    let text = error.to_string();
    if text == "Error parsing `multipart/form-data` request" {
        let too_large = links(error).any(|link| link.to_string() == "length limit exceeded");
        let detail = source.map(ToString::to_string).unwrap_or_default();
        let too_large = too_large || detail.contains("size limit") || detail.contains("exceeded limit");
        return Some(if too_large {
            (StatusCode::PAYLOAD_TOO_LARGE, table::PAYLOAD_TOO_LARGE.to_owned())
        } else {
            (table::status(&detail).unwrap_or(StatusCode::BAD_REQUEST), detail)
        });
    }
    let is_of_axum = source.is_some_and(<dyn Error>::is::<axum::Error>);
    let is_of_header = text.starts_with(table::HEADER_MISSING) || text.starts_with(table::HEADER_INVALID);
    if is_of_axum || is_of_header { table::status(&text).map(|status| (status, text)) } else { None }
}
