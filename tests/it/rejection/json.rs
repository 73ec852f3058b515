//! Rejections of axum's `Json`.

use std::{collections::HashMap, hash::Hash, net::Ipv4Addr, num::NonZeroU8};

use axum::{Json, routing::post};
use serde::Deserialize;

use super::{
    Color, Item, app, at_least, at_most, json, json_invalid, no_color, one, typed_request, value_error,
    with_ctx,
};
use crate::support::{
    Reply,
    errors::{fixed, unprocessable},
    request, send,
    table::Table,
};

#[derive(Deserialize)]
#[allow(dead_code)]
struct Tag {
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Deep {
    tags: Vec<Tag>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Small {
    x: u8,
}

#[tokio::test]
async fn json_syntax_rejections() {
    let mut table = Table::default();
    for (body, reply) in [
        ("", one("missing", r#"["body"]"#, "null")),
        ("   ", json_invalid(r#"["body",3]"#, "Expecting value")),
        ("{\"title\":", json_invalid(r#"["body",9]"#, "Expecting value")),
        ("é", json_invalid(r#"["body",0]"#, "Expecting value")),
        ("{'a':1}", json_invalid(r#"["body",1]"#, "Expecting property name enclosed in double quotes")),
        ("{\"a\" 1}", json_invalid(r#"["body",5]"#, "Expecting ':' delimiter")),
        ("{\"a\":1 \"b\":2}", json_invalid(r#"["body",7]"#, "Expecting ',' delimiter")),
        ("{\"title\":\"a\",\"size\":1} x", json_invalid(r#"["body",23]"#, "Extra data")),
        ("{\"title\":\"\u{1}\"}", json_invalid(r#"["body",10]"#, "Invalid control character at")),
        // On another line the offset is unknown.
        ("{\n\"title\":\n", json_invalid(r#"["body"]"#, "Expecting value")),
        ("{\n", json_invalid(r#"["body"]"#, "EOF while parsing an object")),
        // serde_json reports another place than CPython.
        ("\"a", json_invalid(r#"["body"]"#, "Unterminated string starting at")),
        ("{\"title\":nulx}", json_invalid(r#"["body"]"#, "Expecting value")),
        // serde_json's message is kept where it does not determine CPython's.
        ("\"\\x\"", json_invalid(r#"["body"]"#, "invalid escape")),
        ("{\"title\":\"x\",}", json_invalid(r#"["body",13]"#, "trailing comma")),
        ("{\"title\":\"x\"", json_invalid(r#"["body",12]"#, "EOF while parsing an object")),
        ("01", json_invalid(r#"["body",1]"#, "invalid number")),
    ] {
        table.assert_eq(body, json::<Item>(body).await, reply);
    }
    let app = app("/", post(async |_: Json<Item>| ()));
    let unreadable = Reply::detail(400, "There was an error parsing the body");
    let latin_1 = typed_request("application/json", &b"{\"title\":\"\xe9\"}"[..]);
    assert_eq!(send(&app, latin_1).await, unreadable);
    assert_eq!(json::<Vec<serde_json::Value>>(&"[".repeat(200)).await, unreadable);
    assert_eq!(
        send(&app, request("POST", "/")).await,
        one("model_attributes_type", r#"["body"]"#, "null"),
        "without a content type"
    );
}

/// The messages and offsets are those of `json.loads` in CPython 3.11.
#[tokio::test]
async fn json_syntax_errors_are_those_of_cpython_where_they_are_certain() {
    const VALUE: &str = "Expecting value";
    const NAME: &str = "Expecting property name enclosed in double quotes";
    const COLON: &str = "Expecting ':' delimiter";
    const COMMA: &str = "Expecting ',' delimiter";
    const EXTRA: &str = "Extra data";
    const CONTROL: &str = "Invalid control character at";
    let mut table = Table::default();
    for (document, error, offset) in [
        ("x", VALUE, 0),
        (" ]", VALUE, 1),
        ("[", VALUE, 1),
        ("[,", VALUE, 1),
        ("[1,,2]", VALUE, 3),
        ("[1,", VALUE, 3),
        ("[[1,]]", VALUE, 4),
        ("{\"a\":[1 , ]}", VALUE, 10),
        ("{\"a\":}", VALUE, 5),
        ("{\"a\":", VALUE, 5),
        ("{\"a\":undefined}", VALUE, 5),
        ("{", NAME, 1),
        ("{ ", NAME, 2),
        ("{1:2}", NAME, 1),
        ("{a:1}", NAME, 1),
        ("{\"a\":1,b:2}", NAME, 7),
        ("[{\"a\":1,}]", NAME, 8),
        ("{\"a\":{\"b\":1 ,}}", NAME, 13),
        ("{\"a\"}", COLON, 4),
        ("{\"a\" 1}", COLON, 5),
        ("{\"a\":1 \"b\":2}", COMMA, 7),
        ("[1 2]", COMMA, 3),
        ("[1}", COMMA, 2),
        ("{\"a\":\"b\"\"", COMMA, 8),
        ("1 2", EXTRA, 2),
        ("{}]", EXTRA, 2),
        ("1,", EXTRA, 1),
        ("\"\t\"", CONTROL, 1),
        ("{\"a\tb\":1}", CONTROL, 3),
    ] {
        let reply = json_invalid(&format!(r#"["body",{offset}]"#), error);
        table.assert_eq(document, json::<serde_json::Value>(document).await, reply);
    }
}

/// serde_json reports the keys of a map as syntax errors, and values that it cannot represent.
#[tokio::test]
async fn valid_json_is_never_invalid() {
    let number = "expected key to be a number in quotes";
    let (root, m) = (r#"["body"]"#, r#"["body","m"]"#);
    let mut table = Table::default();
    macro_rules! rows {
        ($($type:ty: [$($json:literal => $reply:expr),* $(,)?],)*) => {$($(
            let row = format_args!("{} {}", stringify!($type), $json);
            table.assert_eq(row, json::<$type>($json).await, $reply);
        )*)*};
    }
    rows! {
        Keys<u8>: [
            r#"{"m":{"x":1}}"# => value_error(m, number, "null"),
            r#"{"m":{"":1}}"# => value_error(m, number, "null"),
            r#"{"m":{"1x":1}}"# => value_error(m, number, "null"),
            r#"{"m":{"1":1,"a: b":1}}"# => value_error(m, number, "null"),
            "{\n\"m\":{\"x\":1}}" => value_error(m, number, "null"),
            r#"{"m":{"01":1}}"# => value_error(m, "invalid number", "null"),
            r#"{"m":{"1e999":1}}"# => value_error(m, "number out of range", "null"),
            r#"{"m":{"1.5":1}}"# => one("int_from_float", m, "null"),
            // The same message as for the value 300 of such a key.
            r#"{"m":{"300":1}}"# => at_most(r#"["body","m","300"]"#, "255", "300"),
        ],
        Keys<i128>: [
            r#"{"m":{"x":1}}"# => value_error(m, number, "null"),
            r#"{"m":{"1.5":1}}"# => value_error(m, number, "null"),
            r#"{"m":{"9999999999999999999999999999999999999999":1}}"# => {
                value_error(m, "number out of range", "null")
            },
        ],
        Keys<Float>: [
            r#"{"m":{"x":1}}"# => value_error(m, number, "null"),
            r#"{"m":{"1e":1}}"# => value_error(m, "invalid number", "null"),
        ],
        Keys<bool>: [
            r#"{"m":{"maybe":1}}"# => one("bool_parsing", m, "null"),
            r#"{"m":{"truex":1}}"# => value_error(m, "expected ident", "null"),
        ],
        Keys<Color>: [r#"{"m":{"pink":1}}"# => no_color(m),],
        HashMap<u8, u8>: [
            r#"{"x":1}"# => value_error(root, number, "null"),
            r#"{"1x":1}"# => value_error(root, number, "null"),
            r#"{"01":1}"# => value_error(root, "invalid number", "null"),
        ],
        HashMap<bool, u8>: [r#"{"tx":1}"# => value_error(root, "expected ident", "null"),],
        Vec<HashMap<u8, u8>>: [r#"[{"x":1}]"# => value_error(r#"["body",0]"#, number, "null"),],
        Item: [
            r#"{"title":"a\udc00"}"# => one("string_unicode", r#"["body","title"]"#, "null"),
            r#"{"title":"a\ud800"}"# => one("string_unicode", r#"["body","title"]"#, "null"),
        ],
        Vec<f64>: ["[1e999]" => value_error(r#"["body",0]"#, "number out of range", "null"),],
        // serde cannot buffer these types.
        Flat: [r#"{"n":1}"# => Reply::unhandled(),],
    }
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Keys<K: Eq + Hash> {
    m: HashMap<K, u8>,
}

#[derive(PartialEq)]
struct Float(f64);

impl Eq for Float {}

impl Hash for Float {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.to_bits().hash(state);
    }
}

impl<'de> Deserialize<'de> for Float {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        f64::deserialize(deserializer).map(Self)
    }
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Wide {
    n: i128,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Flat {
    #[serde(flatten)]
    wide: Wide,
}

#[tokio::test]
async fn json_data_rejections() {
    let size = r#"["body","size"]"#;
    let mut table = Table::default();
    for (value, reply) in [
        (r#""XL""#, one("int_parsing", size, r#""XL""#)),
        (r#""a\"b\\\n\u0000é😀""#, one("int_parsing", size, r#""a\"b\\\n\u0000é😀""#)),
        (r#""x\", expected u8""#, one("int_parsing", size, r#""x\", expected u8""#)),
        (r#""5""#, one("int_type", size, r#""5""#)),
        ("1.5", one("int_from_float", size, "1.5")),
        ("1.0", one("int_type", size, "1.0")),
        ("null", one("int_type", size, "null")),
        ("true", one("int_type", size, "true")),
        ("[]", one("int_type", size, "null")),
        ("{}", one("int_type", size, "null")),
        ("3000000000", at_most(size, "2147483647", "3000000000")),
        ("-3000000000", at_least(size, "-2147483648", "-3000000000")),
    ] {
        let body = format!(r#"{{"title":"towel","size":{value}}}"#);
        table.assert_eq(value, json::<Item>(&body).await, reply);
    }
    for (body, reply) in [
        (r#"{"title":"towel"}"#, one("missing", size, "null")),
        (r#"{"title":1,"size":1}"#, one("string_type", r#"["body","title"]"#, "1")),
        ("[]", one("model_attributes_type", r#"["body"]"#, "null")),
        ("null", one("model_attributes_type", r#"["body"]"#, "null")),
        ("1", one("model_attributes_type", r#"["body"]"#, "1")),
        (r#""x""#, one("model_attributes_type", r#"["body"]"#, r#""x""#)),
    ] {
        table.assert_eq(body, json::<Item>(body).await, reply);
    }
}

#[tokio::test]
async fn json_rejections_of_every_type() {
    let body = r#"["body"]"#;
    let name = r#"["body","tags",1,"name"]"#;
    assert_eq!(json::<Deep>(r#"{"tags":[{"name":"a"},{"name":3}]}"#).await, one("string_type", name, "3"));
    assert_eq!(json::<Deep>(r#"{"tags":[{"name":"a"},{}]}"#).await, one("missing", name, "null"));
    assert_eq!(json::<Deep>(r#"{"tags":{}}"#).await, one("list_type", r#"["body","tags"]"#, "null"));
    assert_eq!(json::<Deep>(r#"{"tags":[],"x":1}"#).await, one("extra_forbidden", r#"["body","x"]"#, "null"));
    let x = r#"["body","x"]"#;
    assert_eq!(json::<Small>(r#"{"x":256}"#).await, at_most(x, "255", "256"));
    assert_eq!(json::<Small>(r#"{"x":-1}"#).await, at_least(x, "0", "-1"));
    assert_eq!(json::<Small>(r#"{"x":1,"x":2}"#).await, value_error(x, "duplicate field `x`", "null"));
    let missing = |index| fixed("missing", &format!(r#"["body","a: b",{index}]"#), "null");
    assert_eq!(
        json::<HashMap<String, (u8, u8, u8)>>(r#"{"a: b":[1]}"#).await,
        unprocessable(&[missing(1), missing(2)])
    );
    assert_eq!(json::<HashMap<String, (u8, u8)>>(r#"{"x":[1,2,3]}"#).await, one("tuple_type", x, "null"));
    assert_eq!(json::<HashMap<String, u8>>("[]").await, one("dict_type", body, "null"));
    assert_eq!(json::<Color>(r#""pink""#).await, no_color(body));
    assert_eq!(json::<Vec<bool>>(r#"["maybe"]"#).await, one("bool_parsing", r#"["body",0]"#, r#""maybe""#));
    assert_eq!(json::<bool>("2").await, one("bool_parsing", body, "2"));
    assert_eq!(json::<bool>(r#""yes""#).await, one("bool_type", body, r#""yes""#));
    assert_eq!(json::<f32>(r#""x""#).await, one("float_parsing", body, r#""x""#));
    assert_eq!(json::<f32>("[]").await, one("float_type", body, "null"));
    assert_eq!(json::<()>("1").await, one("none_required", body, "1"));
    assert_eq!(
        json::<NonZeroU8>("0").await,
        with_ctx("greater_than", body, "Input should be greater than 0", "0", r#"{"gt":0}"#)
    );
    assert_eq!(
        json::<char>(r#""ab""#).await,
        with_ctx(
            "string_too_long",
            body,
            "String should have at most 1 character",
            r#""ab""#,
            r#"{"max_length":1}"#
        )
    );
    let found = "invalid character: found `x` at 0";
    assert_eq!(
        json::<uuid::Uuid>(r#""x""#).await,
        with_ctx(
            "uuid_parsing",
            body,
            &format!("Input should be a valid UUID, {found}"),
            "null",
            &format!(r#"{{"error":"{found}"}}"#)
        )
    );
    assert_eq!(json::<uuid::Uuid>("1").await, one("uuid_type", body, "1"));
    let relative = "relative URL without a base";
    assert_eq!(
        json::<url::Url>(r#""x""#).await,
        with_ctx(
            "url_parsing",
            body,
            &format!("Input should be a valid URL, {relative}"),
            r#""x""#,
            &format!(r#"{{"error":"{relative}"}}"#)
        )
    );
    assert_eq!(json::<url::Url>("1").await, one("url_type", body, "1"));
    assert_eq!(json::<Ipv4Addr>(r#""x""#).await, one("ip_v4_address", body, "null"));
    assert_eq!(json::<Ipv4Addr>("1").await, one("ip_v4_address", body, "1"));
}
