//! FastAPI's error handling for any Axum app.

#[macro_use]
mod macros;

mod detail;
mod error_handling;
mod exception;
mod handler;
pub mod handlers;
mod kind;
mod loc;
mod raise;
mod rejection;
mod reply;
mod value;

pub use self::{
    detail::ErrorDetail,
    error_handling::{ErrorHandling, ErrorHandlingLayer, ResponseFuture},
    exception::{Chain, Endpoint, Exception, HttpException, OrRaise, Panic, RequestValidationError, Result},
    handler::{Caught, ExceptionHandler, ExceptionHandlers, Subject},
    loc::{Loc, LocSegment},
    value::{Map, Number, SerializeError, Value},
};
