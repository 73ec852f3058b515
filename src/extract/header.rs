//! Request headers.

use std::borrow::Cow;

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, request::Parts},
};
use serde::de::DeserializeOwned;

use super::{
    refusal::About,
    texts::{self, Pair, Source, field_of},
};
use crate::{
    exception::Exception,
    explain::{Names, Spelling},
    json::{Layout, Repeated, TextRules},
    report::Loc,
    rules::{NoRules, Validator},
};

/// Headers of the request, as a struct: the field `x_token` is the header `x-token`.
///
/// ```
/// use axum::{Router, routing::get};
/// use axum_exception::{ErrorHandlingLayer, extract::Header};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Token { x_token: u32, user_agent: Option<String> }
///
/// async fn items(Header(token): Header<Token>) -> String {
///     token.x_token.to_string()
/// }
///
/// let app: Router = Router::new().route("/items", get(items)).layer(ErrorHandlingLayer::new());
/// ```
///
/// It fails with 422 and all the mistakes, each at `["header", "x-token"]`. A header that comes several
/// times is a list where the type wants one; else the first one counts. Values are Latin-1. Other headers
/// than the one that is wrong are never echoed. A header that is itself called `x_token` is left out, as
/// most proxies do.
///
/// What may be missing is an `Option` in the struct; there is no `Option<Header<T>>`.
///
/// See [FastAPI: Header Parameters](https://fastapi.tiangolo.com/tutorial/header-params/).
#[derive(Clone, Copy, Debug, Default)]
pub struct Header<T>(pub T);

/// The header `x-token` is the field `x_token`.
const SPELLING: Spelling = Spelling {
    name_of: |field| field.replace('_', "-").to_ascii_lowercase(),
    field_of: |header| header.contains('-').then(|| header.replace('-', "_").to_ascii_lowercase()),
};

impl<T> Header<T>
where
    T: DeserializeOwned,
{
    pub(crate) fn extract_with<V: Validator<T>>(parts: &Parts) -> Result<Self, Exception> {
        let value = texts::read::<T, V>(pairs(&parts.headers, field_of::<T>()), |pairs| Source {
            root: Loc::from("header"),
            pairs,
            rules: TextRules { repeated: Repeated::First, empty_is_missing: false },
            layout: Layout::Named,
            names: Names::Spelled(SPELLING),
            is_body: false,
            about: About::of_parts(parts),
        });
        value.map(Self)
    }
}

impl<T, S> FromRequestParts<S> for Header<T>
where
    T: DeserializeOwned,
    S: Send + Sync,
{
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Exception> {
        Self::extract_with::<NoRules>(parts)
    }
}

fn pairs(headers: &HeaderMap, field_of: impl Fn(&str) -> Cow<'static, str>) -> Vec<Pair<'_>> {
    let plain = headers.iter().filter(|(name, _)| !name.as_str().contains('_'));
    plain.map(|(name, value)| (field_of(name.as_str()), latin_1(value.as_bytes()))).collect()
}

/// Header bytes as Python reads them.
pub(super) fn latin_1(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(text) if text.is_ascii() => text.into(),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect::<String>().into(),
    }
}

/// Without what Python takes for blanks around it: Latin-1 has two more than ASCII.
pub(super) fn trimmed(mut text: &[u8]) -> &[u8] {
    const fn is_blank(byte: u8) -> bool {
        matches!(byte, b' ' | b'\t' | 0x85 | 0xA0)
    }
    while let [first, rest @ ..] = text {
        if !is_blank(*first) {
            break;
        }
        text = rest;
    }
    while let [rest @ .., last] = text {
        if !is_blank(*last) {
            break;
        }
        text = rest;
    }
    text
}
