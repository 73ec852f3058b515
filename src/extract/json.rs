//! JSON bodies, as extractor and as response.

use axum::{
    extract::Request,
    http::{HeaderValue, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};

use super::raw_body::RawBody;
use crate::{
    exception::{Exception, ResponseValidationError},
    explain::{Guard, RootType, ValidPrefix, fast_path},
    rules::{NoRules, Validator},
};

/// Extracts a JSON body. As a response, it sends one.
///
/// To use it, change the import from `axum::Json`:
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
/// # Errors
///
/// It fails as FastAPI does:
///
/// - 422 with every error, if the body does not match `T` or is not JSON. The `loc` of each error begins with `body`.
/// - 422 with the error `missing`, if the body is empty.
/// - 422 if the content type is not JSON, because the body is then a string. A `T` that accepts a string gets 415 instead,
///   because a browser may send such a body to another site without asking it first. FastAPI accepts it, and so does
///   [`string_bodies`](crate::explain::Explain::string_bodies).
/// - 400 if the body's encoding is not UTF-8, UTF-16 or UTF-32, or if it is nested too deeply.
/// - 413 if the body is larger than axum's [`DefaultBodyLimit`](axum::extract::DefaultBodyLimit).
///
/// # Values
///
/// - A value that is valid by pydantic's lax rules is accepted: `"5"` for an integer.
/// - A list is not accepted for a struct, at any depth, unless
///   [`structs_from_lists`](crate::explain::Explain::structs_from_lists) allows it.
/// - `Option<Json<T>>` is `None` if there is no body. The document `null` is read as a `T`, so FastAPI's
///   `item: Item | None = None` is `Option<Json<Option<Item>>>`. See [optional values](crate::extract#optional-values).
/// - A valid body is read by `serde_json`. A float with more than 15 digits may differ in the last bit, unless the app
///   enables `serde_json`'s feature `float_roundtrip`.
///
/// To make it strict or to change its limits, put an [`Explain`](crate::explain::Explain) into the extensions
/// of the request:
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
/// It responds with `application/json`. A value that cannot be serialized is a [`ResponseValidationError`]:
/// the client gets a plain 500, and the log has the reason.
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct Json<T>(pub T);

impl<T> Json<T>
where
    T: DeserializeOwned,
{
    /// Reads a JSON body that was received elsewhere.
    ///
    /// # Errors
    ///
    /// Fails like the extractor for a body with a JSON content type, but without a size limit and without an
    /// endpoint.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, Exception> {
        Self::from_bytes_with::<NoRules>(bytes)
    }

    pub(super) fn from_bytes_with<V: Validator<T>>(bytes: &[u8]) -> Result<Self, Exception> {
        match fast_path(bytes, Guard::default()) {
            Ok(value) if V::is_valid(&value) => Ok(Self(value)),
            invalid => Self::explain::<V>(&RawBody::json(bytes), invalid.err().unwrap_or_default()),
        }
    }

    pub(crate) async fn extract_with<V, S>(request: Request, state: &S) -> Result<Self, Exception>
    where
        V: Validator<T>,
        S: Send + Sync,
    {
        Self::read::<V>(&RawBody::receive(request, state).await?)
    }

    pub(crate) async fn extract_optional_with<V, S>(
        request: Request,
        state: &S,
    ) -> Result<Option<Self>, Exception>
    where
        V: Validator<T>,
        S: Send + Sync,
    {
        let body = RawBody::receive(request, state).await?;
        if body.is_absent() { Ok(None) } else { Self::read::<V>(&body).map(Some) }
    }

    fn read<V: Validator<T>>(body: &RawBody) -> Result<Self, Exception> {
        if !body.is_json {
            return Self::explain::<V>(body, ValidPrefix::default());
        }
        match fast_path(body.bytes(), body.guard()) {
            Ok(value) if V::is_valid(&value) => Ok(Self(value)),
            invalid => Self::explain::<V>(body, invalid.err().unwrap_or_default()),
        }
    }

    /// Reads a body that the fast path could not read, or returns every error in it.
    fn explain<V: Validator<T>>(body: &RawBody, valid_prefix: ValidPrefix) -> Result<Self, Exception> {
        let root_type = RootType::of::<T>();
        let (document, explain) = body.document(root_type)?;
        match explain.json_with::<T, V>(&document, valid_prefix) {
            Ok(_) if !body.is_json && !root_type.is_params && !body.is_accepted_string() => {
                Err(body.unsupported())
            }
            Ok(value) => Ok(Self(value)),
            Err(error) => Err(body.invalid(error, root_type)),
        }
    }
}

impl<T> IntoResponse for Json<T>
where
    T: Serialize,
{
    fn into_response(self) -> Response {
        json_response(serde_json::to_vec(&self.0))
    }
}

fn json_response(json: Result<Vec<u8>, serde_json::Error>) -> Response {
    match json {
        Ok(json) => ([(CONTENT_TYPE, HeaderValue::from_static("application/json"))], json).into_response(),
        Err(error) => ResponseValidationError::unserializable(error).into_response(),
    }
}
