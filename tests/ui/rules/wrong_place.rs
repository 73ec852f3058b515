use axum_exception::rules::Rules;

#[derive(Rules)]
#[rule(min_length = 1)]
struct User {
    #[rule(whole = check)]
    name: String,
    #[rule(each(bound = ""))]
    list: Vec<u8>,
}

#[derive(Rules)]
enum Kind {
    #[rule(nested)]
    Unit,
    #[rule(ge = 1)]
    Newtype(u8),
}

fn check(_: &User) -> Result<(), &'static str> {
    Ok(())
}

fn main() {}
