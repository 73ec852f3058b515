//! The table of texts: what each rejection says, and what FastAPI says in its place.
//!
//! Each text is known together with its status. One that is not here is nobody's business.

use axum::http::{
    StatusCode,
    header::{ALLOW, CONNECTION, SEC_WEBSOCKET_VERSION, UPGRADE},
};

use super::{
    path,
    syntax::{self, Syntax},
    trail,
    words::{self, Finding},
};
use crate::{
    exception::{HttpException, RequestValidationError},
    report::{ErrorDetail, ErrorKind, Loc},
    value::Value,
};

/// What the text of a rejection means.
pub(super) enum Meaning {
    /// A mistake in the request that FastAPI would list.
    Validation(RequestValidationError),
    /// An answer of its own.
    Http(HttpException),
    /// A mistake of the program: nothing of it is for the client.
    Program,
}

pub(super) const PAYLOAD_TOO_LARGE: &str = "Request payload is too large";
const LENGTH_LIMIT: &str = "length limit exceeded";
pub(super) const HEADER_MISSING: &str = "Header of type `";
pub(super) const HEADER_INVALID: &str = "invalid HTTP header (";

/// How a text is told from others.
#[derive(Clone, Copy)]
enum Form {
    /// All of it.
    Whole(&'static str),
    /// It begins so, and the rest says more.
    Begins(&'static str),
}

/// Which rejection it is.
#[derive(Clone, Copy)]
enum Rejection {
    JsonContentType,
    JsonSyntax,
    JsonData,
    FormContentType,
    /// A string in the URL that does not fit: `Query`, or `Form` with GET.
    QueryData,
    FormData,
    PathData,
    RawPathData,
    /// The body is too large.
    TooLarge,
    /// The body cannot be read or decoded.
    Unreadable,
    MultipartBoundary,
    MultipartBroken,
    HeaderMissing,
    HeaderInvalid,
    HostMissing,
    /// FastAPI has no such answer: the text itself is the detail.
    AsItIs,
    /// The same, with the one method that would do.
    MethodNot(&'static str),
    /// The same, with the one version that would do (RFC 6455, §4.4).
    WebSocketVersion,
    /// WebSockets need an HTTP version that can be upgraded.
    NotUpgradable,
    Program,
    UnsupportedType,
}

use Form::{Begins, Whole};

/// axum, axum-extra and tower-http, text by text.
const TEXTS: &[(u16, Form, Rejection)] = &[
    (415, Whole("Expected request with `Content-Type: application/json`"), Rejection::JsonContentType),
    (400, Begins("Failed to parse the request body as JSON: "), Rejection::JsonSyntax),
    (422, Begins("Failed to deserialize the JSON body into the target type: "), Rejection::JsonData),
    (
        415,
        Whole("Form requests must have `Content-Type: application/x-www-form-urlencoded`"),
        Rejection::FormContentType,
    ),
    (400, Begins("Failed to deserialize query string: "), Rejection::QueryData),
    (400, Begins("Failed to deserialize form: "), Rejection::QueryData),
    (422, Begins("Failed to deserialize form body: "), Rejection::FormData),
    (400, Begins("Invalid URL: "), Rejection::PathData),
    (400, Begins("Invalid UTF-8 in `"), Rejection::RawPathData),
    (413, Whole("Failed to buffer the request body: length limit exceeded"), Rejection::TooLarge),
    (413, Whole(LENGTH_LIMIT), Rejection::TooLarge),
    (413, Whole(PAYLOAD_TOO_LARGE), Rejection::TooLarge),
    (400, Begins("Failed to buffer the request body: "), Rejection::Unreadable),
    (400, Begins("Request body didn't contain valid UTF-8: "), Rejection::Unreadable),
    (422, Begins("Failed to decode the body: "), Rejection::Unreadable),
    (400, Whole("Invalid `boundary` for `multipart/form-data` request"), Rejection::MultipartBoundary),
    (400, Begins("unknown field received: \""), Rejection::MultipartBroken),
    (400, Begins("field \""), Rejection::MultipartBroken),
    (400, Begins("failed to decode field's raw header "), Rejection::MultipartBroken),
    (400, Whole("failed to read headers"), Rejection::MultipartBroken),
    (400, Whole("failed to read field complete headers"), Rejection::MultipartBroken),
    (400, Whole("failed to decode Content-Type"), Rejection::MultipartBroken),
    (400, Whole("incomplete multipart stream"), Rejection::MultipartBroken),
    (400, Begins(HEADER_MISSING), Rejection::HeaderMissing),
    (400, Begins(HEADER_INVALID), Rejection::HeaderInvalid),
    (400, Whole("No host found in request"), Rejection::HostMissing),
    (400, Whole("No scheme found in request"), Rejection::AsItIs),
    (405, Whole("Request method must be `GET`"), Rejection::MethodNot("GET")),
    (405, Whole("Request method must be `CONNECT`"), Rejection::MethodNot("CONNECT")),
    (400, Whole("Connection header did not include 'upgrade'"), Rejection::AsItIs),
    (400, Whole("`Upgrade` header did not include 'websocket'"), Rejection::AsItIs),
    (400, Whole("`:protocol` pseudo-header did not include 'websocket'"), Rejection::AsItIs),
    (400, Whole("`Sec-WebSocket-Version` header did not include '13'"), Rejection::WebSocketVersion),
    (400, Whole("`Sec-WebSocket-Key` header missing"), Rejection::AsItIs),
    (
        426,
        Whole("WebSocket request couldn't be upgraded since no upgrade state was present"),
        Rejection::NotUpgradable,
    ),
    (500, Begins("Missing request extension: "), Rejection::Program),
    (500, Whole("No matched path found"), Rejection::Program),
    (500, Whole("The matched route is not nested"), Rejection::Program),
    (500, Whole("No paths parameters found for matched route"), Rejection::Program),
    (500, Begins("Wrong number of path arguments for `Path`. Expected "), Rejection::Program),
    (500, Begins("Unsupported type `"), Rejection::UnsupportedType),
    (500, Whole("Service panicked"), Rejection::Program),
];

/// Whether any text is known with that status.
pub(super) fn is_candidate(status: StatusCode) -> bool {
    matches!(status.as_u16(), 400 | 405 | 413 | 415 | 422 | 426 | 500)
}

/// The status a rejection with that text has.
pub(super) fn status(text: &str) -> Option<StatusCode> {
    let (status, ..) = TEXTS.iter().find(|(_, form, _)| form.rest_of(text).is_some())?;
    StatusCode::from_u16(*status).ok()
}

impl Form {
    /// What the text says behind what it is known by.
    fn rest_of(self, text: &str) -> Option<&str> {
        match self {
            Whole(whole) => (text == whole).then_some(""),
            Begins(beginning) => text.strip_prefix(beginning),
        }
    }
}

/// What a text means; `None` if it is not a rejection's.
pub(super) fn meaning(status: StatusCode, text: &str, route: Option<&str>) -> Option<Meaning> {
    TEXTS
        .iter()
        .filter(|(known, ..)| *known == status.as_u16())
        .find_map(|(_, form, rejection)| rejection.meaning(status, text, form.rest_of(text)?, route))
}

impl Rejection {
    fn meaning(self, status: StatusCode, text: &str, rest: &str, route: Option<&str>) -> Option<Meaning> {
        Some(match self {
            Self::JsonContentType => one(Finding::of(ErrorKind::ModelAttributesType), Loc::from("body")),
            Self::FormContentType => one(Finding::of(ErrorKind::Missing), Loc::from("body")),
            Self::JsonSyntax => return syntax::read(rest).map(json_syntax),
            Self::JsonData => located("body", syntax::without_position(rest)),
            Self::FormData => located("body", rest),
            Self::QueryData => located("query", rest),
            // Where there are no parameters, none can be wrong.
            Self::PathData | Self::RawPathData if route.is_some_and(|route| !route.contains('{')) => {
                return None;
            }
            Self::PathData => return path::read(rest, route).map(|(finding, loc)| one(finding, loc)),
            // `RawPathParams` says only this, and without the preface.
            Self::RawPathData => return path::read(text, route).map(|(finding, loc)| one(finding, loc)),
            Self::TooLarge => {
                Meaning::Http(HttpException::content_too_large().with_detail("Content Too Large"))
            }
            // With another status than axum's it is an app that has something to say of its own.
            Self::Unreadable if rest == LENGTH_LIMIT => return None,
            Self::Unreadable => unreadable(),
            Self::MultipartBoundary => bad_request("Missing boundary in multipart."),
            Self::MultipartBroken => {
                // `field "a" …` is too common a beginning to go by alone.
                let known = !text.starts_with("field ") || text.ends_with("\" received with incomplete data");
                return known.then(|| bad_request("Invalid multipart data."));
            }
            Self::HeaderMissing => {
                let name = rest.strip_suffix("` was missing")?;
                one(Finding::of(ErrorKind::Missing), header(name)?)
            }
            Self::HeaderInvalid => {
                let name = rest.strip_suffix(')')?;
                one(Finding::of(words::value_error("invalid HTTP header")), header(name)?)
            }
            Self::HostMissing => one(Finding::of(ErrorKind::Missing), Loc::from(["header", "host"])),
            Self::AsItIs => Meaning::Http(HttpException::new(status).with_detail(text)),
            Self::MethodNot(allowed) => {
                Meaning::Http(HttpException::new(status).with_detail(text).with_header(ALLOW, allowed))
            }
            Self::WebSocketVersion => Meaning::Http(
                HttpException::new(status).with_detail(text).with_header(SEC_WEBSOCKET_VERSION, 13),
            ),
            Self::NotUpgradable => Meaning::Http(
                HttpException::new(status)
                    .with_detail(text)
                    .with_header(CONNECTION, "upgrade")
                    .with_header(UPGRADE, "websocket"),
            ),
            // The name of a type is all that follows.
            Self::UnsupportedType if rest.find('`').is_none_or(|end| end + 1 < rest.len()) => return None,
            Self::Program | Self::UnsupportedType => Meaning::Program,
        })
    }
}

/// One mistake, there.
fn one(finding: Finding, loc: Loc) -> Meaning {
    let Finding { kind, input } = finding;
    Meaning::Validation(ErrorDetail::of(kind, loc, input).into())
}

/// The mistakes in a text of the form `tags[1].name: invalid type: …`.
fn located(source: &'static str, text: &str) -> Meaning {
    let (trail, message) = trail::split(text);
    Meaning::Validation(words::findings(&Loc::from(source), trail, message).into_iter().collect())
}

fn json_syntax(syntax: Syntax) -> Meaning {
    match syntax {
        Syntax::Empty => one(Finding::of(ErrorKind::Missing), Loc::from("body")),
        Syntax::Unreadable => unreadable(),
        Syntax::Invalid { error, offset } => {
            let loc = Loc::from("body");
            let loc = offset.into_iter().fold(loc, Loc::index);
            let input = Value::Object(crate::value::Map::new());
            one(Finding { kind: ErrorKind::JsonInvalid { error }, input }, loc)
        }
        Syntax::Data { trail, finding } => one(finding, trail::append(&Loc::from("body"), trail)),
    }
}

fn header(name: &str) -> Option<Loc> {
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'`');
    is_name.then(|| Loc::from("header").key(name.to_ascii_lowercase()))
}

fn unreadable() -> Meaning {
    bad_request("There was an error parsing the body")
}

fn bad_request(detail: &str) -> Meaning {
    Meaning::Http(HttpException::bad_request().with_detail(detail))
}
