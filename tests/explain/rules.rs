//! Rule errors and type errors together: exactly these are found.

use std::{collections::BTreeMap, fmt::Debug};

use axum_exception::{
    LocSegment, RequestValidationError, Value,
    extract::{Json, Valid},
    rules::{Check, Rules},
};
use proptest::prelude::*;
use serde::{Deserialize, de::DeserializeOwned};

use crate::{
    generate::{Generated, Schema, generate},
    properties::check,
};

#[derive(Debug, Deserialize)]
struct Order {
    id: i64,
    name: String,
    #[serde(default)]
    tags: Vec<String>,
    lines: Vec<Line>,
    stock: BTreeMap<String, i64>,
    gift: Option<Line>,
    range: Range,
    pay: Payment,
}

#[derive(Debug, Deserialize)]
struct Line {
    article: String,
    #[serde(rename = "howMany")]
    how_many: i64,
    ranges: Option<Vec<Range>>,
}

#[derive(Debug, Deserialize)]
struct Range {
    low: i64,
    high: i64,
}

#[derive(Debug, Deserialize)]
enum Payment {
    Cash,
    Card(Card),
}

#[derive(Debug, Deserialize)]
struct Card {
    owner: String,
    year: i64,
}

impl Rules for Order {
    fn rules(&self, order: &mut Check<'_>) {
        order.field("id", &self.id).gt(0).le(100);
        order.field("name", &self.name).min_length(2).max_length(4);
        order.field("tags", &self.tags).max_length(2).each(|tag| tag.min_length(2).max_length(4));
        order.field("lines", &self.lines).nested().min_length(1).max_length(2);
        let stock = order.field("stock", &self.stock).min_length(1).max_length(2);
        stock.each_value(|number| number.gt(0).le(100));
        order.field("gift", &self.gift).nested();
        order.field("range", &self.range).nested();
        order.field("pay", &self.pay).nested();
    }
}

impl Rules for Line {
    fn rules(&self, line: &mut Check<'_>) {
        line.field("article", &self.article).min_length(2).max_length(4);
        line.field("howMany", &self.how_many).gt(0).le(100);
        line.optional("ranges", &self.ranges).nested();
    }
}

impl Rules for Range {
    fn rules(&self, range: &mut Check<'_>) {
        range.whole(|| if self.low <= self.high { Ok(()) } else { Err("upside down") });
        range.field("low", &self.low).gt(0).le(100);
        range.field("high", &self.high).gt(0).le(100);
    }
}

impl Rules for Payment {
    fn rules(&self, payment: &mut Check<'_>) {
        if let Self::Card(card) = self {
            payment.field("Card", card).nested();
        }
    }
}

impl Rules for Card {
    fn rules(&self, card: &mut Check<'_>) {
        card.field("owner", &self.owner).min_length(2).max_length(4);
        card.field("year", &self.year).gt(0).le(100);
    }
}

fn order() -> Schema {
    let list = |item| Box::new(Schema::List(Box::new(item)));
    Schema::Struct(
        vec![
            ("id", true, Schema::Small),
            ("name", true, Schema::Word),
            ("tags", false, Schema::Counted(list(Schema::Word), 0, 2, true)),
            ("lines", true, Schema::Counted(list(line()), 1, 2, true)),
            (
                "stock",
                true,
                Schema::Counted(Box::new(Schema::Map(Box::new(Schema::Small), false)), 1, 2, false),
            ),
            ("gift", false, Schema::Maybe(Box::new(line()))),
            ("range", true, range()),
            ("pay", true, Schema::External(vec![("Cash", None), ("Card", Some(card()))])),
        ],
        false,
    )
}

fn line() -> Schema {
    let ranges = Schema::Maybe(Box::new(Schema::List(Box::new(range()))));
    Schema::Struct(
        vec![("article", true, Schema::Word), ("howMany", true, Schema::Small), ("ranges", false, ranges)],
        false,
    )
}

fn range() -> Schema {
    let fields = vec![("low", true, Schema::Small), ("high", true, Schema::Small)];
    Schema::Whole(Box::new(Schema::Struct(fields, false)), |range| {
        number(range, "low") <= number(range, "high")
    })
}

fn card() -> Schema {
    Schema::Struct(vec![("owner", true, Schema::Word), ("year", true, Schema::Small)], false)
}

fn number(object: &Value, name: &str) -> i64 {
    let value = object.get(name).unwrap();
    value.as_i64().unwrap_or_else(|| value.as_str().unwrap().parse().unwrap())
}

/// Returns the errors of a document, as (loc, type).
fn errors<T: DeserializeOwned + Rules>(document: &str) -> Vec<(String, String)> {
    let Err(exception) = Valid::<Json<T>>::from_bytes(document.as_bytes()) else {
        return Vec::new();
    };
    let error: &RequestValidationError = exception.downcast_ref().unwrap();
    error.errors().iter().map(|error| (error.loc().to_string(), error.kind().to_owned())).collect()
}

fn finds_exactly_the_generated_errors<T: DeserializeOwned + Rules + Debug>(
    schema: &Schema,
    often: u32,
    cases: u32,
) {
    check(cases, generate(schema, often), |Generated { value, errors: generated }| {
        let expected: Vec<(String, String)> =
            generated.into_iter().map(|(loc, kind)| (format!("body{loc}"), kind)).collect();
        let found = errors::<T>(&value.to_string());
        let surplus: Vec<_> = found.iter().filter(|error| !expected.contains(error)).collect();
        let lost: Vec<_> = expected.iter().filter(|error| !found.contains(error)).collect();
        prop_assert!(found == expected, "unexpected: {surplus:?}, not found: {lost:?}");
        Ok(())
    });
}

