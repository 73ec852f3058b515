//! Passes the handlers of the layer on to a WebSocket, which outlives the response to its handshake.

use axum::http::Response;

use super::config::Config;
use crate::ws::Layers;

/// Adds the handlers of the layer to those of the WebSocket that a response opens, if it opens one.
pub(super) fn add_handlers<B>(response: &Response<B>, config: &Config) {
    if let Some(layers) = response.extensions().get::<Layers>() {
        layers.add(&config.handlers);
    }
}
