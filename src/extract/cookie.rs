//! Cookies.

use std::borrow::Cow;

use axum::http::{HeaderMap, header::COOKIE, request::Parts};
use serde::de::DeserializeOwned;

use super::{
    extractor_context::ExtractorContext,
    fast_path::Pair,
    header::{latin_1_to_string, trimmed},
    strings::{self, StringSource, has_field},
};
use crate::{exception::Exception, explain::RootType, rules::Validator};

/// Extracts cookies into a struct.
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
/// # Errors
///
/// It fails as FastAPI does:
///
/// - 422 with every error, if the cookies do not match `T`. The `loc` of each error is `["cookie", name]`. Other cookies
///   than the invalid one are never echoed. So the `input` of a missing cookie is `null`. FastAPI shows all
///   cookies there if they are read into a model, and so does [`Explain::echo_headers`](crate::explain::Explain::echo_headers).
///
/// # Values
///
/// - Of several cookies with one name the last counts.
/// - Quotes are removed and escapes inside them are decoded, as in Python.
/// - `Option<Cookie<T>>` is `None` if none of the fields of `T` was sent. For a type whose fields serde does not list, such
///   as a map, it is `None` if there are no cookies.
///
/// See [FastAPI: Cookie Parameters](https://fastapi.tiangolo.com/tutorial/cookie-params/).
#[derive(Clone, Copy, Debug, Default)]
pub struct Cookie<T>(pub T);

impl<T> Cookie<T>
where
    T: DeserializeOwned,
{
    pub(crate) fn extract_with<V: Validator<T>>(parts: &Parts) -> Result<Self, Exception> {
        Self::read::<V>(pairs(&parts.headers), parts)
    }

    pub(crate) fn extract_optional_with<V: Validator<T>>(parts: &Parts) -> Result<Option<Self>, Exception> {
        let pairs = pairs(&parts.headers);
        if !has_field(&pairs, RootType::of::<T>().shape) {
            return Ok(None);
        }
        Self::read::<V>(pairs, parts).map(Some)
    }

    fn read<V: Validator<T>>(pairs: Vec<Pair<'_>>, parts: &Parts) -> Result<Self, Exception> {
        let value = strings::read::<T, V>(pairs, |pairs| {
            let context = ExtractorContext::of_parts(parts);
            StringSource {
                is_model: context.echoes_headers(),
                ..StringSource::named("cookie", pairs, context)
            }
        });
        value.map(Self)
    }
}

/// Returns the cookies as Python parses them.
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
                pairs.push((latin_1_to_string(name), unquoted(value)));
            }
        }
    }
    pairs
}

/// Removes the quotes around a value, and unescapes it: `\"`, `\\`, `\073`.
fn unquoted(value: &[u8]) -> Cow<'_, str> {
    let Some(quoted) = value.strip_prefix(b"\"").and_then(|value| value.strip_suffix(b"\"")) else {
        return latin_1_to_string(value);
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
    latin_1_to_string(&plain).into_owned().into()
}
