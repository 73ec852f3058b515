use axum_exception::rules::Rules;

#[derive(Rules)]
#[rule(wholes = check)]
struct User {
    #[rule(min_lenght = 3, length = 5)]
    name: String,
    #[rule(each(gte = 1), regex = "^a$")]
    sizes: Vec<u8>,
    #[rule(sparkling)]
    other: u8,
}

fn main() {}
