//! Forms, as extractor and as response.

use axum::{
    body::Bytes,
    extract::{FromRequest, Request},
    http::{HeaderValue, Method, StatusCode, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use serde::{Serialize, de::DeserializeOwned};

use super::{
    body_cell::{BodyCell, BodyContent},
    content_type,
    extractor_context::ExtractorContext,
    fast_path::Pair,
    fields::Fields,
    multipart,
    strings::{self, StringSource},
};
use crate::{
    exception::Exception,
    explain::{Explain, RootType},
    json::{Repeated, StringRules},
    rules::Validator,
};

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
/// - 400 if the form has more than 1,000 fields, if a field is larger than 1 MiB, or if a multipart form is invalid.
/// - 413 if the body is larger than axum's [`DefaultBodyLimit`](axum::extract::DefaultBodyLimit).
///
/// With GET and HEAD it reads the query string, as axum's `Form` does, and the `loc` of each error is
/// `["query", name]`.
///
/// # Values
///
/// - A repeated name is a list if the field is a list. Otherwise the last value counts.
/// - An empty string counts as missing, unless the field is a list. [`Explain::empty_is_missing`] turns that off.
/// - A body with another content type has no fields.
/// - Multipart forms require the feature `multipart`. Without it they have no fields. Files are ignored.
/// - `Option<Form<T>>` is `None` if none of the fields of `T` was sent. For a type whose fields serde does not list, such as a
///   map, it is `None` if the form is empty.
///
/// See [FastAPI: Form Data](https://fastapi.tiangolo.com/tutorial/request-forms/).
///
/// # As response
///
/// It responds with `application/x-www-form-urlencoded`. A value that cannot be serialized is an unhandled
/// error: 500.
#[derive(Clone, Copy, Debug, Default)]
pub struct Form<T>(pub T);

/// A form with the context of its request.
struct ReceivedForm {
    fields: Fields,
    is_query: bool,
    context: ExtractorContext,
}

impl ReceivedForm {
    async fn receive<S: Send + Sync>(request: Request, state: &S) -> Result<Self, Exception> {
        let (parts, body) = request.into_parts();
        let context = ExtractorContext::new(&parts.method, &parts.extensions);
        if parts.method == Method::GET || parts.method == Method::HEAD {
            let query = parts.uri.query().unwrap_or_default();
            let fields = Fields::Urlencoded(Bytes::copy_from_slice(query.as_bytes()));
            return Ok(Self { fields, is_query: true, context: ExtractorContext::of_parts(&parts) });
        }
        let content_type = parts.headers.get(CONTENT_TYPE).map(HeaderValue::as_bytes).unwrap_or_default();
        let is_urlencoded = content_type::is_exactly(content_type, "application/x-www-form-urlencoded");
        let is_multipart =
            multipart::IS_SUPPORTED && content_type::is_exactly(content_type, "multipart/form-data");
        let multipart = is_multipart.then(|| parts.clone());
        let cell: Option<BodyCell> = parts.extensions.get().cloned();
        let bytes = Bytes::from_request(Request::from_parts(parts, body), state).await?;
        let fields = match multipart {
            Some(parts) => Fields::multipart(parts, bytes).await?,
            None if is_urlencoded => Fields::Urlencoded(bytes),
            None => Fields::Urlencoded(Bytes::new()),
        };
        if let Some(cell) = cell {
            cell.set(BodyContent::Form(fields.clone()));
        }
        Ok(Self { fields, is_query: false, context })
    }

    fn read<T, V>(self) -> Result<T, Exception>
    where
        T: DeserializeOwned,
        V: Validator<T>,
    {
        let Self { fields, is_query, context } = self;
        strings::read::<T, V>(fields.pairs()?, |pairs| source(pairs, is_query, context))
    }
}

fn source(pairs: Vec<Pair<'_>>, is_query: bool, context: ExtractorContext) -> StringSource<'_> {
    let empty_is_missing = context.explain.as_ref().is_none_or(Explain::accepts_empty_as_missing);
    StringSource {
        rules: StringRules { repeated: Repeated::Last, empty_is_missing },
        is_model: true,
        is_body: !is_query,
        ..StringSource::named(if is_query { "query" } else { "body" }, pairs, context)
    }
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
        ReceivedForm::receive(request, state).await?.read::<T, V>().map(Self)
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
        let is_sent = strings::has_field(&form.fields.pairs()?, RootType::of::<T>().shape);
        if is_sent { form.read::<T, V>().map(|value| Some(Self(value))) } else { Ok(None) }
    }
}

impl<T> IntoResponse for Form<T>
where
    T: Serialize,
{
    fn into_response(self) -> Response {
        match axum::Form(self.0).into_response() {
            // axum's response has the text of serde's error.
            failed if failed.status() == StatusCode::INTERNAL_SERVER_ERROR => {
                Exception::new("a form could not be serialized").into_response()
            }
            response => response,
        }
    }
}
