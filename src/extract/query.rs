//! The query string.

use axum::http::{Uri, request::Parts};
use serde::de::DeserializeOwned;

use super::{
    extractor_context::ExtractorContext,
    fast_path::Pair,
    strings::{self, StringSource},
};
use crate::{
    exception::Exception,
    explain::RootType,
    rules::{NoRules, Validator},
};

/// Extracts the query string into a struct, a map or a list of pairs.
///
/// ```
/// use axum::{Router, routing::get};
/// use axum_exception::{ErrorHandlingLayer, extract::Query};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Page { limit: u32, #[serde(default)] tags: Vec<String> }
///
/// async fn items(Query(page): Query<Page>) -> String {
///     format!("{} of {:?}", page.limit, page.tags)
/// }
///
/// let app: Router = Router::new().route("/items", get(items)).layer(ErrorHandlingLayer::new());
/// ```
///
/// # Errors
///
/// It fails as FastAPI does:
///
/// - 422 with every error, if the query string does not match `T`. The `loc` of each error is `["query", name]`. The `input`
///   of a missing field is an object of everything in the query string, or `null` with [`Params`](super::Params).
///
/// # Values
///
/// - A repeated name is a list if the field is a list. Otherwise the last value counts.
/// - `?name=` is an empty string.
/// - Bytes that are not UTF-8 become U+FFFD.
/// - `Option<Query<T>>` is `None` if none of the fields of `T` was sent. For a type whose fields serde does not list, such as
///   a map, it is `None` if the query string is empty.
///
/// See [FastAPI: Query Parameters](https://fastapi.tiangolo.com/tutorial/query-params/).
#[derive(Clone, Copy, Debug, Default)]
pub struct Query<T>(pub T);

impl<T> Query<T>
where
    T: DeserializeOwned,
{
    /// Reads the query string of a URI.
    ///
    /// # Errors
    ///
    /// Fails like the extractor, but without an endpoint.
    pub fn try_from_uri(uri: &Uri) -> Result<Self, Exception> {
        let value =
            strings::read::<T, NoRules>(pairs(uri), |pairs| source(pairs, ExtractorContext::default()));
        value.map(Self)
    }

    pub(crate) fn extract_with<V: Validator<T>>(parts: &Parts) -> Result<Self, Exception> {
        Self::read::<V>(pairs(&parts.uri), parts)
    }

    pub(crate) fn extract_optional_with<V: Validator<T>>(parts: &Parts) -> Result<Option<Self>, Exception> {
        let pairs = pairs(&parts.uri);
        if !strings::has_field(&pairs, RootType::of::<T>().shape) {
            return Ok(None);
        }
        Self::read::<V>(pairs, parts).map(Some)
    }

    fn read<V: Validator<T>>(pairs: Vec<Pair<'_>>, parts: &Parts) -> Result<Self, Exception> {
        let value = strings::read::<T, V>(pairs, |pairs| source(pairs, ExtractorContext::of_parts(parts)));
        value.map(Self)
    }
}

fn pairs(uri: &Uri) -> Vec<Pair<'_>> {
    form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).collect()
}

fn source(pairs: Vec<Pair<'_>>, context: ExtractorContext) -> StringSource<'_> {
    StringSource { is_model: true, ..StringSource::named("query", pairs, context) }
}
