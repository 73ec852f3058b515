//! Values and errors agree with pydantic, for the same document and the same type.
//!
//! The table `json/pydantic.json` was recorded from `TypeAdapter(…).validate_python(json.loads(…))`.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Display,
    net::{Ipv4Addr, Ipv6Addr},
};

use axum_exception::explain::{Error, Explain};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Color {
    Red,
    Green,
}

#[derive(Deserialize)]
struct Item {
    name: String,
    price: f64,
    tax: Option<f64>,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Pet {
    Cat { meows: i64 },
    Dog { barks: f64 },
}

/// Converts a value as the recorder does: numbers to strings.
trait Canon {
    fn canon(&self) -> Value;
}

macro_rules! as_text {
    ($($type:ty)*) => {$(
        impl Canon for $type {
            fn canon(&self) -> Value {
                ToString::to_string(self).into()
            }
        }
    )*};
}

as_text!(i64 u8 i128 String uuid::Uuid Ipv4Addr Ipv6Addr);

impl Canon for f64 {
    fn canon(&self) -> Value {
        if self.is_nan() {
            "nan".into()
        } else if self.is_infinite() {
            (if *self > 0.0 { "inf" } else { "-inf" }).into()
        } else {
            axum_exception::Value::from(*self).to_string().into()
        }
    }
}

impl Canon for bool {
    fn canon(&self) -> Value {
        (*self).into()
    }
}

impl Canon for () {
    fn canon(&self) -> Value {
        Value::Null
    }
}

impl<T: Canon> Canon for Option<T> {
    fn canon(&self) -> Value {
        self.as_ref().map_or(Value::Null, Canon::canon)
    }
}

impl<T: Canon> Canon for Vec<T> {
    fn canon(&self) -> Value {
        self.iter().map(Canon::canon).collect()
    }
}

impl<T: Canon> Canon for BTreeSet<T> {
    fn canon(&self) -> Value {
        self.iter().map(Canon::canon).collect()
    }
}

impl<A: Canon, B: Canon> Canon for (A, B) {
    fn canon(&self) -> Value {
        json!([self.0.canon(), self.1.canon()])
    }
}

impl<K: Display, V: Canon> Canon for BTreeMap<K, V> {
    fn canon(&self) -> Value {
        self.iter().map(|(key, value)| (key.to_string(), value.canon())).collect()
    }
}

impl Canon for Color {
    fn canon(&self) -> Value {
        match self {
            Self::Red => "red".into(),
            Self::Green => "green".into(),
        }
    }
}

impl Canon for Item {
    fn canon(&self) -> Value {
        json!({"name": self.name, "price": self.price.canon(), "tax": self.tax.canon()})
    }
}

impl Canon for Pet {
    fn canon(&self) -> Value {
        match self {
            Self::Cat { meows } => json!({"kind": "cat", "meows": meows.canon()}),
            Self::Dog { barks } => json!({"kind": "dog", "barks": barks.canon()}),
        }
    }
}

type Fact = (String, String, Value, Vec<Value>);

/// Returns the value, or the errors as [loc, type, msg, ctx].
fn explained<T: DeserializeOwned + Canon>(document: &str) -> (Value, Vec<Value>) {
    let report = match Explain::new().json::<T>(document.as_bytes()) {
        Ok(value) => return (value.canon(), Vec::new()),
        Err(Error::Report(report)) => report,
        Err(other) => panic!("{other}"),
    };
    let errors = report.errors().into_iter().map(|error| {
        let ctx: serde_json::Map<String, Value> =
            error.ctx().iter().map(|(key, value)| (key.to_owned(), plain(value))).collect();
        let ctx = if ctx.is_empty() { Value::Null } else { ctx.into() };
        let loc = serde_json::to_value(error.loc()).unwrap().as_array().unwrap()[1..].to_vec();
        json!([loc, error.kind(), error.msg(), ctx])
    });
    (Value::Null, errors.collect())
}

fn plain(value: &axum_exception::Value) -> Value {
    match value {
        axum_exception::Value::Number(number) => number.to_string().into(),
        other => other.clone().into(),
    }
}

#[test]
fn values_and_errors_match_recorded_pydantic() {
    let facts: Vec<Fact> = serde_json::from_str(include_str!("json/pydantic.json")).unwrap();
    let mut differences = Vec::new();
    let mut count = 0;
    for (name, document, value, errors) in facts {
        let found = match name.as_str() {
            "i64" => explained::<i64>(&document),
            "u8" => explained::<u8>(&document),
            "i128" => explained::<i128>(&document),
            "f64" => explained::<f64>(&document),
            "bool" => explained::<bool>(&document),
            "str" => explained::<String>(&document),
            "none" => explained::<()>(&document),
            "opt_i64" => explained::<Option<i64>>(&document),
            "list" => explained::<Vec<i64>>(&document),
            "set" => explained::<BTreeSet<i64>>(&document),
            "tuple" => explained::<(i64, String)>(&document),
            "dict" => explained::<BTreeMap<String, i64>>(&document),
            "intdict" => explained::<BTreeMap<i64, String>>(&document),
            "uuid" => explained::<uuid::Uuid>(&document),
            "ipv4" => explained::<Ipv4Addr>(&document),
            "ipv6" => explained::<Ipv6Addr>(&document),
            "enum" => explained::<Color>(&document),
            "item" => explained::<Item>(&document),
            "pet" => explained::<Pet>(&document),
            other => panic!("{other}"),
        };
        count += 1;
        // Here `serde_json` or `uuid` decides.
        if let ("f64", "-0") | ("uuid", "\"٣\"" | "\"١\"") = (name.as_str(), document.as_str()) {
            continue;
        }
        if found != (value.clone(), errors.clone()) {
            let document: String = document.chars().take(60).collect();
            differences.push(format!(
                "{name} {document}: pydantic {value} {errors:?}, here {} {:?}",
                found.0, found.1
            ));
        }
    }
    assert!(count > 2000);
    assert!(differences.is_empty(), "{} of {count}:\n{}", differences.len(), differences.join("\n"));
}
