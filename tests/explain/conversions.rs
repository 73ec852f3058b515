//! Errors in types that are converted with `#[serde(try_from)]`, and behind types that accept no placeholder.

use serde::Deserialize;

use crate::rows::{rejects, writes};

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

/// No placeholder is ever accepted.
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
fn errors_in_try_from_types() {
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
pub(crate) struct Inner {
    a: i32,
    secret: Secret,
    b: i32,
}

#[test]
fn errors_behind_types_without_placeholder() {
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

/// An article number, which no placeholder is.
#[derive(Debug, Deserialize)]
#[serde(try_from = "String")]
#[allow(dead_code)]
pub(crate) struct Sku(String);

impl TryFrom<String> for Sku {
    type Error = &'static str;

    fn try_from(string: String) -> Result<Self, Self::Error> {
        match string.strip_prefix("SKU") {
            Some(number) if number.len() == 5 && number != "00000" => Ok(Self(string)),
            _ => Err("not an article number"),
        }
    }
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Stock {
    first: Sku,
    items: Vec<Sku>,
    n: i32,
    last: bool,
}

#[test]
fn what_a_type_has_accepted_elsewhere_is_its_placeholder() {
    rejects::<Stock>(
        r#"{"first":"no","items":["SKU12345","bad","SKU00000","worse"],"n":"x"}"#,
        &[
            ("body.first", "value_error"),
            ("body.items.1", "value_error"),
            ("body.items.2", "value_error"),
            ("body.items.3", "value_error"),
            ("body.n", "int_parsing"),
            ("body.last", "missing"),
        ],
    );
    rejects::<Stock>(
        r#"{"items":["bad",5,"SKU12345","worse"],"n":"x"}"#,
        &[
            ("body.first", "missing"),
            ("body.items.0", "value_error"),
            ("body.items.1", "string_type"),
            ("body.items.3", "value_error"),
            ("body.n", "int_parsing"),
            ("body.last", "missing"),
        ],
    );
}
