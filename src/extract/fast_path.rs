//! The fast path for names and strings: a deserializer without a tape, for valid sources.
//!
//! It accepts less than the engine, and reads what it accepts into the same value. The engine reads
//! everything else.

use std::{borrow::Cow, fmt};

use serde::{
    Deserializer,
    de::{
        self, DeserializeOwned, IntoDeserializer, Visitor,
        value::{MapDeserializer, SeqDeserializer},
    },
    forward_to_deserialize_any,
};

use crate::explain::{record_type_error, watch};

/// A name and a string.
pub(super) type Pair<'a> = (Cow<'a, str>, Cow<'a, str>);

/// The most pairs of the fast path, which compares each name with all others.
const MAX_PAIRS: usize = 16;

/// Reads a value, if no name is repeated, no string is empty, and all strings are valid.
pub(super) fn read<T: DeserializeOwned>(pairs: &[Pair<'_>]) -> Option<T> {
    let repeated = |at: usize, name: &str| pairs.iter().take(at).any(|(other, _)| other == name);
    let is_plain = pairs.len() <= MAX_PAIRS
        && pairs.iter().enumerate().all(|(at, (name, string))| !string.is_empty() && !repeated(at, name));
    if !is_plain {
        return None;
    }
    // If the type has recovered from an error about a string, it may accept a number in its place.
    match watch(|| T::deserialize(Pairs(pairs))) {
        (Ok(value), false) => Some(value),
        _ => None,
    }
}

/// An error without details, because the engine reads the source again.
#[derive(Debug, thiserror::Error)]
#[error("invalid")]
struct Invalid;

impl de::Error for Invalid {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }

    fn invalid_type(unexpected: de::Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        record_type_error(&unexpected, expected);
        Self
    }
}

/// A deserializer of all pairs.
#[derive(Clone, Copy)]
struct Pairs<'a>(&'a [Pair<'a>]);

impl<'de> Deserializer<'de> for Pairs<'de> {
    type Error = Invalid;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        let members = self.0.iter().map(|(name, string)| (Single(name), Single(string)));
        visitor.visit_map(MapDeserializer::new(members))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Invalid> {
        visitor.visit_newtype_struct(self)
    }

    /// Reads a list of pairs.
    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        let members = self.0.iter().map(|(name, string)| (Single(name), Single(string)));
        MapDeserializer::new(members).deserialize_seq(visitor)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        if self.0.is_empty() { visitor.visit_unit() } else { Err(Invalid) }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Invalid> {
        self.deserialize_unit(visitor)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        tuple tuple_struct map struct enum identifier ignored_any
    }
}

/// A deserializer of one name or string.
#[derive(Clone, Copy)]
struct Single<'a>(&'a str);

impl<'de> IntoDeserializer<'de, Invalid> for Single<'de> {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

macro_rules! parsed {
    ($($method:ident => $visit:ident),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
            visitor.$visit(self.0.parse().map_err(|_| Invalid)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Single<'de> {
    type Error = Invalid;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        visitor.visit_borrowed_str(self.0)
    }

    parsed! {
        deserialize_bool => visit_bool,
        deserialize_i8 => visit_i8, deserialize_i16 => visit_i16, deserialize_i32 => visit_i32,
        deserialize_i64 => visit_i64, deserialize_i128 => visit_i128,
        deserialize_u8 => visit_u8, deserialize_u16 => visit_u16, deserialize_u32 => visit_u32,
        deserialize_u64 => visit_u64, deserialize_u128 => visit_u128,
        deserialize_f64 => visit_f64,
    }

    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        let value: f32 = self.0.parse().map_err(|_| Invalid)?;
        // A number that is too large is infinite.
        if value.is_finite() { visitor.visit_f32(value) } else { Err(Invalid) }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Invalid> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Invalid> {
        visitor.visit_enum(de::value::BorrowedStrDeserializer::new(self.0))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        visitor.visit_seq(SeqDeserializer::new(std::iter::once(self)))
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Invalid> {
        visitor.visit_unit()
    }

    fn deserialize_unit<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Invalid> {
        Err(Invalid)
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(self, _: &'static str, _: V) -> Result<V::Value, Invalid> {
        Err(Invalid)
    }

    forward_to_deserialize_any! {
        char str string bytes byte_buf tuple tuple_struct map struct identifier
    }
}
