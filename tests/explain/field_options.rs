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
