use axum_exception::rules::Check;

fn limit(check: &mut Check<'_>, size: &Option<i32>) {
    check.field("size", size).ge(Some(1));
}

fn limit_of_another_type(check: &mut Check<'_>, size: &Option<u8>) {
    check.field("size", size).ge(Some(1));
}

fn step(check: &mut Check<'_>, size: &Option<i32>) {
    check.field("size", size).multiple_of(Some(5));
}

fn choices(check: &mut Check<'_>, name: &Option<String>) {
    check.field("name", name).one_of([Some("a".to_owned())]);
}

fn main() {}
