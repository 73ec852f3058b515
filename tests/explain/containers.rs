//! Errors in lists, maps, map keys, tuples and pointers, and in recursive types.

use std::{borrow::Cow, collections::BTreeMap, rc::Rc, sync::Arc};

use serde::Deserialize;

use crate::rows::rejects;

#[test]
fn errors_in_root_maps_and_lists() {
    rejects::<BTreeMap<String, i64>>(
        r#"{"a":"x","b":null,"c":1.5,"":true}"#,
        &[("body.a", "int_parsing"), ("body.b", "int_type"), ("body.c", "int_from_float")],
    );
    rejects::<Vec<i64>>(r#"{"a":1}"#, &[("body", "list_type")]);
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
fn errors_inside_pointers_options_and_tuples() {
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

#[derive(Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Level {
    Low,
    High,
}

#[test]
fn errors_in_map_keys() {
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
fn recursive_types_terminate() {
    rejects::<Recursive>("{}", &[("body.expression", "missing"), ("body.value", "missing")]);
    rejects::<Recursive>(
        r#"{"expression":{"Sum":{"left":{"Negation":{"Number":"x"}}}}}"#,
        &[
            ("body.expression.Sum.left.Negation.Number", "float_parsing"),
            ("body.expression.Sum.right", "missing"),
            ("body.value", "missing"),
        ],
    );
    // The type has no values, so what is missing behind it is unknown.
    rejects::<Endless>(r#"{"value":"x"}"#, &[("body.next", "missing"), ("body.value", "int_parsing")]);
}
