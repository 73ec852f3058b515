//! The responses of `HttpException`, as FastAPI sends them.

use axum::{
    http::{HeaderValue, Method},
    response::IntoResponse,
};
use axum_exception::{HttpException, OrRaise, Value};
use serde::Serialize;
use serde_json::json;

use crate::support::{Reply, table::Table};

async fn reply(exception: HttpException) -> Reply {
    Reply::read(exception.into_response(), &Method::GET).await
}

async fn detail(detail: impl Serialize) -> Reply {
    reply(HttpException::bad_request().with_detail(detail)).await
}

#[tokio::test]
async fn detail_can_be_any_json() {
    let row = |text: &str| Reply::json(400, format!(r#"{{"detail":{text}}}"#));
    assert_eq!(detail("Item not found").await, row(r#""Item not found""#));
    assert_eq!(detail("").await, row(r#""""#));
    assert_eq!(detail("café ☃ 😀").await, row(r#""café ☃ 😀""#));
    assert_eq!(detail(json!({"code": "E1", "msg": "x"})).await, row(r#"{"code":"E1","msg":"x"}"#));
    assert_eq!(detail(json!({})).await, row("{}"));
    assert_eq!(detail(json!(["a", 1, null, true])).await, row(r#"["a",1,null,true]"#));
    assert_eq!(detail(42).await, row("42"));
    assert_eq!(detail(false).await, row("false"));
    assert_eq!(detail(1.0).await, row("1.0"));
    assert_eq!(detail(1e16).await, row("1e+16"));
    assert_eq!(detail(1e-7).await, row("1e-07"));
    assert_eq!(detail(1_180_591_620_717_411_303_424_i128).await, row("1180591620717411303424"));
    assert_eq!(detail(("a", "b")).await, row(r#"["a","b"]"#));
    // Without a detail, or with `None`, the detail is the phrase.
    assert_eq!(detail(()).await, row(r#""Bad Request""#));
    assert_eq!(detail(None::<String>).await, row(r#""Bad Request""#));
    assert_eq!(detail(Value::Null).await, row(r#""Bad Request""#));
    // A detail that JSON cannot represent is an error of the programmer.
    assert_eq!(detail(f64::NAN).await, Reply::unhandled());
    assert_eq!(detail([f64::INFINITY]).await, Reply::unhandled());
    assert_eq!(detail(std::collections::BTreeMap::from([((), 1)])).await, Reply::unhandled());
}

#[tokio::test]
async fn detail_defaults_to_the_status_phrase_of_python() {
    let mut table = Table::default();
    for (status, phrase) in [
        (203, "Non-Authoritative Information"),
        (400, "Bad Request"),
        (404, "Not Found"),
        (413, "Content Too Large"),
        (414, "URI Too Long"),
        (416, "Range Not Satisfiable"),
        (418, "I'm a Teapot"),
        (420, ""),
        (422, "Unprocessable Content"),
        (499, ""),
        (599, ""),
    ] {
        table.assert_eq(status, reply(HttpException::new(status)).await, Reply::detail(status, phrase));
    }
}

#[tokio::test]
async fn statuses_204_205_and_304_have_no_body() {
    let mut table = Table::default();
    for status in [204, 205, 304] {
        let exception = HttpException::new(status)
            .with_detail("ignored")
            .with_header("x-a", "1")
            .with_header("etag", "abc");
        table.assert_eq(
            status,
            reply(exception).await,
            Reply::empty(status).header("x-a", "1").header("etag", "abc"),
        );
    }
    // The detail is not sent, so it need not be serializable.
    let unsendable = std::collections::BTreeMap::from([((), 1)]);
    assert_eq!(
        reply(HttpException::new(204).with_detail(f64::NAN).with_detail(unsendable)).await,
        Reply::empty(204)
    );
    assert_eq!(reply(HttpException::new(304).with_detail(f64::NAN)).await, Reply::empty(304));
    let with_type = HttpException::new(204).with_header("content-type", "text/x");
    assert_eq!(reply(with_type).await, Reply::empty(204).header("content-type", "text/x"));
}

#[tokio::test]
async fn invalid_statuses_are_500() {
    let mut table = Table::default();
    for status in [0, 100, 101, 103, 199, 600, 999, 1000, u16::MAX] {
        table.assert_eq(status, reply(HttpException::new(status)).await, Reply::unhandled());
    }
}

#[tokio::test]
async fn headers_are_sent_in_latin_1() {
    let base = || HttpException::bad_request().with_detail("d");
    let plain = || Reply::detail(400, "d");
    assert_eq!(reply(base().with_header("X-Error", "a b")).await, plain().header("x-error", "a b"));
    assert_eq!(reply(base().with_header("x-e", "")).await, plain().header("x-e", ""));
    assert_eq!(reply(base().with_header("retry-after", 120)).await, plain().header("retry-after", "120"));
    assert_eq!(reply(base().with_header("x-l", "café")).await, plain().header("x-l", "café"));
    let bytes = HeaderValue::from_bytes(b"caf\xe9").unwrap();
    assert_eq!(reply(base().with_header("x-l", bytes)).await, plain().header("x-l", "café"));
    assert_eq!(
        reply(base().with_header("set-cookie", "a=1").with_header("set-cookie", "b=2")).await,
        plain().header("set-cookie", "a=1").header("set-cookie", "b=2")
    );
    assert_eq!(
        reply(
            base().with_header("content-type", "a/b").with_header("content-type", "application/problem+json")
        )
        .await,
        Reply::text(400, "application/problem+json", r#"{"detail":"d"}"#)
    );
    // A wrong length would break the connection, so only the server sets it.
    assert_eq!(
        reply(base().with_header("content-length", 3).with_header("transfer-encoding", "x")).await,
        plain()
    );
    let mut table = Table::default();
    for (name, value) in [("x-j", "日本"), ("x-c", "a\r\nb"), ("x y", "a"), ("", "a"), ("é", "a")] {
        table.assert_eq(
            format_args!("{name}: {value}"),
            reply(base().with_header(name, value)).await,
            Reply::unhandled(),
        );
    }
}

#[tokio::test]
async fn or_raise_converts_options_and_results() {
    let missing = None::<u8>.or_raise((404, "Item not found")).unwrap_err();
    assert_eq!(reply(missing).await, Reply::detail(404, "Item not found"));
    assert_eq!(Some(1).or_raise((404, "")).unwrap(), 1);
    let failed = "x".parse::<u8>().or_raise((502, json!({"code": 7}))).unwrap_err();
    assert_eq!(failed.cause().unwrap().to_string(), "invalid digit found in string");
    assert_eq!(reply(failed).await, Reply::json(502, r#"{"detail":{"code":7}}"#));
    let text: Result<u8, String> = Err("no error type".to_owned());
    assert_eq!(text.or_raise((400, "d")).unwrap_err().cause().unwrap().to_string(), "no error type");
}
