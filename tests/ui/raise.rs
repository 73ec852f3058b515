use axum_exception::{ErrorHandlingLayer, OrRaise, Raise, Result, raise};

fn raise_of_an_error() -> Result<String> {
    std::fs::read_to_string("a").raise()
}

fn raise_of_another_value() -> Result<u8> {
    Err(vec![1]).raise()
}

fn or_raise_with_a_message() -> Result<u8> {
    Ok(None.or_raise("not found")?)
}

fn or_raise_with_two_arguments() -> Result<u8> {
    Ok(None.or_raise(404, "not found")?)
}

fn raise_without_status() -> Result<u8> {
    raise!(vec![1])
}

fn main() {
    let _ = ErrorHandlingLayer::<()>::new().map_exception(|_: &std::fmt::Error| 404);
    let _ = ErrorHandlingLayer::<()>::new().exception::<std::fmt::Error>();
}
