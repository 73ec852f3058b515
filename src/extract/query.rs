//! The query string.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts},
    http::{Uri, request::Parts},
};
use serde::de::DeserializeOwned;

use super::{
    refusal::About,
    texts::{self, LAST, Source},
};
use crate::{
    exception::Exception,
    explain::Names,
    json::Layout,
    report::Loc,
    rules::{NoRules, Validator},
};

/// The query string, as a struct, a map or a list of pairs.
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
/// It fails with 422 and all the mistakes, each at `["query", name]`. A name that comes several times is a
/// list where the type wants one; else the last one counts. `?name=` is an empty text. Bytes that are no
/// UTF-8 become U+FFFD.
///
/// `Option<Query<T>>` is `None` where there is no query string.
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
    /// As the extractor, but the endpoint is not known.
    pub fn try_from_uri(uri: &Uri) -> Result<Self, Exception> {
        read::<T, NoRules>(uri, About::default).map(Self)
    }

    pub(crate) fn extract_with<V: Validator<T>>(parts: &Parts) -> Result<Self, Exception> {
        read::<T, V>(&parts.uri, || About::of_parts(parts)).map(Self)
    }

    pub(crate) fn extract_optional_with<V: Validator<T>>(parts: &Parts) -> Result<Option<Self>, Exception> {
        parts.uri.query().map(|_| Self::extract_with::<V>(parts)).transpose()
    }
}

fn read<T, V>(uri: &Uri, about: impl FnOnce() -> About) -> Result<T, Exception>
where
    T: DeserializeOwned,
    V: Validator<T>,
{
    let pairs = form_urlencoded::parse(uri.query().unwrap_or_default().as_bytes()).collect();
    texts::read::<T, V>(pairs, |pairs| Source {
        root: Loc::from("query"),
        pairs,
        rules: LAST,
        layout: Layout::Named,
        names: Names::Own,
        is_body: false,
        about: about(),
    })
}

impl<T, S> FromRequestParts<S> for Query<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Exception> {
        Self::extract_with::<NoRules>(parts)
    }
}

impl<T, S> OptionalFromRequestParts<S> for Query<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Option<Self>, Exception> {
        Self::extract_optional_with::<NoRules>(parts)
    }
}
