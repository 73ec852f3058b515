//! A JSON body in, a JSON body out.

use axum::{
    extract::{FromRequest, OptionalFromRequest, Request},
    http::{HeaderValue, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};

use super::body::{Received, root};
use crate::{
    exception::{Exception, ResponseValidationError},
    explain::{Explain, ValidPrefix, fast_path},
    json::decode,
    rules::{NoRules, Validator},
};

/// A JSON body, as extractor and as response.
///
/// It takes axum's place by a change of the import:
///
/// ```
/// use axum::{Router, routing::post};
/// use axum_exception::{ErrorHandlingLayer, extract::Json};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Deserialize, Serialize)]
/// struct Item { title: String, size: i32 }
///
/// async fn create_item(Json(item): Json<Item>) -> Json<Item> {
///     Json(item)
/// }
///
/// let app: Router =
///     Router::new().route("/items", post(create_item)).layer(ErrorHandlingLayer::new());
/// ```
///
/// # As extractor
///
/// It fails, as FastAPI does:
///
/// - with 422 and all the mistakes, if the body is not what `T` expects, or no JSON. Values that are right
///   by pydantic's lax rules are taken: `"5"` for an integer.
/// - with 422 and `missing`, if there is no body.
/// - with 422, if the content type is not JSON: the body is a text then, which only a `T` that takes a text
///   can be.
/// - with 400, if the body is a text in no known encoding, or nested too deep.
/// - with 413, if the body is larger than axum's [`DefaultBodyLimit`](axum::extract::DefaultBodyLimit).
///
/// `Option<Json<T>>` is `None` for an empty body and for `null`.
///
/// Where nothing is wrong it is `serde_json` that reads: a float with more than 15 digits may be one bit off, unless
/// the app turns on `serde_json`'s feature `float_roundtrip`, as the app does that is compared with FastAPI.
///
/// An [`Explain`] in the extensions of the request says how strict it is, and sets its limits:
///
/// ```
/// use axum::{Extension, Router, routing::post};
/// use axum_exception::{explain::Explain, extract::Json};
///
/// let app: Router = Router::new()
///     .route("/numbers", post(async |Json(numbers): Json<Vec<u32>>| numbers.len().to_string()))
///     .layer(Extension(Explain::new().strict(true).max_errors(10)));
/// ```
///
/// See [FastAPI: Request Body](https://fastapi.tiangolo.com/tutorial/body/).
///
/// # As response
///
/// `application/json`. A value that cannot be serialized is a [`ResponseValidationError`], which is answered
/// with a plain 500.
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct Json<T>(pub T);

impl<T> Json<T>
where
    T: DeserializeOwned,
{
    /// Reads a body that somebody else has received, as one whose content type is JSON.
    ///
    /// # Errors
    ///
    /// As the extractor, but it knows no limit, and no endpoint.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Exception> {
        Self::from_bytes_with::<NoRules>(bytes)
    }

    pub(super) fn from_bytes_with<V: Validator<T>>(bytes: &[u8]) -> Result<Self, Exception> {
        match fast_path(bytes, false) {
            Ok(value) if V::is_valid(&value) => Ok(Self(value)),
            refused => Self::again::<V>(&Received::json(bytes), refused.err().unwrap_or_default()),
        }
    }

    pub(crate) async fn extract_with<V, S>(request: Request, state: &S) -> Result<Self, Exception>
    where
        V: Validator<T>,
        S: Send + Sync,
    {
        Self::from_received::<V>(&Received::read(request, state).await?)
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
        let absent = received.bytes.is_empty() || received.is_json && is_null(&received.bytes);
        if absent { Ok(None) } else { Self::from_received::<V>(&received).map(Some) }
    }

    fn from_received<V: Validator<T>>(received: &Received) -> Result<Self, Exception> {
        let Received { bytes, is_json, about } = received;
        let strict = about.explain.as_ref().is_some_and(Explain::is_strict);
        if !is_json {
            return Self::again::<V>(received, ValidPrefix::default());
        }
        // All that a request without a mistake needs.
        match fast_path(bytes, strict) {
            Ok(value) if V::is_valid(&value) => Ok(Self(value)),
            refused => Self::again::<V>(received, refused.err().unwrap_or_default()),
        }
    }

    /// What could not be read at once: right by the lax rules, or explained.
    fn again<V: Validator<T>>(received: &Received, valid_prefix: ValidPrefix) -> Result<Self, Exception> {
        let Received { bytes, is_json, about } = received;
        if bytes.is_empty() {
            return Err(received.missing());
        }
        let text;
        let document = if *is_json {
            bytes.as_ref()
        } else {
            text = as_json_string(bytes);
            text.as_bytes()
        };
        let explain = about.explain.clone().unwrap_or_default().at(root());
        match explain.json_with::<T, V>(document, valid_prefix) {
            Ok(value) => Ok(Self(value)),
            Err(error) => Err(received.explained(error)),
        }
    }
}

/// A body that is no JSON is a text: the document that is nothing but this text.
fn as_json_string(bytes: &[u8]) -> String {
    crate::value::Value::from(String::from_utf8_lossy(bytes)).to_string()
}

impl<T, S> FromRequest<S> for Json<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request(request: Request, state: &S) -> Result<Self, Exception> {
        Self::extract_with::<NoRules, S>(request, state).await
    }
}

impl<T, S> OptionalFromRequest<S> for Json<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request(request: Request, state: &S) -> Result<Option<Self>, Exception> {
        Self::extract_optional_with::<NoRules, S>(request, state).await
    }
}

/// Whether a document is `null`, in whichever encoding.
fn is_null(bytes: &[u8]) -> bool {
    const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];
    // Without the bytes that may stand before the first letter, so that hardly anything else is decoded.
    let first = bytes.iter().find(|byte| byte.is_ascii_graphic());
    first == Some(&b'n') && decode(bytes).is_ok_and(|text| text.trim_matches(BLANKS) == "null")
}

impl<T> IntoResponse for Json<T>
where
    T: Serialize,
{
    fn into_response(self) -> Response {
        // Not generic, so compiled once for all `T`.
        fn response(text: Result<Vec<u8>, serde_json::Error>) -> Response {
            match text {
                Ok(text) => {
                    ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], text).into_response()
                }
                Err(error) => ResponseValidationError::unserializable(error).into_response(),
            }
        }
        response(serde_json::to_vec(&self.0))
    }
}
