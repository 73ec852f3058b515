//! Strings in one allocation, each at an address of its own.

/// Strings one after the other. No two of them share an address.
///
/// A string is recognized by its address, see [`Tape::at_address`](super::Tape::at_address).
/// [`push`](Self::push) is the only way to add one, and puts a separator behind it: an empty string would
/// otherwise have the address of the next one, and so would the empty rest of a string that has been cut.
#[derive(Debug, Default)]
pub(in crate::json) struct TextArena(String);

impl TextArena {
    /// Adds a string and returns its offset in bytes.
    pub(in crate::json) fn push(&mut self, string: &str) -> usize {
        let start = self.0.len();
        self.0.push_str(string);
        self.0.push('\n');
        start
    }

    /// Returns the offset of the next string.
    pub(in crate::json) fn len(&self) -> usize {
        self.0.len()
    }

    /// Returns all strings with their separators.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns all strings with their separators.
    pub(super) fn into_string(self) -> String {
        self.0
    }
}
