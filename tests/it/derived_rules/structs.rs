//! Structs without named fields, and rules for whole values.

use axum_exception::rules::{Rules, errors};
use serde::Deserialize;

use super::{by_hand, expect, less_than_one};
use crate::support::errors::{fixed, out_of_range, string_too_short, value_error};

#[derive(Deserialize, Rules)]
struct Id(#[rule(ge = 1, le = 10)] i64);

#[derive(Deserialize, Rules)]
struct OptionalId(#[rule(ge = 1)] Option<i64>);

#[derive(Deserialize, Rules)]
struct Pair(#[rule(ge = 1)] i64, #[serde(skip)] (), #[rule(min_length = 2)] Option<String>);

#[derive(Deserialize, Rules)]
#[serde(transparent)]
struct Transparent {
    #[rule(nested)]
    id: Id,
    #[serde(skip)]
    _unread: u8,
}

#[derive(Deserialize, Rules)]
struct All {
    #[rule(nested)]
    id: Id,
    #[rule(nested)]
    optional: Option<OptionalId>,
    #[rule(nested)]
    pair: Option<Pair>,
    #[rule(nested)]
    transparent: Transparent,
}

by_hand!(IdByHand(Id): |this, check| {
    check.value(&this.0).ge(1).le(10);
});

by_hand!(PairByHand(Pair): |this, check| {
    check.item(0, &this.0).ge(1);
    if let Some(name) = &this.2 {
        check.item(1, name).min_length(2);
    }
});

by_hand!(AllByHand(All): |this, check| {
    check.field("id", &this.id.0).ge(1).le(10);
    if let Some(OptionalId(Some(id))) = &this.optional {
        check.field("optional", id).ge(1);
    }
    if let Some(pair) = &this.pair {
        check.inside("pair", |check| {
            check.item(0, &pair.0).ge(1);
            check.item(1, &pair.2).some(|name| name.min_length(2));
        });
    }
    check.field("transparent", &this.transparent.id).nested();
});

#[tokio::test]
async fn structs_without_names_have_rules_by_position() {
    expect::<Id, IdByHand>(&[
        ("5", vec![]),
        ("0", vec![less_than_one(r#"["body"]"#, "0")]),
        ("11", vec![out_of_range("le", r#"["body"]"#, ["10", "10"], "11")]),
    ])
    .await;
    expect::<Pair, PairByHand>(&[
        ("[1,null]", vec![]),
        (
            r#"[0,"a"]"#,
            vec![less_than_one(r#"["body",0]"#, "0"), string_too_short(r#"["body",1]"#, 2, r#""a""#)],
        ),
    ])
    .await;
    expect::<All, AllByHand>(&[
        (r#"{"id":1,"transparent":1}"#, vec![]),
        (
            r#"{"id":0,"optional":0,"pair":[0,"a"],"transparent":0}"#,
            vec![
                less_than_one(r#"["body","id"]"#, "0"),
                less_than_one(r#"["body","optional"]"#, "0"),
                less_than_one(r#"["body","pair",0]"#, "0"),
                string_too_short(r#"["body","pair",1]"#, 2, r#""a""#),
                less_than_one(r#"["body","transparent"]"#, "0"),
            ],
        ),
    ])
    .await;
}

fn passwords_match(user: &User) -> Result<(), &'static str> {
    if user.password == user.repeated { Ok(()) } else { Err("Passwords do not match") }
}

#[derive(Deserialize, Rules)]
#[rule(whole = passwords_match)]
#[rule(whole = |user| if user.password == "a" { Err("too common") } else { Ok(()) })]
struct User {
    #[rule(min_length = 1)]
    password: String,
    repeated: String,
}

by_hand!(UserByHand(User): |this, check| {
    check.field("password", &this.password).min_length(1);
    check.whole(|| passwords_match(this));
    check.whole(|| if this.password == "a" { Err("too common") } else { Ok(()) });
});

#[tokio::test]
async fn rules_for_the_whole_run_once_all_fields_are_valid() {
    expect::<User, UserByHand>(&[
        (r#"{"password":"b","repeated":"b"}"#, vec![]),
        (
            r#"{"password":"a","repeated":"b"}"#,
            vec![value_error(r#"["body"]"#, "Passwords do not match", r#"{"password":"a","repeated":"b"}"#)],
        ),
        (
            r#"{"password":"a","repeated":"a"}"#,
            vec![value_error(r#"["body"]"#, "too common", r#"{"password":"a","repeated":"a"}"#)],
        ),
        (r#"{"password":"","repeated":"b"}"#, vec![string_too_short(r#"["body","password"]"#, 1, r#""""#)]),
        (r#"{"password":"a","repeated":1}"#, vec![fixed("string_type", r#"["body","repeated"]"#, "1")]),
    ])
    .await;
}

#[test]
fn types_without_rules_have_none() {
    #[derive(Rules)]
    struct Unit;
    #[derive(Rules)]
    struct Empty {}
    #[derive(Rules)]
    struct Plain {
        _a: u8,
    }
    #[derive(Rules)]
    enum Never {}
    #[derive(Rules)]
    enum Units {
        A,
    }
    fn has_rules<T: Rules>() {}
    has_rules::<Never>();
    assert!(errors(&Unit).is_empty() && errors(&Empty {}).is_empty());
    assert!(errors(&Plain { _a: 0 }).is_empty() && errors(&Units::A).is_empty());
}
