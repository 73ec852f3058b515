//! The description of what a visitor expects, without an allocation.

use std::fmt;

use super::Expected;

/// The expectation of the visitor with which serde buffers content that it will look at later.
const BUFFERED_CONTENT: &str = "any value";

/// The beginning of the description of an internally tagged enum.
pub(crate) const TAGGED_ENUM: &str = "internally tagged enum ";

/// The description of what a visitor expects: the beginning of it, which is all that [`Expected`] needs.
pub(crate) struct Expectation {
    bytes: [u8; Self::LENGTH],
    len: usize,
    is_full: bool,
}

impl Expectation {
    /// More than the longest description in the table.
    const LENGTH: usize = 64;

    pub(crate) fn new() -> Self {
        Self { bytes: [0; Self::LENGTH], len: 0, is_full: false }
    }

    pub(crate) fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Returns `true` if serde buffers the content, to look at it later.
    pub(crate) fn is_buffer(&self) -> bool {
        self.as_str() == BUFFERED_CONTENT
    }

    pub(crate) fn expected(&self) -> Option<Expected> {
        Expected::of(self.as_str())
    }
}

impl fmt::Write for Expectation {
    fn write_str(&mut self, words: &str) -> fmt::Result {
        if self.is_full {
            return Ok(());
        }
        let room = Self::LENGTH - self.len;
        let mut end = words.len().min(room);
        while !words.is_char_boundary(end) {
            end -= 1;
        }
        self.is_full = end < words.len();
        if let (Some(to), Some(from)) =
            (self.bytes.get_mut(self.len..self.len + end), words.as_bytes().get(..end))
        {
            to.copy_from_slice(from);
            self.len += end;
        }
        Ok(())
    }
}
