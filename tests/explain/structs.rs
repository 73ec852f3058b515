//! Errors in structs: missing, invalid and extra fields, names and repeated keys.

use std::collections::{BTreeMap, HashMap, HashSet};

use axum_exception::explain::Explain;
use serde::Deserialize;

use crate::rows::{accepts, errors, rejects, writes};

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
fn missing_and_invalid_fields_are_reported_in_declaration_order() {
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
fn errors_in_nested_structs_lists_maps_and_tuples() {
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
fn extra_fields_are_reported_last() {
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
fn renamed_and_aliased_fields() {
    rejects::<Names>(r#"{"vorname":1}"#, &[("body.vorname", "string_type"), ("body.last", "missing")]);
    rejects::<Names>("{}", &[("body.firstName", "missing"), ("body.last", "missing")]);
    // `firstName` is learned as missing for the type, but one value has it under an alias.
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
fn repeated_keys() {
    accepts::<BTreeMap<String, i32>>(r#"{"a":"x","b":1,"a":"2"}"#, r#"{"a": 2, "b": 1}"#);
    rejects::<Names>(
        r#"{"first":"a","last":1,"first":2}"#,
        &[("body.first", "string_type"), ("body.last", "string_type")],
    );
    let strict = Explain::new().strict(true);
    let found = errors::<Names>(&strict, r#"{"first":"a","last":"b","first":"c"}"#).unwrap_err();
    assert_eq!(found, [("body.first".to_owned(), "value_error".to_owned())]);
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Renamed {
    #[serde(rename = "first", alias = "second", alias = "another")]
    name: i32,
    n: i32,
}

#[test]
fn several_names_for_one_field() {
    // The field's own name counts, wherever it stands.
    accepts::<Renamed>(r#"{"first":1,"second":2,"n":3}"#, "Renamed { name: 1, n: 3 }");
    accepts::<Renamed>(r#"{"second":2,"first":1,"n":3}"#, "Renamed { name: 1, n: 3 }");
    accepts::<Renamed>(r#"{"another":2,"second":1,"first":5,"n":"3"}"#, "Renamed { name: 5, n: 3 }");
    rejects::<Renamed>(
        r#"{"second":2,"first":"x","n":"y"}"#,
        &[("body.first", "int_parsing"), ("body.n", "int_parsing")],
    );
    let strict = Explain::new().strict(true);
    let found = errors::<Renamed>(&strict, r#"{"second":2,"first":1,"n":"3"}"#).unwrap_err();
    let expected = [("body.first", "value_error"), ("body.n", "int_type")];
    assert_eq!(found, expected.map(|(loc, kind)| (loc.to_owned(), kind.to_owned())));
}

/// A list that is resumed at an item that failed must read its nested lists again.
#[test]
fn nested_lists_are_read_to_the_end() {
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
