//! Errors in types with a hand-written `Deserialize`, and errors that such types swallow.

use std::fmt;

use serde::{
    Deserialize, Deserializer,
    de::{self, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor},
};

use crate::{
    conversions::Inner,
    rows::{accepts, rejects, writes},
};

/// A number or a string with a unit.
#[derive(Debug)]
#[allow(dead_code)]
struct Size(u64);

impl<'de> Deserialize<'de> for Size {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct SizeVisitor;

        impl Visitor<'_> for SizeVisitor {
            type Value = Size;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a size")
            }

            fn visit_u64<E>(self, size: u64) -> Result<Size, E> {
                Ok(Size(size))
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Size, E> {
                match text.strip_suffix("k").unwrap_or(text).parse() {
                    Ok(size) => Ok(Size(size)),
                    Err(_) => Err(E::invalid_value(de::Unexpected::Str(text), &self)),
                }
            }
        }

        deserializer.deserialize_any(SizeVisitor)
    }
}

/// Panics on strings of one character.
#[derive(Debug, Deserialize)]
#[serde(from = "String")]
#[allow(dead_code)]
struct Fragile(char);

impl From<String> for Fragile {
    fn from(text: String) -> Self {
        Self(text.chars().nth(1).expect("two letters"))
    }
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct ByHand {
    size: Size,
    fragile: Fragile,
    any: serde_json::Value,
    raw: Box<serde_json::value::RawValue>,
    bytes: Bytes,
    ours: axum_exception::Value,
    last: i32,
}

#[derive(Debug)]
#[allow(dead_code)]
struct Bytes(Vec<u8>);

impl<'de> Deserialize<'de> for Bytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BytesVisitor;

        impl Visitor<'_> for BytesVisitor {
            type Value = Bytes;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("bytes")
            }

            fn visit_bytes<E>(self, bytes: &[u8]) -> Result<Bytes, E> {
                Ok(Bytes(bytes.to_vec()))
            }
        }

        deserializer.deserialize_bytes(BytesVisitor)
    }
}

#[test]
fn errors_in_hand_written_impls() {
    rejects::<ByHand>(
        "{}",
        &[
            ("body.size", "missing"),
            ("body.fragile", "missing"),
            ("body.any", "missing"),
            ("body.raw", "missing"),
            ("body.bytes", "missing"),
            ("body.ours", "missing"),
            ("body.last", "missing"),
        ],
    );
    rejects::<ByHand>(
        r#"{"size":"x","fragile":1,"any":[1],"raw":{},"bytes":1,"ours":1,"last":"x"}"#,
        &[
            ("body.size", "value_error"),
            ("body.fragile", "string_type"),
            ("body.bytes", "bytes_type"),
            ("body.last", "int_parsing"),
        ],
    );
    rejects::<ByHand>(
        r#"{"size":null,"fragile":"ab","any":[1],"raw":{},"bytes":"","ours":1}"#,
        &[("body.size", "value_error"), ("body.last", "missing")],
    );
    // The app's code panics on what was sent, which hides no other errors.
    rejects::<ByHand>(
        r#"{"size":"x","fragile":"a","any":[1],"raw":{},"bytes":"","ours":1,"last":"x"}"#,
        &[("body.size", "value_error"), ("body.last", "int_parsing")],
    );
    accepts::<ByHand>(
        r#"{"size":"4k","fragile":"ab","any":[1.5,"x",null],"raw":{"a":[1, 2]},"bytes":"é","ours":{"b":1,"a":2},"last":"7"}"#,
        concat!(
            r#"ByHand { size: Size(4), fragile: Fragile('b'), any: Array [Number(1.5), String("x"), Null], raw: RawValue({"a":[1,2]}), "#,
            r#"bytes: Bytes([195, 169]), ours: Object(Map({"b": Number(Number(Signed(1))), "a": Number(Number(Signed(2)))})), last: 7 }"#
        ),
    );
    writes::<Size>(
        "\"x\"",
        r#"[{"type":"value_error","loc":["body"],"msg":"Value error, invalid value: string \"x\", expected a size","input":"x","ctx":{"error":{}}}]"#,
    );
}

