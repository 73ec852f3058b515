//! Properties of any document and any type.

use std::fmt::Debug;

use axum_exception::{
    LocSegment, Value,
    explain::{Error, Explain},
};
use proptest::{
    prelude::*,
    test_runner::{RngSeed, TestRunner},
};
use serde::de::DeserializeOwned;

use crate::{
    engine_only::engine_only,
    generate::{Generated, Schema, generate},
    rows::errors,
    types,
};

/// Runs a property test. `EXPLAIN_EFFORT=20 cargo test --test explain` runs twenty times as many cases.
pub(crate) fn check<S: Strategy>(
    cases: u32,
    strategy: S,
    test: impl Fn(S::Value) -> Result<(), TestCaseError>,
) {
    let effort = std::env::var("EXPLAIN_EFFORT").ok().and_then(|effort| effort.parse::<u32>().ok());
    let cases = cases * effort.unwrap_or(1);
    // The same cases on every run, so that no change fails by chance. An effort uses other cases, to find what
    // these miss.
    let rng_seed = if effort.is_some() { RngSeed::Random } else { RngSeed::Fixed(1) };
    let config = ProptestConfig {
        cases,
        rng_seed,
        max_shrink_iters: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    if let Err(error) = TestRunner::new(config).run(&strategy, test) {
        panic!("{error}");
    }
}

/// Checks that exactly the generated errors are found, in declaration order.
fn finds_exactly_the_generated_errors<T: DeserializeOwned + Debug>(
    schema: &Schema,
    often: u32,
    cases: u32,
    in_order: bool,
) {
    check(cases, generate(schema, often), |Generated { value, errors: generated }| {
        let document = value.to_string();
        let mut expected: Vec<(String, String)> =
            generated.into_iter().map(|(loc, kind)| (format!("body{loc}"), kind)).collect();
        let mut found = errors::<T>(&Explain::new(), &document).err().unwrap_or_default();
        if !in_order {
            expected.sort();
            found.sort();
        }
        let surplus: Vec<_> = found.iter().filter(|error| !expected.contains(error)).collect();
        let lost: Vec<_> = expected.iter().filter(|error| !found.contains(error)).collect();
        prop_assert!(found == expected, "unexpected: {surplus:?}, not found: {lost:?}");
        Ok(())
    });
}

#[test]
fn exactly_the_generated_errors_are_found_in_plain_types() {
    finds_exactly_the_generated_errors::<types::Everything>(&types::everything(), 3, 300, true);
    finds_exactly_the_generated_errors::<types::Everything>(&types::everything(), 20, 100, true);
    finds_exactly_the_generated_errors::<types::Everything>(&types::everything(), 0, 50, true);
}

#[test]
fn exactly_the_generated_errors_are_found_in_flattened_and_tagged_types() {
    finds_exactly_the_generated_errors::<types::Log>(&types::log(), 10, 300, false);
    finds_exactly_the_generated_errors::<types::Page>(&types::page(), 10, 300, false);
}

/// Checks long lists with few errors. The engine skips the prefix that `serde_json` has accepted, which must not change
/// the result.
fn check_valid_prefix<T: DeserializeOwned + Debug>(schema: &Schema, cases: u32) {
    let rare = prop_oneof![12 => generate(schema, 0), 1 => generate(schema, 10)];
    check(cases, proptest::collection::vec(rare, 5..40), |items| {
        let items: Vec<Value> = items.into_iter().map(|generated| generated.value).collect();
        let list = Value::from(items);
        let nested = Value::Array(Vec::new());
        let document = Value::from(vec![nested, list.clone(), list]);
        for document in [document.to_string(), document.to_string().replace(',', ",\n ")] {
            let at_once = errors::<Vec<Vec<T>>>(&Explain::new(), &document);
            let engine_only = engine_only::<Vec<Vec<T>>>(&Explain::new(), document.as_bytes());
            match (at_once, engine_only) {
                (Ok(at_once), Ok(engine_only)) => {
                    // The order of a map's members in `Debug` varies.
                    let letters = |value: &Vec<Vec<T>>| {
                        let mut letters = format!("{value:?}").into_bytes();
                        letters.sort_unstable();
                        letters
                    };
                    prop_assert!(letters(&at_once) == letters(&engine_only), "{}", document);
                }
                (Err(errors), Err(Error::Report(report))) => {
                    let places = report
                        .errors()
                        .into_iter()
                        .map(|error| (error.loc().to_string(), error.kind().to_owned()));
                    prop_assert_eq!(errors, places.collect::<Vec<_>>(), "{}", document);
                }
                (at_once, engine_only) => prop_assert!(false, "{at_once:?} {engine_only:?} {document}"),
            }
        }
        Ok(())
    });
}

#[test]
fn valid_prefix_does_not_change_the_report() {
    check_valid_prefix::<types::Everything>(&types::everything(), 10);
    check_valid_prefix::<types::Log>(&types::log(), 20);
    check_valid_prefix::<types::Page>(&types::page(), 20);
}

/// Arbitrary JSON, often with the names that the types know.
pub(crate) fn any_json() -> impl Strategy<Value = String> {
    let name = proptest::sample::select(vec![
        "a", "b", "c", "t", "kind", "x", "y", "id", "event", "events", "last", "title", "limit", "offset",
        "order", "rank", "one", "two", "three", "number", "text", "One", "Two", "Fields", "value",
        "children", "click", "key",
    ]);
    let leaf = prop_oneof![
        proptest::sample::select(vec![
            "null",
            "true",
            "false",
            "0",
            "-0",
            "1",
            "-1",
            "255",
            "256",
            "1.0",
            "1.5",
            "-0.0",
            "1e2",
            "4294967296",
            "18446744073709551616",
            "-9223372036854775809",
            "\"\"",
            "\"1\"",
            "\"x\"",
            "\"click\"",
            "\"key\"",
            "\"quit\"",
            "\"Dot\"",
            "\"Line\"",
            "\"Circle\"",
            "\"red\"",
            "\"Nothing\"",
            "\"One\"",
            "\"\\u00e9\"",
            "\"me@example.com\"",
            "[]",
            "{}",
        ])
        .prop_map(str::to_owned),
    ];
    leaf.prop_recursive(4, 40, 6, move |inner| {
        let members = proptest::collection::vec((name.clone(), inner.clone()), 0..6);
        prop_oneof![
            proptest::collection::vec(inner, 0..4).prop_map(|items| format!("[{}]", items.join(","))),
            members.prop_map(|members| {
                let members: Vec<String> =
                    members.into_iter().map(|(name, value)| format!("\"{name}\":{value}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

/// Checks that documents that `serde_json` accepts give the same value, and that the strict mode accepts no others.
fn agrees<T: DeserializeOwned + Debug>(document: &str) -> Result<(), TestCaseError> {
    let plain = serde_json::from_str::<T>(document);
    let lax = engine_only::<T>(&Explain::new(), document.as_bytes());
    let strict = engine_only::<T>(&Explain::new().strict(true), document.as_bytes());
    match (&plain, &lax) {
        (Ok(plain), Ok(lax)) => prop_assert_eq!(format!("{plain:?}"), format!("{lax:?}"), "{}", document),
        (Ok(_), Err(error)) => {
            // The one documented difference.
            prop_assert!(document.starts_with('['), "lax refuses {}: {}", document, error);
        }
        (Err(_), Err(Error::Report(report))) => {
            prop_assert!(!report.errors().is_empty(), "{}", document);
        }
        _ => {}
    }
    match (&plain, &strict) {
        (Ok(plain), Ok(strict)) => {
            prop_assert_eq!(format!("{plain:?}"), format!("{strict:?}"), "{}", document);
        }
        (Err(_), Err(_)) => {}
        (Ok(_), Err(error)) => prop_assert!(false, "strict refuses {}: {}", document, error),
        (Err(error), Ok(_)) => prop_assert!(false, "strict accepts {}: {}", document, error),
    }
    Ok(())
}

#[test]
fn accepted_values_agree_with_serde_json() {
    check(800, any_json(), |document| {
        agrees::<types::Inner>(&document)?;
        agrees::<Vec<types::Inner>>(&document)?;
        agrees::<types::Choice>(&document)?;
        agrees::<types::Shape>(&document)?;
        agrees::<types::Event>(&document)?;
        agrees::<types::Log>(&document)?;
        agrees::<types::Page>(&document)?;
        agrees::<types::Untagged>(&document)?;
        agrees::<types::Messy>(&document)?;
        agrees::<types::Tree>(&document)?;
        agrees::<types::Everything>(&document)?;
        agrees::<std::collections::BTreeMap<String, i64>>(&document)?;
        agrees::<(i32, Option<String>)>(&document)?;
        agrees::<serde_json::Value>(&document)?;
        agrees::<Vec<f64>>(&document)
    });
    // Documents that are nearly valid.
    check(100, generate(&types::everything(), 1), |generated| {
        agrees::<types::Everything>(&generated.value.to_string())
    });
    check(300, generate(&types::log(), 3), |generated| agrees::<types::Log>(&generated.value.to_string()));
    check(300, generate(&types::page(), 5), |generated| agrees::<types::Page>(&generated.value.to_string()));
}

/// Replaces the value at a location by that of a valid document. A member that the valid document does not have is
/// removed, one that it has is added.
fn repair(value: &Value, right: Option<&Value>, place: &[LocSegment]) -> Option<Value> {
    let Some((step, rest)) = place.split_first() else {
        return right.cloned();
    };
    let key = match step {
        LocSegment::Key(key) => key.as_ref(),
        LocSegment::Index(index) => {
            let mut items = value.as_array().map(<[Value]>::to_vec).unwrap_or_default();
            let whole = right;
            let right = right.and_then(Value::as_array).and_then(|items| items.get(*index));
            if right.is_none() {
                return whole.cloned();
            }
            match items.get_mut(*index) {
                Some(item) => *item = repair(item, right, rest).unwrap_or_default(),
                None => items.extend(right.cloned()),
            }
            return Some(items.into());
        }
    };
    let Some(object) = value.as_object() else {
        // A segment without a value: the tag of the enclosing object.
        return right.cloned();
    };
    if object.get(key).is_none() && right.is_none_or(|right| right.get(key).is_none()) {
        // The tag of this object.
        return repair(value, right, rest);
    }
    let right = right.and_then(|right| right.get(key));
    let mut members: Vec<(String, Value)> = object.clone().into_iter().collect();
    match members.iter().position(|(name, _)| name == key) {
        Some(at) => match repair(&members[at].1, right, rest) {
            Some(repaired) => members[at].1 = repaired,
            None => drop(members.remove(at)),
        },
        None => members.extend(right.map(|right| (key.to_owned(), right.clone()))),
    }
    Some(Value::from_iter(members))
}

/// Returns all tags, in order.
fn tags(value: &Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items.iter().flat_map(tags).collect(),
        Value::Object(members) => members
            .iter()
            .flat_map(|(key, value)| {
                let tag = ["t", "kind", "type"].contains(&key).then(|| value.clone());
                tag.into_iter().chain(tags(value)).collect::<Vec<_>>()
            })
            .collect(),
        _ => Vec::new(),
    }
}

/// Checks that repairing only the reported errors makes the document valid.
fn check_repair<T: DeserializeOwned + Debug>(schema: &Schema, often: u32, cases: u32) {
    check(cases, spoiled(schema, often), |Spoiled { right, spoiled }| {
        let mut document = spoiled;
        for _ in 0..40 {
            let bytes = document.to_string();
            let report = match Explain::new().json::<T>(bytes.as_bytes()) {
                Ok(_) => return Ok(()),
                Err(Error::Report(report)) => report,
                Err(other) => return Err(TestCaseError::fail(other.to_string())),
            };
            let mut repaired = document.clone();
            for error in report.errors() {
                let place = &error.loc().segments()[1..];
                repaired = repair(&repaired, Some(&right), place).unwrap_or_default();
            }
            if repaired == document && tags(&document) != tags(&right) {
                // The tag differs without being invalid, so the repaired fields belong to another variant.
                return Ok(());
            }
            prop_assert!(repaired != document, "{} is valid in {document}", Error::Report(report));
            document = repaired;
        }
        Err(TestCaseError::fail("never valid"))
    });
}

/// A valid document, and a copy with other values in some places.
#[derive(Clone)]
struct Spoiled {
    right: Value,
    spoiled: Value,
}

impl Debug for Spoiled {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\nof {}", self.spoiled, self.right)
    }
}

fn spoiled(schema: &Schema, often: u32) -> impl Strategy<Value = Spoiled> {
    fn spoil(value: &Value, often: u32) -> BoxedStrategy<Option<Value>> {
        let inside = match value {
            Value::Array(items) => {
                let items: Vec<_> = items.iter().map(|item| spoil(item, often)).collect();
                items
                    .prop_map(|items| {
                        Some(Value::Array(items.into_iter().map(Option::unwrap_or_default).collect()))
                    })
                    .boxed()
            }
            Value::Object(members) => {
                let (names, values): (Vec<String>, Vec<_>) =
                    members.iter().map(|(name, value)| (name.to_owned(), spoil(value, often))).unzip();
                let members = values.prop_map(move |values| {
                    let members = names.iter().cloned().zip(values);
                    Some(members.filter_map(|(name, value)| Some((name, value?))).collect())
                });
                members.boxed()
            }
            scalar => Just(Some(scalar.clone())).boxed(),
        };
        let other = proptest::sample::select(vec![
            Some(Value::Null),
            Some(true.into()),
            Some(1.into()),
            Some(7.into()),
            Some((-300).into()),
            Some(1.5.into()),
            Some("x".into()),
            Some("click".into()),
            Some(Value::Array(vec![1.into()])),
            Some(Value::from_iter([("x", 1)])),
            None,
        ]);
        prop_oneof![100 - often => inside, often => other].boxed()
    }
    generate(schema, 0).prop_flat_map(move |generated| {
        let right = generated.value.clone();
        spoil(&generated.value, often)
            .prop_map(move |spoiled| Spoiled { right: right.clone(), spoiled: spoiled.unwrap_or_default() })
    })
}

#[test]
fn repairing_the_reported_errors_makes_a_document_valid() {
    check_repair::<types::Everything>(&types::everything(), 4, 50);
    check_repair::<types::Log>(&types::log(), 8, 300);
    check_repair::<types::Page>(&types::page(), 15, 300);
    check_repair::<types::Messy>(&types::messy(), 8, 300);
}
