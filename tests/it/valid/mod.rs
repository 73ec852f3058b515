//! `Valid` with every extractor, and as a response.

mod failures;
mod invalid_fields;
mod serde_attributes;

use axum::{
    Extension, Router,
    routing::{get, post},
};
use axum_exception::{
    ErrorHandlingLayer, Value,
    explain::Explain,
    extract::{All, Cookie, Form, Header, Json, Path, Query, Valid},
    rules::{Check, Rules},
};
use serde::{Deserialize, Serialize};

use crate::support::{
    FORM, JSON, Reply, ask,
    errors::{fixed, int_parsing, missing, out_of_range, string_too_short, unprocessable},
    table::Table,
};

#[derive(Deserialize, Serialize)]
struct Item {
    name: String,
    #[serde(default)]
    size: i64,
    #[serde(default)]
    tags: Vec<i64>,
}

impl Rules for Item {
    fn rules(&self, item: &mut Check<'_>) {
        item.field("name", &self.name).min_length(2);
        item.field("size", &self.size).ge(0).le(100);
        item.field("tags", &self.tags).max_length(2).each(|tag| tag.gt(0));
        item.whole(|| if self.name == "no" { Err("No is no name") } else { Ok(()) });
    }
}

#[derive(Deserialize, Serialize)]
struct Id(i64);

impl Rules for Id {
    fn rules(&self, id: &mut Check<'_>) {
        id.value(&self.0).gt(0);
    }
}

/// The field `x_size` is the header `x-size`.
#[derive(Deserialize)]
struct Sized {
    x_size: i64,
}

impl Rules for Sized {
    fn rules(&self, sized: &mut Check<'_>) {
        sized.field("x_size", &self.x_size).gt(0);
    }
}

fn app() -> Router {
    Router::new()
        .route("/json", post(async |Valid(Json(item)): Valid<Json<Item>>| Json(item)))
        .route("/form", post(async |Valid(Form(item)): Valid<Form<Item>>| Json(item)))
        .route("/query", get(async |Valid(Query(item)): Valid<Query<Item>>| Json(item)))
        .route("/header", get(async |Valid(Header(sized)): Valid<Header<Sized>>| Json(sized.x_size)))
        .route("/cookie", get(async |Valid(Cookie(item)): Valid<Cookie<Item>>| Json(item)))
        .route("/path/{id}", get(async |Valid(Path(id)): Valid<Path<Id>>| Json(id)))
        .route("/pair/{a}/{b}", get(async |Valid(Path(pair)): Valid<Path<(Id, Id)>>| Json(pair)))
        .route("/any-json", post(async |item: Option<Valid<Json<Item>>>| Json(item.map(|item| item.0.0))))
        .route("/any-form", post(async |item: Option<Valid<Form<Item>>>| Json(item.map(|item| item.0.0))))
        .route("/any-query", get(async |item: Option<Valid<Query<Item>>>| Json(item.map(|item| item.0.0))))
        .route("/any-path", get(async |id: Option<Valid<Path<Id>>>| Json(id.map(|id| id.0.0))))
        .route("/any-path/{id}", get(async |id: Option<Valid<Path<Id>>>| Json(id.map(|id| id.0.0))))
        .route("/all/{id}", post(all))
        .route("/list", post(async |Valid(Json(items)): Valid<Json<Vec<Item>>>| Json(items)))
        .route(
            "/strict",
            post(async |Valid(Json(item)): Valid<Json<Item>>| Json(item))
                .layer(Extension(Explain::new().strict(true))),
        )
        .route(
            "/few",
            post(async |Valid(Json(items)): Valid<Json<Vec<Item>>>| Json(items))
                .layer(Extension(Explain::new().max_errors(1))),
        )
        .layer(ErrorHandlingLayer::new())
}

async fn all(
    All((Valid(Path(id)), Valid(Query(query)), Valid(Header(sized)), Valid(Json(item)))): All<(
        Valid<Path<Id>>,
        Valid<Query<Item>>,
        Valid<Header<Sized>>,
        Valid<Json<Item>>,
    )>,
) -> Json<(Id, Item, i64, Item)> {
    Json((id, query, sized.x_size, item))
}

fn short(loc: &str, input: &str) -> String {
    string_too_short(loc, 2, input)
}

fn not_positive(loc: &str, input: &str) -> String {
    out_of_range("gt", loc, ["0", "0"], input)
}

