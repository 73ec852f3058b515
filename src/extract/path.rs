//! The parameters in the path.

use axum::{
    extract::{FromRequestParts, OptionalFromRequestParts, RawPathParams},
    http::request::Parts,
};
use serde::de::DeserializeOwned;

use super::texts::{About, LAST, Pair, Source};
use crate::{
    exception::Exception,
    explain::{Names, Shape},
    json::Layout,
    loc::Loc,
};

/// The parameters in the path: one value, a tuple, a struct or a map.
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
/// It fails with 422 and all the mistakes, each at `["path", name]`, whichever form the type has. A type
/// that wants another number of parameters than the route has is a mistake of the program: a plain 500.
///
/// `Option<Path<T>>` is `None` where the route has no parameters.
///
/// See [FastAPI: Path Parameters](https://fastapi.tiangolo.com/tutorial/path-params/).
#[derive(Clone, Copy, Debug, Default)]
pub struct Path<T>(pub T);

impl<T, S> FromRequestParts<S> for Path<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Exception> {
        let params = RawPathParams::from_request_parts(parts, state).await?;
        read(&params, About::of(parts)).map(Self)
    }
}

impl<T, S> OptionalFromRequestParts<S> for Path<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Exception> {
        let params = RawPathParams::from_request_parts(parts, state).await?;
        if params.iter().next().is_none() {
            return Ok(None);
        }
        read(&params, About::of(parts)).map(|value| Some(Self(value)))
    }
}

fn read<T: DeserializeOwned>(params: &RawPathParams, about: About) -> Result<T, Exception> {
    let pairs: Vec<Pair<'_>> = params.iter().map(|(name, text)| (name.into(), text.into())).collect();
    let (layout, names) = match Shape::of::<T>() {
        Shape::Struct(_) | Shape::Map => (Layout::Named, Names::Own),
        Shape::List | Shape::Tuple => {
            let names = pairs.iter().map(|(name, _)| name.clone().into_owned()).collect();
            (Layout::Listed, Names::Listed(names))
        }
        Shape::Other => (Layout::Single, Names::Own),
    };
    let mut root = Loc::from("path");
    if layout == Layout::Single {
        let [(name, _)] = pairs.as_slice() else {
            return Err(wrong_number(1, pairs.len()));
        };
        root = root.key(name.clone().into_owned());
    }
    Source { root, pairs, rules: LAST, layout, names, is_body: false, about }.read()
}

/// That a type and a route do not go together: nothing a client could mend.
fn wrong_number(expected: usize, got: usize) -> Exception {
    Exception::new(format!("Wrong number of path arguments for `Path`. Expected {expected} but got {got}"))
}
