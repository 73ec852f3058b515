use axum_exception::{Caught, ErrorHandlingLayer, ws::WebSocket};

async fn swapped(_: Caught<std::io::Error>, _: WebSocket) {}

async fn wrong_error(_: WebSocket, _: Caught<std::io::Error>) -> Result<(), std::io::Error> {
    Ok(())
}

fn main() {
    let _: ErrorHandlingLayer = ErrorHandlingLayer::new().websocket_handler(swapped);
    let _: ErrorHandlingLayer = ErrorHandlingLayer::new().websocket_handler(wrong_error);
}
