//! The order of an error report: a change of the order fails a test of this file.

use std::collections::BTreeMap;

use axum::{
    Router,
    body::Body,
    extract::Request,
    routing::{get, post},
};
use axum_exception::{
    Exception, RequestValidationError,
    extract::{All, Cookie, Form, Header, Json, Path, Query, Valid},
    rules::{Check, Rules},
};
use serde::{Deserialize, de::DeserializeOwned};
use tower::ServiceExt;

use crate::support::{FORM, JSON, full_request, table::Table};

/// The errors of an exception, each as `loc type`.
fn errors(exception: &Exception) -> Vec<String> {
    let error: &RequestValidationError = exception.downcast_ref().unwrap();
    error.errors().iter().map(|error| format!("{} {}", error.loc(), error.kind())).collect()
}

fn json<T: DeserializeOwned>(body: &str) -> Vec<String> {
    errors(&Json::<T>::from_bytes(body.as_bytes()).err().expect(body))
}

fn valid<T: DeserializeOwned + Rules>(body: &str) -> Vec<String> {
    errors(&Valid::<Json<T>>::from_bytes(body.as_bytes()).err().expect(body))
}

/// The errors of a request to an app without the layer.
async fn request(app: &Router, request: Request<Body>) -> Vec<String> {
    let response = app.clone().oneshot(request).await.unwrap();
    errors(Exception::from_response(&response).unwrap())
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Order {
    id: u8,
    name: String,
    lines: Vec<Line>,
    pair: (i32, String),
    stock: BTreeMap<String, u8>,
    by_id: BTreeMap<i32, Line>,
    payment: Payment,
    note: Option<String>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Line {
    article: String,
    sizes: Vec<Vec<i32>>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(dead_code)]
enum Payment {
    Card { owner: String, year: i32 },
    Cash,
}

#[derive(Deserialize)]
#[serde(tag = "t", content = "c")]
#[allow(dead_code)]
enum Adjacent {
    Line(Line),
}

#[derive(Deserialize)]
#[allow(dead_code)]
enum External {
    Line { article: String, count: u8 },
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Page {
    title: String,
    #[serde(flatten)]
    limits: Limits,
    rank: i32,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Limits {
    limit: u8,
    offset: u32,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct User {
    name: String,
    age: u8,
    tags: Vec<String>,
    address: Address,
    repeated: String,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Address {
    street: String,
    number: u8,
}

impl Rules for User {
    fn rules(&self, user: &mut Check<'_>) {
        // In another order than that of the fields and of pydantic's rules.
        user.whole(|| if self.name == self.repeated { Ok(()) } else { Err("different") });
        user.field("address", &self.address).nested();
        user.field("tags", &self.tags).each(|tag| tag.min_length(2)).max_length(3);
        user.field("age", &self.age).le(99).ge(18);
        user.field("name", &self.name).max_length(5).min_length(2);
    }
}

impl Rules for Address {
    fn rules(&self, address: &mut Check<'_>) {
        address.field("number", &self.number).gt(0);
        address.field("street", &self.street).min_length(2);
    }
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Search {
    limit: u8,
    tags: Vec<u8>,
    q: String,
    order: Option<i32>,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Tokens {
    x_second: u8,
    x_list: Vec<u8>,
    x_first: u8,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct Ids {
    b: u8,
    a: u8,
}

#[test]
fn json_errors_are_in_declaration_order_and_extra_fields_last() {
    let mut table = Table::default();
    let mut row = |name: &str, found: Vec<String>, expected: &[&str]| table.assert_eq(name, found, expected);
    row(
        "missing, wrong and extra fields of a struct",
        json::<Order>(r#"{"zzz":1,"note":5,"pair":["x"],"name":null,"aaa":2,"lines":{},"id":"x"}"#),
        &[
            "body.id int_parsing",
            "body.name string_type",
            "body.lines list_type",
            "body.pair.0 int_parsing",
            "body.pair.1 missing",
            "body.stock missing",
            "body.by_id missing",
            "body.payment missing",
            "body.note string_type",
            "body.zzz extra_forbidden",
            "body.aaa extra_forbidden",
        ],
    );
    row(
        "nested lists, maps, tuples and tagged enums",
        json::<Order>(
            r#"{"payment":{"year":"x","kind":"card"},"by_id":{"y":{},"1":{"sizes":[[]]}},"stock":{"b":-1,"a":"x"},
                "pair":[1,2],"lines":[{},{"sizes":[["x",1],5,[null]],"article":1}],"name":"","id":1}"#,
        ),
        &[
            "body.lines.0.article missing",
            "body.lines.0.sizes missing",
            "body.lines.1.article string_type",
            "body.lines.1.sizes.0.0 int_parsing",
            "body.lines.1.sizes.1 list_type",
            "body.lines.1.sizes.2.0 int_type",
            "body.pair.1 string_type",
            "body.stock.b greater_than_equal",
            "body.stock.a int_parsing",
            "body.by_id.y.[key] int_parsing",
            "body.by_id.y.article missing",
            "body.by_id.y.sizes missing",
            "body.by_id.1.article missing",
            "body.payment.card.year int_parsing",
            "body.payment.card.owner missing",
        ],
    );
    row(
        "a list of structs",
        json::<Vec<Line>>(r#"[{"sizes":1},5,{"article":1},{}]"#),
        &[
            "body.0.article missing",
            "body.0.sizes list_type",
            "body.1 model_attributes_type",
            "body.2.article string_type",
            "body.2.sizes missing",
            "body.3.article missing",
            "body.3.sizes missing",
        ],
    );
    row(
        "enums",
        json::<(Payment, Adjacent, External)>(
            r#"[{"kind":"card","year":null},{"c":{"sizes":1},"t":"Line"},{"Line":{"count":"x"}}]"#,
        ),
        &[
            "body.0.card.year int_type",
            "body.0.card.owner missing",
            "body.1.Line.c.article missing",
            "body.1.Line.c.sizes list_type",
            "body.2.Line.article missing",
            "body.2.Line.count int_parsing",
        ],
    );
    row(
        "repeated keys",
        json::<Vec<Limits>>(r#"[{"offset":"x","limit":1,"limit":"y"},{"limit":"x","offset":1,"limit":300}]"#),
        &["body.0.limit int_parsing", "body.0.offset int_parsing", "body.1.limit less_than_equal"],
    );
}

#[test]
fn json_errors_of_a_flattened_struct_are_in_document_order_and_missing_fields_last() {
    assert_eq!(
        json::<Page>(r#"{"rank":"x","limit":300,"title":1}"#),
        [
            "body.rank int_parsing",
            "body.limit less_than_equal",
            "body.title string_type",
            "body.offset missing",
        ]
    );
}

#[test]
fn rule_errors_are_in_declaration_order_among_type_errors() {
    let mut table = Table::default();
    let mut row = |name: &str, found: Vec<String>, expected: &[&str]| table.assert_eq(name, found, expected);
    row(
        "rules alone",
        valid::<User>(
            r#"{"repeated":"","address":{"number":0,"street":"x"},"tags":["a","bb","c"],"age":5,"name":"a"}"#,
        ),
        &[
            "body.name string_too_short",
            "body.age greater_than_equal",
            "body.tags.0 string_too_short",
            "body.tags.2 string_too_short",
            "body.address.street string_too_short",
            "body.address.number greater_than",
        ],
    );
    row(
        "rules and types",
        valid::<User>(r#"{"address":{"street":1,"number":0},"tags":[1,"b"],"name":"abcdef"}"#),
        &[
            "body.name string_too_long",
            "body.age missing",
            "body.tags.0 string_type",
            "body.tags.1 string_too_short",
            "body.address.street string_type",
            "body.address.number greater_than",
            "body.repeated missing",
        ],
    );
    row(
        "a rule for the whole",
        valid::<Vec<User>>(
            r#"[{"repeated":"x","address":{"number":1,"street":"xx"},"tags":[],"age":50,"name":"ab"},{}]"#,
        ),
        &[
            "body.0 value_error",
            "body.1.name missing",
            "body.1.age missing",
            "body.1.tags missing",
            "body.1.address missing",
            "body.1.repeated missing",
        ],
    );
}

#[tokio::test]
async fn errors_of_other_sources_are_in_declaration_order() {
    type Several = All<(Query<Ids>, Header<Ids>, Path<Ids>, Json<Line>)>;
    let app = Router::new()
        .route("/search", get(async |_: Query<Search>| ()).post(async |_: Form<Search>| ()))
        .route("/map", get(async |_: Query<BTreeMap<String, u8>>| ()))
        .route("/tokens", get(async |_: Header<Tokens>| ()))
        .route("/ids", get(async |_: Cookie<Ids>| ()))
        .route("/path/{a}/{b}", get(async |_: Path<Ids>| ()))
        .route("/pair/{a}/{b}", get(async |_: Path<(u8, u8)>| ()))
        .route("/all/{a}/{b}", post(async |_: Several| ()));
    let search = "q=1&order=x&tags=x&tags=1&limit=1&tags=300&limit=y";
    let mut table = Table::default();
    for (line, headers, body, expected) in [
        (
            format!("GET /search?{search}"),
            &[][..],
            "",
            &[
                "query.limit int_parsing",
                "query.tags.0 int_parsing",
                "query.tags.2 less_than_equal",
                "query.order int_parsing",
            ][..],
        ),
        (
            "GET /search?order=x".to_owned(),
            &[],
            "",
            &["query.limit missing", "query.tags missing", "query.q missing", "query.order int_parsing"],
        ),
        (
            "POST /search".to_owned(),
            &[FORM],
            search,
            &[
                "body.limit int_parsing",
                "body.tags.0 int_parsing",
                "body.tags.2 less_than_equal",
                "body.order int_parsing",
            ],
        ),
        ("GET /map?b=x&a=300&b=y".to_owned(), &[], "", &["query.b int_parsing", "query.a less_than_equal"]),
        (
            "GET /tokens".to_owned(),
            &[("x-first", "x"), ("x-list", "x")],
            "",
            &["header.x-second missing", "header.x-list.0 int_parsing", "header.x-first int_parsing"],
        ),
        (
            "GET /ids".to_owned(),
            &[("cookie", "a=x; b=y")],
            "",
            &["cookie.b int_parsing", "cookie.a int_parsing"],
        ),
        ("GET /path/x/y".to_owned(), &[], "", &["path.b int_parsing", "path.a int_parsing"]),
        ("GET /pair/x/y".to_owned(), &[], "", &["path.a int_parsing", "path.b int_parsing"]),
        (
            "POST /all/x/1?a=x".to_owned(),
            &[JSON, ("b", "1")],
            r#"{"sizes":1}"#,
            &[
                "query.b missing",
                "query.a int_parsing",
                "header.a missing",
                "path.a int_parsing",
                "body.article missing",
                "body.sizes list_type",
            ],
        ),
    ] {
        table.assert_eq(&line, request(&app, full_request(&line, headers, body)).await, expected);
    }
}
