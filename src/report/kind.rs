//! The catalogue of errors: pydantic's types, messages and contexts, row by row.

use std::{borrow::Cow, fmt};

use super::{Choices, ErrorDetail, Tags};
use crate::value::{Map, Number, Value};

/// Writes one kind for each row: the variant, the `type`, and the format of the message with its arguments.
///
/// The fields of a row are its `ctx`, in order.
macro_rules! catalogue {
    ($(
        $name:ident $({ $($field:ident: $type:ty),* })? => $error_type:literal, $msg:literal $(, $argument:expr)*;
    )*) => {
        /// The kind of an error, with the facts of its `ctx`. Only this catalogue puts them into words.
        #[derive(Clone, Debug, PartialEq)]
        #[cfg_attr(not(all(feature = "garde_0_23", feature = "pattern", feature = "datetime")), allow(dead_code))]
        pub(crate) enum ErrorKind {
            $($name $({ $($field: $type),* })?,)*
            /// An error type of the app's own.
            Custom(Box<CustomKind>),
        }

        impl ErrorKind {
            /// Returns the `type` of the report.
            pub(crate) fn error_type(&self) -> &str {
                match self {
                    $(Self::$name $({ $($field: _),* })? => $error_type,)*
                    Self::Custom(custom) => &custom.error_type,
                }
            }

            /// Returns the `msg` of the report.
            pub(crate) fn msg(&self) -> Cow<'_, str> {
                match self {
                    $(
                        #[allow(unused_variables)]
                        Self::$name $({ $($field),* })? => catalogue!(@msg $msg $(, $argument)*),
                    )*
                    Self::Custom(custom) => Cow::Borrowed(&custom.msg),
                }
            }

            /// Returns the `ctx` of the report, which leaves it out if it is empty.
            pub(crate) fn ctx(&self) -> Map {
                match self {
                    $(Self::$name $({ $($field),* })? => {
                        Map::from_iter::<[(&str, Value); catalogue!(@count $($($field)*)?)]>(
                            [$($((stringify!($field), $field.clone().into())),*)?]
                        )
                    })*
                    Self::Custom(custom) => custom.ctx.clone(),
                }
            }
        }
    };
    (@msg $msg:literal) => { Cow::Borrowed($msg) };
    (@msg $msg:literal, $($argument:expr),+) => { Cow::Owned(format!($msg, $($argument),+)) };
    (@count) => { 0 };
    (@count $first:ident $($rest:ident)*) => { 1 + catalogue!(@count $($rest)*) };
}

