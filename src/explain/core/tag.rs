//! The string that says which variant of an enum an object is.

use crate::{
    explain::state::{Cause, Error, Location, NodeFlags, Pass, union_tag_invalid},
    json::{Kind, NodeId},
    report::{Choices, ErrorKind},
};

use super::{frame::read_node, seed::Seed};

/// Returns the string of the tag of an internally tagged enum, the only value that is asked for as an
/// identifier.
///
/// Anything but a string is not a tag. Then it is a string that cannot be one, so that the visitor says which
/// tags there are.
pub(super) fn string_of<'t>(pass: &Pass<'t>, tag: NodeId) -> &'t str {
    if pass.tape.kind(tag) == Kind::String { pass.tape.str(tag) } else { "\u{0}" }
}

/// Settles what the visitor returned for the tag of an internally tagged enum.
pub(super) fn settle(pass: &mut Pass<'_>, tag: NodeId, result: Result<(), Error>) -> Result<(), Error> {
    let tape = pass.tape;
    let member = member_of(pass, tag);
    let object = tape.parent(member);
    if pass.is_quiet() || tape.key_of(member).is_none() {
        return result;
    }
    match result {
        Ok(()) if tape.kind(tag) == Kind::String => {
            pass.learned.evidence.has_tag(object, tag);
            Ok(())
        }
        Ok(()) => Err(refuse_object(pass, object, tag, ErrorKind::StringType)),
        Err(error) => Err(refuse(pass, object, tag, error)),
    }
}

/// Reads the tag of an adjacently tagged enum.
pub(super) fn read_adjacent<'t>(
    pass: &mut Pass<'t>,
    object: NodeId,
    tag: NodeId,
    seed: &mut dyn Seed<'t>,
) -> Result<(), Error> {
    if pass.is_quiet() {
        return read_node(pass, tag, seed);
    }
    let result = pass.quietly(|pass| read_node(pass, tag, seed));
    let tape = pass.tape;
    let tag = if tape.kind(tag) == Kind::Strings { tape.chosen(tag) } else { tag };
    match result {
        Ok(()) => {
            pass.learned.evidence.has_tag(object, tag);
            Ok(())
        }
        Err(error) => Err(refuse(pass, object, tag, error)),
    }
}

/// Returns the value of the member that is a tag. Of a string it is the group of all strings of its name.
fn member_of(pass: &Pass<'_>, tag: NodeId) -> NodeId {
    if pass.tape.is_chosen(tag) { pass.tape.parent(tag) } else { tag }
}

/// Notes an error of a tag. Without a tag nothing can be said about its siblings.
fn refuse_object(pass: &mut Pass<'_>, object: NodeId, tag: NodeId, kind: ErrorKind) -> Error {
    pass.note(Location::Node(tag), kind);
    pass.learned.flags.decide(object, NodeFlags::REPLACED);
    pass.refuse()
}

fn refuse(pass: &mut Pass<'_>, object: NodeId, tag: NodeId, error: Error) -> Error {
    let Error::Open(open) = error else {
        return error;
    };
    let expected = match (&open.cause, open.kind) {
        (Cause::UnknownVariant { expected, .. }, _) => Choices::Declared(expected),
        (_, Some(ErrorKind::Enum { expected })) => expected,
        (cause, _) => {
            let kind = cause.to_value_error();
            return refuse_object(pass, object, tag, kind);
        }
    };
    let kind = union_tag_invalid(pass.tape, tag, expected);
    pass.condemn(object, kind)
}
