//! Numbers under `serde_json/arbitrary_precision`: no digit is lost.
//!
//! `cargo test -p arbitrary-precision`. Not with `--workspace`, which turns the feature on for the other tests.

#![cfg(test)]

use std::{
    collections::BTreeMap,
    fmt::{self, Debug},
};

use axum_exception::{
    Value as OurValue,
    explain::{Error, Explain},
};
use serde::{
    Deserialize, Deserializer,
    de::{DeserializeOwned, Error as _, MapAccess, Visitor},
};
use serde_json::{Map, Number, Value, value::RawValue};

/// Reads a document, or returns its errors as locations and types.
fn read<T: DeserializeOwned>(explain: &Explain, document: &str) -> Result<T, Vec<String>> {
    explain.json(document.as_bytes()).map_err(|error| match error {
        Error::Report(report) => {
            report.errors().iter().map(|error| format!("{} {}", error.loc(), error.kind())).collect()
        }
        other => vec![other.to_string()],
    })
}

fn lax<T: DeserializeOwned>(document: &str) -> Result<T, Vec<String>> {
    read(&Explain::new(), document)
}

/// Checks the `Debug` output of the value of a document.
#[track_caller]
fn accepts<T: DeserializeOwned + Debug>(document: &str, expected: &str) {
    assert_eq!(lax::<T>(document).map(|value| format!("{value:?}")), Ok(expected.to_owned()), "{document}");
}

#[track_caller]
fn rejects<T: DeserializeOwned + Debug>(document: &str, expected: &[&str]) {
    let errors = lax::<T>(document).expect_err(document);
    assert_eq!(errors, expected, "{document}");
}

/// A decimal number, read as the crates for them read it: as the digits that `serde_json` passes in a map.
#[derive(Debug)]
#[allow(dead_code)]
struct Decimal(String);

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DecimalVisitor;
        impl<'de> Visitor<'de> for DecimalVisitor {
            type Value = Decimal;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a decimal number")
            }
            fn visit_u64<E>(self, value: u64) -> Result<Decimal, E> {
                Ok(Decimal(value.to_string()))
            }
            fn visit_f64<E>(self, value: f64) -> Result<Decimal, E> {
                Ok(Decimal(value.to_string()))
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Decimal, A::Error> {
                match map.next_entry::<String, String>()? {
                    Some((name, digits)) if name == "$serde_json::private::Number" => Ok(Decimal(digits)),
                    _ => Err(A::Error::custom("not a number")),
                }
            }
        }
        deserializer.deserialize_any(DecimalVisitor)
    }
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Order<T> {
    qty: i32,
    price: T,
}

const LONG: &str = "12345678901234567890.10";

#[test]
fn the_feature_is_on() {
    assert_eq!(serde_json::from_str::<Number>(LONG).unwrap().to_string(), LONG);
}

