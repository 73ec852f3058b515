//! An error that specifies an HTTP response.

use std::{borrow::Cow, error::Error, fmt};

use axum::{
    BoxError,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE},
};
use serde::Serialize;

use super::{
    CloseCode, DefaultClose, DefaultResponse, Exception, built_in::BuiltInException, mirror::Mirrored,
};
use crate::value::Value;

/// An error with the status, the detail and the headers of its response: FastAPI's `HTTPException`.
///
/// The default response has the status of the exception, `{"detail": …}` as its body, and the headers of the
/// exception. With a status that allows no body (204, 205, 304) it has none.
///
/// Some exceptions cannot be sent:
///
/// * the status is outside 200–599,
/// * the name of a header is invalid, or its value has characters outside Latin-1,
/// * the detail does not serialize, or contains `NaN` or an infinity.
///
/// These are bugs in the app, not errors of the client. The response is then a plain 500, and the log says
/// why.
///
/// While a WebSocket is open, the exception closes it: with 1008 if the status is 4xx, else with 1011. A
/// detail that is a string becomes the reason.
///
/// ```
/// use axum_exception::HttpException;
///
/// let exception = HttpException::new(404).with_detail("Item not found").with_header("x-error", "no such item");
/// assert_eq!(exception.status(), 404);
/// assert_eq!(exception.to_string(), "404: Item not found");
/// ```
///
/// See [FastAPI: Handling Errors](https://fastapi.tiangolo.com/tutorial/handling-errors/#use-httpexception).
#[derive(Clone)]
pub struct HttpException {
    /// Boxed, because a `Result` should not be as large as a header map.
    pub(super) state: Mirrored<Box<Data>, Self>,
}

#[derive(Clone)]
pub(super) struct Data {
    status: StatusCode,
    detail: Value,
    /// `false` if the detail is the phrase of the status.
    has_detail: bool,
    code: Option<Cow<'static, str>>,
    headers: HeaderMap,
    source: Option<Exception>,
    /// The reason why it cannot be sent, as far as the builder methods have found one.
    misuse: Option<String>,
}

impl HttpException {
    /// Creates an exception with this status, and the status's phrase as its detail.
    ///
    /// The phrases are those of RFC 9110 and of CPython 3.13, so that the body is FastAPI's. Older versions of Python
    /// have other ones for 413, 414, 416 and 422. The detail of a status without a phrase is the empty string.
    ///
    /// ```
    /// use axum_exception::HttpException;
    ///
    /// assert_eq!(HttpException::new(404).detail().as_str(), Some("Not Found"));
    /// assert_eq!(HttpException::new(413).detail().as_str(), Some("Content Too Large"));
    /// assert_eq!(HttpException::new(499).detail().as_str(), Some(""));
    /// ```
    #[must_use]
    pub fn new(status: impl TryInto<StatusCode>) -> Self {
        let (status, misuse) = match status.try_into() {
            Ok(status) => (status, None),
            Err(_) => {
                (StatusCode::INTERNAL_SERVER_ERROR, Some("its status is not an HTTP status".to_owned()))
            }
        };
        let data = Data {
            status,
            detail: phrase(status).into(),
            has_detail: false,
            code: None,
            headers: HeaderMap::new(),
            source: None,
            misuse,
        };
        Self { state: Mirrored::new(Box::new(data)) }
    }

    /// Sets the detail, which may be anything that serializes.
    ///
    /// `None`, `()` and `null` set the phrase of the status.
    ///
    /// ```
    /// use axum_exception::{HttpException, Value};
    ///
    /// let detail = Value::from_iter([("code", 7)]);
    /// let exception = HttpException::conflict().with_detail(detail);
    /// assert_eq!(exception.to_string(), r#"409: {"code":7}"#);
    /// ```
    #[must_use]
    pub fn with_detail(mut self, detail: impl Serialize) -> Self {
        match Value::from_serialize(&detail) {
            Ok(Value::Null) => {
                self.state.detail = phrase(self.state.status).into();
                self.state.has_detail = false;
            }
            Ok(detail) => {
                self.state.detail = detail;
                self.state.has_detail = true;
            }
            Err(error) if allows_body(self.state.status) => {
                self.note_misuse(format!("its detail is not serializable: {error}"));
            }
            Err(_) => {}
        }
        self
    }

