//! Anything serializable → [`Value`], by `serde_json`'s rules.

use std::fmt;

use serde::{
    Serialize, Serializer,
    ser::{self, Impossible},
};

use super::{Map, Number, Value, number::DIGITS};

/// Why something could not be turned into a [`Value`].
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct SerializeError(String);

impl ser::Error for SerializeError {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self(message.to_string())
    }
}

/// How `serde_json` passes a number on when the app has turned on `arbitrary_precision`.
const JSON_NUMBER: &str = "$serde_json::private::Number";
/// How `serde_json` passes a `RawValue` on.
const JSON_RAW: &str = "$serde_json::private::RawValue";

pub(super) struct ValueSerializer;

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
        // Through the shortest text: 0.1_f32 is 0.1 for a reader, not 0.10000000149011612.
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
            let text = value.serialize(Text { human_readable: false })?;
            return Ok(Number::from_digits(&text).map_or(Value::String(text), Value::Number));
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
        Ok(Items(Vec::with_capacity(length.unwrap_or(0).min(4096))))
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
        Ok(Variant { name: variant, content: self.serialize_seq(Some(length))? })
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
        Ok(Variant { name: variant, content: Members::default() })
    }
}

pub(super) struct Items(Vec<Value>);

impl Items {
    fn push<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), SerializeError> {
        self.0.push(Value::from_serialize(item)?);
        Ok(())
    }
}

impl ser::SerializeSeq for Items {
    type Ok = Value;
    type Error = SerializeError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), SerializeError> {
        self.push(item)
    }

    fn end(self) -> Result<Value, SerializeError> {
        Ok(Value::Array(self.0))
    }
}

impl ser::SerializeTuple for Items {
    type Ok = Value;
    type Error = SerializeError;

    fn serialize_element<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), SerializeError> {
        self.push(item)
    }

    fn end(self) -> Result<Value, SerializeError> {
        Ok(Value::Array(self.0))
    }
}

impl ser::SerializeTupleStruct for Items {
    type Ok = Value;
    type Error = SerializeError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), SerializeError> {
        self.push(item)
    }

    fn end(self) -> Result<Value, SerializeError> {
        Ok(Value::Array(self.0))
    }
}

#[derive(Default)]
pub(super) struct Members {
    map: Map,
    key: Option<String>,
}

impl ser::SerializeMap for Members {
    type Ok = Value;
    type Error = SerializeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), SerializeError> {
        self.key = Some(key.serialize(Text { human_readable: true })?);
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), SerializeError> {
        let Some(key) = self.key.take() else {
            return Err(ser::Error::custom("a value was serialized before its key"));
        };
        self.map.insert(key, Value::from_serialize(value)?);
        Ok(())
    }

    fn end(self) -> Result<Value, SerializeError> {
        Ok(Value::Object(self.map))
    }
}

pub(super) enum Fields {
    Members(Members),
    /// The one field of `serde_json`'s private structs: JSON text.
    Json(Option<Value>),
}

impl ser::SerializeStruct for Fields {
    type Ok = Value;
    type Error = SerializeError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), SerializeError> {
        match self {
            Self::Members(members) => {
                members.map.insert(key, Value::from_serialize(value)?);
            }
            Self::Json(json) => {
                let text = value.serialize(Text { human_readable: true })?;
                let parsed = match Number::from_digits(&text) {
                    Some(number) => number.into(),
                    None => serde_json::from_str(&text).map_err(ser::Error::custom)?,
                };
                *json = Some(parsed);
            }
        }
        Ok(())
    }

    fn end(self) -> Result<Value, SerializeError> {
        Ok(match self {
            Self::Members(members) => Value::Object(members.map),
            Self::Json(json) => json.unwrap_or_default(),
        })
    }
}

pub(super) struct Variant<C> {
    name: &'static str,
    content: C,
}

impl ser::SerializeTupleVariant for Variant<Items> {
    type Ok = Value;
    type Error = SerializeError;

    fn serialize_field<T: Serialize + ?Sized>(&mut self, item: &T) -> Result<(), SerializeError> {
        self.content.push(item)
    }

