//! `serde_json` behind a guard, which refuses what serde accepts and FastAPI does not.
//!
//! serde's derives read a struct from a list of its fields in their order, and a float that is too large for `f32` is
//! infinite. The guard forwards everything else, at every depth. It cannot see into content that serde buffers.

mod access;
mod deserializer;
mod visitor;

use std::fmt::{self, Display};

use serde::de::{self, DeserializeOwned, Unexpected};

use super::recovery::record_type_error;

/// What is refused although serde accepts it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Guard {
    /// Refuses a list for a struct.
    pub(crate) refuses_lists: bool,
    /// Refuses a number that is finite but too large for `f32`.
    pub(crate) refuses_overflow: bool,
    /// `true` if the engine reads what this refuses by the lax rules.
    pub(crate) is_lax: bool,
}

impl Default for Guard {
    /// Refuses what FastAPI refuses.
    fn default() -> Self {
        Self { refuses_lists: true, refuses_overflow: true, is_lax: true }
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
        let value = T::deserialize(Guarded::new(&mut json, self)).map_err(Watched::into_inner)?;
        json.end()?;
        Ok(value)
    }
}

/// An error whose construction is recorded: a type may drop it and go on.
#[derive(Debug)]
struct Watched<E>(E);

impl<E> Watched<E> {
    #[inline]
    fn into_inner(self) -> E {
        self.0
    }
}

impl<E: Display> Display for Watched<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<E: std::error::Error> std::error::Error for Watched<E> {}

impl<E: de::Error> de::Error for Watched<E> {
    #[cold]
    fn custom<T: Display>(message: T) -> Self {
        Self(E::custom(message))
    }

    #[cold]
    fn invalid_type(unexpected: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        record_type_error(&unexpected, expected);
        Self(E::invalid_type(unexpected, expected))
    }

    #[cold]
    fn invalid_value(unexpected: Unexpected<'_>, expected: &dyn de::Expected) -> Self {
        Self(E::invalid_value(unexpected, expected))
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
