use axum_exception::rules::Rules;

#[derive(Rules)]
#[rule(whole)]
struct User {
    #[rule(min_length)]
    name: String,
    #[rule(ge =, le = 5)]
    size: u8,
    #[rule(max_length(5))]
    other: String,
    #[rule(each, each_value())]
    list: Vec<u8>,
    #[rule()]
    empty: u8,
    #[rule]
    bare: u8,
    #[rule = "ge"]
    string: u8,
}

fn main() {}
