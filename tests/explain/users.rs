//! Types of the app's own and of well-known crates.

use std::{
    net::{IpAddr, Ipv4Addr},
    num::{NonZeroI8, NonZeroU8},
};

use serde::{Deserialize, Deserializer};

use crate::rows::{accepts, rejects, writes};

#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
#[allow(dead_code)]
struct Email(String);

impl TryFrom<String> for Email {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        if text.contains('@') { Ok(Self(text)) } else { Err(format!("{text} has no @")) }
    }
}

/// Nothing made up is ever one of these.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
#[allow(dead_code)]
pub(crate) struct Secret(String);

impl TryFrom<String> for Secret {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, &'static str> {
        if text == "xyzzy" { Ok(Self(text)) } else { Err("no") }
    }
}

#[derive(Debug, Deserialize)]
#[serde(try_from = "Range")]
#[allow(dead_code)]
struct Ordered {
    low: i32,
    high: i32,
}

#[derive(Deserialize)]
struct Range {
    low: i32,
    high: i32,
}

impl TryFrom<Range> for Ordered {
    type Error = &'static str;

    fn try_from(Range { low, high }: Range) -> Result<Self, &'static str> {
        if low < high { Ok(Self { low, high }) } else { Err("low must be below high") }
    }
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct User {
    name: String,
    email: Email,
    range: Ordered,
    age: i32,
}

