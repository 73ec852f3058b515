//! The errors about the tag of an enum.

use crate::{
    json::{Echo, Kind, NodeId, Tape},
    report::{Choices, ErrorKind, Tags},
};

/// Returns the error for an object whose tag names no variant.
pub(crate) fn union_tag_invalid(tape: &Tape<'_>, tag: NodeId, expected: Choices) -> ErrorKind {
    let member = if tape.is_chosen(tag) { tape.parent(tag) } else { tag };
    let key = tape.key_of(member).map_or("", |key| tape.str(key));
    ErrorKind::UnionTagInvalid {
        discriminator: format!("'{key}'"),
        tag: python_str(tape, tag),
        expected_tags: Tags(expected),
    }
}

/// Returns the error for an object without a tag.
pub(crate) fn union_tag_not_found(name: &str) -> ErrorKind {
    ErrorKind::UnionTagNotFound { discriminator: format!("'{name}'") }
}

/// Returns a value as Python's `str` shows it.
fn python_str(tape: &Tape<'_>, node: NodeId) -> String {
    match tape.kind(node) {
        Kind::Null => "None".to_owned(),
        Kind::True => "True".to_owned(),
        Kind::False => "False".to_owned(),
        Kind::Integer | Kind::Float => tape.number(node).to_string(),
        Kind::String | Kind::Key => tape.str(node).to_owned(),
        Kind::Array | Kind::Object | Kind::Strings => tape.value(node, &mut Echo::new(200)).to_string(),
    }
}