    /// Sets a code for programs, such as `item_not_found`.
    ///
    /// FastAPI's format does not show it. A [format](crate::format) of the app can.
    ///
    /// ```
    /// use axum_exception::HttpException;
    ///
    /// let exception = HttpException::not_found().with_code("item_not_found");
    /// assert_eq!(exception.code(), Some("item_not_found"));
    /// ```
    #[must_use]
    pub fn with_code(mut self, code: impl Into<Cow<'static, str>>) -> Self {
        self.state.code = Some(code.into());
        self
    }

    /// Adds a header. The value is sent in Latin-1, as Python sends it.
    ///
    /// A name may be added several times, except that `content-type` replaces `application/json` and any
    /// earlier one. `content-length` and `transfer-encoding` are not sent: only the server knows the length
    /// of the body.
    ///
    /// ```
    /// use axum_exception::HttpException;
    ///
    /// let exception = HttpException::service_unavailable().with_header("retry-after", 120);
    /// assert_eq!(exception.headers()["retry-after"], "120");
    /// let exception = HttpException::unauthorized().with_header("x-name", "café");
    /// assert_eq!(exception.headers()["x-name"].as_bytes(), b"caf\xe9");
    /// ```
    #[must_use]
    pub fn with_header<N, V>(mut self, name: N, value: V) -> Self
    where
        N: TryInto<HeaderName>,
        V: TryInto<HeaderValue>,
    {
        match (name.try_into(), value.try_into().ok().and_then(|value| utf8_to_latin_1(&value))) {
            (Ok(name), Some(value)) if name == CONTENT_TYPE => {
                self.state.headers.insert(name, value);
            }
            (Ok(name), Some(value)) => {
                self.state.headers.append(name, value);
            }
            (Ok(name), None) => self.note_misuse(format!("the value of its header `{name}` cannot be sent")),
            (Err(_), _) => self.note_misuse("the name of one of its headers cannot be sent".to_owned()),
        }
        self
    }

    /// Sets the cause, for the log and for handlers. It is never sent to the client.
    #[must_use]
    pub fn with_source(self, source: impl Into<BoxError>) -> Self {
        self.caused_by(Exception::new(source))
    }

    pub(crate) fn caused_by(mut self, source: Exception) -> Self {
        self.state.source = Some(source);
        self
    }

    /// Returns the exception that `origin` was mapped to: `origin` is its cause, or follows the cause that it has already.
    pub(crate) fn mapped_from(self, origin: Exception) -> Exception {
        match self.state.source {
            Some(_) => Exception::from(self).mapped_from(origin),
            None => self.caused_by(origin).into(),
        }
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.state.status
    }

    /// Returns the detail that was set, or the phrase of the status.
    #[must_use]
    pub fn detail(&self) -> &Value {
        &self.state.detail
    }

    /// Returns `true` if a detail was set, so that it is not the phrase of the status.
    pub(crate) fn has_detail(&self) -> bool {
        self.state.has_detail
    }

    /// Returns the code that was set.
    #[must_use]
    pub fn code(&self) -> Option<&str> {
        self.state.code.as_deref()
    }

    /// Returns the headers that were added.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.state.headers
    }

    /// Returns the cause that was set.
    ///
    /// Prefer it to [`Error::source`], which returns a copy of the exception itself so that the layer finds
    /// it behind `#[error(transparent)]`.
    ///
    /// ```
    /// use axum_exception::HttpException;
    ///
    /// let exception = HttpException::bad_gateway().with_source(std::io::Error::other("connection reset"));
    /// assert_eq!(exception.cause().unwrap().to_string(), "connection reset");
    /// ```
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn Error + 'static)> {
        self.origin().map(|origin| origin.as_error() as _)
    }

    /// Returns why the exception cannot be sent, which is a bug in the app.
    pub(crate) fn misuse(&self) -> Option<String> {
        let Data { status, misuse, .. } = &**self.state;
        if misuse.is_some() {
            return misuse.clone();
        }
        if !(200..600).contains(&status.as_u16()) {
            return Some(format!("{} cannot be the status of a response", status.as_u16()));
        }
        (allows_body(*status) && !self.detail().is_finite())
            .then(|| "its detail holds a number that JSON does not have".to_owned())
    }

    /// Notes why the exception cannot be sent; the first reason stays.
    fn note_misuse(&mut self, why: String) {
        self.state.misuse.get_or_insert(why);
    }
}

impl BuiltInException for HttpException {
    fn origin(&self) -> Option<&Exception> {
        self.state.source.as_ref()
    }

