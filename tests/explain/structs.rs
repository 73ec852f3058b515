//! Structs: what is missing, wrong, or too much.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde::Deserialize;

use crate::rows::{accepts, rejects, writes};

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Item {
    name: String,
    price: f64,
    description: Option<String>,
    tax: Option<f64>,
    #[serde(default)]
    tags: Vec<String>,
}

#[test]
fn every_field_has_its_say() {
    rejects::<Item>("{}", &[("body.name", "missing"), ("body.price", "missing")]);
    rejects::<Item>(
        r#"{"name":1,"price":"y","description":2,"tax":"z","tags":[1,"a",null]}"#,
        &[
            ("body.name", "string_type"),
            ("body.price", "float_parsing"),
            ("body.description", "string_type"),
            ("body.tax", "float_parsing"),
            ("body.tags.0", "string_type"),
            ("body.tags.2", "string_type"),
        ],
    );
    writes::<Item>(
        r#"{"price":"x"}"#,
        concat!(
            r#"[{"type":"missing","loc":["body","name"],"msg":"Field required","input":{"price":"x"}},"#,
            r#"{"type":"float_parsing","loc":["body","price"],"msg":"Input should be a valid number, unable to parse string as a number","input":"x"}]"#
        ),
    );
    for document in ["[]", "1", "\"x\"", "null"] {
        rejects::<Item>(document, &[("body", "model_attributes_type")]);
    }
    accepts::<Item>(
        r#"{"name":"a","price":"1.5"}"#,
        r#"Item { name: "a", price: 1.5, description: None, tax: None, tags: [] }"#,
    );
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Order {
    id: u8,
    items: Vec<Item>,
    by: HashMap<i32, Item>,
    pair: (i8, String),
    color: Color,
    seen: HashSet<u16>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Color {
    Red,
    Green,
}

#[test]
fn nested() {
    rejects::<Order>(
        r#"{"id":300,"items":[{},{"name":"x","price":1},{"name":3}],"by":{"1":{},"x":{"name":"n","price":1}},"pair":[1],"color":"blue"}"#,
        &[
            ("body.id", "less_than_equal"),
            ("body.items.0.name", "missing"),
            ("body.items.0.price", "missing"),
            ("body.items.2.name", "string_type"),
            ("body.items.2.price", "missing"),
            ("body.by.1.name", "missing"),
            ("body.by.1.price", "missing"),
            ("body.by.x.[key]", "int_parsing"),
            ("body.pair.1", "missing"),
            ("body.color", "enum"),
            ("body.seen", "missing"),
        ],
    );
    rejects::<Order>(
        "{}",
        &[
            ("body.id", "missing"),
            ("body.items", "missing"),
            ("body.by", "missing"),
            ("body.pair", "missing"),
            ("body.color", "missing"),
            ("body.seen", "missing"),
        ],
    );
    rejects::<Order>(
        r#"{"id":-1,"items":{},"by":[],"pair":[1,2,3],"color":5,"seen":{"a":1}}"#,
        &[
            ("body.id", "greater_than_equal"),
            ("body.items", "list_type"),
            ("body.by", "dict_type"),
            ("body.pair", "too_long"),
            ("body.color", "enum"),
            ("body.seen", "set_type"),
        ],
    );
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Closed {
    a: i32,
    b: Option<Box<Closed>>,
}

#[test]
fn extra_fields_come_last() {
    rejects::<Closed>(
        r#"{"z":1,"y":2,"b":{"x":1},"a":"q"}"#,
        &[
            ("body.a", "int_parsing"),
            ("body.b.a", "missing"),
            ("body.b.x", "extra_forbidden"),
            ("body.z", "extra_forbidden"),
            ("body.y", "extra_forbidden"),
        ],
    );
}

#[test]
fn maps_and_lists_alone() {
    rejects::<BTreeMap<String, i64>>(
        r#"{"a":"x","b":null,"c":1.5,"":true}"#,
        &[("body.a", "int_parsing"), ("body.b", "int_type"), ("body.c", "int_from_float")],
    );
    rejects::<Vec<i64>>(r#"{"a":1}"#, &[("body", "list_type")]);
}
