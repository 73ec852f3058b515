//! The table of rejections: the status and body text of each, and FastAPI's response for it.
//!
//! Each text is matched together with its status. Any other response is left untouched.

use axum::http::{
    StatusCode,
    header::{ALLOW, CONNECTION, SEC_WEBSOCKET_VERSION, UPGRADE},
};

use super::{
    decoder_limit::DecoderLimit,
    json_syntax::{self, JsonError},
    path_message, query,
    serde_message::{self, BareError},
    serde_path::Path,
    string_message,
};
use crate::{
    exception::{ContentTypeMismatch, HttpException, RequestValidationError},
    report::{ErrorDetail, ErrorKind, Loc},
    request_context::RequestContext,
    value::{Map, Value},
};

/// The exception that a rejection stands for.
pub(super) enum Translation {
    Validation(RequestValidationError),
    Http(HttpException),
    /// A bug in the app, which the client must not see.
    Bug,
    /// A bug in the app as well: its type accepts values that the decoder refuses.
    Limit(DecoderLimit),
    /// A response that does not serialize, because of this text.
    Unserializable,
}

pub(super) const PAYLOAD_TOO_LARGE: &str = "Request payload is too large";
const LENGTH_LIMIT: &str = "length limit exceeded";
pub(super) const HEADER_MISSING: &str = "Header of type `";
pub(super) const HEADER_INVALID: &str = "invalid HTTP header (";

