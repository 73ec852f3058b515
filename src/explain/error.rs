//! The error of `explain`.

use std::fmt;

use crate::json::Unreadable;

use super::report::Report;

/// The reason why a document has no value.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<'a> {
    /// The document cannot be read at all. FastAPI responds with 400.
    Unreadable(Unreadable),
    /// The errors in the document. FastAPI responds with 422.
    Report(Report<'a>),
}

impl fmt::Display for Error<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(reason) => reason.fmt(f),
            Self::Report(report) => {
                for (place, error) in report.errors().iter().enumerate() {
                    if place > 0 {
                        f.write_str("; ")?;
                    }
                    error.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Error<'_> {}
