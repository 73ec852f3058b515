//! What happens where a visitor asks for a value: the same decisions for nodes of the document and for placeholders.
//! Nothing here is generic over the types of the app, so all of it is compiled once. Visitors and seeds come as trait
//! objects, which `de` makes.

mod frame;
mod items;
mod key;
mod members;
mod node;
mod number;
mod object;
mod placeholder;
mod string;
mod tag;
mod variant;

use std::any::TypeId;

use crate::{json::NodeId, report::ErrorKind};

use super::{
    placeholder::Placeholder,
    state::{Error, Location, Pass},
    types::{
        Expectation, Expected, FloatType, IntegerType, Scalar, SeedType, VisitorType, coerce, coerce_strictly,
    },
};

pub(crate) use self::{
    frame::read_node,
    items::Items,
    members::Members,
    variant::{VariantOf, newtype_variant, struct_variant, tuple_variant, unit_variant},
};

/// The name under which `serde_json` asks for a `RawValue`.
const RAW_VALUE: &str = "$serde_json::private::RawValue";

/// A visitor without its type.
pub(crate) trait Visit<'t> {
    /// Gives the visitor its only value.
    fn visit(&mut self, pass: &mut Pass<'t>, given: Given<'_, 't>) -> Result<(), Error>;

    /// Returns the visitor's description of what it expects.
    fn expectation(&self, pass: &mut Pass<'t>) -> Expectation;

    fn visitor_type(&self) -> VisitorType;

    /// Whether a value of type `outer` is the visitor's value, but for an option or a box around it.
    fn makes(&self, outer: TypeId) -> bool;
}

/// A seed without its type.
pub(crate) trait Seed<'t> {
    /// Makes the value.
    fn deserialize(&mut self, pass: &mut Pass<'t>, at: At<'_>) -> Result<(), Error>;

    fn seed_type(&self) -> SeedType;
}

/// Where a value comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum At<'a> {
    /// A value of the document.
    Node(NodeId),
    /// The key of a member of the document.
    Key { key: NodeId, value: NodeId },
    /// Nowhere: it stands in for a value that the document does not have.
    Placeholder(Placeholder),
    /// A value that is the same whatever is asked for.
    Fixed(Scalar<'static>),
    /// A string that the visitor cannot borrow.
    Transient(&'a str),
}

/// What a visitor is given.
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
    Enum(VariantOf),
}

/// What a visitor asks for: the method of `Deserializer` that was called.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Hint {
    Any,
    Bool,
    Integer(IntegerType),
    Float(FloatType),
    Char,
    Str,
    Bytes,
    Option,
    Unit,
    Newtype(&'static str),
    Seq,
    Tuple(usize),
    Map,
    Struct(&'static [&'static str]),
    Enum(&'static [&'static str]),
    Identifier,
    IgnoredAny,
}

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
        At::Fixed(Scalar::Null) if hint == Hint::Option => visitor.visit(pass, Given::None),
        At::Fixed(scalar) => give(pass, scalar, visitor),
        At::Transient(string) => visitor.visit(pass, Given::TransientStr(string)),
    }
}

/// Gives a visitor a value without parts.
fn give<'t>(pass: &mut Pass<'t>, scalar: Scalar<'t>, visitor: &mut dyn Visit<'t>) -> Result<(), Error> {
    let given = match scalar {
        Scalar::Null => Given::Null,
        Scalar::Bool(value) => Given::Bool(value),
        Scalar::Unsigned(value) => Given::Unsigned(value),
        Scalar::Signed(value) => Given::Signed(value),
        Scalar::WideUnsigned(value) => Given::WideUnsigned(value),
        Scalar::WideSigned(value) => Given::WideSigned(value),
        Scalar::Float(value) => Given::Float(value),
        Scalar::Str(string) => Given::Str(string),
        Scalar::EmptySeq => return visitor.visit(pass, Given::Seq(&mut Items::empty())),
        Scalar::EmptyMap => return visitor.visit(pass, Given::Map(&mut Members::empty())),
    };
    visitor.visit(pass, given)
}

/// Learns from a visitor whether its frame returns errors.
fn presume_propagation<'t>(pass: &mut Pass<'t>, visitor: &mut dyn Visit<'t>) {
    if pass.is_frame_unknown() {
        pass.presume_propagation(visitor.visitor_type(), |outer| visitor.makes(outer));
    }
}

/// Returns the value of a node for a type that expects a scalar, by the rules of the pass.
fn coerced<'t>(pass: &Pass<'t>, node: NodeId, expected: Expected) -> Result<Scalar<'t>, ErrorKind> {
    if pass.is_strict() {
        coerce_strictly(pass.tape, node, expected)
    } else {
        coerce(pass.tape, node, expected)
    }
}

/// Notes what is wrong with a node, and gives the visitor a placeholder instead.
fn replace<'t>(
    pass: &mut Pass<'t>,
    node: NodeId,
    kind: ErrorKind,
    hint: Hint,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    pass.mismatch(Location::Node(node), kind)?;
    let placeholder = Placeholder::of_frame(pass);
    placeholder::read(pass, placeholder, hint, visitor)
}
