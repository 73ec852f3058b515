//! What a node stands for: what was sent, or what was put in its place.

use crate::{
    explain::{
        state::{Error, NodeFlags, Pass},
        types::{Expected, Scalar, coerce, coerce_strictly},
    },
    json::{Kind, NodeId},
    report::ErrorKind,
};

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
        pass.taint_by_substitute();
    }
    Some(substitute.scalar)
}

/// Returns the value of a node for a type that expects a scalar, by the rules of the pass.
pub(super) fn coerced<'t>(
    pass: &Pass<'t>,
    node: NodeId,
    expected: Expected,
) -> Result<Scalar<'t>, ErrorKind> {
    if pass.is_strict() {
        coerce_strictly(pass.tape, node, expected)
    } else {
        coerce(pass.tape, node, expected)
    }
}
