//! What holds for any document and any type.

use std::fmt::Debug;

use axum_exception::explain::{Explain, Explanation};
use proptest::{prelude::*, test_runner::TestRunner};
use serde::de::DeserializeOwned;

use crate::{
    plant::{Planted, Schema, planted},
    rows::errors,
    zoo,
};

/// `EXPLAIN_EFFORT=20 cargo test --test explain` tries twenty times as many.
fn check<S: Strategy>(cases: u32, strategy: S, test: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let effort = std::env::var("EXPLAIN_EFFORT").ok().and_then(|effort| effort.parse::<u32>().ok());
    let cases = cases * effort.unwrap_or(1);
    let config = ProptestConfig {
        cases,
        max_shrink_iters: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    if let Err(error) = TestRunner::new(config).run(&strategy, test) {
        panic!("{error}");
    }
}

/// Exactly the mistakes that were planted are found, in the order of the declaration.
fn finds_what_was_planted<T: DeserializeOwned + Debug>(
    schema: &Schema,
    often: u32,
    cases: u32,
    in_order: bool,
) {
    check(cases, planted(schema, often), |Planted { value, mistakes }| {
        let document = value.to_string();
        let mut expected: Vec<(String, String)> =
            mistakes.into_iter().map(|(loc, kind)| (format!("body{loc}"), kind)).collect();
        let mut found = errors::<T>(&Explain::new(), &document).err().unwrap_or_default();
        if !in_order {
            expected.sort();
            found.sort();
        }
        let surplus: Vec<_> = found.iter().filter(|error| !expected.contains(error)).collect();
        let lost: Vec<_> = expected.iter().filter(|error| !found.contains(error)).collect();
        prop_assert!(found == expected, "too much: {surplus:?}, too little: {lost:?}");
        Ok(())
    });
}

#[test]
fn plain_types_hide_nothing() {
    finds_what_was_planted::<zoo::Everything>(&zoo::everything(), 3, 300, true);
    finds_what_was_planted::<zoo::Everything>(&zoo::everything(), 20, 100, true);
    finds_what_was_planted::<zoo::Everything>(&zoo::everything(), 0, 50, true);
}

#[test]
fn flattened_and_tagged_types_hide_nothing_of_these() {
    finds_what_was_planted::<zoo::Log>(&zoo::log(), 10, 300, false);
    finds_what_was_planted::<zoo::Page>(&zoo::page(), 10, 300, false);
}

/// Any JSON, often with the names that the types know.
fn any_json() -> impl Strategy<Value = String> {
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

/// What `serde_json` accepts is accepted with the same value; strictly, nothing else is.
fn agrees<T: DeserializeOwned + Debug>(document: &str) -> Result<(), TestCaseError> {
    let plain = serde_json::from_str::<T>(document);
    let lax = Explain::new().json_again::<T>(document.as_bytes());
    let strict = Explain::new().strict(true).json_again::<T>(document.as_bytes());
    match (&plain, &lax) {
        (Ok(plain), Ok(lax)) => prop_assert_eq!(format!("{plain:?}"), format!("{lax:?}"), "{}", document),
        (Ok(_), Err(error)) => {
            // The one listed difference.
            prop_assert!(document.starts_with('['), "lax refuses {}: {}", document, error);
        }
        (Err(_), Err(Explanation::Report(report))) => {
            prop_assert!(!report.errors().is_empty(), "{}", document)
        }
        _ => {}
    }
    match (&plain, &strict) {
        (Ok(plain), Ok(strict)) => {
            prop_assert_eq!(format!("{plain:?}"), format!("{strict:?}"), "{}", document)
        }
        (Err(_), Err(_)) => {}
        (Ok(_), Err(error)) => prop_assert!(false, "strict refuses {}: {}", document, error),
        (Err(error), Ok(_)) => prop_assert!(false, "strict accepts {}: {}", document, error),
    }
    Ok(())
}

#[test]
fn serde_json_has_the_last_word() {
    check(3000, any_json(), |document| {
        agrees::<zoo::Inner>(&document)?;
        agrees::<Vec<zoo::Inner>>(&document)?;
        agrees::<zoo::Choice>(&document)?;
        agrees::<zoo::Shape>(&document)?;
        agrees::<zoo::Event>(&document)?;
        agrees::<zoo::Log>(&document)?;
        agrees::<zoo::Page>(&document)?;
        agrees::<zoo::Untagged>(&document)?;
        agrees::<zoo::Messy>(&document)?;
        agrees::<zoo::Tree>(&document)?;
        agrees::<zoo::Everything>(&document)?;
        agrees::<std::collections::BTreeMap<String, i64>>(&document)?;
        agrees::<(i32, Option<String>)>(&document)?;
        agrees::<serde_json::Value>(&document)?;
        agrees::<Vec<f64>>(&document)
    });
    // The same with documents that are nearly right.
    check(300, planted(&zoo::everything(), 1), |planted| {
        agrees::<zoo::Everything>(&planted.value.to_string())
    });
    check(1000, planted(&zoo::log(), 3), |planted| agrees::<zoo::Log>(&planted.value.to_string()));
    check(1000, planted(&zoo::page(), 5), |planted| agrees::<zoo::Page>(&planted.value.to_string()));
}
