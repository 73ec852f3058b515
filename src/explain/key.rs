//! The name of a member as a value: a text, or whatever a text can be read as.

use serde::{Deserializer, de::Visitor, forward_to_deserialize_any};

use crate::{json::NodeId, report::ErrorKind};

use super::{
    coerce,
    deserializer::visit,
    halt::{Cause, Halt},
    memory::Spot,
    variant::Variant,
    walk::Walk,
    want::{Range, Want, expectation},
};

/// The name of a member, which is a text wherever something else is wanted.
pub(super) struct Key<'w, 't> {
    pub(super) walk: &'w Walk<'t>,
    pub(super) key: NodeId,
    pub(super) value: NodeId,
}

impl<'t> Key<'_, 't> {
    fn text(&self) -> &'t str {
        self.walk.tape.str(self.key)
    }

    fn read<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        let want = Want::of(&expectation(&visitor));
        visitor.visit_borrowed_str(self.text()).map_err(|halt: Halt| {
            halt.meaning(|cause| match (want, cause) {
                (Some(want), Cause::Custom(reason)) => want.parse_error(reason),
                _ => None,
            })
        })
    }

    fn scalar<V: Visitor<'t>>(self, want: Want, visitor: V) -> Result<V::Value, Halt> {
        let judged = if self.walk.strict {
            strict_key(self.text(), want)
        } else {
            coerce::lax(self.walk.tape, self.key, want)
        };
        match judged {
            Ok(scalar) => visit(scalar, visitor),
            Err(kind) => {
                self.walk.mismatch(Spot::Key(self.value), kind)?;
                let stand_in = self.walk.nothing(typeid::of::<V>(), None);
                match want {
                    Want::Bool => stand_in.deserialize_bool(visitor),
                    Want::Float => stand_in.deserialize_f64(visitor),
                    _ => stand_in.deserialize_u64(visitor),
                }
            }
        }
    }
}

/// A key by the rules of `serde_json`: a number or a boolean in quotes.
fn strict_key<'t>(text: &'t str, want: Want) -> Result<coerce::Scalar<'t>, ErrorKind> {
    use coerce::Scalar;
    let is_json_number = text.bytes().all(|byte| byte.is_ascii_digit() || b"-+.eE".contains(&byte))
        && serde_json::from_str::<serde_json::Value>(text).is_ok();
    match want {
        Want::Bool if text == "true" => Ok(Scalar::Bool(true)),
        Want::Bool if text == "false" => Ok(Scalar::Bool(false)),
        Want::Bool => Err(ErrorKind::BoolParsing),
        Want::Float if is_json_number => text.parse().map(Scalar::Float).map_err(|_| ErrorKind::FloatParsing),
        Want::Float => Err(ErrorKind::FloatParsing),
        Want::Integer(Range::I128) => text.parse().map(Scalar::WideSigned).map_err(|_| ErrorKind::IntParsing),
        Want::Integer(Range::U128) => {
            text.parse().map(Scalar::WideUnsigned).map_err(|_| ErrorKind::IntParsing)
        }
        Want::Integer(range) if is_json_number && text != "-0" => match text.parse::<i128>() {
            Ok(value) if value < range.min => Err(range.too_small()),
            Ok(value) if value > 0 && value.unsigned_abs() > range.max => Err(range.too_large()),
            Ok(value) => match (u64::try_from(value), i64::try_from(value)) {
                (Ok(value), _) => Ok(Scalar::Unsigned(value)),
                (_, Ok(value)) => Ok(Scalar::Signed(value)),
                _ => Err(ErrorKind::IntParsing),
            },
            Err(_) => Err(ErrorKind::IntParsing),
        },
        _ => Err(ErrorKind::IntParsing),
    }
}

macro_rules! key_scalars {
    ($($method:ident => $want:expr),* $(,)?) => {$(
        fn $method<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
            self.scalar($want, visitor)
        }
    )*};
}

impl<'t> Deserializer<'t> for Key<'_, 't> {
    type Error = Halt;

    fn deserialize_any<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        self.read(visitor)
    }

    key_scalars! {
        deserialize_bool => Want::Bool,
        deserialize_i8 => Want::Integer(Range::I8), deserialize_i16 => Want::Integer(Range::I16),
        deserialize_i32 => Want::Integer(Range::I32), deserialize_i64 => Want::Integer(Range::I64),
        deserialize_i128 => Want::Integer(Range::I128),
        deserialize_u8 => Want::Integer(Range::U8), deserialize_u16 => Want::Integer(Range::U16),
        deserialize_u32 => Want::Integer(Range::U32), deserialize_u64 => Want::Integer(Range::U64),
        deserialize_u128 => Want::Integer(Range::U128),
        deserialize_f32 => Want::Float, deserialize_f64 => Want::Float,
    }

    fn deserialize_option<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_some(self)
    }

    fn deserialize_newtype_struct<V: Visitor<'t>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Halt> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'t>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Halt> {
        visitor.visit_enum(Variant { walk: self.walk, name: self.key, content: None })
    }

    fn deserialize_bytes<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_borrowed_bytes(self.text().as_bytes())
    }

    fn deserialize_byte_buf<V: Visitor<'t>>(self, visitor: V) -> Result<V::Value, Halt> {
        visitor.visit_borrowed_bytes(self.text().as_bytes())
    }

    forward_to_deserialize_any! {
        <V: Visitor<'t>>
        char str string unit unit_struct seq tuple tuple_struct map struct identifier ignored_any
    }
}
