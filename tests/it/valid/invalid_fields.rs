//! Rules that depend on fields that are invalid.

use axum::{Router, routing::post};
use axum_exception::{
    ErrorHandlingLayer, Value,
    extract::{Json, Valid},
    rules::{Check, Rules},
};
use serde::Deserialize;

use super::not_positive;
use crate::support::{
    JSON, Reply, ask,
    errors::{int_parsing, unprocessable},
    table::Table,
};

/// A rule may depend on an invalid field. Its error is reported only if it fails for every value of that field.
#[tokio::test]
async fn rules_that_depend_on_an_invalid_field_are_not_reported() {
    #[derive(Deserialize)]
    enum Kind {
        Normal,
        Rare,
        Used,
        Free,
    }
    #[derive(Deserialize)]
    struct Article {
        kind: Kind,
        price: i64,
        stock: i64,
    }
    impl Rules for Article {
        fn rules(&self, article: &mut Check<'_>) {
            if !matches!(self.kind, Kind::Free) {
                article.field("price", &self.price).ge(10);
            }
            article.field("stock", &self.stock).ge(if matches!(self.kind, Kind::Rare | Kind::Used) {
                0
            } else {
                5
            });
            article.field("stock", &self.stock).le(if matches!(self.kind, Kind::Normal) { 100 } else { 90 });
        }
    }
    let app = Router::new()
        .route("/", post(async |_: Valid<Json<Article>>| "valid"))
        .layer(ErrorHandlingLayer::new());
    let kind = r#"{"type":"enum","loc":["body","kind"],"msg":"Input should be 'Normal', 'Rare', 'Used' or 'Free'","input":"free","ctx":{"expected":"'Normal', 'Rare', 'Used' or 'Free'"}}"#;
    assert_eq!(
        ask(&app, "POST /", &[JSON], r#"{"kind":"free","price":0,"stock":4}"#).await,
        unprocessable(&[kind])
    );
    // A rule fails for every `kind`, but not always the same one, so neither error is certain.
    assert_eq!(
        ask(&app, "POST /", &[JSON], r#"{"kind":"free","price":0,"stock":200}"#).await,
        unprocessable(&[kind])
    );
}

/// A field may swallow errors, but not a limit: its value was not read to the end.
#[tokio::test]
async fn depth_limit_swallowed_by_a_field_still_rejects_the_body() {
    #[derive(Deserialize)]
    struct Person {
        age: i64,
        #[serde(default, deserialize_with = "or_default")]
        _x: Vec<Value>,
    }
    fn or_default<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Value>, D::Error> {
        Ok(Vec::deserialize(deserializer).unwrap_or_default())
    }
    impl Rules for Person {
        fn rules(&self, person: &mut Check<'_>) {
            person.field("age", &self.age).ge(18);
        }
    }
    let app = Router::new()
        .route("/", post(async |_: Valid<Json<Person>>| "valid"))
        .layer(ErrorHandlingLayer::new());
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let mut table = Table::default();
    for age in ["-5", "\"20\""] {
        let body = format!(r#"{{"age":{age},"_x":{deep}}}"#);
        let expected = Reply::detail(400, "There was an error parsing the body");
        table.assert_eq(age, ask(&app, "POST /", &[JSON], &body).await, expected);
    }
}

/// A limit may be another field, which is unknown if that field is invalid.
#[tokio::test]
async fn rules_with_limits_from_invalid_fields_are_not_reported() {
    #[derive(Deserialize)]
    struct Span {
        start: i64,
        end: i64,
        is_open: bool,
        size: i64,
    }
    impl Rules for Span {
        fn rules(&self, span: &mut Check<'_>) {
            span.field("end", &self.end).gt(self.start);
            if !self.is_open {
                span.field("size", &self.size).gt(0);
            }
            span.field("size", &self.size).le(100);
        }
    }
    let app =
        Router::new().route("/", post(async |_: Valid<Json<Span>>| ())).layer(ErrorHandlingLayer::new());
    let rows = [
        (
            r#"{"start":1,"end":1,"is_open":false,"size":0}"#,
            vec![
                r#"{"type":"greater_than","loc":["body","end"],"msg":"Input should be greater than 1","input":1,"ctx":{"gt":1}}"#.to_owned(),
                not_positive(r#"["body","size"]"#, "0"),
            ],
        ),
        (
            r#"{"start":"x","end":-5,"is_open":true,"size":101}"#,
            vec![
                int_parsing(r#"["body","start"]"#, r#""x""#),
                r#"{"type":"less_than_equal","loc":["body","size"],"msg":"Input should be less than or equal to 100","input":101,"ctx":{"le":100}}"#.to_owned(),
            ],
        ),
        (
            r#"{"start":1,"end":2,"is_open":"?","size":0}"#,
            vec![r#"{"type":"bool_parsing","loc":["body","is_open"],"msg":"Input should be a valid boolean, unable to interpret input","input":"?"}"#.to_owned()],
        ),
    ];
    let mut table = Table::default();
    for (sent, errors) in rows {
        table.assert_eq(sent, ask(&app, "POST /", &[JSON], sent).await, unprocessable(&errors));
    }
}
