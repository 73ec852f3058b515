//! The parameters in the path.

use axum::{
    extract::{self as native, FromRequestParts, OptionalFromRequestParts},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

use super::{
    extractor_context::ExtractorContext, fast_path::Pair, path_params::PathParams, strings::StringSource,
};
use crate::{
    exception::{BuiltIn, Exception, RequestValidationError},
    explain::{Names, RootShape, RootType},
    json::Layout,
    report::Loc,
    rules::Validator,
};

/// Extracts the parameters in the path into one value, a tuple, a struct, a map, or a list of values or
/// pairs.
///
/// ```
/// use axum::{Router, routing::get};
/// use axum_exception::{ErrorHandlingLayer, extract::Path};
///
/// async fn item(Path((user_id, item_id)): Path<(u32, String)>) -> String {
///     format!("{item_id} of {user_id}")
/// }
///
/// let app: Router = Router::new()
///     .route("/users/{user_id}/items/{item_id}", get(item))
///     .layer(ErrorHandlingLayer::new());
/// ```
///
/// # Errors
///
/// It fails as FastAPI does:
///
/// - 422 with every error, if the parameters do not match `T`. The `loc` of each error is `["path", name]`, for every
///   form of `T`.
/// - 500 without details, if `T` expects other parameters than the route has. That is a bug in the app, and the log has the
///   reason.
///
/// # Values
///
/// - Bytes that are not UTF-8 become U+FFFD.
/// - `Option<Path<T>>` is `None` if the route has no parameters.
///
/// See [FastAPI: Path Parameters](https://fastapi.tiangolo.com/tutorial/path-params/).
#[derive(Clone, Copy, Debug, Default)]
pub struct Path<T>(pub T);

// axum's own `Path` reads valid parameters, because nothing else can borrow them. FastAPI accepts every value
// that it accepts.
impl<T> Path<T>
where
    T: DeserializeOwned + Send,
{
    pub(crate) async fn extract_with<V, S>(parts: &mut Parts, state: &S) -> Result<Self, Exception>
    where
        V: Validator<T>,
        S: Send + Sync,
    {
        match <native::Path<T> as FromRequestParts<S>>::from_request_parts(parts, state).await {
            Ok(native::Path(value)) if V::is_valid(&value) => Ok(Self(value)),
            _ => {
                let params = PathParams::of(parts, state).await?;
                explain::<T, V>(params.pairs(), parts).map(Self)
            }
        }
    }

    pub(crate) async fn extract_optional_with<V, S>(
        parts: &mut Parts,
        state: &S,
    ) -> Result<Option<Self>, Exception>
    where
        T: 'static,
        V: Validator<T>,
        S: Send + Sync,
    {
        match <native::Path<T> as OptionalFromRequestParts<S>>::from_request_parts(parts, state).await {
            Ok(None) => Ok(None),
            Ok(Some(native::Path(value))) if V::is_valid(&value) => Ok(Some(Self(value))),
            _ => {
                let params = PathParams::of(parts, state).await?;
                explain::<T, V>(params.pairs(), parts).map(|value| Some(Self(value)))
            }
        }
    }
}

/// Reads parameters that axum could not read, or returns every error in them.
fn explain<T, V>(pairs: Vec<Pair<'_>>, parts: &Parts) -> Result<T, Exception>
where
    T: DeserializeOwned,
    V: Validator<T>,
{
    source(pairs, parts, RootType::of::<T>().shape)?.explain::<T, V>().map_err(without_missing)
}

/// Returns the source of the parameters for a type with this shape.
///
/// # Errors
///
/// Returns an exception if the route has another number of parameters than the type.
fn source<'a>(pairs: Vec<Pair<'a>>, parts: &Parts, shape: RootShape) -> Result<StringSource<'a>, Exception> {
    let layout = match shape {
        RootShape::Struct(_) | RootShape::Flattened | RootShape::Map | RootShape::Pairs => Layout::Named,
        RootShape::Tuple(length) if length != pairs.len() => return Err(wrong_number(length, pairs.len())),
        RootShape::List | RootShape::Tuple(_) => Layout::Listed,
        RootShape::Other if pairs.len() != 1 => return Err(wrong_number(1, pairs.len())),
        RootShape::Other => Layout::Single,
    };
    let mut root = Loc::from("path");
    let mut names: Vec<String> = pairs.iter().map(|(name, _)| name.clone().into_owned()).collect();
    if layout == Layout::Single {
        root = names.pop().into_iter().fold(root, Loc::key);
    }
    let names = if layout == Layout::Listed { Names::Listed(names) } else { Names::Own };
    let source = StringSource::named("path", pairs, ExtractorContext::of_parts(parts));
    Ok(StringSource { root, layout, names, ..source })
}

/// Replaces the error for a missing parameter. A route that matches has all its parameters, so the type and
/// the route do not match, which the client cannot change.
fn without_missing(exception: Exception) -> Exception {
    let errors = exception.built_in().and_then(BuiltIn::validation_error).into_iter();
    let mut missing =
        errors.flat_map(RequestValidationError::errors).filter(|error| error.kind() == "missing");
    match missing.next().map(|error| error.loc().clone()) {
        Some(loc) => Exception::new(format!("the route has no parameter for {loc}")),
        None => exception,
    }
}

fn wrong_number(expected: usize, got: usize) -> Exception {
    Exception::new(format!("Wrong number of path arguments for `Path`. Expected {expected} but got {got}"))
}
