//! serde's traits: thin shims that erase the types of visitors and seeds. Only this module is generic over
//! them, so the compiler makes no more of it for a type than what serde calls.

mod accept;
mod access;
mod erased;

use serde::{Deserializer, de::Visitor};

use super::{
    core::{At, Hint, read},
    state::{Error, Pass},
    types::{FloatType, IntegerType},
};

pub(crate) use self::erased::Root;
use self::{
    accept::{
        Accept, Anything, Booleans, Bytes, Enums, Maps, Newtypes, Numbers, Options, Sequences, Strings,
        Structs, Units, WideNumbers,
    },
    erased::{ErasedVisitor, from_user, into_user},
};

/// The deserializer of the engine: a pass, and where the value comes from.
pub(crate) struct Source<'p, 't> {
    pass: &'p mut Pass<'t>,
    at: At<'p>,
}

impl<'t> Source<'_, 't> {
    fn read<A: Accept, V: Visitor<'t>>(self, hint: Hint, visitor: V) -> Result<V::Value, Error> {
        let mut visitor = ErasedVisitor::<V, V::Value, A>::new(visitor);
        from_user(self.pass);
        let result = read(self.pass, self.at, hint, &mut visitor);
        into_user(self.pass);
        result.and_then(|()| visitor.into_value())
    }
}

/// Implements the methods of `Deserializer`, which differ in the hint and in what the visitor accepts then.
macro_rules! read {
    ($($method:ident($($argument:ident: $type:ty),*) => $accepts:ident: $hint:expr),* $(,)?) => {$(
        fn $method<V: Visitor<'t>>(self, $($argument: $type,)* visitor: V) -> Result<V::Value, Error> {
            self.read::<$accepts, V>($hint, visitor)
        }
    )*};
}

impl<'t> Deserializer<'t> for Source<'_, 't> {
    type Error = Error;

    read! {
        deserialize_any() => Anything: Hint::Any,
        deserialize_bool() => Booleans: Hint::Bool,
        deserialize_i8() => Numbers: Hint::Integer(IntegerType::I8),
        deserialize_i16() => Numbers: Hint::Integer(IntegerType::I16),
        deserialize_i32() => Numbers: Hint::Integer(IntegerType::I32),
        deserialize_i64() => Numbers: Hint::Integer(IntegerType::I64),
        deserialize_i128() => WideNumbers: Hint::Integer(IntegerType::I128),
        deserialize_u8() => Numbers: Hint::Integer(IntegerType::U8),
        deserialize_u16() => Numbers: Hint::Integer(IntegerType::U16),
        deserialize_u32() => Numbers: Hint::Integer(IntegerType::U32),
        deserialize_u64() => Numbers: Hint::Integer(IntegerType::U64),
        deserialize_u128() => WideNumbers: Hint::Integer(IntegerType::U128),
        deserialize_f32() => Numbers: Hint::Float(FloatType::F32),
        deserialize_f64() => Numbers: Hint::Float(FloatType::F64),
        deserialize_char() => Strings: Hint::Char,
        deserialize_str() => Strings: Hint::Str,
        deserialize_string() => Strings: Hint::Str,
        deserialize_bytes() => Bytes: Hint::Bytes,
        deserialize_byte_buf() => Bytes: Hint::Bytes,
        deserialize_option() => Options: Hint::Option,
        deserialize_unit() => Units: Hint::Unit,
        deserialize_unit_struct(_name: &'static str) => Units: Hint::Unit,
        deserialize_newtype_struct(name: &'static str) => Newtypes: Hint::Newtype(name),
        deserialize_seq() => Sequences: Hint::Seq,
        deserialize_tuple(length: usize) => Sequences: Hint::Tuple(length),
        deserialize_tuple_struct(_name: &'static str, length: usize) => Sequences: Hint::Tuple(length),
        deserialize_map() => Maps: Hint::Map,
        deserialize_struct(_name: &'static str, fields: &'static [&'static str]) => Structs: Hint::Struct(fields),
        deserialize_enum(_name: &'static str, variants: &'static [&'static str]) => Enums: Hint::Enum(variants),
        deserialize_identifier() => Strings: Hint::Identifier,
        deserialize_ignored_any() => Units: Hint::IgnoredAny,
    }
}
