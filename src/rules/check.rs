//! Where a type says what its rules are.

use super::{
    Rules,
    field::Field,
    found::{At, Found},
    rule_error::RuleError,
};

/// The rules of one value, while they are checked.
///
/// See the [module](crate::rules).
pub struct Check<'c> {
    found: &'c mut Found,
    at: At<'c>,
    /// How many rules were broken before.
    start: usize,
    whole: Option<RuleError>,
}

/// Checks a value at its place.
pub(super) fn within(found: &mut Found, at: At<'_>, rules: impl FnOnce(&mut Check<'_>)) {
    if found.is_done() {
        return;
    }
    let start = found.len();
    let mut check = Check { found, at, start, whole: None };
    rules(&mut check);
    let Check { found, whole, .. } = check;
    // What is said about a whole means that its parts are right.
    if let Some(error) = whole.filter(|_| found.len() == start) {
        found.push_whole(at, error.into_kind());
    }
}

impl Check<'_> {
    /// A field, by the name the client sends: that of serde, not that of the struct.
    ///
    /// The rules follow, all of them in one chain: `check.field("age", &self.age).ge(18).lt(150)`. Of an
    /// `Option` say [`optional`](Self::optional): as a value of its own `None` is less than everything.
    ///
    /// A name that serde does not know is reported as it stands here, and only where nothing else around it is
    /// wrong; the log warns of it.
    #[must_use = "a field without rules is not checked"]
    pub fn field<'f, T: ?Sized>(&'f mut self, name: &'f str, value: &'f T) -> Field<'f, T> {
        Field::new(self.found, At::Key(&self.at, name), Some(value))
    }

    /// A field that may be absent. What is absent obeys all rules, as in pydantic.
    #[must_use = "a field without rules is not checked"]
    pub fn optional<'f, T>(&'f mut self, name: &'f str, value: &'f Option<T>) -> Field<'f, T> {
        Field::new(self.found, At::Key(&self.at, name), value.as_ref())
    }

    /// A part that has a place but no name, as in a tuple.
    #[must_use = "a field without rules is not checked"]
    pub fn item<'f, T: ?Sized>(&'f mut self, index: usize, value: &'f T) -> Field<'f, T> {
        Field::new(self.found, At::Index(&self.at, index), Some(value))
    }

    /// An item of a list of so many.
    pub(super) fn item_of<'f, T>(&'f mut self, index: usize, length: usize, value: &'f T) -> Field<'f, T> {
        Field::new(self.found, At::ItemOf(&self.at, index, length), Some(value))
    }

    /// A part that is no field of its own for the client: what a newtype wraps, or what is flattened.
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
        Field::new(self.found, self.at, Some(value))
    }

    /// What has a name for the client but is no value of its own here: the fields of a variant.
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
    /// Where the variant is told by a tag instead, its fields are fields of the whole, and the tag comes
    /// into their `loc` by itself.
    pub fn inside(&mut self, name: &str, rules: impl FnOnce(&mut Check<'_>)) {
        within(self.found, At::Key(&self.at, name), rules);
    }

    /// A rule for all fields together: what pydantic calls a model validator.
    ///
    /// It is only asked if no field breaks a rule of its own, and the first one that fails is
    /// reported: `value_error`, at the value itself, or what the [`RuleError`] says.
    pub fn whole<E>(&mut self, rule: impl FnOnce() -> Result<(), E>)
    where
        E: Into<RuleError>,
    {
        if self.whole.is_none() && self.found.len() == self.start && !self.found.is_done() {
            self.whole = rule().err().map(Into::into);
        }
    }
}

impl<T> Field<'_, T>
where
    T: Rules + ?Sized,
{
    /// The rules that the type of the field has itself.
    // As in `field`: what it gives back is for the next rule.
    #[allow(clippy::must_use_candidate)]
    pub fn nested(mut self) -> Self {
        if let Some((value, found, at)) = self.inside() {
            within(found, at, |check| value.rules(check));
        }
        self
    }
}

impl std::fmt::Debug for Check<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Check").field("found", &self.found).finish_non_exhaustive()
    }
}
