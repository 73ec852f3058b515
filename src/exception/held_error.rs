//! The error inside an exception, in the form in which it arrived.

use std::{error::Error, fmt};

use axum::BoxError;

use super::Exception;

/// An error, or a value that contains one.
pub(super) enum HeldError {
    Boxed(BoxError),
    /// The error of another exception, which may be in use elsewhere.
    Shared(Exception),
    #[cfg(feature = "anyhow")]
    Anyhow(anyhow::Error),
    #[cfg(feature = "eyre_0_6")]
    Eyre(eyre::Report),
}

impl HeldError {
    pub(super) fn as_error(&self) -> &(dyn Error + Send + Sync + 'static) {
        match self {
            Self::Boxed(error) => error.as_ref(),
            Self::Shared(exception) => exception.as_error(),
            // The error inside, not the type around it, so that handlers for it are found.
            #[cfg(feature = "anyhow")]
            Self::Anyhow(error) => error.as_ref(),
            #[cfg(feature = "eyre_0_6")]
            Self::Eyre(error) => error.as_ref(),
        }
    }
}

impl fmt::Debug for HeldError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boxed(error) => error.fmt(f),
            Self::Shared(exception) => exception.0.error.fmt(f),
            #[cfg(feature = "anyhow")]
            Self::Anyhow(error) => error.fmt(f),
            #[cfg(feature = "eyre_0_6")]
            Self::Eyre(error) => error.fmt(f),
        }
    }
}
