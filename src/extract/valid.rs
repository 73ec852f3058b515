//! Extractors whose values obey rules.

use axum::response::{IntoResponse, Response};
use serde::{Serialize, de::DeserializeOwned};

use super::Json;
use crate::{
    exception::{Exception, ResponseValidationError, Result},
    explain::Explain,
    rules::{Findings, OwnRules, Rules, Validator},
};

/// An extractor whose value obeys its [`Rules`], and a response that does.
///
/// It goes around an extractor of this crate:
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
/// `Valid<E>` fails as `E` does, and with 422 if a rule is broken. Mistakes of both kinds are in one list, in
/// the order of the fields:
///
/// ```json
/// {"detail": [
///     {"type": "string_too_short", "loc": ["body", "name"],
///      "msg": "String should have at least 3 characters", "input": "Oz", "ctx": {"min_length": 3}},
///     {"type": "float_parsing", "loc": ["body", "price"],
///      "msg": "Input should be a valid number, unable to parse string as a number", "input": "cheap"}]}
/// ```
///
/// Where a type is broken, a rule counts only if all it can depend on was sent: see
/// [`rules`](crate::rules#what-a-rule-may-see).
///
/// `Option<Valid<E>>` is `None` where `Option<E>` is.
///
/// It goes around one extractor, not around [`All`](super::All), and not inside `Json`. Where the compiler
/// only says that a function is no `Handler`, `#[axum::debug_handler]` says why: mostly `T` has no rules.
///
/// # As response
///
/// `Valid<Json<T>>` checks what leaves. If a rule is broken it raises a [`ResponseValidationError`], whose
/// `loc`s begin with `response`: the client sees a plain 500, the log says what is wrong. Without an
/// [`ErrorHandlingLayer`](crate::ErrorHandlingLayer) a status in front of it, `(StatusCode::CREATED, Valid(…))`, stays
/// although the body is that of the 500: axum gives it the last word.
///
/// See [FastAPI: Response Model](https://fastapi.tiangolo.com/tutorial/response-model/).
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct Valid<E>(pub E);

impl<T> Valid<Json<T>>
where
    T: DeserializeOwned + Rules,
{
    /// Reads a body that somebody else has received, as one whose content type is JSON.
    ///
    /// # Errors
    ///
    /// As the extractor, but it knows no limit, and no endpoint.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self> {
        Json::from_bytes_with::<OwnRules>(bytes).map(Self)
    }
}

