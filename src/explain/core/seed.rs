//! Seeds without their types, where a value comes from, and what is asked for.

use crate::{
    explain::{
        placeholder::Placeholder,
        state::{Error, Pass},
        types::{FloatType, IntegerType, Scalar, SeedType},
    },
    json::NodeId,
};

/// The name under which `serde_json` asks for a `RawValue`.
pub(super) const RAW_VALUE: &str = "$serde_json::private::RawValue";

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

/// The method of `Deserializer` that a type called: serde's hint at what it expects.
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

/// A variant by its name, and where its content comes from.
#[derive(Clone, Copy, Debug)]
pub(crate) enum VariantOf {
    /// The string or key that names it, and its content, if it has any.
    Node { name: NodeId, content: Option<NodeId> },
    /// A variant whose content is a placeholder.
    Placeholder { name: &'static str, content: Placeholder },
}

impl VariantOf {
    /// Returns where the name of the variant comes from.
    pub(crate) fn name(&self) -> At<'static> {
        match *self {
            Self::Node { name, .. } => At::Key { key: name, value: name },
            Self::Placeholder { name, .. } => At::Fixed(Scalar::Str(name)),
        }
    }
}
