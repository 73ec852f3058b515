//! The middleware that handles what handlers, extractors and other middleware raise.

mod config;
mod default_response;
mod future;
mod handling;
mod kept_request;
mod layer;
mod layer_format;
mod raised;
mod replacement;
mod service;
mod state;
#[cfg(feature = "ws")]
mod upgrade;

pub use self::{future::ResponseFuture, layer::ErrorHandlingLayer, service::ErrorHandling};
