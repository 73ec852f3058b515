use axum_exception::rules::{Check, Rules};

struct User {
    size: Option<u8>,
    weight: Option<f64>,
    name: Option<String>,
    sizes: Vec<Option<u8>>,
}

impl Rules for User {
    fn rules(&self, user: &mut Check<'_>) {
        user.field("size", &self.size).ge(1);
        user.field("size", &self.size).multiple_of(5);
        user.field("weight", &self.weight).finite();
        user.field("name", &self.name).min_length(1);
        user.field("name", &self.name).email();
        user.field("name", &self.name).one_of(["a"]);
        user.field("sizes", &self.sizes).each(|size| size.ge(1));
    }
}

type MaybeSize = Option<u8>;

#[derive(Rules)]
struct Derived {
    #[rule(ge = 1)]
    alias: MaybeSize,
    #[rule(each(ge = 1))]
    sizes: Vec<Option<u8>>,
}

fn main() {}
