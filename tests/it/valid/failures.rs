//! Rules that fail to run, and responses that violate their rules.

use axum::{
    Router,
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post},
};
use axum_exception::{
    Caught, ErrorHandlingLayer, Exception, Panic, ResponseValidationError, Value,
    extract::{Json, Valid},
    rules::{Check, Pattern, Rules},
};
use serde::{Deserialize, Serialize, Serializer};

use super::{Item, not_positive, short};
use crate::support::{
    JSON, Reply, ask,
    errors::{int_parsing, unprocessable},
    table::Table,
};

/// A rule can fail in the app's code.
#[tokio::test]
async fn invalid_patterns_and_panicking_rules_are_unhandled_errors() {
    static BAD: Pattern = Pattern::new("[");
    #[derive(Deserialize)]
    struct Text {
        text: String,
        number: i64,
    }
    impl Rules for Text {
        fn rules(&self, check: &mut Check<'_>) {
            match self.text.as_str() {
                "pattern" => {
                    check.field("text", &self.text).pattern(&BAD);
                }
                "panic" => panic!("a rule panicked"),
                _ => {}
            }
            assert!(self.number != 0, "nobody has sent this");
        }
    }
    let app = Router::new().route("/", post(async |_: Valid<Json<Text>>| "valid")).layer(
        ErrorHandlingLayer::new()
            .exception_handler(async |panic: Caught<Panic>| {
                (StatusCode::BAD_GATEWAY, panic.message().to_owned())
            })
            .exception_handler(async |exception: Exception| {
                (StatusCode::BAD_GATEWAY, exception.to_string().lines().next().unwrap_or_default().to_owned())
            }),
    );
    let text = |body: &str| Reply::text(502, "text/plain; charset=utf-8", body);
    assert_eq!(
        ask(&app, "POST /", &[JSON], r#"{"text":"pattern","number":1}"#).await,
        text("the pattern \"[\" is no regular expression: regex parse error:"),
    );
    assert_eq!(ask(&app, "POST /", &[JSON], r#"{"text":"panic","number":1}"#).await, text("a rule panicked"));
    // A panic on a placeholder is not reported.
    assert_eq!(
        ask(&app, "POST /", &[JSON], r#"{"text":"right","number":"x"}"#).await,
        unprocessable(&[int_parsing(r#"["body","number"]"#, r#""x""#)]),
    );
}

#[tokio::test]
async fn invalid_responses_are_500() {
    struct Unserializable;
    impl Serialize for Unserializable {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("secret reason"))
        }
    }
    impl Rules for Unserializable {
        fn rules(&self, _: &mut Check<'_>) {}
    }
    let item = |name: &str, tags: Vec<i64>| Item { name: name.to_owned(), size: 1, tags };
    let routes = || {
        Router::new()
            .route("/right", get(async move || Valid(Json(item("ab", vec![])))))
            .route("/wrong", get(async move || Valid(Json(vec![item("ab", vec![]), item("a", vec![1, 0])]))))
            .route("/unserializable", get(async || Valid(Json(Unserializable))))
            .route("/plain", get(async || Json(Unserializable)))
    };
    let app = routes().layer(ErrorHandlingLayer::new());
    let right = Reply::json(200, r#"{"name":"ab","size":1,"tags":[]}"#);
    assert_eq!(ask(&app, "GET /right", &[], "").await, right);
    let mut table = Table::default();
    for path in ["GET /wrong", "GET /unserializable", "GET /plain"] {
        table.assert_eq(path, ask(&app, path, &[], "").await, Reply::unhandled());
    }
    let app = routes().layer(ErrorHandlingLayer::new().exception_handler(
        async |error: Caught<ResponseValidationError>| {
            let body = Value::from_iter([
                ("errors", error.errors().iter().collect::<Value>()),
                ("body", error.body().cloned().into()),
            ]);
            (StatusCode::BAD_GATEWAY, body).into_response()
        },
    ));
    assert_eq!(ask(&app, "GET /right", &[], "").await, right);
    assert_eq!(
        ask(&app, "GET /wrong", &[], "").await,
        Reply::json(
            502,
            format!(
                r#"{{"errors":[{},{}],"body":[{{"name":"ab","size":1,"tags":[]}},{{"name":"a","size":1,"tags":[1,0]}}]}}"#,
                short(r#"["response",1,"name"]"#, r#""a""#),
                not_positive(r#"["response",1,"tags",1]"#, "0"),
            )
        ),
    );
    let unserializable = r#"{"errors":[{"type":"value_error","loc":["response"],"msg":"Value error, secret reason","input":null,"ctx":{"error":{}}}],"body":null}"#;
    for path in ["GET /unserializable", "GET /plain"] {
        table.assert_eq(path, ask(&app, path, &[], "").await, Reply::json(502, unserializable));
    }
}
