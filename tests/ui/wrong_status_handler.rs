use axum_exception::{Caught, ErrorHandlingLayer};

async fn handler(_: Caught<std::io::Error>) {}

fn main() {
    let _: ErrorHandlingLayer = ErrorHandlingLayer::new().status_handler(404, handler);
}
