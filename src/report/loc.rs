//! Locations in a request: `["body", "tags", 1, "name"]`.

use std::{
    borrow::Cow,
    fmt::{self, Write as _},
};

use serde::{Serialize, Serializer};

use crate::value::Value;

/// The location of an error in a request: its source, then the names and indices that lead to the value.
///
/// The sources are FastAPI's: `path`, `query`, `header`, `cookie` and `body`. A location serializes as an
/// array, `["body", "tags", 1]`, and its `Display` is `body.tags.1`.
///
/// ```
/// use axum_exception::Loc;
///
/// let loc = Loc::from("body").key("tags").index(1);
/// assert_eq!(loc.to_string(), "body.tags.1");
/// assert_eq!(Loc::from(["path", "user_id"]), Loc::from("path").key("user_id"));
/// assert_eq!(serde_json::to_string(&loc).unwrap(), r#"["body","tags",1]"#);
/// ```
///
/// See [FastAPI: Handling
/// Errors](https://fastapi.tiangolo.com/tutorial/handling-errors/#override-request-validation-exceptions).
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Loc(Vec<LocSegment>);

/// A segment of a [`Loc`].
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum LocSegment {
    /// The name of a source, a field, a parameter or a key.
    Key(Cow<'static, str>),
    /// A zero-based index in a list. Directly after `body`, it may also be the offset at which the JSON is
    /// invalid.
    Index(usize),
}

impl Loc {
    /// Appends a name.
    #[must_use]
    pub fn key(mut self, key: impl Into<Cow<'static, str>>) -> Self {
        self.0.push(LocSegment::Key(key.into()));
        self
    }

    /// Appends an index.
    #[must_use]
    pub fn index(mut self, index: usize) -> Self {
        self.0.push(LocSegment::Index(index));
        self
    }

    /// Returns the segments, outermost first.
    #[must_use]
    pub fn segments(&self) -> &[LocSegment] {
        &self.0
    }

    /// Iterates over the segments, outermost first.
    ///
    /// ```
    /// use axum_exception::{Loc, LocSegment};
    ///
    /// let loc = Loc::from("body").key("tags").index(1);
    /// assert_eq!(loc.iter().next(), Some(&LocSegment::from("body")));
    /// assert_eq!(loc.iter().last(), Some(&LocSegment::Index(1)));
    /// ```
    pub fn iter(&self) -> std::slice::Iter<'_, LocSegment> {
        self.0.iter()
    }

    /// Returns the number of segments.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns `true` if there are no segments.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<'a> IntoIterator for &'a Loc {
    type Item = &'a LocSegment;
    type IntoIter = std::slice::Iter<'a, LocSegment>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl From<&'static str> for Loc {
    fn from(source: &'static str) -> Self {
        Self::default().key(source)
    }
}

impl<S: Into<LocSegment>, const N: usize> From<[S; N]> for Loc {
    fn from(segments: [S; N]) -> Self {
        segments.into_iter().collect()
    }
}

impl From<Vec<LocSegment>> for Loc {
    fn from(segments: Vec<LocSegment>) -> Self {
        Self(segments)
    }
}

impl<S: Into<LocSegment>> FromIterator<S> for Loc {
    fn from_iter<I: IntoIterator<Item = S>>(segments: I) -> Self {
        Self(segments.into_iter().map(Into::into).collect())
    }
}

impl From<&'static str> for LocSegment {
    fn from(key: &'static str) -> Self {
        Self::Key(key.into())
    }
}

impl From<String> for LocSegment {
    fn from(key: String) -> Self {
        Self::Key(key.into())
    }
}

impl From<usize> for LocSegment {
    fn from(index: usize) -> Self {
        Self::Index(index)
    }
}

impl From<&Loc> for Value {
    fn from(loc: &Loc) -> Self {
        Self::Array(loc.0.iter().map(Into::into).collect())
    }
}

impl From<&LocSegment> for Value {
    fn from(segment: &LocSegment) -> Self {
        match segment {
            LocSegment::Key(key) => key.as_ref().into(),
            LocSegment::Index(index) => (*index).into(),
        }
    }
}

impl fmt::Display for Loc {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, segment) in self.0.iter().enumerate() {
            if position > 0 {
                f.write_str(".")?;
            }
            segment.fmt(f)?;
        }
        Ok(())
    }
}

impl fmt::Display for LocSegment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Key(key) => OneLine(key).fmt(f),
            Self::Index(index) => write!(f, "{index}"),
        }
    }
}

/// A string that a client may have chosen, for a log: control characters are replaced, so that it stays on
/// its line.
pub(crate) struct OneLine<'a>(pub(crate) &'a str);

impl fmt::Display for OneLine<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, line) in self.0.split(char::is_control).enumerate() {
            if index > 0 {
                f.write_char(char::REPLACEMENT_CHARACTER)?;
            }
            f.write_str(line)?;
        }
        Ok(())
    }
}

impl Serialize for Loc {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(&self.0)
    }
}

impl Serialize for LocSegment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Key(key) => serializer.serialize_str(key),
            Self::Index(index) => serializer.serialize_u64(*index as u64),
        }
    }
}
