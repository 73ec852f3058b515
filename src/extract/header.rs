//! Request headers.

use std::{borrow::Cow, mem};

use axum::http::{HeaderMap, request::Parts};
use serde::de::DeserializeOwned;

use super::{
    extractor_context::ExtractorContext,
    fast_path::Pair,
    strings::{self, StringSource, has_field},
};
use crate::{
    exception::{BuiltIn, Exception, RequestValidationError},
    explain::{Names, RootShape, RootType, Spelling, field_names},
    json::{Repeated, StringRules},
    report::LocSegment,
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
///   headers than the invalid one are never echoed. So the `input` of a missing header is `null`. FastAPI shows all
///   headers there if they are read into a model, and so does [`Explain::echo_headers`](crate::explain::Explain::echo_headers).
///
/// # Values
///
/// - A repeated header is a list if the field is a list. Otherwise the first value counts.
/// - Values are decoded as Latin-1.
/// - A map has every header, by its name in lower case.
/// - With `#[serde(deny_unknown_fields)]` every other header is an error, as in FastAPI: `host`, for example.
/// - `Option<Header<T>>` is `None` if none of the fields of `T` was sent. If serde does not list the fields, because `T` has
///   a flattened part or is a map, it is never `None` in practice, because every request has headers.
///
/// # Names
///
/// | name in serde | header | `loc` |
/// | --- | --- | --- |
/// | `x_token` | `x-token` | `x-token` |
/// | `x-token`, with `rename` | `x-token` | `x-token` |
/// | `X-Token`, with `rename` | `x-token` | `X-Token` |
/// | `x_token` in [`LiteralNames`](super::LiteralNames) | `x_token` | `x_token` |
///
/// Header names are case-insensitive. A header that differs from a field's header only by `_` and `-` is ignored. Otherwise a
/// client could send `x_user_id` in place of an `x-user-id` that a proxy has removed.
///
/// In a type with `#[serde(flatten)]`, an optional field inside the flattened part keeps its own name, or needs
/// `LiteralNames`. serde does not list these fields, so the header of a renamed one is not known.
///
/// See [FastAPI: Header Parameters](https://fastapi.tiangolo.com/tutorial/header-params/).
#[derive(Clone, Copy, Debug, Default)]
pub struct Header<T>(pub T);

impl<T> Header<T>
where
    T: DeserializeOwned,
{
    pub(crate) fn extract_with<V: Validator<T>>(parts: &Parts) -> Result<Self, Exception> {
        let root_type = RootType::of::<T>();
        Self::read::<V>(Fields::of::<T>(&parts.headers, root_type), parts)
    }

    pub(crate) fn extract_optional_with<V: Validator<T>>(parts: &Parts) -> Result<Option<Self>, Exception> {
        let root_type = RootType::of::<T>();
        let fields = Fields::of::<T>(&parts.headers, root_type);
        if !has_field(&fields.pairs, root_type.shape) {
            return Ok(None);
        }
        Self::read::<V>(fields, parts).map(Some)
    }

    fn read<V: Validator<T>>(mut fields: Fields<'_>, parts: &Parts) -> Result<Self, Exception> {
        loop {
            let names = fields.names;
            let value = strings::read::<T, V>(fields.take_pairs(), |pairs| {
                let context = ExtractorContext::of_parts(parts);
                StringSource {
                    rules: StringRules { repeated: Repeated::First, empty_is_missing: false },
                    names: names.into(),
                    is_model: context.echoes_headers(),
                    ..StringSource::named("header", pairs, context)
                }
            });
            match value {
                Ok(value) => return Ok(Self(value)),
                Err(exception) if fields.rename_to_missing(&parts.headers, &exception) => {}
                Err(exception) => return Err(exception),
            }
        }
    }
}

/// The relation of a field's name to its header.
#[derive(Clone, Copy)]
enum FieldNames {
    /// As the headers.
    Literal,
    /// The field `x_token` is the header `x-token`. The fields of the type are these, or not known.
    Converted(Option<&'static [&'static str]>),
}

impl From<FieldNames> for Names {
    fn from(names: FieldNames) -> Self {
        match names {
            FieldNames::Literal => Self::Own,
            FieldNames::Converted(fields) => Self::Spelled(Spelling {
                name_of: header_of,
                field_of: |header| {
                    header.contains('-').then(|| header.replace('-', "_").to_ascii_lowercase())
                },
                fields,
            }),
        }
    }
}

/// The headers of a request by the names of the fields of a type.
struct Fields<'a> {
    pairs: Vec<Pair<'a>>,
    names: FieldNames,
}

impl<'a> Fields<'a> {
    fn of<T: DeserializeOwned>(headers: &'a HeaderMap, root_type: RootType) -> Self {
        let RootType { shape, has_literal_names, .. } = root_type;
        match shape {
            RootShape::Struct(fields @ [_, ..]) => {
                let names = match has_literal_names {
                    true => FieldNames::Literal,
                    false => FieldNames::Converted(Some(fields)),
                };
                Self { pairs: pairs(headers, |header| of_struct(header, fields, has_literal_names)), names }
            }
            _ if has_literal_names || matches!(shape, RootShape::Map | RootShape::Pairs) => {
                Self { pairs: pairs(headers, |header| Some(header.into())), names: FieldNames::Literal }
            }
            _ => {
                let fields = renamed_fields::<T>(headers);
                Self {
                    pairs: pairs(headers, |header| of_unknown(header, &fields)),
                    names: FieldNames::Converted(None),
                }
            }
        }
    }

