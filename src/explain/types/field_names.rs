//! The names of the fields of a struct with a flattened part, which serde does not list.

use std::fmt;

use serde::{
    Deserializer,
    de::{self, DeserializeOwned, DeserializeSeed, IntoDeserializer, MapAccess, Visitor},
    forward_to_deserialize_any,
};

/// Returns those of the names that are names of fields of a type, except of its flattened part.
///
/// A type reads the value of a field into the type of the field. Anything else it buffers, for which it asks for anything.
/// A field whose own type asks for anything is not found.
pub(crate) fn field_names<'n, T: DeserializeOwned>(names: &[&'n str]) -> Vec<&'n str> {
    let mut found = Vec::new();
    let mut rest = names;
    while let Err(NameError(Some(left))) = T::deserialize(Names(rest)).map(drop) {
        let Some((name, after)) = rest.len().checked_sub(left).and_then(|at| rest.get(at..)?.split_first())
        else {
            break;
        };
        found.push(*name);
        rest = after;
    }
    found
}

/// An object with these names. It fails at the first name of a field, with the number of names from there on.
struct Names<'n>(&'n [&'n str]);

#[derive(Debug)]
struct NameError(Option<usize>);

impl fmt::Display for NameError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no value")
    }
}

impl std::error::Error for NameError {}

impl de::Error for NameError {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(None)
    }
}

impl<'de> Deserializer<'de> for Names<'_> {
    type Error = NameError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NameError> {
        visitor.visit_map(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, NameError> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NameError> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit unit_struct
        seq tuple tuple_struct map struct enum identifier ignored_any
    }
}

impl<'de> MapAccess<'de> for Names<'_> {
    type Error = NameError;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, NameError> {
        let Some(name) = self.0.first() else { return Ok(None) };
        let name: de::value::StrDeserializer<'_, NameError> = (*name).into_deserializer();
        seed.deserialize(name).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, NameError> {
        let value = seed.deserialize(Buffered { left: self.0.len() });
        self.0 = self.0.get(1..).unwrap_or_default();
        value
    }
}

/// A value that only a buffer accepts.
struct Buffered {
    /// The number of names from this one on.
    left: usize,
}

macro_rules! of_a_field {
    ($($method:ident($($argument:ty),*)),* $(,)?) => {$(
        fn $method<V: Visitor<'de>>(self, $(_: $argument,)* _: V) -> Result<V::Value, NameError> {
            Err(NameError(Some(self.left)))
        }
    )*};
}

impl<'de> Deserializer<'de> for Buffered {
    type Error = NameError;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NameError> {
        visitor.visit_borrowed_str("")
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, NameError> {
        visitor.visit_unit()
    }

    of_a_field! {
        deserialize_bool(),
        deserialize_i8(), deserialize_i16(), deserialize_i32(), deserialize_i64(), deserialize_i128(),
        deserialize_u8(), deserialize_u16(), deserialize_u32(), deserialize_u64(), deserialize_u128(),
        deserialize_f32(), deserialize_f64(), deserialize_char(), deserialize_str(), deserialize_string(),
        deserialize_bytes(), deserialize_byte_buf(), deserialize_option(), deserialize_unit(),
        deserialize_unit_struct(&'static str), deserialize_newtype_struct(&'static str), deserialize_seq(),
        deserialize_tuple(usize), deserialize_tuple_struct(&'static str, usize), deserialize_map(),
        deserialize_struct(&'static str, &'static [&'static str]),
        deserialize_enum(&'static str, &'static [&'static str]), deserialize_identifier(),
    }
}
