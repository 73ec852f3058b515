//! Regular expressions, compiled once.

use std::{fmt, sync::OnceLock};

use regex::Regex;

/// A regular expression for [`pattern`](super::Field::pattern), compiled on first use.
///
/// Patterns have the [syntax of the `regex` crate](https://docs.rs/regex/1/regex/#syntax), which pydantic
/// uses as well: no look-around and no back-references. A pattern without anchors matches anywhere in the
/// string. Matching takes time linear in the length of the string.
///
/// ```
/// use axum_exception::rules::{Check, Pattern, Rules};
///
/// static SLUG: Pattern = Pattern::new("^[a-z0-9-]+$");
///
/// struct Post { error_type: String }
///
/// impl Rules for Post {
///     fn rules(&self, post: &mut Check<'_>) {
///         post.field("error_type", &self.error_type).pattern(&SLUG);
///     }
/// }
///
/// assert_eq!(
///     axum_exception::rules::errors(&Post { error_type: "What?".to_owned() })[0].msg(),
///     "String should match pattern '^[a-z0-9-]+$'",
/// );
/// ```
pub struct Pattern {
    source: &'static str,
    compiled: OnceLock<Result<Regex, String>>,
}

impl Pattern {
    /// Creates a pattern.
    ///
    /// The pattern is compiled on first use. If it is invalid, the client gets a plain 500 and the log has
    /// the reason. A test that calls [`errors`](super::errors) finds an invalid pattern earlier.
    #[must_use]
    pub const fn new(pattern: &'static str) -> Self {
        Self { source: pattern, compiled: OnceLock::new() }
    }

    /// Returns the pattern as it was written.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        self.source
    }

    /// Returns whether a string matches, or why the pattern is invalid.
    pub(super) fn is_match(&self, string: &str) -> Result<bool, String> {
        let compiled = self.compiled.get_or_init(|| {
            Regex::new(self.source)
                .map_err(|error| format!("the pattern {:?} is no regular expression: {error}", self.source))
        });
        compiled.as_ref().map(|regex| regex.is_match(string)).map_err(Clone::clone)
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.source).finish()
    }
}
