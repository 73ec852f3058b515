//! The shape of a type as a whole: what it asks a deserializer for first.

use std::fmt::{self, Write as _};

use serde::{
    Deserializer,
    de::{self, DeserializeOwned, DeserializeSeed, MapAccess, SeqAccess, Visitor},
    forward_to_deserialize_any,
};

use super::{expectation::Expectation, expected::Expected};

/// The name of the newtype around a type whose names are taken literally.
pub(crate) const LITERAL_NAMES: &str = "axum_exception::LiteralNames";

/// The name of the newtype around a type whose enums are reported as literals.
pub(crate) const LITERAL: &str = "axum_exception::literal";

/// The name of the newtype around a type that is read from the JSON in a string.
pub(crate) const JSON_STRING: &str = "axum_exception::json_string";

/// The name of the newtype around a list that reports only its first wrong item.
pub(crate) const FAIL_FAST: &str = "axum_exception::fail_fast";

/// The name of the newtype around a type whose fields are parameters of their own.
pub(crate) const PARAMS: &str = "axum_exception::Params";

/// The shape of a type as a whole, and the newtypes around it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RootType {
    pub(crate) shape: RootShape,
    /// `true` if the type is inside a newtype with the name [`LITERAL_NAMES`].
    pub(crate) has_literal_names: bool,
    /// `true` if the type is inside a newtype with the name [`PARAMS`].
    pub(crate) is_params: bool,
    /// `true` if the type is an [`Option`] of a type with this shape.
    pub(crate) is_option: bool,
}

/// The shape of a type as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RootShape {
    /// A struct with these fields. There are none if the type is an enum with an internal tag.
    Struct(&'static [&'static str]),
    /// A struct with a part that is flattened into it, whose fields are not known.
    Flattened,
    Map,
    List,
    /// A list of names and values, such as the members of a map in order.
    Pairs,
    /// A list of this many items, each of a type of its own.
    Tuple(usize),
    /// A scalar, an enum, or anything.
    Other,
}

impl RootType {
    const OTHER: Self =
        Self { shape: RootShape::Other, has_literal_names: false, is_params: false, is_option: false };

    pub(crate) fn of<T: DeserializeOwned>() -> Self {
        let probe = Probe { is_item: false, found: Self::OTHER };
        T::deserialize(probe).err().map_or(Self::OTHER, |found| found.0)
    }
}

/// A deserializer that fails with the shape that it was asked for.
#[derive(Clone, Copy)]
struct Probe {
    /// `true` if the shape is that of an item of a list.
    is_item: bool,
    /// The facts about the type that are known so far, without its shape.
    found: RootType,
}

impl Probe {
    fn found(self, shape: RootShape) -> ProbeError {
        ProbeError(RootType { shape, ..self.found })
    }
}

#[derive(Debug)]
struct ProbeError(RootType);

impl fmt::Display for ProbeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no value")
    }
}

impl std::error::Error for ProbeError {}

impl de::Error for ProbeError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(RootType::OTHER)
    }
}

/// A list that fails with the shape of its items.
struct ItemProbe(Probe);

impl<'de> SeqAccess<'de> for ItemProbe {
    type Error = ProbeError;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ProbeError> {
        seed.deserialize(Probe { is_item: true, ..self.0 }).map(Some)
    }
}

/// A map that fails when it is asked for a key: with [`RootShape::Flattened`] if the keys are the names of fields.
struct KeyProbe(Probe);

impl<'de> MapAccess<'de> for KeyProbe {
    type Error = ProbeError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, ProbeError> {
        seed.deserialize(Self(self.0)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, _: S) -> Result<S::Value, ProbeError> {
        Err(self.0.found(RootShape::Map))
    }
}

impl<'de> Deserializer<'de> for KeyProbe {
    type Error = ProbeError;

    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ProbeError> {
        Err(self.0.found(RootShape::Map))
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ProbeError> {
        Err(self.0.found(RootShape::Flattened))
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
        unit_struct newtype_struct seq tuple tuple_struct map struct enum ignored_any
    }
}

impl<'de> Deserializer<'de> for Probe {
    type Error = ProbeError;

    /// A tagged enum asks for anything, and is an object.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        let is_object = expected(&visitor) == Some(Expected::Struct);
        Err(self.found(if is_object { RootShape::Struct(&[]) } else { RootShape::Other }))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, ProbeError> {
        Err(self.found(RootShape::Struct(fields)))
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        let is_flattened = matches!(visitor.visit_map(KeyProbe(self)), Err(ProbeError(found)) if found.shape == RootShape::Flattened);
        Err(self.found(if is_flattened { RootShape::Flattened } else { RootShape::Map }))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        // The items may be lists themselves, and so on without end.
        if self.is_item {
            return Err(self.found(RootShape::List));
        }
        let is_of_pairs = matches!(visitor.visit_seq(ItemProbe(self)), Err(ProbeError(found)) if found.shape == RootShape::Tuple(2));
        Err(self.found(if is_of_pairs { RootShape::Pairs } else { RootShape::List }))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, _: V) -> Result<V::Value, ProbeError> {
        Err(self.found(RootShape::Tuple(length)))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        _: V,
    ) -> Result<V::Value, ProbeError> {
        Err(self.found(RootShape::Tuple(length)))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        let found = RootType {
            has_literal_names: self.found.has_literal_names || name == LITERAL_NAMES,
            is_params: self.found.is_params || name == PARAMS,
            ..self.found
        };
        visitor.visit_newtype_struct(Self { found, ..self })
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        visitor.visit_some(Self { found: RootType { is_option: true, ..self.found }, ..self })
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct enum identifier ignored_any
    }
}

fn expected<'de, V: Visitor<'de>>(visitor: &V) -> Option<Expected> {
    let mut expectation = Expectation::new();
    // Writing into an `Expectation` cannot fail.
    let _ = write!(expectation, "{}", visitor as &dyn de::Expected);
    expectation.expected()
}
