//! serde's traits: thin shims that erase the types of visitors and seeds. Only this module is generic over them, so the
//! compiler makes no more of it for a type than what serde calls.

mod access;
mod erased;

use serde::{Deserializer, de::Visitor};

use super::{
    core::{At, Hint, read},
    state::{Error, Pass},
    types::{FloatType, IntegerType},
};

pub(crate) use self::erased::Root;
use self::erased::{ErasedVisitor, from_user, into_user};

/// The deserializer of the engine: a pass, and where the value comes from.
pub(crate) struct Source<'p, 't> {
    pass: &'p mut Pass<'t>,
    at: At<'p>,
}

impl<'t> Source<'_, 't> {
    fn read<V: Visitor<'t>>(self, hint: Hint, visitor: V) -> Result<V::Value, Error> {
        let mut visitor = ErasedVisitor::new(visitor);
        from_user(self.pass);
        let result = read(self.pass, self.at, hint, &mut visitor);
        into_user(self.pass);
        result.and_then(|()| visitor.into_value())
    }
}

/// Implements methods of `Deserializer` that differ in nothing but the hint.
macro_rules! read {
    ($($method:ident($($argument:ident: $type:ty),*) => $hint:expr),* $(,)?) => {$(
        fn $method<V: Visitor<'t>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, Error> {
            self.read($hint, visitor)
        }
    )*};
}

impl<'t> Deserializer<'t> for Source<'_, 't> {
    type Error = Error;

    read! {
        deserialize_any() => Hint::Any,
        deserialize_bool() => Hint::Bool,
        deserialize_i8() => Hint::Integer(IntegerType::I8),
        deserialize_i16() => Hint::Integer(IntegerType::I16),
        deserialize_i32() => Hint::Integer(IntegerType::I32),
        deserialize_i64() => Hint::Integer(IntegerType::I64),
        deserialize_i128() => Hint::Integer(IntegerType::I128),
        deserialize_u8() => Hint::Integer(IntegerType::U8),
        deserialize_u16() => Hint::Integer(IntegerType::U16),
        deserialize_u32() => Hint::Integer(IntegerType::U32),
        deserialize_u64() => Hint::Integer(IntegerType::U64),
        deserialize_u128() => Hint::Integer(IntegerType::U128),
        deserialize_f32() => Hint::Float(FloatType::F32),
        deserialize_f64() => Hint::Float(FloatType::F64),
        deserialize_char() => Hint::Char,
        deserialize_str() => Hint::Str,
        deserialize_string() => Hint::Str,
        deserialize_bytes() => Hint::Bytes,
        deserialize_byte_buf() => Hint::Bytes,
        deserialize_option() => Hint::Option,
        deserialize_unit() => Hint::Unit,
        deserialize_unit_struct(_name: &'static str) => Hint::Unit,
        deserialize_newtype_struct(name: &'static str) => Hint::Newtype(name),
        deserialize_seq() => Hint::Seq,
        deserialize_tuple(length: usize) => Hint::Tuple(length),
        deserialize_tuple_struct(_name: &'static str, length: usize) => Hint::Tuple(length),
        deserialize_map() => Hint::Map,
        deserialize_struct(_name: &'static str, fields: &'static [&'static str]) => Hint::Struct(fields),
        deserialize_enum(_name: &'static str, variants: &'static [&'static str]) => Hint::Enum(variants),
        deserialize_identifier() => Hint::Identifier,
        deserialize_ignored_any() => Hint::IgnoredAny,
    }
}
