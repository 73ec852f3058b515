use axum_exception::rules::Rules;

#[derive(Rules)]
#[rule(whole = count)]
struct User {
    #[rule(gt = 0)]
    price: f64,
    #[rule(custom = count)]
    zip: String,
    #[rule(nested)]
    address: Address,
    #[rule(min_length = 1)]
    size: u8,
    #[rule(email)]
    email: u8,
}

struct Address;

fn count(_: &u8) -> Result<(), &'static str> {
    Ok(())
}

fn main() {}
