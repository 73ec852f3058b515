//! Visitors without their types, and what they are given.

use std::any::TypeId;

use crate::explain::{
    state::{Error, Pass},
    types::{Expectation, Scalar, VisitorType, mark},
};

use super::{
    entries::Digits,
    items::Items,
    members::Members,
    seed::{At, VariantOf},
};

/// A visitor without its type.
pub(crate) trait Visit<'t> {
    /// Gives the visitor its only value.
    fn visit(&mut self, pass: &mut Pass<'t>, given: Given<'_, 't>) -> Result<(), Error>;

    /// Returns the visitor's description of what it expects.
    fn expectation(&self, pass: &mut Pass<'t>) -> Expectation;

    fn visitor_type(&self) -> VisitorType;

    /// Returns `true` if a value of type `outer` is the visitor's value, but for an option or a box around
    /// it.
    fn makes(&self, outer: TypeId) -> bool;
}

/// The value that a visitor is given.
pub(crate) enum Given<'g, 't> {
    Null,
    Bool(bool),
    Unsigned(u64),
    Signed(i64),
    WideUnsigned(u128),
    WideSigned(i128),
    Float(f64),
    Char(char),
    Str(&'t str),
    TransientStr(&'g str),
    Bytes(&'t [u8]),
    None,
    Some(At<'g>),
    Newtype(At<'g>),
    Seq(&'g mut Items),
    Map(&'g mut Members),
    /// The digits of a number.
    Digits(&'g mut Digits),
    Enum(VariantOf),
}

/// Gives a visitor a value without parts.
pub(super) fn give<'t>(
    pass: &mut Pass<'t>,
    scalar: Scalar<'t>,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    let given = match scalar {
        Scalar::Null | Scalar::Absent => Given::Null,
        Scalar::Bool(value) => Given::Bool(value),
        Scalar::Unsigned(value) => Given::Unsigned(value),
        Scalar::Signed(value) => Given::Signed(value),
        Scalar::WideUnsigned(value) => Given::WideUnsigned(value),
        Scalar::WideSigned(value) => Given::WideSigned(value),
        Scalar::Float(value) => Given::Float(value),
        Scalar::Str(string) => Given::Str(string),
        Scalar::EmptySeq => return visitor.visit(pass, Given::Seq(&mut Items::empty())),
        Scalar::Map => return visitor.visit(pass, Given::Map(&mut Members::empty())),
        Scalar::Variant(name) => return visitor.visit(pass, Given::Map(&mut Members::variant(name))),
        Scalar::Mark(number) => Given::Bytes(mark(number)),
        Scalar::Newtype => Given::Newtype(At::Fixed(Scalar::Mark(0))),
    };
    visitor.visit(pass, given)
}

/// Learns from a visitor whether its frame returns errors.
pub(super) fn presume_propagation<'t>(pass: &mut Pass<'t>, visitor: &mut dyn Visit<'t>) {
    if pass.is_frame_unknown() {
        pass.presume_propagation(visitor.visitor_type(), |outer| visitor.makes(outer));
    }
}
