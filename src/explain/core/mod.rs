//! What happens where a visitor asks for a value: the same decisions for nodes of the document and for
//! placeholders.
//!
//! Nothing here is generic over the types of the app, so all of it is compiled once. Visitors and seeds come
//! as trait objects, which `de` makes. Below are the files in the order in which they import each other.

mod seed;

mod sent;

mod frame;

mod items;

mod tag;

mod members;

mod entries;

mod visit;

mod placeholder;

mod list;

mod number;

mod string;

mod object;

mod key;

mod node;

mod read;

mod variant;

pub(crate) use self::{
    entries::Entries,
    frame::read_node,
    items::Items,
    read::read,
    seed::{At, Hint, Seed, VariantOf},
    variant::{newtype_variant, struct_variant, tuple_variant, unit_variant},
    visit::{Given, Visit},
};