#[test]
fn exactly_the_generated_rule_and_type_errors_are_found() {
    finds_exactly_the_generated_errors::<Order>(&order(), 3, 400);
    finds_exactly_the_generated_errors::<Order>(&order(), 15, 300);
    finds_exactly_the_generated_errors::<Order>(&order(), 0, 50);
}

/// Types whose content serde buffers. Every number must be positive, every string must have two characters.
mod buffered {
    use std::collections::BTreeMap;

    use axum_exception::rules::{Check, Rules};
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    pub(super) struct Buffered {
        #[serde(flatten)]
        leaf: Leaf,
        events: Option<Vec<Event>>,
        kind: Option<Box<Adjacent>>,
        inner: Option<Either>,
        #[serde(default)]
        last: Vec<Option<Leaf>>,
        one: Option<(i64, String)>,
        #[serde(default, flatten)]
        rest: BTreeMap<String, serde_json::Value>,
    }

    #[derive(Debug, Deserialize)]
    struct Leaf {
        a: i64,
        b: Option<String>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(tag = "t")]
    enum Event {
        One { x: i64, y: Option<String> },
        Two(Leaf),
    }

    #[derive(Debug, Deserialize)]
    #[serde(tag = "kind", content = "x")]
    enum Adjacent {
        One(i64),
        Two(Vec<String>),
    }

    #[derive(Debug, Deserialize)]
    #[serde(untagged)]
    enum Either {
        Number(i64),
        Leaf(Leaf),
    }

    impl Rules for Buffered {
        fn rules(&self, wild: &mut Check<'_>) {
            wild.value(&self.leaf).nested();
            wild.field("events", &self.events).nested();
            wild.field("kind", &self.kind).nested();
            wild.field("inner", &self.inner).nested();
            wild.field("last", &self.last).nested();
            if let Some((number, text)) = &self.one {
                wild.inside("one", |one| {
                    one.item(0, number).gt(0);
                    one.item(1, text).min_length(2);
                });
            }
            for (name, value) in &self.rest {
                if let Some(text) = value.as_str() {
                    wild.field(name, text).min_length(2);
                }
            }
        }
    }

    impl Rules for Leaf {
        fn rules(&self, leaf: &mut Check<'_>) {
            leaf.field("a", &self.a).gt(0);
            leaf.optional("b", &self.b).min_length(2);
        }
    }

    impl Rules for Event {
        fn rules(&self, event: &mut Check<'_>) {
            match self {
                Self::One { x, y } => {
                    event.field("x", x).gt(0);
                    event.optional("y", y).min_length(2);
                }
                Self::Two(leaf) => leaf.rules(event),
            }
        }
    }

    impl Rules for Adjacent {
        fn rules(&self, adjacent: &mut Check<'_>) {
            match self {
                Self::One(number) => {
                    adjacent.field("x", number).gt(0);
                }
                Self::Two(texts) => {
                    adjacent.field("x", texts).each(|text| text.min_length(2));
                }
            }
        }
    }

    impl Rules for Either {
        fn rules(&self, either: &mut Check<'_>) {
            match self {
                Self::Number(number) => {
                    either.value(number).gt(0);
                }
                Self::Leaf(leaf) => leaf.rules(either),
            }
        }
    }
}

/// Returns the values at a location, whose segments may be tags.
fn at<'v>(value: &'v Value, steps: &[LocSegment]) -> Vec<&'v Value> {
    let Some((step, rest)) = steps.split_first() else { return vec![value] };
    let next = match (value, step) {
        (Value::Object(members), LocSegment::Key(name)) => members.get(name),
        (Value::Array(items), LocSegment::Index(index)) => items.get(*index),
        _ => None,
    };
    let mut found = next.map(|next| at(next, rest)).unwrap_or_default();
    if matches!(step, LocSegment::Key(_)) && !rest.is_empty() {
        found.extend(at(value, rest));
    }
    found
}

fn is_positive(value: &Value) -> bool {
    let text = value.as_str().map(|text| text.trim().trim_start_matches('+').trim_end_matches(".0"));
    let number = text.map_or_else(|| value.as_f64(), |text| text.parse().ok());
    number
        .or_else(|| value.as_bool().map(|value| f64::from(u8::from(value))))
        .is_some_and(|number| number > 0.0)
}

#[test]
fn rule_errors_point_at_invalid_values() {
    let mut found = std::cell::Cell::new(0);
    check(3000, crate::properties::any_json(), |document| {
        let Err(exception) = Valid::<Json<buffered::Buffered>>::from_bytes(document.as_bytes()) else {
            return Ok(());
        };
        let Some(error) = exception.downcast_ref::<RequestValidationError>() else { return Ok(()) };
        let sent: Value = document.parse().unwrap();
        for error in error.errors() {
            let there = at(&sent, &error.loc().segments()[1..]);
            let is_wrong = |value: &Value| match error.kind() {
                "greater_than" => !is_positive(value),
                _ => value.as_str().is_some_and(|text| text.chars().count() < 2),
            };
            if matches!(error.kind(), "greater_than" | "string_too_short") {
                found.set(found.get() + 1);
                // A value without a location in the document, such as a field of a struct that was sent as a
                // list, is not echoed.
                let is_placeless = there.is_empty() && error.input().is_null();
                let is_real = is_placeless || there.contains(&error.input()) && is_wrong(error.input());
                prop_assert!(is_real, "{} in {document}", error.to_json());
            }
        }
        Ok(())
    });
    assert!(found.get_mut() > &mut 100, "too few errors were found: {found:?}");
}
