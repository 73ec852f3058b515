//! The trait that all built-in exceptions implement, and the macro behind their table.

use std::{borrow::Cow, error::Error};

use super::{BuiltIn, CloseCode, Exception, HttpException, RequestValidationError};

/// An exception of this crate: its cause, and what is sent if no handler runs.
///
/// The defaults are those of an error that the app did not expect.
pub(crate) trait BuiltInException: Error + 'static {
    /// Returns the exception that caused this one.
    ///
    /// It is what [`Error::source`] would return if that did not return the mirror.
    fn origin(&self) -> Option<&Exception> {
        None
    }

    /// Returns the response to a request that failed with this exception.
    fn default_response(&self) -> DefaultResponse<'_> {
        DefaultResponse::Unhandled
    }

    /// Returns the close frame for a WebSocket whose handler failed with this exception.
    #[cfg_attr(not(feature = "ws"), allow(dead_code))]
    fn default_close(&self) -> DefaultClose<'_> {
        DefaultClose::INTERNAL_ERROR
    }

    /// Returns the validation errors, if the exception is a list of them.
    fn validation_error(&self) -> Option<&RequestValidationError> {
        None
    }
}

/// The response to an exception that no handler handles, before it is built.
#[derive(Clone, Copy)]
pub(crate) enum DefaultResponse<'a> {
    /// The status, `{"detail": …}` and the headers of the exception; the plain 500 if they cannot be sent.
    Http(&'a HttpException),
    /// The status of the exception and `{"detail": […]}`.
    RequestValidation(&'a RequestValidationError),
    /// The empty 403 that denies a WebSocket handshake.
    Denied,
    /// The plain 500. The exception has no response of its own, so the catch-all may handle it.
    Unhandled,
}

/// The close frame for an exception that no handler handles.
#[cfg_attr(not(feature = "ws"), allow(dead_code))]
pub(crate) struct DefaultClose<'a> {
    pub(crate) code: CloseCode,
    /// The reason in full, which may be longer than a close frame allows.
    pub(crate) reason: Cow<'a, str>,
}

impl DefaultClose<'_> {
    /// The close frame that reveals nothing: 1011, no reason.
    pub(crate) const INTERNAL_ERROR: Self =
        Self { code: CloseCode::INTERNAL_ERROR, reason: Cow::Borrowed("") };
}

impl<'a> BuiltIn<'a> {
    /// Returns the exception that caused this one.
    pub(super) fn cause(self) -> Option<&'a Exception> {
        self.as_built_in().origin()
    }

    /// Returns the response to a request that failed with the exception.
    pub(crate) fn default_response(self) -> DefaultResponse<'a> {
        self.as_built_in().default_response()
    }

    /// Returns the close frame for a WebSocket whose handler failed with the exception.
    #[cfg_attr(not(feature = "ws"), allow(dead_code))]
    pub(crate) fn default_close(self) -> DefaultClose<'a> {
        self.as_built_in().default_close()
    }

    /// Returns `true` if the exception has a default response, so that it does not need a handler.
    pub(crate) fn has_default(self) -> bool {
        !matches!(self.default_response(), DefaultResponse::Unhandled)
    }

    /// Returns the validation errors, if the exception is a list of them.
    pub(crate) fn validation_error(self) -> Option<&'a RequestValidationError> {
        self.as_built_in().validation_error()
    }
}

/// Writes for each row what all built-in exceptions share.
///
/// A row is the variant of `BuiltIn`, the type, the fields that `Debug` shows with their getters, and the
/// method that ends `Debug`'s output. Each type has a field `state` of type `Mirrored`.
macro_rules! built_ins {
    ($(
        $variant:ident($exception:ident) { $($field:ident: $($getter:ident()).+),* } $finish:ident;
    )*) => {
        /// A reference to an exception of this crate.
        #[derive(Clone, Copy)]
        pub(crate) enum BuiltIn<'a> {
            $($variant(&'a $exception),)*
        }

        impl<'a> BuiltIn<'a> {
            /// Returns `error` as the exception that it is or mirrors; `None` for errors of other crates.
            pub(crate) fn of(error: &'a (dyn ::std::error::Error + 'static)) -> ::std::option::Option<Self> {
                $(
                    if let Some(exception) = $crate::exception::mirror::itself_or_mirrored(error) {
                        return Some(Self::$variant(exception));
                    }
                )*
                None
            }

            pub(super) fn as_error(self) -> &'a (dyn ::std::error::Error + 'static) {
                match self {
                    $(Self::$variant(exception) => exception,)*
                }
            }

            fn as_built_in(self) -> &'a dyn $crate::exception::built_in::BuiltInException {
                match self {
                    $(Self::$variant(exception) => exception,)*
                }
            }
        }

        $(
            /// [`source`](::std::error::Error::source) returns a copy of the exception itself, through which it is
            /// found behind `#[error(transparent)]`.
            impl ::std::error::Error for $exception {
                fn source(&self) -> ::std::option::Option<&(dyn ::std::error::Error + 'static)> {
                    Some(self.state.mirror(self))
                }
            }

            impl ::std::fmt::Debug for $exception {
                fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                    #[allow(unused_imports)]
                    use $crate::exception::built_in::BuiltInException as _;

                    f.debug_struct(stringify!($exception))
                        $(.field(stringify!($field), &self.$($getter()).+))*
                        .$finish()
                }
            }

            /// Returns the default response, which carries the exception for the layer.
            impl ::axum::response::IntoResponse for $exception {
                fn into_response(self) -> ::axum::response::Response {
                    $crate::exception::Exception::from(self).into_response()
                }
            }
        )*
    };
}

pub(super) use built_ins;
