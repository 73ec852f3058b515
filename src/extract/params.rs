//! Types whose fields are parameters of their own.

use super::newtype::impl_wrapper;
use crate::explain::PARAMS;

/// Reads each field of a struct as a parameter of its own, instead of the struct as a model.
///
/// FastAPI distinguishes the two, and so do its errors. This is FastAPI's
/// `def update_item(item: Item, user: User, importance: int = Body())`:
///
/// ```
/// use axum::{Router, routing::put};
/// use axum_exception::{ErrorHandlingLayer, extract::{Json, Params}};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Item { name: String }
///
/// #[derive(Deserialize)]
/// struct User { username: String }
///
/// #[derive(Deserialize)]
/// struct Body { item: Item, user: User, importance: i64 }
///
/// async fn update_item(Json(Params(body)): Json<Params<Body>>) -> String {
///     format!("{} {} {}", body.item.name, body.user.username, body.importance)
/// }
///
/// let app: Router = Router::new().route("/items", put(update_item)).layer(ErrorHandlingLayer::new());
/// ```
///
/// A struct with one field is FastAPI's `item: Item = Body(embed=True)`.
///
/// # Errors
///
/// | request | a model, such as `Json<Body>` | parameters, such as `Json<Params<Body>>` |
/// | --- | --- | --- |
/// | JSON without `item` | `missing` at `["body", "item"]`, its `input` is the body | the same error, its `input` is `null` |
/// | no body | `missing` at `["body"]` | `missing` for each required field |
/// | `null` | `model_attributes_type` at `["body"]` | `missing` for each field |
/// | a list, a string or a number | `model_attributes_type` at `["body"]` | `missing` for each field |
///
/// If the body is not an object, an alias of a field is reported as well, because serde does not distinguish an alias from a
/// field. If the struct has a flattened part, its fields are not known, and the error is `model_attributes_type`.
///
/// `Valid<Json<Params<T>>>` checks the [`Rules`](trait@crate::rules::Rules) of the fields as well.
///
/// With [`Query`](super::Query) and [`Form`](super::Form) only the `input` of a missing field differs: of a model it is an
/// object of everything that was sent, of parameters it is `null`. In other extractors it has no effect: there
/// the `input` of a missing field is `null` anyway, unless the app turns
/// [`Explain::echo_headers`](crate::explain::Explain::echo_headers) on.
///
/// See [FastAPI: Body - Multiple Parameters](https://fastapi.tiangolo.com/tutorial/body-multiple-params/).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Params<T>(pub T);

impl_wrapper!(Params: PARAMS);
