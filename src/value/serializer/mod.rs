//! Conversion of anything serializable into a [`Value`], by `serde_json`'s rules.

mod compound;
mod string;

use std::fmt;

use serde::{Serialize, Serializer, ser};

use self::{
    compound::{Fields, Items, Members, Variant},
    string::StringSerializer,
};
use super::{JSON_NUMBER, Number, Value, number::DIGITS};

/// The error of converting something into a [`Value`]: its `Serialize` failed, or a key is not a string.
///
/// [`Value::from_serialize`] returns it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SerializeError(String);

impl ser::Error for SerializeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// The name of the struct as which `serde_json` serializes a `RawValue`.
const JSON_RAW: &str = "$serde_json::private::RawValue";

/// The serializer that returns a [`Value`].
pub(super) struct ValueSerializer;

/// Writes one method for each scalar that `Value` converts from.
macro_rules! scalars {
    ($($method:ident: $scalar:ty),* $(,)?) => {$(
        fn $method(self, value: $scalar) -> Result<Value, SerializeError> {
            Ok(value.into())
        }
    )*};
}

impl Serializer for ValueSerializer {
    type Ok = Value;
    type Error = SerializeError;
    type SerializeSeq = Items;
    type SerializeTuple = Items;
    type SerializeTupleStruct = Items;
    type SerializeTupleVariant = Variant<Items>;
    type SerializeMap = Members;
    type SerializeStruct = Fields;
    type SerializeStructVariant = Variant<Members>;

    scalars! {
        serialize_bool: bool,
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
        serialize_f64: f64, serialize_str: &str,
    }

    fn serialize_f32(self, value: f32) -> Result<Value, SerializeError> {
        // Through the shortest digits: 0.1_f32 is 0.1 for a reader, not 0.10000000149011612.
        Ok(value.to_string().parse::<f64>().unwrap_or(f64::NAN).into())
    }

    fn serialize_char(self, value: char) -> Result<Value, SerializeError> {
        Ok(Value::String(value.into()))
    }

    fn serialize_bytes(self, value: &[u8]) -> Result<Value, SerializeError> {
        Ok(value.to_vec().into())
    }

    fn serialize_none(self) -> Result<Value, SerializeError> {
        Ok(Value::Null)
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<Value, SerializeError> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<Value, SerializeError> {
        Ok(Value::Null)
    }

    fn serialize_unit_struct(self, _name: &'static str) -> Result<Value, SerializeError> {
        Ok(Value::Null)
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<Value, SerializeError> {
        Ok(variant.into())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        name: &'static str,
        value: &T,
    ) -> Result<Value, SerializeError> {
        if name == DIGITS {
            let digits = value.serialize(StringSerializer { human_readable: false })?;
            return Ok(Number::from_digits(&digits).map_or(Value::String(digits), Value::Number));
        }
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<Value, SerializeError> {
        Ok(Value::from_iter([(variant, value.serialize(self)?)]))
    }

    fn serialize_seq(self, length: Option<usize>) -> Result<Items, SerializeError> {
        Ok(Items::with_capacity(length.unwrap_or(0)))
    }

    fn serialize_tuple(self, length: usize) -> Result<Items, SerializeError> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_struct(self, _name: &'static str, length: usize) -> Result<Items, SerializeError> {
        self.serialize_seq(Some(length))
    }

    fn serialize_tuple_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        length: usize,
    ) -> Result<Variant<Items>, SerializeError> {
        Ok(Variant::new(variant, self.serialize_seq(Some(length))?))
    }

    fn serialize_map(self, _length: Option<usize>) -> Result<Members, SerializeError> {
        Ok(Members::default())
    }

    fn serialize_struct(self, name: &'static str, _length: usize) -> Result<Fields, SerializeError> {
        Ok(if name == JSON_NUMBER || name == JSON_RAW {
            Fields::Json(None)
        } else {
            Fields::Members(Members::default())
        })
    }

    fn serialize_struct_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
        _length: usize,
    ) -> Result<Variant<Members>, SerializeError> {
        Ok(Variant::new(variant, Members::default()))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use serde::Serialize;

    use crate::value::Value;

    #[derive(Serialize)]
    enum Shape {
        Unit,
        Newtype(u8),
        Tuple(u8, f32),
        Struct { a: u8 },
    }

    #[derive(Serialize)]
    struct Everything {
        zebra: &'static str,
        apple: Option<u8>,
        shapes: Vec<Shape>,
        keys: BTreeMap<i32, ()>,
        wide: u128,
        small: f32,
    }

    #[test]
    fn values_are_written_as_serde_json_would_write_them() {
        let value = Everything {
            zebra: "z",
            apple: None,
            shapes: vec![Shape::Unit, Shape::Newtype(1), Shape::Tuple(1, 0.5), Shape::Struct { a: 1 }],
            keys: BTreeMap::from([(-1, ()), (2, ())]),
            wide: u128::MAX,
            small: 0.1,
        };
        let expected = serde_json::to_string(&value).unwrap();
        assert_eq!(Value::from_serialize(&value).unwrap().to_string(), expected);
    }

    #[test]
    fn a_key_that_is_not_a_string_is_refused() {
        let map = BTreeMap::from([(vec![1], 2)]);
        let error = Value::from_serialize(&map).unwrap_err();
        assert_eq!(error.to_string(), "the key of an object must be a string");
    }
}
