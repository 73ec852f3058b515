//! Forms, as extractor and as response.

mod fields;
#[cfg(feature = "multipart")]
mod file_bytes;
mod forms;
mod limits;
#[cfg(feature = "multipart")]
mod multipart;
#[cfg(feature = "multipart")]
mod received;
mod received_form;
#[cfg(feature = "multipart")]
mod spool;
#[cfg(feature = "multipart")]
mod upload_file;

use axum::{
    extract::Request,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};

pub(super) use self::fields::Fields;
#[cfg(feature = "multipart")]
pub(super) use self::received::set_addresses;
use self::received_form::ReceivedForm;
#[cfg(feature = "multipart")]
pub use self::{
    file_bytes::FileBytes,
    upload_file::{FileReader, UploadFile},
};
pub use self::{forms::Forms, limits::FormLimits};
use crate::{exception::Exception, rules::Validator};

/// Extracts a form of the type `application/x-www-form-urlencoded` or `multipart/form-data`. As a response,
/// it sends the former.
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
/// # Errors
///
/// It fails as FastAPI does:
///
/// - 422 with every error, if the fields do not match `T`. The `loc` of each error is `["body", name]`. The `input` of a
///   missing field is an object of all fields that were sent, as in FastAPI. With [`Params`](super::Params) it is `null`: use
///   that for a form with a password.
/// - 400 if the form has more fields or larger ones than [`FormLimits`] allows, or if a multipart form is invalid.
/// - 413 if the body is larger than axum's [`DefaultBodyLimit`](axum::extract::DefaultBodyLimit), or a file larger than
///   [`FormLimits`] allows.
///
/// With GET and HEAD it reads the query string, as axum's `Form` does, and the `loc` of each error is
/// `["query", name]`.
///
/// # Values
///
/// - A repeated name is a list if the field is a list. Otherwise the last value counts.
/// - An empty string counts as missing, unless the field is a list.
///   [`Explain::empty_is_missing`](crate::explain::Explain::empty_is_missing) turns that off.
/// - A body with another content type has no fields.
/// - Multipart forms require the feature `multipart`. Without it they have no fields. With it, a field can be a file: an
///   `UploadFile` or `FileBytes`.
/// - `Option<Form<T>>` is `None` if none of the fields of `T` was sent. For a type whose fields serde does not list, such as a
///   map, it is `None` if the form is empty.
/// - An enum is read like an object, by its tag or as an untagged union. There, too, the type of a field says whether a name is a
///   list. Two members of a union that read one name differently are not told apart.
/// - [`Forms`] reads several models from one form.
///
/// See [FastAPI: Form Data](https://fastapi.tiangolo.com/tutorial/request-forms/).
///
/// # As response
///
/// It responds with `application/x-www-form-urlencoded`. A value that cannot be serialized is an unhandled
/// error: 500.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<T>(pub T);

impl<T> Form<T>
where
    T: DeserializeOwned,
{
    pub(crate) async fn extract_with<V, S>(request: Request, state: &S) -> Result<Self, Exception>
    where
        V: Validator<T>,
        S: Send + Sync,
    {
        let form = ReceivedForm::receive(request, state).await?;
        form.read_with(ReceivedForm::read::<T, V>).await?.map(Self)
    }

    pub(crate) async fn extract_optional_with<V, S>(
        request: Request,
        state: &S,
    ) -> Result<Option<Self>, Exception>
    where
        V: Validator<T>,
        S: Send + Sync,
    {
        let form = ReceivedForm::receive(request, state).await?;
        if form.has_fields_of::<T>()? {
            form.read_with(ReceivedForm::read::<T, V>).await?.map(|value| Some(Self(value)))
        } else {
            Ok(None)
        }
    }
}

impl<T> IntoResponse for Form<T>
where
    T: Serialize,
{
    fn into_response(self) -> Response {
        match axum::Form(self.0).into_response() {
            // axum's response has the message of serde's error.
            failed if failed.status() == StatusCode::INTERNAL_SERVER_ERROR => {
                Exception::new("a form could not be serialized").into_response()
            }
            response => response,
        }
    }
}
