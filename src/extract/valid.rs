//! Extractors and responses whose values have rules.

use axum::response::{IntoResponse, Response};
use serde::{Serialize, de::DeserializeOwned};

use super::{Json, Wrapped, impl_valid};
use crate::{
    exception::{Exception, ResponseValidationError, Result},
    explain::Explain,
    report::MAX_ERRORS,
    rules::{Findings, OwnRules, Rules, Validator},
};

/// Adds the [`Rules`](trait@Rules) of a type to an extractor of this crate or to a `Json` response.
///
/// ```
/// use axum::{Router, routing::put};
/// use axum_exception::{
///     ErrorHandlingLayer,
///     extract::{All, Json, Path, Valid},
///     rules::{Check, Rules},
/// };
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct ItemId(i64);
///
/// impl Rules for ItemId {
///     fn rules(&self, id: &mut Check<'_>) {
///         id.value(&self.0).ge(1);
///     }
/// }
///
/// #[derive(Deserialize)]
/// struct Item { name: String, price: f64 }
///
/// impl Rules for Item {
///     fn rules(&self, item: &mut Check<'_>) {
///         item.field("name", &self.name).min_length(3).max_length(50);
///         item.field("price", &self.price).gt(0.0);
///     }
/// }
///
/// async fn update_item(
///     All((Valid(Path(id)), Valid(Json(item)))): All<(Valid<Path<ItemId>>, Valid<Json<Item>>)>,
/// ) -> String {
///     format!("{} is {}", id.0, item.name)
/// }
///
/// let app: Router =
///     Router::new().route("/items/{item_id}", put(update_item)).layer(ErrorHandlingLayer::new());
/// ```
///
/// # As extractor
///
/// `Valid<E>` wraps [`Json`], [`Form`](super::Form), [`Path`](super::Path), [`Query`](super::Query),
/// [`Header`](super::Header) or [`Cookie`](super::Cookie). It fails as `E` does, and with 422 if a rule is broken. Type
/// errors and broken rules are in one list, in the order of the fields:
///
/// ```json
/// {"detail": [
///     {"type": "string_too_short", "loc": ["body", "name"],
///      "msg": "String should have at least 3 characters", "input": "Oz", "ctx": {"min_length": 3}},
///     {"type": "float_parsing", "loc": ["body", "price"],
///      "msg": "Input should be a valid number, unable to parse string as a number", "input": "cheap"}]}
/// ```
///
/// Beside a type error, a broken rule is reported only if the client sent everything that the rule can depend
/// on: see
/// [`rules`](crate::rules#rules-beside-type-errors).
///
/// `Option<Valid<E>>` is `None` if `Option<E>` is.
///
/// `Valid` cannot wrap [`All`](super::All), and cannot be inside `Json`. If `T` has no rules, or if the extractor is one of
/// axum's, the type `Valid<…>` itself does not compile.
///
/// See [FastAPI: Body - Fields](https://fastapi.tiangolo.com/tutorial/body-fields/).
///
/// # As response
///
/// `Valid<Json<T>>` validates outgoing data. If a rule is broken it raises a [`ResponseValidationError`]
/// whose `loc`s begin with `response`: the client gets a plain 500, and the log has the details. Without an
/// [`ErrorHandlingLayer`](crate::ErrorHandlingLayer), `(StatusCode::CREATED, Valid(…))` sends the body of the 500 with the
/// status 201, because in axum a status in a tuple overrides that of the response.
///
/// See [FastAPI: Response Model](https://fastapi.tiangolo.com/tutorial/response-model/).
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct Valid<E>(pub E)
where
    E: Wrapped<Value: HasRules>;

impl_valid!(Valid: HasRules, OwnRules: Rules);

/// A value that has [`Rules`](trait@Rules), or the models of `Forms`, which all have.
pub trait HasRules {}

impl<T> Valid<Json<T>>
where
    T: DeserializeOwned + Rules,
{
    /// Reads a JSON body that was received elsewhere, and checks its rules.
    ///
    /// # Errors
    ///
    /// Fails like the extractor for a body with a JSON content type, but without a size limit and without an
    /// endpoint.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        Json::from_bytes_with::<OwnRules>(bytes).map(Self)
    }
}

/// Returns the response with a value, or a plain 500 if the value breaks rules.
pub(crate) fn respond<T, V>(Json(value): Json<T>) -> Response
where
    T: Serialize,
    V: Validator<T>,
{
    if V::is_valid(&value) {
        return Json(value).into_response();
    }
    let findings = V::check(&value, MAX_ERRORS);
    invalid_response(serde_json::to_vec(&value), findings)
}

fn invalid_response(json: serde_json::Result<Vec<u8>>, findings: Findings) -> Response {
    let json = match json {
        Ok(json) => json,
        Err(error) => return ResponseValidationError::unserializable(error).into_response(),
    };
    if let Some(reason) = findings.misuse {
        return Exception::new(reason).into_response();
    }
    match Explain::new().at("response").broken(&json, findings) {
        Ok(report) => {
            let error = ResponseValidationError::new(report.errors());
            match report.document() {
                Some(body) => error.with_body(body),
                None => error,
            }
            .into_response()
        }
        Err(error) => {
            ResponseValidationError::unserializable(Exception::new(error.to_string())).into_response()
        }
    }
}
