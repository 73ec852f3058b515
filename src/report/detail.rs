//! One mistake in a request, as FastAPI reports it.

use std::{borrow::Cow, fmt};

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    report::{AppMessage, CustomKind, ErrorKind, Loc, OneLine},
    value::{Map, Value},
};

/// The number of errors that a report lists, unless the app has set another limit.
pub(crate) const MAX_ERRORS: usize = 1000;

/// One mistake in a request: what, where, in words, and the value it is about.
///
/// It is written as FastAPI writes it, `ctx` only when there is one:
///
/// ```
/// use axum_exception::ErrorDetail;
///
/// let error = ErrorDetail::new("too_old", ["body", "year"], "Nothing before 1970")
///     .with_input(1815)
///     .with_ctx("earliest", 1970);
/// assert_eq!(
///     error.to_json(),
///     r#"{"type":"too_old","loc":["body","year"],"msg":"Nothing before 1970","input":1815,"ctx":{"earliest":1970}}"#,
/// );
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorDetail {
    kind: ErrorKind,
    loc: Loc,
    input: Value,
}

impl ErrorDetail {
    /// A mistake of the app's own type, with `null` as its input.
    #[must_use]
    pub fn new(kind: impl Into<Cow<'static, str>>, loc: impl Into<Loc>, msg: impl Into<String>) -> Self {
        let custom = CustomKind { error_type: kind.into(), msg: msg.into(), ctx: Map::new() };
        Self::of(ErrorKind::Custom(Box::new(custom)), loc.into(), Value::Null)
    }

    /// A required value that is not there: `missing`, `Field required`.
    #[must_use]
    pub fn missing(loc: impl Into<Loc>) -> Self {
        Self::of(ErrorKind::Missing, loc.into(), Value::Null)
    }

    /// A value that the app's own code refuses: `value_error`, with `Value error, ` before the message, as of a
    /// `ValueError` in a validator of pydantic.
    ///
    /// ```
    /// use axum_exception::ErrorDetail;
    ///
    /// let error = ErrorDetail::value_error(["body", "name"], "is taken").with_input("admin");
    /// assert_eq!(
    ///     error.to_json(),
    ///     r#"{"type":"value_error","loc":["body","name"],"msg":"Value error, is taken","input":"admin","ctx":{"error":{}}}"#,
    /// );
    /// ```
    #[must_use]
    pub fn value_error(loc: impl Into<Loc>, message: impl Into<String>) -> Self {
        Self::of(ErrorKind::ValueError { error: AppMessage(message.into()) }, loc.into(), Value::Null)
    }

    pub(crate) fn of(kind: ErrorKind, loc: Loc, input: Value) -> Self {
        Self { kind, loc, input }
    }

    /// Sets the value that the error is about.
    #[must_use]
    pub fn with_input(mut self, input: impl Into<Value>) -> Self {
        self.input = input.into();
        self
    }

    /// Adds an entry at the end of `ctx`.
    #[must_use]
    pub fn with_ctx(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        let mut custom = self.kind.into_custom();
        custom.ctx.insert(key, value);
        self.kind = ErrorKind::Custom(custom);
        self
    }

    /// The `type`: a short name for programs, `int_parsing`.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.kind.error_type()
    }

    /// Where the mistake is.
    #[must_use]
    pub fn loc(&self) -> &Loc {
        &self.loc
    }

    /// The mistake in words.
    #[must_use]
    pub fn msg(&self) -> Cow<'_, str> {
        self.kind.msg()
    }

    /// The value that was found; the object around it where a field is missing.
    #[must_use]
    pub fn input(&self) -> &Value {
        &self.input
    }

    /// What the message was made of, such as a limit; empty for most types.
    #[must_use]
    pub fn ctx(&self) -> Map {
        self.kind.ctx()
    }

    /// The mistake as FastAPI writes it into `detail`.
    #[must_use]
    pub fn to_json(&self) -> String {
        Value::from(self).to_string()
    }
}

impl From<&ErrorDetail> for Value {
    fn from(error: &ErrorDetail) -> Self {
        let mut map = Map::new();
        map.insert("type", error.kind());
        map.insert("loc", &error.loc);
        map.insert("msg", error.msg());
        map.insert("input", error.input.clone());
        let ctx = error.ctx();
        if !ctx.is_empty() {
            map.insert("ctx", ctx);
        }
        Self::Object(map)
    }
}

/// The list that stands in FastAPI's `detail`.
impl<'a> FromIterator<&'a ErrorDetail> for Value {
    fn from_iter<I: IntoIterator<Item = &'a ErrorDetail>>(errors: I) -> Self {
        Self::Array(errors.into_iter().map(Self::from).collect())
    }
}

impl Serialize for ErrorDetail {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ctx = self.ctx();
        let mut map = serializer.serialize_map(Some(if ctx.is_empty() { 4 } else { 5 }))?;
        map.serialize_entry("type", self.kind())?;
        map.serialize_entry("loc", &self.loc)?;
        map.serialize_entry("msg", &self.msg())?;
        map.serialize_entry("input", &self.input)?;
        if !ctx.is_empty() {
            map.serialize_entry("ctx", &ctx)?;
        }
        map.end()
    }
}

/// Where and in words, without the input: what a log may hold.
impl fmt::Display for ErrorDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.loc, OneLine(&self.msg()))
    }
}
