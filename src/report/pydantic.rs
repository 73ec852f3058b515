//! The constructors of [`ErrorDetail`] for pydantic's common error types.

use std::borrow::Cow;

use super::{AppMessage, Choices, ErrorDetail, ErrorKind, Loc};
use crate::value::{Number, Value};

/// Writes one constructor for each row, and its example.
macro_rules! constructors {
    ($(
        $(#[$doc:meta])*
        $name:ident($($argument:ident: $type:ty = $example:expr),*) => $kind:expr, $json:literal;
    )*) => {
        /// # Constructors for pydantic's error types
        ///
        /// They have pydantic's `type`, `msg` and `ctx`. The `input` is `null` until
        /// [`with_input`](Self::with_input) sets it.
        ///
        /// See [pydantic: Validation Errors](https://docs.pydantic.dev/latest/errors/validation_errors/).
        impl ErrorDetail {
            $(
                $(#[$doc])*
                ///
                /// ```
                /// use axum_exception::ErrorDetail;
                ///
                #[doc = concat!(
                    "let error = ErrorDetail::", stringify!($name), "([\"body\", \"x\"]",
                    $(", ", stringify!($example),)* ");"
                )]
                /// assert_eq!(
                ///     error.to_json(),
                #[doc = concat!("    r#\"", $json, "\"#,")]
                /// );
                /// ```
                #[must_use]
                pub fn $name(loc: impl Into<Loc>, $($argument: $type),*) -> Self {
                    Self::of($kind, loc.into(), Value::Null)
                }
            )*
        }
    };
}

constructors! {
    /// Creates the error for a required value that is missing.
    missing() => ErrorKind::Missing,
        r#"{"type":"missing","loc":["body","x"],"msg":"Field required","input":null}"#;

    /// Creates the error for a field that is not expected.
    extra_forbidden() => ErrorKind::ExtraForbidden,
        r#"{"type":"extra_forbidden","loc":["body","x"],"msg":"Extra inputs are not permitted","input":null}"#;

    /// Creates the error for a value that the app's own code rejects: pydantic's error for a `ValueError` in
    /// a validator.
    value_error(message: impl Into<String> = "is taken") =>
        ErrorKind::ValueError { error: AppMessage(message.into()) },
        r#"{"type":"value_error","loc":["body","x"],"msg":"Value error, is taken","input":null,"ctx":{"error":{}}}"#;

    /// Creates the error for an assertion that failed: pydantic's error for an `AssertionError` in a
    /// validator.
    assertion_error(message: impl Into<String> = "x is even") =>
        ErrorKind::AssertionError { error: AppMessage(message.into()) },
        r#"{"type":"assertion_error","loc":["body","x"],"msg":"Assertion failed, x is even","input":null,"ctx":{"error":{}}}"#;

    /// Creates the error for a string with fewer characters than `min_length`.
    string_too_short(min_length: usize = 3) => ErrorKind::StringTooShort { min_length },
        r#"{"type":"string_too_short","loc":["body","x"],"msg":"String should have at least 3 characters","input":null,"ctx":{"min_length":3}}"#;

    /// Creates the error for a string with more characters than `max_length`.
    string_too_long(max_length: usize = 5) => ErrorKind::StringTooLong { max_length },
        r#"{"type":"string_too_long","loc":["body","x"],"msg":"String should have at most 5 characters","input":null,"ctx":{"max_length":5}}"#;

    /// Creates the error for a string that does not match the regular expression `pattern`.
    string_pattern_mismatch(pattern: impl Into<Cow<'static, str>> = "^[a-z]+$") =>
        ErrorKind::StringPatternMismatch { pattern: pattern.into() },
        r#"{"type":"string_pattern_mismatch","loc":["body","x"],"msg":"String should match pattern '^[a-z]+$'","input":null,"ctx":{"pattern":"^[a-z]+$"}}"#;

    /// Creates the error for a number that is not greater than `gt`.
    greater_than(gt: impl Into<Number> = 0) => ErrorKind::GreaterThan { gt: gt.into().into() },
        r#"{"type":"greater_than","loc":["body","x"],"msg":"Input should be greater than 0","input":null,"ctx":{"gt":0}}"#;

    /// Creates the error for a number that is less than `ge`.
    greater_than_equal(ge: impl Into<Number> = 1) => ErrorKind::GreaterThanEqual { ge: ge.into().into() },
        r#"{"type":"greater_than_equal","loc":["body","x"],"msg":"Input should be greater than or equal to 1","input":null,"ctx":{"ge":1}}"#;

    /// Creates the error for a number that is not less than `lt`.
    less_than(lt: impl Into<Number> = 100) => ErrorKind::LessThan { lt: lt.into().into() },
        r#"{"type":"less_than","loc":["body","x"],"msg":"Input should be less than 100","input":null,"ctx":{"lt":100}}"#;

    /// Creates the error for a number that is greater than `le`.
    less_than_equal(le: impl Into<Number> = 1.5) => ErrorKind::LessThanEqual { le: le.into().into() },
        r#"{"type":"less_than_equal","loc":["body","x"],"msg":"Input should be less than or equal to 1.5","input":null,"ctx":{"le":1.5}}"#;

    /// Creates the error for a value that is not one of `expected`: pydantic's error for a `Literal`.
    literal_error(expected: impl IntoIterator<Item = impl Into<Value>> = ["asc", "desc"]) =>
        ErrorKind::LiteralError { expected: Choices::Values(expected.into_iter().map(Into::into).collect()) },
        r#"{"type":"literal_error","loc":["body","x"],"msg":"Input should be 'asc' or 'desc'","input":null,"ctx":{"expected":"'asc' or 'desc'"}}"#;
}
