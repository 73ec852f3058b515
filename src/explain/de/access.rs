//! Sequences, maps and enums: one of each, for the document and for placeholders.

use serde::de::{DeserializeSeed, EnumAccess, MapAccess, SeqAccess, VariantAccess, Visitor};

use crate::explain::{
    core::{Entries, Items, VariantOf, newtype_variant, struct_variant, tuple_variant, unit_variant},
    state::{Error, Pass},
};

use super::{
    Source,
    accept::{Accept, Sequences, Structs},
    erased::{ErasedSeed, ErasedVisitor, from_user, into_user},
};

/// The items of a sequence.
pub(super) struct SeqSource<'p, 't> {
    pub(super) pass: &'p mut Pass<'t>,
    pub(super) items: &'p mut Items,
}

impl<'t> SeqAccess<'t> for SeqSource<'_, 't> {
    type Error = Error;

    fn next_element_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let mut seed = ErasedSeed::new(seed);
        from_user(self.pass);
        let result = self.items.next(self.pass, &mut seed);
        into_user(self.pass);
        if result? { seed.into_value().map(Some) } else { Ok(None) }
    }
}

/// The members of a map.
pub(super) struct MapSource<'p, 't> {
    pub(super) pass: &'p mut Pass<'t>,
    pub(super) members: &'p mut dyn Entries<'t>,
}

impl<'t> MapAccess<'t> for MapSource<'_, 't> {
    type Error = Error;

    fn next_key_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<Option<S::Value>, Error> {
        let mut seed = ErasedSeed::new(seed);
        from_user(self.pass);
        let result = self.members.next_key(self.pass, &mut seed);
        into_user(self.pass);
        if result? { seed.into_value().map(Some) } else { Ok(None) }
    }

    fn next_value_seed<S: DeserializeSeed<'t>>(&mut self, seed: S) -> Result<S::Value, Error> {
        let mut seed = ErasedSeed::new(seed);
        from_user(self.pass);
        let result = self.members.next_value(self.pass, &mut seed);
        into_user(self.pass);
        result.and_then(|()| seed.into_value())
    }

    fn next_entry_seed<K: DeserializeSeed<'t>, V: DeserializeSeed<'t>>(
        &mut self,
        key: K,
        value: V,
    ) -> Result<Option<(K::Value, V::Value)>, Error> {
        let (mut key, mut value) = (ErasedSeed::new(key), ErasedSeed::new(value));
        from_user(self.pass);
        let result = self.members.next_entry(self.pass, &mut key, &mut value);
        into_user(self.pass);
        if result? { Ok(Some((key.into_value()?, value.into_value()?))) } else { Ok(None) }
    }
}

/// The variant of an enum.
pub(super) struct EnumSource<'p, 't> {
    pub(super) pass: &'p mut Pass<'t>,
    pub(super) variant: VariantOf,
}

impl<'t> EnumAccess<'t> for EnumSource<'_, 't> {
    type Error = Error;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'t>>(self, seed: S) -> Result<(S::Value, Self), Error> {
        let value = seed.deserialize(Source { pass: &mut *self.pass, at: self.variant.name() })?;
        Ok((value, self))
    }
}

impl<'t> EnumSource<'_, 't> {
    fn visit<A: Accept, V: Visitor<'t>>(
        self,
        visitor: V,
        read: impl FnOnce(&mut Pass<'t>, VariantOf, &mut ErasedVisitor<V, V::Value, A>) -> Result<(), Error>,
    ) -> Result<V::Value, Error> {
        let mut visitor = ErasedVisitor::<V, V::Value, A>::new(visitor);
        from_user(self.pass);
        let result = read(self.pass, self.variant, &mut visitor);
        into_user(self.pass);
        result.and_then(|()| visitor.into_value())
    }
}

impl<'t> VariantAccess<'t> for EnumSource<'_, 't> {
    type Error = Error;

    fn unit_variant(self) -> Result<(), Error> {
        from_user(self.pass);
        let result = unit_variant(self.pass, self.variant);
        into_user(self.pass);
        result
    }

    fn newtype_variant_seed<S: DeserializeSeed<'t>>(self, seed: S) -> Result<S::Value, Error> {
        let mut seed = ErasedSeed::new(seed);
        from_user(self.pass);
        let result = newtype_variant(self.pass, self.variant, &mut seed);
        into_user(self.pass);
        result.and_then(|()| seed.into_value())
    }

    fn tuple_variant<V: Visitor<'t>>(self, length: usize, visitor: V) -> Result<V::Value, Error> {
        self.visit::<Sequences, V>(visitor, |pass, variant, visitor| {
            tuple_variant(pass, variant, length, visitor)
        })
    }

    fn struct_variant<V: Visitor<'t>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        self.visit::<Structs, V>(visitor, |pass, variant, visitor| {
            struct_variant(pass, variant, fields, visitor)
        })
    }
}
