//! Every rejection of axum, axum-extra and tower-http, made by the real extractor.
//!
//! A release of axum with other messages therefore fails these tests.

use std::{collections::HashMap, net::Ipv4Addr, num::NonZeroU8};

use axum::{
    Extension, Form, Json, Router,
    body::{Body, Bytes},
    extract::{
        ConnectInfo, DefaultBodyLimit, MatchedPath, Multipart, NestedPath, Path, Query, RawForm,
        RawPathParams, Request, WebSocketUpgrade,
        multipart::MultipartError,
        rejection::{JsonRejection, PathRejection, QueryRejection},
    },
    http::StatusCode,
    response::IntoResponse,
    routing::{MethodRouter, any, get, post},
};
use axum_exception::{Caught, ErrorHandlingLayer, Exception, HttpException, RequestValidationError, Result};
use axum_extra::extract::WithRejection;
use serde::{Deserialize, de::DeserializeOwned};
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer};

use crate::support::{
    FORM, JSON, Reply,
    errors::{self, error, fixed, out_of_range, unprocessable},
    full_request, get as fetch, post_json, request, send,
    table::Table,
};

fn app(route: &str, method: MethodRouter) -> Router {
    Router::new().route(route, method).layer(ErrorHandlingLayer::new())
}

/// A reply with one error of a type whose message is always the same.
fn one(kind: &str, loc: &str, input: &str) -> Reply {
    unprocessable(&[fixed(kind, loc, input)])
}

/// A reply with one error.
fn with_ctx(kind: &str, loc: &str, msg: &str, input: &str, ctx: &str) -> Reply {
    unprocessable(&[error(kind, loc, msg, input, ctx)])
}

fn value_error(loc: &str, msg: &str, input: &str) -> Reply {
    unprocessable(&[errors::value_error(loc, msg, input)])
}