/// Requires `b` only if there is no `a`.
#[derive(Debug)]
#[allow(dead_code)]
struct EitherOr {
    a: Option<i32>,
    b: Option<i32>,
}

impl<'de> Deserialize<'de> for EitherOr {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct EitherOrVisitor;

        impl<'de> Visitor<'de> for EitherOrVisitor {
            type Value = EitherOr;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("struct EitherOr")
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<EitherOr, A::Error> {
                let (mut a, mut b) = (None, None);
                while let Some(key) = map.next_key::<String>()? {
                    match key.as_str() {
                        "a" => a = Some(map.next_value()?),
                        "b" => b = Some(map.next_value()?),
                        _ => drop(map.next_value::<de::IgnoredAny>()?),
                    }
                }
                if a.is_none() && b.is_none() {
                    return Err(de::Error::missing_field("b"));
                }
                Ok(EitherOr { a, b })
            }
        }

        deserializer.deserialize_struct("EitherOr", &["a", "b"], EitherOrVisitor)
    }
}

#[derive(Debug, Deserialize)]
#[serde(tag = "t", content = "c", expecting = "a thing")]
#[allow(dead_code)]
enum Disguised {
    Empty,
    Full(i32),
}

#[test]
fn required_fields_are_learned_per_value() {
    rejects::<Vec<EitherOr>>(
        r#"[{},{"a":1},{"a":"x"},{"b":1},{}]"#,
        &[("body.0.b", "missing"), ("body.2.a", "int_parsing"), ("body.4.b", "missing")],
    );
    rejects::<Vec<Disguised>>(
        r#"[{"t":"Full"},{"t":"Empty"},{"c":1,"t":"Full"},{"t":"Full","c":"x"},{"t":"Empty"}]"#,
        &[("body.0.c", "missing"), ("body.3.c", "int_parsing")],
    );
}

fn lenient<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Inner>, D::Error> {
    Ok(Inner::deserialize(deserializer).ok())
}

fn lenient_number<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i32, D::Error> {
    Ok(i32::deserialize(deserializer).unwrap_or(-1))
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Lenient {
    #[serde(deserialize_with = "lenient")]
    inner: Option<Inner>,
    #[serde(deserialize_with = "lenient_number")]
    number: i32,
    strict: i32,
}

#[test]
fn errors_swallowed_by_deserialize_with_are_not_reported() {
    rejects::<Lenient>(r#"{"inner":{"a":"x"},"number":"x","strict":"x"}"#, &[("body.strict", "int_parsing")]);
    rejects::<Lenient>(r#"{"inner":5,"number":[]}"#, &[("body.strict", "missing")]);
    rejects::<Vec<Lenient>>(
        r#"[{"inner":5,"number":[]},{"inner":5,"number":1,"strict":"x"}]"#,
        &[("body.0.strict", "missing"), ("body.1.strict", "int_parsing")],
    );
}

/// Collects the valid numbers among its members.
#[derive(Debug)]
#[allow(dead_code)]
struct Numbers(Vec<i32>);

impl<'de> Deserialize<'de> for Numbers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumbersVisitor;

        impl<'de> serde::de::Visitor<'de> for NumbersVisitor {
            type Value = Numbers;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("an object of numbers")
            }

            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Numbers, A::Error> {
                let mut numbers = Vec::new();
                while map.next_key::<String>()?.is_some() {
                    numbers.extend(map.next_value::<i32>().ok());
                }
                Ok(Numbers(numbers))
            }
        }

        deserializer.deserialize_map(NumbersVisitor)
    }
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct HoldsNumbers {
    numbers: Numbers,
    more: Option<Vec<Numbers>>,
    count: i32,
}

#[test]
fn errors_swallowed_by_a_visitor_are_not_reported() {
    rejects::<HoldsNumbers>(
        r#"{"numbers":{"a":1,"b":"x","c":null},"more":[{"a":"y"},5],"count":"x"}"#,
        &[("body.more.1", "dict_type"), ("body.count", "int_parsing")],
    );
}

/// Counts members without looking at them.
#[derive(Debug)]
#[allow(dead_code)]
struct Count(usize);

impl<'de> Deserialize<'de> for Count {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct CountVisitor;

        impl<'de> Visitor<'de> for CountVisitor {
            type Value = Count;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("members to count")
            }

            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Count, A::Error> {
                let mut count = 0;
                while let Some((de::IgnoredAny, de::IgnoredAny)) = map.next_entry()? {
                    count += 1;
                }
                Ok(Count(count))
            }
        }

        deserializer.deserialize_map(CountVisitor)
    }
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Counted {
    members: Count,
    last: i32,
}

