//! Options of a field, for `#[serde(deserialize_with = "…")]`.

use std::{fmt, marker::PhantomData};

use serde::{Deserialize, Deserializer, de::Visitor};

use super::types::{FAIL_FAST, LITERAL};

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
