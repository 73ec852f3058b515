use axum::{Router, extract::State};
use axum_exception::{Caught, ErrorHandlingLayer};

#[derive(Clone)]
struct App;

async fn handler(_: State<App>, _: Caught<std::io::Error>) {}

fn main() {
    let _: Router = Router::new().layer(ErrorHandlingLayer::new().exception_handler(handler));
}
