//! Lists for sequences, tuples, and structs by the order of their fields.

use crate::{
    explain::{
        state::{Cause, Error, Location, NodeFlags, Pass},
        types::{Container, Expected},
    },
    json::{Kind, NodeId},
    report::ErrorKind,
};

use super::{
    items::Items,
    placeholder::replace,
    seed::Hint,
    visit::{Given, Visit},
};

pub(super) fn read_seq<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let visitor_type = visitor.visitor_type();
    if !matches!(pass.tape.kind(node), Kind::Array | Kind::Strings) {
        let is_set = Container::is_set(visitor_type.value_name);
        let expected = if is_set { Expected::Set } else { Expected::List };
        return replace(pass, node, expected.type_error(), Hint::Seq, visitor);
    }
    if pass.is_for_rules() {
        pass.learned.evidence.visited(node, visitor_type.value_name);
    }
    read_list(pass, node, visitor_type.is_collection(), visitor)
}

/// Reads a list. `are_alike` says whether the visitor looks at all items in the same way, and at once.
pub(super) fn read_list<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    are_alike: bool,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    pass.learned.flags.observe(node, NodeFlags::LIST);
    let is_foreign = !are_alike && !visitor.visitor_type().returns_errors();
    let mut items = Items::of_list(pass, node, are_alike).of_foreign(is_foreign);
    pass.descend(|pass| match visitor.visit(pass, Given::Seq(&mut items)) {
        Ok(()) => items.end(pass),
        Err(error) if !items.has_started() => Err(refused(error)),
        Err(error) => {
            items.settle(pass);
            Err(error)
        }
    })
}

/// Decides the kind of the error of a visitor that did not look into a container.
pub(super) fn refused(error: Error) -> Error {
    error.or_kind(|cause| match cause {
        Cause::Type { expected, .. } => {
            Some(Expected::of(expected).map_or_else(|| cause.to_value_error(), Expected::type_error))
        }
        cause => Some(cause.to_value_error()),
    })
}

/// Reads the fields of a struct from a list, or nothing: the error is that of the whole list.
pub(super) fn read_listed_fields<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let mut items = Items::of_list(pass, node, false);
    let result = pass.quietly(|pass| {
        pass.descend(|pass| {
            visitor.visit(pass, Given::Seq(&mut items))?;
            items.end(pass)
        })
    });
    result.map_err(|error| error.with_kind(ErrorKind::ModelAttributesType))
}

/// Reads a list of this many items, each of a type of its own.
pub(super) fn read_tuple<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    length: usize,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let hint = Hint::Tuple(length);
    if !matches!(pass.tape.kind(node), Kind::Array | Kind::Strings) {
        return replace(pass, node, ErrorKind::TupleType, hint, visitor);
    }
    let actual = pass.tape.count(node);
    if actual > length {
        let kind = ErrorKind::TooLong {
            field_type: "Tuple".into(),
            max_length: length,
            actual_length: Some(actual),
        };
        return replace(pass, node, kind, hint, visitor);
    }
    let before = pass.counters();
    let mut items = Items::of_list(pass, node, false).padded(length - actual);
    let result = pass.descend(|pass| visitor.visit(pass, Given::Seq(&mut items)));
    // The errors of the items come first, because a missing item may end the pass.
    let is_about_missing = matches!(result, Err(Error::Open(_))) && pass.counters().tainted != before.tainted;
    if result.is_ok() || is_about_missing {
        for index in actual..length {
            pass.mismatch(Location::MissingItem(node, index), ErrorKind::Missing)?;
        }
    }
    result
}
