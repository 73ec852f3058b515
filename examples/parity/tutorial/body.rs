//! Pages with one JSON body.

use axum::{
    Router,
    http::StatusCode,
    routing::{patch, post, put},
};
use axum_exception::extract::{All, Json, Params, Path, Query};
use serde::{Deserialize, Deserializer, Serialize};

use super::{
    PathAnd, QueryOf,
    nested::{Tagged, Words},
    numbered,
    query::Q,
};

pub(crate) fn routes() -> Router {
    let id_and_item =
        put(async |All((Path(item_id), Json(item))): PathAnd<i64, Json<Item>>| Json((item_id, item)));
    let words = post(async |Json(item): Json<Tagged<Words>>| Json(item));
    let list = post(async |Json(item): Json<Tagged<Vec<String>>>| Json(item));
    let goods = post(async |Json(goods): Json<Goods>| Json(goods));
    super::table([
        ("/body/1/items/", post(async |Json(item): Json<Item>| Json(item))),
        (
            "/body/2/items/",
            post(async |Json(item): Json<Item>| {
                let with_tax = item.tax.map(|tax| item.price + tax);
                Json((item, with_tax))
            }),
        ),
        ("/body/3/items/{item_id}", id_and_item.clone()),
        (
            "/body/4/items/{item_id}",
            put(
                async |All((Path(item_id), Query(Params(Q { q })), Json(item))): All<(
                    Path<i64>,
                    QueryOf<Q>,
                    Json<Item>,
                )>| Json((item_id, item, q)),
            ),
        ),
        (
            "/body-updates/1/items/{item_id}",
            put(async |All((Path(item_id), Json(item))): PathAnd<String, Json<PartialItem>>| {
                Json((item_id, item))
            }),
        ),
        (
            "/body-updates/2/items/{item_id}",
            patch(async |All((Path(item_id), Json(changes))): PathAnd<String, Json<Changes>>| {
                Json((item_id, changes.applied()))
            }),
        ),
        (
            "/path-operation-configuration/1/items/",
            post(async |Json(item): Json<Tagged<Words>>| (StatusCode::CREATED, Json(item))),
        ),
        ("/path-operation-advanced-configuration/4/items/", words.clone()),
        (
            "/server-sent-events/5/chat/stream",
            post(async |Json(Prompt { text }): Json<Prompt>| {
                Json(text.split_whitespace().map(str::to_owned).collect::<Vec<_>>())
            }),
        ),
    ])
    .merge(numbered("schema-extra-example", ["1", "2", "3", "4", "5"], "/items/{item_id}", &id_and_item))
    .merge(numbered("path-operation-configuration", ["2", "3", "4", "5"], "/items/", &words))
    .merge(numbered("response-model", ["1", "1-01"], "/items/", &list))
    .merge(numbered(
        "separate-openapi-schemas",
        ["1", "2"],
        "/items/",
        &post(async |Json(item): Json<NamedItem>| Json(item)),
    ))
    .merge(numbered("generate-clients", ["1", "2", "3"], "/items/", &goods))
    .merge(numbered(
        "generate-clients",
        ["2", "3"],
        "/users/",
        &post(async |Json(contact): Json<Contact>| Json(contact)),
    ))
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Item {
    name: String,
    description: Option<String>,
    price: f64,
    tax: Option<f64>,
}

#[derive(Deserialize, Serialize)]
#[serde(default)]
struct PartialItem {
    name: Option<String>,
    description: Option<String>,
    price: Option<f64>,
    tax: f64,
    tags: Vec<String>,
}

impl Default for PartialItem {
    fn default() -> Self {
        Self { name: None, description: None, price: None, tax: 10.5, tags: Vec::new() }
    }
}

/// The fields of [`PartialItem`]. A field that was not sent is none.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Changes {
    #[serde(deserialize_with = "sent")]
    name: Option<Option<String>>,
    #[serde(deserialize_with = "sent")]
    description: Option<Option<String>>,
    #[serde(deserialize_with = "sent")]
    price: Option<Option<f64>>,
    #[serde(deserialize_with = "sent")]
    tax: Option<f64>,
    #[serde(deserialize_with = "sent")]
    tags: Option<Vec<String>>,
}

/// Returns `Some` for everything that was sent, `null` too.
fn sent<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl Changes {
    /// Returns the stored item with the changes.
    fn applied(self) -> PartialItem {
        PartialItem {
            name: self.name.unwrap_or_else(|| Some("Bar".to_owned())),
            description: self.description.unwrap_or_else(|| Some("stored".to_owned())),
            price: self.price.unwrap_or(Some(62.0)),
            tax: self.tax.unwrap_or(20.2),
            tags: self.tags.unwrap_or_default(),
        }
    }
}

#[derive(Deserialize, Serialize)]
struct NamedItem {
    name: String,
    description: Option<String>,
}

#[derive(Deserialize)]
struct Prompt {
    text: String,
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Goods {
    name: String,
    price: f64,
}

#[derive(Deserialize, Serialize)]
struct Contact {
    username: String,
    email: String,
}
