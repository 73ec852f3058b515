//! Rules on types whose values serde's attributes rename, move or drop.

use std::collections::BTreeMap;

use axum::{
    Router,
    routing::{get, post},
};
use axum_exception::{
    ErrorHandlingLayer,
    extract::{Header, Json, Valid},
    rules::{Check, Rules},
};
use serde::Deserialize;
use serde_with::{VecSkipError, serde_as};

use super::{not_positive, short};
use crate::support::{
    JSON, Reply, ask,
    errors::{int_parsing, unprocessable},
    table::Table,
};

/// Rules use the names that clients send, which serde's attributes may change.
#[tokio::test]
async fn rules_follow_serde_attributes() {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Page {
        #[serde(flatten)]
        limits: Limits,
        #[serde(alias = "name")]
        page_title: String,
        pet: Option<Pet>,
        shape: Option<Shape>,
        #[serde(default = "fifty")]
        unsent: i64,
    }
    #[derive(Deserialize)]
    struct Limits {
        limit: i64,
    }
    #[derive(Deserialize)]
    #[serde(tag = "kind", rename_all = "lowercase")]
    enum Pet {
        Cat { meows: i64 },
        Dog { barks: i64 },
    }
    #[derive(Deserialize)]
    enum Shape {
        Circle(i64),
        Line { length: i64 },
    }
    fn fifty() -> i64 {
        50
    }
    impl Rules for Page {
        fn rules(&self, page: &mut Check<'_>) {
            page.value(&self.limits).nested();
            page.field("pageTitle", &self.page_title).min_length(2);
            page.field("pet", &self.pet).nested();
            page.field("shape", &self.shape).nested();
            page.field("unsent", &self.unsent).gt(if self.page_title == "strict" { 50 } else { 0 });
        }
    }
    impl Rules for Limits {
        fn rules(&self, limits: &mut Check<'_>) {
            limits.field("limit", &self.limit).gt(0);
        }
    }
    impl Rules for Pet {
        fn rules(&self, pet: &mut Check<'_>) {
            pet.whole(|| match self {
                Self::Dog { barks: 7 } => Err("seven times"),
                _ => Ok(()),
            });
            match self {
                Self::Cat { meows } => pet.field("meows", meows).gt(0),
                Self::Dog { barks } => pet.field("barks", barks).gt(0),
            };
        }
    }
    impl Rules for Shape {
        fn rules(&self, shape: &mut Check<'_>) {
            match self {
                Self::Circle(radius) => {
                    shape.field("Circle", radius).gt(0);
                }
                Self::Line { length } => shape.inside("Line", |line| {
                    line.field("length", length).gt(0);
                }),
            }
        }
    }
    let app =
        Router::new().route("/", post(async |_: Valid<Json<Page>>| "valid")).layer(ErrorHandlingLayer::new());
    let rows: Vec<(&str, Vec<String>)> = vec![
        (r#"{"limit":1,"pageTitle":"ab"}"#, vec![]),
        (
            r#"{"limit":0,"pageTitle":"a"}"#,
            vec![not_positive(r#"["body","limit"]"#, "0"), short(r#"["body","pageTitle"]"#, r#""a""#)],
        ),
        // A field sent under its alias is not found, so its input is `null`.
        (r#"{"limit":1,"name":"a"}"#, vec![short(r#"["body","pageTitle"]"#, "null")]),
        (
            r#"{"limit":1,"pageTitle":"ab","pet":{"kind":"cat","meows":0}}"#,
            vec![not_positive(r#"["body","pet","cat","meows"]"#, "0")],
        ),
        (
            r#"{"limit":1,"pageTitle":"ab","pet":{"barks":"0","kind":"dog"}}"#,
            vec![not_positive(r#"["body","pet","dog","barks"]"#, r#""0""#)],
        ),
        (
            r#"{"limit":1,"pageTitle":"ab","pet":{"kind":"dog","barks":7}}"#,
            vec![r#"{"type":"value_error","loc":["body","pet","dog"],"msg":"Value error, seven times","input":{"kind":"dog","barks":7},"ctx":{"error":{}}}"#.to_owned()],
        ),
        (
            r#"{"limit":1,"pageTitle":"ab","shape":{"Circle":0}}"#,
            vec![not_positive(r#"["body","shape","Circle"]"#, "0")],
        ),
        (
            r#"{"limit":1,"pageTitle":"ab","shape":{"Line":{"length":0}}}"#,
            vec![not_positive(r#"["body","shape","Line","length"]"#, "0")],
        ),
        // Rules also apply to defaults.
        (
            r#"{"limit":1,"pageTitle":"strict"}"#,
            vec![r#"{"type":"greater_than","loc":["body","unsent"],"msg":"Input should be greater than 50","input":null,"ctx":{"gt":50}}"#.to_owned()],
        ),
        (
            r#"{"limit":0,"pageTitle":1,"pet":{"kind":"cat","meows":0}}"#,
            vec![
                not_positive(r#"["body","limit"]"#, "0"),
                r#"{"type":"string_type","loc":["body","pageTitle"],"msg":"Input should be a valid string","input":1}"#.to_owned(),
                not_positive(r#"["body","pet","cat","meows"]"#, "0"),
            ],
        ),
    ];
    let mut table = Table::default();
    for (body, errors) in rows {
        let expected = if errors.is_empty() {
            Reply::text(200, "text/plain; charset=utf-8", "valid")
        } else {
            unprocessable(&errors)
        };
        table.assert_eq(body, ask(&app, "POST /", &[JSON], body).await, expected);
    }
}

/// A rule may name a header as it is sent or as the field.
#[tokio::test]
async fn header_rules_accept_field_names_and_header_names() {
    #[derive(Deserialize)]
    struct Tokens {
        x_first: i64,
        x_second: i64,
        #[serde(default)]
        x_third: i64,
    }
    impl Rules for Tokens {
        fn rules(&self, tokens: &mut Check<'_>) {
            tokens.field("X-First", &self.x_first).gt(0);
            tokens.field("x_second", &self.x_second).gt(0);
            tokens.field("x-third", &self.x_third).ge(0);
        }
    }
    let app = Router::new()
        .route("/", get(async |_: Valid<Header<Tokens>>| "valid"))
        .layer(ErrorHandlingLayer::new());
    assert_eq!(
        ask(&app, "GET /", &[("x-first", "0"), ("x-second", "0"), ("x-third", "x")], "").await,
        unprocessable(&[
            not_positive(r#"["header","x-first"]"#, r#""0""#),
            not_positive(r#"["header","x-second"]"#, r#""0""#),
            int_parsing(r#"["header","x-third"]"#, r#""x""#),
        ]),
    );
}

/// A value may have moved while it was deserialized. The rule's error then does not echo what is now in its place.
#[tokio::test]
async fn rule_errors_have_null_input_where_the_value_is_uncertain() {
    #[serde_as]
    #[derive(Deserialize)]
    struct Skipping {
        #[serde_as(as = "VecSkipError<_>")]
        numbers: Vec<i64>,
        #[serde(default, deserialize_with = "lowercase")]
        map: BTreeMap<String, i64>,
        #[serde(default)]
        numbered: BTreeMap<i64, i64>,
        #[serde(default, deserialize_with = "sorted")]
        sorted: Vec<i64>,
        #[serde(default)]
        plain: Vec<i64>,
    }
    fn sorted<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<i64>, D::Error> {
        let mut list = Vec::deserialize(deserializer)?;
        list.sort_unstable();
        Ok(list)
    }
    fn lowercase<'de, D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<String, i64>, D::Error> {
        let map = BTreeMap::<String, i64>::deserialize(deserializer)?;
        Ok(map.into_iter().map(|(key, value)| (key.to_lowercase(), value)).collect())
    }
    impl Rules for Skipping {
        fn rules(&self, skipping: &mut Check<'_>) {
            skipping.field("numbers", &self.numbers).each(|number| number.gt(0));
            skipping.field("map", &self.map).each_value(|number| number.gt(0));
            skipping.field("numbered", &self.numbered).each_value(|number| number.gt(0));
            skipping.field("sorted", &self.sorted).each(|number| number.gt(0));
            skipping.field("plain", &self.plain).each(|number| number.gt(0));
        }
    }
    let app = Router::new()
        .route("/", post(async |_: Valid<Json<Skipping>>| "valid"))
        .layer(ErrorHandlingLayer::new());
    let rows = [
        // The first item is skipped, so the indices of the others have changed.
        (r#"{"numbers":["x",1,0]}"#, not_positive(r#"["body","numbers",1]"#, "null")),
        (r#"{"numbers":[1,0]}"#, not_positive(r#"["body","numbers",1]"#, "null")),
        (r#"{"numbers":[0]}"#, not_positive(r#"["body","numbers",0]"#, "0")),
        (r#"{"numbers":[],"map":{"A":0}}"#, not_positive(r#"["body","map","a"]"#, "null")),
        (r#"{"numbers":[],"map":{"a":0,"A":5,"B":1}}"#, not_positive(r#"["body","map","a"]"#, "null")),
        // Two keys merge into one.
        (r#"{"numbers":[],"numbered":{"1":5,"+1":0}}"#, not_positive(r#"["body","numbered","1"]"#, "null")),
        (r#"{"numbers":[],"numbered":{"2":5,"1":0}}"#, not_positive(r#"["body","numbered","1"]"#, "0")),
        (
            r#"{"numbers":[],"numbered":{"1":0,"2":"x"}}"#,
            [
                not_positive(r#"["body","numbered","1"]"#, "0"),
                int_parsing(r#"["body","numbered","2"]"#, r#""x""#),
            ]
            .join(","),
        ),
        (
            r#"{"numbers":[],"numbered":{"1":5,"+1":0,"x":2}}"#,
            int_parsing(r#"["body","numbered","x","[key]"]"#, r#""x""#),
        ),
        // The list was sorted, so its first item was not sent first.
        (r#"{"numbers":[],"sorted":[5,-1]}"#, not_positive(r#"["body","sorted",0]"#, "null")),
        (r#"{"numbers":[],"sorted":[-1]}"#, not_positive(r#"["body","sorted",0]"#, "-1")),
        (r#"{"numbers":[],"plain":[5,-1]}"#, not_positive(r#"["body","plain",1]"#, "-1")),
    ];
    let mut table = Table::default();
    for (body, error) in rows {
        table.assert_eq(body, ask(&app, "POST /", &[JSON], body).await, unprocessable(&[error]));
    }
}

/// The value is counted, not the document: a default has not been sent, and set items may differ only in case.
#[tokio::test]
async fn length_rules_count_default_lists_and_sets() {
    #[derive(Deserialize)]
    struct Tags {
        #[serde(default = "three")]
        list: Vec<i64>,
        set: std::collections::HashSet<String>,
    }
    fn three() -> Vec<i64> {
        vec![1, 2, 3]
    }
    impl Rules for Tags {
        fn rules(&self, tags: &mut Check<'_>) {
            tags.field("list", &self.list).max_length(2);
            tags.field("set", &self.set).max_length(2);
        }
    }
    let app =
        Router::new().route("/", post(async |_: Valid<Json<Tags>>| ())).layer(ErrorHandlingLayer::new());
    let sent = r#"{"set":["A","a","b"],"b":1,"c":1,"d":1,"e":1}"#;
    assert_eq!(
        ask(&app, "POST /", &[JSON], sent).await,
        unprocessable(&[
            r#"{"type":"too_long","loc":["body","list"],"msg":"List should have at most 2 items after validation, not 3","input":null,"ctx":{"field_type":"List","max_length":2,"actual_length":3}}"#,
            r#"{"type":"too_long","loc":["body","set"],"msg":"Set should have at most 2 items after validation, not more","input":["A","a","b"],"ctx":{"field_type":"Set","max_length":2,"actual_length":null}}"#,
        ]),
    );
}
