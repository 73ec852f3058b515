//! The error of a value in buffered content, and what takes the value's place.

use crate::{
    explain::{
        state::{Cause, Location, Pass},
        types::{Candidate, Expected, Scalar, UNUSUAL_INTEGER, coerce, scalar_of},
    },
    json::NodeId,
};

/// Notes the error of a value in a container, and puts another value in its place.
pub(super) fn blame(pass: &mut Pass<'_>, container: NodeId, node: NodeId, expected: &str, cause: &Cause) {
    let kind_of_node = pass.tape.kind(node);
    let wanted = Expected::of(expected).filter(|wanted| !wanted.is_kind(kind_of_node));
    let coerced = wanted.map(|wanted| coerce(pass.tape, node, wanted));
    if !pass.is_strict() && pass.learned.nodes.substitute(node).is_none() {
        if let Some(Ok(scalar)) = coerced {
            if Some(scalar) != scalar_of(pass.tape, node) {
                pass.learned.nodes.coerce(node, scalar);
                return;
            }
        }
    }
    let kind = match (wanted, coerced) {
        (Some(_), Some(Err(kind))) => kind,
        // Only code of the app refuses such a value, and no remedy is known.
        (Some(_), _) if matches!(cause, Cause::Value { .. }) => cause.to_value_error(),
        (Some(wanted), _) => wanted.type_error(),
        (None, _) => cause.to_value_error(),
    };
    pass.note(Location::Node(node), kind);
    let replaced = match placeholder_scalar(expected) {
        Some(scalar) => pass.learned.nodes.replace(node, scalar).is_made(),
        None => false,
    };
    if !replaced {
        pass.learned.flags.give_up(container);
    }
}

/// Returns a placeholder for a value of the document, unless it would need parts.
fn placeholder_scalar<'t>(expected: &str) -> Option<Scalar<'t>> {
    let expected = Expected::of(expected)?;
    if expected == Expected::Map {
        return Some(Scalar::EmptyMap);
    }
    Some(match expected.placeholder() {
        Candidate::Str(string) => Scalar::Str(string),
        // Numbers that no client sends, so that an error about them is recognized.
        Candidate::Integer => Scalar::Unsigned(UNUSUAL_INTEGER),
        Candidate::Float => Scalar::Float(113.125),
        Candidate::Bool => Scalar::Bool(false),
        Candidate::Null => Scalar::Null,
        Candidate::Seq => Scalar::EmptySeq,
        Candidate::Probe(_) | Candidate::Map => return None,
    })
}
