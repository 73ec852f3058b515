//! Regular expressions that are compiled once.

use std::{fmt, sync::OnceLock};

use regex::Regex;

/// A regular expression for texts, compiled when it is first used and kept.
///
/// pydantic matches with the same library: no look-around, no back-references, time linear in the text, and
/// a match anywhere unless the pattern says otherwise. Its syntax is [that of the crate
/// `regex`](https://docs.rs/regex/1/regex/#syntax).
///
/// ```
/// use axum_exception::rules::{Check, Pattern, Rules};
///
/// static SLUG: Pattern = Pattern::new("^[a-z0-9-]+$");
///
/// struct Post { slug: String }
///
/// impl Rules for Post {
///     fn rules(&self, post: &mut Check<'_>) {
///         post.field("slug", &self.slug).pattern(&SLUG);
///     }
/// }
///
/// assert_eq!(
///     axum_exception::rules::errors(&Post { slug: "What?".to_owned() })[0].msg(),
///     "String should match pattern '^[a-z0-9-]+$'",
/// );
/// ```
pub struct Pattern {
    text: &'static str,
    compiled: OnceLock<Result<Regex, String>>,
}

impl Pattern {
    /// The pattern with that text.
    ///
    /// Whether it is a regular expression shows when it is first used: if not, that request is answered with
    /// a plain 500, and the log has the reason. A test that calls [`errors`](super::errors) finds it before.
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// The text of the pattern.
    #[must_use]
    pub fn as_str(&self) -> &'static str {
        self.text
    }

    /// Whether a text matches; if the pattern is no regular expression, why not.
    pub(super) fn is_match(&self, text: &str) -> Result<bool, String> {
        let compiled = self.compiled.get_or_init(|| {
            Regex::new(self.text)
                .map_err(|error| format!("the pattern {:?} is no regular expression: {error}", self.text))
        });
        compiled.as_ref().map(|regex| regex.is_match(text)).map_err(Clone::clone)
    }
}

impl fmt::Debug for Pattern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Pattern").field(&self.text).finish()
    }
}
