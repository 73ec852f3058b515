//! Rejections of axum's `Path`, `Query` and `Form`.

use std::{collections::HashMap, net::Ipv4Addr};

use axum::{
    Form, Router,
    extract::{Path, Query, RawForm, RawPathParams},
    routing::{get, post},
};
use axum_exception::ErrorHandlingLayer;
use serde::{Deserialize, de::DeserializeOwned};

use super::{
    Color, Page, app, at_least, at_most, form_request, json_request, no_color, one, value_error, with_ctx,
};
use crate::support::{Reply, get as fetch, request, send, table::Table};

#[derive(Deserialize)]
#[allow(dead_code)]
struct Ids {
    id: u32,
    name: String,
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
        ("query", app("/", get(async |_: axum_extra::extract::OptionalQuery<Page>| ()))),
        ("query", app("/", get(async |_: Form<Page>| ()))),
        ("query", app("/", get(async |_: axum_extra::extract::Form<Page>| ()))),
        ("body", app("/", post(async |_: Form<Page>| ()))),
        ("body", app("/", post(async |_: axum_extra::extract::Form<Page>| ()))),
    ];
    let mut table = Table::default();
    for (source, app) in apps {
        let loc = |name| format!(r#"["{source}","{name}"]"#);
        // The layer has the query, but not the body.
        let sent = |input: &'static str| if source == "query" { input } else { "null" };
        for (text, reply) in [
            ("", one("missing", &loc("page"), sent("{}"))),
            ("page=x", one("int_parsing", &loc("page"), sent(r#""x""#))),
            ("page=", one("int_parsing", &loc("page"), sent(r#""""#))),
            ("page=99999999999", one("int_parsing_size", &loc("page"), sent(r#""99999999999""#))),
            ("page=1&flag=maybe", one("bool_parsing", &loc("flag"), sent(r#""maybe""#))),
            ("page=1&ratio=x", one("float_parsing", &loc("ratio"), sent(r#""x""#))),
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
    let lists = app("/", get(async |_: axum_extra::extract::Query<HashMap<String, Vec<u8>>>| ()));
    assert_eq!(fetch(&lists, "/?ids=1&ids=x").await, one("int_parsing", r#"["query","ids",1]"#, r#""x""#));
    for app in [app("/", post(async |_: Form<Page>| ())), app("/", post(async |_: RawForm| ()))] {
        assert_eq!(send(&app, json_request("{}")).await, one("missing", r#"["body"]"#, "null"));
    }
}
