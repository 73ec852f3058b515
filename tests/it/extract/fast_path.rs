//! The fast path for pairs agrees with the engine: the same values and the same errors.

use std::collections::BTreeMap;

use axum::http::Uri;
use axum_exception::{
    RequestValidationError, Value,
    explain::{Error, Explain, Repeated},
    extract::{Params, Query},
};
use proptest::{
    prelude::*,
    test_runner::{RngSeed, TestRunner},
};
use serde::{Deserialize, de::DeserializeOwned};

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Plain {
    integer: i64,
    small: u8,
    float: Option<f64>,
    flag: bool,
    text: String,
    letter: Option<char>,
    color: Option<Color>,
    uuid: Option<uuid::Uuid>,
    list: Option<Vec<i16>>,
    #[serde(default)]
    texts: Vec<String>,
    wrapped: Option<Wrapped>,
    unit: Option<()>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Strict {
    integer: Option<u32>,
    #[serde(rename = "text", alias = "letter")]
    renamed: Option<String>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Flat {
    #[serde(flatten)]
    page: Page,
    text: Option<String>,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Page {
    integer: u32,
    flag: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct Wrapped(#[allow(dead_code)] u16);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Color {
    Red,
    Green,
}

fn names() -> impl Strategy<Value = String> {
    let names = [
        "integer", "small", "float", "flag", "text", "letter", "color", "uuid", "list", "texts", "wrapped",
        "unit", "other",
    ];
    prop::sample::select(names.to_vec()).prop_map(str::to_owned)
}

fn strings() -> impl Strategy<Value = String> {
    let strings = [
        "",
        "0",
        "1",
        "-1",
        "+5",
        " 5 ",
        "007",
        "1_000",
        "5.0",
        "256",
        "99999999999999999999",
        "1e3",
        "nan",
        "inf",
        "1e400",
        "1e300",
        ".5",
        "true",
        "on",
        "x",
        "xy",
        "red",
        "blue",
        "null",
        "é",
        "-0",
        "67e55044-10b1-426f-9247-bb680e5fe0c8",
    ];
    prop_oneof![9 => prop::sample::select(strings.to_vec()).prop_map(str::to_owned), 1 => ".{0,4}"]
}

fn agree<T: DeserializeOwned + std::fmt::Debug>(pairs: &[(String, String)]) -> Result<(), TestCaseError> {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let uri: Uri = format!("/?{query}").parse().unwrap();
    let quick = match Query::<Params<T>>::try_from_uri(&uri) {
        Ok(Query(Params(value))) => format!("{value:?}"),
        Err(exception) => {
            let errors = exception.downcast_ref::<RequestValidationError>().unwrap().errors();
            errors.iter().collect::<Value>().to_string()
        }
    };
    let slow = match Explain::new().at("query").pairs::<T, _, _>(pairs.to_vec(), Repeated::Last) {
        Ok(value) => format!("{value:?}"),
        Err(Error::Report(report)) => report.errors().iter().collect::<Value>().to_string(),
        Err(other) => return Err(TestCaseError::fail(other.to_string())),
    };
    prop_assert_eq!(quick, slow);
    Ok(())
}

#[test]
fn fast_path_agrees_with_the_engine() {
    let config = ProptestConfig {
        cases: 4000,
        rng_seed: RngSeed::Fixed(1),
        failure_persistence: None,
        ..Default::default()
    };
    let pairs = prop::collection::vec((names(), strings()), 0..7);
    let result = TestRunner::new(config).run(&pairs, |pairs| {
        agree::<Plain>(&pairs)?;
        agree::<Strict>(&pairs)?;
        agree::<Flat>(&pairs)?;
        agree::<BTreeMap<String, String>>(&pairs)?;
        agree::<BTreeMap<String, Vec<u32>>>(&pairs)
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
