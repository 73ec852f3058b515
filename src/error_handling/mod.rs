//! Middleware that answers what handlers, extractors and other middleware raise.

mod answer;
mod config;
mod future;
mod handling;
mod head;
mod layer;
mod raised;
mod service;
#[cfg(feature = "ws")]
mod upgrade;

pub use self::{future::ResponseFuture, layer::ErrorHandlingLayer, service::ErrorHandling};
