//! Pages about query parameters.

use axum::{
    Router,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{MethodRouter, get, post},
};
use axum_exception::{
    Value, explain,
    extract::{All, Json, Params, Path, Query, Valid},
    rules::{Check, Pattern, Rules},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::{PathAnd, QueryOf, numbered};

pub(crate) fn routes() -> Router {
    super::table([
        (
            "/query-params/1/items/",
            get(async |Query(Params(Window { skip, limit })): QueryOf<Window>| Json((skip, limit))),
        ),
        (
            "/query-params/2/items/{item_id}",
            get(async |All((Path(item_id), Query(Params(Q { q })))): PathAnd<String, QueryOf<Q>>| {
                Json((item_id, q))
            }),
        ),
        (
            "/query-params/3/items/{item_id}",
            get(
                async |All((Path(item_id), Query(Params(Short { q, short })))): PathAnd<
                    String,
                    QueryOf<Short>,
                >| Json((item_id, q, short)),
            ),
        ),
        (
            "/query-params/4/users/{user_id}/items/{item_id}",
            get(
                async |All((Path((user_id, item_id)), Query(Params(Short { q, short })))): PathAnd<
                    (i64, String),
                    QueryOf<Short>,
                >| Json((user_id, item_id, q, short)),
            ),
        ),
        (
            "/query-params/5/items/{item_id}",
            get(
                async |All((Path(item_id), Query(Params(Needy { needy })))): PathAnd<
                    String,
                    QueryOf<Needy>,
                >| Json((item_id, needy)),
            ),
        ),
        (
            "/query-params/6/items/{item_id}",
            get(async |All((Path(item_id), Query(Params(query)))): PathAnd<String, QueryOf<NeedyWindow>>| {
                Json((item_id, query.needy, query.skip, query.limit))
            }),
        ),
        (
            "/query-param-models/1/items/",
            get(async |Valid(Query(filter)): Valid<Query<Filter>>| Json(filter)),
        ),
        (
            "/query-param-models/2/items/",
            get(async |Valid(Query(filter)): Valid<Query<StrictFilter>>| Json(filter)),
        ),
        (
            "/response-status-code/1/items/",
            post(async |Query(Params(Name { name })): QueryOf<Name>| (StatusCode::CREATED, Json(name))),
        ),
        ("/events/3/predict", get(async |Query(Params(X { x })): QueryOf<X>| Json(x * 42.0))),
    ])
    .merge(texts())
    .merge(numbered("additional-responses", ["1", "3"], "/items/{item_id}", &get(item_or_message)))
    .merge(numbered(
        "additional-responses",
        ["2", "4"],
        "/items/{item_id}",
        &get(async |All((Path(item_id), Query(Params(Img { img })))): PathAnd<String, QueryOf<Img>>| {
            Json((item_id, img))
        }),
    ))
    .merge(numbered("response-model", ["3-02", "3-05"], "/portal", &get(portal)))
}

/// The page about rules for strings.
fn texts() -> Router {
    let at_least_three = valid::<AtLeastThree>();
    let routes: [(&str, MethodRouter); 16] = [
        ("1", read::<Q>()),
        ("2", valid::<UpToFifty>()),
        ("3", valid::<ThreeToFifty>()),
        ("4", valid::<Fixed>()),
        ("5", valid::<WithDefault>()),
        ("6", valid::<Required>()),
        ("6c", valid::<RequiredOrNone>()),
        ("7", at_least_three.clone()),
        ("8", at_least_three),
        ("9", read::<ItemQuery>()),
        ("10", valid::<FixedItemQuery>()),
        ("11", read::<OptionalList>()),
        ("12", read::<ListWithDefault>()),
        ("13", read::<AnyList>()),
        ("14", read::<Hidden>()),
        ("15", valid::<KnownId>()),
    ];
    routes.into_iter().fold(Router::new(), |router, (number, method)| {
        router.route(&format!("/query-params-str-validations/{number}/items/"), method)
    })
}

/// Returns the parameters.
fn read<T>() -> MethodRouter
where
    T: DeserializeOwned + Serialize + Send + 'static,
{
    get(async |Query(Params(query)): QueryOf<T>| Json(query))
}

/// Returns the parameters, which have rules.
fn valid<T>() -> MethodRouter
where
    T: DeserializeOwned + Serialize + Rules + Send + 'static,
{
    get(async |Valid(Query(Params(query))): Valid<QueryOf<T>>| Json(query))
}

async fn item_or_message(Path(item_id): Path<String>) -> Response {
    if item_id == "foo" {
        return Json(item_id).into_response();
    }
    (StatusCode::NOT_FOUND, Value::from_iter([("message", "Item not found")])).into_response()
}

async fn portal(Query(Params(Teleport { teleport })): QueryOf<Teleport>) -> Response {
    if teleport { Redirect::temporary("/elsewhere").into_response() } else { Json("stay").into_response() }
}

static FIXED: Pattern = Pattern::new("^fixedquery$");

#[derive(Deserialize, Serialize)]
pub(crate) struct Q {
    pub(crate) q: Option<String>,
}

#[derive(Deserialize)]
pub(crate) struct RequiredQ {
    pub(crate) q: String,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct ItemQuery {
    #[serde(rename(deserialize = "item-query"))]
    pub(crate) q: Option<String>,
}

#[derive(Deserialize)]
#[serde(default)]
struct Window {
    skip: i64,
    limit: i64,
}

impl Default for Window {
    fn default() -> Self {
        Self { skip: 0, limit: 10 }
    }
}

#[derive(Deserialize)]
struct Short {
    q: Option<String>,
    #[serde(default)]
    short: bool,
}

#[derive(Deserialize)]
struct Needy {
    needy: String,
}

#[derive(Deserialize)]
struct NeedyWindow {
    needy: String,
    #[serde(default)]
    skip: i64,
    limit: Option<i64>,
}

#[derive(Deserialize)]
struct Name {
    name: String,
}

#[derive(Deserialize)]
struct X {
    x: f64,
}

#[derive(Deserialize)]
struct Img {
    img: Option<bool>,
}

#[derive(Deserialize)]
struct Teleport {
    #[serde(default)]
    teleport: bool,
}

#[derive(Clone, Copy, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
enum OrderBy {
    CreatedAt,
    UpdatedAt,
}

#[derive(Deserialize, Serialize)]
#[serde(default)]
struct Filter {
    limit: i64,
    offset: i64,
    #[serde(deserialize_with = "explain::literal")]
    order_by: OrderBy,
    tags: Vec<String>,
}

impl Default for Filter {
    fn default() -> Self {
        Self { limit: 100, offset: 0, order_by: OrderBy::CreatedAt, tags: Vec::new() }
    }
}

impl Rules for Filter {
    fn rules(&self, filter: &mut Check<'_>) {
        filter.field("limit", &self.limit).gt(0).le(100);
        filter.field("offset", &self.offset).ge(0);
    }
}

#[derive(Deserialize, Serialize)]
#[serde(default, deny_unknown_fields)]
struct StrictFilter {
    limit: i64,
    offset: i64,
    #[serde(deserialize_with = "explain::literal")]
    order_by: OrderBy,
    tags: Vec<String>,
}

impl Default for StrictFilter {
    fn default() -> Self {
        Self { limit: 100, offset: 0, order_by: OrderBy::CreatedAt, tags: Vec::new() }
    }
}

impl Rules for StrictFilter {
    fn rules(&self, filter: &mut Check<'_>) {
        filter.field("limit", &self.limit).gt(0).le(100);
        filter.field("offset", &self.offset).ge(0);
    }
}

#[derive(Deserialize, Serialize)]
struct UpToFifty {
    q: Option<String>,
}

impl Rules for UpToFifty {
    fn rules(&self, query: &mut Check<'_>) {
        query.optional("q", &self.q).max_length(50);
    }
}

#[derive(Deserialize, Serialize)]
struct ThreeToFifty {
    q: Option<String>,
}

impl Rules for ThreeToFifty {
    fn rules(&self, query: &mut Check<'_>) {
        query.optional("q", &self.q).min_length(3).max_length(50);
    }
}

#[derive(Deserialize, Serialize)]
struct Fixed {
    q: Option<String>,
}

impl Rules for Fixed {
    fn rules(&self, query: &mut Check<'_>) {
        query.optional("q", &self.q).min_length(3).max_length(50).pattern(&FIXED);
    }
}

#[derive(Deserialize, Serialize)]
struct WithDefault {
    #[serde(default = "fixed_query")]
    q: String,
}

fn fixed_query() -> String {
    "fixedquery".to_owned()
}

impl Rules for WithDefault {
    fn rules(&self, query: &mut Check<'_>) {
        query.field("q", &self.q).min_length(3);
    }
}

#[derive(Deserialize, Serialize)]
struct Required {
    q: String,
}

impl Rules for Required {
    fn rules(&self, query: &mut Check<'_>) {
        query.field("q", &self.q).min_length(3);
    }
}

#[derive(Deserialize, Serialize)]
struct RequiredOrNone {
    #[serde(deserialize_with = "Option::deserialize")]
    q: Option<String>,
}

impl Rules for RequiredOrNone {
    fn rules(&self, query: &mut Check<'_>) {
        query.optional("q", &self.q).min_length(3);
    }
}

#[derive(Deserialize, Serialize)]
struct AtLeastThree {
    q: Option<String>,
}

impl Rules for AtLeastThree {
    fn rules(&self, query: &mut Check<'_>) {
        query.optional("q", &self.q).min_length(3);
    }
}

#[derive(Deserialize, Serialize)]
struct FixedItemQuery {
    #[serde(rename(deserialize = "item-query"))]
    q: Option<String>,
}

impl Rules for FixedItemQuery {
    fn rules(&self, query: &mut Check<'_>) {
        query.optional("item-query", &self.q).min_length(3).max_length(50).pattern(&FIXED);
    }
}

#[derive(Deserialize, Serialize)]
struct OptionalList {
    q: Option<Vec<String>>,
}

#[derive(Deserialize, Serialize)]
struct ListWithDefault {
    #[serde(default = "foo_and_bar")]
    q: Vec<String>,
}

fn foo_and_bar() -> Vec<String> {
    vec!["foo".to_owned(), "bar".to_owned()]
}

#[derive(Deserialize, Serialize)]
struct AnyList {
    #[serde(default)]
    q: Vec<Value>,
}

#[derive(Deserialize, Serialize)]
struct Hidden {
    #[serde(rename(deserialize = "hidden_query"))]
    q: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct KnownId {
    #[serde(rename(deserialize = "id"))]
    q: Option<String>,
}

impl Rules for KnownId {
    fn rules(&self, query: &mut Check<'_>) {
        query.optional("id", &self.q).custom(|id| {
            if id.starts_with("isbn-") || id.starts_with("imdb-") {
                Ok(())
            } else {
                Err("The id must start with \"isbn-\" or \"imdb-\"")
            }
        });
    }
}
