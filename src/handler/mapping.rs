//! Mappings: which exception a typed error stands for.

use std::{error::Error, sync::Arc};

use super::{arg::ErrorType, catch_panic::catch_panic, table::Entries};
use crate::exception::{
    Exception, HttpError, HttpErrorType, HttpException, Panic, RequestValidationError,
    ResponseValidationError, WebSocketException, WebSocketRequestValidationError,
};

/// The result of a function for [`map_exception`](crate::ErrorHandlingLayer::map_exception): an [`HttpException`], an
/// [`Exception`], another exception of this crate, or an `Option` of one.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an exception to map an error to",
    note = "return an `HttpException`, an `Exception` or a `RequestValidationError`, or an `Option` of one"
)]
pub trait MappedTo: sealed::Sealed {
    /// Returns the exception that `origin` is mapped to.
    #[doc(hidden)]
    fn mapped_from(self, origin: &Exception) -> Option<Exception>;
}

mod sealed {
    pub trait Sealed {}
}

macro_rules! mapped_to {
    ($($exception:ty)*) => {
        $(
            impl sealed::Sealed for $exception {}

            impl MappedTo for $exception {
                fn mapped_from(self, origin: &Exception) -> Option<Exception> {
                    Some(Exception::from(self).mapped_from(origin.clone()))
                }
            }
        )*
    };
}

mapped_to! {
    Exception Panic RequestValidationError ResponseValidationError WebSocketException
    WebSocketRequestValidationError
}

impl sealed::Sealed for HttpException {}

impl MappedTo for HttpException {
    fn mapped_from(self, origin: &Exception) -> Option<Exception> {
        Some(self.mapped_from(origin.clone()))
    }
}

impl<T: MappedTo> sealed::Sealed for Option<T> {}

impl<T: MappedTo> MappedTo for Option<T> {
    fn mapped_from(self, origin: &Exception) -> Option<Exception> {
        self.and_then(|exception| exception.mapped_from(origin))
    }
}

/// Returns the exception that `map` returns for `origin`, or its panic: it is code of the app, and runs outside of any
/// handler.
pub(crate) fn or_panic(origin: &Exception, map: impl FnOnce() -> Option<Exception>) -> Option<Exception> {
    catch_panic(map).unwrap_or_else(|payload| Panic::caught(payload).mapped_from(origin))
}

/// The mappings of an app, by type of error.
#[derive(Clone, Default)]
pub(super) struct Mappings {
    functions: Entries<ErrorType, Mapping>,
    http_errors: Entries<ErrorType, HttpErrorType>,
}

/// The function of a mapping; it returns `None` for an error that is not mapped.
type Mapping = Arc<dyn Fn(&(dyn Error + 'static), &Exception) -> Option<Exception> + Send + Sync>;

/// The position of a mapping among those of an app.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum MappingPosition {
    Function(usize),
    HttpError(usize),
}

impl Mappings {
    /// Adds a function for a type of error.
    pub(super) fn insert_function<E, F, R>(&mut self, map: F)
    where
        E: Error + 'static,
        F: Fn(&E) -> R + Send + Sync + 'static,
        R: MappedTo,
    {
        let mapping: Mapping = Arc::new(move |error, origin| {
            error.downcast_ref().and_then(|error| map(error).mapped_from(origin))
        });
        self.functions.insert(ErrorType::of::<E>(), mapping);
    }

    /// Adds a type of error that says itself what it stands for.
    pub(super) fn insert_http_error<E: HttpError>(&mut self) {
        self.http_errors.insert(ErrorType::of::<E>(), HttpErrorType::of::<E>());
    }

    pub(super) fn len(&self) -> usize {
        self.functions.len() + self.http_errors.len()
    }

    /// Sets the methods of an exception's error, if its type was added. Returns `true` if they were not known before.
    pub(super) fn resolve(&self, exception: &Exception) -> bool {
        let error = exception.as_error();
        let known = self.http_errors.iter().find(|(error_type, _)| error_type.matches(error));
        known.is_some_and(|(_, http_error)| exception.set_http_error(*http_error))
    }

    /// Returns the exception that `exception` is mapped to because of `error` in its chain.
    ///
    /// The error of the exception itself is mapped by functions only: if it is an `HttpError`, handlers for what it is
    /// transparent to go first. Code of the app that panics maps to the panic.
    pub(super) fn map(
        &self,
        exception: &Exception,
        link: usize,
        error: &(dyn Error + 'static),
        is_available: impl Fn(MappingPosition) -> bool,
    ) -> Option<(MappingPosition, Exception)> {
        for (index, (error_type, function)) in self.functions.iter().enumerate() {
            let position = MappingPosition::Function(index);
            if error_type.matches(error) && is_available(position) {
                let mapped = or_panic(exception, || function(error, exception));
                if let Some(mapped) = mapped {
                    return Some((position, mapped));
                }
            }
        }
        if link == 0 {
            return None;
        }
        for (index, (error_type, http_error)) in self.http_errors.iter().enumerate() {
            let position = MappingPosition::HttpError(index);
            if error_type.matches(error) && is_available(position) {
                let mapped = or_panic(exception, || {
                    http_error.http(error).map(|http| http.mapped_from(exception.clone()))
                });
                if let Some(mapped) = mapped {
                    return Some((position, mapped));
                }
            }
        }
        None
    }

    /// Adds the mappings of `other`, which replace those for the same type.
    pub(super) fn merge(&mut self, other: Self) {
        self.functions.merge(other.functions);
        self.http_errors.merge(other.http_errors);
    }
}
