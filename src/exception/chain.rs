//! An error and its causes, link by link, with this crate's reflections put right.

use std::error::Error;

use super::{
    HttpException, Panic, RequestValidationError, ResponseValidationError, WebSocketException,
    WebSocketRequestValidationError,
    reflection::{Mirror, Reflected},
};

/// An error and its causes, outermost first. See [`Exception::chain`](super::Exception::chain).
#[derive(Clone, Debug)]
pub struct Chain<'a> {
    next: Option<&'a (dyn Error + 'static)>,
}

/// The chain that begins with `error`.
pub(crate) fn links<'a>(error: &'a (dyn Error + 'static)) -> Chain<'a> {
    Chain { next: Some(error) }
}

impl<'a> Iterator for Chain<'a> {
    type Item = &'a (dyn Error + 'static);

    fn next(&mut self) -> Option<Self::Item> {
        let error = self.next?;
        let (link, cause) = match BuiltIn::of(error) {
            Some(built_in) => (built_in.as_error(), built_in.cause()),
            None => (error, error.source()),
        };
        self.next = cause;
        Some(link)
    }
}

/// Which of this crate's exceptions an error is.
#[derive(Clone, Copy)]
pub(crate) enum BuiltIn<'a> {
    Http(&'a HttpException),
    RequestValidation(&'a RequestValidationError),
    ResponseValidation(&'a ResponseValidationError),
    WebSocket(&'a WebSocketException),
    WebSocketRequestValidation(&'a WebSocketRequestValidationError),
    Panic(&'a Panic),
}

impl<'a> BuiltIn<'a> {
    /// `None` for every error that is not of this crate.
    pub(crate) fn of(error: &'a (dyn Error + 'static)) -> Option<Self> {
        itself_or_mirror(error)
            .map(Self::Http)
            .or_else(|| itself_or_mirror(error).map(Self::RequestValidation))
            .or_else(|| itself_or_mirror(error).map(Self::ResponseValidation))
            .or_else(|| itself_or_mirror(error).map(Self::WebSocket))
            .or_else(|| itself_or_mirror(error).map(Self::WebSocketRequestValidation))
            .or_else(|| itself_or_mirror(error).map(Self::Panic))
    }

    /// Whether it has an answer of its own, so that nobody needs to handle it.
    pub(crate) fn has_default(self) -> bool {
        match self {
            Self::Http(_)
            | Self::RequestValidation(_)
            | Self::WebSocket(_)
            | Self::WebSocketRequestValidation(_) => true,
            Self::ResponseValidation(_) | Self::Panic(_) => false,
        }
    }

    /// The mistakes of a request, if it is made of them.
    pub(crate) fn mistakes(self) -> Option<&'a RequestValidationError> {
        match self {
            Self::RequestValidation(exception) => Some(exception),
            Self::WebSocketRequestValidation(exception) => Some(exception.as_request_validation()),
            Self::Http(_) | Self::ResponseValidation(_) | Self::WebSocket(_) | Self::Panic(_) => None,
        }
    }

    fn as_error(self) -> &'a (dyn Error + 'static) {
        match self {
            Self::Http(exception) => exception,
            Self::RequestValidation(exception) => exception,
            Self::ResponseValidation(exception) => exception,
            Self::WebSocket(exception) => exception,
            Self::WebSocketRequestValidation(exception) => exception,
            Self::Panic(exception) => exception,
        }
    }

    fn cause(self) -> Option<&'a (dyn Error + 'static)> {
        match self {
            Self::Http(exception) => exception.origin(),
            Self::RequestValidation(exception) => exception.origin(),
            Self::ResponseValidation(exception) => exception.origin(),
            Self::WebSocket(exception) => exception.origin(),
            Self::WebSocketRequestValidation(exception) => exception.origin(),
            Self::Panic(exception) => exception.origin(),
        }
    }
}

fn itself_or_mirror<'a, T: Reflected>(error: &'a (dyn Error + 'static)) -> Option<&'a T> {
    error.downcast_ref().or_else(|| error.downcast_ref::<Mirror<T>>().map(|mirror| &mirror.0))
}
