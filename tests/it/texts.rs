//! `extract::{Path, Query, Form, Header, Cookie, All}` through the front door. What FastAPI answers to the
//! same requests is in the fixtures.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum::{
    Extension, Router,
    body::Body,
    extract::{DefaultBodyLimit, FromRequestParts, Request, State},
    http::{StatusCode, request::Parts},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use axum_exception::{
    Caught, ErrorHandlingLayer, Exception, HttpException, RequestValidationError, Value,
    explain::Explain,
    extract::{All, Cookie, Form, Header, Json, Path, Query},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use crate::support::{Reply, request, send};

const INT: &str = "Input should be a valid integer, unable to parse string as an integer";
const FORM: &str = "application/x-www-form-urlencoded";

fn error(kind: &str, loc: &str, msg: &str, input: &str) -> String {
    format!(r#"{{"type":"{kind}","loc":{loc},"msg":"{msg}","input":{input}}}"#)
}

fn with_ctx(error: &str, ctx: &str) -> String {
    format!(r#"{},"ctx":{{{ctx}}}}}"#, error.strip_suffix('}').unwrap())
}

fn missing(loc: &str) -> String {
    error("missing", loc, "Field required", "null")
}

fn no_int(loc: &str, input: &str) -> String {
    error("int_parsing", loc, INT, &format!("{input:?}"))
}

fn too_large(loc: &str, input: &str, le: u64) -> String {
    let error = error(
        "less_than_equal",
        loc,
        &format!("Input should be less than or equal to {le}"),
        &format!("{input:?}"),
    );
    with_ctx(&error, &format!(r#""le":{le}"#))
}

fn listed(errors: &[String]) -> Reply {
    Reply::json(422, format!(r#"{{"detail":[{}]}}"#, errors.join(",")))
}

fn ok(value: &str) -> Reply {
    Reply::json(200, value)
}

fn layered(router: Router) -> Router {
    router.layer(ErrorHandlingLayer::new())
}

fn with_headers(mut request: Request, headers: &[(&str, &[u8])]) -> Request {
    for (name, value) in headers {
        let name: axum::http::HeaderName = name.parse().unwrap();
        request.headers_mut().append(name, axum::http::HeaderValue::from_bytes(value).unwrap());
    }
    request
}

/// A handler that answers what it was given.
fn query<T: DeserializeOwned + Serialize + Send + 'static>() -> MethodRouter {
    get(async |Query(value): Query<T>| Json(value))
}

async fn ask_query<T: DeserializeOwned + Serialize + Send + 'static>(sent: &str) -> Reply {
    let app = layered(Router::new().route("/", query::<T>()));
    send(&app, request("GET", &format!("/{sent}"))).await
}

async fn ask_path<T: DeserializeOwned + Serialize + Send + 'static>(route: &str, sent: &str) -> Reply {
    let handler = get(async |Path(value): Path<T>| Json(value));
    send(&layered(Router::new().route(route, handler)), request("GET", sent)).await
}

async fn ask_headers<T: DeserializeOwned + Serialize + Send + 'static>(headers: &[(&str, &[u8])]) -> Reply {
    let handler = get(async |Header(value): Header<T>| Json(value));
    send(&layered(Router::new().route("/", handler)), with_headers(request("GET", "/"), headers)).await
}

async fn ask_cookies<T: DeserializeOwned + Serialize + Send + 'static>(cookies: &[&[u8]]) -> Reply {
    let handler = get(async |Cookie(value): Cookie<T>| Json(value));
    let headers: Vec<(&str, &[u8])> = cookies.iter().map(|cookie| ("cookie", *cookie)).collect();
    send(&layered(Router::new().route("/", handler)), with_headers(request("GET", "/"), &headers)).await
}

fn form(content_type: &str, body: impl Into<Body>) -> Request {
    let mut request = with_headers(request("POST", "/"), &[("content-type", content_type.as_bytes())]);
    *request.body_mut() = body.into();
    request
}

async fn ask_form<T: DeserializeOwned + Serialize + Send + 'static>(sent: &str) -> Reply {
    let handler = post(async |Form(value): Form<T>| Json(value));
    send(&layered(Router::new().route("/", handler)), form(FORM, sent.to_owned())).await
}

#[derive(Deserialize, Serialize)]
struct Page {
    limit: u32,
    offset: Option<u32>,
}

#[derive(Deserialize, Serialize)]
struct Search {
    q: String,
    #[serde(flatten)]
    page: Page,
}

#[derive(Deserialize, Serialize)]
struct Lists {
    #[serde(default)]
    n: Vec<u8>,
    optional: Option<BTreeSet<u8>>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    a: u8,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Order {
    Asc,
    Desc,
}

#[derive(Deserialize, Serialize)]
struct Sorted {
    order: Option<Order>,
    #[serde(default)]
    by: Vec<Order>,
}

#[derive(Deserialize, Serialize)]
struct Id(u32);

#[derive(Deserialize, Serialize)]
struct Ids {
    id: Id,
}

#[tokio::test]
async fn a_query_is_a_struct_or_a_map() {
    assert_eq!(ask_query::<Page>("?limit=1&offset=2").await, ok(r#"{"limit":1,"offset":2}"#));
    assert_eq!(ask_query::<Page>("?limit=+1+&x=%00").await, ok(r#"{"limit":1,"offset":null}"#));
    assert_eq!(ask_query::<Page>("?offset=0x1&limit=").await, {
        listed(&[no_int(r#"["query","limit"]"#, ""), no_int(r#"["query","offset"]"#, "0x1")])
    });
    for empty in ["", "?", "?&", "?Limit=1", "?limit[]=1"] {
        assert_eq!(ask_query::<Page>(empty).await, listed(&[missing(r#"["query","limit"]"#)]), "{empty}");
    }
    assert_eq!(ask_query::<Ids>("?id=7").await, ok(r#"{"id":7}"#));
    assert_eq!(ask_query::<Ids>("?id=-7").await, {
        let error = error(
            "greater_than_equal",
            r#"["query","id"]"#,
            "Input should be greater than or equal to 0",
            r#""-7""#,
        );
        listed(&[with_ctx(&error, r#""ge":0"#)])
    });
    type Texts = BTreeMap<String, String>;
    assert_eq!(ask_query::<Texts>("").await, ok("{}"));
    assert_eq!(ask_query::<Texts>("?b=&a=%20+%ff&a=%E2%82%AC").await, ok(r#"{"a":"€","b":""}"#));
    assert_eq!(ask_query::<Texts>("?a=1;b=2&c").await, ok(r#"{"a":"1;b=2","c":""}"#));
    type Numbers = BTreeMap<String, u8>;
    assert_eq!(ask_query::<Numbers>("?a=1&b=256&c=x").await, {
        listed(&[too_large(r#"["query","b"]"#, "256", 255), no_int(r#"["query","c"]"#, "x")])
    });
    type Many = BTreeMap<String, Vec<u8>>;
    assert_eq!(ask_query::<Many>("?a=1&b=2&a=3").await, ok(r#"{"a":[1,3],"b":[2]}"#));
    assert_eq!(ask_query::<Many>("?a=1&b=2&a=x").await, listed(&[no_int(r#"["query","a",1]"#, "x")]));
    assert_eq!(ask_query::<Value>("?b=1&a=x&a=y").await, ok(r#"{"b":"1","a":["x","y"]}"#));
}

#[tokio::test]
async fn a_repeated_name_is_a_list_where_one_is_wanted() {
    assert_eq!(ask_query::<Lists>("").await, ok(r#"{"n":[],"optional":null}"#));
    assert_eq!(ask_query::<Lists>("?n=1").await, ok(r#"{"n":[1],"optional":null}"#));
    assert_eq!(ask_query::<Lists>("?n=1&optional=3&n=2&optional=3").await, {
        ok(r#"{"n":[1,2],"optional":[3]}"#)
    });
    assert_eq!(ask_query::<Lists>("?n=1&n=x&n=&optional=999").await, {
        listed(&[
            no_int(r#"["query","n",1]"#, "x"),
            no_int(r#"["query","n",2]"#, ""),
            too_large(r#"["query","optional",0]"#, "999", 255),
        ])
    });
    // The last one counts where one is wanted.
    assert_eq!(ask_query::<Page>("?limit=x&limit=5").await, ok(r#"{"limit":5,"offset":null}"#));
    assert_eq!(ask_query::<Page>("?limit=5&limit=x").await, listed(&[no_int(r#"["query","limit"]"#, "x")]));
    // Commas are text.
    assert_eq!(ask_query::<Lists>("?n=1,2").await, listed(&[no_int(r#"["query","n",0]"#, "1,2")]));
}

#[tokio::test]
async fn what_is_flattened_is_read_like_the_rest() {
    assert_eq!(ask_query::<Search>("?q=a&limit=1").await, ok(r#"{"q":"a","limit":1,"offset":null}"#));
    assert_eq!(ask_query::<Search>("?offset=2&limit=1&q=5").await, ok(r#"{"q":"5","limit":1,"offset":2}"#));
    assert_eq!(ask_query::<Search>("?q=a&limit=x&offset=y").await, {
        listed(&[no_int(r#"["query","limit"]"#, "x"), no_int(r#"["query","offset"]"#, "y")])
    });
    // What is missing comes last there.
    assert_eq!(ask_query::<Search>("?limit=x").await, {
        listed(&[no_int(r#"["query","limit"]"#, "x"), missing(r#"["query","q"]"#)])
    });
    assert_eq!(ask_query::<Search>("?secret=x").await, {
        listed(&[missing(r#"["query","q"]"#), missing(r#"["query","limit"]"#)])
    });
    #[derive(Deserialize, Serialize)]
    struct Rest {
        n: u8,
        #[serde(flatten)]
        rest: HashMap<String, String>,
    }
    assert_eq!(ask_query::<Rest>("?n=1&a=2").await, ok(r#"{"n":1,"a":"2"}"#));
    assert_eq!(ask_query::<Rest>("?n=x&a=2").await, listed(&[no_int(r#"["query","n"]"#, "x")]));

    // One or several, a list or not: only the complaints of the type tell what it wants.
    #[derive(Deserialize, Serialize)]
    struct Outer {
        #[serde(flatten)]
        inner: Inner,
    }
    #[derive(Deserialize, Serialize)]
    struct Inner {
        one: u8,
        many: Vec<u8>,
    }
    for sent in ["?one=1&many=2", "?one=x&one=1&many=2", "?many=2&one=300&one=1"] {
        assert_eq!(ask_query::<Outer>(sent).await, ok(r#"{"one":1,"many":[2]}"#), "{sent}");
    }
    assert_eq!(ask_query::<Outer>("?many=3&one=x&one=1&many=2").await, ok(r#"{"one":1,"many":[3,2]}"#));
    assert_eq!(ask_query::<Outer>("?many=3&one=1&one=x&many=y").await, {
        listed(&[no_int(r#"["query","many",1]"#, "y"), no_int(r#"["query","one"]"#, "x")])
    });
    assert_eq!(ask_query::<Outer>("?one=1&many=y").await, listed(&[no_int(r#"["query","many",0]"#, "y")]));
    // However many others there are.
    let others: String = (0..2000).map(|n| format!("&x{n}=&x{n}=")).collect();
    assert_eq!(ask_query::<Outer>(&format!("?{others}&one=1&one=2&many=3")).await, {
        ok(r#"{"one":2,"many":[3]}"#)
    });
    #[derive(Deserialize, Serialize)]
    struct Anything {
        n: u8,
        #[serde(flatten)]
        rest: BTreeMap<String, Value>,
    }
    assert_eq!(ask_query::<Anything>("?n=1&n=2&a=1&b=2&b=3").await, ok(r#"{"n":2,"a":"1","b":["2","3"]}"#));
}

#[tokio::test]
async fn what_nobody_asked_for_is_refused_where_the_type_says_so() {
    let extra = |name: &str, input: &str| {
        error("extra_forbidden", &format!(r#"["query","{name}"]"#), "Extra inputs are not permitted", input)
    };
    assert_eq!(ask_query::<Strict>("?a=1").await, ok(r#"{"a":1}"#));
    assert_eq!(ask_query::<Strict>("?c=&b=2&a=x&b=3").await, {
        listed(&[no_int(r#"["query","a"]"#, "x"), extra("c", r#""""#), extra("b", r#"["2","3"]"#)])
    });
}

#[tokio::test]
async fn texts_choose_variants() {
    let unknown = |loc: &str, input: &str| {
        let error = error("enum", loc, "Input should be 'asc' or 'desc'", &format!("{input:?}"));
        with_ctx(&error, r#""expected":"'asc' or 'desc'""#)
    };
    assert_eq!(ask_query::<Sorted>("?order=asc&by=desc&by=asc").await, {
        ok(r#"{"order":"asc","by":["desc","asc"]}"#)
    });
    assert_eq!(ask_query::<Sorted>("?order=Asc&by=desc&by=x").await, {
        listed(&[unknown(r#"["query","order"]"#, "Asc"), unknown(r#"["query","by",1]"#, "x")])
    });
    assert_eq!(ask_path::<Order>("/{order}", "/desc").await, ok(r#""desc""#));
    assert_eq!(ask_path::<Order>("/{order}", "/x").await, listed(&[unknown(r#"["path","order"]"#, "x")]));
}

async fn told(page: Result<Query<Page>, Exception>) -> Result<Json<Page>, String> {
    page.map(|Query(page)| Json(page)).map_err(|error| error.to_string())
}

#[tokio::test]
async fn an_extractor_may_be_optional_or_a_result() {
    let app = layered(
        Router::new()
            .route("/query", get(async |page: Option<Query<Page>>| Json(page.map(|Query(page)| page))))
            .route("/result", get(told))
            .route("/path", get(async |id: Option<Path<u32>>| Json(id.map(|Path(id)| id))))
            .route("/path/{id}", get(async |id: Option<Path<u32>>| Json(id.map(|Path(id)| id))))
            .route("/form", post(async |page: Option<Form<Page>>| Json(page.map(|Form(page)| page)))),
    );
    let get = async |path: &str| send(&app, request("GET", path)).await;
    assert_eq!(get("/query").await, ok("null"));
    assert_eq!(get("/query?limit=1").await, ok(r#"{"limit":1,"offset":null}"#));
    assert_eq!(get("/query?").await, listed(&[missing(r#"["query","limit"]"#)]));
    assert_eq!(get("/result?limit=1").await, ok(r#"{"limit":1,"offset":null}"#));
    assert_eq!(get("/result?limit=x").await, {
        let text = format!("1 validation error: query.limit: {INT}");
        Reply::text(200, "text/plain; charset=utf-8", text)
    });
    assert_eq!(get("/path").await, ok("null"));
    assert_eq!(get("/path/5").await, ok("5"));
    assert_eq!(get("/path/x").await, listed(&[no_int(r#"["path","id"]"#, "x")]));
    let post = async |body: &'static str| {
        let mut request = form(FORM, body);
        *request.uri_mut() = "/form".parse().unwrap();
        send(&app, request).await
    };
    assert_eq!(post("").await, ok("null"));
    assert_eq!(post("limit=1").await, ok(r#"{"limit":1,"offset":null}"#));
    assert_eq!(post("limit=").await, listed(&[missing(r#"["body","limit"]"#)]));
}

#[tokio::test]
async fn path_parameters_take_the_form_of_the_type() {
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

    let wrong = listed(&[no_int(r#"["path","b"]"#, "x")]);
    assert_eq!(ask_path::<(String, u32)>("/{a}/{b}", "/x/x").await, wrong);
    assert_eq!(ask_path::<Tuple>("/{a}/{b}", "/x/x").await, wrong);
    assert_eq!(ask_path::<Named>("/{a}/{b}", "/x/x").await, wrong);
    assert_eq!(ask_path::<Vec<u8>>("/{a}/{b}", "/1/x").await, wrong);
    assert_eq!(ask_path::<BTreeMap<String, u8>>("/{a}/{b}", "/1/x").await, wrong);
    assert_eq!(ask_path::<(u32, u32)>("/{a}/{b}", "/y/x").await, {
        listed(&[no_int(r#"["path","a"]"#, "y"), no_int(r#"["path","b"]"#, "x")])
    });
}

#[tokio::test]
async fn pairs_are_taken_as_they_were_sent() {
    type Pairs<T> = Vec<(String, T)>;
    assert_eq!(ask_path::<Pairs<u8>>("/{a}/{b}", "/6/5").await, ok(r#"[["a",6],["b",5]]"#));
    assert_eq!(ask_path::<Pairs<u8>>("/{a}/{b}", "/6/x").await, listed(&[no_int(r#"["path","b"]"#, "x")]));
    assert_eq!(ask_query::<Pairs<String>>("?b=1&a=&b=2").await, ok(r#"[["b","1"],["a",""],["b","2"]]"#));
    assert_eq!(ask_query::<Pairs<u8>>("").await, ok("[]"));
    assert_eq!(ask_query::<Pairs<u8>>("?a=1&b=2").await, ok(r#"[["a",1],["b",2]]"#));
    assert_eq!(ask_query::<Vec<(u8, u8)>>("?a=1&2=y").await, {
        listed(&[no_int(r#"["query","a","[key]"]"#, "a"), no_int(r#"["query","2"]"#, "y")])
    });
    assert_eq!(ask_query::<Pairs<u8>>("?b=1&a=x&b=y").await, {
        listed(&[no_int(r#"["query","a"]"#, "x"), no_int(r#"["query","b"]"#, "y")])
    });
    assert_eq!(ask_form::<Pairs<String>>("b=1&a=2&b=3").await, ok(r#"[["b","1"],["a","2"],["b","3"]]"#));
}

#[tokio::test]
async fn a_type_that_does_not_go_with_its_route_is_no_mistake_of_the_client() {
    #[derive(Deserialize, Serialize)]
    struct Named {
        a: u32,
        c: u32,
    }
    for sent in ["/1/2", "/secret/x"] {
        assert_eq!(ask_path::<u32>("/{a}/{b}", sent).await, Reply::unhandled(), "{sent}");
        assert_eq!(ask_path::<(u32,)>("/{a}/{b}", sent).await, Reply::unhandled(), "{sent}");
        assert_eq!(ask_path::<(u32, u32, u32)>("/{a}/{b}", sent).await, Reply::unhandled(), "{sent}");
        assert_eq!(ask_path::<[u32; 3]>("/{a}/{b}", sent).await, Reply::unhandled(), "{sent}");
        assert_eq!(ask_path::<Named>("/{a}/{b}", sent).await, Reply::unhandled(), "{sent}");
    }
    assert_eq!(ask_path::<u32>("/", "/").await, Reply::unhandled());
    assert_eq!(ask_path::<Named>("/", "/").await, Reply::unhandled());
    // Nothing in this route goes by that name, either.
    assert_eq!(ask_path::<Named>("/{b}", "/1").await, Reply::unhandled());
}

#[tokio::test]
async fn bytes_in_a_path_that_are_no_utf_8_are_replaced() {
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
    assert_eq!(get("/in/1/n/%ff").await, listed(&[no_int(r#"["path","b"]"#, "�")]));
    // What was matched is not to be known here.
    assert_eq!(get("/rewritten/%ff").await, {
        let msg = "Input should be a valid string, unable to parse raw data as a unicode string";
        listed(&[error("string_unicode", r#"["path","id"]"#, msg, "null")])
    });
}

#[tokio::test]
async fn headers_are_fields_with_dashes() {
    #[derive(Deserialize, Serialize)]
    struct Token {
        x_token: u32,
        user_agent: Option<String>,
        #[serde(default)]
        x_list: Vec<u8>,
    }
    #[derive(Deserialize, Serialize)]
    struct Renamed {
        #[serde(rename = "X-Token")]
        token: u32,
    }
    assert_eq!(ask_headers::<Token>(&[("X-Token", b"5"), ("user-agent", b"caf\xe9")]).await, {
        ok(r#"{"x_token":5,"user_agent":"café","x_list":[]}"#)
    });
    // The first one counts, or all of them.
    assert_eq!(ask_headers::<Token>(&[("x-token", b"5"), ("x-token", b"x")]).await.status, 200);
    assert_eq!(
        ask_headers::<Token>(&[
            ("x-token", b"x"),
            ("x-token", b"5"),
            ("x-list", b"1"),
            ("x-list", b"2,3"),
            ("x-list", b"")
        ])
        .await,
        listed(&[
            no_int(r#"["header","x-token"]"#, "x"),
            no_int(r#"["header","x-list",1]"#, "2,3"),
            no_int(r#"["header","x-list",2]"#, ""),
        ])
    );
    let missing = listed(&[missing(r#"["header","x-token"]"#)]);
    assert_eq!(ask_headers::<Token>(&[("authorization", b"secret")]).await, missing);
    assert_eq!(ask_headers::<Token>(&[("x_token", b"5")]).await, missing);
    assert_eq!(ask_headers::<Renamed>(&[("authorization", b"secret")]).await, missing);
    assert_eq!(ask_headers::<Renamed>(&[("x-token", b"5")]).await, ok(r#"{"X-Token":5}"#));
    assert_eq!(ask_headers::<Renamed>(&[("x-token", b"x")]).await, {
        listed(&[no_int(r#"["header","x-token"]"#, "x")])
    });
    type All = BTreeMap<String, String>;
    assert_eq!(ask_headers::<All>(&[("x-a", b"1"), ("b", b"2"), ("x_a", b"3")]).await, {
        ok(r#"{"b":"2","x_a":"1"}"#)
    });
}

#[tokio::test]
async fn cookies_are_read_as_python_reads_them() {
    #[derive(Deserialize, Serialize)]
    struct Session {
        id: u32,
        theme: Option<String>,
    }
    let theme = async |cookie: &'static [u8]| {
        let reply = ask_cookies::<Session>(&[b"id=1", cookie]).await;
        assert_eq!(reply.status, 200);
        reply.body
    };
    let is = |theme: &str| format!(r#"{{"id":1,"theme":{theme}}}"#);
    assert_eq!(theme(b"theme=dark").await, is(r#""dark""#));
    assert_eq!(theme(b" theme = dark ; other=1").await, is(r#""dark""#));
    assert_eq!(theme(b"theme=a; theme=b").await, is(r#""b""#));
    assert_eq!(theme(b"theme=a=b").await, is(r#""a=b""#));
    assert_eq!(theme(b"theme=a%20+b").await, is(r#""a%20+b""#));
    assert_eq!(theme(b"theme=\"a b\"").await, is(r#""a b""#));
    assert_eq!(theme(br#"theme="a\"b\\c\073\351\9""#).await, is(r#""a\"b\\c;é9""#));
    assert_eq!(theme(br#"theme="a\"#).await, is(r#""\"a\\""#));
    assert_eq!(theme(b"theme=\"").await, is(r#""\"""#));
    assert_eq!(theme(b"theme=\"\"").await, is(r#""""#));
    assert_eq!(theme(b"theme=").await, is(r#""""#));
    assert_eq!(theme(b"theme").await, is("null"));
    assert_eq!(theme(b"Theme=a").await, is("null"));
    assert_eq!(theme(b"theme=caf\xe9").await, is(r#""café""#));
    assert_eq!(ask_cookies::<Session>(&[b"session=secret"]).await, listed(&[missing(r#"["cookie","id"]"#)]));
    assert_eq!(ask_cookies::<Session>(&[b"id=secret; id=x"]).await, {
        listed(&[no_int(r#"["cookie","id"]"#, "x")])
    });
    assert_eq!(ask_cookies::<Session>(&[]).await, listed(&[missing(r#"["cookie","id"]"#)]));
}

#[derive(Deserialize, Serialize)]
struct Login {
    name: String,
    age: Option<u8>,
    #[serde(default)]
    tags: Vec<String>,
}

#[tokio::test]
async fn an_empty_field_of_a_form_is_missing() {
    assert_eq!(ask_form::<Login>("name=a+b&age=%35").await, ok(r#"{"name":"a b","age":5,"tags":[]}"#));
    assert_eq!(ask_form::<Login>("name=a&age=&tags=&tags=x").await, {
        ok(r#"{"name":"a","age":null,"tags":["","x"]}"#)
    });
    assert_eq!(ask_form::<Login>("name=&age=x").await, {
        listed(&[missing(r#"["body","name"]"#), no_int(r#"["body","age"]"#, "x")])
    });
    // Of several the last one counts, and it is empty.
    assert_eq!(ask_form::<Login>("name=a&name=").await, listed(&[missing(r#"["body","name"]"#)]));
    assert_eq!(ask_form::<Search>("q=&limit=1").await, listed(&[missing(r#"["body","q"]"#)]));
    assert_eq!(ask_form::<Search>("q=a&limit=1&offset=").await, ok(r#"{"q":"a","limit":1,"offset":null}"#));
    assert_eq!(ask_form::<Search>("q=a&limit=").await, listed(&[missing(r#"["body","limit"]"#)]));

    let handler = post(async |Form(login): Form<Login>| Json(login));
    let app =
        layered(Router::new().route("/", handler)).layer(Extension(Explain::new().empty_is_missing(false)));
    assert_eq!(send(&app, form(FORM, "name=&age=")).await, listed(&[no_int(r#"["body","age"]"#, "")]));
    assert_eq!(send(&app, form(FORM, "name=&age=5")).await, ok(r#"{"name":"","age":5,"tags":[]}"#));
}

#[tokio::test]
async fn a_form_is_known_by_its_content_type() {
    let app = layered(Router::new().route(
        "/",
        get(async |Form(page): Form<Page>| Json(page)).post(async |Form(page): Form<Page>| Json(page)),
    ));
    let page = ok(r#"{"limit":1,"offset":null}"#);
    let missing = |source: &str| listed(&[missing(&format!(r#"["{source}","limit"]"#))]);
    for known in [FORM, "Application/X-WWW-Form-URLencoded ; charset=utf-8"] {
        assert_eq!(send(&app, form(known, "limit=1")).await, page);
    }
    for other in ["application/json", "text/plain", "", "application/x-www-form-urlencodedx"] {
        assert_eq!(send(&app, form(other, "limit=1")).await, missing("body"), "{other}");
    }
    assert_eq!(send(&app, request("GET", "/?limit=1")).await, page);
    assert_eq!(send(&app, request("GET", "/")).await, missing("query"));
    assert_eq!(send(&app, request("GET", "/?limit=")).await, missing("query"));
}

#[tokio::test]
async fn a_multipart_form_is_one_too() {
    let handler = post(async |form: Option<Form<Login>>| Json(form.map(|Form(login)| login)));
    let app = layered(Router::new().route("/", handler));
    let ask = async |content_type: &str, parts: &[&str]| {
        let body: String = parts.iter().map(|part| format!("--b\r\n{part}\r\n")).collect();
        let body = if parts.is_empty() { body } else { body + "--b--" };
        send(&app, form(content_type, body)).await
    };
    let known = "multipart/form-data; boundary=b";
    let name = "Content-Disposition: form-data; name=name\r\n\r\na b";
    let age = "Content-Disposition: form-data; name=age\r\n\r\nx";
    let empty = "Content-Disposition: form-data; name=age\r\n\r\n";
    let file = "Content-Disposition: form-data; name=age; filename=a\r\n\r\n5";
    let login = ok(r#"{"name":"a b","age":null,"tags":[]}"#);
    assert_eq!(ask(known, &[name]).await, login);
    assert_eq!(ask(known, &[name, empty]).await, login);
    assert_eq!(ask(known, &[name, file]).await, login);
    assert_eq!(ask(known, &[]).await, ok("null"));
    assert_eq!(ask(known, &[age]).await, {
        listed(&[missing(r#"["body","name"]"#), no_int(r#"["body","age"]"#, "x")])
    });
    assert_eq!(ask(known, &["secret"]).await, Reply::detail(400, "Invalid multipart data."));
    assert_eq!(ask("multipart/form-data", &[name]).await, {
        Reply::detail(400, "Missing boundary in multipart.")
    });
    assert_eq!(ask("multipart/mixed; boundary=b", &[name]).await, ok("null"));
}

/// Wherever a multipart body ends too early, and in whatever pieces it comes, there is an answer at once.
#[tokio::test]
async fn a_multipart_body_may_end_anywhere() {
    let handler = post(async |Form(fields): Form<HashMap<String, String>>| Json(fields.len()));
    let app = layered(Router::new().route("/", handler));
    let whole = "--b\r\nContent-Disposition: form-data; name=a\r\n\r\n1\r\n--b\r\n\
        Content-Disposition: form-data; name=f; filename=f\r\n\r\n2\r\n--b--";
    for end in 0..=whole.len() {
        let pieces: Vec<_> =
            whole.as_bytes()[..end].chunks(7).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect();
        let body = Body::from_stream(futures_util::stream::iter(pieces));
        let asked = send(&app, form("multipart/form-data; boundary=b", body));
        let reply = futures_util::FutureExt::now_or_never(asked).expect("an answer at once");
        let expected = match end {
            0 => ok("0"),
            _ if end == whole.len() => ok("1"),
            _ => Reply::detail(400, "Invalid multipart data."),
        };
        assert_eq!(reply, expected, "{end}");
    }
}

#[tokio::test]
async fn a_multipart_form_has_its_limits() {
    let handler = post(async |Form(fields): Form<HashMap<String, String>>| Json(fields.len()));
    let app = layered(Router::new().route("/", handler).layer(DefaultBodyLimit::max(3 << 20)));
    let ask = async |body: String| send(&app, form("multipart/form-data; boundary=b", body)).await;
    let part = |rest: &str| format!("--b\r\nContent-Disposition: form-data; {rest}\r\n\r\n");
    let many = |count: usize, rest: &str| (part(rest) + "1\r\n").repeat(count) + "--b--";
    let large = |size: usize, rest: &str| part(rest) + &"x".repeat(size) + "\r\n--b--";
    assert_eq!(ask(many(1000, "name=a")).await, ok("1"));
    assert_eq!(ask(many(1001, "name=a")).await, {
        Reply::detail(400, "Too many fields. Maximum number of fields is 1000.")
    });
    assert_eq!(ask(many(1000, "name=a; filename=x")).await, ok("0"));
    assert_eq!(ask(many(1001, "name=a; filename=x")).await, {
        Reply::detail(400, "Too many files. Maximum number of files is 1000.")
    });
    assert_eq!(ask(large(1 << 20, "name=a")).await, ok("1"));
    assert_eq!(ask(large((1 << 20) + 1, "name=a")).await, {
        Reply::detail(400, "Part exceeded maximum size of 1024KB.")
    });
    assert_eq!(ask(large(2 << 20, "name=a; filename=x")).await, ok("0"));
    assert_eq!(ask(large(3 << 20, "name=a")).await, Reply::detail(413, "Content Too Large"));
}

#[tokio::test]
async fn a_form_has_its_limits() {
    let handler = post(async |Form(fields): Form<HashMap<String, String>>| Json(fields.len()));
    let app = layered(Router::new().route("/", handler).layer(DefaultBodyLimit::max(3 << 20)));
    let fields = |count: usize| (0..count).map(|n| format!("{n}=")).collect::<Vec<_>>().join("&");
    assert_eq!(send(&app, form(FORM, fields(1000))).await, ok("1000"));
    assert_eq!(send(&app, form(FORM, fields(1001))).await, {
        Reply::detail(400, "Too many fields. Maximum number of fields is 1000.")
    });
    // What counts is how large name and text are as they were sent.
    let too_large = || Reply::detail(400, "Field exceeded maximum size of 1024KB.");
    let large = |name: usize, text: usize| format!("{}={}", "n".repeat(name), "x".repeat(text));
    assert_eq!(send(&app, form(FORM, large(1, (1 << 20) - 1))).await, ok("1"));
    assert_eq!(send(&app, form(FORM, large(1, 1 << 20))).await, too_large());
    assert_eq!(send(&app, form(FORM, large((1 << 20) + 1, 0))).await, too_large());
    assert_eq!(send(&app, form(FORM, "n".repeat(1 << 20))).await, ok("1"));
    assert_eq!(send(&app, form(FORM, "n".repeat((1 << 20) + 1))).await, too_large());
    assert_eq!(send(&app, form(FORM, format!("n={}", "%61".repeat(350_000)))).await, too_large());
    // Whatever comes first.
    let both = |first: &str, second: &str| form(FORM, format!("{first}&&{second}"));
    assert_eq!(send(&app, both(&large(1, 1 << 20), &fields(1001))).await, too_large());
    assert_eq!(send(&app, both(&fields(1001), &large(1, 1 << 20))).await, {
        Reply::detail(400, "Too many fields. Maximum number of fields is 1000.")
    });
    assert_eq!(send(&app, form(FORM, large(1, 3 << 20))).await, Reply::detail(413, "Content Too Large"));
}

#[tokio::test]
async fn a_form_is_a_response_too() {
    let app = layered(
        Router::new()
            .route("/", get(async || Form([("a", "b c"), ("d", "&é")])))
            .route("/bad", get(async || Form(vec!["secret"]))),
    );
    assert_eq!(send(&app, request("GET", "/")).await, Reply::text(200, FORM, "a=b+c&d=%26%C3%A9"));
    assert_eq!(send(&app, request("GET", "/bad")).await, Reply::unhandled());
}

/// A mistake in all of it is no reason to show all of it.
#[tokio::test]
async fn no_secret_is_echoed() {
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
        ask_query::<Untagged>("?n=secret").await,
        ask_form::<Checked>("name=secret").await,
    ] {
        assert!(!reply.body.contains("secret"), "{}", reply.body);
    }
    assert_eq!(ask_form::<Checked>("name=secret").await, {
        let error = error("value_error", r#"["body"]"#, "Value error, no", "null");
        listed(&[with_ctx(&error, r#""error":{}"#)])
    });
}

#[tokio::test]
async fn nothing_may_be_asked_for() {
    #[derive(Deserialize, Serialize)]
    struct Nothing;
    assert_eq!(ask_query::<()>("").await, ok("null"));
    assert_eq!(ask_query::<Nothing>("?").await, ok("null"));
    assert_eq!(ask_query::<()>("?a=1").await, {
        listed(&[error("none_required", r#"["query"]"#, "Input should be None", "null")])
    });
    assert_eq!(ask_path::<()>("/{a}", "/1").await, ok("null"));
}

// ---- All

#[derive(Deserialize, Serialize)]
struct Item {
    name: String,
}

/// Lets nobody in who does not know the word.
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

/// Fails with an answer of its own.
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
async fn all_sources_are_in_one_list() {
    let app = layered(Router::new().route("/{id}", post(create)).layer(DefaultBodyLimit::max(100)));
    let create =
        async |path, headers: &[(&str, &[u8])], body| send(&app, create_at(path, headers, body)).await;
    assert_eq!(create("/1?limit=2", &[], r#"{"name":"x"}"#).await, {
        ok(r#"[{"limit":2,"offset":null},1,{"name":"x"}]"#)
    });
    let limit = missing(r#"["query","limit"]"#);
    let id = no_int(r#"["path","id"]"#, "x");
    let name = error("missing", r#"["body","name"]"#, "Field required", "{}");
    assert_eq!(create("/x", &[], "{}").await, listed(&[limit.clone(), id.clone(), name.clone()]));
    assert_eq!(create("/x", &[], "").await, { listed(&[limit.clone(), id.clone(), missing(r#"["body"]"#)]) });
    assert_eq!(create("/x?limit=1", &[], r#"{"name":"x"}"#).await, listed(&[id]));
    assert_eq!(create("/1", &[], "{}").await, listed(&[limit, name.clone()]));
    assert_eq!(create("/1?limit=1", &[], "{}").await, listed(&[name]));

    // What answers alone: the body first, then in the order of the tuple.
    let broken = {
        let error = error("json_invalid", r#"["body",1]"#, "JSON decode error", "{}");
        listed(&[with_ctx(&error, r#""error":"Expecting property name enclosed in double quotes""#)])
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
async fn without_a_body_the_first_answer_alone_counts() {
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
    assert_eq!(send(&app, create_at("/last", &[], "")).await, listed(&[missing(r#"["query","limit"]"#)]));
}

#[tokio::test]
async fn axums_own_extractors_stand_beside_ours() {
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
        let digit = error("int_parsing", r#"["query","limit"]"#, INT, "null");
        listed(&[
            no_int(r#"["path","id"]"#, "x"),
            digit,
            no_int(r#"["query","limit"]"#, "y"),
            missing(r#"["body","name"]"#),
        ])
    });
}

#[tokio::test]
async fn handlers_see_one_error_with_the_body() {
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
        let mut request = form(content_type, body);
        *request.uri_mut() = path.parse().unwrap();
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
    assert_eq!(ask("/form/x", FORM, "name=x&b=1&b=2").await, {
        r#"["POST /form/{id}",["int_parsing"],{"name":"x","b":["1","2"]}]"#
    });
    assert_eq!(ask("/form/1", FORM, "b=1&b=2").await, r#"["POST /form/{id}",["missing"],{"b":["1","2"]}]"#);
}
