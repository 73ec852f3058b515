//! A form in, a form out.

use std::sync::Arc;

use axum::{
    body::Bytes,
    extract::{FromRequest, OptionalFromRequest, Request},
    http::{HeaderValue, Method, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    body::{Body, Seen},
    multipart,
    texts::{self, About, LAST, Pair, Source, document_of},
};
use crate::{
    Value,
    exception::{Exception, HttpException},
    explain::{Explain, Names},
    json::{Layout, Repeated, TextRules},
    loc::Loc,
};

/// A form: `application/x-www-form-urlencoded` or `multipart/form-data` as extractor, the former as response.
///
/// ```
/// use axum::{Router, routing::post};
/// use axum_exception::{ErrorHandlingLayer, extract::Form};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Login { username: String, age: Option<u32> }
///
/// async fn login(Form(login): Form<Login>) -> String {
///     login.username
/// }
///
/// let app: Router = Router::new().route("/login", post(login)).layer(ErrorHandlingLayer::new());
/// ```
///
/// It fails, as FastAPI does:
///
/// - with 422 and all the mistakes, each at `["body", name]`. A name that comes several times is a list
///   where the type wants one; else the last one counts. An empty text counts as missing where a field
///   wants one text; [`Explain::empty_is_missing`] turns that off. A body of another content type has no fields.
/// - with 400, if there are more than 1,000 fields, or one of more than 1 MiB, or if a multipart form cannot
///   be read. Files in one are left out. Multipart forms take the feature `multipart`; without it they have no
///   fields.
/// - with 413, if the body is larger than axum's [`DefaultBodyLimit`](axum::extract::DefaultBodyLimit).
///
/// With GET and HEAD it reads the query string, as axum's `Form` does, and mistakes are in `query`.
///
/// `Option<Form<T>>` is `None` for a body without fields.
///
/// See [FastAPI: Form Data](https://fastapi.tiangolo.com/tutorial/request-forms/).
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<T>(pub T);

/// A form as it was received.
struct Received {
    fields: Encoded,
    is_query: bool,
    about: About,
}

/// The fields of a form.
#[derive(Clone)]
pub(super) enum Encoded {
    /// As they were sent, encoded like a query string.
    Urlencoded(Bytes),
    Multipart(Arc<[(String, String)]>),
}

impl Encoded {
    fn is_empty(&self) -> bool {
        match self {
            Self::Urlencoded(bytes) => bytes.is_empty(),
            Self::Multipart(fields) => fields.is_empty(),
        }
    }

    /// Starlette says of a form that it cannot read what is wrong with it.
    fn fields(&self) -> Result<Vec<Pair<'_>>, Exception> {
        match self {
            Self::Urlencoded(bytes) => urlencoded(bytes).map_err(refused),
            Self::Multipart(fields) => {
                Ok(fields.iter().map(|(name, text)| (name.as_str().into(), text.as_str().into())).collect())
            }
        }
    }

    /// All fields, whatever type they are for.
    pub(super) fn document(&self) -> Option<Value> {
        let fields = self.fields().ok()?;
        Some(document_of(&fields, LAST))
    }
}

impl Received {
    async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Self, Exception> {
        let (parts, body) = request.into_parts();
        let about = About::of(&parts);
        if parts.method == Method::GET || parts.method == Method::HEAD {
            let query = parts.uri.query().unwrap_or_default();
            let fields = Encoded::Urlencoded(Bytes::copy_from_slice(query.as_bytes()));
            return Ok(Self { fields, is_query: true, about });
        }
        let content_type = parts.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        let is_urlencoded = is_a(content_type, "application/x-www-form-urlencoded");
        let multipart =
            (multipart::IS_READ && is_a(content_type, "multipart/form-data")).then(|| parts.clone());
        let seen: Option<Seen> = parts.extensions.get().cloned();
        let bytes = Bytes::from_request(Request::from_parts(parts, body), state).await?;
        let fields = match multipart {
            Some(parts) => Encoded::Multipart(multipart::fields(parts, bytes).await.map_err(refused)?.into()),
            None if is_urlencoded => Encoded::Urlencoded(bytes),
            None => Encoded::Urlencoded(Bytes::new()),
        };
        if let Some(seen) = seen {
            seen.set(Body::Form(fields.clone()));
        }
        Ok(Self { fields, is_query: false, about })
    }

    fn value<T: DeserializeOwned>(self) -> Result<T, Exception> {
        let empty_is_missing = self.about.explain.as_ref().is_none_or(Explain::takes_empty_for_missing);
        let pairs = self.fields.fields()?;
        texts::read(pairs, |pairs| Source {
            root: Loc::from(if self.is_query { "query" } else { "body" }),
            pairs,
            rules: TextRules { repeated: Repeated::Last, empty_is_missing },
            layout: Layout::Named,
            names: Names::Own,
            is_body: !self.is_query,
            about: self.about,
        })
    }
}

/// The fields of a form, within Starlette's limits.
fn urlencoded(bytes: &[u8]) -> Result<Vec<Pair<'_>>, &'static str> {
    const MOST: usize = 1000;
    const LARGEST: usize = 1024 * 1024;
    let pairs: Vec<Pair<'_>> = form_urlencoded::parse(bytes).take(MOST + 1).collect();
    if pairs.len() > MOST {
        Err("Too many fields. Maximum number of fields is 1000.")
    } else if pairs.iter().any(|(_, text)| text.len() > LARGEST) {
        Err("Field exceeded maximum size of 1024KB.")
    } else {
        Ok(pairs)
    }
}

fn refused(reason: &'static str) -> Exception {
    HttpException::bad_request().detail(reason).into()
}

fn is_a(content_type: &[u8], essence: &str) -> bool {
    let found = content_type.split(|&byte| byte == b';').next().unwrap_or_default();
    found.trim_ascii().eq_ignore_ascii_case(essence.as_bytes())
}

impl<T, S> FromRequest<S> for Form<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request(request: Request, state: &S) -> Result<Self, Exception> {
        Received::read(request, state).await?.value().map(Self)
    }
}

impl<T, S> OptionalFromRequest<S> for Form<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Exception> {
        let received = Received::read(request, state).await?;
        if received.fields.is_empty() { Ok(None) } else { received.value().map(|value| Some(Self(value))) }
    }
}

/// `application/x-www-form-urlencoded`. A value that is no list of names and texts is an unhandled error.
impl<T> IntoResponse for Form<T>
where
    T: Serialize,
{
    fn into_response(self) -> Response {
        match axum::Form(self.0).into_response() {
            // axum answers with the text of serde's error.
            failed if failed.status() == StatusCode::INTERNAL_SERVER_ERROR => {
                Exception::new("a form could not be serialized").into_response()
            }
            response => response,
        }
    }
}
