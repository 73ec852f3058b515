//! The table of the types that are known: how their visitors describe what they expect, pydantic's errors for them, and
//! their placeholders.
//!
//! A new type is one row of [`ROWS`].

use std::fmt;

use crate::{json::Kind, report::ErrorKind};

use super::{candidate::Candidate, integer::IntegerType};

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
}

/// A row of the table.
struct Row {
    expected: Expected,
    /// The error for a value of another type.
    type_error: ErrorKind,
    /// The error for a string that cannot be parsed, made of what the type says about it.
    parse_error: Option<fn(&str) -> ErrorKind>,
    placeholder: Candidate,
    /// How visitors describe the type, and who says so.
    expecting: &'static [Expecting],
    /// The names of the types in Rust.
    types: &'static [&'static str],
}

/// What visitors write as their expectation.
enum Expecting {
    Exactly(&'static str),
    StartingWith(&'static str),
    EndingWith(&'static str),
}

use Expecting::{EndingWith, Exactly, StartingWith};

impl Expecting {
    fn matches(&self, expectation: &str) -> bool {
        match self {
            Exactly(words) => *words == expectation,
            StartingWith(words) => expectation.starts_with(words),
            EndingWith(words) => expectation.ends_with(words),
        }
    }
}

/// The known types, but for integers.
static ROWS: [Row; 20] = [
    Row {
        expected: Expected::Bool,
        type_error: ErrorKind::BoolType,
        parse_error: None,
        placeholder: Candidate::Bool,
        // serde 1.
        expecting: &[Exactly("a boolean")],
        types: &["bool"],
    },
    Row {
        expected: Expected::Float,
        type_error: ErrorKind::FloatType,
        parse_error: None,
        placeholder: Candidate::Float,
        // serde 1.
        expecting: &[Exactly("f32"), Exactly("f64")],
        types: &["f32", "f64"],
    },
    Row {
        expected: Expected::String,
        type_error: ErrorKind::StringType,
        parse_error: None,
        placeholder: Candidate::Str(""),
        // serde 1.
        expecting: &[Exactly("a string"), Exactly("a borrowed string")],
        types: &["alloc::string::String"],
    },
    Row {
        expected: Expected::Char,
        type_error: ErrorKind::StringType,
        parse_error: None,
        placeholder: Candidate::Str("a"),
        // serde 1.
        expecting: &[Exactly("a character")],
        types: &["char"],
    },
    Row {
        expected: Expected::Bytes,
        type_error: ErrorKind::BytesType,
        parse_error: None,
        placeholder: Candidate::Str(""),
        // serde 1; uuid 1 for its own bytes.
        expecting: &[Exactly("byte array"), Exactly("a borrowed byte array"), Exactly("bytes")],
        types: &[],
    },
    Row {
        expected: Expected::Null,
        type_error: ErrorKind::NoneRequired,
        parse_error: None,
        placeholder: Candidate::Null,
        // serde 1, and its derive.
        expecting: &[Exactly("unit"), StartingWith("unit struct ")],
        types: &[],
    },
    Row {
        expected: Expected::List,
        type_error: ErrorKind::ListType,
        parse_error: None,
        placeholder: Candidate::Seq,
        // serde 1.
        expecting: &[Exactly("a sequence")],
        types: &[],
    },
    Row {
        expected: Expected::Set,
        type_error: ErrorKind::SetType,
        parse_error: None,
        placeholder: Candidate::Seq,
        // serde describes a set as a sequence: only the name of the type tells it.
        expecting: &[],
        types: &[],
    },
    Row {
        expected: Expected::Tuple,
        type_error: ErrorKind::TupleType,
        parse_error: None,
        placeholder: Candidate::Seq,
        // serde 1, and its derive.
        expecting: &[
            StartingWith("tuple variant "),
            StartingWith("a tuple of size "),
            StartingWith("tuple struct "),
            StartingWith("an array of length "),
            StartingWith("an empty array"),
        ],
        types: &[],
    },
    Row {
        expected: Expected::Map,
        type_error: ErrorKind::DictType,
        parse_error: None,
        placeholder: Candidate::Map,
        // serde 1.
        expecting: &[Exactly("a map")],
        types: &[],
    },
    Row {
        expected: Expected::Struct,
        type_error: ErrorKind::ModelAttributesType,
        parse_error: None,
        placeholder: Candidate::Map,
        // The derive of serde 1.
        expecting: &[
            StartingWith("struct "),
            StartingWith("internally tagged enum "),
            StartingWith("adjacently tagged enum "),
        ],
        types: &[],
    },
    Row {
        expected: Expected::Uuid,
        type_error: ErrorKind::UuidType,
        parse_error: Some(|reason| {
            let error = reason.strip_prefix("UUID parsing failed: ").unwrap_or(reason).to_owned();
            ErrorKind::UuidParsing { error }
        }),
        placeholder: Candidate::Str("67e55044-10b1-426f-9247-bb680e5fe0c8"),
        // uuid 1.
        expecting: &[Exactly("a UUID string"), Exactly("a formatted UUID string")],
        types: &["uuid::Uuid"],
    },
    Row {
        expected: Expected::Url,
        type_error: ErrorKind::UrlType,
        parse_error: Some(|reason| {
            // `url` appends the input: `relative URL without a base: "x"`.
            let error = reason.split_once(": \"").map_or(reason, |(error, _)| error).to_owned();
            ErrorKind::UrlParsing { error }
        }),
        placeholder: Candidate::Str("http://localhost/"),
        // url 2.
        expecting: &[Exactly("a string representing an URL")],
        types: &["url::Url"],
    },
    Row {
        expected: Expected::IpV4,
        type_error: ErrorKind::IpV4Address,
        parse_error: Some(|_| ErrorKind::IpV4Address),
        placeholder: Candidate::Str("127.0.0.1"),
        // serde 1.
        expecting: &[Exactly("IPv4 address")],
        types: &["core::net::ip_addr::Ipv4Addr"],
    },
    Row {
        expected: Expected::IpV6,
        type_error: ErrorKind::IpV6Address,
        parse_error: Some(|_| ErrorKind::IpV6Address),
        placeholder: Candidate::Str("::1"),
        // serde 1.
        expecting: &[Exactly("IPv6 address")],
        types: &["core::net::ip_addr::Ipv6Addr"],
    },
    Row {
        expected: Expected::Ip,
        type_error: ErrorKind::IpAnyAddress,
        parse_error: Some(|_| ErrorKind::IpAnyAddress),
        placeholder: Candidate::Str("127.0.0.1"),
        // serde 1.
        expecting: &[Exactly("IP address")],
        types: &["core::net::ip_addr::IpAddr"],
    },
    Row {
        expected: Expected::Date,
        type_error: ErrorKind::DateType,
        parse_error: Some(|reason| ErrorKind::DateParsing { error: reason.to_owned() }),
        placeholder: Candidate::Str("2000-01-01"),
        // chrono 0.4; time 0.3.
        expecting: &[Exactly("a formatted date string"), Exactly("a `Date`")],
        types: &["chrono::naive::date::NaiveDate", "time::date::Date"],
    },
    Row {
        expected: Expected::Time,
        type_error: ErrorKind::TimeType,
        parse_error: Some(|reason| ErrorKind::TimeParsing { error: reason.to_owned() }),
        placeholder: Candidate::Str("00:00:00"),
        // chrono 0.4; time 0.3.
        expecting: &[Exactly("a formatted time string"), Exactly("a `Time`")],
        types: &["chrono::naive::time::NaiveTime", "time::time::Time"],
    },
    Row {
        expected: Expected::Datetime,
        type_error: ErrorKind::DatetimeType,
        parse_error: Some(|reason| ErrorKind::DatetimeParsing { error: reason.to_owned() }),
        placeholder: Candidate::Str("2000-01-01T00:00:00Z"),
        // chrono 0.4; time 0.3, and its `serde::rfc3339`, `serde::rfc2822` and `serde::iso8601`.
        expecting: &[
            Exactly("an RFC 3339 formatted date and time string"),
            Exactly("a formatted date and time string"),
            Exactly("an `OffsetDateTime`"),
            Exactly("a `PrimitiveDateTime`"),
            Exactly("a `UtcDateTime`"),
            EndingWith("-formatted `OffsetDateTime`"),
        ],
        types: &["chrono::naive::datetime::NaiveDateTime", "time::offset_date_time::OffsetDateTime"],
    },
    Row {
        expected: Expected::Duration,
        type_error: ErrorKind::TimeDeltaType,
        parse_error: Some(|reason| ErrorKind::TimeDeltaParsing { error: reason.to_owned() }),
        placeholder: Candidate::Str(""),
        // time 0.3.
        expecting: &[Exactly("a `Duration`")],
        types: &["time::duration::Duration"],
    },
];

impl Expected {
    /// Returns what a visitor expects, if its description is known.
    pub(crate) fn of(expectation: &str) -> Option<Self> {
        // `struct variant Shape::Circle` is a struct as well, by the same prefix.
        let integer = expectation.strip_prefix("a nonzero ").unwrap_or(expectation);
        if let Some(integer) = IntegerType::of(integer) {
            return Some(Self::Integer(integer));
        }
        let describes = |row: &&Row| row.expecting.iter().any(|expecting| expecting.matches(expectation));
        ROWS.iter().find(describes).map(|row| row.expected)
    }

    /// Returns what the visitors of a type expect, by the name of the type.
    pub(super) fn of_type(name: &str) -> Option<Self> {
        if let Some(integer) = IntegerType::of(name) {
            return Some(Self::Integer(integer));
        }
        ROWS.iter().find(|row| row.types.contains(&name)).map(|row| row.expected)
    }

    fn row(self) -> Option<&'static Row> {
        ROWS.iter().find(|row| row.expected == self)
    }

    /// Whether a container is of the expected kind.
    pub(crate) fn is_kind(self, kind: Kind) -> bool {
        match self {
            Self::List | Self::Set | Self::Tuple => kind == Kind::Array,
            Self::Map | Self::Struct => kind == Kind::Object,
            _ => false,
        }
    }

    /// Returns the error for a value that is not of the expected kind at all.
    pub(crate) fn type_error(self) -> ErrorKind {
        self.row().map_or(ErrorKind::IntType, |row| row.type_error.clone())
    }

    /// Returns the error for a string that a type cannot parse, with the type's own words.
    pub(crate) fn parse_error(self, reason: &str) -> Option<ErrorKind> {
        self.row().and_then(|row| row.parse_error).map(|error| error(reason))
    }

    /// Returns a value that most types of this kind accept.
    pub(crate) fn placeholder(self) -> Candidate {
        self.row().map_or(Candidate::Integer, |row| row.placeholder)
    }
}

/// The expectation of the visitor with which serde buffers content that it will look at later.
const BUFFERED_CONTENT: &str = "any value";

/// The description of what a visitor expects: the beginning of it, which is all that [`Expected`] needs.
pub(crate) struct Expectation {
    bytes: [u8; Self::LENGTH],
    len: usize,
    is_full: bool,
}

impl Expectation {
    /// More than the longest description in the table.
    const LENGTH: usize = 64;

    pub(crate) fn new() -> Self {
        Self { bytes: [0; Self::LENGTH], len: 0, is_full: false }
    }

    pub(crate) fn as_str(&self) -> &str {
        self.bytes.get(..self.len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }

    /// Whether serde buffers the content, to look at it later.
    pub(crate) fn is_buffer(&self) -> bool {
        self.as_str() == BUFFERED_CONTENT
    }

    pub(crate) fn expected(&self) -> Option<Expected> {
        Expected::of(self.as_str())
    }
}

impl fmt::Write for Expectation {
    fn write_str(&mut self, words: &str) -> fmt::Result {
        if self.is_full {
            return Ok(());
        }
        let room = Self::LENGTH - self.len;
        let mut end = words.len().min(room);
        while !words.is_char_boundary(end) {
            end -= 1;
        }
        self.is_full = end < words.len();
        if let (Some(to), Some(from)) =
            (self.bytes.get_mut(self.len..self.len + end), words.as_bytes().get(..end))
        {
            to.copy_from_slice(from);
            self.len += end;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use std::{
        any::type_name,
        collections::HashMap,
        fmt::Write as _,
        net::{IpAddr, Ipv4Addr, Ipv6Addr},
        num::{NonZeroI64, NonZeroU8},
    };

    use serde::{
        Deserialize, Deserializer,
        de::{Visitor, value::Error},
    };

    use super::*;

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

    #[test]
    fn every_kind_but_integers_has_one_row() {
        for (place, row) in ROWS.iter().enumerate() {
            let first = ROWS.iter().position(|other| other.expected == row.expected);
            assert_eq!(first, Some(place), "{:?}", row.expected);
        }
        assert_eq!(Expected::Integer(IntegerType::U8).type_error(), ErrorKind::IntType);
        assert_eq!(Expected::of("anything else"), None);
    }
}
