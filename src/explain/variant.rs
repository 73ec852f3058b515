//! A variant of an enum as serde writes it by default: its name, or an object of its name and content.

use serde::{
    Deserializer,
    de::{DeserializeSeed, EnumAccess, VariantAccess, Visitor},
};

use crate::{
    json::{Kind, NodeId},
    report::ErrorKind,
};

use super::{
    deserializer::Node,
    halt::Halt,
    key::Key,
    memory::{Flag, Spot},
    walk::Walk,
};

/// A variant by its name, with what belongs to it.
pub(super) struct Variant<'w, 't> {
    pub(super) walk: &'w Walk<'t>,
    /// The string or key that names it.
    pub(super) name: NodeId,
    pub(super) content: Option<NodeId>,
}

impl<'t> EnumAccess<'t> for Variant<'_, 't> {
    type Error = Halt;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'t>>(self, seed: S) -> Result<(S::Value, Self), Halt> {
        let value = seed.deserialize(Key { walk: self.walk, key: self.name, value: self.name })?;
        Ok((value, self))
    }
}

impl<'w, 't> Variant<'w, 't> {
    /// The content of a variant that has some.
    fn content(&self, expected: &str) -> Result<Node<'w, 't>, Halt> {
        match self.content {
            Some(id) => Ok(Node { walk: self.walk, id }),
            None => Err(serde::de::Error::invalid_type(serde::de::Unexpected::UnitVariant, &expected)),
        }
    }
}

impl<'t> VariantAccess<'t> for Variant<'_, 't> {
    type Error = Halt;

    fn unit_variant(self) -> Result<(), Halt> {
        let Some(content) = self.content else {
            return Ok(());
        };
        if self.walk.tape.kind(content) == Kind::Null {
            return Ok(());
        }
        self.walk.mismatch(Spot::Node(content), ErrorKind::NoneRequired)
    }

    fn newtype_variant_seed<S: DeserializeSeed<'t>>(self, seed: S) -> Result<S::Value, Halt> {
        let content = self.content("newtype variant")?;
        if self.walk.is_last.get() {
            self.walk.memory.borrow_mut().mark(content.id, Flag::NEWTYPE);
        }
        self.walk.real(content.id, seed)
    }

    fn tuple_variant<V: Visitor<'t>>(self, length: usize, visitor: V) -> Result<V::Value, Halt> {
        let content = self.content("tuple variant")?;
        self.walk.real(content.id, Within { visitor, ask: Ask::Tuple(length) })
    }

    fn struct_variant<V: Visitor<'t>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Halt> {
        let content = self.content("struct variant")?;
        self.walk.real(content.id, Within { visitor, ask: Ask::Struct(fields) })
    }
}

/// A visitor as a seed, so that the content of a variant is a place like any other.
struct Within<V> {
    visitor: V,
    ask: Ask,
}

enum Ask {
    Tuple(usize),
    Struct(&'static [&'static str]),
}

impl<'t, V: Visitor<'t>> DeserializeSeed<'t> for Within<V> {
    type Value = V::Value;

    fn deserialize<D: Deserializer<'t>>(self, deserializer: D) -> Result<V::Value, D::Error> {
        match self.ask {
            Ask::Tuple(length) => deserializer.deserialize_tuple(length, self.visitor),
            Ask::Struct(fields) => deserializer.deserialize_struct("", fields, self.visitor),
        }
    }
}