catalogue! {
    Missing => "missing", "Field required";
    ExtraForbidden => "extra_forbidden", "Extra inputs are not permitted";
    JsonInvalid { error: Cow<'static, str> } => "json_invalid", "JSON decode error";

    // The document in a string is not JSON.
    JsonString { error: String } => "json_invalid", "Invalid JSON: {}", error;
    JsonType => "json_type", "JSON input should be string, bytes or bytearray";
    // The errors of the document in a string. A report has all of them instead of this one.
    Nested { errors: NestedErrors } => "value_error", "Value error, {}", errors;

    StringType => "string_type", "Input should be a valid string";
    StringUnicode => "string_unicode",
        "Input should be a valid string, unable to parse raw data as a unicode string";
    StringTooShort { min_length: usize } => "string_too_short",
        "String should have at least {min_length} character{}", plural(*min_length);
    StringTooLong { max_length: usize } => "string_too_long",
        "String should have at most {max_length} character{}", plural(*max_length);
    StringPatternMismatch { pattern: Cow<'static, str> } => "string_pattern_mismatch",
        "String should match pattern '{}'", pattern;
    StringNotAscii => "string_not_ascii", "String should contain only ASCII characters";

    BoolType => "bool_type", "Input should be a valid boolean";
    BoolParsing => "bool_parsing", "Input should be a valid boolean, unable to interpret input";

    IntType => "int_type", "Input should be a valid integer";
    IntParsing => "int_parsing", "Input should be a valid integer, unable to parse string as an integer";
    IntParsingSize => "int_parsing_size", "Unable to parse input string as an integer, exceeded maximum size";
    IntFromFloat => "int_from_float", "Input should be a valid integer, got a number with a fractional part";
    FloatType => "float_type", "Input should be a valid number";
    FloatParsing => "float_parsing", "Input should be a valid number, unable to parse string as a number";
    FiniteNumber => "finite_number", "Input should be a finite number";
    DecimalType => "decimal_type", "Decimal input should be an integer, float, string or Decimal object";
    DecimalParsing => "decimal_parsing", "Input should be a valid decimal";
    GreaterThan { gt: Limit } => "greater_than", "Input should be greater than {}", gt;
    GreaterThanEqual { ge: Limit } => "greater_than_equal",
        "Input should be greater than or equal to {}", ge;
    LessThan { lt: Limit } => "less_than", "Input should be less than {}", lt;
    LessThanEqual { le: Limit } => "less_than_equal", "Input should be less than or equal to {}", le;
    MultipleOf { multiple_of: Limit } => "multiple_of", "Input should be a multiple of {}", multiple_of;

    NoneRequired => "none_required", "Input should be None";
    BytesType => "bytes_type", "Input should be a valid bytes";

    ListType => "list_type", "Input should be a valid list";
    SetType => "set_type", "Input should be a valid set";
    TupleType => "tuple_type", "Input should be a valid tuple";
    DictType => "dict_type", "Input should be a valid dictionary";
    ModelAttributesType => "model_attributes_type",
        "Input should be a valid dictionary or object to extract fields from";
    TooLong { field_type: Cow<'static, str>, max_length: usize, actual_length: Option<usize> } => "too_long",
        "{field_type} should have at most {max_length} item{} after validation, not {}",
        plural(*max_length), actual_length.map_or("more".to_owned(), |length| length.to_string());
    TooShort { field_type: Cow<'static, str>, min_length: usize, actual_length: usize } => "too_short",
        "{field_type} should have at least {min_length} item{} after validation, not {actual_length}",
        plural(*min_length);

    Enum { expected: Choices } => "enum", "Input should be {}", expected;
    LiteralError { expected: Choices } => "literal_error", "Input should be {}", expected;
    UnionTagInvalid { discriminator: String, tag: String, expected_tags: Tags } => "union_tag_invalid",
        "Input tag '{}' found using {discriminator} does not match any of the expected tags: {expected_tags}", tag;
    UnionTagNotFound { discriminator: String } => "union_tag_not_found",
        "Unable to extract tag using discriminator {}", discriminator;

    DateType => "date_type", "Input should be a valid date";
    DateFromDatetimeParsing { error: String } => "date_from_datetime_parsing",
        "Input should be a valid date or datetime, {}", error;
    DateFromDatetimeInexact => "date_from_datetime_inexact",
        "Datetimes provided to dates should have zero time - e.g. be exact dates";
    TimeType => "time_type", "Input should be a valid time";
    TimeParsing { error: String } => "time_parsing", "Input should be in a valid time format, {}", error;
    DatetimeType => "datetime_type", "Input should be a valid datetime";
    DatetimeParsing { error: String } => "datetime_parsing", "Input should be a valid datetime, {}", error;
    DatetimeFromDateParsing { error: String } => "datetime_from_date_parsing",
        "Input should be a valid datetime or date, {}", error;
    TimezoneNaive => "timezone_naive", "Input should not have timezone info";
    TimeDeltaType => "time_delta_type", "Input should be a valid timedelta";
    TimeDeltaParsing { error: String } => "time_delta_parsing", "Input should be a valid timedelta, {}", error;

    UrlType => "url_type", "URL input should be a string or URL";
    UrlParsing { error: String } => "url_parsing", "Input should be a valid URL, {}", error;
    UuidType => "uuid_type", "UUID input should be a string, bytes or UUID object";
    UuidParsing { error: String } => "uuid_parsing", "Input should be a valid UUID, {}", error;
    IpV4Address => "ip_v4_address", "Input is not a valid IPv4 address";
    IpV6Address => "ip_v6_address", "Input is not a valid IPv6 address";
    IpAnyAddress => "ip_any_address", "value is not a valid IPv4 or IPv6 address";

    ValueError { error: AppMessage } => "value_error", "Value error, {}", error.0;
    FileType { error: EmptyObject } => "value_error", "Value error, Expected UploadFile, received: <class 'str'>";
    AssertionError { error: AppMessage } => "assertion_error", "Assertion failed, {}", error.0;
}

impl ErrorKind {
    /// Returns the kind as a type of the app's own, with the same report.
    pub(crate) fn into_custom(self) -> Box<CustomKind> {
        match self {
            Self::Custom(custom) => custom,
            kind => Box::new(CustomKind {
                error_type: kind.error_type().to_owned().into(),
                msg: kind.msg().into_owned(),
                ctx: kind.ctx(),
            }),
        }
    }

    /// Returns `true` if the error is about a list as a whole, or about all values of one name.
    pub(crate) fn is_of_several(&self) -> bool {
        self.counts_items()
            || matches!(self, Self::ListType | Self::SetType | Self::TupleType | Self::ExtraForbidden)
    }

    /// Returns `true` if the error is about the number of items, so that its input is a list even with a
    /// single item.
    pub(crate) fn counts_items(&self) -> bool {
        match self {
            Self::TooLong { .. } | Self::TooShort { .. } => true,
            // With the app's own message.
            Self::Custom(custom) => matches!(&*custom.error_type, "too_long" | "too_short"),
            _ => false,
        }
    }

    /// Returns `true` if the error is found before the items of the list are looked at.
    pub(crate) fn counts_before_looking(&self) -> bool {
        matches!(self, Self::TooLong { field_type, .. } if matches!(&**field_type, "List" | "Deque"))
    }

    /// Returns the error of a part as an error of its container, for a part whose location is not known.
    pub(crate) fn of_a_part(self, part: &str) -> Self {
        let msg = match self {
            Self::ValueError { error } => error.0,
            kind => kind.msg().into_owned(),
        };
        let msg = if part.is_empty() { msg } else { format!("{part}: {msg}") };
        Self::ValueError { error: AppMessage(msg) }
    }
}

/// An error type that is not in the catalogue, as the app states it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct CustomKind {
    pub(crate) error_type: Cow<'static, str>,
    pub(crate) msg: String,
    pub(crate) ctx: Map,
}

/// The message of an error that the app's code raised. FastAPI shows it in `msg`, and as `{}` in `ctx`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct AppMessage(pub(crate) String);

/// The errors of a document in a string. Their locations are those in this document.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct NestedErrors(pub(crate) Vec<ErrorDetail>);

impl fmt::Display for NestedErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors: Vec<Cow<'_, str>> = self.0.iter().map(ErrorDetail::msg).collect();
        f.write_str(&errors.join("; "))
    }
}

impl From<NestedErrors> for Value {
    fn from(errors: NestedErrors) -> Self {
        Value::Array(errors.0.iter().map(Value::from).collect())
    }
}

/// The `ctx` of an error that FastAPI raises: an exception object, which its encoder shows as `{}`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct EmptyObject;

impl From<EmptyObject> for Value {
    fn from(_: EmptyObject) -> Self {
        Value::Object(Map::new())
    }
}

impl From<AppMessage> for Value {
    fn from(_: AppMessage) -> Self {
        Value::Object(Map::new())
    }
}

fn plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "s" }
}

/// A limit. In a message, the float `10.0` is `10`; in `ctx` it stays `10.0`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Limit(pub(crate) Value);

impl From<Number> for Limit {
    fn from(limit: Number) -> Self {
        Self(limit.into())
    }
}

impl From<Limit> for Value {
    fn from(limit: Limit) -> Self {
        limit.0
    }
}

impl fmt::Display for Limit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Value::Number(number) if number.is_integer() => number.fmt(f),
            Value::Number(number) => number.as_f64().fmt(f),
            Value::String(string) => f.write_str(string),
            other => other.fmt(f),
        }
    }
}
