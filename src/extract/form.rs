//! A form in, a form out.

use axum::{
    body::Bytes,
    extract::{FromRequest, OptionalFromRequest, Request},
    http::{HeaderValue, Method, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    body::{Body, Seen},
    fields::Fields,
    multipart,
    refusal::About,
    texts::{self, Source},
};
use crate::{
    exception::Exception,
    explain::{Explain, Names},
    json::{Layout, Repeated, TextRules},
    report::Loc,
    rules::{NoRules, Validator},
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
    fields: Fields,
    is_query: bool,
    about: About,
}

impl Received {
    async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Self, Exception> {
        let (parts, body) = request.into_parts();
        let about = About::of(&parts.method, &parts.extensions);
        if parts.method == Method::GET || parts.method == Method::HEAD {
            let query = parts.uri.query().unwrap_or_default();
            let fields = Fields::Urlencoded(Bytes::copy_from_slice(query.as_bytes()));
            return Ok(Self { fields, is_query: true, about: About::of_parts(&parts) });
        }
        let content_type = parts.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        let is_urlencoded = is_a(content_type, "application/x-www-form-urlencoded");
        let multipart =
            (multipart::IS_READ && is_a(content_type, "multipart/form-data")).then(|| parts.clone());
        let seen: Option<Seen> = parts.extensions.get().cloned();
        let bytes = Bytes::from_request(Request::from_parts(parts, body), state).await?;
        let fields = match multipart {
            Some(parts) => Fields::multipart(parts, bytes).await?,
            None if is_urlencoded => Fields::Urlencoded(bytes),
            None => Fields::Urlencoded(Bytes::new()),
        };
        if let Some(seen) = seen {
            seen.set(Body::Form(fields.clone()));
        }
        Ok(Self { fields, is_query: false, about })
    }

    fn value<T, V>(self) -> Result<T, Exception>
    where
        T: DeserializeOwned,
        V: Validator<T>,
    {
        let empty_is_missing = self.about.explain.as_ref().is_none_or(Explain::accepts_empty_as_missing);
        let pairs = self.fields.pairs()?;
        texts::read::<T, V>(pairs, |pairs| Source {
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

fn is_a(content_type: &[u8], essence: &str) -> bool {
    let found = content_type.split(|&byte| byte == b';').next().unwrap_or_default();
    found.trim_ascii().eq_ignore_ascii_case(essence.as_bytes())
}

impl<T> Form<T>
where
    T: DeserializeOwned,
{
    pub(crate) async fn extract_with<V, S>(request: Request, state: &S) -> Result<Self, Exception>
    where
        V: Validator<T>,
        S: Send + Sync,
    {
        Received::read(request, state).await?.value::<T, V>().map(Self)
    }

    pub(crate) async fn extract_optional_with<V, S>(
        request: Request,
        state: &S,
    ) -> Result<Option<Self>, Exception>
    where
        V: Validator<T>,
        S: Send + Sync,
    {
        let received = Received::read(request, state).await?;
        if received.fields.is_empty() {
            return Ok(None);
        }
        received.value::<T, V>().map(|value| Some(Self(value)))
    }
}

impl<T, S> FromRequest<S> for Form<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request(request: Request, state: &S) -> Result<Self, Exception> {
        Self::extract_with::<NoRules, S>(request, state).await
    }
}

impl<T, S> OptionalFromRequest<S> for Form<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Exception> {
        Self::extract_optional_with::<NoRules, S>(request, state).await
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
