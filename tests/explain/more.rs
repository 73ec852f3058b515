//! What else serde offers, and what apps write by hand.

use std::{borrow::Cow, collections::BTreeMap, fmt, rc::Rc, sync::Arc};

use axum_exception::explain::Explain;
use serde::{
    Deserialize, Deserializer,
    de::{self, Visitor},
};

use crate::rows::{accepts, errors, rejects, writes};

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
#[allow(dead_code)]
struct Names {
    #[serde(alias = "first", alias = "vorname")]
    first_name: String,
    #[serde(rename = "last")]
    last_name: String,
    #[serde(default = "one")]
    count: i32,
    #[serde(skip)]
    hidden: i32,
    #[serde(default)]
    nested: Option<Box<Names>>,
}

fn one() -> i32 {
    1
}

#[test]
fn names() {
    rejects::<Names>(r#"{"vorname":1}"#, &[("body.vorname", "string_type"), ("body.last", "missing")]);
    rejects::<Names>("{}", &[("body.firstName", "missing"), ("body.last", "missing")]);
    // The type as a whole demands `firstName`, but one of them has it under another name.
    rejects::<Vec<Names>>(
        r#"[{},{"first":"a","last":1},{"hidden":"x","vorname":"a","last":""},{"first":null}]"#,
        &[
            ("body.0.firstName", "missing"),
            ("body.0.last", "missing"),
            ("body.1.last", "string_type"),
            ("body.3.first", "string_type"),
            ("body.3.last", "missing"),
        ],
    );
    rejects::<Names>(
        r#"{"first":"","last":"","nested":{"nested":{"count":"x"},"last":""}}"#,
        &[
            ("body.nested.firstName", "missing"),
            ("body.nested.nested.firstName", "missing"),
            ("body.nested.nested.last", "missing"),
            ("body.nested.nested.count", "int_parsing"),
        ],
    );
}

#[test]
fn repeated_names() {
    accepts::<BTreeMap<String, i32>>(r#"{"a":"x","b":1,"a":"2"}"#, r#"{"a": 2, "b": 1}"#);
    rejects::<Names>(
        r#"{"first":"a","last":1,"first":2}"#,
        &[("body.first", "string_type"), ("body.last", "string_type")],
    );
    let strict = Explain::new().strict(true);
    let found = errors::<Names>(&strict, r#"{"first":"a","last":"b","first":"c"}"#).unwrap_err();
    assert_eq!(found, [("body".to_owned(), "value_error".to_owned())]);
}

/// A number or its text, in the usual way.
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

/// Panics on what is not its own.
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
fn by_hand() {
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
    // The app's own code panics on what was sent, and hides nothing behind it.
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

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
enum Expression {
    Negation(Box<Expression>),
    Sum { left: Box<Expression>, right: Box<Expression> },
    Number(f64),
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Endless {
    next: Box<Endless>,
    value: i32,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Recursive {
    expression: Expression,
    maybe: Option<Box<Recursive>>,
    value: i32,
}

#[test]
fn recursive_types_end() {
    rejects::<Recursive>("{}", &[("body.expression", "missing"), ("body.value", "missing")]);
    rejects::<Recursive>(
        r#"{"expression":{"Sum":{"left":{"Negation":{"Number":"x"}}}}}"#,
        &[
            ("body.expression.Sum.left.Negation.Number", "float_parsing"),
            ("body.expression.Sum.right", "missing"),
            ("body.value", "missing"),
        ],
    );
    // There is no such value, so what is missing behind it cannot be known.
    rejects::<Endless>(r#"{"value":"x"}"#, &[("body.next", "missing"), ("body.value", "int_parsing")]);
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Pointers {
    shared: Arc<Vec<Rc<i32>>>,
    cow: Cow<'static, str>,
    twice: Option<Option<i32>>,
    pair: (i8, Box<(i8, i8)>),
    array: [[bool; 2]; 2],
    unit: Unit,
    tuple: Tuple,
    new: New,
    #[serde(with = "serde_with::As::<serde_with::DisplayFromStr>")]
    shown: i32,
}

#[derive(Debug, Deserialize)]
struct Unit;

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Tuple(i32, String);

#[derive(Debug, Deserialize)]
#[serde(transparent)]
#[allow(dead_code)]
struct New {
    inner: Vec<i32>,
}

#[test]
fn around_other_types() {
    rejects::<Pointers>(
        r#"{"shared":[1,"x"],"cow":1,"twice":"x","pair":[300,["x"]],"array":[[true,2],[false]],"unit":1,"tuple":["x"],"new":["x"],"shown":"x"}"#,
        &[
            ("body.shared.1", "int_parsing"),
            ("body.cow", "string_type"),
            ("body.twice", "int_parsing"),
            ("body.pair.0", "less_than_equal"),
            ("body.pair.1.0", "int_parsing"),
            ("body.pair.1.1", "missing"),
            ("body.array.0.1", "bool_parsing"),
            ("body.array.1.1", "missing"),
            ("body.unit", "none_required"),
            ("body.tuple.0", "int_parsing"),
            ("body.tuple.1", "missing"),
            ("body.new.0", "int_parsing"),
            ("body.shown", "value_error"),
        ],
    );
    rejects::<Pointers>(
        r#"{"shown":5}"#,
        &[
            ("body.shared", "missing"),
            ("body.cow", "missing"),
            ("body.pair", "missing"),
            ("body.array", "missing"),
            ("body.unit", "missing"),
            ("body.tuple", "missing"),
            ("body.new", "missing"),
            ("body.shown", "string_type"),
        ],
    );
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct ClosedPage {
    title: String,
    #[serde(flatten)]
    paging: Paging,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Paging {
    limit: u8,
    inner: Option<Inner>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Inner {
    limit: u8,
    size: u8,
    flag: bool,
}

#[test]
fn flattened_and_closed() {
    rejects::<ClosedPage>(
        r#"{"title":1,"zzz":1,"limit":1,"yyy":2}"#,
        &[("body.title", "string_type"), ("body.zzz", "extra_forbidden"), ("body.yyy", "extra_forbidden")],
    );
}

#[test]
fn the_same_field_missing_in_several_places() {
    // `limit` is missing inside and outside; `size` only inside, where the outer has none.
    rejects::<ClosedPage>(
        r#"{"title":"a","inner":{"flag":true}}"#,
        &[("body.inner.limit", "missing"), ("body.inner.size", "missing"), ("body.limit", "missing")],
    );
    rejects::<ClosedPage>(
        r#"{"title":"a","limit":"5","inner":{"limit":5,"size":5,"flag":5}}"#,
        &[("body.inner.flag", "bool_parsing")],
    );
}

/// A list that goes on with what failed comes back to lists that were left before.
#[test]
fn lists_in_lists_are_read_to_the_end() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Row {
        n: i32,
        pairs: Vec<Pair>,
    }
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Pair {
        a: i32,
        b: i32,
    }
    rejects::<Vec<Row>>(
        r#"[{"n":1,"pairs":[null,{},{"a":1}]},{"pairs":[]}]"#,
        &[
            ("body.0.pairs.0", "model_attributes_type"),
            ("body.0.pairs.1.a", "missing"),
            ("body.0.pairs.1.b", "missing"),
            ("body.0.pairs.2.b", "missing"),
            ("body.1.n", "missing"),
        ],
    );
    rejects::<BTreeMap<String, Row>>(
        r#"{"x":{"n":1,"pairs":[null,{},{"a":1}]},"y":{"pairs":[]}}"#,
        &[
            ("body.x.pairs.0", "model_attributes_type"),
            ("body.x.pairs.1.a", "missing"),
            ("body.x.pairs.1.b", "missing"),
            ("body.x.pairs.2.b", "missing"),
            ("body.y.n", "missing"),
        ],
    );
}

/// Wants `b` only where there is no `a`.
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
fn what_holds_for_one_need_not_hold_for_all() {
    rejects::<Vec<EitherOr>>(
        r#"[{},{"a":1},{"a":"x"},{"b":1},{}]"#,
        &[("body.0.b", "missing"), ("body.2.a", "int_parsing"), ("body.4.b", "missing")],
    );
    rejects::<Vec<Disguised>>(
        r#"[{"t":"Full"},{"t":"Empty"},{"c":1,"t":"Full"},{"t":"Full","c":"x"},{"t":"Empty"}]"#,
        &[("body.0.c", "missing"), ("body.3.c", "int_parsing")],
    );
}

#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Low,
    High,
}

#[test]
fn keys_are_values_too() {
    rejects::<BTreeMap<Level, i32>>(
        r#"{"low":"x","mid":1,"high":2,"top":"y"}"#,
        &[
            ("body.low", "int_parsing"),
            ("body.mid.[key]", "enum"),
            ("body.top.[key]", "enum"),
            ("body.top", "int_parsing"),
        ],
    );
    rejects::<BTreeMap<bool, i32>>(r#"{"yes":1,"x":2}"#, &[("body.x.[key]", "bool_parsing")]);
    rejects::<BTreeMap<uuid::Uuid, i32>>(
        r#"{"x":"y"}"#,
        &[("body.x.[key]", "uuid_parsing"), ("body.x", "int_parsing")],
    );
}
