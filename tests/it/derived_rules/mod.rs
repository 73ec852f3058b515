//! `#[derive(Rules)]` compared with implementations by hand, and with whole responses.

// `Field::nested` is not general enough: its `Field` has one lifetime.
#![allow(clippy::redundant_closure_for_method_calls)]

mod enums;
mod generics;
mod names;
mod rename_all;
mod structs;
mod values;

use axum::routing::post;
use axum_exception::{
    extract::{Json, Valid},
    rules::Rules,
};
use serde::de::DeserializeOwned;

use crate::support::{Reply, errors::unprocessable, post_json, table::Table};

async fn reply<T: DeserializeOwned + Rules + Send + 'static>(body: &str) -> Reply {
    post_json(post(async |_: Valid<Json<T>>| "valid"), body).await
}

/// Posts bodies to a type with derived rules and to one with the same rules by hand, and compares both responses with
/// the errors. A body without errors is valid.
async fn expect<Derived, ByHand>(rows: &[(&str, Vec<String>)])
where
    Derived: DeserializeOwned + Rules + Send + 'static,
    ByHand: DeserializeOwned + Rules + Send + 'static,
{
    let mut table = Table::default();
    for (body, errors) in rows {
        let expected = if errors.is_empty() {
            Reply::text(200, "text/plain; charset=utf-8", "valid")
        } else {
            unprocessable(errors)
        };
        table.assert_eq(format_args!("derived: {body}"), reply::<Derived>(body).await, expected.clone());
        table.assert_eq(format_args!("by hand: {body}"), reply::<ByHand>(body).await, expected);
    }
}

/// Defines a type that is read like another one, and states rules by hand for the value in it.
macro_rules! by_hand {
    ($name:ident($derived:ty): |$this:ident, $check:ident| $rules:block) => {
        #[derive(serde::Deserialize)]
        #[serde(transparent)]
        struct $name($derived);

        impl axum_exception::rules::Rules for $name {
            fn rules(&self, $check: &mut axum_exception::rules::Check<'_>) {
                let $this = &self.0;
                $rules
            }
        }
    };
}
use by_hand;

/// Returns the error of a number that is less than 1.
fn less_than_one(loc: &str, input: &str) -> String {
    crate::support::errors::out_of_range("ge", loc, ["1", "1"], input)
}