    /// Returns the pairs. They stay, if they may be renamed.
    fn take_pairs(&mut self) -> Vec<Pair<'a>> {
        match self.names {
            FieldNames::Converted(None) => self.pairs.clone(),
            FieldNames::Converted(Some(_)) | FieldNames::Literal => mem::take(&mut self.pairs),
        }
    }

    /// Gives headers the names of the fields that are missing, where they are the same header.
    ///
    /// serde does not list the fields of a struct with a flattened part. Returns `true` if it made a difference.
    fn rename_to_missing(&mut self, headers: &HeaderMap, exception: &Exception) -> bool {
        if !matches!(self.names, FieldNames::Converted(None)) {
            return false;
        }
        let errors = exception.built_in().and_then(BuiltIn::validation_error).into_iter();
        let missing =
            errors.flat_map(RequestValidationError::errors).filter(|error| error.kind() == "missing");
        let mut is_renamed = false;
        for error in missing {
            let [_, LocSegment::Key(field)] = error.loc().segments() else { continue };
            let is_sent = is_literal(field) && headers.contains_key(field.as_ref());
            let field: &str = field;
            let unknown = field.to_ascii_lowercase().replace('-', "_");
            for (name, _) in self.pairs.iter_mut().filter(|(name, _)| is_sent && *name == unknown) {
                *name = field.to_owned().into();
                is_renamed = true;
            }
        }
        is_renamed
    }
}

/// Returns the headers by the names that `field_of` has for them.
fn pairs<'a>(headers: &'a HeaderMap, field_of: impl Fn(&'a str) -> Option<Cow<'a, str>>) -> Vec<Pair<'a>> {
    let pairs = headers
        .iter()
        .filter_map(|(name, value)| Some((field_of(name.as_str())?, latin_1_to_string(value.as_bytes()))));
    pairs.collect()
}

/// Returns the field of a struct for a header, or the header itself if there is none. A header that differs from that of
/// a field only by `_` and `-` is ignored: it could replace a header that a proxy has removed.
fn of_struct<'a>(
    header: &'a str,
    fields: &'static [&'static str],
    has_literal_names: bool,
) -> Option<Cow<'a, str>> {
    let is_alike = |field: &str| {
        let dashed = |byte: u8| if byte == b'_' { b'-' } else { byte.to_ascii_lowercase() };
        field.len() == header.len() && field.bytes().map(dashed).eq(header.bytes().map(dashed))
    };
    let mut alike = fields.iter().filter(|field| is_alike(field)).peekable();
    if alike.peek().is_none() {
        return Some(header.into());
    }
    let is_same = |field: &&&str| {
        // A field that is converted has no dash, so its header has no underscore.
        let is_converted = !has_literal_names && !is_literal(field);
        if is_converted { !header.contains('_') } else { field.eq_ignore_ascii_case(header) }
    };
    alike.find(is_same).map(|field| (*field).into())
}

/// Returns the field for a header of a type whose fields are not known, except for those that have other names.
fn of_unknown<'a>(header: &'a str, renamed: &[String]) -> Option<Cow<'a, str>> {
    if header.contains('_') {
        return None;
    }
    let renamed = renamed.iter().find(|field| field.eq_ignore_ascii_case(header));
    Some(renamed.map_or_else(|| header.replace('-', "_"), String::clone).into())
}

/// Returns the fields of a type with a flattened part that have the usual spelling of a header as their name: `x-token`
/// or `X-Token`.
fn renamed_fields<T: DeserializeOwned>(headers: &HeaderMap) -> Vec<String> {
    let spellings = headers.keys().flat_map(|name| [name.as_str().to_owned(), capitalized(name.as_str())]);
    let spellings: Vec<String> = spellings.filter(|name| is_literal(name)).collect();
    let names: Vec<&str> = spellings.iter().map(String::as_str).collect();
    field_names::<T>(&names).into_iter().map(str::to_owned).collect()
}

/// Returns `x-token` as `X-Token`.
fn capitalized(header: &str) -> String {
    let mut is_first = true;
    let letter = |letter: char| {
        let is_first = std::mem::replace(&mut is_first, letter == '-');
        if is_first { letter.to_ascii_uppercase() } else { letter }
    };
    header.chars().map(letter).collect()
}

/// Returns `true` for a field that can only have been named after its header.
fn is_literal(field: &str) -> bool {
    field.bytes().any(|byte| byte == b'-' || byte.is_ascii_uppercase())
}

/// Returns the header of a field.
fn header_of(field: &str) -> String {
    if is_literal(field) { field.to_owned() } else { field.replace('_', "-") }
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
