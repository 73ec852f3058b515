//! Pages with several parameters in the body, or with a body beside parameters that have rules.

use axum::{
    Router,
    extract::Request,
    http::{HeaderValue, header::CONTENT_TYPE},
    middleware::map_request,
    routing::{get, patch, post, put},
};
use axum_exception::{
    HttpException, Result,
    extract::{All, Json, Params, Path, Query, Valid},
    rules::{Check, Rules},
};
use serde::{Deserialize, Serialize};

use super::{
    BodyOf, PathAnd, QueryOf,
    body::{Goods, Item},
    nested::HttpUrl,
    path::UpTo1000,
    query::Q,
};

pub(crate) fn routes() -> Router {
    super::table([
        (
            "/body-fields/1/items/{item_id}",
            put(
                async |All((Path(item_id), Valid(Json(Params(body))))): PathAnd<
                    i64,
                    Valid<BodyOf<Embedded<LimitedItem>>>,
                >| Json((item_id, body.item)),
            ),
        ),
        ("/body-multiple-params/1/items/{item_id}", put(optional_item)),
        (
            "/body-multiple-params/2/items/{item_id}",
            put(async |All((Path(item_id), Json(Params(body)))): PathAnd<i64, BodyOf<ItemAndUser>>| {
                Json((item_id, body.item, body.user))
            }),
        ),
        (
            "/body-multiple-params/3/items/{item_id}",
            put(async |All((Path(item_id), Json(Params(body)))): PathAnd<i64, BodyOf<Important>>| {
                Json((item_id, body.item, body.user, body.importance))
            }),
        ),
        (
            "/body-multiple-params/4/items/{item_id}",
            put(async |All((Path(item_id), query, Valid(Json(Params(body))))): ImportantUpdate| {
                let Query(Params(Q { q })) = query;
                Json((item_id, body.item, body.user, body.importance, q))
            }),
        ),
        (
            "/body-multiple-params/5/items/{item_id}",
            put(async |All((Path(item_id), Json(Params(body)))): PathAnd<i64, BodyOf<Embedded<Item>>>| {
                Json((item_id, body.item))
            }),
        ),
        (
            "/openapi-callbacks/1/invoices/",
            post(
                async |All((Valid(Query(Params(callback))), Json(invoice))): All<(
                    Valid<QueryOf<Callback>>,
                    Json<Invoice>,
                )>| Json((invoice, callback.callback_url)),
            ),
        ),
        (
            "/strict-content-type/1/items/",
            post(async |Json(goods): Json<Goods>| Json(goods)).layer(map_request(json_by_default)),
        ),
        (
            "/sql-databases/2/heroes/",
            post(async |Json(hero): Json<NewHero>| Json(hero)).get(
                async |Valid(Query(Params(page))): Valid<QueryOf<Page>>| Json((page.offset, page.limit)),
            ),
        ),
        (
            "/sql-databases/2/heroes/{hero_id}",
            get(one_hero).delete(one_hero).merge(patch(
                async |All((Path(hero_id), Json(hero))): PathAnd<i64, Json<HeroChanges>>| {
                    Json((hero_id, hero))
                },
            )),
        ),
    ])
}

/// A path, a query and the parameters of a body.
type ImportantUpdate = All<(Path<i64>, QueryOf<Q>, Valid<BodyOf<Important>>)>;

/// A path, a query and a body that may be absent.
type OptionalUpdate = All<(Valid<Path<UpTo1000>>, QueryOf<Q>, Option<Json<Option<Item>>>)>;

async fn optional_item(
    All((Valid(Path(item_id)), Query(Params(Q { q })), item)): OptionalUpdate,
) -> Json<(UpTo1000, Option<String>, Option<Item>)> {
    Json((item_id, q, item.and_then(|Json(item)| item)))
}

async fn one_hero(Path(hero_id): Path<i64>) -> Result<Json<i64>> {
    if hero_id != 1 {
        return Err(HttpException::not_found().with_detail("Hero not found").into());
    }
    Ok(Json(hero_id))
}

/// Reads a body without a content type as JSON: FastAPI's `strict_content_type=False`.
async fn json_by_default(mut request: Request) -> Request {
    let json = HeaderValue::from_static("application/json");
    request.headers_mut().entry(CONTENT_TYPE).or_insert(json);
    request
}

#[derive(Deserialize)]
struct Embedded<T> {
    item: T,
}

impl<T: Rules> Rules for Embedded<T> {
    fn rules(&self, body: &mut Check<'_>) {
        body.field("item", &self.item).nested();
    }
}

#[derive(Deserialize, Serialize)]
struct LimitedItem {
    name: String,
    description: Option<String>,
    price: f64,
    tax: Option<f64>,
}

impl Rules for LimitedItem {
    fn rules(&self, item: &mut Check<'_>) {
        item.optional("description", &self.description).max_length(300);
        item.field("price", &self.price).gt(0.0);
    }
}

#[derive(Deserialize, Serialize)]
struct User {
    username: String,
    full_name: Option<String>,
}

#[derive(Deserialize)]
struct ItemAndUser {
    item: Item,
    user: User,
}

#[derive(Deserialize)]
struct Important {
    item: Item,
    user: User,
    importance: i64,
}

impl Rules for Important {
    fn rules(&self, body: &mut Check<'_>) {
        body.field("importance", &self.importance).gt(0);
    }
}

#[derive(Deserialize)]
struct Callback {
    callback_url: Option<HttpUrl>,
}

impl Rules for Callback {
    fn rules(&self, callback: &mut Check<'_>) {
        callback.optional("callback_url", &self.callback_url).nested();
    }
}

#[derive(Deserialize, Serialize)]
struct Invoice {
    id: String,
    title: Option<String>,
    customer: String,
    total: f64,
}

#[derive(Deserialize, Serialize)]
struct NewHero {
    name: String,
    age: Option<i64>,
    secret_name: String,
}

#[derive(Deserialize, Serialize)]
struct HeroChanges {
    name: Option<String>,
    age: Option<i64>,
    secret_name: Option<String>,
}

#[derive(Deserialize)]
#[serde(default)]
struct Page {
    offset: i64,
    limit: i64,
}

impl Default for Page {
    fn default() -> Self {
        Self { offset: 0, limit: 100 }
    }
}

impl Rules for Page {
    fn rules(&self, page: &mut Check<'_>) {
        page.field("limit", &self.limit).le(100);
    }
}
