//! The variant of an enum: its name, and its content.

use serde::de::{Error as _, Unexpected};

use crate::{
    explain::{
        state::{Error, Location, NodeFlags, Pass},
        types::SeedType,
    },
    json::{Kind, NodeId},
    report::ErrorKind,
};

use super::{
    frame::{read_node, read_placeholder},
    placeholder,
    read::read,
    seed::{At, Hint, Seed, VariantOf},
    visit::Visit,
};

fn expect_content(content: Option<NodeId>, expected: &str) -> Result<NodeId, Error> {
    content.ok_or_else(|| Error::invalid_type(Unexpected::UnitVariant, &expected))
}

/// Reads a variant without content.
pub(crate) fn unit_variant(pass: &mut Pass<'_>, variant: VariantOf) -> Result<(), Error> {
    match variant {
        VariantOf::Node { content: Some(content), .. } if pass.tape.kind(content) != Kind::Null => {
            pass.mismatch(Location::Node(content), ErrorKind::NoneRequired)
        }
        _ => Ok(()),
    }
}

/// Reads the only part of a variant.
pub(crate) fn newtype_variant<'t>(
    pass: &mut Pass<'t>,
    variant: VariantOf,
    seed: &mut dyn Seed<'t>,
) -> Result<(), Error> {
    match variant {
        VariantOf::Node { content, .. } => {
            let content = expect_content(content, "newtype variant")?;
            if pass.is_for_rules() {
                pass.learned.flags.observe(content, NodeFlags::NEWTYPE);
            }
            read_node(pass, content, seed)
        }
        VariantOf::Placeholder { content, .. } => read_placeholder(pass, content, seed),
    }
}

/// Reads the content of a variant with several parts.
pub(crate) fn tuple_variant<'t>(
    pass: &mut Pass<'t>,
    variant: VariantOf,
    length: usize,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    read_content(pass, variant, "tuple variant", Hint::Tuple(length), visitor)
}

/// Reads the content of a variant with named fields.
pub(crate) fn struct_variant<'t>(
    pass: &mut Pass<'t>,
    variant: VariantOf,
    fields: &'static [&'static str],
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    read_content(pass, variant, "struct variant", Hint::Struct(fields), visitor)
}

fn read_content<'t>(
    pass: &mut Pass<'t>,
    variant: VariantOf,
    expected: &str,
    hint: Hint,
    visitor: &mut dyn Visit<'t>,
) -> Result<(), Error> {
    match variant {
        VariantOf::Node { content, .. } => {
            let content = expect_content(content, expected)?;
            read_node(pass, content, &mut ContentSeed { visitor, hint })
        }
        VariantOf::Placeholder { content, .. } => placeholder::read(pass, content, hint, visitor),
    }
}

/// A visitor as a seed, so that the content of a variant has a frame like any other value.
struct ContentSeed<'v, 't> {
    visitor: &'v mut dyn Visit<'t>,
    hint: Hint,
}

impl<'t> Seed<'t> for ContentSeed<'_, 't> {
    fn deserialize(&mut self, pass: &mut Pass<'t>, at: At<'_>) -> Result<(), Error> {
        read(pass, at, self.hint, self.visitor)
    }

    fn seed_type(&self) -> SeedType {
        let visitor = self.visitor.visitor_type();
        SeedType { id: visitor.id, value: visitor.value, value_name: visitor.value_name, is_stateless: true }
    }
}