    fn end(self) -> Result<Value, SerializeError> {
        Ok(Value::from_iter([(self.name, Value::Array(self.content.0))]))
    }
}

impl ser::SerializeStructVariant for Variant<Members> {
    type Ok = Value;
    type Error = SerializeError;

    fn serialize_field<T: Serialize + ?Sized>(
        &mut self,
        key: &'static str,
        value: &T,
    ) -> Result<(), SerializeError> {
        self.content.map.insert(key, Value::from_serialize(value)?);
        Ok(())
    }

    fn end(self) -> Result<Value, SerializeError> {
        Ok(Value::from_iter([(self.name, Value::Object(self.content.map))]))
    }
}

/// What may be the key of an object: text, and scalars by their JSON text.
struct Text {
    human_readable: bool,
}

macro_rules! printed {
    ($($method:ident: $scalar:ty),* $(,)?) => {$(
        fn $method(self, value: $scalar) -> Result<String, SerializeError> {
            Ok(Value::from(value).to_string())
        }
    )*};
}

macro_rules! no_text {
    ($($method:ident($($argument:ty),*) -> $result:ty;)*) => {$(
        fn $method(self, $(_: $argument),*) -> Result<$result, SerializeError> {
            Err(ser::Error::custom("the key of an object must be a text"))
        }
    )*};
}

impl Serializer for Text {
    type Ok = String;
    type Error = SerializeError;
    type SerializeSeq = Impossible<String, SerializeError>;
    type SerializeTuple = Impossible<String, SerializeError>;
    type SerializeTupleStruct = Impossible<String, SerializeError>;
    type SerializeTupleVariant = Impossible<String, SerializeError>;
    type SerializeMap = Impossible<String, SerializeError>;
    type SerializeStruct = Impossible<String, SerializeError>;
    type SerializeStructVariant = Impossible<String, SerializeError>;

    fn is_human_readable(&self) -> bool {
        self.human_readable
    }

    printed! {
        serialize_bool: bool,
        serialize_i8: i8, serialize_i16: i16, serialize_i32: i32, serialize_i64: i64, serialize_i128: i128,
        serialize_u8: u8, serialize_u16: u16, serialize_u32: u32, serialize_u64: u64, serialize_u128: u128,
        serialize_f32: f32, serialize_f64: f64,
    }

    fn serialize_str(self, value: &str) -> Result<String, SerializeError> {
        Ok(value.to_owned())
    }

    fn serialize_char(self, value: char) -> Result<String, SerializeError> {
        Ok(value.into())
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<String, SerializeError> {
        value.serialize(self)
    }

    fn serialize_unit_variant(
        self,
        _name: &'static str,
        _index: u32,
        variant: &'static str,
    ) -> Result<String, SerializeError> {
        Ok(variant.to_owned())
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        value: &T,
    ) -> Result<String, SerializeError> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _name: &'static str,
        _index: u32,
        _variant: &'static str,
        _value: &T,
    ) -> Result<String, SerializeError> {
        Err(ser::Error::custom("the key of an object must be a text"))
    }

    no_text! {
        serialize_bytes(&[u8]) -> String;
        serialize_none() -> String;
        serialize_unit() -> String;
        serialize_unit_struct(&'static str) -> String;
        serialize_seq(Option<usize>) -> Self::SerializeSeq;
        serialize_tuple(usize) -> Self::SerializeTuple;
        serialize_tuple_struct(&'static str, usize) -> Self::SerializeTupleStruct;
        serialize_tuple_variant(&'static str, u32, &'static str, usize) -> Self::SerializeTupleVariant;
        serialize_map(Option<usize>) -> Self::SerializeMap;
        serialize_struct(&'static str, usize) -> Self::SerializeStruct;
        serialize_struct_variant(&'static str, u32, &'static str, usize) -> Self::SerializeStructVariant;
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
    fn a_key_that_is_no_text_is_refused() {
        let map = BTreeMap::from([(vec![1], 2)]);
        let error = Value::from_serialize(&map).unwrap_err();
        assert_eq!(error.to_string(), "the key of an object must be a text");
    }
}
