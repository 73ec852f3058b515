//! The rules that a type states for a value.

use super::{field::Field, findings::Findings, path::Position, rule_error::RuleError};

/// Collects the rules of one value while they are checked.
///
/// See the [module](crate::rules) for examples.
pub struct Check<'c> {
    findings: &'c mut Findings,
    position: Position<'c>,
    /// The number of findings before those in this value.
    start: usize,
    whole: Option<RuleError>,
}

/// Checks the rules of a value at a position.
pub(super) fn within(findings: &mut Findings, position: Position<'_>, rules: impl FnOnce(&mut Check<'_>)) {
    if findings.is_done() {
        return;
    }
    let start = findings.len();
    let mut check = Check { findings, position, start, whole: None };
    rules(&mut check);
    let Check { findings, whole, .. } = check;
    // A rule for the whole value counts only if its parts are valid.
    if let Some(error) = whole.filter(|_| findings.len() == start) {
        findings.push_whole(position, error.into_kind());
    }
}

impl Check<'_> {
    /// Starts the rules of a field, by the name that the client sends. That is serde's name, not that of the
    /// struct.
    ///
    /// Write all rules of the field in one chain: `check.field("age", &self.age).ge(18).lt(150)`. For an
    /// `Option` use [`optional`](Self::optional). A limit for the `Option` itself does not compile, because `None`
    /// is less than every value: a limit such as `Some(1)` would refuse a field that was not sent.
    ///
    /// An unknown name appears in the `loc` as it is written here. The error is reported only if everything
    /// around the field is valid, and the log has a warning.
    #[must_use = "a field without rules is not checked"]
    pub fn field<'f, T: ?Sized>(&'f mut self, name: &'f str, value: &'f T) -> Field<'f, T> {
        Field::new(self.findings, Position::Key(&self.position, name), Some(value))
    }

    /// Starts the rules of an optional field. `None` obeys every rule, as in pydantic.
    #[must_use = "a field without rules is not checked"]
    pub fn optional<'f, T>(&'f mut self, name: &'f str, value: &'f Option<T>) -> Field<'f, T> {
        Field::new(self.findings, Position::Key(&self.position, name), value.as_ref())
    }

    /// Starts the rules of a part that has an index instead of a name, as in a tuple.
    #[must_use = "a field without rules is not checked"]
    pub fn item<'f, T: ?Sized>(&'f mut self, index: usize, value: &'f T) -> Field<'f, T> {
        Field::new(self.findings, Position::Index(&self.position, index), Some(value))
    }

    /// Starts the rules of an item of a list of this length.
    pub(super) fn item_of<'f, T>(&'f mut self, index: usize, length: usize, value: &'f T) -> Field<'f, T> {
        Field::new(self.findings, Position::ItemOf { list: &self.position, index, length }, Some(value))
    }

    /// Starts the rules of a value that has the `loc` of the type itself: the content of a newtype, or a
    /// flattened field.
    ///
    /// ```
    /// use axum_exception::rules::{Check, Rules};
    ///
    /// struct ItemId(i64);
    ///
    /// impl Rules for ItemId {
    ///     fn rules(&self, id: &mut Check<'_>) {
    ///         id.value(&self.0).ge(1).le(10);
    ///     }
    /// }
    /// ```
    #[must_use = "a field without rules is not checked"]
    pub fn value<'f, T: ?Sized>(&'f mut self, value: &'f T) -> Field<'f, T> {
        Field::new(self.findings, self.position, Some(value))
    }

    /// Checks rules one level deeper, under a name that the client sends but that has no value of its own in
    /// Rust: the name of a variant, or of the `content` of an enum.
    ///
    /// ```
    /// use axum_exception::rules::{Check, Rules};
    ///
    /// // `{"Line": {"length": 5}}`
    /// enum Shape { Line { length: f64 } }
    ///
    /// impl Rules for Shape {
    ///     fn rules(&self, shape: &mut Check<'_>) {
    ///         match self {
    ///             Self::Line { length } => shape.inside("Line", |line| {
    ///                 line.field("length", length).gt(0.0);
    ///             }),
    ///         }
    ///     }
    /// }
    /// ```
    ///
    /// The level depends on the attributes of serde:
    ///
    /// | enum | level |
    /// | --- | --- |
    /// | externally tagged, as above | the name of the variant |
    /// | `#[serde(tag = "type")]` | none: its fields are fields of the object |
    /// | `#[serde(tag = "type", content = "value")]` | `"value"` |
    /// | `#[serde(untagged)]` | none |
    ///
    /// The tag is added to the `loc` automatically.
    pub fn inside(&mut self, name: &str, rules: impl FnOnce(&mut Check<'_>)) {
        within(self.findings, Position::Key(&self.position, name), rules);
    }

    /// Checks a rule for all fields together, like a model validator of pydantic.
    ///
    /// The rule runs only if no field breaks a rule of its own. The first rule that fails is reported at the
    /// value itself: as `value_error`, or as the [`RuleError`] defines it.
    pub fn whole<E>(&mut self, rule: impl FnOnce() -> Result<(), E>)
    where
        E: Into<RuleError>,
    {
        if self.whole.is_none() && self.findings.len() == self.start && !self.findings.is_done() {
            self.whole = rule().err().map(Into::into);
        }
    }
}

impl std::fmt::Debug for Check<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Check").field("findings", &self.findings).finish_non_exhaustive()
    }
}
