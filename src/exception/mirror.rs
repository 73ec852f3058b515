//! The copy of a built-in exception through which it is found behind `#[error(transparent)]`.
//!
//! `#[error(transparent)] Http(#[from] HttpException)` is thiserror's usual idiom, and it hides the
//! exception: the enum's `source()` is the exception's *own* `source()`. A built-in exception therefore
//! returns a mirror of itself as its `source()`, which the search along the chain finds.

use std::{
    error::Error,
    fmt,
    ops::{Deref, DerefMut},
    sync::OnceLock,
};

use super::built_in::BuiltInException;

/// The data `D` of an exception `T`, and the mirror of `T`, which is made on first use.
///
/// Mutable access to the data drops the mirror, so that the mirror is never out of date.
pub(super) struct Mirrored<D, T> {
    data: D,
    mirror: OnceLock<Box<Mirror<T>>>,
}

impl<D, T> Mirrored<D, T> {
    pub(super) fn new(data: D) -> Self {
        Self { data, mirror: OnceLock::new() }
    }
}

impl<D, T> Mirrored<D, T>
where
    T: BuiltInException + Clone + Send + Sync,
{
    /// Returns the mirror of `exception`, whose state this is.
    pub(super) fn mirror(&self, exception: &T) -> &(dyn Error + 'static) {
        self.mirror.get_or_init(|| Box::new(Mirror(exception.clone()))).as_ref()
    }
}

impl<D, T> Deref for Mirrored<D, T> {
    type Target = D;

    fn deref(&self) -> &D {
        &self.data
    }
}

impl<D, T> DerefMut for Mirrored<D, T> {
    fn deref_mut(&mut self) -> &mut D {
        self.mirror.take();
        &mut self.data
    }
}

impl<D: Clone, T> Clone for Mirrored<D, T> {
    fn clone(&self) -> Self {
        Self::new(self.data.clone())
    }
}

/// An exception as the `source()` of an error that forwards `source()` to it.
struct Mirror<T>(T);

impl<T: BuiltInException> Error for Mirror<T> {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.0.origin().map(|origin| origin.as_error() as _)
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

/// Returns the `T` that `error` is or mirrors.
pub(super) fn itself_or_mirrored<'a, T>(error: &'a (dyn Error + 'static)) -> Option<&'a T>
where
    T: BuiltInException,
{
    error.downcast_ref().or_else(|| error.downcast_ref::<Mirror<T>>().map(|mirror| &mirror.0))
}
