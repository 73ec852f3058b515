//! `extract::Path`.

use std::collections::BTreeMap;

use axum::{Router, extract::Request, routing::get};
use axum_exception::extract::{Json, Path};
use serde::{Deserialize, Serialize};

use super::{Id, ask_path, int_parsing, layered, ok};
use crate::support::{
    Reply,
    errors::{fixed, unprocessable},
    request, send,
    table::Table,
};

#[tokio::test]
async fn path_is_read_into_scalars_tuples_structs_and_maps() {
    #[derive(Deserialize, Serialize)]
    struct Named {
        b: u32,
        a: String,
    }
    #[derive(Deserialize, Serialize)]
    struct Tuple(String, u32);

    assert_eq!(ask_path::<u32>("/{id}", "/5").await, ok("5"));
    assert_eq!(ask_path::<(u32,)>("/{id}", "/5").await, ok("[5]"));
    assert_eq!(ask_path::<Id>("/{id}", "/5").await, ok("5"));
    assert_eq!(ask_path::<Option<u32>>("/{id}", "/5").await, ok("5"));
    assert_eq!(ask_path::<(String, u32)>("/{a}/{b}", "/x%20+/5").await, ok(r#"["x +",5]"#));
    assert_eq!(ask_path::<Tuple>("/{a}/{b}", "/x/5").await, ok(r#"["x",5]"#));
    assert_eq!(ask_path::<Named>("/{a}/{b}", "/x/5").await, ok(r#"{"b":5,"a":"x"}"#));
    assert_eq!(ask_path::<Vec<u8>>("/{a}/{b}", "/6/5").await, ok("[6,5]"));
    assert_eq!(ask_path::<BTreeMap<String, u8>>("/{b}/{a}", "/6/5").await, ok(r#"{"a":5,"b":6}"#));
    assert_eq!(ask_path::<String>("/{*rest}", "/a//b%2Fc/").await, ok(r#""a//b/c/""#));

    let wrong = unprocessable(&[int_parsing(r#"["path","b"]"#, "x")]);
    assert_eq!(ask_path::<(String, u32)>("/{a}/{b}", "/x/x").await, wrong);
    assert_eq!(ask_path::<Tuple>("/{a}/{b}", "/x/x").await, wrong);
    assert_eq!(ask_path::<Named>("/{a}/{b}", "/x/x").await, wrong);
    assert_eq!(ask_path::<Vec<u8>>("/{a}/{b}", "/1/x").await, wrong);
    assert_eq!(ask_path::<BTreeMap<String, u8>>("/{a}/{b}", "/1/x").await, wrong);
    assert_eq!(ask_path::<(u32, u32)>("/{a}/{b}", "/y/x").await, {
        unprocessable(&[int_parsing(r#"["path","a"]"#, "y"), int_parsing(r#"["path","b"]"#, "x")])
    });
}

#[tokio::test]
async fn path_type_that_does_not_match_the_route_is_500() {
    #[derive(Deserialize, Serialize)]
    struct Named {
        a: u32,
        c: u32,
    }
    let mut table = Table::default();
    for sent in ["/1/2", "/secret/x"] {
        table.assert_eq(
            format_args!("u32 from {sent}"),
            ask_path::<u32>("/{a}/{b}", sent).await,
            Reply::unhandled(),
        );
        table.assert_eq(
            format_args!("(u32,) from {sent}"),
            ask_path::<(u32,)>("/{a}/{b}", sent).await,
            Reply::unhandled(),
        );
        table.assert_eq(
            format_args!("(u32, u32, u32) from {sent}"),
            ask_path::<(u32, u32, u32)>("/{a}/{b}", sent).await,
            Reply::unhandled(),
        );
        table.assert_eq(
            format_args!("[u32; 3] from {sent}"),
            ask_path::<[u32; 3]>("/{a}/{b}", sent).await,
            Reply::unhandled(),
        );
        table.assert_eq(
            format_args!("Named from {sent}"),
            ask_path::<Named>("/{a}/{b}", sent).await,
            Reply::unhandled(),
        );
    }
    assert_eq!(ask_path::<u32>("/", "/").await, Reply::unhandled());
    assert_eq!(ask_path::<Named>("/", "/").await, Reply::unhandled());
    // This route has no parameter of that name.
    assert_eq!(ask_path::<Named>("/{b}", "/1").await, Reply::unhandled());
}

#[tokio::test]
async fn invalid_utf_8_in_a_path_is_replaced() {
    type Two = (String, String);
    let inner = Router::new()
        .route("/x/{b}", get(async |Path(two): Path<Two>| Json(two)))
        .route("/all/{*b}", get(async |Path(two): Path<Two>| Json(two)))
        .route("/n/{b}", get(async |Path(two): Path<(u32, u32)>| Json(two)));
    let rewritten = get(async |Path(id): Path<String>| Json(id)).layer(axum::middleware::map_request(
        async |mut request: Request| {
            *request.uri_mut() = "/other/%fe".parse().unwrap();
            request
        },
    ));
    let app = layered(
        Router::new()
            .nest("/in/{a}", inner.clone())
            .nest_service("/service/{a}/", inner)
            .route("/{id}", get(async |Path(id): Path<String>| Json(id)))
            .route("/rewritten/{id}", rewritten),
    );
    let get = async |path: &str| send(&app, request("GET", path)).await;
    assert_eq!(get("/%ff").await, ok(r#""�""#));
    assert_eq!(get("/a%e2%98b%20?x=/%ff").await, ok(r#""a�b ""#));
    assert_eq!(get("/in/1/x/%ff").await, ok(r#"["1","�"]"#));
    assert_eq!(get("/in/%ff/x/%C3").await, ok(r#"["�","�"]"#));
    assert_eq!(get("/in/%ff/x/2").await, ok(r#"["�","2"]"#));
    assert_eq!(get("/in/1/all/2/%ff/").await, ok(r#"["1","2/�/"]"#));
    assert_eq!(get("/service/%ff/x/2").await, ok(r#"["�","2"]"#));
    assert_eq!(get("/in/1/n/%ff").await, unprocessable(&[int_parsing(r#"["path","b"]"#, "�")]));
    // The URI was rewritten, so the matched bytes are unknown.
    assert_eq!(get("/rewritten/%ff").await, {
        unprocessable(&[fixed("string_unicode", r#"["path","id"]"#, "null")])
    });
}
