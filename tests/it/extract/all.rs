//! `extract::All`: one list of the errors of every source.

use axum::{
    Router,
    extract::{DefaultBodyLimit, FromRequestParts, Request, State},
    http::{StatusCode, request::Parts},
    middleware::{Next, from_extractor, from_fn},
    response::{IntoResponse, Response},
    routing::post,
};
use axum_exception::{
    Caught, ErrorHandlingLayer, Exception, HttpException, RequestValidationError, Value,
    extract::{All, Form, Json, Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{Page, int_parsing, layered, missing, missing_in, ok, with_headers};
use crate::support::{
    FORM, Reply,
    errors::{self, error, unprocessable},
    full_request, request, send,
    table::Table,
};

#[derive(Deserialize, Serialize)]
struct Item {
    name: String,
}

/// Denies requests with `x-guard`, with an exception.
struct Guard;

impl<S: Send + Sync> FromRequestParts<S> for Guard {
    type Rejection = Exception;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Exception> {
        if parts.headers.contains_key("x-guard") {
            return Err(HttpException::forbidden()
                .with_detail("Not you")
                .with_header("x-why", "guard")
                .into());
        }
        Ok(Self)
    }
}

/// Denies requests with `x-custom`, with its own response.
struct Custom;

impl<S: Send + Sync> FromRequestParts<S> for Custom {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Response> {
        if parts.headers.contains_key("x-custom") {
            return Err((StatusCode::IM_A_TEAPOT, [("x-custom", "1")], "my own").into_response());
        }
        Ok(Self)
    }
}

type Everything = All<(Query<Page>, Guard, Path<u32>, Custom, Json<Item>)>;

async fn create(All((Query(page), _, Path(id), _, Json(item))): Everything) -> Json<(Page, u32, Item)> {
    Json((page, id, item))
}

fn create_at(path: &str, headers: &[(&str, &[u8])], body: &'static str) -> Request {
    let mut request = with_headers(request("POST", path), headers);
    request.headers_mut().insert("content-type", "application/json".parse().unwrap());
    *request.body_mut() = body.into();
    request
}

#[tokio::test]
async fn all_lists_the_errors_of_every_source() {
    let app = layered(Router::new().route("/{id}", post(create)).layer(DefaultBodyLimit::max(100)));
    let create =
        async |path, headers: &[(&str, &[u8])], body| send(&app, create_at(path, headers, body)).await;
    assert_eq!(create("/1?limit=2", &[], r#"{"name":"x"}"#).await, {
        ok(r#"[{"limit":2,"offset":null},1,{"name":"x"}]"#)
    });
    let limit = missing_in(r#"["query","limit"]"#, "{}");
    let id = int_parsing(r#"["path","id"]"#, "x");
    let name = errors::missing(r#"["body","name"]"#, "{}");
    assert_eq!(create("/x", &[], "{}").await, unprocessable(&[limit.clone(), id.clone(), name.clone()]));
    assert_eq!(create("/x", &[], "").await, {
        unprocessable(&[limit.clone(), id.clone(), missing(r#"["body"]"#)])
    });
    assert_eq!(create("/x?limit=1", &[], r#"{"name":"x"}"#).await, unprocessable(&[id]));
    assert_eq!(create("/1", &[], "{}").await, unprocessable(&[limit, name.clone()]));
    assert_eq!(create("/1?limit=1", &[], "{}").await, unprocessable(&[name]));

    // A failure that is not a list of errors is returned on its own: of the body first, then in tuple order.
    let broken = {
        let ctx = r#"{"error":"Expecting property name enclosed in double quotes"}"#;
        unprocessable(&[error("json_invalid", r#"["body",1]"#, "JSON decode error", "{}", ctx)])
    };
    let too_large = Reply::detail(413, "Content Too Large");
    let denied = Reply::detail(403, "Not you").header("x-why", "guard");
    let custom = Reply::text(418, "text/plain; charset=utf-8", "my own").header("x-custom", "1");
    let long = concat!(
        r#"{"name":"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"#,
        r#"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"}"#
    );
    assert_eq!(create("/x", &[], "{bad").await, broken);
    assert_eq!(create("/x", &[], long).await, too_large);
    assert_eq!(create("/x", &[("x-guard", b"")], "{}").await, denied);
    assert_eq!(create("/x", &[("x-guard", b""), ("x-custom", b"")], "").await, denied);
    assert_eq!(create("/1?limit=1", &[("x-guard", b"")], r#"{"name":"x"}"#).await, denied);
    assert_eq!(create("/x", &[("x-custom", b"")], "{}").await, custom);
    assert_eq!(create("/x", &[("x-guard", b"")], "{bad").await, broken);
    assert_eq!(create("/x", &[("x-guard", b"")], long).await, too_large);
}

#[tokio::test]
async fn all_without_a_body_returns_the_first_other_rejection() {
    let app = layered(
        Router::new()
            .route("/denied", post(async |_: All<(Query<Page>, Guard, Custom)>| ()))
            .route("/custom", post(async |_: All<(Custom, Guard)>| ()))
            .route("/last", post(async |_: All<(Query<Page>, Guard)>| ())),
    );
    let both: &[(&str, &[u8])] = &[("x-guard", b""), ("x-custom", b"")];
    assert_eq!(send(&app, create_at("/denied", both, "")).await.status, 403);
    assert_eq!(send(&app, create_at("/custom", both, "")).await.status, 418);
    assert_eq!(send(&app, create_at("/last", both, "")).await.status, 403);
    assert_eq!(
        send(&app, create_at("/last", &[], "")).await,
        unprocessable(&[missing_in(r#"["query","limit"]"#, "{}")])
    );
}

#[tokio::test]
async fn all_accepts_native_extractors() {
    use axum::extract as native;
    type Theirs = All<(State<u8>, native::Path<u32>, native::Query<Page>, Query<Page>, native::Json<Item>)>;
    async fn read(
        All((State(state), native::Path(id), native::Query(page), _, native::Json(item))): Theirs,
    ) -> Json<(u8, u32, Page, Item)> {
        Json((state, id, page, item))
    }
    let app = layered(Router::new().route("/{id}", post(read)).with_state(7));
    let read = async |path, body| send(&app, create_at(path, &[], body)).await;
    assert_eq!(read("/1?limit=2", r#"{"name":"x"}"#).await, {
        ok(r#"[7,1,{"limit":2,"offset":null},{"name":"x"}]"#)
    });
    assert_eq!(read("/x?limit=y", "{}").await, {
        let digit = errors::int_parsing(r#"["query","limit"]"#, "null");
        unprocessable(&[
            int_parsing(r#"["path","id"]"#, "x"),
            digit,
            int_parsing(r#"["query","limit"]"#, "y"),
            missing(r#"["body","name"]"#),
        ])
    });
}

#[tokio::test]
async fn all_raises_one_exception_with_the_body() {
    type Both = All<(Path<u32>, Json<Item>)>;
    type Forms = All<(Path<u32>, Form<Item>)>;
    let layer = ErrorHandlingLayer::new().exception_handler(async |error: Caught<RequestValidationError>| {
        let endpoint = error.endpoint().unwrap().to_string();
        let kinds: Vec<Value> = error.errors().iter().map(|error| error.kind().into()).collect();
        Value::from(vec![Value::from(endpoint), kinds.into(), error.body().cloned().into()])
    });
    let app = Router::new()
        .route("/json/{id}", post(async |_: Both| ()))
        .route("/form/{id}", post(async |_: Forms| ()))
        .layer(layer);
    let ask = async |path: &str, content_type: &str, body: &'static str| {
        let request = full_request(&format!("POST {path}"), &[("content-type", content_type)], body);
        let reply = send(&app, request).await;
        assert_eq!(reply.status, 200);
        reply.body
    };
    let json = "application/json";
    assert_eq!(ask("/json/x", json, r#"{"name":"x","b":1e2}"#).await, {
        r#"["POST /json/{id}",["int_parsing"],{"name":"x","b":100.0}]"#
    });
    assert_eq!(ask("/json/x", json, r#"{"b":1}"#).await, {
        r#"["POST /json/{id}",["int_parsing","missing"],{"b":1}]"#
    });
    assert_eq!(ask("/json/1", json, "[]").await, r#"["POST /json/{id}",["model_attributes_type"],[]]"#);
    assert_eq!(ask("/json/x", json, "").await, r#"["POST /json/{id}",["int_parsing","missing"],null]"#);
    assert_eq!(ask("/json/x", json, "{bad").await, r#"["POST /json/{id}",["json_invalid"],"{bad"]"#);
    assert_eq!(ask("/form/x", FORM.1, "name=x&b=1&b=2").await, {
        r#"["POST /form/{id}",["int_parsing"],{"name":"x","b":["1","2"]}]"#
    });
    assert_eq!(ask("/form/1", FORM.1, "b=1&b=2").await, r#"["POST /form/{id}",["missing"],{"b":["1","2"]}]"#);
}

/// FastAPI's dependencies of a router are a middleware in axum.
#[tokio::test]
async fn all_can_be_in_a_middleware_and_before_other_arguments() {
    type Parts = All<(Query<Page>, Path<u32>, Guard)>;
    type Whole = All<(Query<Page>, Path<u32>, Request)>;
    let before = async |All((Query(page), Path(id), _)): Parts, request: Request, next: Next| {
        let mut response = next.run(request).await;
        response.headers_mut().insert("x-seen", format!("{} {id}", page.limit).parse().unwrap());
        response
    };
    let whole = async |All((_, _, request)): Whole, next: Next| next.run(request).await;
    let item = async |Json(item): Json<Item>| Json(item);
    let app = layered(
        Router::new()
            .route("/function/{id}", post(item).layer(from_fn(before)))
            .route("/whole/{id}", post(item).layer(from_fn(whole)))
            .route("/extractor/{id}", post(item).layer(from_extractor::<Parts>()))
            .route("/argument/{id}", post(async |_: Parts, Json(item): Json<Item>| Json(item))),
    );
    let errors =
        || unprocessable(&[missing_in(r#"["query","limit"]"#, "{}"), int_parsing(r#"["path","id"]"#, "x")]);
    let found = || ok(r#"{"name":"x"}"#);
    let mut table = Table::default();
    for (route, found) in [
        ("function", found().header("x-seen", "2 1")),
        ("whole", found()),
        ("extractor", found()),
        ("argument", found()),
    ] {
        let ask = async |path: &str, headers: &[(&str, &[u8])], body: &'static str| {
            send(&app, create_at(&format!("/{route}/{path}"), headers, body)).await
        };
        table.assert_eq(route, ask("1?limit=2", &[], r#"{"name":"x"}"#).await, found);
        table.assert_eq(route, ask("x", &[], "{}").await, errors());
        if route != "whole" {
            let denied = Reply::detail(403, "Not you").header("x-why", "guard");
            table.assert_eq(route, ask("x", &[("x-guard", b"")], "{}").await, denied);
        }
    }
}
