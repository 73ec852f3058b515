//! Runs the engine on a whole document, without the prefix that `serde_json` has accepted.

use std::{any::type_name, cell::Cell};

use axum_exception::explain::{Error, Explain};
use serde::{Deserialize, Deserializer, de::DeserializeOwned};

thread_local! {
    static REFUSE_ONCE: Cell<bool> = const { Cell::new(false) };
}

/// Explains a document that `serde_json` rejects at once, whatever it contains.
///
/// The engine then reads valid documents as well, and reads the whole document.
pub(crate) fn engine_only<'a, T: DeserializeOwned>(
    explain: &Explain,
    document: &'a [u8],
) -> Result<T, Error<'a>> {
    REFUSE_ONCE.set(true);
    let result = explain.json::<EngineOnly<T>>(document);
    REFUSE_ONCE.set(false);
    result.map(|EngineOnly(value)| value)
}

struct EngineOnly<T>(T);

impl<'de, T: DeserializeOwned> Deserialize<'de> for EngineOnly<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        if type_name::<D>().contains("serde_json") && REFUSE_ONCE.take() {
            return Err(serde::de::Error::custom("not at once"));
        }
        T::deserialize(deserializer).map(Self)
    }
}
