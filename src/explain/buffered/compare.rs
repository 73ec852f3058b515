//! Comparisons of errors with the values that they may be about.

use crate::{
    explain::{
        state::{Cause, Pass},
        types::{Expected, Scalar, Unexpected, scalar_of},
    },
    json::{Kind, NodeId},
};

use super::ENUM;

/// Returns `true` if an error is certainly not about the value that was put in place of another one.
pub(super) fn is_about_other(pass: &Pass<'_>, error: &Cause, tried: Scalar<'_>) -> bool {
    let in_document = |address| pass.tape.at_address(address).is_some();
    match error {
        // A type that is given a value that it cannot read says so of that value.
        Cause::Type { found, .. } => match (found.value, tried) {
            (Unexpected::Str { address }, _) => in_document(address),
            (Unexpected::Other | Unexpected::Mark(_), _) | (Unexpected::Null, Scalar::Variant(_)) => false,
            (value, tried) => value != tried.unexpected(),
        },
        Cause::Missing(_) => !matches!(tried, Scalar::Variant(_) | Scalar::Absent | Scalar::Map),
        Cause::Value { found, .. } => {
            matches!(found.value, Unexpected::Str { address } if in_document(address))
        }
        Cause::UnknownVariant { address, .. } | Cause::UnknownField { address, .. } => in_document(*address),
        Cause::Custom(_) | Cause::Length { .. } | Cause::Duplicate(_) => false,
    }
}

/// Returns `true` if a type that refused a mark with these words is the one that raised the error.
pub(super) fn is_same_expectation(complaint: &Cause, expected: &str) -> bool {
    match complaint {
        Cause::Type { expected: words, .. } | Cause::Value { expected: words, .. } => {
            words == expected || words == ONE_MEMBER && expected == ENUM
        }
        // A derive appends the number of its fields.
        Cause::Length { expected: words, .. } => words.starts_with(expected) && !expected.is_empty(),
        _ => false,
    }
}

/// The words of serde where it expects an object that is an enum.
pub(super) const ONE_MEMBER: &str = "map with a single key";

/// Returns the kind of value that a type expected, if its words are known.
pub(super) fn complaint_kind(complaint: &Cause) -> Option<Expected> {
    complaint.expected().and_then(Expected::of)
}

/// Returns `true` if the value in an error is that of a node, or a number that the node has: its length, or what
/// it parses to.
pub(super) fn is_about(pass: &Pass<'_>, complaint: &Cause, node: NodeId) -> bool {
    let tape = pass.tape;
    let is_count = |number: u64| match tape.kind(node) {
        Kind::Array | Kind::Object | Kind::Strings => tape.count(node) as u64 == number,
        Kind::String => {
            let string = tape.str(node);
            string.len() as u64 == number || string.parse() == Ok(number)
        }
        _ => false,
    };
    match complaint {
        Cause::Length { length, .. } => is_count(*length as u64),
        Cause::Type { found, .. } | Cause::Value { found, .. } => {
            is_value(pass, node, found.value)
                || matches!(found.value, Unexpected::Unsigned(number) if is_count(number))
        }
        _ => false,
    }
}

/// Returns `true` if the value in an error is this one, or a number that it has: its length, or what it parses to.
pub(super) fn is_of(error: &Cause, scalar: Scalar<'_>) -> bool {
    let is_count = |number: u64| match scalar {
        Scalar::EmptySeq | Scalar::Map => number == 0,
        Scalar::Str(string) => string.len() as u64 == number || string.parse() == Ok(number),
        _ => false,
    };
    match error {
        Cause::Length { length, .. } => is_count(*length as u64),
        _ => error.refused().is_some_and(|value| {
            value == scalar.unexpected() || matches!(value, Unexpected::Unsigned(number) if is_count(number))
        }),
    }
}

/// Returns `true` if a node stands for a value like the one that was refused.
pub(super) fn is_value(pass: &Pass<'_>, node: NodeId, value: Unexpected) -> bool {
    if let Some(substitute) = pass.learned.nodes.substitute(node) {
        return substitute.scalar.unexpected() == value;
    }
    match (pass.tape.kind(node), value) {
        (Kind::Array | Kind::Strings, Unexpected::Seq) | (Kind::Object, Unexpected::Map) => true,
        (Kind::String | Kind::Key, Unexpected::Str { .. }) => {
            scalar_of(pass.tape, node).is_some_and(|scalar| scalar.unexpected() == value)
        }
        (Kind::String | Kind::Key, _) => false,
        (_, Unexpected::Float(value)) => matches!(
            scalar_of(pass.tape, node).map(Scalar::unexpected),
            Some(Unexpected::Float(there)) if there.to_bits() == value.to_bits()
        ),
        _ => scalar_of(pass.tape, node).is_some_and(|scalar| scalar.unexpected() == value),
    }
}
