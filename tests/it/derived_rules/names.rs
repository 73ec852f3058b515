//! The names that clients send, which serde's attributes decide.

use std::collections::BTreeMap;

use axum_exception::rules::{Rules, errors};
use serde::Deserialize;

use super::{by_hand, expect, less_than_one};
use crate::support::errors::{int_parsing, string_too_short};

#[derive(Deserialize, Rules)]
#[serde(rename_all(serialize = "UPPERCASE", deserialize = "camelCase"), deny_unknown_fields)]
struct Renamed {
    #[rule(ge = 1)]
    two_words: i64,
    #[rule(ge = 1)]
    r#type: i64,
    #[serde(rename = "given name", alias = "name")]
    #[rule(ge = 1)]
    given: i64,
    #[serde(rename(serialize = "out", deserialize = "in"))]
    #[rule(ge = 1)]
    in_and_out: i64,
    #[serde(rename(serialize = "out_only"))]
    #[rule(ge = 1)]
    only_out: i64,
}

by_hand!(RenamedByHand(Renamed): |this, check| {
    check.field("twoWords", &this.two_words).ge(1);
    check.field("type", &this.r#type).ge(1);
    check.field("given name", &this.given).ge(1);
    check.field("in", &this.in_and_out).ge(1);
    check.field("onlyOut", &this.only_out).ge(1);
});

#[tokio::test]
async fn names_are_those_that_serde_reads() {
    let names = ["twoWords", "type", "given name", "in", "onlyOut"];
    let object = |value: &str| format!("{{{}}}", names.map(|name| format!("{name:?}:{value}")).join(","));
    let of_all = |error: fn(&str, &str) -> String, input: &str| {
        names.map(|name| error(&format!(r#"["body","{name}"]"#), input)).to_vec()
    };
    expect::<Renamed, RenamedByHand>(&[
        (&object("1"), vec![]),
        (&object("0"), of_all(less_than_one, "0")),
        (&object(r#""x""#), of_all(int_parsing, r#""x""#)),
    ])
    .await;
}

#[derive(Deserialize, Rules)]
#[serde(rename_all = "kebab-case")]
struct Outer {
    #[serde(flatten)]
    #[rule(nested)]
    inner: Inner,
    #[serde(flatten)]
    #[rule(nested)]
    optional: Option<Other>,
    #[rule(min_length = 2)]
    outer_name: String,
}

#[derive(Deserialize, Rules)]
struct Inner {
    #[rule(ge = 1)]
    inner_size: i64,
}

#[derive(Deserialize, Rules)]
struct Other {
    #[rule(ge = 1)]
    other_size: i64,
}

#[derive(Deserialize, Rules)]
struct Rest {
    _a: i64,
    #[serde(flatten)]
    #[rule(each_value(ge = 1), max_length = 2)]
    rest: BTreeMap<String, i64>,
}

by_hand!(OuterByHand(Outer): |this, check| {
    check.value(&this.inner).nested();
    check.value(&this.optional).nested();
    check.field("outer-name", &this.outer_name).min_length(2);
});

by_hand!(RestByHand(Rest): |this, check| {
    check.value(&this.rest).each_value(|number| number.ge(1)).max_length(2);
});

#[tokio::test]
async fn flattened_fields_have_their_rules_at_the_same_place() {
    expect::<Outer, OuterByHand>(&[
        (r#"{"inner_size":1,"outer-name":"ab"}"#, vec![]),
        (
            r#"{"inner_size":0,"other_size":0,"outer-name":"a"}"#,
            vec![
                less_than_one(r#"["body","inner_size"]"#, "0"),
                less_than_one(r#"["body","other_size"]"#, "0"),
                string_too_short(r#"["body","outer-name"]"#, 2, r#""a""#),
            ],
        ),
    ])
    .await;
    expect::<Rest, RestByHand>(&[
        (r#"{"_a":0,"b":1,"c":1}"#, vec![]),
        (r#"{"_a":0,"b":0}"#, vec![less_than_one(r#"["body","b"]"#, "0")]),
    ])
    .await;
}

/// Attributes may come from a macro, which puts their values into groups.
#[test]
fn names_from_macros_are_recognized() {
    macro_rules! define {
        ($rule:literal, $name:literal, $type:ty) => {
            #[derive(Deserialize, Rules)]
            #[serde(rename_all = $rule)]
            struct Made {
                #[rule(ge = 1)]
                two_words: $type,
                #[serde(rename = $name)]
                #[rule(ge = 1)]
                renamed: $type,
            }
        };
    }
    define!("camelCase", "other", Option<i64>);
    let found: Vec<String> =
        errors(&Made { two_words: Some(0), renamed: Some(0) }).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "twoWords: Input should be greater than or equal to 1",
            "other: Input should be greater than or equal to 1"
        ]
    );
}

/// Without serde the names are those in Rust.
#[test]
fn names_without_serde_are_those_in_rust() {
    #[derive(Rules)]
    struct Plain {
        #[rule(ge = 1)]
        r#type: i64,
        #[rule(nested)]
        kind: Kind,
    }
    #[derive(Rules)]
    enum Kind {
        Other(#[rule(ge = 1)] i64),
    }
    let found: Vec<String> =
        errors(&Plain { r#type: 0, kind: Kind::Other(0) }).iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "type: Input should be greater than or equal to 1",
            "kind.Other: Input should be greater than or equal to 1"
        ]
    );
}
