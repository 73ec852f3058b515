use axum_exception::rules::Rules;

#[derive(Rules)]
union Bits {
    float: f32,
    integer: u32,
}

fn main() {}
