//! What a type asks for, as its method of `Deserializer` or the expectation of its visitor says.

use std::fmt;

use serde::{
    Deserializer,
    de::{self, DeserializeOwned, DeserializeSeed, Expected, SeqAccess, Visitor},
    forward_to_deserialize_any,
};

use crate::{json::Kind, report::ErrorKind, value::Number};

/// One kind of value that a visitor may want.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Want {
    Bool,
    Integer(Range),
    Float,
    String,
    Char,
    Bytes,
    Null,
    List,
    Set,
    Tuple,
    Map,
    Struct,
    Uuid,
    Url,
    IpV4,
    IpV6,
    Ip,
    Date,
    Time,
    Datetime,
    Duration,
}

/// What an integer type holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Range {
    pub(super) min: i128,
    pub(super) max: u128,
}

macro_rules! ranges {
    ($($name:ident: $type:ident),*) => {
        impl Range {
            $(pub(super) const $name: Self = Self { min: $type::MIN as i128, max: $type::MAX as u128 };)*

            fn of(name: &str) -> Option<Self> {
                match name {
                    $(stringify!($type) => Some(Self::$name),)*
                    _ => None,
                }
            }
        }
    };
}

ranges!(
    I8: i8, I16: i16, I32: i32, I64: i64, I128: i128, ISIZE: isize,
    U8: u8, U16: u16, U32: u32, U64: u64, U128: u128, USIZE: usize
);

impl Range {
    pub(super) fn too_small(self) -> ErrorKind {
        ErrorKind::GreaterThanEqual { ge: Number::from(self.min).into() }
    }

    pub(super) fn too_large(self) -> ErrorKind {
        ErrorKind::LessThanEqual { le: Number::from(self.max).into() }
    }
}

/// What the visitor expects with which serde buffers content that is to be looked at later.
pub(super) const BUFFER: &str = "any value";

/// The text of what a visitor expects.
pub(super) fn expectation<'de, V: Visitor<'de>>(visitor: &V) -> String {
    (visitor as &dyn Expected).to_string()
}

impl Want {
    /// What the usual visitors mean by the text of their expectation.
    pub(super) fn of(expectation: &str) -> Option<Self> {
        if let Some(range) = Range::of(expectation.strip_prefix("a nonzero ").unwrap_or(expectation)) {
            return Some(Self::Integer(range));
        }
        Some(match expectation {
            "f32" | "f64" => Self::Float,
            "a boolean" => Self::Bool,
            "a string" | "a borrowed string" => Self::String,
            "a character" => Self::Char,
            "byte array" | "a borrowed byte array" | "bytes" => Self::Bytes,
            "unit" => Self::Null,
            "a sequence" => Self::List,
            "a map" => Self::Map,
            "a UUID string" | "a formatted UUID string" => Self::Uuid,
            "a string representing an URL" => Self::Url,
            "IPv4 address" => Self::IpV4,
            "IPv6 address" => Self::IpV6,
            "IP address" => Self::Ip,
            "a formatted date string" | "a `Date`" => Self::Date,
            "a formatted time string" | "a `Time`" => Self::Time,
            "an RFC 3339 formatted date and time string" | "a formatted date and time string" => {
                Self::Datetime
            }
            "an `OffsetDateTime`" | "a `PrimitiveDateTime`" | "a `UtcDateTime`" => Self::Datetime,
            "a `Duration`" => Self::Duration,
            _ if expectation.ends_with("-formatted `OffsetDateTime`") => Self::Datetime,
            _ if expectation.starts_with("unit struct ") => Self::Null,
            _ if expectation.starts_with("struct ") => Self::Struct,
            _ if expectation.starts_with("struct variant ") => Self::Struct,
            _ if expectation.starts_with("tuple variant ") => Self::Tuple,
            _ if expectation.starts_with("internally tagged enum ") => Self::Struct,
            _ if expectation.starts_with("adjacently tagged enum ") => Self::Struct,
            _ if expectation.starts_with("a tuple of size ") => Self::Tuple,
            _ if expectation.starts_with("tuple struct ") => Self::Tuple,
            _ if expectation.starts_with("an array of length ") => Self::Tuple,
            _ if expectation.starts_with("an empty array") => Self::Tuple,
            _ => return None,
        })
    }

    /// Whether a container is of the wanted kind.
    pub(super) fn is_kind(self, kind: Kind) -> bool {
        match self {
            Self::List | Self::Set | Self::Tuple => kind == Kind::Array,
            Self::Map | Self::Struct => kind == Kind::Object,
            _ => false,
        }
    }

