//! `serde_json` behind a guard, which refuses what serde accepts and FastAPI does not.
//!
//! serde's derives read a struct from a list of its fields in their order, and a float that is too large for `f32` is
//! infinite. The guard forwards everything else, at every depth. It cannot see into content that serde buffers.

mod access;
mod deserializer;
mod visitor;

use serde::de::DeserializeOwned;

/// What is refused although serde accepts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Guard {
    /// Refuses a list for a struct.
    pub(crate) refuses_lists: bool,
    /// Refuses a number that is finite but too large for `f32`.
    pub(crate) refuses_overflow: bool,
}

impl Default for Guard {
    /// Refuses what FastAPI refuses.
    fn default() -> Self {
        Self { refuses_lists: true, refuses_overflow: true }
    }
}

impl Guard {
    /// Reads a JSON document with `serde_json`.
    ///
    /// # Errors
    ///
    /// Returns the error of `serde_json`, which has a position also for what the guard refuses.
    pub(super) fn read<T: DeserializeOwned>(self, text: &str) -> Result<T, serde_json::Error> {
        let mut json = serde_json::Deserializer::from_str(text);
        let value = T::deserialize(Guarded::new(&mut json, self))?;
        json.end()?;
        Ok(value)
    }
}

/// A deserializer, an access or a seed of serde with a guard.
struct Guarded<T> {
    inner: T,
    guard: Guard,
}

impl<T> Guarded<T> {
    fn new(inner: T, guard: Guard) -> Self {
        Self { inner, guard }
    }
}
