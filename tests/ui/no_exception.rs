use axum_exception::ErrorHandlingLayer;

async fn handler(_: std::io::Error) {}

fn main() {
    let _: ErrorHandlingLayer = ErrorHandlingLayer::new().exception_handler(handler);
}
