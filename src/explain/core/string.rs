//! Strings for types that expect strings, or parse something else from them.

use std::any::TypeId;

use crate::{
    explain::{
        state::{Cause, Error, NodeFlags, Pass},
        types::{Expected, ip_address, respelled},
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
    if visitor.visitor_type().value == TypeId::of::<String>() {
        return match pass.tape.kind(node) {
            Kind::String => visitor.visit(pass, Given::Str(pass.tape.str(node))),
            _ => replace(pass, node, ErrorKind::StringType, Hint::Str, visitor),
        };
    }
    let expectation = visitor.expectation(pass);
    let expected = expectation.expected().unwrap_or(Expected::String);
    if let Some(result) = read_respelled(pass, node, expected, expectation.as_str(), Hint::Str, visitor) {
        return result;
    }
    if pass.tape.kind(node) != Kind::String {
        let address = if pass.is_strict() { None } else { ip_address(pass.tape, node, expected) };
        return match address {
            Some(address) => visitor.visit(pass, Given::TransientStr(&address)),
            None => replace(pass, node, expected.type_error(), Hint::Str, visitor),
        };
    }
    let string = pass.tape.str(node);
    let result = visitor.visit(pass, Given::Str(string));
    result.map_err(|error| refused(pass, node, expected, expectation.as_str(), error))
}

/// Gives a visitor a value in the spelling of its type: a number, or a string that it has refused as it was sent. Returns
/// `None` if the value is given as it was sent.
pub(super) fn read_respelled<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    expected: Expected,
    words: &str,
    hint: Hint,
    visitor: &mut dyn Visit<'t>,
) -> Option<Result<(), Error>> {
    let is_string = pass.tape.kind(node) == Kind::String;
    if pass.is_strict() || is_string && !pass.has(node, NodeFlags::RESPELLED) {
        return None;
    }
    Some(match respelled(pass.tape, node, expected, words)? {
        Ok(string) => {
            let result = visitor.visit(pass, Given::TransientStr(&string));
            result.map_err(|error| parse_error(pass, node, expected, error))
        }
        Err(kind) => replace(pass, node, kind, hint, visitor),
    })
}

/// Decides what follows from the error of a visitor about a string: the next pass gives it the string in the spelling of its
/// type, or the error is one of the client.
pub(super) fn refused(
    pass: &mut Pass<'_>,
    node: NodeId,
    expected: Expected,
    words: &str,
    error: Error,
) -> Error {
    if pass.is_strict() || !matches!(error, Error::Open(_)) {
        return parse_error(pass, node, expected, error);
    }
    match respelled(pass.tape, node, expected, words) {
        Some(Ok(string)) if string != pass.tape.str(node) && !pass.is_quiet() => {
            pass.learned.flags.decide(node, NodeFlags::RESPELLED);
            pass.refuse()
        }
        Some(Err(kind)) => error.or_kind(|_| Some(kind)),
        _ => parse_error(pass, node, expected, error),
    }
}

/// Decides the kind of the error of a visitor that cannot parse a string.
fn parse_error(pass: &Pass<'_>, node: NodeId, expected: Expected, error: Error) -> Error {
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
