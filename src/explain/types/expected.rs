//! The kinds of values that visitors expect.

use crate::{json::Kind, report::ErrorKind};

use super::{
    Candidate, IntegerType,
    table::{INTEGER, ROWS, Row},
};

/// The kind of value that a visitor expects.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    Integer(IntegerType),
    Bool,
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
    Decimal,
    Json,
    File,
}

impl Expected {
    /// Returns what a visitor expects, if its description is known.
    pub(crate) fn of(expectation: &str) -> Option<Self> {
        // `struct variant Shape::Circle` is a struct as well, by the same prefix.
        let integer = expectation.strip_prefix("a nonzero ").unwrap_or(expectation);
        if let Some(integer) = IntegerType::of(integer) {
            return Some(Self::Integer(integer));
        }
        let describes = |row: &&Row| row.expecting.iter().any(|words| words.matches(expectation));
        ROWS.iter().find(describes).map(|row| row.expected)
    }

    /// Returns the number of items of a tuple or an array that a visitor describes.
    pub(crate) fn tuple_length(expectation: &str) -> Option<usize> {
        let of_sequence = expectation.strip_suffix(" in sequence");
        if of_sequence.is_none() && Self::of(expectation) != Some(Self::Tuple) {
            return None;
        }
        let words = of_sequence.unwrap_or(expectation);
        let words = words.strip_suffix("elements").or_else(|| words.strip_suffix("element")).unwrap_or(words);
        words.split_whitespace().next_back()?.parse().ok()
    }

    /// Returns what the visitors of a type expect, by the name of the type.
    pub(crate) fn of_type(name: &str) -> Option<Self> {
        if let Some(integer) = IntegerType::of(name) {
            return Some(Self::Integer(integer));
        }
        ROWS.iter().find(|row| row.types.contains(&name)).map(|row| row.expected)
    }

    /// Returns the type whose parser writes this message, and pydantic's error for the string.
    ///
    /// For all integers the type is the same.
    pub(crate) fn of_message(message: &str) -> Option<(Self, ErrorKind)> {
        std::iter::once(&INTEGER).chain(&ROWS).find_map(|row| {
            let (_, error) = row.messages.iter().find(|(words, _)| words.matches(message))?;
            Some((row.expected, error(message)))
        })
    }

    fn row(self) -> &'static Row {
        ROWS.iter().find(|row| row.expected == self).unwrap_or(&INTEGER)
    }

    /// Returns `true` if a container is of the expected kind.
    pub(crate) fn is_kind(self, kind: Kind) -> bool {
        match self {
            Self::List | Self::Set | Self::Tuple => kind == Kind::Array,
            Self::Map | Self::Struct => kind == Kind::Object,
            _ => false,
        }
    }

    /// Returns `true` if no list or object is of the expected kind.
    pub(crate) fn is_single(self) -> bool {
        !matches!(
            self,
            Self::List | Self::Set | Self::Tuple | Self::Map | Self::Struct | Self::Bytes | Self::Uuid
        )
    }

    /// Returns the error for a value that is not of the expected kind at all.
    pub(crate) fn type_error(self) -> ErrorKind {
        self.row().type_error.clone()
    }

    /// Returns the error for a string that a type cannot parse, with the type's own words.
    pub(crate) fn parse_error(self, reason: &str) -> Option<ErrorKind> {
        self.row().parse_error.map(|error| error(reason))
    }

    /// Returns a value that most types of this kind accept.
    pub(crate) fn placeholder(self) -> Candidate {
        self.row().placeholder
    }
}

#[cfg(test)]
mod tests {
    use std::{
        any::type_name,
        collections::HashMap,
        fmt::{self, Write as _},
        net::{IpAddr, Ipv4Addr, Ipv6Addr},
        num::{NonZeroI64, NonZeroU8},
    };

    use crate::value::Number;
    use serde::{
        Deserialize, Deserializer,
        de::{Visitor, value::Error},
    };

    use super::{
        super::{Expectation, table::UUID_PARSING_FAILED},
        *,
    };

