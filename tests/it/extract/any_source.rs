//! Behavior that the extractors of all sources share.

use axum::{
    Router,
    routing::{get, post},
};
use axum_exception::{
    Exception,
    extract::{Form, Json, Params, Path, Query},
};
use serde::{Deserialize, Serialize};

use super::{
    Login, Page, ask_cookies, ask_form, ask_headers, ask_path, ask_query, form, int_parsing, layered,
    missing_in, ok,
};
use crate::support::{
    Reply,
    errors::{fixed, fixed_msg, unprocessable, value_error},
    request, send,
};

async fn page_or_message(page: Result<Query<Page>, Exception>) -> Result<Json<Page>, String> {
    page.map(|Query(page)| Json(page)).map_err(|error| error.to_string())
}

#[tokio::test]
async fn extractors_can_be_optional_or_results() {
    let app = layered(
        Router::new()
            .route("/query", get(async |page: Option<Query<Page>>| Json(page.map(|Query(page)| page))))
            .route("/result", get(page_or_message))
            .route("/path", get(async |id: Option<Path<u32>>| Json(id.map(|Path(id)| id))))
            .route("/path/{id}", get(async |id: Option<Path<u32>>| Json(id.map(|Path(id)| id))))
            .route("/form", post(async |page: Option<Form<Page>>| Json(page.map(|Form(page)| page)))),
    );
    let get = async |path: &str| send(&app, request("GET", path)).await;
    assert_eq!(get("/query").await, ok("null"));
    assert_eq!(get("/query?limit=1").await, ok(r#"{"limit":1,"offset":null}"#));
    assert_eq!(get("/query?").await, ok("null"));
    assert_eq!(get("/query?other=1").await, ok("null"));
    assert_eq!(get("/query?offset=1").await, {
        unprocessable(&[missing_in(r#"["query","limit"]"#, r#"{"offset":"1"}"#)])
    });
    assert_eq!(get("/result?limit=1").await, ok(r#"{"limit":1,"offset":null}"#));
    assert_eq!(get("/result?limit=x").await, {
        let text = format!("1 validation error: query.limit: {}", fixed_msg("int_parsing"));
        Reply::text(200, "text/plain; charset=utf-8", text)
    });
    assert_eq!(get("/path").await, ok("null"));
    assert_eq!(get("/path/5").await, ok("5"));
    assert_eq!(get("/path/x").await, unprocessable(&[int_parsing(r#"["path","id"]"#, "x")]));
    let post = async |body: &'static str| {
        let mut request = form(body);
        *request.uri_mut() = "/form".parse().unwrap();
        send(&app, request).await
    };
    assert_eq!(post("").await, ok("null"));
    assert_eq!(post("limit=1").await, ok(r#"{"limit":1,"offset":null}"#));
    assert_eq!(post("other=1").await, ok("null"));
    assert_eq!(post("limit=&other=1").await, {
        unprocessable(&[missing_in(r#"["body","limit"]"#, r#"{"other":"1"}"#)])
    });
}

#[tokio::test]
async fn lists_of_pairs_keep_their_order() {
    type Pairs<T> = Vec<(String, T)>;
    assert_eq!(ask_path::<Pairs<u8>>("/{a}/{b}", "/6/5").await, ok(r#"[["a",6],["b",5]]"#));
    assert_eq!(
        ask_path::<Pairs<u8>>("/{a}/{b}", "/6/x").await,
        unprocessable(&[int_parsing(r#"["path","b"]"#, "x")])
    );
    assert_eq!(ask_query::<Pairs<String>>("?b=1&a=&b=2").await, ok(r#"[["b","1"],["a",""],["b","2"]]"#));
    assert_eq!(ask_query::<Pairs<u8>>("").await, ok("[]"));
    assert_eq!(ask_query::<Pairs<u8>>("?a=1&b=2").await, ok(r#"[["a",1],["b",2]]"#));
    assert_eq!(ask_query::<Vec<(u8, u8)>>("?a=1&2=y").await, {
        unprocessable(&[int_parsing(r#"["query","a","[key]"]"#, "a"), int_parsing(r#"["query","2"]"#, "y")])
    });
    assert_eq!(ask_query::<Pairs<u8>>("?b=1&a=x&b=y").await, {
        unprocessable(&[int_parsing(r#"["query","a"]"#, "x"), int_parsing(r#"["query","b"]"#, "y")])
    });
    assert_eq!(ask_form::<Pairs<String>>("b=1&a=2&b=3").await, ok(r#"[["b","1"],["a","2"],["b","3"]]"#));
}

/// An error of all headers, cookies or parameters does not echo them. Any of them may be a secret.
#[tokio::test]
async fn errors_of_a_whole_source_do_not_echo_it() {
    #[derive(Deserialize, Serialize)]
    #[serde(tag = "x_kind")]
    enum Tagged {
        A { x_n: u8 },
    }
    #[derive(Deserialize, Serialize)]
    #[serde(try_from = "Login")]
    struct Checked(Login);
    impl TryFrom<Login> for Checked {
        type Error = &'static str;
        fn try_from(_: Login) -> Result<Self, Self::Error> {
            Err("no")
        }
    }
    #[derive(Deserialize, Serialize)]
    #[serde(untagged)]
    enum Untagged {
        N { n: u8 },
    }
    let secret: &[(&str, &[u8])] = &[("authorization", b"secret"), ("cookie", b"secret=secret")];
    for reply in [
        ask_headers::<Tagged>(secret).await,
        ask_headers::<Untagged>(secret).await,
        ask_headers::<u8>(secret).await,
        ask_headers::<Vec<String>>(secret).await,
        ask_headers::<Vec<(u8, u8)>>(&secret[..0]).await,
        ask_headers::<Checked>(&[("name", b"secret")]).await,
        ask_cookies::<Tagged>(&[b"secret=secret"]).await,
        ask_cookies::<Untagged>(&[b"secret=secret"]).await,
        ask_cookies::<Checked>(&[b"name=secret"]).await,
        ask_query::<Params<Untagged>>("?m=secret").await,
        ask_form::<Params<Checked>>("name=secret").await,
    ] {
        assert!(!reply.body.contains("secret"), "{}", reply.body);
    }
    assert_eq!(ask_form::<Params<Checked>>("name=secret").await, {
        unprocessable(&[value_error(r#"["body"]"#, "no", "null")])
    });
    assert_eq!(ask_form::<Checked>("name=shown").await, {
        unprocessable(&[value_error(r#"["body"]"#, "no", r#"{"name":"shown"}"#)])
    });
}

#[tokio::test]
async fn unit_types_accept_empty_sources() {
    #[derive(Deserialize, Serialize)]
    struct Nothing;
    assert_eq!(ask_query::<()>("").await, ok("null"));
    assert_eq!(ask_query::<Nothing>("?").await, ok("null"));
    assert_eq!(ask_query::<()>("?a=1").await, {
        unprocessable(&[fixed("none_required", r#"["query"]"#, r#"{"a":"1"}"#)])
    });
    assert_eq!(ask_path::<()>("/{a}", "/1").await, ok("null"));
}
