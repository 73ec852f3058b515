//! What stands for a node.

use crate::explain::types::Scalar;

/// A value that stands for a node, because the type did not say what it expects when it read the node.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Substitute<'t> {
    pub(crate) scalar: Scalar<'t>,
    /// `true` if it is a placeholder, and not what the client meant.
    pub(crate) is_placeholder: bool,
}
