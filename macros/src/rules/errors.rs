//! All errors of one derive, which the compiler reports together.

use proc_macro2::TokenStream;
use syn::{Error, Result};

/// Collects errors.
#[derive(Default)]
pub(super) struct Errors {
    all: Option<Error>,
}

impl Errors {
    pub(super) fn push(&mut self, error: Error) {
        match &mut self.all {
            Some(all) => all.combine(error),
            None => self.all = Some(error),
        }
    }

    /// Returns the value, or else its error is added.
    pub(super) fn ok<T>(&mut self, result: Result<T>) -> Option<T> {
        result.map_err(|error| self.push(error)).ok()
    }

    /// Returns the code, unless there were errors.
    pub(super) fn finish(self, code: TokenStream) -> Result<TokenStream> {
        self.all.map_or(Ok(code), Err)
    }
}
