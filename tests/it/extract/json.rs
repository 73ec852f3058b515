//! `extract::Json` in an app. FastAPI's responses to the same bodies are in the parity fixtures.

use std::collections::BTreeMap;

use axum::{
    Extension, Router,
    body::{Body, Bytes},
    extract::{DefaultBodyLimit, Request},
    routing::post,
};
use axum_exception::{
    Caught, ErrorHandlingLayer, Exception, HttpException, RequestValidationError, Value, explain::Explain,
    extract::Json,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::support::{
    Reply,
    errors::{fixed, missing, string_type, unprocessable},
    request, send,
    table::Table,
};

#[derive(Debug, Deserialize, Serialize)]
struct Item {
    name: String,
    price: f64,
    #[serde(default)]
    tags: Vec<String>,
}

fn app() -> Router {
    Router::new()
        .route("/item", post(async |item: Json<Item>| item))
        .route("/option", post(async |item: Option<Json<Item>>| Json(item.map(|Json(item)| item))))
        .route("/nullable", post(async |item: Option<Json<Option<Item>>>| Json(item.map(|Json(item)| item))))
        .route("/integer", post(async |number: Json<i64>| number))
        .route("/text", post(async |text: Json<String>| text))
        .route("/value", post(async |value: Json<Value>| value))
        .layer(ErrorHandlingLayer::new())
}

fn body(path: &str, content_type: &str, body: impl Into<Body>) -> Request {
    let mut request = request("POST", path);
    if !content_type.is_empty() {
        request.headers_mut().insert("content-type", content_type.parse().unwrap());
    }
    *request.body_mut() = body.into();
    request
}

async fn json(path: &str, text: &str) -> Reply {
    send(&app(), body(path, "application/json", text.to_owned())).await
}

fn no_model(input: &str) -> Reply {
    unprocessable(&[fixed("model_attributes_type", r#"["body"]"#, input)])
}

#[tokio::test]
async fn json_errors_are_reported_in_one_list() {
    let sent = r#"{"price":"x","tags":["a",1,null],"more":"\u0000é"}"#;
    assert_eq!(
        json("/item", sent).await,
        unprocessable(&[
            missing(r#"["body","name"]"#, sent),
            fixed("float_parsing", r#"["body","price"]"#, r#""x""#),
            string_type(r#"["body","tags",1]"#, "1"),
            string_type(r#"["body","tags",2]"#, "null"),
        ])
    );
}

/// The JSON in the README is the actual response.
#[tokio::test]
async fn readme_json_matches_the_response() {
    #[derive(Deserialize)]
    #[allow(dead_code)]
    struct Item {
        title: String,
        size: i32,
        tags: Vec<String>,
    }
    let readme = include_str!("../../../README.md");
    let (_, shown) = readme.split_once("```json\n").unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    let shown: Value = shown.trim().parse().unwrap();
    let app = Router::new().route("/", post(async |_: Json<Item>| ())).layer(ErrorHandlingLayer::new());
    let sent = body("/", "application/json", r#"{"title":5,"tags":["a",null]}"#);
    assert_eq!(send(&app, sent).await, Reply::json(422, shown));
}

#[tokio::test]
async fn json_is_accepted_by_lax_rules_and_in_utf_16() {
    let taken = Reply::json(200, r#"{"name":"a","price":2.5,"tags":[]}"#);
    assert_eq!(json("/item", r#"{"name":"a","price":2.5}"#).await, taken);
    assert_eq!(json("/item", r#"{"name":"a","price":" 2.50 "}"#).await, taken);
    assert_eq!(json("/item", r#"{"name":"b","price":2.5,"name":"a"}"#).await, taken);
    assert_eq!(json("/item", "\u{feff}{\"name\":\"a\",\"price\":2.5}").await, taken);
    let utf_16: Vec<u8> = r#"{"name":"a","price":2.5}"#.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(send(&app(), body("/item", "application/json", utf_16)).await, taken);
    assert_eq!(json("/integer", "true").await, Reply::json(200, "1"));
}

#[tokio::test]
async fn json_bodies_that_are_not_objects() {
    assert_eq!(json("/item", "").await, unprocessable(&[missing(r#"["body"]"#, "null")]));
    let mut table = Table::default();
    for text in ["null", "[]", r#""x""#, "1", r#"["a",2.5]"#] {
        table.assert_eq(text, json("/item", text).await, no_model(text));
    }
    let invalid = r#"{"type":"json_invalid","loc":["body",3],"msg":"JSON decode error","input":{},"ctx":{"error":"Expecting value"}}"#;
    assert_eq!(json("/item", "   ").await, unprocessable(&[invalid.to_owned()]));
    let unreadable = || Reply::detail(400, "There was an error parsing the body");
    assert_eq!(send(&app(), body("/item", "application/json", &b"\"\xff\xfe\""[..])).await, unreadable());
    assert_eq!(json("/item", &"[".repeat(100_000)).await, unreadable());
    assert_eq!(json("/integer", &"9".repeat(4301)).await, unreadable());
}

#[tokio::test]
async fn absent_json_body_is_none() {
    let none = || Reply::json(200, "null");
    assert_eq!(json("/option", "").await, none());
    assert_eq!(send(&app(), request("POST", "/option")).await, none());
    for text in ["null", "[]"] {
        assert_eq!(json("/option", text).await, no_model(text));
    }
    assert_eq!(json("/option", " null\n").await, no_model("null"));
    assert_eq!(json("/nullable", "").await, none());
    assert_eq!(json("/nullable", " null\n").await, none());
    assert_eq!(json("/nullable", "5").await, no_model("5"));
    assert_eq!(send(&app(), body("/option", "text/plain", "null")).await, no_model(r#""null""#));
}

#[tokio::test]
async fn body_with_another_content_type_is_a_string_that_is_not_accepted() {
    let mut table = Table::default();
    for content_type in ["", "text/plain", "application/x-www-form-urlencoded", "application/json/x"] {
        table.assert_eq(
            content_type,
            send(&app(), body("/item", content_type, r#"{"name":"a","price":1}"#)).await,
            no_model(r#""{\"name\":\"a\",\"price\":1}""#),
        );
    }
    let unsupported = Reply::detail(415, "Expected the header `Content-Type: application/json`");
    let accepting = app().layer(Extension(Explain::new().string_bodies(true)));
    for (path, sent, accepted) in [("/text", "a\"b", r#""a\"b""#), ("/integer", "5", "5")] {
        for content_type in ["", "text/plain", "application/x-www-form-urlencoded"] {
            let request = || body(path, content_type, sent);
            table.assert_eq(
                format!("{path} {content_type}"),
                send(&app(), request()).await,
                unsupported.clone(),
            );
            table.assert_eq(path, send(&accepting, request()).await, Reply::json(200, accepted));
        }
    }
    // FastAPI returns a 500.
    assert_eq!(send(&app(), body("/item", "text/plain", &b"\xff"[..])).await, no_model("\"\u{fffd}\""));
}

#[tokio::test]
async fn non_json_numbers_are_echoed_as_null() {
    for (sent, echoed) in
        [("NaN", "null"), ("-Infinity", "null"), ("1e400", "null"), (r#""\ud800""#, "\"\u{fffd}\"")]
    {
        let text = format!(r#"{{"x":{sent},"price":1}}"#);
        let input = format!(r#"{{"x":{echoed},"price":1}}"#);
        assert_eq!(
            json("/item", &text).await,
            unprocessable(&[missing(r#"["body","name"]"#, &input)]),
            "{sent}"
        );
    }
    let long = "12345678901234567890123";
    assert_eq!(
        json("/item", &format!(r#"{{"price":1,"long":{long}}}"#)).await,
        unprocessable(&[missing(r#"["body","name"]"#, &format!(r#"{{"price":1,"long":{long}}}"#))])
    );
}

#[tokio::test]
async fn json_respects_the_default_body_limit() {
    let app = app().layer(DefaultBodyLimit::max(8));
    let large = body("/integer", "application/json", " ".repeat(9));
    assert_eq!(send(&app, large).await, Reply::detail(413, "Content Too Large"));
    let broken = futures_util::stream::iter([Err::<Bytes, _>(std::io::Error::other("secret"))]);
    let broken = body("/integer", "application/json", Body::from_stream(broken));
    assert_eq!(send(&app, broken).await, Reply::detail(400, "There was an error parsing the body"));
}

#[tokio::test]
async fn explain_in_extensions_configures_json() {
    let strict = app().layer(Extension(Explain::new().strict(true).max_errors(1)));
    let json = |text: &str| body("/item", "application/json", text.to_owned());
    let reply = send(&strict, json(r#"{"name":1,"price":"2.5","tags":[1]}"#)).await;
    assert_eq!(
        reply,
        unprocessable(&[
            string_type(r#"["body","name"]"#, "1"),
            fixed("too_many_errors", r#"["body"]"#, "null"),
        ])
    );
    assert_eq!(
        send(&strict, json(r#"["a",2.5,[]]"#)).await,
        Reply::json(200, r#"{"name":"a","price":2.5,"tags":[]}"#),
        "as serde_json has it"
    );
}

#[tokio::test]
async fn lists_are_structs_only_if_the_app_says_so() {
    let app = || {
        Router::new()
            .route("/items", post(async |items: Json<Vec<Item>>| items))
            .layer(ErrorHandlingLayer::new())
    };
    let lax = |accepted: bool| app().layer(Extension(Explain::new().structs_from_lists(accepted)));
    let items = || body("/items", "application/json", r#"[{"name":"a","price":1.5},["b",2.5,[]]]"#);
    let refused = unprocessable(&[fixed("model_attributes_type", r#"["body",1]"#, r#"["b",2.5,[]]"#)]);
    let accepted =
        Reply::json(200, r#"[{"name":"a","price":1.5,"tags":[]},{"name":"b","price":2.5,"tags":[]}]"#);
    assert_eq!(send(&app(), items()).await, refused);
    assert_eq!(send(&lax(false), items()).await, refused);
    assert_eq!(send(&lax(true), items()).await, accepted);
    assert_eq!(send(&app().layer(Extension(Explain::new().strict(true))), items()).await, accepted);
    let lax_items = body("/items", "application/json", r#"[["b","2.5",[]]]"#);
    assert_eq!(
        send(&lax(true), lax_items).await,
        Reply::json(200, r#"[{"name":"b","price":2.5,"tags":[]}]"#)
    );
}

#[tokio::test]
async fn handlers_receive_errors_body_and_endpoint() {
    async fn shown(error: Caught<RequestValidationError>) -> Value {
        let errors: Vec<Value> = error.errors().iter().map(|error| error.to_string().into()).collect();
        Value::from_iter::<[(&str, Value); 3]>([
            ("errors", errors.into()),
            ("body", error.body().cloned().into()),
            ("path", error.endpoint().map(ToString::to_string).into()),
        ])
    }
    let app = Router::new()
        .nest("/hv", Router::new().route("/items/{id}", post(async |_: Json<Item>| ())))
        .layer(ErrorHandlingLayer::new().exception_handler(shown));
    let json = |text: &str| body("/hv/items/1", "application/json", text.to_owned());
    assert_eq!(
        send(&app, json(r#"{"name":1,"price":2}"#)).await,
        Reply::json(
            200,
            r#"{"errors":["body.name: Input should be a valid string"],"body":{"name":1,"price":2},"path":"POST /hv/items/{id}"}"#
        )
    );
    assert_eq!(
        send(&app, json("{bad")).await,
        Reply::json(
            200,
            r#"{"errors":["body.1: JSON decode error"],"body":"{bad","path":"POST /hv/items/{id}"}"#
        )
    );
    assert_eq!(
        send(&app, json("")).await,
        Reply::json(200, r#"{"errors":["body: Field required"],"body":null,"path":"POST /hv/items/{id}"}"#)
    );
}

#[tokio::test]
async fn json_extractor_can_be_a_result() {
    async fn handler(item: Result<Json<Item>, Exception>) -> Result<String, Exception> {
        match item {
            Ok(Json(item)) => Ok(item.name.clone()),
            Err(exception) if exception.is::<RequestValidationError>() => Ok(exception.to_string()),
            Err(other) => Err(other),
        }
    }
    let app = Router::new().route("/", post(handler)).layer(ErrorHandlingLayer::new());
    assert_eq!(
        send(&app, body("/", "application/json", "{}")).await,
        Reply::text(
            200,
            "text/plain; charset=utf-8",
            "2 validation errors: body.name: Field required; body.price: Field required"
        )
    );
    let item: Json<Item> = Json::from_bytes(br#"{"name":"a","price":"1"}"#).unwrap();
    assert_eq!((item.name.as_str(), item.price), ("a", 1.0));
    assert_eq!(Json::<Item>::from_bytes(b"{}").unwrap_err().to_string().matches("Field required").count(), 2);
}

#[tokio::test]
async fn unserializable_json_response_is_a_plain_500() {
    let app = Router::new()
        .route("/", post(async || Json(BTreeMap::from([(vec![1], 2)]))))
        .layer(ErrorHandlingLayer::new());
    assert_eq!(send(&app, request("POST", "/")).await, Reply::unhandled());
    let handled = ErrorHandlingLayer::new()
        .exception_handler(async |_: Caught<serde_json::Error>| HttpException::not_implemented());
    let app = Router::new().route("/", post(async || Json(BTreeMap::from([(vec![1], 2)])))).layer(handled);
    assert_eq!(send(&app, request("POST", "/")).await, Reply::detail(501, "Not Implemented"));
}

#[tokio::test]
async fn json_errors_are_the_same_without_the_layer() {
    async fn of<T: DeserializeOwned + Send + 'static>(text: &str) -> Reply {
        let app = Router::new().route("/", post(async |_: Json<T>| ()));
        send(&app, body("/", "application/json", text.to_owned())).await
    }
    assert_eq!(of::<Item>("").await, unprocessable(&[missing(r#"["body"]"#, "null")]));
    assert_eq!(of::<Item>("[]").await, no_model("[]"));
}
