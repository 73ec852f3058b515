//! Handing the handlers to a WebSocket, which outlives the response that opens it.

use axum::http::Response;

use super::config::Config;
use crate::ws::Layers;

/// Adds the handlers of a layer to those that a WebSocket has, if the response opens one.
pub(super) fn join<B>(response: &Response<B>, config: &Config) {
    if let Some(layers) = response.extensions().get::<Layers>() {
        layers.add(&config.handlers);
    }
}
