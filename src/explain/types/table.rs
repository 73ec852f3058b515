//! The table of the types that are known: how their visitors describe what they expect, what their parsers
//! say about invalid strings, pydantic's errors for them, and their placeholders.
//!
//! A new type is one row of [`ROWS`].

use crate::{
    report::{EmptyObject, ErrorKind},
    value::Number,
};

use super::{Candidate, Expected, IntegerType, TAGGED_ENUM};

/// A row of the table.
pub(super) struct Row {
    pub(super) expected: Expected,
    /// The error for a value of another type.
    pub(super) type_error: ErrorKind,
    /// The error for a string that cannot be parsed, made of what the type says about it.
    pub(super) parse_error: Option<MakeError>,
    pub(super) placeholder: Candidate,
    /// The descriptions of the type by visitors.
    pub(super) expecting: &'static [Words],
    /// The messages for strings that cannot be parsed, with pydantic's errors, where the message is all that
    /// is known.
    pub(super) messages: &'static [(Words, MakeError)],
    /// The names of the types in Rust.
    pub(super) types: &'static [&'static str],
}

/// Makes pydantic's error for a string, from the message of the type.
type MakeError = fn(&str) -> ErrorKind;

/// The words of an expectation or of a message.
pub(super) enum Words {
    Exactly(&'static str),
    StartingWith(&'static str),
    EndingWith(&'static str),
}

use Words::{EndingWith, Exactly, StartingWith};

impl Words {
    pub(super) fn matches(&self, string: &str) -> bool {
        match self {
            Exactly(words) => *words == string,
            StartingWith(words) => string.starts_with(words),
            EndingWith(words) => string.ends_with(words),
        }
    }
}

/// The integers, whose types are listed in [`IntegerType`].
pub(super) static INTEGER: Row = Row {
    expected: Expected::Integer(IntegerType::I64),
    type_error: ErrorKind::IntType,
    parse_error: None,
    placeholder: Candidate::Integer,
    // serde 1: the names of the types, also behind `a nonzero `.
    expecting: &[],
    // std 1.
    messages: &[
        (Exactly("invalid digit found in string"), |_| ErrorKind::IntParsing),
        (Exactly("cannot parse integer from empty string"), |_| ErrorKind::IntParsing),
        (Exactly("number too large to fit in target type"), |_| ErrorKind::IntParsingSize),
        (Exactly("number too small to fit in target type"), |_| ErrorKind::IntParsingSize),
        (Exactly("number would be zero for non-zero type"), |_| ErrorKind::GreaterThan {
            gt: Number::from(0).into(),
        }),
    ],
    types: &[],
};

/// The known types, but for integers.
pub(super) static ROWS: [Row; 23] = [
    Row {
        expected: Expected::Bool,
        type_error: ErrorKind::BoolType,
        parse_error: None,
        placeholder: Candidate::Bool,
        // serde 1.
        expecting: &[Exactly("a boolean")],
        // std 1.
        messages: &[(Exactly("provided string was not `true` or `false`"), |_| ErrorKind::BoolParsing)],
        types: &["bool"],
    },
    Row {
        expected: Expected::Float,
        type_error: ErrorKind::FloatType,
        parse_error: None,
        placeholder: Candidate::Float,
        // serde 1.
        expecting: &[Exactly("f32"), Exactly("f64")],
        // std 1.
        messages: &[
            (Exactly("invalid float literal"), |_| ErrorKind::FloatParsing),
            (Exactly("cannot parse float from empty string"), |_| ErrorKind::FloatParsing),
        ],
        types: &["f32", "f64"],
    },
    Row {
        expected: Expected::String,
        type_error: ErrorKind::StringType,
        parse_error: None,
        placeholder: Candidate::Str(""),
        // serde 1; visitors that are written by hand.
        expecting: &[
            Exactly("a string"),
            Exactly("a borrowed string"),
            Exactly("a str"),
            Exactly("str"),
            Exactly("string"),
        ],
        messages: &[],
        types: &["alloc::string::String"],
    },
    Row {
        expected: Expected::Char,
        type_error: ErrorKind::StringType,
        parse_error: None,
        placeholder: Candidate::Str("a"),
        // serde 1.
        expecting: &[Exactly("a character")],
        // std 1.
        messages: &[
            (Exactly("too many characters in string"), |_| ErrorKind::StringTooLong { max_length: 1 }),
            (Exactly("cannot parse char from empty string"), |_| ErrorKind::StringTooShort { min_length: 1 }),
        ],
        types: &["char"],
    },
    Row {
        expected: Expected::Bytes,
        type_error: ErrorKind::BytesType,
        parse_error: None,
        placeholder: Candidate::Str(""),
        // serde 1; uuid 1 for its own bytes.
        expecting: &[Exactly("byte array"), Exactly("a borrowed byte array"), Exactly("bytes")],
        messages: &[],
        types: &[],
    },
    Row {
        expected: Expected::Null,
        type_error: ErrorKind::NoneRequired,
        parse_error: None,
        placeholder: Candidate::Null,
        // serde 1, and its derive.
        expecting: &[Exactly("unit"), StartingWith("unit struct "), StartingWith("unit variant ")],
        messages: &[],
        types: &[],
    },
    Row {
        expected: Expected::List,
        type_error: ErrorKind::ListType,
        parse_error: None,
        placeholder: Candidate::Seq,
        // serde 1.
        expecting: &[Exactly("a sequence")],
        messages: &[],
        types: &[],
    },
    Row {
        expected: Expected::Set,
        type_error: ErrorKind::SetType,
        parse_error: None,
        placeholder: Candidate::Seq,
        // serde describes a set as a sequence: only the name of the type tells it.
        expecting: &[],
        messages: &[],
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
        messages: &[],
        types: &[],
    },
    Row {
        expected: Expected::Map,
        type_error: ErrorKind::DictType,
        parse_error: None,
        placeholder: Candidate::Map,
        // serde 1.
        expecting: &[Exactly("a map")],
        messages: &[],
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
            StartingWith(TAGGED_ENUM),
            StartingWith("adjacently tagged enum "),
        ],
        messages: &[],
        types: &[],
    },
    Row {
        expected: Expected::Uuid,
        type_error: ErrorKind::UuidType,
        parse_error: Some(uuid_parsing),
        placeholder: Candidate::Str("67e55044-10b1-426f-9247-bb680e5fe0c8"),
        // uuid 1.
        expecting: &[Exactly("a UUID string"), Exactly("a formatted UUID string")],
        // The `Deserialize` of uuid 1.
        messages: &[(StartingWith(UUID_PARSING_FAILED), uuid_parsing)],
        types: &["uuid::Uuid"],
    },
    Row {
        expected: Expected::Url,
        type_error: ErrorKind::UrlType,
        parse_error: Some(url_parsing),
        placeholder: Candidate::Str("http://localhost/"),
        // url 2.
        expecting: &[Exactly("a string representing an URL")],
        // url 2.
        messages: &[
            (Exactly("relative URL without a base"), url_parsing),
            (Exactly("empty host"), url_parsing),
            (Exactly("invalid international domain name"), url_parsing),
            (Exactly("invalid port number"), url_parsing),
            (Exactly("invalid IPv4 address"), url_parsing),
            (Exactly("invalid IPv6 address"), url_parsing),
            (Exactly("invalid domain character"), url_parsing),
        ],
        types: &["url::Url"],
    },
    Row {
        expected: Expected::IpV4,
        type_error: ErrorKind::IpV4Address,
        parse_error: Some(|_| ErrorKind::IpV4Address),
        placeholder: Candidate::Str("127.0.0.1"),
        // serde 1.
        expecting: &[Exactly("IPv4 address")],
        // std 1.
        messages: &[(Exactly("invalid IPv4 address syntax"), |_| ErrorKind::IpV4Address)],
        types: &["core::net::ip_addr::Ipv4Addr"],
    },
    Row {
        expected: Expected::IpV6,
        type_error: ErrorKind::IpV6Address,
        parse_error: Some(|_| ErrorKind::IpV6Address),
        placeholder: Candidate::Str("::1"),
        // serde 1.
        expecting: &[Exactly("IPv6 address")],
        // std 1.
        messages: &[(Exactly("invalid IPv6 address syntax"), |_| ErrorKind::IpV6Address)],
        types: &["core::net::ip_addr::Ipv6Addr"],
    },
    Row {
        expected: Expected::Ip,
        type_error: ErrorKind::IpAnyAddress,
        parse_error: Some(|_| ErrorKind::IpAnyAddress),
        placeholder: Candidate::Str("127.0.0.1"),
        // serde 1.
        expecting: &[Exactly("IP address")],
        // std 1.
        messages: &[(Exactly("invalid IP address syntax"), |_| ErrorKind::IpAnyAddress)],
        types: &["core::net::ip_addr::IpAddr"],
    },
    Row {
        expected: Expected::Date,
        type_error: ErrorKind::DateType,
        parse_error: Some(|reason| ErrorKind::DateFromDatetimeParsing { error: reason.to_owned() }),
        placeholder: Candidate::Str("2000-01-01"),
        // chrono 0.4; time 0.3; jiff 1.
        expecting: &[Exactly("a formatted date string"), Exactly("a `Date`"), Exactly("a date string")],
        messages: &[],
        types: &["chrono::naive::date::NaiveDate", "time::date::Date"],
    },
    Row {
        expected: Expected::Time,
        type_error: ErrorKind::TimeType,
        parse_error: Some(|reason| ErrorKind::TimeParsing { error: reason.to_owned() }),
        placeholder: Candidate::Str("00:00:00"),
        // chrono 0.4; time 0.3; jiff 1.
        expecting: &[Exactly("a formatted time string"), Exactly("a `Time`"), Exactly("a time string")],
        messages: &[],
        types: &["chrono::naive::time::NaiveTime", "time::time::Time"],
    },
    Row {
        expected: Expected::Datetime,
        type_error: ErrorKind::DatetimeType,
        parse_error: Some(|reason| ErrorKind::DatetimeFromDateParsing { error: reason.to_owned() }),
        placeholder: Candidate::Str("2000-01-01T00:00:00Z"),
        // chrono 0.4; time 0.3, and its `serde::rfc3339`, `serde::rfc2822` and `serde::iso8601`.
        expecting: &[
            Exactly("an RFC 3339 formatted date and time string"),
            Exactly("a formatted date and time string"),
            Exactly("an `OffsetDateTime`"),
            Exactly("a `PrimitiveDateTime`"),
            Exactly("a `PlainDateTime`"),
            Exactly("a `UtcDateTime`"),
            EndingWith("-formatted `OffsetDateTime`"),
            // jiff 1.
            Exactly("a datetime string"),
            Exactly("a timestamp string"),
        ],
        messages: &[],
        types: &["chrono::naive::datetime::NaiveDateTime", "time::offset_date_time::OffsetDateTime"],
    },
    Row {
        expected: Expected::Duration,
        type_error: ErrorKind::TimeDeltaType,
        parse_error: Some(|reason| ErrorKind::TimeDeltaParsing { error: reason.to_owned() }),
        placeholder: Candidate::Str(""),
        // time 0.3; jiff 1.
        expecting: &[
            Exactly("a `Duration`"),
            Exactly("a `SignedDuration`"),
            Exactly("a signed duration string"),
            Exactly("an unsigned duration string"),
            Exactly("a span duration string"),
        ],
        messages: &[],
        types: &["time::duration::Duration", "time::signed_duration::SignedDuration"],
    },
    Row {
        expected: Expected::Decimal,
        type_error: ErrorKind::DecimalType,
        parse_error: Some(|_| ErrorKind::DecimalParsing),
        placeholder: Candidate::Str("0"),
        // rust_decimal 1, and two of its modules for `serde(with)`; bigdecimal 0.4.
        expecting: &[
            Exactly("a Decimal type representing a fixed-point number"),
            Exactly("a valid decimal field"),
            Exactly("string containing a decimal"),
            Exactly("a number or formatted decimal string"),
        ],
        messages: &[],
        types: &["rust_decimal::decimal::Decimal", "bigdecimal::BigDecimal"],
    },
    Row {
        expected: Expected::Json,
        type_error: ErrorKind::JsonType,
        parse_error: None,
        placeholder: Candidate::Str("null"),
        expecting: &[Exactly(STRING_OF_JSON)],
        messages: &[],
        types: &[],
    },
    Row {
        expected: Expected::File,
        // A form has only strings and files.
        type_error: ErrorKind::FileType { error: EmptyObject },
        parse_error: None,
        // The visitors accept an object without members as a placeholder.
        placeholder: Candidate::Map,
        expecting: &[Exactly(UPLOADED_FILE)],
        messages: &[],
        types: &[],
    },
];

/// The description of what a type expects that is read from the JSON in a string.
pub(crate) const STRING_OF_JSON: &str = "a string of JSON";

/// The description of what the types for uploaded files expect.
pub(crate) const UPLOADED_FILE: &str = "an uploaded file";

/// The beginning of the messages of uuid's `Deserialize`.
pub(super) const UUID_PARSING_FAILED: &str = "UUID parsing failed: ";

fn uuid_parsing(reason: &str) -> ErrorKind {
    let error = reason.strip_prefix(UUID_PARSING_FAILED).unwrap_or(reason).to_owned();
    ErrorKind::UuidParsing { error }
}

fn url_parsing(reason: &str) -> ErrorKind {
    // `url` appends the input: `relative URL without a base: "x"`.
    let error = reason.split_once(": \"").map_or(reason, |(error, _)| error).to_owned();
    ErrorKind::UrlParsing { error }
}
