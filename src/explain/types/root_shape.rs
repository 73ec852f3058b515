//! The shape of a type as a whole: what it asks a deserializer for first.

use std::fmt::{self, Write as _};

use serde::{
    Deserializer,
    de::{self, DeserializeOwned, DeserializeSeed, SeqAccess, Visitor},
    forward_to_deserialize_any,
};

use super::{expectation::Expectation, expected::Expected};

/// The shape of a type as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RootShape {
    Struct(&'static [&'static str]),
    Map,
    List,
    /// A list of names and values, such as the members of a map in order.
    Pairs,
    /// A list of this many items, each of a type of its own.
    Tuple(usize),
    /// A scalar, an enum, or anything.
    Other,
}

impl RootShape {
    pub(crate) fn of<T: DeserializeOwned>() -> Self {
        T::deserialize(Probe { is_item: false }).err().map_or(Self::Other, |found| found.0)
    }
}

/// A deserializer that fails with the shape that it was asked for.
struct Probe {
    /// `true` if the shape is that of an item of a list.
    is_item: bool,
}

#[derive(Debug)]
struct ProbeError(RootShape);

impl fmt::Display for ProbeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no value")
    }
}

impl std::error::Error for ProbeError {}

impl de::Error for ProbeError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(RootShape::Other)
    }
}

/// A list that fails with the shape of its items.
struct ItemProbe;

impl<'de> SeqAccess<'de> for ItemProbe {
    type Error = ProbeError;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, ProbeError> {
        seed.deserialize(Probe { is_item: true }).map(Some)
    }
}

impl<'de> Deserializer<'de> for Probe {
    type Error = ProbeError;

    /// A tagged enum asks for anything, and is an object.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        let is_object = expected(&visitor) == Some(Expected::Struct);
        Err(ProbeError(if is_object { RootShape::Struct(&[]) } else { RootShape::Other }))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, ProbeError> {
        Err(ProbeError(RootShape::Struct(fields)))
    }

    fn deserialize_map<V: Visitor<'de>>(self, _: V) -> Result<V::Value, ProbeError> {
        Err(ProbeError(RootShape::Map))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        // The items may be lists themselves, and so on without end.
        if self.is_item {
            return Err(ProbeError(RootShape::List));
        }
        let is_of_pairs = matches!(visitor.visit_seq(ItemProbe), Err(ProbeError(RootShape::Tuple(2))));
        Err(ProbeError(if is_of_pairs { RootShape::Pairs } else { RootShape::List }))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, _: V) -> Result<V::Value, ProbeError> {
        Err(ProbeError(RootShape::Tuple(length)))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        _: V,
    ) -> Result<V::Value, ProbeError> {
        Err(ProbeError(RootShape::Tuple(length)))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, ProbeError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, ProbeError> {
        visitor.visit_some(self)
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
