//! How a built-in exception is found behind `#[error(transparent)]`.
//!
//! `#[error(transparent)] Http(#[from] HttpException)` is thiserror's usual idiom, and it hides the
//! exception: the enum's `source()` is the exception's *own* `source()`. So a built-in exception
//! answers `source()` with a reflection of itself, and a walk along the chain meets that instead.

use std::{error::Error, fmt, sync::OnceLock};

/// An exception of this crate.
pub(crate) trait Reflected: Error + Clone + Send + Sync + 'static {
    /// What really caused it: what `source()` would be if it did not answer with the reflection.
    fn origin(&self) -> Option<&(dyn Error + 'static)>;
}

/// The reflection an exception holds of itself, made when it is first asked for.
pub(crate) struct Reflection<T>(OnceLock<Box<Mirror<T>>>);

impl<T: Reflected> Reflection<T> {
    pub(crate) fn of(&self, exception: &T) -> &(dyn Error + 'static) {
        self.0.get_or_init(|| Box::new(Mirror(exception.clone()))).as_ref()
    }

    /// Forgets the reflection, because the exception changes.
    pub(crate) fn reset(&mut self) {
        self.0.take();
    }
}

impl<T> Default for Reflection<T> {
    fn default() -> Self {
        Self(OnceLock::new())
    }
}

impl<T> Clone for Reflection<T> {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// An exception as it appears in the `source()` of whatever stands transparently before it.
pub(super) struct Mirror<T>(pub(super) T);

impl<T: Reflected> Error for Mirror<T> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.origin()
    }
}

impl<T: fmt::Display> fmt::Display for Mirror<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl<T: fmt::Debug> fmt::Debug for Mirror<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}
