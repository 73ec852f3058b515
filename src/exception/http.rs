//! An error that is an HTTP answer.

use std::{error::Error, fmt};

use axum::{
    BoxError,
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE},
};
use serde::Serialize;

use super::{
    Exception,
    reflection::{Reflected, Reflection},
};
use crate::value::Value;

/// An error that says which HTTP answer it wants: FastAPI's `HTTPException`.
///
/// It is answered with its status, `{"detail": …}` and its headers. A status without a body (204, 205,
/// 304) is answered without one. What cannot be sent (a status outside 200–599, a header that is not
/// Latin-1, a detail that JSON has no words for) is a mistake of the program, not of the client: the
/// answer is a plain 500, and the log says why.
///
/// ```
/// use axum_exception::HttpException;
///
/// let exception = HttpException::new(404).with_detail("Item not found").with_header("x-error", "no such item");
/// assert_eq!(exception.to_string(), "404: Item not found");
/// ```
///
/// See [FastAPI: Handling Errors](https://fastapi.tiangolo.com/tutorial/handling-errors/).
#[derive(Clone)]
pub struct HttpException {
    /// Boxed: a `Result` should not be as large as a header map.
    data: Box<Data>,
    reflection: Reflection<Self>,
}

#[derive(Clone)]
struct Data {
    status: StatusCode,
    detail: Value,
    headers: HeaderMap,
    source: Option<Exception>,
    /// Why it cannot be answered as it stands.
    misuse: Option<String>,
}

impl HttpException {
    /// An exception with that status, and Python's phrase for it as its detail.
    ///
    /// The detail of a status without a phrase is the empty string.
    #[must_use]
    pub fn new(status: impl TryInto<StatusCode>) -> Self {
        let (status, misuse) = match status.try_into() {
            Ok(status) => (status, None),
            Err(_) => (StatusCode::INTERNAL_SERVER_ERROR, Some("its status is no HTTP status".to_owned())),
        };
        let detail = phrase(status).into();
        let data = Data { status, detail, headers: HeaderMap::new(), source: None, misuse };
        Self { data: Box::new(data), reflection: Reflection::default() }
    }

    /// Sets the detail. `None`, `()` and `null` stand for the phrase of the status.
    #[must_use]
    pub fn with_detail(mut self, detail: impl Serialize) -> Self {
        match Value::from_serialize(&detail) {
            Ok(Value::Null) => self.data.detail = phrase(self.data.status).into(),
            Ok(detail) => self.data.detail = detail,
            Err(error) if allows_body(self.data.status) => {
                self.misused(format!("its detail is not serializable: {error}"));
            }
            Err(_) => {}
        }
        self.reflection.reset();
        self
    }

    /// Adds a header. It is sent in Latin-1, as Python sends it.
    ///
    /// `content-type` replaces `application/json`. The server alone says how long the body is:
    /// `content-length` and `transfer-encoding` are left out.
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
        match (name.try_into(), value.try_into().ok().and_then(|value| latin_1(&value))) {
            (Ok(name), Some(value)) if name == CONTENT_TYPE => {
                self.data.headers.insert(name, value);
            }
            (Ok(name), Some(value)) => {
                self.data.headers.append(name, value);
            }
            (Ok(name), None) => self.misused(format!("the value of its header `{name}` cannot be sent")),
            (Err(_), _) => self.misused("the name of one of its headers cannot be sent".to_owned()),
        }
        self.reflection.reset();
        self
    }

    /// Sets the cause, for the log and for handlers. A client never sees it.
    #[must_use]
    pub fn with_source(self, source: impl Into<BoxError>) -> Self {
        self.caused_by(Exception::new(source))
    }

    pub(crate) fn caused_by(mut self, source: Exception) -> Self {
        self.data.source = Some(source);
        self.reflection.reset();
        self
    }

    /// Returns the status.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.data.status
    }

    /// Returns the detail that was set, or the phrase of the status.
    #[must_use]
    pub fn detail(&self) -> &Value {
        &self.data.detail
    }

    /// Returns the headers that were added.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.data.headers
    }

    /// What caused it.
    ///
    /// Prefer it to [`Error::source`], which answers with a copy of the exception itself, so that the
    /// layer finds it behind `#[error(transparent)]`.
    #[must_use]
    pub fn cause(&self) -> Option<&(dyn Error + 'static)> {
        self.origin()
    }

    /// Why it cannot be answered as it stands: a mistake of the program.
    pub(crate) fn misuse(&self) -> Option<String> {
        let Data { status, detail, misuse, .. } = &*self.data;
        if misuse.is_some() {
            return misuse.clone();
        }
        if !(200..600).contains(&status.as_u16()) {
            return Some(format!("{} cannot be the status of an answer", status.as_u16()));
        }
        (allows_body(*status) && !detail.is_finite())
            .then(|| "its detail holds a number that JSON does not have".to_owned())
    }

    fn misused(&mut self, why: String) {
        self.data.misuse.get_or_insert(why);
    }
}