/// Implements `Valid` around the extractors, with the rules of a validator.
macro_rules! valid_extractors {
    ($validator:ty: $($bound:tt)+) => {
        $crate::extract::valid::valid_extractors!(@bodies $validator: [$($bound)+] Json, Form);
        $crate::extract::valid::valid_extractors!(@sync $validator: [$($bound)+] Query, Header, Cookie);

        impl<T, S> ::axum::extract::FromRequestParts<S> for Valid<$crate::extract::Path<T>>
        where
            T: ::serde::de::DeserializeOwned + Send + $($bound)+,
            S: Send + Sync,
        {
            type Rejection = $crate::exception::Exception;

            async fn from_request_parts(
                parts: &mut ::axum::http::request::Parts,
                state: &S,
            ) -> $crate::exception::Result<Self> {
                $crate::extract::Path::extract_with::<$validator, S>(parts, state).await.map(Self)
            }
        }

        impl<T, S> ::axum::extract::OptionalFromRequestParts<S> for Valid<$crate::extract::Path<T>>
        where
            T: ::serde::de::DeserializeOwned + Send + 'static + $($bound)+,
            S: Send + Sync,
        {
            type Rejection = $crate::exception::Exception;

            async fn from_request_parts(
                parts: &mut ::axum::http::request::Parts,
                state: &S,
            ) -> $crate::exception::Result<Option<Self>> {
                let path = $crate::extract::Path::extract_optional_with::<$validator, S>(parts, state).await?;
                Ok(path.map(Self))
            }
        }

        impl<T, S> ::axum::extract::OptionalFromRequestParts<S> for Valid<$crate::extract::Query<T>>
        where
            T: ::serde::de::DeserializeOwned + $($bound)+,
            S: Send + Sync,
        {
            type Rejection = $crate::exception::Exception;

            async fn from_request_parts(
                parts: &mut ::axum::http::request::Parts,
                _: &S,
            ) -> $crate::exception::Result<Option<Self>> {
                Ok($crate::extract::Query::extract_optional_with::<$validator>(parts)?.map(Self))
            }
        }

        impl<T> ::axum::response::IntoResponse for Valid<$crate::extract::Json<T>>
        where
            T: ::serde::Serialize + $($bound)+,
        {
            fn into_response(self) -> ::axum::response::Response {
                $crate::extract::valid::respond::<T, $validator>(self.0)
            }
        }
    };
    (@bodies $validator:ty: [$($bound:tt)+] $extractor:ident $(, $rest:ident)*) => {
        impl<T, S> ::axum::extract::FromRequest<S> for Valid<$crate::extract::$extractor<T>>
        where
            T: ::serde::de::DeserializeOwned + $($bound)+,
            S: Send + Sync,
        {
            type Rejection = $crate::exception::Exception;

            async fn from_request(request: ::axum::extract::Request, state: &S) -> $crate::exception::Result<Self> {
                $crate::extract::$extractor::extract_with::<$validator, S>(request, state).await.map(Self)
            }
        }

        impl<T, S> ::axum::extract::OptionalFromRequest<S> for Valid<$crate::extract::$extractor<T>>
        where
            T: ::serde::de::DeserializeOwned + $($bound)+,
            S: Send + Sync,
        {
            type Rejection = $crate::exception::Exception;

            async fn from_request(
                request: ::axum::extract::Request,
                state: &S,
            ) -> $crate::exception::Result<Option<Self>> {
                let body = $crate::extract::$extractor::extract_optional_with::<$validator, S>(request, state).await?;
                Ok(body.map(Self))
            }
        }

        $crate::extract::valid::valid_extractors!(@bodies $validator: [$($bound)+] $($rest),*);
    };
    (@bodies $validator:ty: [$($bound:tt)+]) => {};
    (@sync $validator:ty: [$($bound:tt)+] $extractor:ident $(, $rest:ident)*) => {
        impl<T, S> ::axum::extract::FromRequestParts<S> for Valid<$crate::extract::$extractor<T>>
        where
            T: ::serde::de::DeserializeOwned + $($bound)+,
            S: Send + Sync,
        {
            type Rejection = $crate::exception::Exception;

            async fn from_request_parts(
                parts: &mut ::axum::http::request::Parts,
                _: &S,
            ) -> $crate::exception::Result<Self> {
                $crate::extract::$extractor::extract_with::<$validator>(parts).map(Self)
            }
        }

        $crate::extract::valid::valid_extractors!(@sync $validator: [$($bound)+] $($rest),*);
    };
    (@sync $validator:ty: [$($bound:tt)+]) => {};
}

pub(crate) use valid_extractors;

valid_extractors!(OwnRules: Rules);

/// Answers with a value, unless it breaks rules.
pub(crate) fn respond<T, V>(Json(value): Json<T>) -> Response
where
    T: Serialize,
    V: Validator<T>,
{
    if V::is_valid(&value) {
        return Json(value).into_response();
    }
    let found = V::check(&value, 1000);
    // Not generic, so compiled once for all `T`.
    fn refused(text: serde_json::Result<Vec<u8>>, found: Findings) -> Response {
        let text = match text {
            Ok(text) => text,
            Err(error) => return ResponseValidationError::unserializable(error).into_response(),
        };
        if let Some(reason) = found.misuse {
            return Exception::new(reason).into_response();
        }
        match Explain::new().at("response").broken(&text, found) {
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
    refused(serde_json::to_vec(&value), found)
}