#[test]
fn conversions() {
    rejects::<User>(
        r#"{"name":1,"email":"x","range":{"low":2,"high":1}}"#,
        &[
            ("body.name", "string_type"),
            ("body.email", "value_error"),
            ("body.range", "value_error"),
            ("body.age", "missing"),
        ],
    );
    rejects::<User>(
        r#"{"name":"","email":5,"range":{"low":"x","high":-9},"age":"z"}"#,
        &[("body.email", "string_type"), ("body.range.low", "int_parsing"), ("body.age", "int_parsing")],
    );
    rejects::<User>(
        "{}",
        &[
            ("body.name", "missing"),
            ("body.email", "missing"),
            ("body.range", "missing"),
            ("body.age", "missing"),
        ],
    );
    writes::<Email>(
        "\"x\"",
        r#"[{"type":"value_error","loc":["body"],"msg":"Value error, x has no @","input":"x","ctx":{"error":{}}}]"#,
    );
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Vault {
    name: String,
    first: Secret,
    second: Secret,
    size: i32,
    inner: Option<Inner>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Inner {
    a: i32,
    secret: Secret,
    b: i32,
}

#[test]
fn what_no_stand_in_satisfies() {
    rejects::<Vault>(
        r#"{"first":"x","second":5,"size":"x","name":7,"inner":{"secret":"q","a":"x","b":null}}"#,
        &[
            ("body.name", "string_type"),
            ("body.first", "value_error"),
            ("body.second", "string_type"),
            ("body.size", "int_parsing"),
            ("body.inner.a", "int_parsing"),
            ("body.inner.secret", "value_error"),
            ("body.inner.b", "int_type"),
        ],
    );
    rejects::<Vec<Secret>>(
        r#"["x","xyzzy",1,"y","z"]"#,
        &[
            ("body.0", "value_error"),
            ("body.2", "string_type"),
            ("body.3", "value_error"),
            ("body.4", "value_error"),
        ],
    );
    rejects::<std::collections::HashMap<String, Inner>>(
        r#"{"p":{"secret":"q","a":"x","b":null},"q":{"secret":"q","a":"x","b":null}}"#,
        &[
            ("body.p.a", "int_parsing"),
            ("body.p.secret", "value_error"),
            ("body.p.b", "int_type"),
            ("body.q.a", "int_parsing"),
            ("body.q.secret", "value_error"),
            ("body.q.b", "int_type"),
        ],
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
fn what_is_made_the_best_of_is_no_error() {
    rejects::<Lenient>(r#"{"inner":{"a":"x"},"number":"x","strict":"x"}"#, &[("body.strict", "int_parsing")]);
    rejects::<Lenient>(r#"{"inner":5,"number":[]}"#, &[("body.strict", "missing")]);
    rejects::<Vec<Lenient>>(
        r#"[{"inner":5,"number":[]},{"inner":5,"number":1,"strict":"x"}]"#,
        &[("body.0.strict", "missing"), ("body.1.strict", "int_parsing")],
    );
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Known {
    uuid: uuid::Uuid,
    url: url::Url,
    ip: IpAddr,
    ip4: Ipv4Addr,
    at: chrono::DateTime<chrono::Utc>,
    day: chrono::NaiveDate,
    hour: chrono::NaiveTime,
    local: chrono::NaiveDateTime,
    #[serde(with = "time::serde::rfc3339")]
    rfc: time::OffsetDateTime,
    date: time::Date,
    letter: char,
    some: NonZeroU8,
    any: NonZeroI8,
    unit: (),
    wide: u128,
    end: i32,
}

#[test]
fn well_known_types() {
    let fields = [
        "uuid", "url", "ip", "ip4", "at", "day", "hour", "local", "rfc", "date", "letter", "some", "any",
        "unit", "wide", "end",
    ];
    let missing: Vec<(String, &str)> =
        fields.iter().map(|field| (format!("body.{field}"), "missing")).collect();
    let missing: Vec<(&str, &str)> = missing.iter().map(|(loc, kind)| (loc.as_str(), *kind)).collect();
    rejects::<Known>("{}", &missing);
    rejects::<Known>(
        r#"{"uuid":"x","url":"x","ip":"x","ip4":"x","at":"x","day":"x","hour":"x","local":"x","rfc":"x","date":"x","letter":"xx","some":0,"any":0,"unit":1,"wide":-1,"end":"x"}"#,
        &[
            ("body.uuid", "uuid_parsing"),
            ("body.url", "url_parsing"),
            ("body.ip", "ip_any_address"),
            ("body.ip4", "ip_v4_address"),
            ("body.at", "datetime_parsing"),
            ("body.day", "date_parsing"),
            ("body.hour", "time_parsing"),
            ("body.local", "datetime_parsing"),
            ("body.rfc", "datetime_parsing"),
            ("body.date", "date_parsing"),
            ("body.letter", "string_too_long"),
            ("body.some", "greater_than"),
            ("body.any", "value_error"),
            ("body.unit", "none_required"),
            ("body.wide", "greater_than_equal"),
            ("body.end", "int_parsing"),
        ],
    );
    rejects::<Known>(
        r#"{"uuid":[],"url":[],"ip":[],"ip4":[],"at":[],"day":[],"hour":[],"local":[],"rfc":[],"date":{},"letter":[],"some":[],"any":300,"unit":[],"wide":1e3,"end":[]}"#,
        &[
            ("body.uuid", "uuid_type"),
            ("body.url", "url_type"),
            ("body.ip", "ip_any_address"),
            ("body.ip4", "ip_v4_address"),
            ("body.at", "datetime_type"),
            ("body.day", "date_type"),
            ("body.hour", "time_type"),
            ("body.local", "datetime_type"),
            ("body.rfc", "datetime_type"),
            ("body.date", "date_type"),
            ("body.letter", "string_type"),
            ("body.some", "int_type"),
            ("body.any", "less_than_equal"),
            ("body.unit", "none_required"),
            ("body.end", "int_type"),
        ],
    );
    writes::<uuid::Uuid>(
        r#""550e8400-e29b-41d4-a716-44665544000g""#,
        r#"[{"type":"uuid_parsing","loc":["body"],"msg":"Input should be a valid UUID, invalid character: found `g` at 35","input":"550e8400-e29b-41d4-a716-44665544000g","ctx":{"error":"invalid character: found `g` at 35"}}]"#,
    );
    writes::<url::Url>(
        r#""""#,
        r#"[{"type":"url_parsing","loc":["body"],"msg":"Input should be a valid URL, input is empty","input":"","ctx":{"error":"input is empty"}}]"#,
    );
    accepts::<(u128, i128)>(
        "[340282366920938463463374607431768211455, \"-170141183460469231731687303715884105728\"]",
        "(340282366920938463463374607431768211455, -170141183460469231731687303715884105728)",
    );
}

/// Takes what numbers it can find among the members.
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
fn a_visitor_may_make_the_best_of_its_members() {
    rejects::<HoldsNumbers>(
        r#"{"numbers":{"a":1,"b":"x","c":null},"more":[{"a":"y"},5],"count":"x"}"#,
        &[("body.more.1", "dict_type"), ("body.count", "int_parsing")],
    );
}