    fn default_response(&self) -> DefaultResponse<'_> {
        DefaultResponse::Http(self)
    }

    fn default_close(&self) -> DefaultClose<'_> {
        if self.misuse().is_some() {
            return DefaultClose::INTERNAL_ERROR;
        }
        let code = if self.status().is_client_error() {
            CloseCode::POLICY_VIOLATION
        } else {
            CloseCode::INTERNAL_ERROR
        };
        DefaultClose { code, reason: Cow::Borrowed(self.detail().as_str().unwrap_or_default()) }
    }
}

/// Returns `true` if a response with this status has a body (RFC 9110, §15, and as in FastAPI not with 205).
pub(crate) fn allows_body(status: StatusCode) -> bool {
    !status.is_informational()
        && !matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED)
}

/// Writes one constructor for each row.
macro_rules! by_name {
    ($($name:ident $status:ident $code:literal;)*) => {
        impl HttpException {
            $(
                #[doc = concat!("Creates an exception with status ", $code, ".")]
                #[must_use]
                pub fn $name() -> Self {
                    Self::new(StatusCode::$status)
                }
            )*
        }
    };
}

by_name! {
    bad_request BAD_REQUEST 400;
    unauthorized UNAUTHORIZED 401;
    payment_required PAYMENT_REQUIRED 402;
    forbidden FORBIDDEN 403;
    not_found NOT_FOUND 404;
    method_not_allowed METHOD_NOT_ALLOWED 405;
    not_acceptable NOT_ACCEPTABLE 406;
    request_timeout REQUEST_TIMEOUT 408;
    conflict CONFLICT 409;
    gone GONE 410;
    precondition_failed PRECONDITION_FAILED 412;
    content_too_large PAYLOAD_TOO_LARGE 413;
    unsupported_media_type UNSUPPORTED_MEDIA_TYPE 415;
    im_a_teapot IM_A_TEAPOT 418;
    unprocessable_content UNPROCESSABLE_ENTITY 422;
    unprocessable_entity UNPROCESSABLE_ENTITY 422;
    locked LOCKED 423;
    precondition_required PRECONDITION_REQUIRED 428;
    too_many_requests TOO_MANY_REQUESTS 429;
    internal_server_error INTERNAL_SERVER_ERROR 500;
    not_implemented NOT_IMPLEMENTED 501;
    bad_gateway BAD_GATEWAY 502;
    service_unavailable SERVICE_UNAVAILABLE 503;
    gateway_timeout GATEWAY_TIMEOUT 504;
}

/// Returns Python's phrase for a status, which differs from that of the crate `http` for four of them.
pub(crate) fn phrase(status: StatusCode) -> &'static str {
    match status.as_u16() {
        203 => "Non-Authoritative Information",
        413 => "Content Too Large",
        418 => "I'm a Teapot",
        422 => "Unprocessable Content",
        _ => status.canonical_reason().unwrap_or_default(),
    }
}

/// Returns the value in Latin-1 if it is UTF-8; `None` if it has characters outside Latin-1.
///
/// A value that was made of a string holds UTF-8, where Python sends Latin-1. Bytes that are not UTF-8 stay
/// as they are.
fn utf8_to_latin_1(value: &HeaderValue) -> Option<HeaderValue> {
    let Ok(string) = std::str::from_utf8(value.as_bytes()) else {
        return Some(value.clone());
    };
    if string.is_ascii() {
        return Some(value.clone());
    }
    let bytes: Option<Vec<u8>> = string.chars().map(|c| u8::try_from(c).ok()).collect();
    HeaderValue::from_bytes(&bytes?).ok()
}

impl From<StatusCode> for HttpException {
    fn from(status: StatusCode) -> Self {
        Self::new(status)
    }
}

/// Writes `404: Item not found`, with a detail that is not a string as JSON.
impl fmt::Display for HttpException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.state.status.as_u16();
        match self.detail() {
            Value::String(detail) => write!(f, "{code}: {detail}"),
            detail => write!(f, "{code}: {detail}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::phrase;

    /// All of `http.client.responses` of CPython 3.13, a code and its phrase per line.
    const PYTHON: &str = include_str!("python_phrases.txt");

    #[test]
    fn phrases_are_pythons() {
        let mut lines = PYTHON.lines();
        let mut next = lines.next();
        for code in 100..1000 {
            let ours = phrase(StatusCode::from_u16(code).unwrap());
            let theirs = match next.and_then(|line| line.strip_prefix(&format!("{code} "))) {
                Some(theirs) => {
                    next = lines.next();
                    theirs
                }
                None => "",
            };
            assert_eq!(ours, theirs, "{code}");
        }
        assert_eq!(next, None);
    }
}