/// The known part of a body text.
#[derive(Clone, Copy)]
enum Text {
    Whole(&'static str),
    Prefix(&'static str),
}

/// The rejections, as far as they are translated differently.
#[derive(Clone, Copy)]
enum Rejection {
    JsonContentType,
    JsonSyntax,
    JsonData,
    FormContentType,
    /// An invalid query string, read by `Query` or by `Form` with GET, which is its name.
    QueryData(&'static str),
    FormData,
    PathData,
    RawPathData,
    TooLarge,
    /// A body that cannot be read or decoded.
    Unreadable,
    MultipartBoundary,
    MultipartBroken,
    HeaderMissing,
    HeaderInvalid,
    HostMissing,
    /// FastAPI has no equivalent, so the text is the detail.
    Other,
    /// Like `Other`, with the allowed method in `Allow`.
    MethodNotAllowed(&'static str),
    /// Like `Other`, with the supported version in `Sec-WebSocket-Version` (RFC 6455, §4.4).
    WebSocketVersion,
    /// Like `Other`, with the required protocol in `Upgrade`.
    NotUpgradable,
    Bug,
    /// A type that axum's `Path` does not support. The name of the type follows.
    UnsupportedType,
    /// A response of the app that does not serialize.
    Unserializable,
    /// The same, for a variant of an enum. Its name follows.
    UnserializableVariant,
}

use Text::{Prefix, Whole};

/// The rejections of axum, axum-extra and tower-http, and the responses of axum that replace invalid ones of
/// the app.
const REJECTIONS: &[(u16, Text, Rejection)] = &[
    (415, Whole("Expected request with `Content-Type: application/json`"), Rejection::JsonContentType),
    (400, Prefix("Failed to parse the request body as JSON: "), Rejection::JsonSyntax),
    (422, Prefix("Failed to deserialize the JSON body into the target type: "), Rejection::JsonData),
    (
        415,
        Whole("Form requests must have `Content-Type: application/x-www-form-urlencoded`"),
        Rejection::FormContentType,
    ),
    (400, Prefix("Failed to deserialize query string: "), Rejection::QueryData("Query")),
    (400, Prefix("Failed to deserialize form: "), Rejection::QueryData("Form")),
    (422, Prefix("Failed to deserialize form body: "), Rejection::FormData),
    (400, Prefix("Invalid URL: "), Rejection::PathData),
    (400, Prefix("Invalid UTF-8 in `"), Rejection::RawPathData),
    (413, Whole("Failed to buffer the request body: length limit exceeded"), Rejection::TooLarge),
    (413, Whole(LENGTH_LIMIT), Rejection::TooLarge),
    (413, Whole(PAYLOAD_TOO_LARGE), Rejection::TooLarge),
    (400, Prefix("Failed to buffer the request body: "), Rejection::Unreadable),
    (400, Prefix("Request body didn't contain valid UTF-8: "), Rejection::Unreadable),
    (422, Prefix("Failed to decode the body: "), Rejection::Unreadable),
    (400, Whole("Invalid `boundary` for `multipart/form-data` request"), Rejection::MultipartBoundary),
    (400, Prefix("unknown field received: \""), Rejection::MultipartBroken),
    (400, Prefix("field \""), Rejection::MultipartBroken),
    (400, Prefix("failed to decode field's raw header "), Rejection::MultipartBroken),
    (400, Whole("failed to read headers"), Rejection::MultipartBroken),
    (400, Whole("failed to read field complete headers"), Rejection::MultipartBroken),
    (400, Whole("failed to decode Content-Type"), Rejection::MultipartBroken),
    (400, Whole("incomplete multipart stream"), Rejection::MultipartBroken),
    (400, Prefix(HEADER_MISSING), Rejection::HeaderMissing),
    (400, Prefix(HEADER_INVALID), Rejection::HeaderInvalid),
    (400, Whole("No host found in request"), Rejection::HostMissing),
    (400, Whole("No scheme found in request"), Rejection::Other),
    (405, Whole("Request method must be `GET`"), Rejection::MethodNotAllowed("GET")),
    (405, Whole("Request method must be `CONNECT`"), Rejection::MethodNotAllowed("CONNECT")),
    (400, Whole("Connection header did not include 'upgrade'"), Rejection::Other),
    (400, Whole("`Upgrade` header did not include 'websocket'"), Rejection::Other),
    (400, Whole("`:protocol` pseudo-header did not include 'websocket'"), Rejection::Other),
    (400, Whole("`Sec-WebSocket-Version` header did not include '13'"), Rejection::WebSocketVersion),
    (400, Whole("`Sec-WebSocket-Key` header missing"), Rejection::Other),
    (
        426,
        Whole("WebSocket request couldn't be upgraded since no upgrade state was present"),
        Rejection::NotUpgradable,
    ),
    (500, Prefix("Missing request extension: "), Rejection::Bug),
    (500, Whole("No matched path found"), Rejection::Bug),
    (500, Whole("The matched route is not nested"), Rejection::Bug),
    (500, Whole("No paths parameters found for matched route"), Rejection::Bug),
    (500, Prefix("Wrong number of path arguments for `Path`. Expected "), Rejection::Bug),
    (500, Prefix("Unsupported type `"), Rejection::UnsupportedType),
    (500, Whole("Service panicked"), Rejection::Bug),
    (500, Whole("failed to read stream"), Rejection::Unreadable),
    (500, Whole("failed to lock multipart state"), Rejection::Bug),
    // `Redirect`, and headers of responses.
    (500, Whole("failed to parse header value"), Rejection::Bug),
    (500, Whole("invalid HTTP header name"), Rejection::Bug),
    // `Json` and `Form` as responses: messages of serde_json, serde_urlencoded and serde.
    (500, Whole("key must be a string"), Rejection::Unserializable),
    (500, Whole("float key must be finite (got NaN or +/-inf)"), Rejection::Unserializable),
    (500, Whole("top-level serializer supports only maps and structs"), Rejection::Unserializable),
    (500, Whole("unsupported key"), Rejection::Unserializable),
    (500, Whole("unsupported value"), Rejection::Unserializable),
    (500, Whole("unsupported pair"), Rejection::Unserializable),
    (500, Whole("i128 is not supported"), Rejection::Unserializable),
    (500, Whole("u128 is not supported"), Rejection::Unserializable),
    (500, Whole("already mutably borrowed"), Rejection::Unserializable),
    (500, Whole("lock poison error while serializing"), Rejection::Unserializable),
    (500, Whole("SystemTime must be later than UNIX_EPOCH"), Rejection::Unserializable),
    (500, Whole("path contains invalid UTF-8 characters"), Rejection::Unserializable),
    (500, Prefix("can only flatten structs and maps (got "), Rejection::Unserializable),
    (500, Prefix("cannot serialize tagged newtype variant "), Rejection::Unserializable),
    (500, Prefix("enum variant cannot be serialized: "), Rejection::Unserializable),
    (500, Prefix("the enum variant "), Rejection::UnserializableVariant),
];

/// Returns whether some rejection has this status.
pub(super) fn has_status(status: StatusCode) -> bool {
    // Most responses are not errors, and are not looked up.
    (status.is_client_error() || status.is_server_error())
        && REJECTIONS.iter().any(|(known, ..)| *known == status.as_u16())
}

/// Returns the status of the rejection with this text.
pub(super) fn status(text: &str) -> Option<StatusCode> {
    let (status, ..) = REJECTIONS.iter().find(|(_, known, _)| known.rest_of(text).is_some())?;
    StatusCode::from_u16(*status).ok()
}

impl Text {
    /// Returns the rest of a text behind the known part.
    fn rest_of(self, text: &str) -> Option<&str> {
        match self {
            Whole(whole) => (text == whole).then_some(""),
            Prefix(prefix) => text.strip_prefix(prefix),
        }
    }
}

/// Translates a rejection. Returns `None` if the status and text are not those of a rejection.
pub(super) fn translate(status: StatusCode, text: &str, request: &RequestContext) -> Option<Translation> {
    REJECTIONS
        .iter()
        .filter(|(known, ..)| *known == status.as_u16())
        .find_map(|(_, known, rejection)| rejection.translate(status, text, known.rest_of(text)?, request))
}

impl Rejection {
    fn translate(
        self,
        status: StatusCode,
        text: &str,
        rest: &str,
        request: &RequestContext,
    ) -> Option<Translation> {
        let route = request.route();
        Some(match self {
            Self::JsonContentType => of_content_type(ErrorKind::ModelAttributesType, "application/json"),
            Self::FormContentType => of_content_type(ErrorKind::Missing, "application/x-www-form-urlencoded"),
            Self::JsonSyntax => return json_syntax::parse(rest).map(invalid_json),
            Self::JsonData => json_data(json_syntax::without_position(rest)),
            Self::FormData => string_message::errors("body", rest, "Form").into(),
            Self::QueryData(extractor) => query::errors(rest, request.query(), extractor).into(),
            // A route without parameters has no invalid ones.
            Self::PathData | Self::RawPathData if route.is_some_and(|route| !route.contains('{')) => {
                return None;
            }
            Self::PathData => return path_message::parse(rest, route).map(Translation::from),
            // The only message of `RawPathParams`, which has no prefix.
            Self::RawPathData => return path_message::parse(text, route).map(Translation::from),
            Self::TooLarge => Translation::Http(HttpException::content_too_large()),
            // axum has another status for this text, so it is one of the app.
            Self::Unreadable if rest == LENGTH_LIMIT => return None,
            Self::Unreadable => unreadable(),
            Self::MultipartBoundary => bad_request("Missing boundary in multipart."),
            Self::MultipartBroken => {
                // Other texts may begin with `field "a" …`.
                let is_known =
                    !text.starts_with("field ") || text.ends_with("\" received with incomplete data");
                return is_known.then(|| bad_request("Invalid multipart data."));
            }
            Self::HeaderMissing => {
                let name = rest.strip_suffix("` was missing")?;
                one(BareError::of(ErrorKind::Missing).at(header(name)?))
            }
            Self::HeaderInvalid => {
                let name = rest.strip_suffix(')')?;
                one(BareError::of(serde_message::value_error("invalid HTTP header")).at(header(name)?))
            }
            Self::HostMissing => one(BareError::of(ErrorKind::Missing).at(Loc::from(["header", "host"]))),
            Self::Other => Translation::Http(HttpException::new(status).with_detail(text)),
            Self::MethodNotAllowed(allowed) => {
                Translation::Http(HttpException::new(status).with_detail(text).with_header(ALLOW, allowed))
            }
            Self::WebSocketVersion => Translation::Http(
                HttpException::new(status).with_detail(text).with_header(SEC_WEBSOCKET_VERSION, 13),
            ),
            Self::NotUpgradable => Translation::Http(
                HttpException::new(status)
                    .with_detail(text)
                    .with_header(CONNECTION, "upgrade")
                    .with_header(UPGRADE, "websocket"),
            ),
            // Nothing follows the name of the type.
            Self::UnsupportedType if rest.find('`').is_none_or(|end| end + 1 < rest.len()) => return None,
            Self::Bug | Self::UnsupportedType => Translation::Bug,
            Self::UnserializableVariant if !rest.ends_with(" cannot be serialized") => return None,
            Self::Unserializable | Self::UnserializableVariant => Translation::Unserializable,
        })
    }
}

fn one(error: ErrorDetail) -> Translation {
    Translation::Validation(error.into())
}

/// Returns FastAPI's error for a body that is not read because of its content type.
fn of_content_type(kind: ErrorKind, expected: &'static str) -> Translation {
    let error = RequestValidationError::from(BareError::of(kind).at(Loc::from("body")));
    Translation::Validation(error.with_content_type(Some(ContentTypeMismatch::unknown(expected))))
}

impl From<Result<Vec<ErrorDetail>, DecoderLimit>> for Translation {
    fn from(result: Result<Vec<ErrorDetail>, DecoderLimit>) -> Self {
        match result {
            Ok(errors) => Self::Validation(errors.into_iter().collect()),
            Err(limit) => Self::Limit(limit),
        }
    }
}

/// Translates a message with the path of the value: `tags[1].name: invalid type: …`.
fn json_data(text: &str) -> Translation {
    let (path, message) = Path::split(text);
    let body = Loc::from("body");
    if let Some(errors) = serde_message::field_errors(&body, &path, message) {
        return Translation::Validation(errors.into_iter().collect());
    }
    // serde buffers flattened, tagged and untagged content without them.
    if matches!(message, "i128 is not supported" | "u128 is not supported") {
        return Translation::Bug;
    }
    let mut error = serde_message::error(message);
    // A key was sent as a string, and of one that is not a boolean serde_json leaves out the first letter.
    if path.ends_with_unknown_key()
        && (error.input.as_str().is_none() || error.kind == ErrorKind::BoolParsing)
    {
        error.input = Value::Null;
    }
    one(error.at(path.without_unknown_key().within(&body)))
}

fn invalid_json(error: JsonError) -> Translation {
    let body = Loc::from("body");
    match error {
        JsonError::Empty => one(BareError::of(ErrorKind::Missing).at(body)),
        JsonError::Undecodable => unreadable(),
        JsonError::Invalid { error, offset } => {
            let loc = offset.into_iter().fold(body, Loc::index);
            let input = Value::Object(Map::new());
            one(ErrorDetail::of(ErrorKind::JsonInvalid { error }, loc, input))
        }
        JsonError::Value { path, error } => one(error.at(path.within(&body))),
    }
}

fn header(name: &str) -> Option<Loc> {
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'`');
    is_name.then(|| Loc::from("header").key(name.to_ascii_lowercase()))
}

fn unreadable() -> Translation {
    bad_request("There was an error parsing the body")
}

fn bad_request(detail: &str) -> Translation {
    Translation::Http(HttpException::bad_request().with_detail(detail))
}
