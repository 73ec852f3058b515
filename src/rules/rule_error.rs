//! Errors of rules that the app defines.

use std::borrow::Cow;

use crate::{
    report::{AppMessage, CustomKind, ErrorKind},
    value::{Map, Value},
};

/// The error of a rule that the app defines.
///
/// A string becomes a `value_error`, like a `ValueError` that a pydantic validator raises:
///
/// ```
/// # use axum_exception::rules::{Check, RuleError, Rules};
/// # struct Even(i64);
/// # impl Rules for Even {
/// #     fn rules(&self, check: &mut Check<'_>) {
/// check.value(&self.0).custom(|number| {
///     if number % 2 == 0 { Ok(()) } else { Err(format!("{number} is not even")) }
/// });
/// #     }
/// # }
/// # let errors = axum_exception::rules::errors(&Even(3));
/// assert_eq!(
///     errors[0].to_json(),
///     r#"{"type":"value_error","loc":[],"msg":"Value error, 3 is not even","input":null,"ctx":{"error":{}}}"#,
/// );
/// ```
///
/// [`RuleError::new`] creates an error with its own type, like pydantic's `PydanticCustomError`:
///
/// ```
/// use axum_exception::rules::RuleError;
///
/// let error = RuleError::new("too_old", "Nothing before 1970").with_ctx("earliest", 1970);
/// ```
#[derive(Clone, Debug)]
#[must_use]
pub struct RuleError(ErrorKind);

impl RuleError {
    /// Creates an error with the given `type` and `msg`.
    pub fn new(kind: impl Into<Cow<'static, str>>, msg: impl Into<String>) -> Self {
        let custom = CustomKind { error_type: kind.into(), msg: msg.into(), ctx: Map::new() };
        Self(ErrorKind::Custom(Box::new(custom)))
    }

    /// Adds an entry to the end of `ctx`.
    pub fn with_ctx(self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        let mut custom = self.0.into_custom();
        custom.ctx.insert(key, value);
        Self(ErrorKind::Custom(custom))
    }

    pub(super) fn into_kind(self) -> ErrorKind {
        self.0
    }
}

impl From<String> for RuleError {
    fn from(message: String) -> Self {
        Self(ErrorKind::ValueError { error: AppMessage(message) })
    }
}

impl From<&str> for RuleError {
    fn from(message: &str) -> Self {
        message.to_owned().into()
    }
}
