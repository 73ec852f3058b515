use axum_exception::rules::Rules;

#[derive(Rules)]
#[rule(bound = "", bound = "")]
struct User {
    #[rule(min_length = 1)]
    #[rule(min_length = 2)]
    name: String,
    #[rule(each(ge = 1, le = 5, ge = 2))]
    sizes: Vec<u8>,
}

fn main() {}
