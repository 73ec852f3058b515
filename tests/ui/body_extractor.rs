use axum::Json;
use axum_exception::{Caught, ErrorHandlingLayer};

async fn handler(_: Json<String>, _: Caught<std::io::Error>) {}

fn main() {
    let _: ErrorHandlingLayer = ErrorHandlingLayer::new().exception_handler(handler);
}
