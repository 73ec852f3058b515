//! One validation error, as FastAPI reports it.

use std::{borrow::Cow, fmt};

use serde::{Serialize, Serializer, ser::SerializeMap};

use crate::{
    report::{CustomKind, ErrorKind, Loc, OneLine},
    value::{Map, Value},
};

/// The number of errors that a report lists, unless the app has set another limit.
pub(crate) const MAX_ERRORS: usize = 1000;

/// One validation error: its type, location, message, input and context.
///
/// It serializes as in FastAPI's `{"detail": […]}`. An empty `ctx` is left out:
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
///
/// See [FastAPI: Handling
/// Errors](https://fastapi.tiangolo.com/tutorial/handling-errors/#override-request-validation-exceptions).
#[derive(Clone, Debug, PartialEq)]
pub struct ErrorDetail {
    kind: ErrorKind,
    loc: Loc,
    input: Value,
}

impl ErrorDetail {
    /// Creates an error of the app's own type, with `null` as its input and without a context.
    ///
    /// For pydantic's types there are constructors such as [`missing`](Self::missing) and
    /// [`value_error`](Self::value_error).
    #[must_use]
    pub fn new(kind: impl Into<Cow<'static, str>>, loc: impl Into<Loc>, msg: impl Into<String>) -> Self {
        let custom = CustomKind { error_type: kind.into(), msg: msg.into(), ctx: Map::new() };
        Self::of(ErrorKind::Custom(Box::new(custom)), loc.into(), Value::Null)
    }

    /// Creates an error of a kind of the catalogue.
    pub(crate) fn of(kind: ErrorKind, loc: Loc, input: Value) -> Self {
        Self { kind, loc, input }
    }

    /// Returns the error as one of a document around the one that it is in, which is there.
    pub(crate) fn below(&self, around: &Loc) -> Self {
        Self { loc: around.iter().chain(&self.loc).cloned().collect(), ..self.clone() }
    }

    /// Sets the location.
    pub(crate) fn with_loc(self, loc: Loc) -> Self {
        Self { loc, ..self }
    }

    /// Sets the input: the value that is invalid.
    #[must_use]
    pub fn with_input(mut self, input: impl Into<Value>) -> Self {
        self.input = input.into();
        self
    }

    /// Replaces the message. `type` and `ctx` stay.
    ///
    /// ```
    /// use axum_exception::ErrorDetail;
    ///
    /// let error = ErrorDetail::missing(["body", "name"]).with_msg("Pflichtfeld");
    /// assert_eq!((error.kind(), &*error.msg()), ("missing", "Pflichtfeld"));
    /// ```
    #[must_use]
    pub fn with_msg(mut self, msg: impl Into<String>) -> Self {
        let mut custom = self.kind.into_custom();
        custom.msg = msg.into();
        self.kind = ErrorKind::Custom(custom);
        self
    }

    /// Adds an entry to the end of `ctx`. An existing key gets the new value.
    #[must_use]
    pub fn with_ctx(mut self, key: impl Into<String>, value: impl Into<Value>) -> Self {
        let mut custom = self.kind.into_custom();
        custom.ctx.insert(key, value);
        self.kind = ErrorKind::Custom(custom);
        self
    }

    /// Returns the `type`, a name for programs such as `int_parsing`.
    #[must_use]
    pub fn kind(&self) -> &str {
        self.kind.error_type()
    }

    /// Returns the location of the error.
    #[must_use]
    pub fn loc(&self) -> &Loc {
        &self.loc
    }

    /// Returns the message, a sentence for people.
    #[must_use]
    pub fn msg(&self) -> Cow<'_, str> {
        self.kind.msg()
    }

    /// Returns the input: the value that is invalid. For a missing field, it is the object without it.
    #[must_use]
    pub fn input(&self) -> &Value {
        &self.input
    }

    /// Returns the context: the facts in the message, such as a limit. It is empty for most types.
    #[must_use]
    pub fn ctx(&self) -> Map {
        self.kind.ctx()
    }

    /// Returns the error as JSON, as FastAPI writes it into `detail`.
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

/// Collects errors into the list in FastAPI's `detail`.
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

/// Writes the location and the message, without the input, which does not belong in a log.
impl fmt::Display for ErrorDetail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.loc, OneLine(&self.msg()))
    }
}
