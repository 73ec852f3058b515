//! The path in front of a message, such as `tags[1].name`, as `serde_path_to_error` writes it.

use crate::report::{Loc, LocSegment};

/// The beginnings of serde's messages.
const MESSAGES: &[&str] = &[
    "invalid type: ",
    "invalid value: ",
    "invalid length ",
    "unknown variant `",
    "unknown field `",
    "missing field `",
    "duplicate field `",
];

/// The name in the place of an unknown one.
const UNKNOWN_KEY: &str = "?";

/// Returns `true` if a message of serde begins here, without a path in front of it.
pub(super) fn begins_with_message(text: &str) -> bool {
    MESSAGES.iter().any(|message| text.starts_with(message))
}

/// The path from a document to the value that a message is about.
#[derive(Clone, Debug, Default)]
pub(super) struct Path(Vec<LocSegment>);

impl Path {
    /// Splits `tags[1].name: message` into path and message. Without a path all of it is the message.
    ///
    /// The path contains keys that the client chose, so any characters are possible in it. It ends where a
    /// known
    /// message of serde begins. In front of an unknown message it counts only if it has no blanks.
    pub(super) fn split(text: &str) -> (Self, &str) {
        let known = MESSAGES.iter().filter_map(|message| {
            if text.starts_with(message) {
                return Some(0);
            }
            text.match_indices(message).map(|(at, _)| at).find(|at| text[..*at].ends_with(": "))
        });
        let at = match known.min() {
            Some(0) => return (Self::default(), text),
            Some(at) => at,
            None => match text.find(": ") {
                Some(at) if is_plain(&text[..at]) => at + 2,
                _ => return (Self::default(), text),
            },
        };
        let (path, message) = text.split_at(at);
        (Self::parse(path.trim_end_matches(": ")), message)
    }

    /// Parses `tags[1].name`.
    pub(super) fn parse(path: &str) -> Self {
        let mut segments = Vec::new();
        for part in path.split('.') {
            let (name, mut indices) = match part.find('[') {
                Some(at) if part.ends_with(']') => part.split_at(at),
                _ => (part, ""),
            };
            if !name.is_empty() {
                segments.push(LocSegment::from(name.to_owned()));
            }
            while let Some((index, rest)) = indices.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
                segments.push(match index.parse::<usize>() {
                    Ok(index) => index.into(),
                    Err(_) => LocSegment::from(index.to_owned()),
                });
                indices = rest;
            }
        }
        Self(segments)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns `true` if the path ends with a key whose name is not known: that of a map whose keys are
    /// neither strings nor integers, or a key that is invalid itself.
    pub(super) fn ends_with_unknown_key(&self) -> bool {
        self.ends_with(&UNKNOWN_KEY.into())
    }

    /// Removes a key at the end whose name is not known.
    pub(super) fn without_unknown_key(self) -> Self {
        if self.ends_with_unknown_key() { self.parent() } else { self }
    }

    /// Returns the path of the container.
    pub(super) fn parent(mut self) -> Self {
        self.0.pop();
        self
    }

    /// Returns `true` if a part of the path is a key, and not an index.
    pub(super) fn has_keys(&self) -> bool {
        self.0.iter().any(|segment| matches!(segment, LocSegment::Key(_)))
    }

    pub(super) fn join(mut self, segment: impl Into<LocSegment>) -> Self {
        self.0.push(segment.into());
        self
    }

    pub(super) fn ends_with(&self, segment: &LocSegment) -> bool {
        self.0.last() == Some(segment)
    }

    /// Returns the location of the value in this part of the request.
    pub(super) fn within(self, source: &Loc) -> Loc {
        source.segments().iter().cloned().chain(self.0).collect()
    }
}

/// Returns whether a string has only the characters of names and indices.
fn is_plain(string: &str) -> bool {
    !string.is_empty()
        && string.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '$' | '?'))
}

#[cfg(test)]
mod tests {
    use super::Path;
    use crate::report::Loc;

    #[track_caller]
    fn splits(text: &str, expected: &str, message: &str) {
        let (path, rest) = Path::split(text);
        assert_eq!((Loc::from(path.0).to_string().as_str(), rest), (expected, message));
    }

    #[test]
    fn paths_are_split_from_messages() {
        splits("name: missing field `x`", "name", "missing field `x`");
        splits(
            "tags[1].name: invalid type: null, expected a string",
            "tags.1.name",
            "invalid type: null, expected a string",
        );
        splits("missing field `x`", "", "missing field `x`");
        splits(
            "invalid type: string \"a: missing field `x`\", expected u8",
            "",
            "invalid type: string \"a: missing field `x`\", expected u8",
        );
        splits("a b: invalid type: null, expected u8", "a b", "invalid type: null, expected u8");
        splits("email: no such domain", "email", "no such domain");
        splits("no such domain: x", "", "no such domain: x");
        splits("[0][1]: odd", "0.1", "odd");
        splits("", "", "");
        splits(": ", "", ": ");
    }
}
