//! The cost of `extract::Json`, on valid and on invalid bodies.
//!
//! `cargo bench -p benches --bench json`

use axum::response::IntoResponse;
use axum_exception::{
    extract,
    rules::{Check, Rules},
};
use benches::{Variant, compare, documents};
use deserr::errors::JsonError;
use serde::de::DeserializeOwned;

/// Defines the same types for serde and for each peer, because their derives would conflict.
macro_rules! types {
    ($peer:ident: $derive:path) => {
        mod $peer {
            #[derive($derive)]
            #[allow(dead_code)]
            pub struct Order {
                pub id: u64,
                pub customer: String,
                pub items: Vec<Item>,
                pub note: Option<String>,
            }

            #[derive($derive)]
            #[allow(dead_code)]
            pub struct Item {
                pub title: String,
                pub size: i32,
                pub price: f64,
                pub tags: Vec<String>,
                pub gift: bool,
            }
        }
    };
}

types!(with_serde: serde::Deserialize);
types!(with_eserde: eserde::Deserialize);
types!(with_deserr: deserr::Deserr);

use with_serde::{Item, Order};

impl Rules for Order {
    fn rules(&self, order: &mut Check<'_>) {
        order.field("id", &self.id).gt(0);
        order.field("customer", &self.customer).min_length(1).max_length(50);
        order.field("items", &self.items).min_length(1).nested();
        order.optional("note", &self.note).max_length(100);
    }
}

impl Rules for Item {
    fn rules(&self, item: &mut Check<'_>) {
        item.field("title", &self.title).min_length(1).max_length(50);
        item.field("size", &self.size).ge(0).le(100);
        item.field("price", &self.price).gt(0.0);
        item.field("tags", &self.tags).max_length(10).each(|tag| tag.min_length(1).max_length(20));
    }
}

fn serde_json<T: DeserializeOwned>(document: &str) -> bool {
    serde_json::from_slice::<T>(document.as_bytes()).is_ok()
}

/// Reads a document, and builds the response if it is invalid.
fn axum<T: DeserializeOwned>(document: &str) -> usize {
    match axum::Json::<T>::from_bytes(document.as_bytes()) {
        Ok(_) => 0,
        Err(rejection) => length(rejection),
    }
}

fn ours<T: DeserializeOwned>(document: &str) -> usize {
    match extract::Json::<T>::from_bytes(document.as_bytes()) {
        Ok(_) => 0,
        Err(exception) => length(exception),
    }
}

fn valid<T: DeserializeOwned + Rules>(document: &str) -> usize {
    match extract::Valid::<extract::Json<T>>::from_bytes(document.as_bytes()) {
        Ok(_) => 0,
        Err(exception) => length(exception),
    }
}

fn length(response: impl IntoResponse) -> usize {
    let response = response.into_response();
    axum::body::HttpBody::size_hint(response.body()).exact().unwrap() as usize
}

/// Reports all errors, each as a string.
fn eserde(document: &str) -> usize {
    match eserde::json::from_str::<with_eserde::Order>(document) {
        Ok(_) => 0,
        Err(errors) => errors.iter().map(|error| error.to_string().len()).sum(),
    }
}

/// deserr's built-in error type stops at the first error.
fn deserr(document: &str) -> usize {
    let value: serde_json::Value = serde_json::from_str(document).unwrap();
    match deserr::deserialize::<with_deserr::Order, _, JsonError>(value) {
        Ok(_) => 0,
        Err(error) => error.to_string().len(),
    }
}

fn main() {
    for (items, iterations) in [(1, 4000), (24, 400), (600, 20)] {
        let document = documents::valid(items);
        assert!(serde_json::<Order>(&document) && axum::<Order>(&document) == 0);
        assert!(ours::<Order>(&document) == 0 && valid::<Order>(&document) == 0);
        compare(
            &format!("a valid body of {} bytes", document.len()),
            iterations,
            101,
            vec![
                Variant::new("serde_json::from_slice", || serde_json::<Order>(&document)),
                Variant::new("axum_exception::extract::Json", || ours::<Order>(&document)),
                Variant::new("axum_exception::extract::Valid<Json>", || valid::<Order>(&document)),
                Variant::new("axum::Json", || axum::<Order>(&document)),
                Variant::new("eserde::json::from_str", || eserde(&document)),
                Variant::new("deserr::deserialize", || deserr(&document)),
            ],
        );
        for (document, place) in
            [(documents::invalid_at_end(items), "end"), (documents::invalid_at_beginning(items), "beginning")]
        {
            assert!(axum::<Order>(&document) > 0 && ours::<Order>(&document) > 0);
            compare(
                &format!("a body of {} bytes with two errors at its {place}", document.len()),
                iterations,
                101,
                vec![
                    Variant::new("axum::Json, the first error", || axum::<Order>(&document)),
                    Variant::new("axum_exception::extract::Json, both", || ours::<Order>(&document)),
                    Variant::new("axum_exception::extract::Valid<Json>, both", || valid::<Order>(&document)),
                    Variant::new("eserde::json::from_str, both", || eserde(&document)),
                    Variant::new("deserr::deserialize, the first error", || deserr(&document)),
                ],
            );
        }
    }
}
