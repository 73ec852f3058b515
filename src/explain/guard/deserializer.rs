//! The guarded deserializer.

use serde::{Deserializer, de::Visitor};

use super::{
    Guarded, Watched,
    visitor::{AnyList, F32Visitor, GuardedVisitor, NoList, NoTaggedList},
};

/// Implements the methods of `Deserializer` for values without parts: the visitor needs no guard.
macro_rules! scalars {
    ($($method:ident($($argument:ident: $type:ty),*)),* $(,)?) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, Self::Error> {
            self.inner.$method($($argument,)* visitor).map_err(Watched)
        }
    )*};
}

/// Implements the methods of `Deserializer` for values with parts. They differ in the lists that the visitor is given.
macro_rules! containers {
    ($($method:ident($($argument:ident: $type:ty),*) => $lists:ident),* $(,)?) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, Self::Error> {
            let visitor = GuardedVisitor::<V, $lists>::new(visitor, self.guard);
            self.inner.$method($($argument,)* visitor).map_err(Watched)
        }
    )*};
}

impl<'de, D: Deserializer<'de>> Deserializer<'de> for Guarded<D> {
    type Error = Watched<D::Error>;

    containers! {
        deserialize_any() => NoTaggedList,
        deserialize_option() => AnyList,
        deserialize_newtype_struct(name: &'static str) => AnyList,
        deserialize_seq() => AnyList,
        deserialize_tuple(length: usize) => AnyList,
        deserialize_tuple_struct(name: &'static str, length: usize) => AnyList,
        deserialize_map() => AnyList,
        deserialize_struct(name: &'static str, fields: &'static [&'static str]) => NoList,
        deserialize_enum(name: &'static str, variants: &'static [&'static str]) => AnyList,
    }

    scalars! {
        deserialize_bool(),
        deserialize_i8(), deserialize_i16(), deserialize_i32(), deserialize_i64(), deserialize_i128(),
        deserialize_u8(), deserialize_u16(), deserialize_u32(), deserialize_u64(), deserialize_u128(),
        deserialize_f64(),
        deserialize_char(), deserialize_str(), deserialize_string(), deserialize_bytes(), deserialize_byte_buf(),
        deserialize_unit(), deserialize_unit_struct(name: &'static str),
        deserialize_identifier(), deserialize_ignored_any(),
    }

    #[inline]
    fn deserialize_f32<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Self::Error> {
        self.inner.deserialize_f32(F32Visitor::new(visitor, self.guard)).map_err(Watched)
    }

    #[inline]
    fn is_human_readable(&self) -> bool {
        self.inner.is_human_readable()
    }
}
