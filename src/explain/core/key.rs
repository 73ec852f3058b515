//! The key of a member: a string, wherever nothing else is expected.

use crate::{
    explain::{
        placeholder::{Offer, Placeholder},
        state::{Cause, Error, Location, Pass},
        types::{Expected, coerce, coerce_key_strictly},
    },
    json::NodeId,
};

use super::{
    placeholder,
    seed::{At, Hint, VariantOf},
    visit::{Given, Visit, give},
};

/// Reads a key for a visitor that has asked for it.
pub(super) fn read<'t>(
    pass: &mut Pass<'t>,
    key: NodeId,
    value: NodeId,
    hint: Hint,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let string = pass.tape.str(key);
    let expected = match hint {
        Hint::Bool => Expected::Bool,
        Hint::Integer(integer) => Expected::Integer(integer),
        Hint::Float(_) => Expected::Float,
        Hint::Option => return visitor.visit(pass, Given::Some(At::Key { key, value })),
        Hint::Newtype(_) => return visitor.visit(pass, Given::Newtype(At::Key { key, value })),
        Hint::Enum(_) => {
            return visitor.visit(pass, Given::Enum(VariantOf::Node { name: key, content: None }));
        }
        Hint::Bytes => return visitor.visit(pass, Given::Bytes(string.as_bytes())),
        Hint::IgnoredAny => return visitor.visit(pass, Given::Null),
        // The names of fields are never of a type that parses them.
        Hint::Identifier => return visitor.visit(pass, Given::Str(string)),
        _ => return read_string(pass, string, visitor),
    };
    let coerced = if pass.is_strict() {
        coerce_key_strictly(string, expected)
    } else {
        coerce(pass.tape, key, expected)
    };
    match coerced {
        Ok(scalar) => give(pass, scalar, visitor),
        Err(kind) => {
            pass.mismatch(Location::Key(value), kind)?;
            let placeholder = Placeholder::of(pass, visitor.visitor_type().id, Offer::Any);
            placeholder::read(pass, placeholder, hint, visitor)
        }
    }
}

fn read_string<'t>(pass: &mut Pass<'t>, string: &'t str, visitor: &mut dyn Visit<'t>) -> Result<(), Error> {
    let expected = visitor.expectation(pass).expected();
    visitor.visit(pass, Given::Str(string)).map_err(|error| {
        error.or_kind(|cause| match (expected, cause) {
            (Some(expected), Cause::Custom(reason)) => expected.parse_error(reason),
            _ => None,
        })
    })
}
