//! With `keep_rejection_status`, the extractors of this crate have the statuses of axum's.

use std::collections::BTreeMap;

use axum::{
    Router,
    routing::{get, post},
};
use axum_exception::{
    ErrorDetail, ErrorHandlingLayer, RequestValidationError, extract, extract::All, format,
};
use serde::Deserialize;

use crate::{
    logging::logged_during,
    support::{FORM, JSON, Reply, ask, table::Table},
};

#[derive(Deserialize)]
struct Item {
    #[allow(dead_code)]
    size: u8,
}

fn native() -> Router {
    use axum::{Form, Json, extract::Path, extract::Query};
    Router::new()
        .route("/json", post(async |_: Json<Item>| ()))
        .route("/path/{size}", get(async |_: Path<u8>| ()))
        .route("/query", get(async |_: Query<Item>| ()))
        .route("/form", get(async |_: Form<Item>| ()).post(async |_: Form<Item>| ()))
}

fn ours() -> Router {
    use extract::{Form, Json, Path, Query};
    Router::new()
        .route("/json", post(async |_: Json<Item>| ()))
        .route("/path/{size}", get(async |_: Path<u8>| ()))
        .route("/query", get(async |_: Query<Item>| ()))
        .route("/form", get(async |_: Form<Item>| ()).post(async |_: Form<Item>| ()))
}

const TEXT: (&str, &str) = ("content-type", "text/plain");

/// Requests that are rejected, with a valid size in another content type where there is one.
const REJECTED: [(&str, &[(&str, &str)], &str); 16] = [
    ("POST /json", &[], r#"{"size": 1}"#),
    ("POST /json", &[], ""),
    ("POST /json", &[TEXT], r#"{"size": 1}"#),
    ("POST /json", &[FORM], "size=1"),
    ("POST /json", &[JSON], ""),
    ("POST /json", &[JSON], "{"),
    ("POST /json", &[JSON], "{}"),
    ("POST /json", &[JSON], r#"{"size": "x"}"#),
    ("POST /json", &[JSON], "5"),
    ("GET /path/x", &[], ""),
    ("GET /query", &[], ""),
    ("GET /query?size=x", &[], ""),
    ("GET /form?size=x", &[], ""),
    ("POST /form", &[FORM], "size=x"),
    ("POST /form", &[JSON], "size=1"),
    ("POST /form", &[], "size=1"),
];

#[tokio::test]
async fn statuses_are_those_of_axum() {
    let layer = || ErrorHandlingLayer::new().keep_rejection_status(true);
    let (axum, native, ours) = (native(), native().layer(layer()), ours().layer(layer()));
    let mut table = Table::default();
    for (line, headers, body) in REJECTED {
        let row = format!("{line} {headers:?} {body}");
        let status = ask(&axum, line, headers, body).await.status;
        assert!(status >= 400, "{row}");
        table.assert_eq(format!("native {row}"), ask(&native, line, headers, body).await.status, status);
        table.assert_eq(format!("ours {row}"), ask(&ours, line, headers, body).await.status, status);
    }
}

#[tokio::test]
async fn a_415_names_the_header() {
    let app = ours().layer(ErrorHandlingLayer::new().keep_rejection_status(true));
    let missing = r#"{"detail":[{"type":"missing","loc":["header","content-type"],"msg":"Field required","input":null}]}"#;
    let other = |expected: &str, input: &str| {
        Reply::json(
            415,
            format!(
                r#"{{"detail":[{{"type":"literal_error","loc":["header","content-type"],"msg":"Input should be '{expected}'","input":"{input}","ctx":{{"expected":"'{expected}'"}}}}]}}"#
            ),
        )
    };
    assert_eq!(ask(&app, "POST /json", &[], "{}").await, Reply::json(415, missing));
    assert_eq!(ask(&app, "POST /json", &[TEXT], "{}").await, other("application/json", "text/plain"));
    let urlencoded = other("application/x-www-form-urlencoded", "application/json");
    assert_eq!(ask(&app, "POST /form", &[JSON], "{}").await, urlencoded);
}

/// The first error determines the status, and a 415 hides no other error.
#[tokio::test]
async fn several_sources_have_the_status_of_the_first_error() {
    type Sources = All<(extract::Query<Item>, extract::Json<BTreeMap<String, u8>>)>;
    let app = Router::new()
        .route("/all", post(async |_: Sources| ()))
        .layer(ErrorHandlingLayer::new().keep_rejection_status(true));
    let query = r#"{"type":"int_parsing","loc":["query","size"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}"#;
    let body = r#"{"type":"int_parsing","loc":["body","a"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"y"}"#;
    let no_dict =
        r#"{"type":"dict_type","loc":["body"],"msg":"Input should be a valid dictionary","input":"{}"}"#;
    assert_eq!(
        ask(&app, "POST /all?size=x", &[JSON], r#"{"a": "y"}"#).await,
        Reply::json(400, format!(r#"{{"detail":[{query},{body}]}}"#))
    );
    assert_eq!(
        ask(&app, "POST /all?size=1", &[JSON], r#"{"a": "y"}"#).await,
        Reply::json(422, format!(r#"{{"detail":[{body}]}}"#))
    );
    assert_eq!(
        ask(&app, "POST /all?size=x", &[TEXT], "{}").await,
        Reply::json(400, format!(r#"{{"detail":[{query},{no_dict}]}}"#))
    );
    assert_eq!(ask(&app, "POST /all?size=1", &[TEXT], "{}").await.status, 415);
}

/// Only rejections have another status: not what a handler raises. A format has it as well.
#[tokio::test]
async fn errors_of_the_app_keep_422() {
    let app = ours()
        .route("/raised", get(async || RequestValidationError::from(ErrorDetail::missing(["query", "a"]))))
        .layer(ErrorHandlingLayer::new().keep_rejection_status(true).format(format::problem_details()));
    assert_eq!(ask(&app, "GET /raised", &[], "").await.status, 422);
    assert_eq!(
        ask(&app, "GET /query", &[], "").await,
        Reply::text(
            400,
            "application/problem+json",
            r#"{"type":"about:blank","title":"Bad Request","status":400,"instance":"/query","code":"validation_error","errors":[{"detail":"Field required","in":"query","name":"size","code":"missing"}]}"#
        )
    );
}

#[test]
fn the_log_has_the_content_type() {
    let app = ours().layer(ErrorHandlingLayer::new());
    let axums = native().layer(ErrorHandlingLayer::new());
    let no_object = "Input should be a valid dictionary or object to extract fields from";
    let mut table = Table::default();
    for (app, line, headers, end) in [
        (&app, "POST /json", &[][..], format!("body: {no_object}; the content type should be `application/json`, and is none")),
        (&app, "POST /json", &[TEXT], format!("body: {no_object}; the content type should be `application/json`, and is `text/plain`")),
        (&app, "POST /form", &[JSON], "body.size: Field required; the content type should be `application/x-www-form-urlencoded`, and is `application/json`".to_owned()),
        (&axums, "POST /json", &[TEXT], format!("body: {no_object}; the content type should be `application/json`, and is another one or none")),
    ] {
        let lines = logged_during(async {
            ask(app, line, headers, "{}").await;
        });
        let path = line.trim_start_matches("POST ");
        let expected = format!(
            r#"DEBUG message=exception method=POST route="{path}" status=422 error=1 validation error: {end}"#
        );
        table.assert_eq(format!("{line} {headers:?}"), lines, [expected]);
    }
}