fn json_invalid(loc: &str, reason: &str) -> Reply {
    let ctx = format!(r#"{{"error":"{reason}"}}"#);
    with_ctx("json_invalid", loc, "JSON decode error", "{}", &ctx)
}

fn at_least(loc: &str, ge: &str, input: &str) -> Reply {
    unprocessable(&[out_of_range("ge", loc, [ge, ge], input)])
}

fn at_most(loc: &str, le: &str, input: &str) -> Reply {
    unprocessable(&[out_of_range("le", loc, [le, le], input)])
}

fn no_color(loc: &str) -> Reply {
    let msg = "Input should be 'red', 'green' or 'blue'";
    with_ctx("enum", loc, msg, r#""pink""#, r#"{"expected":"'red', 'green' or 'blue'"}"#)
}

fn typed_request(content_type: &str, body: impl Into<Body>) -> Request {
    full_request("POST /", &[("content-type", content_type)], body)
}

fn json_request(body: &str) -> Request {
    full_request("POST /", &[JSON], body.to_owned())
}

fn form_request(body: &str) -> Request {
    full_request("POST /", &[FORM], body.to_owned())
}

async fn json<T: DeserializeOwned + Send + 'static>(body: &str) -> Reply {
    post_json(post(async |_: Json<T>| ()), body).await
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Item {
    title: String,
    size: i32,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Tag {
    name: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Deep {
    tags: Vec<Tag>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Small {
    x: u8,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Color {
    Red,
    Green,
    Blue,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Ids {
    id: u32,
    name: String,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Page {
    page: u32,
    flag: Option<bool>,
    ratio: Option<f32>,
    letter: Option<char>,
    color: Option<Color>,
}

#[derive(prost::Message)]
struct Proto {
    #[prost(string, tag = "1")]
    text: String,
}

#[tokio::test]
async fn json_syntax_rejections() {
    let mut table = Table::default();
    for (body, reply) in [
        ("", one("missing", r#"["body"]"#, "null")),
        ("   ", json_invalid(r#"["body",3]"#, "Expecting value")),
        ("{\"title\":", json_invalid(r#"["body",9]"#, "Expecting value")),
        ("é", json_invalid(r#"["body",0]"#, "Expecting value")),
        ("{'a':1}", json_invalid(r#"["body",1]"#, "Expecting property name enclosed in double quotes")),
        ("{\"a\" 1}", json_invalid(r#"["body",5]"#, "Expecting ':' delimiter")),
        ("{\"a\":1 \"b\":2}", json_invalid(r#"["body",7]"#, "Expecting ',' delimiter")),
        ("{\"title\":\"a\",\"size\":1} x", json_invalid(r#"["body",23]"#, "Extra data")),
        ("{\"title\":\"\u{1}\"}", json_invalid(r#"["body",10]"#, "Invalid control character at")),
        ("\"a", json_invalid(r#"["body",2]"#, "Unterminated string starting at")),
        ("\"\\x\"", json_invalid(r#"["body",2]"#, "Invalid \\\\escape")),
        // On another line the offset is unknown.
        ("{\n\"title\":\n", json_invalid(r#"["body"]"#, "Expecting value")),
        // serde_json's message is kept where it does not determine CPython's.
        ("{", json_invalid(r#"["body",1]"#, "EOF while parsing an object")),
        ("{\"title\":\"x\",}", json_invalid(r#"["body",13]"#, "trailing comma")),
        ("01", json_invalid(r#"["body",1]"#, "invalid number")),
    ] {
        table.assert_eq(body, json::<Item>(body).await, reply);
    }
    let app = app("/", post(async |_: Json<Item>| ()));
    let unreadable = Reply::detail(400, "There was an error parsing the body");
    let latin_1 = typed_request("application/json", &b"{\"title\":\"\xe9\"}"[..]);
    assert_eq!(send(&app, latin_1).await, unreadable);
    assert_eq!(json::<Vec<serde_json::Value>>(&"[".repeat(200)).await, unreadable);
    assert_eq!(
        send(&app, request("POST", "/")).await,
        one("model_attributes_type", r#"["body"]"#, "null"),
        "without a content type"
    );
}

#[tokio::test]
async fn json_data_rejections() {
    let size = r#"["body","size"]"#;
    let mut table = Table::default();
    for (value, reply) in [
        (r#""XL""#, one("int_parsing", size, r#""XL""#)),
        (r#""a\"b\\\n\u0000é😀""#, one("int_parsing", size, r#""a\"b\\\n\u0000é😀""#)),
        (r#""x\", expected u8""#, one("int_parsing", size, r#""x\", expected u8""#)),
        (r#""5""#, one("int_type", size, r#""5""#)),
        ("1.5", one("int_from_float", size, "1.5")),
        ("1.0", one("int_type", size, "1.0")),
        ("null", one("int_type", size, "null")),
        ("true", one("int_type", size, "true")),
        ("[]", one("int_type", size, "null")),
        ("{}", one("int_type", size, "null")),
        ("3000000000", at_most(size, "2147483647", "3000000000")),
        ("-3000000000", at_least(size, "-2147483648", "-3000000000")),
    ] {
        let body = format!(r#"{{"title":"towel","size":{value}}}"#);
        table.assert_eq(value, json::<Item>(&body).await, reply);
    }
    for (body, reply) in [
        (r#"{"title":"towel"}"#, one("missing", size, "null")),
        (r#"{"title":1,"size":1}"#, one("string_type", r#"["body","title"]"#, "1")),
        ("[]", one("model_attributes_type", r#"["body"]"#, "null")),
        ("null", one("model_attributes_type", r#"["body"]"#, "null")),
        ("1", one("model_attributes_type", r#"["body"]"#, "1")),
        (r#""x""#, one("model_attributes_type", r#"["body"]"#, r#""x""#)),
    ] {
        table.assert_eq(body, json::<Item>(body).await, reply);
    }
}

#[tokio::test]
async fn json_rejections_of_every_type() {
    let body = r#"["body"]"#;
    let name = r#"["body","tags",1,"name"]"#;
    assert_eq!(json::<Deep>(r#"{"tags":[{"name":"a"},{"name":3}]}"#).await, one("string_type", name, "3"));
    assert_eq!(json::<Deep>(r#"{"tags":[{"name":"a"},{}]}"#).await, one("missing", name, "null"));
    assert_eq!(json::<Deep>(r#"{"tags":{}}"#).await, one("list_type", r#"["body","tags"]"#, "null"));
    assert_eq!(json::<Deep>(r#"{"tags":[],"x":1}"#).await, one("extra_forbidden", r#"["body","x"]"#, "null"));
    let x = r#"["body","x"]"#;
    assert_eq!(json::<Small>(r#"{"x":256}"#).await, at_most(x, "255", "256"));
    assert_eq!(json::<Small>(r#"{"x":-1}"#).await, at_least(x, "0", "-1"));
    assert_eq!(json::<Small>(r#"{"x":1,"x":2}"#).await, value_error(x, "duplicate field `x`", "null"));
    let missing = |index| fixed("missing", &format!(r#"["body","a: b",{index}]"#), "null");
    assert_eq!(
        json::<HashMap<String, (u8, u8, u8)>>(r#"{"a: b":[1]}"#).await,
        unprocessable(&[missing(1), missing(2)])
    );
    assert_eq!(json::<HashMap<String, (u8, u8)>>(r#"{"x":[1,2,3]}"#).await, one("tuple_type", x, "null"));
    assert_eq!(json::<HashMap<String, u8>>("[]").await, one("dict_type", body, "null"));
    assert_eq!(json::<Color>(r#""pink""#).await, no_color(body));
    assert_eq!(json::<Vec<bool>>(r#"["maybe"]"#).await, one("bool_parsing", r#"["body",0]"#, r#""maybe""#));
    assert_eq!(json::<bool>("2").await, one("bool_parsing", body, "2"));
    assert_eq!(json::<bool>(r#""yes""#).await, one("bool_type", body, r#""yes""#));
    assert_eq!(json::<f32>(r#""x""#).await, one("float_parsing", body, r#""x""#));
    assert_eq!(json::<f32>("[]").await, one("float_type", body, "null"));
    assert_eq!(json::<()>("1").await, one("none_required", body, "1"));
    assert_eq!(
        json::<NonZeroU8>("0").await,
        with_ctx("greater_than", body, "Input should be greater than 0", "0", r#"{"gt":0}"#)
    );
    assert_eq!(
        json::<char>(r#""ab""#).await,
        with_ctx(
            "string_too_long",
            body,
            "String should have at most 1 character",
            r#""ab""#,
            r#"{"max_length":1}"#
        )
    );
    let found = "invalid character: found `x` at 0";
    assert_eq!(
        json::<uuid::Uuid>(r#""x""#).await,
        with_ctx(
            "uuid_parsing",
            body,
            &format!("Input should be a valid UUID, {found}"),
            "null",
            &format!(r#"{{"error":"{found}"}}"#)
        )
    );
    assert_eq!(json::<uuid::Uuid>("1").await, one("uuid_type", body, "1"));
    let relative = "relative URL without a base";
    assert_eq!(
        json::<url::Url>(r#""x""#).await,
        with_ctx(
            "url_parsing",
            body,
            &format!("Input should be a valid URL, {relative}"),
            r#""x""#,
            &format!(r#"{{"error":"{relative}"}}"#)
        )
    );
    assert_eq!(json::<url::Url>("1").await, one("url_type", body, "1"));
    assert_eq!(json::<Ipv4Addr>(r#""x""#).await, one("ip_v4_address", body, "null"));
    assert_eq!(json::<Ipv4Addr>("1").await, one("ip_v4_address", body, "1"));
}

#[tokio::test]
async fn path_rejections() {
    let single = app("/users/{user_id}", get(async |_: Path<u32>| ()));
    let user_id = r#"["path","user_id"]"#;
    let mut table = Table::default();
    for (value, reply) in [
        ("abc", one("int_parsing", user_id, r#""abc""#)),
        ("-1", at_least(user_id, "0", r#""-1""#)),
        ("99999999999", at_most(user_id, "4294967295", r#""99999999999""#)),
        ("a%60%20to%20a%20%60b", one("int_parsing", user_id, r#""a` to a `b""#)),
        ("%FF", one("string_unicode", user_id, "null")),
    ] {
        table.assert_eq(value, fetch(&single, &format!("/users/{value}")).await, reply);
    }
    let tuple = app("/{first}/{second}", get(async |_: Path<(u8, i64)>| ()));
    assert_eq!(fetch(&tuple, "/x/1").await, one("int_parsing", r#"["path","first"]"#, r#""x""#));
    assert_eq!(fetch(&tuple, "/1/y").await, one("int_parsing", r#"["path","second"]"#, r#""y""#));
    let fields = app("/{id}/{name}", get(async |_: Path<Ids>| ()));
    assert_eq!(fetch(&fields, "/x/1").await, one("int_parsing", r#"["path","id"]"#, r#""x""#));
    assert_eq!(fetch(&fields, "/1/%FF").await, one("string_unicode", r#"["path","name"]"#, "null"));
    let lacks = app("/{id}", get(async |_: Path<Ids>| ()));
    assert_eq!(fetch(&lacks, "/1").await, one("missing", r#"["path","name"]"#, "null"));
    let raw = app("/{id}", get(async |_: RawPathParams| ()));
    assert_eq!(fetch(&raw, "/%FF").await, one("string_unicode", r#"["path","id"]"#, "null"));

    let nested = Router::new().route("/{id}/x/{*rest}", get(async |_: Path<(u8, u8, String)>| ()));
    let nested = Router::new().nest("/{tenant}", nested).layer(ErrorHandlingLayer::new());
    assert_eq!(fetch(&nested, "/x/1/x/r").await, one("int_parsing", r#"["path","tenant"]"#, r#""x""#));
    assert_eq!(fetch(&nested, "/1/y/x/r").await, one("int_parsing", r#"["path","id"]"#, r#""y""#));

    let id = r#"["path","id"]"#;
    async fn of<T: DeserializeOwned + Send + 'static>() -> Reply {
        fetch(&app("/{id}", get(async |_: Path<T>| ())), "/pink").await
    }
    assert_eq!(of::<Color>().await, no_color(id));
    assert_eq!(of::<f32>().await, one("float_parsing", id, r#""pink""#));
    assert_eq!(of::<bool>().await, one("bool_parsing", id, r#""pink""#));
    assert_eq!(of::<Ipv4Addr>().await, one("ip_v4_address", id, r#""pink""#));
    let found = "invalid character: found `p` at 0";
    let msg = format!("Input should be a valid UUID, {found}");
    let ctx = format!(r#"{{"error":"{found}"}}"#);
    let no_uuid = || with_ctx("uuid_parsing", id, &msg, r#""pink""#, &ctx);
    assert_eq!(of::<uuid::Uuid>().await, no_uuid());
    assert_eq!(of::<HashMap<String, uuid::Uuid>>().await, no_uuid());
}

#[tokio::test]
async fn path_rejections_around_a_router_have_no_parameter_name() {
    let router = Router::new().route("/{user_id}", get(async |_: Path<u32>| ()));
    let around = tower::Layer::layer(&ErrorHandlingLayer::new(), router);
    assert_eq!(fetch(&around, "/abc").await, one("int_parsing", r#"["path"]"#, r#""abc""#));
}

#[tokio::test]
async fn query_and_form_rejections() {
    let apps = [
        ("query", app("/", get(async |_: Query<Page>| ()))),
        ("query", app("/", get(async |_: axum_extra::extract::Query<Page>| ()))),
        ("query", app("/", get(async |_: Form<Page>| ()))),
        ("query", app("/", get(async |_: axum_extra::extract::Form<Page>| ()))),
        ("body", app("/", post(async |_: Form<Page>| ()))),
        ("body", app("/", post(async |_: axum_extra::extract::Form<Page>| ()))),
    ];
    let mut table = Table::default();
    for (source, app) in apps {
        let loc = |name| format!(r#"["{source}","{name}"]"#);
        for (text, reply) in [
            ("", one("missing", &loc("page"), "null")),
            ("page=x", one("int_parsing", &loc("page"), "null")),
            ("page=", one("int_parsing", &loc("page"), "null")),
            ("page=99999999999", one("int_parsing_size", &loc("page"), "null")),
            ("page=1&flag=maybe", one("bool_parsing", &loc("flag"), "null")),
            ("page=1&ratio=x", one("float_parsing", &loc("ratio"), "null")),
            ("page=1&color=pink", no_color(&loc("color"))),
            (
                "page=1&letter=ab",
                with_ctx(
                    "string_too_long",
                    &loc("letter"),
                    "String should have at most 1 character",
                    r#""ab""#,
                    r#"{"max_length":1}"#,
                ),
            ),
        ] {
            let request =
                if source == "query" { request("GET", &format!("/?{text}")) } else { form_request(text) };
            table.assert_eq(format_args!("{source} {text}"), send(&app, request).await, reply);
        }
    }
    let page = r#"["query","page"]"#;
    let query = app("/", get(async |_: Query<Page>| ()));
    assert_eq!(fetch(&query, "/?page=1&page=2").await, value_error(page, "duplicate field `page`", "null"));
    let lists = app("/", get(async |_: Query<HashMap<String, Vec<u8>>>| ()));
    assert_eq!(fetch(&lists, "/?ids=1").await, one("list_type", r#"["query","ids"]"#, r#""1""#));
    let lists = app("/", get(async |_: axum_extra::extract::Query<HashMap<String, Vec<u8>>>| ()));
    assert_eq!(fetch(&lists, "/?ids=1&ids=x").await, one("int_parsing", r#"["query","ids",1]"#, "null"));
    for app in [app("/", post(async |_: Form<Page>| ())), app("/", post(async |_: RawForm| ()))] {
        assert_eq!(send(&app, json_request("{}")).await, one("missing", r#"["body"]"#, "null"));
    }
}

#[tokio::test]
async fn body_rejections() {
    let too_large = || Reply::detail(413, "Content Too Large");
    let limited = |method: MethodRouter| app("/", method.layer(DefaultBodyLimit::max(4)));
    assert_eq!(send(&limited(post(async |_: Bytes| ())), json_request("12345")).await, too_large());
    assert_eq!(send(&limited(post(async |_: String| ())), json_request("12345")).await, too_large());
    assert_eq!(send(&limited(post(async |_: Json<Item>| ())), json_request("12345")).await, too_large());
    assert_eq!(send(&limited(post(async |_: Form<Page>| ())), form_request("12345")).await, too_large());
    let limit = RequestBodyLimitLayer::new(4);
    let tower =
        Router::new().route("/", post(async |_: Bytes| ())).layer(limit).layer(ErrorHandlingLayer::new());
    assert_eq!(send(&tower, json_request("12345")).await, too_large());
    let mut declared = json_request("12345");
    declared.headers_mut().insert("content-length", 5.into());
    assert_eq!(send(&tower, declared).await, too_large());

    let unreadable = || Reply::detail(400, "There was an error parsing the body");
    let text = app("/", post(async |_: String| ()));
    assert_eq!(send(&text, typed_request("text/plain", &b"\xff"[..])).await, unreadable());
    let broken = futures_util::stream::iter([Err::<Bytes, _>(std::io::Error::other("secret"))]);
    let bytes = app("/", post(async |_: Bytes| ()));
    assert_eq!(send(&bytes, typed_request("a/b", Body::from_stream(broken))).await, unreadable());
    let proto = app("/", post(async |_: axum_extra::protobuf::Protobuf<Proto>| ()));
    assert_eq!(send(&proto, typed_request("a/b", &b"\x0a\xff"[..])).await, unreadable());
}

#[tokio::test]
async fn multipart_rejections() {
    async fn by_type(mut form: Multipart) -> Result<()> {
        while let Some(field) = form.next_field().await? {
            field.text().await?;
        }
        Ok(())
    }
    async fn by_text(mut form: Multipart) -> Result<(), MultipartError> {
        while let Some(field) = form.next_field().await? {
            field.text().await?;
        }
        Ok(())
    }
    async fn extra(mut form: axum_extra::extract::Multipart) -> Result<()> {
        while let Some(field) = form.next_field().await? {
            field.text().await?;
        }
        Ok(())
    }
    let mut table = Table::default();
    for handler in [|| post(by_type), || post(by_text), || post(extra)] as [fn() -> MethodRouter; 3] {
        let request = |body: &str| typed_request("multipart/form-data; boundary=X", body.to_owned());
        let app = app("/", handler());
        for body in [
            "",
            "garbage",
            "--X\r\n",
            "--X\r\nBad Header\r\n\r\nx\r\n--X--",
            "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhello",
        ] {
            table.assert_eq(
                body,
                send(&app, request(body)).await,
                Reply::detail(400, "Invalid multipart data."),
            );
        }
        assert_eq!(send(&app, json_request("")).await, Reply::detail(400, "Missing boundary in multipart."));
        let limited = Router::new()
            .route("/", handler().layer(DefaultBodyLimit::max(4)))
            .layer(ErrorHandlingLayer::new());
        let large = "--X\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nhello\r\n--X--";
        assert_eq!(send(&limited, request(large)).await, Reply::detail(413, "Content Too Large"));
    }
}

#[tokio::test]
async fn typed_header_host_and_scheme_rejections() {
    use axum_extra::{TypedHeader, headers::ContentLength, typed_header::TypedHeaderRejection};
    let length = r#"["header","content-length"]"#;
    let by_text = app("/", get(async |_: TypedHeader<ContentLength>| ()));
    let by_type = app(
        "/",
        get(async |header: Rejected<TypedHeader<ContentLength>, TypedHeaderRejection>| {
            let _ = header?;
            Ok::<_, Exception>(())
        }),
    );
    for app in [by_text, by_type] {
        assert_eq!(fetch(&app, "/").await, one("missing", length, "null"));
        let mut invalid = request("GET", "/");
        invalid.headers_mut().insert("content-length", "x".parse().unwrap());
        assert_eq!(send(&app, invalid).await, value_error(length, "invalid HTTP header", "null"));
    }
    #[allow(deprecated)]
    let host = app("/", get(async |_: axum_extra::extract::Host| ()));
    assert_eq!(fetch(&host, "/").await, one("missing", r#"["header","host"]"#, "null"));
    #[allow(deprecated)]
    let scheme = app("/", get(async |_: axum_extra::extract::Scheme| ()));
    assert_eq!(fetch(&scheme, "/").await, Reply::detail(400, "No scheme found in request"));
}

#[tokio::test]
async fn websocket_upgrade_rejections() {
    let app = app("/", any(async |_: WebSocketUpgrade| ()));
    let all = [
        ("connection", "upgrade"),
        ("upgrade", "websocket"),
        ("sec-websocket-key", "dGhlIHNhbXBsZSBub25jZQ=="),
        ("sec-websocket-version", "13"),
    ];
    let mut table = Table::default();
    for (count, reply) in [
        (0, Reply::detail(400, "Connection header did not include 'upgrade'")),
        (1, Reply::detail(400, "`Upgrade` header did not include 'websocket'")),
        (
            3,
            Reply::detail(400, "`Sec-WebSocket-Version` header did not include '13'")
                .header("sec-websocket-version", "13"),
        ),
        (
            4,
            Reply::detail(426, "WebSocket request couldn't be upgraded since no upgrade state was present")
                .header("connection", "upgrade")
                .header("upgrade", "websocket"),
        ),
    ] {
        let mut request = request("GET", "/");
        for (name, value) in &all[..count] {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        table.assert_eq(format_args!("{count} headers"), send(&app, request).await, reply);
    }
    assert_eq!(
        send(&app, request("POST", "/")).await,
        Reply::detail(405, "Request method must be `GET`").header("allow", "GET")
    );
}

/// Errors of the programmer leak nothing to the client.
#[tokio::test]
async fn programming_errors_are_plain_500() {
    let mut table = Table::default();
    for (name, app, path) in [
        ("extension", app("/", get(async |_: Extension<u8>| ())), "/"),
        ("connect info", app("/", get(async |_: ConnectInfo<u8>| ())), "/"),
        ("nested path", app("/", get(async |_: NestedPath| ())), "/"),
        ("too few", app("/{a}", get(async |_: Path<(u8, u8)>| ())), "/1"),
        ("too many", app("/{a}/{b}", get(async |_: Path<u8>| ())), "/1/2"),
        ("no such path", app("/{a}", get(async |_: Path<Vec<Vec<u8>>>| ())), "/1"),
        (
            "matched path",
            Router::new().fallback(async |_: MatchedPath| ()).layer(ErrorHandlingLayer::new()),
            "/",
        ),
        ("no path", Router::new().fallback(async |_: Path<u8>| ()).layer(ErrorHandlingLayer::new()), "/"),
        (
            "panic",
            Router::new()
                .route("/", get(async || -> () { panic!("secret") }))
                .layer(CatchPanicLayer::new())
                .layer(ErrorHandlingLayer::new()),
            "/",
        ),
        (
            "as an error",
            app(
                "/",
                get(async |p: Result<Path<(u8, u8)>, PathRejection>| -> Result<()> {
                    p?;
                    Ok(())
                }),
            ),
            "/",
        ),
    ] {
        table.assert_eq(name, fetch(&app, path).await, Reply::unhandled());
    }
    let caught =
        ErrorHandlingLayer::new().exception_handler(async |exception: Exception| exception.to_string());
    let app = Router::new().route("/", get(async |_: NestedPath| ())).layer(caught);
    assert_eq!(
        fetch(&app, "/").await,
        Reply::text(200, "text/plain; charset=utf-8", "The matched route is not nested")
    );
}

#[derive(Debug, thiserror::Error)]
enum AppError {
    #[error(transparent)]
    Json(#[from] JsonRejection),
    #[error("in the query")]
    Query(#[from] QueryRejection),
    #[error("in the path")]
    Path(#[from] PathRejection),
}

impl IntoResponse for AppError {
    fn into_response(self) -> axum::response::Response {
        (StatusCode::BAD_REQUEST, "the app's own response").into_response()
    }
}

type Rejected<T, R> = std::result::Result<T, R>;

#[tokio::test]
async fn typed_rejections_can_be_raised() {
    let size = r#"["body","size"]"#;
    let direct = app(
        "/",
        post(async |item: Rejected<Json<Item>, JsonRejection>| -> Result<()> {
            let _ = item?;
            Ok(())
        }),
    );
    let wrapped = app(
        "/",
        post(async |item: Rejected<Json<Item>, JsonRejection>| -> Result<()> {
            let _ = item.map_err(AppError::from)?;
            Ok(())
        }),
    );
    for app in [direct, wrapped] {
        let body = r#"{"title":"towel","size":"XL"}"#;
        assert_eq!(send(&app, json_request(body)).await, one("int_parsing", size, r#""XL""#));
    }
    let route = "/{id}";
    let others = app(
        route,
        get(
            async |path: Rejected<Path<u8>, PathRejection>,
                   query: Rejected<Query<Page>, QueryRejection>|
                   -> Result<()> {
                path.map_err(AppError::from)?;
                query.map_err(AppError::from)?;
                Ok(())
            },
        ),
    );
    assert_eq!(fetch(&others, "/x").await, one("int_parsing", r#"["path","id"]"#, r#""x""#));
    assert_eq!(fetch(&others, "/1").await, one("missing", r#"["query","page"]"#, "null"));
    // The layer leaves the app's own response unchanged.
    let own = app("/", post(async |_: WithRejection<Json<Item>, AppError>| ()));
    assert_eq!(
        send(&own, json_request("{")).await,
        Reply::text(400, "text/plain; charset=utf-8", "the app's own response")
    );
    // Without the layer the route is unknown.
    let bare = Router::new().route(
        route,
        get(async |path: Rejected<Path<u8>, PathRejection>| -> Result<()> {
            path?;
            Ok(())
        }),
    );
    assert_eq!(fetch(&bare, "/x").await, one("int_parsing", r#"["path"]"#, r#""x""#));
}

#[tokio::test]
async fn handlers_receive_converted_rejections() {
    async fn shown(error: Caught<RequestValidationError>) -> String {
        let endpoint = error.endpoint().map(ToString::to_string).unwrap_or_default();
        format!("{endpoint} {}", *error)
    }
    let layer = ErrorHandlingLayer::new().exception_handler(shown);
    let app = Router::new()
        .route("/{id}", get(async |_: Path<u8>| ()))
        .route(
            "/typed/{id}",
            get(async |path: Rejected<Path<u8>, PathRejection>| -> Result<()> {
                path?;
                Ok(())
            }),
        )
        .layer(layer.clone());
    let text = |text: &str| Reply::text(200, "text/plain; charset=utf-8", text);
    let said =
        "1 validation error: path.id: Input should be a valid integer, unable to parse string as an integer";
    assert_eq!(fetch(&app, "/x").await, text(&format!("GET /{{id}} {said}")));
    assert_eq!(fetch(&app, "/typed/x").await, text(&format!("GET /typed/{{id}} {said}")));
    // A handler for the rejection's own type runs first, if the rejection travels as an error.
    let typed = Router::new()
        .route(
            "/{id}",
            get(async |path: Rejected<Path<u8>, PathRejection>| -> Result<()> {
                path?;
                Ok(())
            }),
        )
        .layer(layer.exception_handler(async |error: Caught<PathRejection>| error.to_string()));
    assert_eq!(fetch(&typed, "/x").await, text("Cannot parse `x` to a `u8`"));
    let by_status = ErrorHandlingLayer::new()
        .status_handler(413, async |error: Caught<HttpException>| format!("int-413 {}", error.detail()));
    let limited =
        Router::new().route("/", post(async |_: Bytes| ()).layer(DefaultBodyLimit::max(1))).layer(by_status);
    assert_eq!(send(&limited, json_request("12")).await, text("int-413 \"Content Too Large\""));
}

#[tokio::test]
async fn extractor_rejections_in_handlers_leak_nothing() {
    let layer = ErrorHandlingLayer::new()
        .status_handler(410, async |_: Extension<u8>, _: Caught<HttpException>| "never")
        .status_handler(411, async |_: Path<u8>, _: Caught<HttpException>| "never")
        .status_handler(412, async |_: Caught<HttpException>| {
            (StatusCode::INTERNAL_SERVER_ERROR, "Missing request extension: the handler's own text")
        });
    let app = Router::new()
        .route("/extension/{id}", get(async || HttpException::gone()))
        .route("/path/{id}", get(async || HttpException::new(411)))
        .route("/own", get(async || HttpException::new(412)))
        .layer(layer);
    assert_eq!(fetch(&app, "/extension/x").await, Reply::unhandled());
    assert_eq!(fetch(&app, "/path/x").await, one("int_parsing", r#"["path","id"]"#, r#""x""#));
    assert_eq!(
        fetch(&app, "/own").await,
        Reply::text(500, "text/plain; charset=utf-8", "Missing request extension: the handler's own text")
    );
}

#[tokio::test]
async fn recognize_rejections_and_keep_rejection_status() {
    let router = || {
        Router::new()
            .route("/", post(async |_: Json<Item>| ()))
            .route("/{id}", get(async |_: Path<u8>| ()))
            .route(
                "/typed/{id}",
                get(async |path: Rejected<Path<u8>, PathRejection>| -> Result<()> {
                    path?;
                    Ok(())
                }),
            )
    };
    let off = router().layer(ErrorHandlingLayer::new().recognize_rejections(false));
    assert_eq!(
        fetch(&off, "/x").await,
        Reply::text(400, "text/plain; charset=utf-8", "Invalid URL: Cannot parse `x` to a `u8`")
    );
    assert_eq!(fetch(&off, "/typed/x").await, one("int_parsing", r#"["path","id"]"#, r#""x""#));

    let kept = router().layer(ErrorHandlingLayer::new().keep_rejection_status(true));
    let id = || one("int_parsing", r#"["path","id"]"#, r#""x""#);
    assert_eq!(fetch(&kept, "/x").await, Reply { status: 400, ..id() });
    assert_eq!(fetch(&kept, "/typed/x").await, Reply { status: 400, ..id() });
    let no_type = one("model_attributes_type", r#"["body"]"#, "null");
    assert_eq!(send(&kept, request("POST", "/")).await, Reply { status: 415, ..no_type });
    let missing = one("missing", r#"["body","title"]"#, "null");
    assert_eq!(send(&kept, json_request("{}")).await, missing);
}
