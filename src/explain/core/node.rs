//! A node of the document meets what a visitor asks for.

use crate::{
    explain::{
        state::{Cause, Error, Location, NodeFlags, Pass},
        types::{Container, Expected, Scalar, scalar_of},
    },
    json::{Kind, NodeId},
    report::ErrorKind,
};

use super::{
    At, Given, Hint, Items, Members, RAW_VALUE, Visit, coerced, give, number, object, presume_propagation,
    replace, string, tag,
};

/// Reads a node for a visitor that has asked for it.
pub(super) fn read<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    hint: Hint,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    match hint {
        Hint::Any => return read_any(pass, node, visitor),
        Hint::Option => return read_option(pass, node, visitor),
        Hint::Newtype(name) => return read_newtype(pass, node, name, visitor),
        Hint::Identifier => {
            let node = one(pass, node)?;
            return tag::read(pass, node, visitor);
        }
        Hint::IgnoredAny => return visitor.visit(pass, Given::Null),
        _ => {}
    }
    presume_propagation(pass, visitor);
    match hint {
        Hint::Integer(_) | Hint::Float(_) => number::read(pass, node, hint, visitor),
        Hint::Char => string::read_char(pass, node, visitor),
        Hint::Str => string::read(pass, node, visitor),
        Hint::Bytes => string::read_bytes(pass, node, visitor),
        Hint::Seq => read_seq(pass, node, visitor),
        Hint::Tuple(length) => read_tuple(pass, node, length, visitor),
        Hint::Map => object::read_map(pass, node, visitor),
        Hint::Struct(fields) => object::read_struct(pass, node, fields, visitor),
        Hint::Enum(variants) => object::read_enum(pass, node, variants, visitor),
        Hint::Unit => match pass.tape.kind(node) {
            Kind::Null => visitor.visit(pass, Given::Null),
            _ => {
                let node = one(pass, node)?;
                replace(pass, node, ErrorKind::NoneRequired, hint, visitor)
            }
        },
        Hint::Bool => {
            let node = one(pass, node)?;
            match coerced(pass, node, Expected::Bool) {
                Ok(scalar) => give(pass, scalar, visitor),
                Err(kind) => replace(pass, node, kind, hint, visitor),
            }
        }
        Hint::Any | Hint::Option | Hint::Newtype(_) | Hint::Identifier | Hint::IgnoredAny => {
            visitor.visit(pass, Given::Null)
        }
    }
}

/// Returns the string that counts, of those of one name. Any other node is returned as it is.
pub(super) fn one(pass: &mut Pass<'_>, node: NodeId) -> Result<NodeId, Error> {
    if pass.tape.kind(node) != Kind::Strings {
        return Ok(node);
    }
    let chosen = pass.tape.chosen(node);
    if pass.tape.is_absent(chosen) && !pass.has(node, NodeFlags::KEPT) {
        // In the next pass it is not there.
        pass.learned.flags.decide(node, NodeFlags::ABSENT);
        return Err(pass.refuse());
    }
    Ok(chosen)
}

/// Returns what stands for a node by now, if it was coerced or replaced.
pub(super) fn substitute<'t>(pass: &mut Pass<'t>, node: NodeId) -> Option<Scalar<'t>> {
    let substitute = pass.learned.nodes.substitute(node).filter(|_| !pass.is_quiet())?;
    if substitute.is_placeholder {
        pass.taint();
    }
    Some(substitute.scalar)
}

fn read_any<'t>(pass: &mut Pass<'t>, node: NodeId, visitor: &mut dyn Visit<'t>) -> Result<(), Error> {
    let tape = pass.tape;
    let expectation = visitor.expectation(pass);
    if tape.kind(node) == Kind::Strings {
        // Whoever accepts anything gets a list where there are several, until it is known what is expected.
        let is_single = pass.has(node, NodeFlags::SINGLE) || tape.count(node) == 1;
        if is_single && !pass.has(node, NodeFlags::LISTED) {
            let node = one(pass, node)?;
            return read_any(pass, node, visitor);
        }
        accept_anything(pass, node, expectation.is_buffer());
        return read_list(pass, node, false, visitor);
    }
    accept_anything(pass, node, expectation.is_buffer());
    if let Some(scalar) = substitute(pass, node) {
        return give(pass, scalar, visitor);
    }
    if let Some(name) = pass.learned.nodes.variant(node) {
        // It comes as an object of one member, which an enum accepts. A tag, on which much else would depend, does not.
        pass.taint();
        return visitor.visit(pass, Given::Map(&mut Members::variant(name)));
    }
    match scalar_of(tape, node) {
        Some(scalar @ Scalar::Str(_)) => {
            let expected = expectation.expected();
            let result = give(pass, scalar, visitor);
            result.map_err(|error| match expected {
                Some(expected) => string::parse_error(pass, node, expected, error),
                None => error,
            })
        }
        Some(scalar) => give(pass, scalar, visitor),
        None => {
            let is_tagged = expectation.as_str().starts_with("internally tagged enum ");
            match tape.kind(node) {
                Kind::Array if !is_tagged => read_list(pass, node, false, visitor),
                Kind::Array if may_list_fields(pass, node) => read_listed_fields(pass, node, visitor),
                Kind::Array => replace(pass, node, ErrorKind::ModelAttributesType, Hint::Any, visitor),
                _ => object::read_any(pass, node, is_tagged, visitor),
            }
        }
    }
}

fn accept_anything(pass: &mut Pass<'_>, node: NodeId, is_buffer: bool) {
    pass.accept_anything();
    if is_buffer {
        pass.learned.flags.observe(node, NodeFlags::BUFFERED);
    }
}

fn read_option<'t>(pass: &mut Pass<'t>, node: NodeId, visitor: &mut dyn Visit<'t>) -> Result<(), Error> {
    if pass.tape.kind(node) != Kind::Null {
        return visitor.visit(pass, Given::Some(At::Node(node)));
    }
    if pass.is_for_rules() {
        pass.learned.evidence.read_none(node, visitor.visitor_type().value_name);
    }
    visitor.visit(pass, Given::None)
}

fn read_newtype<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    name: &'static str,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    if name == RAW_VALUE {
        let mut json = String::new();
        pass.tape.write_raw(node, &mut json);
        return visitor.visit(pass, Given::Map(&mut Members::raw(json)));
    }
    if pass.is_for_rules() {
        pass.learned.flags.observe(node, NodeFlags::NEWTYPE);
    }
    visitor.visit(pass, Given::Newtype(At::Node(node)))
}

fn read_seq<'t>(pass: &mut Pass<'t>, node: NodeId, visitor: &mut dyn Visit<'t>) -> Result<(), Error> {
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
    let mut items = Items::of_list(pass, node, are_alike);
    pass.descend(|pass| match visitor.visit(pass, Given::Seq(&mut items)) {
        Ok(()) => items.end(pass),
        Err(error) if !items.has_started() => Err(refused(error)),
        Err(error) => Err(error),
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

/// Whether a list may stand for the fields of a struct in their order.
///
/// `serde_json` accepts that and FastAPI does not. Where the whole document is a list for an object, it is an error.
pub(super) fn may_list_fields(pass: &Pass<'_>, node: NodeId) -> bool {
    pass.is_strict() || node != NodeId::ROOT
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
fn read_tuple<'t>(
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
    for index in actual..length {
        pass.mismatch(Location::MissingItem(node, index), ErrorKind::Missing)?;
    }
    let mut items = Items::of_list(pass, node, false).padded(length - actual);
    pass.descend(|pass| visitor.visit(pass, Given::Seq(&mut items)))
}
