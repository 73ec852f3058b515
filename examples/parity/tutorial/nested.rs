//! The page about nested models.

use std::collections::{BTreeMap, BTreeSet};

use axum::{
    Router,
    routing::{MethodRouter, post, put},
};
use axum_exception::{
    Value,
    extract::{All, Json, Path, Valid},
    rules::{Check, RuleError, Rules},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use url::Url;

use super::PathAnd;

pub(crate) fn routes() -> Router {
    super::table([
        ("/body-nested-models/1/items/{item_id}", item::<Tagged<Vec<Value>>>()),
        ("/body-nested-models/2/items/{item_id}", item::<Tagged<Vec<String>>>()),
        ("/body-nested-models/3/items/{item_id}", item::<Tagged<Words>>()),
        ("/body-nested-models/4/items/{item_id}", item::<Pictured<PlainImage>>()),
        ("/body-nested-models/5/items/{item_id}", valid_item::<Pictured<Image>>()),
        ("/body-nested-models/6/items/{item_id}", valid_item::<Gallery>()),
        ("/body-nested-models/7/offers/", post(async |Valid(Json(offer)): Valid<Json<Offer>>| Json(offer))),
        (
            "/body-nested-models/8/images/multiple/",
            post(async |Valid(Json(images)): Valid<Json<Vec<Image>>>| Json(images)),
        ),
        (
            "/body-nested-models/9/index-weights/",
            post(async |Json(weights): Json<BTreeMap<i64, f64>>| Json(weights)),
        ),
    ])
}

fn item<T>() -> MethodRouter
where
    T: DeserializeOwned + Serialize + Send + 'static,
{
    put(async |All((Path(item_id), Json(item))): PathAnd<i64, Json<T>>| Json((item_id, item)))
}

fn valid_item<T>() -> MethodRouter
where
    T: DeserializeOwned + Rules + Serialize + Send + 'static,
{
    put(async |All((Path(item_id), Valid(Json(item)))): PathAnd<i64, Valid<Json<T>>>| Json((item_id, item)))
}

/// A set of strings.
pub(crate) type Words = BTreeSet<String>;

#[derive(Deserialize, Serialize)]
pub(crate) struct Tagged<T> {
    name: String,
    description: Option<String>,
    price: f64,
    tax: Option<f64>,
    #[serde(default)]
    tags: T,
}

#[derive(Deserialize, Serialize)]
struct PlainImage {
    url: String,
    name: String,
}

/// A URL whose scheme is `http` or `https`.
#[derive(Deserialize, Serialize)]
#[serde(transparent)]
pub(crate) struct HttpUrl(Url);

impl Rules for HttpUrl {
    fn rules(&self, url: &mut Check<'_>) {
        url.value(&self.0).custom(|url| match url.scheme() {
            "http" | "https" => Ok(()),
            _ => Err(RuleError::new("url_scheme", "URL scheme should be 'http' or 'https'")
                .with_ctx("expected_schemes", "'http' or 'https'")),
        });
    }
}

#[derive(Deserialize, Serialize)]
struct Image {
    url: HttpUrl,
    name: String,
}

impl Rules for Image {
    fn rules(&self, image: &mut Check<'_>) {
        image.field("url", &self.url).nested();
    }
}

#[derive(Deserialize, Serialize)]
struct Pictured<I> {
    name: String,
    description: Option<String>,
    price: f64,
    tax: Option<f64>,
    #[serde(default)]
    tags: Words,
    image: Option<I>,
}

impl<I: Rules> Rules for Pictured<I> {
    fn rules(&self, item: &mut Check<'_>) {
        item.optional("image", &self.image).nested();
    }
}

#[derive(Deserialize, Serialize)]
struct Gallery {
    name: String,
    description: Option<String>,
    price: f64,
    tax: Option<f64>,
    #[serde(default)]
    tags: Words,
    images: Option<Vec<Image>>,
}

impl Rules for Gallery {
    fn rules(&self, item: &mut Check<'_>) {
        item.optional("images", &self.images).nested();
    }
}

#[derive(Deserialize, Serialize)]
struct Offer {
    name: String,
    description: Option<String>,
    price: f64,
    items: Vec<Gallery>,
}

impl Rules for Offer {
    fn rules(&self, offer: &mut Check<'_>) {
        offer.field("items", &self.items).nested();
    }
}
