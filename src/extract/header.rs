//! Request headers.

use std::borrow::Cow;

use axum::http::{HeaderMap, request::Parts};
use serde::de::DeserializeOwned;

use super::{
    extractor_context::ExtractorContext,
    fast_path::Pair,
    strings::{self, StringSource},
};
use crate::{
    exception::Exception,
    explain::{Names, RootShape, Spelling},
    json::{Repeated, StringRules},
    rules::Validator,
};

/// Extracts request headers into a struct. The field `x_token` is the header `x-token`.
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
/// # Errors
///
/// It fails as FastAPI does:
///
/// - 422 with every error, if the headers do not match `T`. The `loc` of each error is `["header", "x-token"]`. Other
///   headers than the invalid one are never echoed.
///
/// # Values
///
/// - A repeated header is a list if the field is a list. Otherwise the first value counts.
/// - Values are decoded as Latin-1.
/// - A header whose name contains `_` is ignored. Most proxies drop it as well.
/// - An optional header is an `Option` in the struct. `Option<Header<T>>` is not supported.
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
        let pairs = pairs(&parts.headers, &RootShape::of::<T>());
        strings::read::<T, V>(pairs, |pairs| source(pairs, parts)).map(Self)
    }
}

fn source<'a>(pairs: Vec<Pair<'a>>, parts: &Parts) -> StringSource<'a> {
    StringSource {
        rules: StringRules { repeated: Repeated::First, empty_is_missing: false },
        names: Names::Spelled(SPELLING),
        ..StringSource::named("header", pairs, ExtractorContext::of_parts(parts))
    }
}

/// Returns the headers under the names of the fields of a type with this shape.
fn pairs<'a>(headers: &'a HeaderMap, shape: &RootShape) -> Vec<Pair<'a>> {
    let fields: &[&'static str] = match shape {
        RootShape::Struct(fields) => fields,
        _ => &[],
    };
    let plain = headers.iter().filter(|(name, _)| !name.as_str().contains('_'));
    plain
        .map(|(name, value)| (field_of(name.as_str(), fields), latin_1_to_string(value.as_bytes())))
        .collect()
}

/// Returns the field for a header, or its name with `_` for `-` if there is none.
fn field_of(header: &str, fields: &[&'static str]) -> Cow<'static, str> {
    let is_field = |field: &&&str| {
        let dashed = field.bytes().map(|byte| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() });
        field.len() == header.len() && dashed.eq(header.bytes())
    };
    match fields.iter().find(is_field) {
        Some(field) => (*field).into(),
        None => header.replace('-', "_").into(),
    }
}

/// Decodes the bytes of a header as Python does.
pub(super) fn latin_1_to_string(bytes: &[u8]) -> Cow<'_, str> {
    match std::str::from_utf8(bytes) {
        Ok(string) if string.is_ascii() => string.into(),
        _ => bytes.iter().map(|&byte| char::from(byte)).collect::<String>().into(),
    }
}

/// Removes the blanks around a header value that Python removes. Latin-1 has two more of them than ASCII.
pub(super) fn trimmed(mut bytes: &[u8]) -> &[u8] {
    const fn is_blank(byte: u8) -> bool {
        matches!(byte, b' ' | b'\t' | 0x85 | 0xA0)
    }
    while let [first, rest @ ..] = bytes {
        if !is_blank(*first) {
            break;
        }
        bytes = rest;
    }
    while let [rest @ .., last] = bytes {
        if !is_blank(*last) {
            break;
        }
        bytes = rest;
    }
    bytes
}