    /// A deserializer that returns the expectation of the visitor that asks it first.
    struct Listen<'a>(&'a mut String);

    impl<'de> Deserializer<'de> for Listen<'_> {
        type Error = Error;

        fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
            *self.0 = (&visitor as &dyn serde::de::Expected).to_string();
            Err(serde::de::Error::custom("only the expectation is of interest"))
        }

        serde::forward_to_deserialize_any! {
            bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option unit
            unit_struct newtype_struct seq tuple tuple_struct map struct enum identifier ignored_any
        }
    }

    #[track_caller]
    fn expects<'de, T: Deserialize<'de>>(expected: Expected) {
        let mut expectation = String::new();
        assert!(T::deserialize(Listen(&mut expectation)).is_err());
        assert_eq!(Expected::of(&expectation), Some(expected), "{}: {expectation}", type_name::<T>());
        let mut kept = Expectation::new();
        kept.write_str(&expectation).unwrap();
        assert_eq!(kept.expected(), Some(expected), "{}: {expectation}", type_name::<T>());
    }

    #[derive(Deserialize)]
    #[allow(dead_code)]
    struct Point {
        x: u8,
    }

    #[derive(Deserialize)]
    #[allow(dead_code)]
    struct Pair(u8, u8);

    #[derive(Deserialize)]
    #[serde(tag = "kind")]
    #[allow(dead_code)]
    enum Internal {
        A { x: u8 },
    }

    #[derive(Deserialize)]
    #[serde(tag = "t", content = "c")]
    #[allow(dead_code)]
    enum Adjacent {
        A { x: u8 },
    }

    #[derive(Deserialize)]
    struct Unit;

    /// A type that is read as a function reads it.
    macro_rules! only_part {
        ($($name:ident => $read:path),*) => {$(
            struct $name;
            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    $read(deserializer).map(|_| Self)
                }
            }
        )*};
    }

    only_part! {
        At3339 => time::serde::rfc3339::deserialize,
        At2822 => time::serde::rfc2822::deserialize,
        At8601 => time::serde::iso8601::deserialize
    }

    #[test]
    fn expectations_of_real_types_are_in_the_table() {
        expects::<u8>(Expected::Integer(IntegerType::U8));
        expects::<i128>(Expected::Integer(IntegerType::I128));
        expects::<usize>(Expected::Integer(IntegerType::Usize));
        expects::<NonZeroU8>(Expected::Integer(IntegerType::U8));
        expects::<NonZeroI64>(Expected::Integer(IntegerType::I64));
        expects::<bool>(Expected::Bool);
        expects::<f32>(Expected::Float);
        expects::<f64>(Expected::Float);
        expects::<String>(Expected::String);
        expects::<&str>(Expected::String);
        expects::<char>(Expected::Char);
        expects::<&[u8]>(Expected::Bytes);
        expects::<()>(Expected::Null);
        expects::<Unit>(Expected::Null);
        expects::<Vec<u8>>(Expected::List);
        expects::<(u8, u8)>(Expected::Tuple);
        expects::<[u8; 3]>(Expected::Tuple);
        expects::<[u8; 0]>(Expected::Tuple);
        expects::<Pair>(Expected::Tuple);
        expects::<HashMap<u8, u8>>(Expected::Map);
        expects::<Point>(Expected::Struct);
        expects::<Internal>(Expected::Struct);
        expects::<Adjacent>(Expected::Struct);
        expects::<uuid::Uuid>(Expected::Uuid);
        expects::<url::Url>(Expected::Url);
        expects::<Ipv4Addr>(Expected::IpV4);
        expects::<Ipv6Addr>(Expected::IpV6);
        expects::<IpAddr>(Expected::Ip);
        expects::<chrono::NaiveDate>(Expected::Date);
        expects::<chrono::NaiveTime>(Expected::Time);
        expects::<chrono::NaiveDateTime>(Expected::Datetime);
        expects::<chrono::DateTime<chrono::Utc>>(Expected::Datetime);
        expects::<time::Date>(Expected::Date);
        expects::<time::Time>(Expected::Time);
        expects::<time::OffsetDateTime>(Expected::Datetime);
        expects::<time::PrimitiveDateTime>(Expected::Datetime);
        expects::<At3339>(Expected::Datetime);
        expects::<At2822>(Expected::Datetime);
        expects::<At8601>(Expected::Datetime);
        expects::<time::Duration>(Expected::Duration);
    }

    #[test]
    fn names_of_real_types_are_in_the_table() {
        for (name, expected) in [
            (type_name::<String>(), Expected::String),
            (type_name::<uuid::Uuid>(), Expected::Uuid),
            (type_name::<url::Url>(), Expected::Url),
            (type_name::<Ipv4Addr>(), Expected::IpV4),
            (type_name::<Ipv6Addr>(), Expected::IpV6),
            (type_name::<IpAddr>(), Expected::Ip),
            (type_name::<chrono::NaiveDate>(), Expected::Date),
            (type_name::<chrono::NaiveTime>(), Expected::Time),
            (type_name::<chrono::NaiveDateTime>(), Expected::Datetime),
            (type_name::<time::Date>(), Expected::Date),
            (type_name::<time::Time>(), Expected::Time),
            (type_name::<time::OffsetDateTime>(), Expected::Datetime),
            (type_name::<time::Duration>(), Expected::Duration),
        ] {
            assert_eq!(Expected::of_type(name), Some(expected), "{name}");
        }
    }

    /// Visitors that are written by hand, with the words that some use for a string.
    macro_rules! described_as {
        ($($name:ident: $words:literal),*) => {$(
            struct $name;
            impl<'de> Deserialize<'de> for $name {
                fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                    struct ByHand;
                    impl Visitor<'_> for ByHand {
                        type Value = $name;

                        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                            f.write_str($words)
                        }
                    }
                    deserializer.deserialize_str(ByHand)
                }
            }
        )*};
    }

    described_as!(AStr: "a str", Str: "str", JustString: "string");

    #[test]
    fn strings_are_known_by_the_words_of_visitors_written_by_hand() {
        expects::<AStr>(Expected::String);
        expects::<Str>(Expected::String);
        expects::<JustString>(Expected::String);
    }

    #[track_caller]
    fn says<T: std::str::FromStr<Err: fmt::Display>>(string: &str, expected: Expected, error: ErrorKind) {
        let message = T::from_str(string).err().unwrap().to_string();
        assert_eq!(Expected::of_message(&message), Some((expected, error)), "{message}");
    }

    #[test]
    fn messages_of_real_parsers_are_in_the_table() {
        let integer = Expected::Integer(IntegerType::I64);
        says::<u8>("x", integer, ErrorKind::IntParsing);
        says::<i64>("", integer, ErrorKind::IntParsing);
        says::<u8>("256", integer, ErrorKind::IntParsingSize);
        says::<i8>("-129", integer, ErrorKind::IntParsingSize);
        says::<NonZeroU8>("0", integer, ErrorKind::GreaterThan { gt: Number::from(0).into() });
        says::<bool>("x", Expected::Bool, ErrorKind::BoolParsing);
        says::<f64>("x", Expected::Float, ErrorKind::FloatParsing);
        says::<f32>("", Expected::Float, ErrorKind::FloatParsing);
        says::<char>("xy", Expected::Char, ErrorKind::StringTooLong { max_length: 1 });
        says::<char>("", Expected::Char, ErrorKind::StringTooShort { min_length: 1 });
        says::<Ipv4Addr>("x", Expected::IpV4, ErrorKind::IpV4Address);
        says::<Ipv6Addr>("x", Expected::IpV6, ErrorKind::IpV6Address);
        says::<IpAddr>("x", Expected::Ip, ErrorKind::IpAnyAddress);
        for (url, error) in [
            ("x", "relative URL without a base"),
            ("http://", "empty host"),
            ("http://xn--a", "invalid international domain name"),
            ("http://a:x", "invalid port number"),
            ("http://1.2.3.999", "invalid IPv4 address"),
            ("http://[x]", "invalid IPv6 address"),
        ] {
            says::<url::Url>(url, Expected::Url, ErrorKind::UrlParsing { error: error.to_owned() });
        }
        let error = url::ParseError::InvalidDomainCharacter.to_string();
        assert_eq!(
            Expected::of_message(&error),
            Some((Expected::Url, ErrorKind::UrlParsing { error: error.clone() }))
        );
        assert_eq!(Expected::of_message("no such user"), None);
    }

    #[test]
    fn the_message_of_uuid_is_in_the_table() {
        let deserializer = serde::de::value::StrDeserializer::<Error>::new("x");
        let message = uuid::Uuid::deserialize(deserializer).unwrap_err().to_string();
        let Some((Expected::Uuid, ErrorKind::UuidParsing { error })) = Expected::of_message(&message) else {
            panic!("{message}");
        };
        assert_eq!(Some(error.as_str()), message.strip_prefix(UUID_PARSING_FAILED));
    }

    #[test]
    fn every_kind_but_integers_has_one_row() {
        for (place, row) in ROWS.iter().enumerate() {
            let first = ROWS.iter().position(|other| other.expected == row.expected);
            assert_eq!(first, Some(place), "{:?}", row.expected);
        }
        assert_eq!(Expected::Integer(IntegerType::U8).type_error(), ErrorKind::IntType);
        assert_eq!(Expected::of("anything else"), None);
    }

    #[test]
    fn lengths_of_tuples() {
        let lengths = [
            ("a tuple of size 2", Some(2)),
            ("an array of length 3", Some(3)),
            ("tuple struct Point with 2 elements", Some(2)),
            ("1 element in sequence", Some(1)),
            ("tuple struct Point", None),
            ("struct Point with 2 elements", None),
            ("i64", None),
        ];
        for (words, length) in lengths {
            assert_eq!(Expected::tuple_length(words), length, "{words}");
        }
    }
}
