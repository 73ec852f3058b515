use std::marker::PhantomData;

use axum_exception::rules::Rules;
use serde::Deserialize;

#[derive(Deserialize, Rules)]
struct User {
    #[serde(skip)]
    #[rule(ge = 1)]
    skipped: u8,
    #[serde(skip_deserializing)]
    #[rule(ge = 1)]
    not_deserialized: u8,
}

#[derive(Deserialize, Rules)]
#[serde(transparent)]
struct Transparent {
    value: u8,
    #[serde(default)]
    #[rule(ge = 1)]
    default: u8,
    #[rule(nested)]
    phantom: PhantomData<u8>,
}

#[derive(Deserialize, Rules)]
enum Kind {
    Read(#[rule(ge = 1)] u8),
    #[serde(skip)]
    Skipped(#[rule(ge = 1)] u8),
}

fn main() {}