#[test]
fn keys_and_values_may_be_ignored() {
    accepts::<Counted>(r#"{"members":{"a":1,"b":{}},"last":"3"}"#, "Counted { members: Count(2), last: 3 }");
    rejects::<Counted>(r#"{"members":{"a":1,"b":{}},"last":"x"}"#, &[("body.last", "int_parsing")]);
}

/// Skips names that it does not know, and has a fallback for one field.
#[derive(Debug)]
#[allow(dead_code)]
struct Tolerant {
    a: i32,
    b: i32,
    c: i32,
}

impl<'de> Deserialize<'de> for Tolerant {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(field_identifier, rename_all = "lowercase")]
        enum Field {
            A,
            B,
            C,
        }

        struct TolerantVisitor;

        impl<'de> Visitor<'de> for TolerantVisitor {
            type Value = Tolerant;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("struct Tolerant")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Tolerant, A::Error> {
                let mut value = Tolerant { a: 0, b: 0, c: 0 };
                loop {
                    match map.next_key() {
                        Ok(None) => return Ok(value),
                        Ok(Some(Field::A)) => value.a = map.next_value().unwrap_or(7),
                        Ok(Some(Field::B)) => value.b = map.next_value()?,
                        Ok(Some(Field::C)) => value.c = map.next_value()?,
                        Err(_) => {
                            map.next_value::<IgnoredAny>()?;
                        }
                    }
                }
            }
        }

        deserializer.deserialize_struct("Tolerant", &["a", "b", "c"], TolerantVisitor)
    }
}

#[test]
fn errors_from_which_a_visitor_recovers_are_none() {
    for document in [r#"{"zz":5,"b":"x"}"#, r#"{"b":"x","zz":5}"#] {
        rejects::<Tolerant>(document, &[("body.b", "int_parsing")]);
    }
    accepts::<Tolerant>(r#"{"zz":5,"b":"1","a":"x"}"#, "Tolerant { a: 7, b: 1, c: 0 }");
    rejects::<Vec<Tolerant>>(
        r#"[{"b":"x","a":"x","c":"y"},{"a":"x","b":"2"},{"a":[],"c":{}}]"#,
        &[("body.0.b", "int_parsing"), ("body.0.c", "int_parsing"), ("body.2.c", "int_type")],
    );
}

/// Reads all items as the first one.
#[derive(Debug)]
#[allow(dead_code)]
enum Position {
    Point(Vec<f64>),
    Line(Vec<Vec<f64>>),
}

impl<'de> Deserialize<'de> for Position {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum First {
            Number(f64),
            Numbers(Vec<f64>),
        }

        struct PositionVisitor;

        impl<'de> Visitor<'de> for PositionVisitor {
            type Value = Position;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a position")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Position, A::Error> {
                match seq.next_element()? {
                    None => Err(A::Error::invalid_length(0, &self)),
                    Some(First::Number(first)) => {
                        let mut numbers = vec![first];
                        while let Some(number) = seq.next_element()? {
                            numbers.push(number);
                        }
                        Ok(Position::Point(numbers))
                    }
                    Some(First::Numbers(first)) => {
                        let mut points = vec![first];
                        while let Some(point) = seq.next_element()? {
                            points.push(point);
                        }
                        Ok(Position::Line(points))
                    }
                }
            }
        }

        deserializer.deserialize_seq(PositionVisitor)
    }
}

#[test]
fn what_is_read_otherwise_because_of_a_placeholder_is_no_error() {
    rejects::<Position>(
        r#"[{},[3,4.25],[5,6]]"#,
        &[("body.0.float", "float_type"), ("body.0.list", "list_type")],
    );
    rejects::<Position>(r#"[[1,2],[3,"x"],5]"#, &[("body.1.1", "float_parsing"), ("body.2", "list_type")]);
}
