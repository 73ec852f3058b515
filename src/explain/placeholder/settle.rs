//! What is tried next where a visitor refused a placeholder.

use std::any::TypeId;

use crate::{
    explain::state::{Cause, Error, Pass},
    json::NodeId,
};

use super::template::learn_template;

/// Decides what is tried next where a type refused a placeholder, for a node or for a member that is not
/// there.
pub(crate) fn settle(pass: &mut Pass<'_>, seed: TypeId, cause: &Cause, node: Option<NodeId>) -> Error {
    let learned = &mut pass.learned;
    let has_next = learn_template(learned, seed, cause).is_made() || learned.try_next(seed).is_made();
    if let Some(node) = node.filter(|_| !has_next) {
        learned.flags.give_up(node);
    }
    pass.refuse()
}

/// Decides what is tried next where a struct could not be made of placeholders: fewer fields, or one more.
pub(crate) fn settle_struct(pass: &mut Pass<'_>, visitor: TypeId, error: Error) -> Error {
    let types = &mut pass.learned.types;
    let progress = match &error {
        Error::Limit => return error,
        Error::Open(open) => match open.cause {
            Cause::Missing(name) => types.require(visitor, name),
            _ => types.make_minimal(visitor),
        },
        Error::Settled => types.make_minimal(visitor),
    };
    if progress.is_made() { pass.refuse() } else { error }
}
