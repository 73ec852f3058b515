use axum_exception::rules::Rules;

#[derive(Rules)]
#[rule(crate = 5, bound = T)]
struct User {
    #[rule(nested = true)]
    address: Address,
    #[rule(email("x"))]
    email: String,
}

#[derive(Rules)]
struct Address;

fn main() {}
