//! Rejections of axum's `Query`, compared with the errors of this crate's own.

use std::{
    collections::BTreeMap,
    net::{IpAddr, Ipv4Addr},
    num::NonZeroU8,
};

use axum::{Form, Router, extract::Query, routing::get};
use axum_exception::{ErrorHandlingLayer, Exception, extract};
use serde::{Deserialize, de::DeserializeOwned};

use super::{Color, Rejected, app, one, value_error, with_ctx};
use crate::support::{
    Reply,
    errors::{fixed, unprocessable},
    get as fetch,
    table::Table,
};

#[derive(Deserialize)]
#[allow(dead_code)]
struct Field<T> {
    f: T,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Flattened<T> {
    q: Option<String>,
    #[serde(flatten)]
    rest: Field<T>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Strict {
    f: u8,
}

#[derive(Deserialize)]
#[allow(dead_code)]
enum Shape {
    Point,
    Circle(u8),
}

type Extra<T> = axum_extra::extract::Query<T>;

async fn ask<T: DeserializeOwned + Send + 'static>(query: &str) -> Reply {
    fetch(&app("/", get(async |_: Query<T>| ())), &format!("/{query}")).await
}

async fn ask_extra<T: DeserializeOwned + Send + 'static>(query: &str) -> Reply {
    fetch(&app("/", get(async |_: Extra<T>| ())), &format!("/{query}")).await
}

/// Compares the responses of axum's `Query` and `Form`, and of axum-extra's, with that of this crate's
/// `Query`.
macro_rules! same {
    ($table:ident, $($type:ty: [$($query:literal),*],)*) => {$($(
        let path = concat!("/", $query);
        let expected = fetch(&app("/", get(async |_: extract::Query<$type>| ())), path).await;
        assert_eq!(expected.status, 422, "{path}");
        for (name, app) in [
            ("Query", app("/", get(async |_: Query<$type>| ()))),
            ("Form", app("/", get(async |_: Form<$type>| ()))),
            ("axum-extra", app("/", get(async |_: Extra<$type>| ()))),
        ] {
            let row = format_args!("{name}<{}> {path}", stringify!($type));
            $table.assert_eq(row, fetch(&app, path).await, expected.clone());
        }
    )*)*};
}

#[tokio::test]
async fn errors_of_axums_query_equal_those_of_extract_query() {
    let mut table = Table::default();
    same! {
        table,
        Field<i8>: ["?f=x", "?f=", "?f=200", "?f=-200", "?f=1e3"],
        Field<i64>: ["?f=x", "?f=--1", "?f=9_"],
        Field<u8>: ["?f=-1", "?f=x", "?f=-"],
        Field<u32>: ["?f=-1", "?f=x", "?f=", "?f=-99999999999999999999999999999999999999999999"],
        Field<u64>: ["?f=-1"],
        Field<usize>: ["?f=-1", "?f=%20"],
        Field<i128>: ["?f=x"],
        Field<u128>: ["?f=x", "?f=-1"],
        Field<NonZeroU8>: ["?f=0", "?f=-1"],
        Field<f32>: ["?f=x", "?f="],
        Field<f64>: ["?f=x", "?f=1e"],
        Field<bool>: ["?f=maybe", "?f="],
        Field<char>: ["?f=ab", "?f="],
        Field<String>: ["", "?", "?g=1", "?g=1&h=&g=2&h=3"],
        Field<Option<u8>>: ["?f=x", "?f=-1"],
        Field<Color>: ["?f=pink", "?f=", "?f=a%60,%20expected%20b"],
        Field<uuid::Uuid>: ["?f=x", "?f="],
        Field<url::Url>: ["?f=x", "?f=http://"],
        Field<Ipv4Addr>: ["?f=x"],
        Field<IpAddr>: ["?f=x"],
        Field<rust_decimal::Decimal>: ["?f=x"],
        Strict: ["?f=1&g=2", "?f=1&g=2&g=3"],
        // The client chooses the names.
        BTreeMap<String, u8>: ["?a=1&b=-1", "?a.b=x", "?a%5B0%5D=x", "?a:%20b=x", "?=x"],
        BTreeMap<String, i8>: ["?a:%20invalid%20type:%20b=x"],
        Vec<(String, u8)>: ["?a=1&b=-1"],
        // Content that serde has buffered.
        Flattened<u8>: ["?f=x", "?f=-1", "?f=300", "?q=1"],
        Flattened<Option<u8>>: ["?f=x", "?f="],
        Flattened<bool>: ["?f=maybe"],
        Flattened<f64>: ["?f=x"],
        Flattened<Color>: ["?f=pink"],
    }
}

