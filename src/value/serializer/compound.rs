//! Lists, objects and enum variants while they are serialized.

use serde::{Serialize, ser};

use super::{SerializeError, StringSerializer};
use crate::value::{Map, Number, Value};

/// A list.
pub(in crate::value) struct Items(Vec<Value>);

impl Items {
    /// Creates a list for about `length` items; no type can reserve much memory by its `length` alone.
    pub(super) fn with_capacity(length: usize) -> Self {
        Self(Vec::with_capacity(length.min(4096)))
    }

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

/// A map, or a struct variant.
#[derive(Default)]
pub(in crate::value) struct Members {
    map: Map,
    key: Option<String>,
}

impl ser::SerializeMap for Members {
    type Ok = Value;
    type Error = SerializeError;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), SerializeError> {
        self.key = Some(key.serialize(StringSerializer { human_readable: true })?);
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

/// A struct.
pub(in crate::value) enum Fields {
    Members(Members),
    /// One of `serde_json`'s private structs: the value of its only field, a string with JSON.
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
                let string = value.serialize(StringSerializer { human_readable: true })?;
                let parsed = match Number::from_digits(&string) {
                    Some(number) => number.into(),
                    None => serde_json::from_str(&string).map_err(ser::Error::custom)?,
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

/// A variant of an enum, with its content.
pub(in crate::value) struct Variant<C> {
    name: &'static str,
    content: C,
}

impl<C> Variant<C> {
    pub(super) fn new(name: &'static str, content: C) -> Self {
        Self { name, content }
    }
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
