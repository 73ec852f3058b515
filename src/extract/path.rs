//! The parameters in the path.

use axum::{
    extract::{
        self as native, FromRequestParts, MatchedPath, OptionalFromRequestParts, OriginalUri, RawPathParams,
        rejection::RawPathParamsRejection,
    },
    http::request::Parts,
};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;

use super::{
    refusal::About,
    texts::{LAST, Pair, Source},
};
use crate::{
    exception::{BuiltIn, Exception, RequestValidationError},
    explain::{Names, RootShape},
    json::Layout,
    report::Loc,
    rules::{NoRules, Validator},
};

/// The parameters in the path: one value, a tuple, a struct, a map, or a list of values or of pairs.
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
/// that wants other parameters than the route has is a mistake of the program: a plain 500.
/// Bytes that are no UTF-8 become U+FFFD.
///
/// `Option<Path<T>>` is `None` where the route has no parameters.
///
/// See [FastAPI: Path Parameters](https://fastapi.tiangolo.com/tutorial/path-params/).
#[derive(Clone, Copy, Debug, Default)]
pub struct Path<T>(pub T);

// axum's own `Path` is as fast as can be: it alone may borrow the parameters. What it takes, FastAPI takes.
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
                let params = Params::of(parts, state).await?;
                read::<T, V>(params.pairs(), parts).map(Self)
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
                let params = Params::of(parts, state).await?;
                read::<T, V>(params.pairs(), parts).map(|value| Some(Self(value)))
            }
        }
    }
}

impl<T, S> FromRequestParts<S> for Path<T>
where
    T: DeserializeOwned + Send,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Exception> {
        Self::extract_with::<NoRules, S>(parts, state).await
    }
}

impl<T, S> OptionalFromRequestParts<S> for Path<T>
where
    T: DeserializeOwned + Send + 'static,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Option<Self>, Exception> {
        Self::extract_optional_with::<NoRules, S>(parts, state).await
    }
}

/// The parameters, in the order of the route.
enum Params {
    Kept(RawPathParams),
    Replaced(Vec<(String, String)>),
}

impl Params {
    async fn of<S: Send + Sync>(parts: &mut Parts, state: &S) -> Result<Self, RawPathParamsRejection> {
        match RawPathParams::from_request_parts(parts, state).await {
            Ok(params) => Ok(Self::Kept(params)),
            Err(RawPathParamsRejection::InvalidUtf8InPathParam(refused)) => {
                replaced(parts, &refused.body_text()).map(Self::Replaced).ok_or(refused.into())
            }
            Err(rejection) => Err(rejection),
        }
    }

    /// Names and decoded texts.
    fn pairs(&self) -> Vec<Pair<'_>> {
        match self {
            Self::Kept(params) => params.iter().map(|(name, text)| (name.into(), text.into())).collect(),
            Self::Replaced(params) => {
                params.iter().map(|(name, text)| (name.as_str().into(), text.as_str().into())).collect()
            }
        }
    }
}

/// The same where a text is no UTF-8, so that axum has kept none of them: read again from the URL, if
/// there is no doubt that it is the one that was matched.
fn replaced(parts: &Parts, refused: &str) -> Option<Vec<(String, String)>> {
    let OriginalUri(sent) = parts.extensions.get()?;
    // Nested routers only take prefixes off. Whoever else rewrites URLs may have done so before the match.
    let path = sent.path().ends_with(parts.uri.path()).then(|| sent.path())?;
    let params = aligned(parts.extensions.get::<MatchedPath>()?.as_str(), path)?;
    let decoded = |text: &str| percent_decode_str(text).decode_utf8_lossy().into_owned();
    let (first, _) = params.iter().find(|(_, text)| percent_decode_str(text).decode_utf8().is_err())?;
    if refused != format!("Invalid UTF-8 in `{first}`") {
        return None;
    }
    Some(params.iter().map(|(name, text)| ((*name).to_owned(), decoded(text))).collect())
}

/// The parameters of a route, and where they stand in a path that matches it.
fn aligned<'r, 'p>(route: &'r str, path: &'p str) -> Option<Vec<(&'r str, &'p str)>> {
    // Braces that are meant as such.
    if route.contains("{{") || route.contains("}}") {
        return None;
    }
    let mut params = Vec::new();
    let mut rest = Some(path.strip_prefix('/')?);
    for expected in route.strip_prefix('/')?.split('/') {
        let there = rest?;
        let (segment, after) = match there.split_once('/') {
            Some((segment, after)) => (segment, Some(after)),
            None => (there, None),
        };
        rest = after;
        let Some((prefix, param)) = expected.split_once('{') else {
            if segment != expected {
                return None;
            }
            continue;
        };
        let name = param.strip_suffix('}')?;
        match name.strip_prefix('*') {
            Some(name) => {
                params.push((name, there.strip_prefix(prefix)?));
                rest = None;
            }
            None => params.push((name, segment.strip_prefix(prefix)?)),
        }
    }
    rest.is_none().then_some(params)
}

fn read<T, V>(pairs: Vec<Pair<'_>>, parts: &Parts) -> Result<T, Exception>
where
    T: DeserializeOwned,
    V: Validator<T>,
{
    let layout = match RootShape::of::<T>() {
        RootShape::Struct(_) | RootShape::Map | RootShape::Pairs => Layout::Named,
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
    let source =
        Source { root, pairs, rules: LAST, layout, names, is_body: false, about: About::of_parts(parts) };
    source.explain::<T, V>().map_err(|exception| {
        // Whatever path a client asks for, if the route matches, it has all its parameters.
        let mistakes = exception.built_in().and_then(BuiltIn::mistakes).into_iter();
        let mut absent =
            mistakes.flat_map(RequestValidationError::errors).filter(|error| error.kind() == "missing");
        match absent.next().map(|error| error.loc().clone()) {
            Some(loc) => Exception::new(format!("the route has no parameter for {loc}")),
            None => exception,
        }
    })
}

/// That a type and a route do not go together: nothing a client could mend.
fn wrong_number(expected: usize, got: usize) -> Exception {
    Exception::new(format!("Wrong number of path arguments for `Path`. Expected {expected} but got {got}"))
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn a_route_is_laid_over_its_path() {
        type Aligned = Option<&'static [(&'static str, &'static str)]>;
        let cases: &[(&str, &str, Aligned)] = &[
            ("/", "/", Some(&[])),
            ("/{a}", "/%ff", Some(&[("a", "%ff")])),
            ("/x/{a}/y/{b}", "/x/1/y/%ff", Some(&[("a", "1"), ("b", "%ff")])),
            ("/v{a}/{b}/", "/v1/%ff/", Some(&[("a", "1"), ("b", "%ff")])),
            ("/{a}/{*rest}", "/1/2/%ff/", Some(&[("a", "1"), ("rest", "2/%ff/")])),
            // What is no match, or may be none.
            ("/{a}", "/1/2", None),
            ("/{a}", "/1/", None),
            ("/{a}/", "/1", None),
            ("/{a}/{b}", "/1", None),
            ("/{a}/{*rest}", "/1", None),
            ("/x/{a}", "/%78/1", None),
            ("/v{a}", "/w1", None),
            ("/{{x}}/{a}", "/{x}/1", None),
            ("", "/", None),
            ("/", "", None),
        ];
        for (route, path, expected) in cases {
            assert_eq!(aligned(route, path).as_deref(), *expected, "{route} {path}");
        }
    }
}
