use axum_exception::{Caught, ErrorHandlingLayer};

fn handler(_: Caught<std::io::Error>) -> &'static str {
    "not async"
}

fn main() {
    let _: ErrorHandlingLayer = ErrorHandlingLayer::new().exception_handler(handler);
}
