//! `Valid` with every extractor, and as a response.

use std::collections::BTreeMap;

use axum::{
    Extension, Router,
    http::StatusCode,
    response::IntoResponse,
    routing::{get, post},
};
use axum_exception::{
    Caught, ErrorHandlingLayer, Exception, Panic, ResponseValidationError, Value,
    explain::Explain,
    extract::{All, Cookie, Form, Header, Json, Path, Query, Valid},
    rules::{Check, Pattern, Rules},
};
use serde::{Deserialize, Serialize, Serializer};
use serde_with::{VecSkipError, serde_as};

use crate::support::{
    FORM, JSON, Reply, ask,
    errors::{int_parsing, missing, out_of_range, string_too_short, unprocessable},
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
        ("POST /any-json", &[JSON], "null", "null"),
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
        // An error of the whole query does not echo it: other parameters may be secret.
        (
            "GET /query?name=no&secret=1",
            &[],
            "",
            vec![r#"{"type":"value_error","loc":["query"],"msg":"Value error, No is no name","input":null,"ctx":{"error":{}}}"#.to_owned()],
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

/// Rules use the names that clients send, which serde's attributes may change.
#[tokio::test]
async fn rules_follow_serde_attributes() {
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    struct Page {
        #[serde(flatten)]
        limits: Limits,
        #[serde(alias = "name")]
        page_title: String,
        pet: Option<Pet>,
        shape: Option<Shape>,
        #[serde(default = "fifty")]
        unsent: i64,
    }
    #[derive(Deserialize)]
    struct Limits {
        limit: i64,
    }
    #[derive(Deserialize)]
    #[serde(tag = "kind", rename_all = "lowercase")]
    enum Pet {
        Cat { meows: i64 },
        Dog { barks: i64 },
    }
    #[derive(Deserialize)]
    enum Shape {
        Circle(i64),
        Line { length: i64 },
    }
    fn fifty() -> i64 {
        50
    }
    impl Rules for Page {
        fn rules(&self, page: &mut Check<'_>) {
            page.value(&self.limits).nested();
            page.field("pageTitle", &self.page_title).min_length(2);
            page.field("pet", &self.pet).nested();
            page.field("shape", &self.shape).nested();
            page.field("unsent", &self.unsent).gt(if self.page_title == "strict" { 50 } else { 0 });
        }
    }
    impl Rules for Limits {
        fn rules(&self, limits: &mut Check<'_>) {
            limits.field("limit", &self.limit).gt(0);
        }
    }
    impl Rules for Pet {
        fn rules(&self, pet: &mut Check<'_>) {
            pet.whole(|| match self {
                Self::Dog { barks: 7 } => Err("seven times"),
                _ => Ok(()),
            });
            match self {
                Self::Cat { meows } => pet.field("meows", meows).gt(0),
                Self::Dog { barks } => pet.field("barks", barks).gt(0),
            };
        }
    }
    impl Rules for Shape {
        fn rules(&self, shape: &mut Check<'_>) {
            match self {
                Self::Circle(radius) => {
                    shape.field("Circle", radius).gt(0);
                }
                Self::Line { length } => shape.inside("Line", |line| {
                    line.field("length", length).gt(0);
                }),
            }
        }
    }
    let app =
        Router::new().route("/", post(async |_: Valid<Json<Page>>| "valid")).layer(ErrorHandlingLayer::new());
    let rows: Vec<(&str, Vec<String>)> = vec![
        (r#"{"limit":1,"pageTitle":"ab"}"#, vec![]),
        (
            r#"{"limit":0,"pageTitle":"a"}"#,
            vec![not_positive(r#"["body","limit"]"#, "0"), short(r#"["body","pageTitle"]"#, r#""a""#)],
        ),
        // A field sent under its alias is not found, so its input is `null`.
        (r#"{"limit":1,"name":"a"}"#, vec![short(r#"["body","pageTitle"]"#, "null")]),
        (
            r#"{"limit":1,"pageTitle":"ab","pet":{"kind":"cat","meows":0}}"#,
            vec![not_positive(r#"["body","pet","cat","meows"]"#, "0")],
        ),
        (
            r#"{"limit":1,"pageTitle":"ab","pet":{"barks":"0","kind":"dog"}}"#,
            vec![not_positive(r#"["body","pet","dog","barks"]"#, r#""0""#)],
        ),
        (
            r#"{"limit":1,"pageTitle":"ab","pet":{"kind":"dog","barks":7}}"#,
            vec![r#"{"type":"value_error","loc":["body","pet","dog"],"msg":"Value error, seven times","input":{"kind":"dog","barks":7},"ctx":{"error":{}}}"#.to_owned()],
        ),
        (
            r#"{"limit":1,"pageTitle":"ab","shape":{"Circle":0}}"#,
            vec![not_positive(r#"["body","shape","Circle"]"#, "0")],
        ),
        (
            r#"{"limit":1,"pageTitle":"ab","shape":{"Line":{"length":0}}}"#,
            vec![not_positive(r#"["body","shape","Line","length"]"#, "0")],
        ),
        // Rules also apply to defaults.
        (
            r#"{"limit":1,"pageTitle":"strict"}"#,
            vec![r#"{"type":"greater_than","loc":["body","unsent"],"msg":"Input should be greater than 50","input":null,"ctx":{"gt":50}}"#.to_owned()],
        ),
        (
            r#"{"limit":0,"pageTitle":1,"pet":{"kind":"cat","meows":0}}"#,
            vec![
                not_positive(r#"["body","limit"]"#, "0"),
                r#"{"type":"string_type","loc":["body","pageTitle"],"msg":"Input should be a valid string","input":1}"#.to_owned(),
                not_positive(r#"["body","pet","cat","meows"]"#, "0"),
            ],
        ),
    ];
    let mut table = Table::default();
    for (body, errors) in rows {
        let expected = if errors.is_empty() {
            Reply::text(200, "text/plain; charset=utf-8", "valid")
        } else {
            unprocessable(&errors)
        };
        table.assert_eq(body, ask(&app, "POST /", &[JSON], body).await, expected);
    }
}

/// A rule may depend on an invalid field. Its error is reported only if it fails for every value of that field.
#[tokio::test]
async fn rules_that_depend_on_an_invalid_field_are_not_reported() {
    #[derive(Deserialize)]
    enum Kind {
        Normal,
        Rare,
        Used,
        Free,
    }
    #[derive(Deserialize)]
    struct Article {
        kind: Kind,
        price: i64,
        stock: i64,
    }
    impl Rules for Article {
        fn rules(&self, article: &mut Check<'_>) {
            if !matches!(self.kind, Kind::Free) {
                article.field("price", &self.price).ge(10);
            }
            article.field("stock", &self.stock).ge(if matches!(self.kind, Kind::Rare | Kind::Used) {
                0
            } else {
                5
            });
            article.field("stock", &self.stock).le(if matches!(self.kind, Kind::Normal) { 100 } else { 90 });
        }
    }
    let app = Router::new()
        .route("/", post(async |_: Valid<Json<Article>>| "valid"))
        .layer(ErrorHandlingLayer::new());
    let kind = r#"{"type":"enum","loc":["body","kind"],"msg":"Input should be 'Normal', 'Rare', 'Used' or 'Free'","input":"free","ctx":{"expected":"'Normal', 'Rare', 'Used' or 'Free'"}}"#;
    assert_eq!(
        ask(&app, "POST /", &[JSON], r#"{"kind":"free","price":0,"stock":4}"#).await,
        unprocessable(&[kind])
    );
    // A rule fails for every `kind`, but not always the same one, so neither error is certain.
    assert_eq!(
        ask(&app, "POST /", &[JSON], r#"{"kind":"free","price":0,"stock":200}"#).await,
        unprocessable(&[kind])
    );
}

/// A field may swallow errors, but not a limit: its value was not read to the end.
#[tokio::test]
async fn depth_limit_swallowed_by_a_field_still_rejects_the_body() {
    #[derive(Deserialize)]
    struct Person {
        age: i64,
        #[serde(default, deserialize_with = "or_default")]
        _x: Vec<Value>,
    }
    fn or_default<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<Value>, D::Error> {
        Ok(Vec::deserialize(deserializer).unwrap_or_default())
    }
    impl Rules for Person {
        fn rules(&self, person: &mut Check<'_>) {
            person.field("age", &self.age).ge(18);
        }
    }
    let app = Router::new()
        .route("/", post(async |_: Valid<Json<Person>>| "valid"))
        .layer(ErrorHandlingLayer::new());
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let mut table = Table::default();
    for age in ["-5", "\"20\""] {
        let body = format!(r#"{{"age":{age},"_x":{deep}}}"#);
        let expected = Reply::detail(400, "There was an error parsing the body");
        table.assert_eq(age, ask(&app, "POST /", &[JSON], &body).await, expected);
    }
}

/// A rule may name a header as it is sent or as the field.
#[tokio::test]
async fn header_rules_accept_field_names_and_header_names() {
    #[derive(Deserialize)]
    struct Tokens {
        x_first: i64,
        x_second: i64,
        #[serde(default)]
        x_third: i64,
    }
    impl Rules for Tokens {
        fn rules(&self, tokens: &mut Check<'_>) {
            tokens.field("X-First", &self.x_first).gt(0);
            tokens.field("x_second", &self.x_second).gt(0);
            tokens.field("x-third", &self.x_third).ge(0);
        }
    }
    let app = Router::new()
        .route("/", get(async |_: Valid<Header<Tokens>>| "valid"))
        .layer(ErrorHandlingLayer::new());
    assert_eq!(
        ask(&app, "GET /", &[("x-first", "0"), ("x-second", "0"), ("x-third", "x")], "").await,
        unprocessable(&[
            not_positive(r#"["header","x-first"]"#, r#""0""#),
            not_positive(r#"["header","x-second"]"#, r#""0""#),
            int_parsing(r#"["header","x-third"]"#, r#""x""#),
        ]),
    );
}

/// A value may have moved while it was deserialized. The rule's error then does not echo what is now in its place.
#[tokio::test]
async fn rule_errors_have_null_input_where_the_value_is_uncertain() {
    #[serde_as]
    #[derive(Deserialize)]
    struct Skipping {
        #[serde_as(as = "VecSkipError<_>")]
        numbers: Vec<i64>,
        #[serde(default, deserialize_with = "lowercase")]
        map: BTreeMap<String, i64>,
        #[serde(default)]
        numbered: BTreeMap<i64, i64>,
        #[serde(default, deserialize_with = "sorted")]
        sorted: Vec<i64>,
        #[serde(default)]
        plain: Vec<i64>,
    }
    fn sorted<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<i64>, D::Error> {
        let mut list = Vec::deserialize(deserializer)?;
        list.sort_unstable();
        Ok(list)
    }
    fn lowercase<'de, D: serde::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<BTreeMap<String, i64>, D::Error> {
        let map = BTreeMap::<String, i64>::deserialize(deserializer)?;
        Ok(map.into_iter().map(|(key, value)| (key.to_lowercase(), value)).collect())
    }
    impl Rules for Skipping {
        fn rules(&self, skipping: &mut Check<'_>) {
            skipping.field("numbers", &self.numbers).each(|number| number.gt(0));
            skipping.field("map", &self.map).each_value(|number| number.gt(0));
            skipping.field("numbered", &self.numbered).each_value(|number| number.gt(0));
            skipping.field("sorted", &self.sorted).each(|number| number.gt(0));
            skipping.field("plain", &self.plain).each(|number| number.gt(0));
        }
    }
    let app = Router::new()
        .route("/", post(async |_: Valid<Json<Skipping>>| "valid"))
        .layer(ErrorHandlingLayer::new());
    let rows = [
        // The first item is skipped, so the indices of the others have changed.
        (r#"{"numbers":["x",1,0]}"#, not_positive(r#"["body","numbers",1]"#, "null")),
        (r#"{"numbers":[1,0]}"#, not_positive(r#"["body","numbers",1]"#, "null")),
        (r#"{"numbers":[0]}"#, not_positive(r#"["body","numbers",0]"#, "0")),
        (r#"{"numbers":[],"map":{"A":0}}"#, not_positive(r#"["body","map","a"]"#, "null")),
        (r#"{"numbers":[],"map":{"a":0,"A":5,"B":1}}"#, not_positive(r#"["body","map","a"]"#, "null")),
        // Two keys merge into one.
        (r#"{"numbers":[],"numbered":{"1":5,"+1":0}}"#, not_positive(r#"["body","numbered","1"]"#, "null")),
        (r#"{"numbers":[],"numbered":{"2":5,"1":0}}"#, not_positive(r#"["body","numbered","1"]"#, "0")),
        (
            r#"{"numbers":[],"numbered":{"1":0,"2":"x"}}"#,
            [
                not_positive(r#"["body","numbered","1"]"#, "0"),
                int_parsing(r#"["body","numbered","2"]"#, r#""x""#),
            ]
            .join(","),
        ),
        (
            r#"{"numbers":[],"numbered":{"1":5,"+1":0,"x":2}}"#,
            int_parsing(r#"["body","numbered","x","[key]"]"#, r#""x""#),
        ),
        // The list was sorted, so its first item was not sent first.
        (r#"{"numbers":[],"sorted":[5,-1]}"#, not_positive(r#"["body","sorted",0]"#, "null")),
        (r#"{"numbers":[],"sorted":[-1]}"#, not_positive(r#"["body","sorted",0]"#, "-1")),
        (r#"{"numbers":[],"plain":[5,-1]}"#, not_positive(r#"["body","plain",1]"#, "-1")),
    ];
    let mut table = Table::default();
    for (body, error) in rows {
        table.assert_eq(body, ask(&app, "POST /", &[JSON], body).await, unprocessable(&[error]));
    }
}

/// A rule can fail in the app's code.
#[tokio::test]
async fn invalid_patterns_and_panicking_rules_are_unhandled_errors() {
    static BAD: Pattern = Pattern::new("[");
    #[derive(Deserialize)]
    struct Text {
        text: String,
        number: i64,
    }
    impl Rules for Text {
        fn rules(&self, check: &mut Check<'_>) {
            match self.text.as_str() {
                "pattern" => {
                    check.field("text", &self.text).pattern(&BAD);
                }
                "panic" => panic!("a rule panicked"),
                _ => {}
            }
            assert!(self.number != 0, "nobody has sent this");
        }
    }
    let app = Router::new().route("/", post(async |_: Valid<Json<Text>>| "valid")).layer(
        ErrorHandlingLayer::new()
            .exception_handler(async |panic: Caught<Panic>| {
                (StatusCode::BAD_GATEWAY, panic.message().to_owned())
            })
            .exception_handler(async |exception: Exception| {
                (StatusCode::BAD_GATEWAY, exception.to_string().lines().next().unwrap_or_default().to_owned())
            }),
    );
    let text = |body: &str| Reply::text(502, "text/plain; charset=utf-8", body);
    assert_eq!(
        ask(&app, "POST /", &[JSON], r#"{"text":"pattern","number":1}"#).await,
        text("the pattern \"[\" is no regular expression: regex parse error:"),
    );
    assert_eq!(ask(&app, "POST /", &[JSON], r#"{"text":"panic","number":1}"#).await, text("a rule panicked"));
    // A panic on a placeholder is not reported.
    assert_eq!(
        ask(&app, "POST /", &[JSON], r#"{"text":"right","number":"x"}"#).await,
        unprocessable(&[int_parsing(r#"["body","number"]"#, r#""x""#)]),
    );
}

#[tokio::test]
async fn invalid_responses_are_500() {
    struct Unserializable;
    impl Serialize for Unserializable {
        fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("secret reason"))
        }
    }
    impl Rules for Unserializable {
        fn rules(&self, _: &mut Check<'_>) {}
    }
    let item = |name: &str, tags: Vec<i64>| Item { name: name.to_owned(), size: 1, tags };
    let routes = || {
        Router::new()
            .route("/right", get(async move || Valid(Json(item("ab", vec![])))))
            .route("/wrong", get(async move || Valid(Json(vec![item("ab", vec![]), item("a", vec![1, 0])]))))
            .route("/unserializable", get(async || Valid(Json(Unserializable))))
            .route("/plain", get(async || Json(Unserializable)))
    };
    let app = routes().layer(ErrorHandlingLayer::new());
    let right = Reply::json(200, r#"{"name":"ab","size":1,"tags":[]}"#);
    assert_eq!(ask(&app, "GET /right", &[], "").await, right);
    let mut table = Table::default();
    for path in ["GET /wrong", "GET /unserializable", "GET /plain"] {
        table.assert_eq(path, ask(&app, path, &[], "").await, Reply::unhandled());
    }
    let app = routes().layer(ErrorHandlingLayer::new().exception_handler(
        async |error: Caught<ResponseValidationError>| {
            let body = Value::from_iter([
                ("errors", error.errors().iter().collect::<Value>()),
                ("body", error.body().cloned().into()),
            ]);
            (StatusCode::BAD_GATEWAY, body).into_response()
        },
    ));
    assert_eq!(ask(&app, "GET /right", &[], "").await, right);
    assert_eq!(
        ask(&app, "GET /wrong", &[], "").await,
        Reply::json(
            502,
            format!(
                r#"{{"errors":[{},{}],"body":[{{"name":"ab","size":1,"tags":[]}},{{"name":"a","size":1,"tags":[1,0]}}]}}"#,
                short(r#"["response",1,"name"]"#, r#""a""#),
                not_positive(r#"["response",1,"tags",1]"#, "0"),
            )
        ),
    );
    let unserializable = r#"{"errors":[{"type":"value_error","loc":["response"],"msg":"Value error, secret reason","input":null,"ctx":{"error":{}}}],"body":null}"#;
    for path in ["GET /unserializable", "GET /plain"] {
        table.assert_eq(path, ask(&app, path, &[], "").await, Reply::json(502, unserializable));
    }
}

/// The JSON in the README is the actual response.
#[tokio::test]
async fn readme_rules_json_matches_the_response() {
    #[derive(Deserialize)]
    struct User {
        name: String,
        age: Option<u8>,
        password: String,
        repeated: String,
    }
    impl Rules for User {
        fn rules(&self, user: &mut Check<'_>) {
            user.field("name", &self.name).min_length(3).max_length(50);
            user.optional("age", &self.age).ge(18);
            user.field("password", &self.password)
                .custom(|password| if password == "password" { Err("choose a better one") } else { Ok(()) });
            user.whole(
                || {
                    if self.password == self.repeated { Ok(()) } else { Err("Passwords do not match") }
                },
            );
        }
    }
    let shown = include_str!("../../README.md").split("```json\n").nth(2).unwrap();
    let (shown, _) = shown.split_once("```").unwrap();
    let shown: Value = shown.trim().parse().unwrap();
    let app =
        Router::new().route("/", post(async |_: Valid<Json<User>>| ())).layer(ErrorHandlingLayer::new());
    let sent = r#"{"name":"Al","age":"old","password":"password","repeated":"other"}"#;
    assert_eq!(ask(&app, "POST /", &[JSON], sent).await, Reply::json(422, shown));
}

/// The value is counted, not the document: a default has not been sent, and set items may differ only in case.
#[tokio::test]
async fn length_rules_count_default_lists_and_sets() {
    #[derive(Deserialize)]
    struct Tags {
        #[serde(default = "three")]
        list: Vec<i64>,
        set: std::collections::HashSet<String>,
    }
    fn three() -> Vec<i64> {
        vec![1, 2, 3]
    }
    impl Rules for Tags {
        fn rules(&self, tags: &mut Check<'_>) {
            tags.field("list", &self.list).max_length(2);
            tags.field("set", &self.set).max_length(2);
        }
    }
    let app =
        Router::new().route("/", post(async |_: Valid<Json<Tags>>| ())).layer(ErrorHandlingLayer::new());
    let sent = r#"{"set":["A","a","b"],"b":1,"c":1,"d":1,"e":1}"#;
    assert_eq!(
        ask(&app, "POST /", &[JSON], sent).await,
        unprocessable(&[
            r#"{"type":"too_long","loc":["body","list"],"msg":"List should have at most 2 items after validation, not 3","input":null,"ctx":{"field_type":"List","max_length":2,"actual_length":3}}"#,
            r#"{"type":"too_long","loc":["body","set"],"msg":"Set should have at most 2 items after validation, not more","input":["A","a","b"],"ctx":{"field_type":"Set","max_length":2,"actual_length":null}}"#,
        ]),
    );
}

/// A limit may be another field, which is unknown if that field is invalid.
#[tokio::test]
async fn rules_with_limits_from_invalid_fields_are_not_reported() {
    #[derive(Deserialize)]
    struct Span {
        start: i64,
        end: i64,
        is_open: bool,
        size: i64,
    }
    impl Rules for Span {
        fn rules(&self, span: &mut Check<'_>) {
            span.field("end", &self.end).gt(self.start);
            if !self.is_open {
                span.field("size", &self.size).gt(0);
            }
            span.field("size", &self.size).le(100);
        }
    }
    let app =
        Router::new().route("/", post(async |_: Valid<Json<Span>>| ())).layer(ErrorHandlingLayer::new());
    let rows = [
        (
            r#"{"start":1,"end":1,"is_open":false,"size":0}"#,
            vec![
                r#"{"type":"greater_than","loc":["body","end"],"msg":"Input should be greater than 1","input":1,"ctx":{"gt":1}}"#.to_owned(),
                not_positive(r#"["body","size"]"#, "0"),
            ],
        ),
        (
            r#"{"start":"x","end":-5,"is_open":true,"size":101}"#,
            vec![
                int_parsing(r#"["body","start"]"#, r#""x""#),
                r#"{"type":"less_than_equal","loc":["body","size"],"msg":"Input should be less than or equal to 100","input":101,"ctx":{"le":100}}"#.to_owned(),
            ],
        ),
        (
            r#"{"start":1,"end":2,"is_open":"?","size":0}"#,
            vec![r#"{"type":"bool_parsing","loc":["body","is_open"],"msg":"Input should be a valid boolean, unable to interpret input","input":"?"}"#.to_owned()],
        ),
    ];
    let mut table = Table::default();
    for (sent, errors) in rows {
        table.assert_eq(sent, ask(&app, "POST /", &[JSON], sent).await, unprocessable(&errors));
    }
}
