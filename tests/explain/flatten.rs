//! Errors in flattened structs.

use serde::Deserialize;

use crate::rows::{accepts, rejects};

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Page {
    title: String,
    #[serde(flatten)]
    paging: Paging,
    rank: i32,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Paging {
    limit: u8,
    offset: u32,
    order: String,
    #[serde(default)]
    color: Option<Color>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Color {
    Red,
    Green,
}

#[test]
fn errors_in_flattened_structs() {
    rejects::<Page>(
        r#"{"title":1,"limit":"x","offset":null,"order":"a","rank":"y"}"#,
        &[
            ("body.title", "string_type"),
            ("body.limit", "int_parsing"),
            ("body.offset", "int_type"),
            ("body.rank", "int_parsing"),
        ],
    );
    rejects::<Page>(
        "{}",
        &[
            ("body.title", "missing"),
            ("body.rank", "missing"),
            ("body.limit", "missing"),
            ("body.offset", "missing"),
            ("body.order", "missing"),
        ],
    );
    rejects::<Page>(
        r#"{"title":"a","limit":300,"offset":-1,"order":5,"rank":1,"color":"blue"}"#,
        &[
            ("body.limit", "less_than_equal"),
            ("body.offset", "greater_than_equal"),
            ("body.order", "string_type"),
            ("body.color", "enum"),
        ],
    );
    accepts::<Page>(
        r#"{"title":"a","limit":"3","offset":"1","order":"o","rank":"1"}"#,
        r#"Page { title: "a", paging: Paging { limit: 3, offset: 1, order: "o", color: None }, rank: 1 }"#,
    );
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct ClosedPage {
    title: String,
    #[serde(flatten)]
    limits: Limits,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Limits {
    limit: u8,
    inner: Option<Inner>,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Inner {
    limit: u8,
    size: u8,
    flag: bool,
}

#[test]
fn deny_unknown_fields_with_flatten() {
    rejects::<ClosedPage>(
        r#"{"title":1,"zzz":1,"limit":1,"yyy":2}"#,
        &[("body.title", "string_type"), ("body.zzz", "extra_forbidden"), ("body.yyy", "extra_forbidden")],
    );
}

#[test]
fn same_field_missing_at_several_levels() {
    // `limit` is missing inside and outside; only the inner struct has `size`.
    rejects::<ClosedPage>(
        r#"{"title":"a","inner":{"flag":true}}"#,
        &[("body.inner.limit", "missing"), ("body.inner.size", "missing"), ("body.limit", "missing")],
    );
    rejects::<ClosedPage>(
        r#"{"title":"a","limit":"5","inner":{"limit":5,"size":5,"flag":5}}"#,
        &[("body.inner.flag", "bool_parsing")],
    );
}
