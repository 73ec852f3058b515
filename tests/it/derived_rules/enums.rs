//! Enums with each of serde's tags.

use axum_exception::rules::Rules;
use serde::Deserialize;

use super::{by_hand, expect, less_than_one};
use crate::support::errors::{int_parsing, value_error};

#[derive(Deserialize, Rules)]
struct Leaf {
    #[rule(ge = 1)]
    a: i64,
}

/// Defines the same variants with different tags.
macro_rules! shapes {
    ($name:ident, $(#[$attribute:meta])* $(($tuple:ident))?) => {
        #[derive(Deserialize, Rules)]
        $(#[$attribute])*
        #[rule(whole = $name::check)]
        enum $name {
            #[allow(dead_code)]
            Unit,
            Leaf(#[rule(nested)] Leaf),
            $($tuple(#[rule(ge = 1)] i64, #[rule(ge = 1)] Option<i64>),)?
            #[serde(rename = "line")]
            Line {
                #[rule(ge = 1)]
                long_name: i64,
                #[allow(dead_code)]
                other: Option<i64>,
            },
        }

        impl $name {
            fn check(&self) -> Result<(), &'static str> {
                match self {
                    Self::Line { other: Some(7), .. } => Err("seven"),
                    _ => Ok(()),
                }
            }
        }
    };
}

shapes!(
    External,
    #[serde(rename_all = "lowercase", rename_all_fields = "camelCase")]
    (Tuple)
);
shapes!(Internal, #[serde(tag = "t", rename_all = "lowercase", rename_all_fields = "camelCase")]);
shapes!(
    Adjacent,
    #[serde(tag = "t", content = "c", rename_all = "lowercase", rename_all_fields = "camelCase")]
    (Tuple)
);
shapes!(
    Untagged,
    #[serde(untagged, rename_all_fields = "camelCase")]
    (Tuple)
);

by_hand!(ExternalByHand(External): |this, check| {
    match this {
        External::Unit => {}
        External::Leaf(leaf) => {
            check.field("leaf", leaf).nested();
        }
        External::Tuple(one, two) => check.inside("tuple", |check| {
            check.item(0, one).ge(1);
            check.item(1, two).some(|two| two.ge(1));
        }),
        External::Line { long_name, .. } => check.inside("line", |check| {
            check.field("longName", long_name).ge(1);
        }),
    }
    check.whole(|| this.check());
});

by_hand!(InternalByHand(Internal): |this, check| {
    match this {
        Internal::Unit => {}
        Internal::Leaf(leaf) => {
            check.value(leaf).nested();
        }
        Internal::Line { long_name, .. } => {
            check.field("longName", long_name).ge(1);
        }
    }
    check.whole(|| this.check());
});

by_hand!(AdjacentByHand(Adjacent): |this, check| {
    match this {
        Adjacent::Unit => {}
        Adjacent::Leaf(leaf) => {
            check.field("c", leaf).nested();
        }
        Adjacent::Tuple(one, two) => check.inside("c", |check| {
            check.item(0, one).ge(1);
            check.item(1, two).some(|two| two.ge(1));
        }),
        Adjacent::Line { long_name, .. } => check.inside("c", |check| {
            check.field("longName", long_name).ge(1);
        }),
    }
    check.whole(|| this.check());
});

by_hand!(UntaggedByHand(Untagged): |this, check| {
    match this {
        Untagged::Unit => {}
        Untagged::Leaf(leaf) => {
            check.value(leaf).nested();
        }
        Untagged::Tuple(one, two) => {
            check.item(0, one).ge(1);
            check.item(1, two).some(|two| two.ge(1));
        }
        Untagged::Line { long_name, .. } => {
            check.field("longName", long_name).ge(1);
        }
    }
    check.whole(|| this.check());
});

#[tokio::test]
async fn content_of_externally_tagged_enums_is_under_the_name_of_the_variant() {
    expect::<External, ExternalByHand>(&[
        (r#""unit""#, vec![]),
        (r#"{"leaf":{"a":1}}"#, vec![]),
        (r#"{"leaf":{"a":0}}"#, vec![less_than_one(r#"["body","leaf","a"]"#, "0")]),
        (r#"{"leaf":{"a":"x"}}"#, vec![int_parsing(r#"["body","leaf","a"]"#, r#""x""#)]),
        (
            r#"{"tuple":[0,0]}"#,
            vec![less_than_one(r#"["body","tuple",0]"#, "0"), less_than_one(r#"["body","tuple",1]"#, "0")],
        ),
        (r#"{"line":{"longName":0}}"#, vec![less_than_one(r#"["body","line","longName"]"#, "0")]),
        (r#"{"line":{"longName":"x"}}"#, vec![int_parsing(r#"["body","line","longName"]"#, r#""x""#)]),
        (
            r#"{"line":{"longName":1,"other":7}}"#,
            vec![value_error(r#"["body"]"#, "seven", r#"{"line":{"longName":1,"other":7}}"#)],
        ),
    ])
    .await;
}

#[tokio::test]
async fn fields_of_internally_tagged_enums_are_beside_the_tag() {
    expect::<Internal, InternalByHand>(&[
        (r#"{"t":"unit"}"#, vec![]),
        (r#"{"t":"leaf","a":1}"#, vec![]),
        (r#"{"t":"leaf","a":0}"#, vec![less_than_one(r#"["body","leaf","a"]"#, "0")]),
        (r#"{"t":"leaf","a":"x"}"#, vec![int_parsing(r#"["body","leaf","a"]"#, r#""x""#)]),
        (r#"{"longName":0,"t":"line"}"#, vec![less_than_one(r#"["body","line","longName"]"#, "0")]),
        (r#"{"longName":"x","t":"line"}"#, vec![int_parsing(r#"["body","line","longName"]"#, r#""x""#)]),
        (
            r#"{"t":"line","longName":1,"other":7}"#,
            vec![value_error(r#"["body","line"]"#, "seven", r#"{"t":"line","longName":1,"other":7}"#)],
        ),
    ])
    .await;
}

#[tokio::test]
async fn content_of_adjacently_tagged_enums_is_under_the_name_of_the_content() {
    expect::<Adjacent, AdjacentByHand>(&[
        (r#"{"t":"unit"}"#, vec![]),
        (r#"{"t":"leaf","c":{"a":1}}"#, vec![]),
        (r#"{"t":"leaf","c":{"a":0}}"#, vec![less_than_one(r#"["body","leaf","c","a"]"#, "0")]),
        (r#"{"t":"leaf","c":{"a":"x"}}"#, vec![int_parsing(r#"["body","leaf","c","a"]"#, r#""x""#)]),
        (
            r#"{"t":"tuple","c":[0,0]}"#,
            vec![
                less_than_one(r#"["body","tuple","c",0]"#, "0"),
                less_than_one(r#"["body","tuple","c",1]"#, "0"),
            ],
        ),
        (r#"{"c":{"longName":0},"t":"line"}"#, vec![less_than_one(r#"["body","line","c","longName"]"#, "0")]),
        (
            r#"{"c":{"longName":"x"},"t":"line"}"#,
            vec![int_parsing(r#"["body","line","c","longName"]"#, r#""x""#)],
        ),
        (
            r#"{"t":"line","c":{"longName":1,"other":7}}"#,
            vec![value_error(r#"["body","line"]"#, "seven", r#"{"t":"line","c":{"longName":1,"other":7}}"#)],
        ),
    ])
    .await;
}

#[tokio::test]
async fn content_of_untagged_enums_is_in_place_of_the_enum() {
    expect::<Untagged, UntaggedByHand>(&[
        ("null", vec![]),
        (r#"{"a":1}"#, vec![]),
        (r#"{"a":0}"#, vec![less_than_one(r#"["body","a"]"#, "0")]),
        ("[0,0]", vec![less_than_one(r#"["body",0]"#, "0"), less_than_one(r#"["body",1]"#, "0")]),
        (r#"{"longName":0}"#, vec![less_than_one(r#"["body","longName"]"#, "0")]),
        (
            r#"{"longName":1,"other":7}"#,
            vec![value_error(r#"["body"]"#, "seven", r#"{"longName":1,"other":7}"#)],
        ),
    ])
    .await;
}

/// A variant of its own may have no tag.
#[derive(Deserialize, Rules)]
enum Mixed {
    Tagged(#[rule(ge = 1)] Option<i64>),
    #[serde(skip)]
    #[allow(dead_code)]
    Skipped(u8),
    #[serde(untagged)]
    Plain(#[rule(ge = 1)] i64),
}

by_hand!(MixedByHand(Mixed): |this, check| {
    match this {
        Mixed::Tagged(number) => {
            check.optional("Tagged", number).ge(1);
        }
        Mixed::Plain(number) => {
            check.value(number).ge(1);
        }
        Mixed::Skipped(_) => {}
    }
});

#[tokio::test]
async fn untagged_variants_are_in_place_of_the_enum() {
    expect::<Mixed, MixedByHand>(&[
        (r#"{"Tagged":1}"#, vec![]),
        (r#"{"Tagged":null}"#, vec![]),
        ("1", vec![]),
        (r#"{"Tagged":0}"#, vec![less_than_one(r#"["body","Tagged"]"#, "0")]),
        ("0", vec![less_than_one(r#"["body"]"#, "0")]),
    ])
    .await;
}