/// axum's extractors refuse some strings that FastAPI accepts, and their messages leave out facts.
#[tokio::test]
async fn errors_of_axums_query_have_what_is_certain() {
    let f = r#"["query","f"]"#;
    let mut table = Table::default();
    macro_rules! rows {
        ($ask:ident, $($type:ty: [$($query:literal => $reply:expr),* $(,)?],)*) => {$($(
            let row = format_args!("{} {}", stringify!($type), $query);
            table.assert_eq(row, $ask::<$type>($query).await, $reply);
        )*)*};
    }
    rows! {
        ask,
        // The message does not name the type, and several are possible.
        Field<i8>: [
            "?f=300" => one("int_parsing_size", f, r#""300""#),
            "?f=-40000" => one("int_parsing_size", f, r#""-40000""#),
        ],
        Field<u32>: [
            "?f=99999999999" => one("int_parsing_size", f, r#""99999999999""#),
            "?f=-0" => one("int_parsing", f, r#""-0""#),
            "?f=1.0" => one("int_parsing", f, r#""1.0""#),
            // axum reads the first string.
            "?f=x&f=1" => one("int_parsing", f, r#""x""#),
            "?f=x&f=y" => one("int_parsing", f, r#""x""#),
            "?f=1&f=x" => value_error(f, "duplicate field `f`", "null"),
        ],
        Field<bool>: ["?f=yes" => one("bool_parsing", f, r#""yes""#),],
        BTreeMap<String, u8>: [
            "?f=1&f=x&f=y" => one("int_parsing", f, r#""x""#),
            // A signed type refuses `x`, and an unsigned one `-1`.
            "?f=-1&f=x" => one("int_parsing", f, "null"),
            // `a[0]` is a name, or the first string of `a`.
            "?a=x&a[0]=x" => one("int_parsing", r#"["query","a"]"#, r#""x""#),
            "?a=1&a[0]=x" => one("int_parsing", r#"["query","a",0]"#, "null"),
        ],
        // The message is about a key.
        BTreeMap<u8, u8>: ["?x=1" => one("int_parsing", r#"["query"]"#, "null"),],
        Field<Shape>: ["?f=Circle" => value_error(f, "expected unit variant", r#""Circle""#),],
        // Both have the string.
        Flattened<u8>: ["?f=x&q=x" => one("int_parsing", r#"["query"]"#, r#""x""#),],
        // The parser of the app has seen only a part of the string.
        Field<Pair>: ["?f=1,x" => one("int_parsing", f, r#""1,x""#),],
        Field<chrono::NaiveDate>: ["?f=x" => value_error(f, "input contains invalid characters", r#""x""#),],
    }
    rows! {
        ask_extra,
        Field<u32>: ["?f=x&f=1" => value_error(f, "unsupported value", "null"),],
        Field<Vec<u8>>: [
            "?f=1&f=-1" => with_ctx(
                "greater_than_equal",
                r#"["query","f",1]"#,
                "Input should be greater than or equal to 0",
                r#""-1""#,
                r#"{"ge":0}"#,
            ),
            "?f=1&f=300" => one("int_parsing_size", r#"["query","f",1]"#, r#""300""#),
        ],
    }
}

/// Two integers, as in `1,2`.
#[allow(dead_code)]
struct Pair(u8, u8);

impl<'de> Deserialize<'de> for Pair {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let string = String::deserialize(deserializer)?;
        let (first, second) = string.split_once(',').unwrap_or_default();
        let parse = |part: &str| part.parse().map_err(serde::de::Error::custom);
        Ok(Self(parse(first)?, parse(second)?))
    }
}

#[tokio::test]
async fn a_raised_query_rejection_has_the_string_that_was_sent() {
    type Result<T> = Rejected<Query<T>, axum::extract::rejection::QueryRejection>;
    let raise = async |query: Result<Field<u8>>| query.map(|_| ()).map_err(Exception::from);
    let reply = || one("int_parsing", r#"["query","f"]"#, r#""x""#);
    assert_eq!(fetch(&app("/", get(raise)), "/?f=x").await, reply());
    // Without the layer the query string is unknown.
    let bare = Router::new().route("/", get(raise));
    assert_eq!(fetch(&bare, "/?f=x").await, one("int_parsing", r#"["query","f"]"#, "null"));
    // The layer around a nested router knows it.
    let nested = Router::new().nest("/api", Router::new().route("/", get(async |_: Query<Field<u8>>| ())));
    let nested = nested.layer(ErrorHandlingLayer::new());
    assert_eq!(fetch(&nested, "/api?f=x").await, reply());
}

/// The string of another query is not shown: it does not have the error.
#[tokio::test]
async fn a_query_that_was_not_sent_is_not_shown() {
    let handler = async || Query::<Field<u8>>::try_from_uri(&"/?f=x&g=y".parse().unwrap()).map(|_| ());
    let app = app("/", get(handler));
    for query in ["", "?f=1", "?g=x"] {
        let reply = unprocessable(&[fixed("int_parsing", r#"["query","f"]"#, "null")]);
        assert_eq!(fetch(&app, &format!("/{query}")).await, reply, "{query}");
    }
}

#[tokio::test]
async fn a_query_with_many_names_is_shown_as_a_whole() {
    let names: Vec<String> = (0..5000).map(|n| format!("n{n}")).collect();
    let query = format!("?{}=&n0=1", names.join("=&"));
    let others: String = names.iter().skip(1).map(|name| format!(r#","{name}":"""#)).collect();
    let missing = fixed("missing", r#"["query","f"]"#, &format!(r#"{{"n0":["","1"]{others}}}"#));
    assert_eq!(ask::<Field<u8>>(&query).await, unprocessable(&[missing]));
    let invalid = one("int_parsing", r#"["query","f"]"#, r#""x""#);
    assert_eq!(ask::<Field<u8>>(&format!("{query}&f=x")).await, invalid);
}
