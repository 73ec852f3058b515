//! A body as it was received, and what is raised where it does not fit.

use std::sync::{Arc, OnceLock};

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::header::CONTENT_TYPE,
};

use super::{
    fields::Fields,
    header::trimmed,
    refusal::{About, Shown},
};
use crate::{
    exception::{Exception, HttpException},
    explain,
    json::{decode, echo},
    report::{ErrorDetail, Loc},
    value::Value,
};

/// A whole body, and what is to be known of its request when it is refused.
pub(super) struct Received {
    pub(super) bytes: Bytes,
    /// Whether its content type says that it is JSON.
    pub(super) is_json: bool,
    pub(super) about: About,
}

impl Received {
    /// A JSON body whose request is not known.
    pub(super) fn json(bytes: &[u8]) -> Self {
        Self { bytes: Bytes::copy_from_slice(bytes), is_json: true, about: About::default() }
    }

    /// Reads a body to its end, within the limit of the app.
    pub(super) async fn read<S>(request: Request, state: &S) -> Result<Self, Exception>
    where
        S: Send + Sync,
    {
        // First, because the request is gone afterwards. FastAPI looks at the content type last, too.
        let content_type = request.headers().get(CONTENT_TYPE);
        let is_json = content_type.is_some_and(|value| is_json(value.as_bytes()));
        let about = About::of(request.method(), request.extensions());
        let seen: Option<Seen> = request.extensions().get().cloned();
        let bytes = Bytes::from_request(request, state).await?;
        if let Some(seen) = seen {
            seen.set(if is_json { Body::Json(bytes.clone()) } else { Body::Text(bytes.clone()) });
        }
        Ok(Self { bytes, is_json, about })
    }

    /// Raises that there is no body.
    pub(super) fn missing(&self) -> Exception {
        self.about.raise(ErrorDetail::missing("body").into())
    }

    /// Raises what is wrong with the document.
    pub(super) fn explained(&self, error: explain::Error<'_>) -> Exception {
        match error {
            explain::Error::Unreadable(reason) => HttpException::bad_request()
                .with_detail("There was an error parsing the body")
                .with_source(reason)
                .into(),
            explain::Error::Report(report) => {
                self.about.refuse(report.into_owned(), Shown::Document(self.bytes.clone()))
            }
        }
    }
}

/// A place for the body of a request that is refused whatever its body is: handlers may show it.
#[derive(Clone, Default)]
pub(super) struct Seen(Arc<OnceLock<Body>>);

/// A body, by how it is read.
pub(super) enum Body {
    Json(Bytes),
    Text(Bytes),
    Form(Fields),
}

impl Seen {
    pub(super) fn set(&self, body: Body) {
        // There is only one body.
        let _ = self.0.set(body);
    }

    pub(super) fn value(&self) -> Option<Value> {
        match self.0.get()? {
            Body::Json(bytes) if bytes.is_empty() => None,
            Body::Json(bytes) => echo(&decode(bytes).ok()?).ok(),
            Body::Text(bytes) if bytes.is_empty() => None,
            Body::Text(bytes) => Some(String::from_utf8_lossy(bytes).into()),
            Body::Form(fields) => fields.document(),
        }
    }
}

/// Whether a content type is `application/json` or `application/…+json`, as Python's `email` reads it.
fn is_json(content_type: &[u8]) -> bool {
    let essence = trimmed(content_type.split(|byte| *byte == b';').next().unwrap_or_default());
    let mut parts = essence.split(|byte| *byte == b'/');
    let (Some(main), Some(sub), None) = (parts.next(), parts.next(), parts.next()) else {
        return false;
    };
    let suffix = sub.len().checked_sub(b"+json".len()).and_then(|at| sub.get(at..));
    main.eq_ignore_ascii_case(b"application")
        && (sub.eq_ignore_ascii_case(b"json")
            || suffix.is_some_and(|suffix| suffix.eq_ignore_ascii_case(b"+json")))
}

/// The loc of every mistake in a body.
pub(super) fn root() -> Loc {
    Loc::from("body")
}

#[cfg(test)]
mod tests {
    use super::is_json;

    /// Which of them FastAPI parses.
    #[test]
    fn content_types_are_read_as_fastapi_reads_them() {
        for json in [
            "application/json",
            "application/json; charset=utf-8",
            "application/json;charset=latin-1",
            "APPLICATION/JSON",
            "application/vnd.api+json",
            "application/problem+json",
            " application/json ",
            "application/+json",
            "application/JSON;foo",
        ] {
            assert!(is_json(json.as_bytes()), "{json}");
        }
        for other in [
            "",
            "application/geo+json-seq",
            "application/jsonp",
            "application/x-json",
            "text/json",
            "text/plain",
            "application/x-www-form-urlencoded",
            "multipart/form-data; boundary=x",
            "application/octet-stream",
            "json",
            "application",
            "application/",
            "/json",
            "application/json, text/plain",
            "application/json/x",
            "image/svg+json",
            "garbage;;;",
            "text/plain; application/json",
            "application /json",
            "application/json charset=utf-8",
        ] {
            assert!(!is_json(other.as_bytes()), "{other}");
        }
    }
}
