//! Cookies.

use std::borrow::Cow;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header::COOKIE, request::Parts},
};
use serde::de::DeserializeOwned;

use super::{
    header::{latin_1, trimmed},
    refusal::About,
    texts::{self, LAST, Pair, Source},
};
use crate::{
    exception::Exception,
    explain::Names,
    json::Layout,
    report::Loc,
    rules::{NoRules, Validator},
};

/// Cookies of the request, as a struct.
///
/// ```
/// use axum::{Router, routing::get};
/// use axum_exception::{ErrorHandlingLayer, extract::Cookie};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Session { session_id: u32 }
///
/// async fn items(Cookie(session): Cookie<Session>) -> String {
///     session.session_id.to_string()
/// }
///
/// let app: Router = Router::new().route("/items", get(items)).layer(ErrorHandlingLayer::new());
/// ```
///
/// It fails with 422 and all the mistakes, each at `["cookie", name]`. Of several cookies of one name the
/// last one counts. Quotes are taken off, and what is escaped inside them is unescaped, as Python does it.
/// Other cookies than the one that is wrong are never echoed.
///
/// What may be missing is an `Option` in the struct; there is no `Option<Cookie<T>>`.
///
/// See [FastAPI: Cookie Parameters](https://fastapi.tiangolo.com/tutorial/cookie-params/).
#[derive(Clone, Copy, Debug, Default)]
pub struct Cookie<T>(pub T);

impl<T> Cookie<T>
where
    T: DeserializeOwned,
{
    pub(crate) fn extract_with<V: Validator<T>>(parts: &Parts) -> Result<Self, Exception> {
        let value = texts::read::<T, V>(pairs(&parts.headers), |pairs| Source {
            root: Loc::from("cookie"),
            pairs,
            rules: LAST,
            layout: Layout::Named,
            names: Names::Own,
            is_body: false,
            about: About::of_parts(parts),
        });
        value.map(Self)
    }
}

impl<T, S> FromRequestParts<S> for Cookie<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Exception> {
        Self::extract_with::<NoRules>(parts)
    }
}

/// Python's cookies: of one name the last, without a list of all.
fn pairs(headers: &HeaderMap) -> Vec<Pair<'_>> {
    let mut pairs: Vec<Pair<'_>> = Vec::new();
    for value in headers.get_all(COOKIE) {
        for pair in value.as_bytes().split(|&byte| byte == b';') {
            let (name, value) = match pair.iter().position(|&byte| byte == b'=') {
                Some(at) => (pair.get(..at), pair.get(at + 1..)),
                None => (None, Some(pair)),
            };
            let (name, value) = (trimmed(name.unwrap_or_default()), trimmed(value.unwrap_or_default()));
            if !name.is_empty() || !value.is_empty() {
                pairs.push((latin_1(name), unquoted(value)));
            }
        }
    }
    pairs
}

/// The value without its quotes, and without what is escaped inside them: `\"`, `\\`, `\073`.
fn unquoted(value: &[u8]) -> Cow<'_, str> {
    let Some(quoted) = value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")) else {
        return latin_1(value);
    };
    let mut plain = Vec::with_capacity(quoted.len());
    let mut rest = quoted;
    loop {
        match rest {
            [] => break,
            [b'\\', a @ b'0'..=b'3', b @ b'0'..=b'7', c @ b'0'..=b'7', after @ ..] => {
                plain.push((a - b'0') << 6 | (b - b'0') << 3 | (c - b'0'));
                rest = after;
            }
            [b'\\', escaped, after @ ..] => {
                plain.push(*escaped);
                rest = after;
            }
            [byte, after @ ..] => {
                plain.push(*byte);
                rest = after;
            }
        }
    }
    latin_1(&plain).into_owned().into()
}
