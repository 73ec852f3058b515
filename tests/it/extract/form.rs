//! `extract::Form`, URL-encoded and multipart.

use std::collections::HashMap;

use axum::{
    Extension, Router,
    body::Body,
    extract::DefaultBodyLimit,
    routing::{get, post},
};
use axum_exception::{
    Value,
    explain::Explain,
    extract::{Form, Json},
};

use super::{Login, Page, Search, ask_form, form, int_parsing, layered, missing_in, ok};
use crate::support::{FORM, Reply, errors::unprocessable, full_request, request, send, table::Table};

const MULTIPART: (&str, &str) = ("content-type", "multipart/form-data; boundary=b");

#[tokio::test]
async fn empty_form_fields_are_missing() {
    assert_eq!(ask_form::<Login>("name=a+b&age=%35").await, ok(r#"{"name":"a b","age":5,"tags":[]}"#));
    assert_eq!(ask_form::<Login>("name=a&age=&tags=&tags=x").await, {
        ok(r#"{"name":"a","age":null,"tags":["","x"]}"#)
    });
    assert_eq!(ask_form::<Login>("name=&age=x").await, {
        unprocessable(&[
            missing_in(r#"["body","name"]"#, r#"{"age":"x"}"#),
            int_parsing(r#"["body","age"]"#, "x"),
        ])
    });
    // The last of several values counts, and it is empty.
    assert_eq!(
        ask_form::<Login>("name=a&name=").await,
        unprocessable(&[missing_in(r#"["body","name"]"#, "{}")])
    );
    assert_eq!(
        ask_form::<Search>("q=&limit=1").await,
        unprocessable(&[missing_in(r#"["body","q"]"#, r#"{"limit":"1"}"#)])
    );
    assert_eq!(ask_form::<Search>("q=a&limit=1&offset=").await, ok(r#"{"q":"a","limit":1,"offset":null}"#));
    assert_eq!(
        ask_form::<Search>("q=a&limit=").await,
        unprocessable(&[missing_in(r#"["body","limit"]"#, r#"{"q":"a"}"#)])
    );

    let handler = post(async |Form(login): Form<Login>| Json(login));
    let app =
        layered(Router::new().route("/", handler)).layer(Extension(Explain::new().empty_is_missing(false)));
    assert_eq!(send(&app, form("name=&age=")).await, unprocessable(&[int_parsing(r#"["body","age"]"#, "")]));
    assert_eq!(send(&app, form("name=&age=5")).await, ok(r#"{"name":"","age":5,"tags":[]}"#));
}

#[tokio::test]
async fn form_requires_its_content_type() {
    let app = layered(Router::new().route(
        "/",
        get(async |Form(page): Form<Page>| Json(page)).post(async |Form(page): Form<Page>| Json(page)),
    ));
    let page = ok(r#"{"limit":1,"offset":null}"#);
    let missing = |source: &str| unprocessable(&[missing_in(&format!(r#"["{source}","limit"]"#), "{}")]);
    let mut table = Table::default();
    for known in [FORM.1, "Application/X-WWW-Form-URLencoded ; charset=utf-8"] {
        table.assert_eq(
            known,
            &send(&app, full_request("POST /", &[("content-type", known)], "limit=1")).await,
            &page,
        );
    }
    for other in ["application/json", "text/plain", "", "application/x-www-form-urlencodedx"] {
        table.assert_eq(
            other,
            send(&app, full_request("POST /", &[("content-type", other)], "limit=1")).await,
            missing("body"),
        );
    }
    assert_eq!(send(&app, request("GET", "/?limit=1")).await, page);
    assert_eq!(send(&app, request("GET", "/")).await, missing("query"));
    assert_eq!(send(&app, request("GET", "/?limit=")).await, missing("query"));
}

#[tokio::test]
async fn multipart_forms_are_read() {
    let handler = post(async |form: Option<Form<Login>>| Json(form.map(|Form(login)| login)));
    let app = layered(Router::new().route("/", handler));
    let ask = async |content_type: &str, parts: &[&str]| {
        let body: String = parts.iter().map(|part| format!("--b\r\n{part}\r\n")).collect();
        let body = if parts.is_empty() { body } else { body + "--b--" };
        send(&app, full_request("POST /", &[("content-type", content_type)], body)).await
    };
    let known = "multipart/form-data; boundary=b";
    let name = "Content-Disposition: form-data; name=name\r\n\r\na b";
    let age = "Content-Disposition: form-data; name=age\r\n\r\nx";
    let empty = "Content-Disposition: form-data; name=age\r\n\r\n";
    let login = ok(r#"{"name":"a b","age":null,"tags":[]}"#);
    assert_eq!(ask(known, &[name]).await, login);
    assert_eq!(ask(known, &[name, empty]).await, login);
    assert_eq!(ask(known, &[]).await, ok("null"));
    assert_eq!(ask(known, &[age]).await, {
        unprocessable(&[
            missing_in(r#"["body","name"]"#, r#"{"age":"x"}"#),
            int_parsing(r#"["body","age"]"#, "x"),
        ])
    });
    assert_eq!(ask(known, &["secret"]).await, Reply::detail(400, "Invalid multipart data."));
    assert_eq!(ask("multipart/form-data", &[name]).await, {
        Reply::detail(400, "Missing boundary in multipart.")
    });
    assert_eq!(ask("multipart/mixed; boundary=b", &[name]).await, ok("null"));
}

/// A multipart body may end too early anywhere and come in any chunks: there is a response at once.
#[tokio::test]
async fn truncated_multipart_bodies_are_rejected() {
    let handler = post(async |Form(fields): Form<HashMap<String, Value>>| Json(fields.len()));
    let app = layered(Router::new().route("/", handler));
    let whole = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b\r\n\
        Content-Disposition: form-data; name=f; filename=f\r\n\r\n2\r\n--b--";
    let mut table = Table::default();
    for end in 0..=whole.len() {
        let pieces: Vec<_> =
            whole.as_bytes()[..end].chunks(7).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect();
        let body = Body::from_stream(futures_util::stream::iter(pieces));
        let asked = send(&app, full_request("POST /", &[MULTIPART], body));
        let reply = futures_util::FutureExt::now_or_never(asked).expect("a response at once");
        let expected = match end {
            0 => ok("0"),
            _ if end == whole.len() => ok("2"),
            _ => Reply::detail(400, "Invalid multipart data."),
        };
        table.assert_eq(end, reply, expected);
    }
}

#[tokio::test]
async fn multipart_field_count_and_size_limits() {
    let handler = post(async |Form(fields): Form<HashMap<String, Value>>| Json(fields.len()));
    let app = layered(Router::new().route("/", handler).layer(DefaultBodyLimit::max(3 << 20)));
    let ask = async |body: String| send(&app, full_request("POST /", &[MULTIPART], body)).await;
    let part = |rest: &str| format!("--b\r\nContent-Disposition: form-data; {rest}\r\n\r\n");
    let many = |count: usize, rest: &str| (part(rest) + "1\r\n").repeat(count) + "--b--";
    let large = |size: usize, rest: &str| part(rest) + &"x".repeat(size) + "\r\n--b--";
    assert_eq!(ask(many(1000, "name=a")).await, ok("1"));
    assert_eq!(ask(many(1001, "name=a")).await, {
        Reply::detail(400, "Too many fields. Maximum number of fields is 1000.")
    });
    assert_eq!(ask(many(1000, "name=a; filename=x")).await, ok("1"));
    assert_eq!(ask(many(1001, "name=a; filename=x")).await, {
        Reply::detail(400, "Too many files. Maximum number of files is 1000.")
    });
    assert_eq!(ask(large(1 << 20, "name=a")).await, ok("1"));
    assert_eq!(ask(large((1 << 20) + 1, "name=a")).await, {
        Reply::detail(400, "Part exceeded maximum size of 1024KB.")
    });
    assert_eq!(ask(large(2 << 20, "name=a; filename=x")).await, ok("1"));
    assert_eq!(ask(large(3 << 20, "name=a")).await, Reply::detail(413, "Content Too Large"));
}

#[tokio::test]
async fn form_field_count_and_size_limits() {
    let handler = post(async |Form(fields): Form<HashMap<String, String>>| Json(fields.len()));
    let app = layered(Router::new().route("/", handler).layer(DefaultBodyLimit::max(3 << 20)));
    let fields = |count: usize| (0..count).map(|n| format!("{n}=")).collect::<Vec<_>>().join("&");
    assert_eq!(send(&app, form(fields(1000))).await, ok("1000"));
    assert_eq!(send(&app, form(fields(1001))).await, {
        Reply::detail(400, "Too many fields. Maximum number of fields is 1000.")
    });
    // The limit counts the bytes of name and value before decoding.
    let too_large = || Reply::detail(400, "Field exceeded maximum size of 1024KB.");
    let large = |name: usize, text: usize| format!("{}={}", "n".repeat(name), "x".repeat(text));
    assert_eq!(send(&app, form(large(1, (1 << 20) - 1))).await, ok("1"));
    assert_eq!(send(&app, form(large(1, 1 << 20))).await, too_large());
    assert_eq!(send(&app, form(large((1 << 20) + 1, 0))).await, too_large());
    assert_eq!(send(&app, form("n".repeat(1 << 20))).await, ok("1"));
    assert_eq!(send(&app, form("n".repeat((1 << 20) + 1))).await, too_large());
    assert_eq!(send(&app, form(format!("n={}", "%61".repeat(350_000)))).await, too_large());
    // The first exceeded limit is reported.
    let both = |first: &str, second: &str| form(format!("{first}&&{second}"));
    assert_eq!(send(&app, both(&large(1, 1 << 20), &fields(1001))).await, too_large());
    assert_eq!(send(&app, both(&fields(1001), &large(1, 1 << 20))).await, {
        Reply::detail(400, "Too many fields. Maximum number of fields is 1000.")
    });
    assert_eq!(send(&app, form(large(1, 3 << 20))).await, Reply::detail(413, "Content Too Large"));
}

#[tokio::test]
async fn form_serializes_as_a_response() {
    let app = layered(
        Router::new()
            .route("/", get(async || Form([("a", "b c"), ("d", "&é")])))
            .route("/bad", get(async || Form(vec!["secret"]))),
    );
    assert_eq!(send(&app, request("GET", "/")).await, Reply::text(200, FORM.1, "a=b+c&d=%26%C3%A9"));
    assert_eq!(send(&app, request("GET", "/bad")).await, Reply::unhandled());
}
