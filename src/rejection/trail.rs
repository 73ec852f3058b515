//! Where a deserializer was: `tags[1].name`, as `serde_path_to_error` writes it.

use crate::report::{Loc, LocSegment};

/// The beginnings by which a message of serde is known behind a trail.
const MESSAGES: &[&str] = &[
    "invalid type: ",
    "invalid value: ",
    "invalid length ",
    "unknown variant `",
    "unknown field `",
    "missing field `",
    "duplicate field `",
];

/// Splits `tags[1].name: message` into where and what; without a trail all of it is the message.
///
/// A key may hold any character a client likes. So what a message begins with decides where it begins,
/// and where that is not known, only a trail without blanks counts as one.
pub(super) fn split(text: &str) -> (Vec<LocSegment>, &str) {
    let known = MESSAGES.iter().filter_map(|message| {
        if text.starts_with(message) {
            return Some(0);
        }
        text.match_indices(message).map(|(at, _)| at).find(|at| text[..*at].ends_with(": "))
    });
    let at = match known.min() {
        Some(0) => return (Vec::new(), text),
        Some(at) => at,
        None => match text.find(": ") {
            Some(at) if is_plain(&text[..at]) => at + 2,
            _ => return (Vec::new(), text),
        },
    };
    let (trail, message) = text.split_at(at);
    (segments(trail.trim_end_matches(": ")), message)
}

/// Whether this can only be a trail: names and indices, no words.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '[' | ']' | '$' | '?'))
}

fn segments(trail: &str) -> Vec<LocSegment> {
    let mut segments = Vec::new();
    for part in trail.split('.') {
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
    segments
}

pub(super) fn append(loc: &Loc, trail: Vec<LocSegment>) -> Loc {
    loc.segments().iter().cloned().chain(trail).collect()
}

#[cfg(test)]
mod tests {
    use super::split;
    use crate::report::Loc;

    #[track_caller]
    fn splits(text: &str, trail: &str, message: &str) {
        let (segments, rest) = split(text);
        assert_eq!((Loc::from(segments).to_string().as_str(), rest), (trail, message));
    }

    #[test]
    fn a_trail_is_told_from_a_message() {
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