    /// What is wrong with a value that is not of the wanted kind at all.
    pub(super) fn type_error(self) -> ErrorKind {
        match self {
            Self::Bool => ErrorKind::BoolType,
            Self::Integer(_) => ErrorKind::IntType,
            Self::Float => ErrorKind::FloatType,
            Self::String | Self::Char => ErrorKind::StringType,
            Self::Bytes => ErrorKind::BytesType,
            Self::Null => ErrorKind::NoneRequired,
            Self::List => ErrorKind::ListType,
            Self::Set => ErrorKind::SetType,
            Self::Tuple => ErrorKind::TupleType,
            Self::Map => ErrorKind::DictType,
            Self::Struct => ErrorKind::ModelAttributesType,
            Self::Uuid => ErrorKind::UuidType,
            Self::Url => ErrorKind::UrlType,
            Self::IpV4 => ErrorKind::IpV4Address,
            Self::IpV6 => ErrorKind::IpV6Address,
            Self::Ip => ErrorKind::IpAnyAddress,
            Self::Date => ErrorKind::DateType,
            Self::Time => ErrorKind::TimeType,
            Self::Datetime => ErrorKind::DatetimeType,
            Self::Duration => ErrorKind::TimeDeltaType,
        }
    }

    /// What is wrong with a string that a type does not read, in pydantic's words around the type's own.
    pub(super) fn parse_error(self, reason: &str) -> Option<ErrorKind> {
        let error = || reason.to_owned();
        Some(match self {
            Self::Uuid => {
                let error = reason.strip_prefix("UUID parsing failed: ").unwrap_or(reason).to_owned();
                ErrorKind::UuidParsing { error }
            }
            Self::Url => {
                // `url` appends the input: `relative URL without a base: "x"`.
                let error = reason.split_once(": \"").map_or(reason, |(error, _)| error).to_owned();
                ErrorKind::UrlParsing { error }
            }
            Self::IpV4 => ErrorKind::IpV4Address,
            Self::IpV6 => ErrorKind::IpV6Address,
            Self::Ip => ErrorKind::IpAnyAddress,
            Self::Date => ErrorKind::DateParsing { error: error() },
            Self::Time => ErrorKind::TimeParsing { error: error() },
            Self::Datetime => ErrorKind::DatetimeParsing { error: error() },
            Self::Duration => ErrorKind::TimeDeltaParsing { error: error() },
            _ => return None,
        })
    }
}

/// What a type asks for before anything else.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Struct(&'static [&'static str]),
    Map,
    List,
    /// A list of names and values: the members of a map in order.
    Pairs,
    /// So many items.
    Tuple(usize),
    /// A scalar, an enum, or anything.
    Other,
}

impl Shape {
    pub(crate) fn of<T: DeserializeOwned>() -> Self {
        T::deserialize(Ask { is_item: false }).err().map_or(Self::Other, |asked| asked.0)
    }
}

/// A deserializer that fails with what it was asked for.
struct Ask {
    /// Whether the question is of what a list is.
    is_item: bool,
}

#[derive(Debug)]
struct Asked(Shape);

impl fmt::Display for Asked {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("no value")
    }
}

impl std::error::Error for Asked {}

impl de::Error for Asked {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self(Shape::Other)
    }
}

/// A list that fails with what its items are.
struct AskItem;

impl<'de> SeqAccess<'de> for AskItem {
    type Error = Asked;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<Option<S::Value>, Asked> {
        seed.deserialize(Ask { is_item: true }).map(Some)
    }
}

impl<'de> Deserializer<'de> for Ask {
    type Error = Asked;

    /// A tagged enum takes anything, and is an object.
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        let is_object = Want::of(&expectation(&visitor)) == Some(Want::Struct);
        Err(Asked(if is_object { Shape::Struct(&[]) } else { Shape::Other }))
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        _: V,
    ) -> Result<V::Value, Asked> {
        Err(Asked(Shape::Struct(fields)))
    }

    fn deserialize_map<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Asked> {
        Err(Asked(Shape::Map))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        // A list may be one of such lists, and so on without end.
        if self.is_item {
            return Err(Asked(Shape::List));
        }
        let is_of_pairs = matches!(visitor.visit_seq(AskItem), Err(Asked(Shape::Tuple(2))));
        Err(Asked(if is_of_pairs { Shape::Pairs } else { Shape::List }))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, length: usize, _: V) -> Result<V::Value, Asked> {
        Err(Asked(Shape::Tuple(length)))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        _: V,
    ) -> Result<V::Value, Asked> {
        Err(Asked(Shape::Tuple(length)))
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Asked> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Asked> {
        visitor.visit_some(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct enum identifier ignored_any
    }
}
