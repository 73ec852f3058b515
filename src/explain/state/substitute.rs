//! What stands for a node.

use crate::explain::types::Scalar;

/// What stands for the value of a node where it was not asked for by its type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Substitute<'t> {
    pub(crate) scalar: Scalar<'t>,
    /// Whether it is a placeholder, and not what the client meant.
    pub(crate) is_placeholder: bool,
}
