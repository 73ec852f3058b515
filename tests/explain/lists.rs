//! Lists where a type expects a struct.

use std::{collections::BTreeMap, time::Duration};

use axum_exception::explain::{Error, Explain, explain};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::value::RawValue;

use crate::{
    engine_only::engine_only,
    rows::{accepts, errors, rejects, writes},
};

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Point {
    x: i8,
    y: i8,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Wrapped(Point);

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
enum Shape {
    Dot { x: i8, y: i8 },
    At(Point),
    Size(i8, i8),
    Empty,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Pet {
    Cat { lives: i8, at: Option<Point> },
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "value")]
#[allow(dead_code)]
enum Adjacent {
    At(Point),
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Untagged {
    At(Point),
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Flat {
    #[serde(flatten)]
    inner: BTreeMap<String, Point>,
}

#[derive(Debug, Deserialize, PartialEq)]
struct Pair(i8, i8);

/// Checks that a list is refused, and accepted by the option and in strict mode, with the same value. Each time
/// by `serde_json` and by the engine alone.
#[track_caller]
fn lists<T: DeserializeOwned + std::fmt::Debug>(document: &str, expected: &[(&str, &str)]) {
    rejects::<T>(document, expected);
    assert!(engine_only::<T>(&Explain::new(), document.as_bytes()).is_err(), "{document}");
    let plain = format!("{:?}", serde_json::from_str::<T>(document).unwrap());
    for explain in [Explain::new().structs_from_lists(true), Explain::new().strict(true)] {
        assert_eq!(format!("{:?}", errors::<T>(&explain, document).unwrap()), plain, "{document}");
        let value = engine_only::<T>(&explain, document.as_bytes()).map_err(|error| error.to_string());
        assert_eq!(format!("{:?}", value.unwrap()), plain, "{document}");
    }
}

#[test]
fn no_list_is_a_struct_at_any_depth() {
    const LIST: &str = "model_attributes_type";
    lists::<Point>("[1,2]", &[("body", LIST)]);
    lists::<Vec<Point>>(r#"[{"x":1,"y":2},[1,2]]"#, &[("body.1", LIST)]);
    lists::<Option<Box<Point>>>("[1,2]", &[("body", LIST)]);
    lists::<BTreeMap<String, Wrapped>>(r#"{"a":[1,2],"b":{"x":1,"y":2}}"#, &[("body.a", LIST)]);
    lists::<(Point, i8)>("[[1,2],3]", &[("body.0", LIST)]);
    lists::<Shape>(r#"{"Dot":[1,2]}"#, &[("body.Dot", LIST)]);
    lists::<Shape>(r#"{"At":[1,2]}"#, &[("body.At", LIST)]);
    lists::<Vec<Adjacent>>(r#"[["At",{"x":1,"y":2}]]"#, &[("body.0", LIST)]);
    lists::<Vec<Pet>>(r#"[["Cat",9,null]]"#, &[("body.0", LIST)]);
    lists::<Duration>("[1,2]", &[("body", LIST)]);
}

#[test]
fn a_list_for_a_struct_is_one_error_among_others() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Outer {
        inner: Point,
        last: String,
    }
    writes::<Outer>(
        r#"{"inner":[1]}"#,
        concat!(
            r#"[{"type":"model_attributes_type","loc":["body","inner"],"#,
            r#""msg":"Input should be a valid dictionary or object to extract fields from","input":[1]},"#,
            r#"{"type":"missing","loc":["body","last"],"msg":"Field required","input":{"inner":[1]}}]"#
        ),
    );
    rejects::<Outer>(
        r#"{"inner":["x",2,3],"last":1}"#,
        &[("body.inner", "model_attributes_type"), ("body.last", "string_type")],
    );
    let explain = Explain::new().structs_from_lists(true);
    let found = errors::<Outer>(&explain, r#"{"inner":["x",2],"last":1}"#).unwrap_err();
    let expected = [("body.inner", "model_attributes_type"), ("body.last", "string_type")];
    assert_eq!(found, expected.map(|(loc, kind)| (loc.to_owned(), kind.to_owned())));
}

#[test]
fn the_option_keeps_the_lax_rules() {
    let explain = Explain::new().structs_from_lists(true);
    let point: Vec<Point> = explain.json(br#"[["1",2.0],{"x":true,"y":0}]"#).unwrap();
    assert_eq!(format!("{point:?}"), "[Point { x: 1, y: 2 }, Point { x: 1, y: 0 }]");
}

#[test]
fn other_lists_are_read_as_before() {
    accepts::<Pair>("[1,2]", "Pair(1, 2)");
    accepts::<Shape>(r#"{"Size":[1,2]}"#, "Size(1, 2)");
    accepts::<Shape>(r#""Empty""#, "Empty");
    accepts::<serde_json::Value>(r#"[["Cat",9]]"#, r#"Array [Array [String("Cat"), Number(9)]]"#);
    accepts::<Vec<(i128, u128)>>(
        "[[-170141183460469231731687303715884105728,340282366920938463463374607431768211455]]",
        "[(-170141183460469231731687303715884105728, 340282366920938463463374607431768211455)]",
    );
    let raw: Vec<Box<RawValue>> = explain(b"[ [1, 2.50] ]").unwrap();
    assert_eq!(raw[0].get(), "[1, 2.50]");
    accepts::<Vec<Option<serde_json::Number>>>(
        "[1,null,-2.5]",
        "[Some(Number(1)), None, Some(Number(-2.5))]",
    );
}

/// serde keeps such content, and looks at it later.
#[test]
fn lists_in_buffered_content_are_as_in_serde() {
    accepts::<Pet>(
        r#"{"kind":"Cat","lives":9,"at":[1,2]}"#,
        "Cat { lives: 9, at: Some(Point { x: 1, y: 2 }) }",
    );
    accepts::<Untagged>("[1,2]", "At(Point { x: 1, y: 2 })");
    accepts::<Flat>(r#"{"a":[1,2]}"#, r#"Flat { inner: {"a": Point { x: 1, y: 2 }} }"#);
}

/// The list has a position, so what comes before it is not read again.
#[test]
fn a_list_behind_many_items_is_found_at_once() {
    let items = r#"{"x":1,"y":2},"#.repeat(10_000);
    let document = format!("[{items}[1,2]]");
    let Err(Error::Report(report)) = explain::<Vec<Point>>(document.as_bytes()) else { panic!("accepted") };
    assert_eq!(report.errors()[0].loc().to_string(), "body.10000");
    assert!(report.work() < 100, "{}", report.work());
}
