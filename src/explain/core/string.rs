//! Strings for types that expect strings, or parse something else from them.

use std::any::TypeId;

use crate::{
    explain::{
        state::{Cause, Error, Pass},
        types::{Expected, ip_address},
    },
    json::{Kind, NodeId},
    report::ErrorKind,
};

use super::{
    list::read_list,
    placeholder::replace,
    seed::Hint,
    sent::one,
    visit::{Given, Visit},
};

/// Reads a string.
pub(super) fn read<'t>(pass: &mut Pass<'t>, node: NodeId, visitor: &mut dyn Visit<'t>) -> Result<(), Error> {
    let node = one(pass, node)?;
    let expected = if visitor.visitor_type().value == TypeId::of::<String>() {
        Expected::String
    } else {
        visitor.expectation(pass).expected().unwrap_or(Expected::String)
    };
    if pass.tape.kind(node) != Kind::String {
        let address = if pass.is_strict() { None } else { ip_address(pass.tape, node, expected) };
        return match address {
            Some(address) => visitor.visit(pass, Given::TransientStr(&address)),
            None => replace(pass, node, expected.type_error(), Hint::Str, visitor),
        };
    }
    let string = pass.tape.str(node);
    let result = visitor.visit(pass, Given::Str(string));
    result.map_err(|error| parse_error(pass, node, expected, error))
}

/// Decides the kind of the error of a visitor that cannot parse a string.
pub(super) fn parse_error(pass: &Pass<'_>, node: NodeId, expected: Expected, error: Error) -> Error {
    error.or_kind(|cause| match cause {
        Cause::Custom(_) if expected == Expected::Url && pass.tape.str(node).is_empty() => {
            expected.parse_error("input is empty")
        }
        Cause::Custom(reason) => expected.parse_error(reason),
        // Some visitors say of every string that they cannot parse that it is an invalid value.
        Cause::Value { .. } => expected.parse_error(&cause.to_string()),
        _ => None,
    })
}

/// Reads a string of one character.
pub(super) fn read_char<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let node = one(pass, node)?;
    if pass.tape.kind(node) != Kind::String {
        return replace(pass, node, ErrorKind::StringType, Hint::Char, visitor);
    }
    let string = pass.tape.str(node);
    visitor.visit(pass, Given::Str(string)).map_err(|error| {
        error.or_kind(|cause| match cause {
            Cause::Value { .. } if string.is_empty() => Some(ErrorKind::StringTooShort { min_length: 1 }),
            Cause::Value { .. } => Some(ErrorKind::StringTooLong { max_length: 1 }),
            _ => None,
        })
    })
}

/// Reads bytes: a string, or a list of numbers.
pub(super) fn read_bytes<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let node = one(pass, node)?;
    match pass.tape.kind(node) {
        Kind::String => {
            let string = pass.tape.str(node);
            visitor.visit(pass, Given::Bytes(string.as_bytes()))
        }
        Kind::Array => {
            let is_collection = visitor.visitor_type().is_collection();
            read_list(pass, node, is_collection, visitor)
        }
        _ => replace(pass, node, ErrorKind::BytesType, Hint::Bytes, visitor),
    }
}