#[tokio::test]
async fn valid_requests_are_accepted_by_every_extractor() {
    let app = app();
    let item = r#"{"name":"ab","size":5,"tags":[1]}"#;
    let rows: &[(&str, &[_], &str, &str)] = &[
        ("POST /json", &[JSON], item, item),
        // Only valid by the lax rules, so the engine reads it.
        ("POST /json", &[JSON], r#"{"name":"ab","size":"5","tags":["1"]}"#, item),
        ("POST /form", &[FORM], "name=ab&size=5&tags=1", item),
        ("GET /query?name=ab&size=+5&tags=1", &[], "", item),
        ("GET /header", &[("x-size", "5")], "", "5"),
        ("GET /cookie", &[("cookie", "name=ab; size=5; tags=1")], "", item),
        ("GET /path/5", &[], "", "5"),
        ("GET /path/+5", &[], "", "5"),
        ("GET /pair/1/2", &[], "", "[1,2]"),
        ("POST /any-json", &[JSON], item, item),
        ("POST /any-json", &[], "", "null"),
        ("POST /any-form", &[FORM], "name=ab&size=5&tags=1", item),
        ("POST /any-form", &[FORM], "", "null"),
        ("GET /any-query?name=ab&size=5&tags=1", &[], "", item),
        ("GET /any-query", &[], "", "null"),
        ("GET /any-path/5", &[], "", "5"),
        ("GET /any-path", &[], "", "null"),
        ("POST /strict", &[JSON], item, item),
    ];
    let mut table = Table::default();
    for (line, headers, body, json) in rows {
        table.assert_eq(
            format_args!("{line} {body}"),
            ask(&app, line, headers, body).await,
            Reply::json(200, json),
        );
    }
}

#[tokio::test]
async fn rule_and_type_errors_share_one_list() {
    let app = app();
    let rows: Vec<(&str, &[_], &str, Vec<String>)> = vec![
        (
            "POST /json",
            &[JSON],
            r#"{"tags":[0,"x",1],"size":"x","name":"a"}"#,
            vec![
                short(r#"["body","name"]"#, r#""a""#),
                int_parsing(r#"["body","size"]"#, r#""x""#),
                r#"{"type":"too_long","loc":["body","tags"],"msg":"List should have at most 2 items after validation, not 3","input":[0,"x",1],"ctx":{"field_type":"List","max_length":2,"actual_length":3}}"#.to_owned(),
            ],
        ),
        (
            "POST /json",
            &[JSON],
            r#"{"tags":[0,"x"],"size":0}"#,
            vec![
                missing(r#"["body","name"]"#, r#"{"tags":[0,"x"],"size":0}"#),
                not_positive(r#"["body","tags",0]"#, "0"),
                int_parsing(r#"["body","tags",1]"#, r#""x""#),
            ],
        ),
        (
            "POST /json",
            &[JSON],
            r#"{"name":"no"}"#,
            vec![r#"{"type":"value_error","loc":["body"],"msg":"Value error, No is no name","input":{"name":"no"},"ctx":{"error":{}}}"#.to_owned()],
        ),
        // A rule for the whole does not run if a field is invalid.
        ("POST /json", &[JSON], r#"{"name":"no","size":"x"}"#, vec![int_parsing(r#"["body","size"]"#, r#""x""#)]),
        (
            "POST /form",
            &[FORM],
            "name=a&tags=0&tags=x",
            vec![
                short(r#"["body","name"]"#, r#""a""#),
                not_positive(r#"["body","tags",0]"#, r#""0""#),
                int_parsing(r#"["body","tags",1]"#, r#""x""#),
            ],
        ),
        (
            "GET /query?size=200&name=a&name=b",
            &[],
            "",
            vec![
                short(r#"["query","name"]"#, r#""b""#),
                r#"{"type":"less_than_equal","loc":["query","size"],"msg":"Input should be less than or equal to 100","input":"200","ctx":{"le":100}}"#.to_owned(),
            ],
        ),
        (
            "GET /query?name=no&other=1",
            &[],
            "",
            vec![r#"{"type":"value_error","loc":["query"],"msg":"Value error, No is no name","input":{"name":"no","other":"1"},"ctx":{"error":{}}}"#.to_owned()],
        ),
        ("GET /header", &[("x-size", "0")], "", vec![not_positive(r#"["header","x-size"]"#, r#""0""#)]),
        ("GET /header", &[("x-size", "x")], "", vec![int_parsing(r#"["header","x-size"]"#, r#""x""#)]),
        (
            "GET /cookie",
            &[("cookie", "name=a; size=x")],
            "",
            vec![short(r#"["cookie","name"]"#, r#""a""#), int_parsing(r#"["cookie","size"]"#, r#""x""#)],
        ),
        ("GET /path/0", &[], "", vec![not_positive(r#"["path","id"]"#, r#""0""#)]),
        ("GET /path/x", &[], "", vec![int_parsing(r#"["path","id"]"#, r#""x""#)]),
        (
            "GET /pair/0/x",
            &[],
            "",
            vec![not_positive(r#"["path","a"]"#, r#""0""#), int_parsing(r#"["path","b"]"#, r#""x""#)],
        ),
        ("POST /any-json", &[JSON], r#"{"name":"a"}"#, vec![short(r#"["body","name"]"#, r#""a""#)]),
        ("POST /any-json", &[JSON], "null", vec![fixed("model_attributes_type", r#"["body"]"#, "null")]),
        ("POST /any-form", &[FORM], "name=a", vec![short(r#"["body","name"]"#, r#""a""#)]),
        ("GET /any-query?name=a", &[], "", vec![short(r#"["query","name"]"#, r#""a""#)]),
        ("GET /any-path/0", &[], "", vec![not_positive(r#"["path","id"]"#, r#""0""#)]),
        (
            "POST /all/0?name=a",
            &[("x-size", "0"), JSON],
            r#"{"name":"a"}"#,
            vec![
                not_positive(r#"["path","id"]"#, r#""0""#),
                short(r#"["query","name"]"#, r#""a""#),
                not_positive(r#"["header","x-size"]"#, r#""0""#),
                short(r#"["body","name"]"#, r#""a""#),
            ],
        ),
        (
            "POST /list",
            &[JSON],
            r#"[{"name":"ab"},{"name":"a"},{},{"name":"no"}]"#,
            vec![
                short(r#"["body",1,"name"]"#, r#""a""#),
                missing(r#"["body",2,"name"]"#, "{}"),
                r#"{"type":"value_error","loc":["body",3],"msg":"Value error, No is no name","input":{"name":"no"},"ctx":{"error":{}}}"#.to_owned(),
            ],
        ),
        (
            "POST /strict",
            &[JSON],
            r#"{"name":"a","size":"5"}"#,
            vec![
                short(r#"["body","name"]"#, r#""a""#),
                r#"{"type":"int_type","loc":["body","size"],"msg":"Input should be a valid integer","input":"5"}"#.to_owned(),
            ],
        ),
        ("POST /strict", &[JSON], r#"{"name":"a"}"#, vec![short(r#"["body","name"]"#, r#""a""#)]),
        (
            "POST /few",
            &[JSON],
            r#"[{"name":"a"},{"name":"b"}]"#,
            vec![
                short(r#"["body",0,"name"]"#, r#""a""#),
                r#"{"type":"too_many_errors","loc":["body"],"msg":"There may be more errors than those shown","input":null}"#.to_owned(),
            ],
        ),
    ];
    let mut table = Table::default();
    for (line, headers, body, errors) in rows {
        table.assert_eq(
            format_args!("{line} {body}"),
            ask(&app, line, headers, body).await,
            unprocessable(&errors),
        );
    }
}

/// The JSON in the README is the actual response.
#[tokio::test]
async fn readme_rules_json_matches_the_response() {
    #[derive(Deserialize, Rules)]
    #[rule(whole = passwords_match)]
    struct User {
        #[rule(min_length = 3, max_length = 50)]
        name: String,
        #[rule(ge = 18)]
        age: Option<u8>,
        #[rule(custom = not_common)]
        password: String,
        repeated: String,
    }
    fn not_common(password: &str) -> Result<(), &'static str> {
        if password == "password" { Err("choose a better one") } else { Ok(()) }
    }
    fn passwords_match(user: &User) -> Result<(), &'static str> {
        if user.password == user.repeated { Ok(()) } else { Err("Passwords do not match") }
    }
    let shown = include_str!("../../../README.md").split("```json\n").nth(2).unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    let shown: Value = shown.trim().parse().unwrap();
    let app =
        Router::new().route("/", post(async |_: Valid<Json<User>>| ())).layer(ErrorHandlingLayer::new());
    let sent = r#"{"name":"Al","age":"old","password":"password","repeated":"other"}"#;
    assert_eq!(ask(&app, "POST /", &[JSON], sent).await, Reply::json(422, shown));
}
