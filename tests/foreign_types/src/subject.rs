//! A type under test, without its type.

use std::panic::{AssertUnwindSafe, catch_unwind};

use axum_exception::explain::{Error, Explain};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::Value;

use crate::place::Step;

/// A type of a published crate, with valid documents.
pub struct Subject {
    pub name: &'static str,
    /// Nothing but derives without `flatten`, tags and unions: nothing may be missed.
    pub is_plain: bool,
    pub documents: &'static [&'static str],
    /// The names of members by which code of the crate decides how it reads the others.
    pub deciding: &'static [&'static str],
    /// Reads a document with `serde_json`, and returns the value as JSON.
    pub read: fn(&str) -> Result<Value, String>,
    /// Reads a document with the engine.
    pub explain: fn(&str, Mode) -> Outcome,
}

/// The types of a crate.
pub struct Group {
    pub name: &'static str,
    pub subjects: Vec<Subject>,
}

/// The option of the engine that decides what it accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Strict,
    Lax,
}

/// What the engine makes of a document.
#[derive(Debug)]
pub enum Outcome {
    Value(Value),
    Errors(Vec<Reported>),
    Unreadable(String),
    Panic,
}

/// One error that the engine reports.
#[derive(Clone, Debug)]
pub struct Reported {
    pub kind: String,
    /// Without `body`.
    pub loc: Vec<Step>,
    pub msg: String,
}

impl Subject {
    /// Describes the type `T`.
    pub fn new<T>(name: &'static str) -> Self
    where
        T: DeserializeOwned + Serialize,
    {
        Self { name, is_plain: false, documents: &[], deciding: &[], read: read::<T>, explain: explain::<T> }
    }
}

/// Describes the types of a crate: `subjects![plain Root = [ROOT], tricky Pet = [CAT, DOG] by "kind"]`.
#[macro_export]
macro_rules! subjects {
    ($($kind:ident $type:ty = [$($document:expr),+ $(,)?] $(by $deciding:literal)?),+ $(,)?) => {
        vec![$($crate::subject::Subject {
            is_plain: $crate::subjects!(@$kind),
            documents: &[$($document),+],
            deciding: &[$($deciding)?],
            ..$crate::subject::Subject::new::<$type>(stringify!($type))
        }),+]
    };
    (@plain) => { true };
    (@tricky) => { false };
}

fn read<T: DeserializeOwned + Serialize>(document: &str) -> Result<Value, String> {
    let value: T = serde_json::from_str(document).map_err(|error| error.to_string())?;
    Ok(as_json(&value))
}

/// Returns a value as JSON. A few types cannot be serialized with every value.
fn as_json<T: Serialize>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_else(|error| Value::String(format!("not serializable: {error}")))
}

fn explain<T: DeserializeOwned + Serialize>(document: &str, mode: Mode) -> Outcome {
    let explain = Explain::new().strict(mode == Mode::Strict);
    catch_unwind(AssertUnwindSafe(|| match explain.json::<T>(document.as_bytes()) {
        Ok(value) => Outcome::Value(as_json(&value)),
        Err(Error::Report(report)) => {
            let mut json = Vec::new();
            report.write_json(&mut json);
            Outcome::Errors(reported(&json))
        }
        Err(error) => Outcome::Unreadable(error.to_string()),
    }))
    .unwrap_or(Outcome::Panic)
}

/// Reads what the engine writes for a client.
fn reported(json: &[u8]) -> Vec<Reported> {
    let errors: Vec<Value> = serde_json::from_slice(json).expect("a report is a JSON array");
    let string = |error: &Value, name: &str| error[name].as_str().unwrap_or_default().to_owned();
    let step = |segment: &Value| match segment.as_u64() {
        Some(index) => Step::Index(index as usize),
        None => Step::Key(segment.as_str().unwrap_or_default().to_owned()),
    };
    let errors = errors.iter().map(|error| Reported {
        kind: string(error, "type"),
        loc: error["loc"].as_array().into_iter().flatten().skip(1).map(step).collect(),
        msg: string(error, "msg"),
    });
    errors.collect()
}
