//! Options of a field, for `#[serde(deserialize_with = "…")]`.

use std::{fmt, marker::PhantomData};

use serde::{
    Deserialize, Deserializer,
    de::{self, DeserializeOwned, Visitor},
};

use super::{
    error::Error,
    nested,
    options::Explain,
    types::{FAIL_FAST, JSON_STRING, LITERAL, STRING_OF_JSON},
};
use crate::{
    report::{ErrorDetail, ErrorKind, Loc},
    value::Value,
};

/// Reports an unknown name of an enum as `literal_error`, as pydantic does for a `Literal`.
///
/// By default it is reported as `enum`, as for a Python `Enum`. The two have the same message.
///
/// ```
/// use axum_exception::explain::{self, Explain};
/// use serde::Deserialize;
///
/// #[derive(Debug, Deserialize)]
/// #[serde(rename_all = "snake_case")]
/// enum OrderBy { CreatedAt, UpdatedAt }
///
/// #[derive(Debug, Deserialize)]
/// struct Filter {
///     #[serde(deserialize_with = "explain::literal")]
///     order_by: OrderBy,
/// }
///
/// let Err(explain::Error::Report(report)) = Explain::new().json::<Filter>(br#"{"order_by": "name"}"#) else {
///     unreachable!()
/// };
/// let error = &report.errors()[0];
/// assert_eq!(error.kind(), "literal_error");
/// assert_eq!(error.msg(), "Input should be 'created_at' or 'updated_at'");
/// ```
///
/// It can be used for an `Option` or a list of an enum as well. An optional field also needs `#[serde(default)]`, as with every
/// `deserialize_with`. It has no effect in content that serde buffers, such as below a `flatten` or an internal tag.
///
/// # Errors
///
/// Fails as `T` does.
pub fn literal<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    deserialize_newtype(LITERAL, deserializer)
}

/// Reports only the errors of the first item of a list that has any, as pydantic does for `FailFast`.
///
/// ```
/// use axum_exception::explain::{self, Explain};
/// use serde::Deserialize;
///
/// #[derive(Debug, Deserialize)]
/// struct Votes {
///     #[serde(deserialize_with = "explain::fail_fast")]
///     votes: Vec<u8>,
///     name: String,
/// }
///
/// let error = Explain::new().json::<Votes>(br#"{"votes": [1, "x", "y"]}"#).unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "body.votes.1: Input should be a valid integer, unable to parse string as an integer; \
///      body.name: Field required",
/// );
/// ```
///
/// It has no effect in content that serde buffers, such as below a `flatten` or an internal tag.
///
/// # Errors
///
/// Fails as `T` does.
pub fn fail_fast<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    deserialize_newtype(FAIL_FAST, deserializer)
}

/// Reads a value from a string that is JSON, as pydantic does for `Json[T]`.
///
/// ```
/// use axum_exception::explain::{self, Explain};
/// use serde::Deserialize;
///
/// #[derive(Debug, Deserialize)]
/// struct Filter {
///     #[serde(deserialize_with = "explain::json_string")]
///     ids: Vec<u32>,
/// }
///
/// let filter: Filter = Explain::new().json(br#"{"ids": "[1, 2]"}"#).unwrap();
/// assert_eq!(filter.ids, [1, 2]);
///
/// let error = Explain::new().json::<Filter>(br#"{"ids": "[1, null]"}"#).unwrap_err();
/// assert_eq!(error.to_string(), "body.ids.1: Input should be a valid integer");
/// let error = Explain::new().json::<Filter>(br#"{"ids": "[1,"}"#).unwrap_err();
/// assert_eq!(error.to_string(), "body.ids: Invalid JSON: EOF while parsing a value at line 1 column 3");
/// ```
///
/// In content that serde buffers, such as below a `flatten` or an internal tag, the errors in the string are one `value_error`.
///
/// # Errors
///
/// - `json_type`, if the value is not a string.
/// - `json_invalid`, if the string is not JSON.
/// - Every error of `T`. Its `loc` goes on in the document of the string.
pub fn json_string<'de, T, D>(deserializer: D) -> Result<T, D::Error>
where
    T: DeserializeOwned,
    D: Deserializer<'de>,
{
    deserializer.deserialize_newtype_struct(JSON_STRING, JsonVisitor(PhantomData))
}

struct JsonVisitor<T>(PhantomData<T>);

impl<'de, T: DeserializeOwned> Visitor<'de> for JsonVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(STRING_OF_JSON)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_str(self)
    }

    fn visit_str<E: de::Error>(self, string: &str) -> Result<T, E> {
        // What is echoed of a string is a small multiple of it.
        let explain = Explain::new().at(Loc::default()).max_echo(4 * string.len() + 64);
        explain.json(string.as_bytes()).map_err(|error| E::custom(errors_in(string, error)))
    }
}

/// Hands over the errors in a string of JSON, and returns them in words.
fn errors_in(string: &str, error: Error<'_>) -> String {
    let errors = match (serde_json::from_str::<serde_json::Value>(string), error) {
        (Ok(_), Error::Report(report)) => report.errors(),
        (Ok(_), Error::Unreadable(reason)) => vec![json_invalid(string, reason.to_string())],
        (Err(error), _) => vec![json_invalid(string, error.to_string())],
    };
    let words: Vec<String> = errors.iter().map(ToString::to_string).collect();
    nested::found(errors);
    words.join("; ")
}

fn json_invalid(string: &str, error: String) -> ErrorDetail {
    ErrorDetail::of(ErrorKind::JsonString { error }, Loc::default(), Value::from(string))
}

/// Reads the content of a newtype with this name.
pub(crate) fn deserialize_newtype<'de, T, D>(name: &'static str, deserializer: D) -> Result<T, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    deserializer.deserialize_newtype_struct(name, Content(PhantomData))
}

struct Content<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for Content<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a newtype")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        T::deserialize(deserializer)
    }
}
