//! Options of fields: `literal` and `fail_fast`.

use axum_exception::explain::{self, Explain, Repeated};
use serde::Deserialize;

use crate::rows::rejects;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Order {
    Asc,
    Desc,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Filter {
    #[serde(deserialize_with = "explain::literal")]
    order: Order,
    #[serde(default, deserialize_with = "explain::literal")]
    then: Option<Order>,
    #[serde(default, deserialize_with = "explain::literal")]
    all: Vec<Order>,
    other: Order,
}

#[test]
fn literals() {
    rejects::<Filter>(
        r#"{"order":"x","then":1,"all":["asc","y"],"other":"z"}"#,
        &[
            ("body.order", "literal_error"),
            ("body.then", "literal_error"),
            ("body.all.1", "literal_error"),
            ("body.other", "enum"),
        ],
    );
    let explain = Explain::new().at("query");
    let read =
        explain.pairs::<Filter, _, _>([("order", "desc"), ("all", "asc"), ("other", "asc")], Repeated::Last);
    let read = format!("{:?}", read.unwrap());
    assert_eq!(read, "Filter { order: Desc, then: None, all: [Asc], other: Asc }");
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Item {
    name: String,
    price: f64,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Lists {
    #[serde(deserialize_with = "explain::fail_fast")]
    first: Vec<Item>,
    #[serde(deserialize_with = "explain::fail_fast")]
    numbers: Vec<u8>,
    all: Vec<u8>,
}

#[test]
fn lists_that_fail_fast() {
    rejects::<Lists>(
        r#"{"first":[{"name":"a","price":1},{"name":1,"price":"x"},{}],"numbers":[1,"x",300],"all":["x",300]}"#,
        &[
            ("body.first.1.name", "string_type"),
            ("body.first.1.price", "float_parsing"),
            ("body.numbers.1", "int_parsing"),
            ("body.all.0", "int_parsing"),
            ("body.all.1", "less_than_equal"),
        ],
    );
    rejects::<Lists>(r#"{"first":1,"numbers":[]}"#, &[("body.first", "list_type"), ("body.all", "missing")]);
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Nested {
    #[serde(deserialize_with = "explain::json_string")]
    items: Vec<Item>,
    #[serde(default, deserialize_with = "explain::json_string")]
    filter: Option<Inner>,
    n: i64,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Inner {
    #[serde(deserialize_with = "explain::json_string")]
    ids: Vec<u8>,
}

#[test]
fn json_in_a_string() {
    let explain = Explain::new();
    let read = explain.json::<Nested>(
        br#"{"items":"[{\"name\":\"a\",\"price\":\"1.5\"}]","filter":"{\"ids\":\"[1,\\\"2\\\"]\"}","n":"5"}"#,
    );
    assert_eq!(
        format!("{:?}", read.unwrap()),
        r#"Nested { items: [Item { name: "a", price: 1.5 }], filter: Some(Inner { ids: [1, 2] }), n: 5 }"#
    );
    rejects::<Nested>(
        r#"{"items":"[{\"name\":1},{\"price\":\"x\"}]","filter":"{\"ids\":\"[300,\\\"x\\\"]\"}","n":"x"}"#,
        &[
            ("body.items.0.name", "string_type"),
            ("body.items.0.price", "missing"),
            ("body.items.1.name", "missing"),
            ("body.items.1.price", "float_parsing"),
            ("body.filter.ids.0", "less_than_equal"),
            ("body.filter.ids.1", "int_parsing"),
            ("body.n", "int_parsing"),
        ],
    );
    rejects::<Nested>(
        r#"{"items":1,"filter":null,"n":"x"}"#,
        &[("body.items", "json_type"), ("body.filter", "json_type"), ("body.n", "int_parsing")],
    );
    rejects::<Nested>(r#"{"n":1}"#, &[("body.items", "missing")]);
    let error = explain.json::<Nested>(br#"{"items":"{\"a\":tru}","n":1}"#).unwrap_err();
    let explain::Error::Report(report) = error else { panic!() };
    assert_eq!(
        report.errors()[0].to_json(),
        r#"{"type":"json_invalid","loc":["body","items"],"msg":"Invalid JSON: expected ident at line 1 column 9","input":"{\"a\":tru}","ctx":{"error":"expected ident at line 1 column 9"}}"#
    );
    let mut written = Vec::new();
    report.write_json(&mut written);
    assert_eq!(String::from_utf8(written).unwrap(), format!("[{}]", report.errors()[0].to_json()));
    // Another deserializer gets the errors in words.
    let error = serde_json::from_str::<Inner>(r#"{"ids":"[300]"}"#).unwrap_err();
    assert!(error.to_string().starts_with("0: Input should be less than or equal to 255"), "{error}");
}

#[test]
fn json_in_a_string_of_a_query() {
    let explain = Explain::new().at("query");
    let ask = |ids: &str| explain.pairs::<Inner, _, _>([("ids", ids)], Repeated::Last);
    assert_eq!(ask("[1,2]").unwrap().ids, [1, 2]);
    let error = ask(r#"[1,"x"]"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "query.ids.1: Input should be a valid integer, unable to parse string as an integer"
    );
    assert_eq!(
        ask("").unwrap_err().to_string(),
        "query.ids: Invalid JSON: EOF while parsing a value at line 1 column 0"
    );
}
