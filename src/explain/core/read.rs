//! Reading a value: the place it comes from decides how.

use crate::explain::{
    state::{Error, Pass},
    types::Scalar,
};

use super::{
    key, node, placeholder,
    seed::{At, Hint},
    visit::{Given, Visit, give},
};

/// Reads a value for a visitor that has asked for it.
pub(crate) fn read<'t>(
    pass: &mut Pass<'t>,
    at: At<'_>,
    hint: Hint,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    match at {
        At::Node(node) => node::read(pass, node, hint, visitor),
        At::Key { key, value } => key::read(pass, key, value, hint, visitor),
        At::Placeholder(placeholder) => placeholder::read(pass, placeholder, hint, visitor),
        At::Fixed(_) | At::Transient(_) if hint == Hint::IgnoredAny => visitor.visit(pass, Given::Null),
        At::Fixed(Scalar::Null) if hint == Hint::Option => visitor.visit(pass, Given::None),
        At::Fixed(scalar) => give(pass, scalar, visitor),
        At::Transient(string) => visitor.visit(pass, Given::TransientStr(string)),
    }
}