/// Whether an answer with that status has a body (RFC 9110, §15; FastAPI counts 205 among them, too).
pub(crate) fn allows_body(status: StatusCode) -> bool {
    !status.is_informational()
        && !matches!(status, StatusCode::NO_CONTENT | StatusCode::RESET_CONTENT | StatusCode::NOT_MODIFIED)
}

/// One constructor a row.
macro_rules! by_name {
    ($($name:ident $status:ident $code:literal;)*) => {
        impl HttpException {
            $(
                #[doc = concat!("An exception with status ", $code, ".")]
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
    locked LOCKED 423;
    precondition_required PRECONDITION_REQUIRED 428;
    too_many_requests TOO_MANY_REQUESTS 429;
    internal_server_error INTERNAL_SERVER_ERROR 500;
    not_implemented NOT_IMPLEMENTED 501;
    bad_gateway BAD_GATEWAY 502;
    service_unavailable SERVICE_UNAVAILABLE 503;
    gateway_timeout GATEWAY_TIMEOUT 504;
}

/// What Python calls a status, which is `http`'s name but for six of them.
fn phrase(status: StatusCode) -> &'static str {
    match status.as_u16() {
        203 => "Non-Authoritative Information",
        413 => "Request Entity Too Large",
        414 => "Request-URI Too Long",
        416 => "Requested Range Not Satisfiable",
        418 => "I'm a Teapot",
        422 => "Unprocessable Entity",
        _ => status.canonical_reason().unwrap_or_default(),
    }
}

/// A header value made of text holds UTF-8, where Python sends Latin-1; `None` if that has no such text.
///
/// Bytes that are not UTF-8 were given as bytes, and stay.
fn latin_1(value: &HeaderValue) -> Option<HeaderValue> {
    let Ok(text) = std::str::from_utf8(value.as_bytes()) else {
        return Some(value.clone());
    };
    if text.is_ascii() {
        return Some(value.clone());
    }
    let bytes: Option<Vec<u8>> = text.chars().map(|c| u8::try_from(c).ok()).collect();
    HeaderValue::from_bytes(&bytes?).ok()
}

impl From<StatusCode> for HttpException {
    fn from(status: StatusCode) -> Self {
        Self::new(status)
    }
}

impl Reflected for HttpException {
    fn origin(&self) -> Option<&(dyn Error + 'static)> {
        self.data.source.as_ref().map(|source| source.as_error() as _)
    }
}

impl Error for HttpException {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        Some(self.reflection.of(self))
    }
}

impl fmt::Display for HttpException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = self.data.status.as_u16();
        match &self.data.detail {
            Value::String(detail) => write!(f, "{code}: {detail}"),
            detail => write!(f, "{code}: {detail}"),
        }
    }
}

impl fmt::Debug for HttpException {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HttpException")
            .field("status", &self.data.status)
            .field("detail", &self.data.detail)
            .field("headers", &self.data.headers)
            .field("source", &self.data.source)
            .finish()
    }
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::phrase;

    /// `http.client.responses` of CPython 3.11, whole, as it goes through a map from code to phrase.
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
