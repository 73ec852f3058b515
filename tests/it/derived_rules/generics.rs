//! Generic types, and a crate under another name.

use std::collections::HashMap;

use axum_exception::rules::{Rules, errors};
use serde::{Deserialize, Serialize};

use super::{by_hand, expect, less_than_one};

/// Each parameter of a nested field has rules.
#[derive(Deserialize, Rules)]
struct Page<T, const N: usize = 2> {
    #[rule(nested, max_length = N)]
    items: Vec<T>,
    #[rule(each(nested))]
    first: Option<Vec<Box<T>>>,
}

#[derive(Deserialize, Rules)]
struct Item {
    #[rule(ge = 1)]
    size: i64,
}

/// A type that contains itself.
#[derive(Deserialize, Rules)]
struct Tree<T> {
    #[rule(nested)]
    value: T,
    #[rule(nested)]
    #[serde(default = "Vec::new")]
    children: Vec<Tree<T>>,
}

trait Kind {
    type Value;
}

struct Items;

impl Kind for Items {
    type Value = Item;
}

#[derive(Rules)]
struct Associated<K: Kind> {
    #[rule(nested)]
    value: K::Value,
}

#[derive(Rules)]
#[rule(bound = "T: PartialOrd + Serialize + Copy, K: std::fmt::Display")]
struct Between<T, K> {
    least: T,
    #[rule(ge = self.least)]
    value: T,
    #[rule(each_value(ge = self.least))]
    map: HashMap<K, T>,
}

#[derive(Rules)]
struct Borrowed<'a, T>
where
    T: PartialOrd + Serialize + Default,
{
    #[rule(min_length = 2)]
    name: &'a str,
    #[rule(gt = T::default())]
    value: T,
    #[rule(nested)]
    items: &'a [Item],
    #[rule(each(gt = T::default()))]
    values: &'a [T],
}

mod renamed {
    pub(crate) use axum_exception as errors;
}

#[derive(Rules)]
#[rule(crate = renamed::errors)]
struct Path {
    #[rule(pattern = "^a$")]
    name: String,
}

#[derive(Rules)]
#[rule(crate = "renamed::errors")]
struct PathInString {
    #[rule(pattern = "^a$")]
    name: String,
}

by_hand!(PageByHand(Page<Item, 2>): |this, check| {
    check.field("items", &this.items).max_length(2).each(|item| item.nested());
    check.optional("first", &this.first).each(|item| item.nested());
});

by_hand!(TreeByHand(Tree<Item>): |this, check| {
    this.rules(check);
});

#[tokio::test]
async fn generic_types_have_rules() {
    expect::<Page<Item>, PageByHand>(&[
        (r#"{"items":[{"size":1}]}"#, vec![]),
        (
            r#"{"items":[{"size":1},{"size":0}],"first":[{"size":0}]}"#,
            vec![
                less_than_one(r#"["body","items",1,"size"]"#, "0"),
                less_than_one(r#"["body","first",0,"size"]"#, "0"),
            ],
        ),
    ])
    .await;
    expect::<Tree<Item>, TreeByHand>(&[(
        r#"{"value":{"size":1},"children":[{"value":{"size":0},"children":[{"value":{"size":0}}]}]}"#,
        vec![
            less_than_one(r#"["body","children",0,"value","size"]"#, "0"),
            less_than_one(r#"["body","children",0,"children",0,"value","size"]"#, "0"),
        ],
    )])
    .await;
}

fn found<T: Rules>(value: &T) -> Vec<String> {
    errors(value).iter().map(ToString::to_string).collect()
}

#[test]
fn bounds_are_those_of_the_type_or_given() {
    assert_eq!(
        found(&Associated::<Items> { value: Item { size: 0 } }),
        ["value.size: Input should be greater than or equal to 1"],
    );
    assert_eq!(
        found(&Between { least: 5, value: 4, map: HashMap::from([('a', 3)]) }),
        [
            "value: Input should be greater than or equal to 5",
            "map.a: Input should be greater than or equal to 5"
        ],
    );
    assert_eq!(
        found(&Borrowed { name: "a", value: 1, items: &[Item { size: 0 }], values: &[0] }),
        [
            "name: String should have at least 2 characters",
            "items.0.size: Input should be greater than or equal to 1",
            "values.0: Input should be greater than 0",
        ],
    );
}

#[test]
fn the_crate_may_have_another_name() {
    let expected = ["name: String should match pattern '^a$'"];
    assert_eq!(found(&Path { name: "b".to_owned() }), expected);
    assert_eq!(found(&PathInString { name: "b".to_owned() }), expected);
}
