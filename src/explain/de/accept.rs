//! What a visitor can be given after each method of `Deserializer`. A visitor gets the same calls as from
//! `serde_json`, so the compiler makes no more of it.

use serde::de::{Error as _, Expected, Unexpected, Visitor};

use crate::explain::{
    core::Given,
    state::{Error, Pass},
};

use super::{
    Source,
    access::{EnumSource, MapSource, SeqSource},
};

/// The values that a visitor accepts because of what it asked for.
pub(super) trait Accept {
    /// Gives a value to a visitor, or refuses it as the visitor would.
    fn visit<'t, V: Visitor<'t>>(
        visitor: V,
        pass: &mut Pass<'t>,
        given: Given<'_, 't>,
    ) -> Result<V::Value, Error>;
}

/// Implements [`Accept`] for the values that are listed.
macro_rules! accept {
    (|$visitor:ident, $pass:ident| $($(#[$doc:meta])* $name:ident { $($given:pat => $visit:expr),* $(,)? })*) => {$(
        $(#[$doc])*
        pub(super) struct $name;

        impl Accept for $name {
            #[allow(unused_variables, unreachable_patterns)]
            fn visit<'t, V: Visitor<'t>>(
                $visitor: V,
                $pass: &mut Pass<'t>,
                given: Given<'_, 't>,
            ) -> Result<V::Value, Error> {
                match given {
                    $($given => $visit,)*
                    given => Err(unexpected(&given, &$visitor)),
                }
            }
        }
    )*};
}

accept! {
    |visitor, pass|

    /// Any value.
    Anything {
        Given::Null => visitor.visit_unit(),
        Given::Bool(value) => visitor.visit_bool(value),
        Given::Unsigned(value) => visitor.visit_u64(value),
        Given::Signed(value) => visitor.visit_i64(value),
        Given::WideUnsigned(value) => visitor.visit_u128(value),
        Given::WideSigned(value) => visitor.visit_i128(value),
        Given::Float(value) => visitor.visit_f64(value),
        Given::Char(value) => visitor.visit_char(value),
        Given::Str(string) => visitor.visit_borrowed_str(string),
        Given::TransientStr(string) => visitor.visit_str(string),
        Given::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
        Given::None => visitor.visit_none(),
        Given::Some(at) => visitor.visit_some(Source { pass, at }),
        Given::Newtype(at) => visitor.visit_newtype_struct(Source { pass, at }),
        Given::Seq(items) => visitor.visit_seq(SeqSource { pass, items }),
        Given::Map(members) => visitor.visit_map(MapSource { pass, members }),
        Given::Digits(members) => visitor.visit_map(MapSource { pass, members }),
        Given::Enum(variant) => visitor.visit_enum(EnumSource { pass, variant }),
    }

    /// A boolean.
    Booleans {
        Given::Bool(value) => visitor.visit_bool(value),
    }

    /// A number.
    Numbers {
        Given::Unsigned(value) => visitor.visit_u64(value),
        Given::Signed(value) => visitor.visit_i64(value),
        Given::Float(value) => visitor.visit_f64(value),
    }

    /// A number of up to 128 bits.
    WideNumbers {
        Given::Unsigned(value) => visitor.visit_u64(value),
        Given::Signed(value) => visitor.visit_i64(value),
        Given::WideUnsigned(value) => visitor.visit_u128(value),
        Given::WideSigned(value) => visitor.visit_i128(value),
        Given::Float(value) => visitor.visit_f64(value),
    }

    /// A string, or the name of a field.
    Strings {
        Given::Str(string) => visitor.visit_borrowed_str(string),
        Given::TransientStr(string) => visitor.visit_str(string),
        Given::Char(value) => visitor.visit_char(value),
    }

    /// Bytes, or a list of them.
    Bytes {
        Given::Bytes(bytes) => visitor.visit_borrowed_bytes(bytes),
        Given::Str(string) => visitor.visit_borrowed_str(string),
        Given::Seq(items) => visitor.visit_seq(SeqSource { pass, items }),
    }

    /// A value that may be absent.
    Options {
        Given::Null => visitor.visit_unit(),
        Given::None => visitor.visit_none(),
        Given::Some(at) => visitor.visit_some(Source { pass, at }),
    }

    /// No value.
    Units {
        Given::Null => visitor.visit_unit(),
    }

    /// The only part of a struct, or a `RawValue` of `serde_json`.
    Newtypes {
        Given::Newtype(at) => visitor.visit_newtype_struct(Source { pass, at }),
        Given::Map(members) => visitor.visit_map(MapSource { pass, members }),
    }

    /// A list.
    Sequences {
        Given::Seq(items) => visitor.visit_seq(SeqSource { pass, items }),
    }

    /// A map.
    Maps {
        Given::Map(members) => visitor.visit_map(MapSource { pass, members }),
    }

    /// A map, or a list of the fields in their order.
    Structs {
        Given::Map(members) => visitor.visit_map(MapSource { pass, members }),
        Given::Seq(items) => visitor.visit_seq(SeqSource { pass, items }),
    }

    /// A variant.
    Enums {
        Given::Enum(variant) => visitor.visit_enum(EnumSource { pass, variant }),
    }
}

/// Returns the error that visitors return for a value that they do not accept.
fn unexpected(given: &Given<'_, '_>, expected: &dyn Expected) -> Error {
    let unexpected = match *given {
        Given::Null => Unexpected::Unit,
        Given::Bool(value) => Unexpected::Bool(value),
        Given::Unsigned(value) => Unexpected::Unsigned(value),
        Given::Signed(value) => Unexpected::Signed(value),
        Given::WideUnsigned(_) | Given::WideSigned(_) => Unexpected::Other("integer"),
        Given::Float(value) => Unexpected::Float(value),
        Given::Char(value) => Unexpected::Char(value),
        Given::Str(string) => Unexpected::Str(string),
        Given::TransientStr(string) => Unexpected::Str(string),
        Given::Bytes(bytes) => Unexpected::Bytes(bytes),
        Given::None | Given::Some(_) => Unexpected::Option,
        Given::Newtype(_) => Unexpected::NewtypeStruct,
        Given::Seq(_) => Unexpected::Seq,
        Given::Map(_) | Given::Digits(_) => Unexpected::Map,
        Given::Enum(_) => Unexpected::Enum,
    };
    Error::invalid_type(unexpected, expected)
}