#[test]
fn coercions_elsewhere_lose_no_digit() {
    // The first is read by `serde_json`, the second by the engine.
    for qty in ["1", "\"1\""] {
        for price in [LONG, "0.10", "1e1000", "-0", "5", "-12345678901234567890123", "1E+2"] {
            let document = format!(r#"{{"qty":{qty},"price":{price}}}"#);
            let plain = serde_json::from_str::<Number>(price).unwrap().to_string();
            assert_eq!(lax::<Order<Number>>(&document).unwrap().price.to_string(), plain, "{document}");
            assert_eq!(lax::<Order<Value>>(&document).unwrap().price.to_string(), plain, "{document}");
            let list: Order<Vec<Option<Value>>> =
                lax(&format!(r#"{{"qty":{qty},"price":[null,{price}]}}"#)).unwrap();
            assert_eq!(list.price[1].as_ref().unwrap().to_string(), plain, "{document}");
            assert_eq!(lax::<Order<Box<RawValue>>>(&document).unwrap().price.get(), price, "{document}");
        }
        for price in [LONG, "1e1000", "-12345678901234567890123"] {
            let document = format!(r#"{{"qty":{qty},"price":{price}}}"#);
            assert_eq!(
                lax::<Order<Decimal>>(&document).unwrap().price.0,
                price.replace("1e", "1e+"),
                "{document}"
            );
        }
    }
    let nested: Order<Value> = lax(&format!(r#"{{"qty":"1","price":{{"a":[{LONG}]}}}}"#)).unwrap();
    assert_eq!(nested.price.to_string(), format!(r#"{{"a":[{LONG}]}}"#));
}

#[test]
fn other_types_get_plain_numbers() {
    for qty in ["1", "\"1\""] {
        accepts::<Order<f64>>(
            &format!(r#"{{"qty":{qty},"price":{LONG}}}"#),
            "Order { qty: 1, price: 1.2345678901234567e19 }",
        );
        accepts::<Order<u128>>(
            &format!(r#"{{"qty":{qty},"price":12345678901234567890123}}"#),
            "Order { qty: 1, price: 12345678901234567890123 }",
        );
        accepts::<Order<f32>>(&format!(r#"{{"qty":{qty},"price":0.5}}"#), "Order { qty: 1, price: 0.5 }");
    }
}

#[test]
fn our_own_value_is_a_number() {
    for qty in ["1", "\"1\""] {
        for price in ["5", "-12345678901234567890123", "0.5"] {
            let order: Order<OurValue> = lax(&format!(r#"{{"qty":{qty},"price":{price}}}"#)).unwrap();
            assert_eq!(order.price.to_string(), price);
        }
    }
    let value: OurValue = lax(r#"{"a":[1,{"b":2.5}]}"#).unwrap();
    assert_eq!(value.to_string(), r#"{"a":[1,{"b":2.5}]}"#);
}

#[test]
fn errors_beside_numbers() {
    let price = |price: &str| format!(r#"{{"qty":"x","price":{price}}}"#);
    rejects::<Order<Value>>(&price(LONG), &["body.qty int_parsing"]);
    rejects::<Order<Number>>(&price(LONG), &["body.qty int_parsing"]);
    rejects::<Order<Decimal>>(&price(LONG), &["body.qty int_parsing"]);
    rejects::<Order<Number>>(&price("[1]"), &["body.qty int_parsing", "body.price value_error"]);
    rejects::<Order<u8>>(
        &price("0.12345678901234567890"),
        &["body.qty int_parsing", "body.price int_from_float"],
    );
    rejects::<Order<String>>(&price(LONG), &["body.qty int_parsing", "body.price string_type"]);
    rejects::<Vec<Order<Value>>>(
        &format!(r#"[{{"qty":1,"price":{LONG}}},{{"price":{LONG}}}]"#),
        &["body.1.qty missing"],
    );
}

#[test]
fn long_integers_are_as_in_serde_json() {
    let long = "9".repeat(5000);
    for qty in ["1", "\"1\""] {
        let document = format!(r#"{{"qty":{qty},"price":{long},"other":{long}}}"#);
        assert_eq!(lax::<Order<Value>>(&document).unwrap().price.to_string(), long);
    }
    rejects::<Order<i32>>(
        &format!(r#"{{"qty":1,"price":{long}}}"#),
        &["an integer has more than 4300 digits"],
    );
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Flat<T> {
    #[serde(flatten)]
    inner: Order<T>,
    #[serde(flatten)]
    rest: Map<String, Value>,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Tagged {
    Order(Order<f64>),
}

/// Where serde buffers content, `serde_json` alone reads no plain number with this feature.
#[test]
fn buffered_content() {
    for qty in ["1", "\"1\""] {
        let flat: Flat<Value> = lax(&format!(r#"{{"qty":{qty},"price":{LONG},"more":{LONG}}}"#)).unwrap();
        assert_eq!((flat.inner.price.to_string(), flat.rest["more"].to_string()), (LONG.into(), LONG.into()));
        accepts::<Tagged>(
            &format!(r#"{{"kind":"Order","qty":{qty},"price":{LONG}}}"#),
            "Order(Order { qty: 1, price: 1.2345678901234567e19 })",
        );
    }
    rejects::<Tagged>(
        &format!(r#"{{"kind":"Order","qty":"x","price":{LONG}}}"#),
        &["body.Order.qty int_parsing"],
    );
}

#[test]
fn strict_mode_is_serde_json() {
    let strict = Explain::new().strict(true);
    let number: Order<Number> = read(&strict, &format!(r#"{{"qty":1,"price":{LONG}}}"#)).unwrap();
    assert_eq!(number.price.to_string(), LONG);
    let numbers: Vec<BTreeMap<String, Number>> = read(&strict, r#"[{"a":0.10}]"#).unwrap();
    assert_eq!(numbers[0]["a"].to_string(), "0.10");
    let errors = read::<Order<Number>>(&strict, &format!(r#"{{"qty":"1","price":{LONG}}}"#));
    assert_eq!(errors.unwrap_err(), ["body.qty int_type"]);
    // Lists for structs, and numbers too large for `f32`, pass through the same guard.
    let orders: Vec<Order<Number>> = read(&strict, &format!("[[1,{LONG}]]")).unwrap();
    assert_eq!(orders[0].price.to_string(), LONG);
    rejects::<Vec<Order<Number>>>(&format!("[[1,{LONG}]]"), &["body.0 model_attributes_type"]);
}
