use axum_exception::{ErrorHandlingLayer, format::Failure};

fn no_response(_: &Failure<'_>) -> u8 {
    4
}

fn main() {
    let _ = ErrorHandlingLayer::<()>::new().format(|failure| failure.status());
    let _ = ErrorHandlingLayer::<()>::new().format(|failure: Failure<'_>| failure.status());
    let _ = ErrorHandlingLayer::<()>::new().format(no_response);
}
