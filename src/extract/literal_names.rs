//! Types whose fields have exactly the names of their headers.

use super::newtype::impl_wrapper;
use crate::explain::LITERAL_NAMES;

/// Turns off the conversion of names for the [`Header`](super::Header)s of a type.
///
/// The field `x_token` is then the header `x_token`, not `x-token`. serde does not distinguish a name that was set with
/// `rename` from the name of the field, so wrap the type if one of its headers has an underscore. Give the other fields
/// the exact names of their headers:
///
/// ```
/// use axum::{Router, routing::get};
/// use axum_exception::{ErrorHandlingLayer, extract::{Header, LiteralNames}};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Common {
///     strange_header: Option<String>,
///     #[serde(rename = "user-agent")]
///     user_agent: Option<String>,
/// }
///
/// async fn items(Header(LiteralNames(common)): Header<LiteralNames<Common>>) -> String {
///     common.strange_header.unwrap_or_default()
/// }
///
/// let app: Router = Router::new().route("/items", get(items)).layer(ErrorHandlingLayer::new());
/// ```
///
/// The letters' case makes no difference. If serde does not list the fields of the type, because it has a flattened part
/// or is a map, the names are those of the headers in lower case.
///
/// In another extractor than `Header` it has no effect.
///
/// See [FastAPI: Automatic conversion](https://fastapi.tiangolo.com/tutorial/header-params/#automatic-conversion), where
/// it is `convert_underscores=False`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct LiteralNames<T>(pub T);

impl_wrapper!(LiteralNames: LITERAL_NAMES);
