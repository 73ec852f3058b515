//! [`Valid`] for types that derive [`garde::Validate`].
//!
//! It is [`extract::Valid`](crate::extract::Valid) by a change of the import: around any extractor of
//! this crate, inside [`All`](crate::extract::All), and as a response. What rules find is in one list with
//! the mistakes of the types, in the order of the fields:
//!
//! ```
//! use axum::{Router, routing::post};
//! use axum_exception::{ErrorHandlingLayer, extract::Json, garde::Valid};
//! use garde::Validate;
//! use serde::Deserialize;
//!
//! #[derive(Deserialize, Validate)]
//! #[serde(rename_all = "camelCase")]
//! struct Item {
//!     #[garde(length(chars, min = 3))]
//!     item_name: String,
//!     #[garde(range(min = 0.5))]
//!     price: f64,
//!     #[garde(length(max = 5), inner(length(chars, min = 1)))]
//!     tags: Vec<String>,
//! }
//!
//! async fn create_item(Valid(Json(item)): Valid<Json<Item>>) -> String {
//!     item.item_name
//! }
//!
//! let app: Router =
//!     Router::new().route("/items", post(create_item)).layer(ErrorHandlingLayer::new());
//! ```
//!
//! `{"itemName": "Oz", "price": "cheap", "tags": [""]}` is answered with
//!
//! ```json
//! {"detail": [
//!     {"type": "string_too_short", "loc": ["body", "itemName"],
//!      "msg": "String should have at least 3 characters", "input": "Oz", "ctx": {"min_length": 3}},
//!     {"type": "float_parsing", "loc": ["body", "price"],
//!      "msg": "Input should be a valid number, unable to parse string as a number", "input": "cheap"},
//!     {"type": "string_too_short", "loc": ["body", "tags", 0],
//!      "msg": "String should have at least 1 character", "input": "", "ctx": {"min_length": 1}}]}
//! ```
//!
//! # What rules become
//!
//! | rule | `type` |
//! | --- | --- |
//! | `length` | `string_too_short`, `string_too_long`; `too_short`, `too_long` for lists, sets and maps |
//! | `range` | `greater_than_equal`, `less_than_equal` |
//! | `pattern` | `string_pattern_mismatch` |
//! | `ascii` | `string_not_ascii` |
//! | `email` | `value_error`: `value is not a valid email address: …` |
//! | `url` | `url_parsing` |
//! | `ip`, `ipv4`, `ipv6` | `ip_any_address`, `ip_v4_address`, `ip_v6_address` |
//! | `required` | `missing`; for a `null` what pydantic says of it: `string_type`, `int_type`, … |
//! | `alphanumeric`, `contains`, `prefix`, `suffix`, `matches`, `credit_card`, `phone_number` | `value_error`: `Value error, not alphanumeric` |
//! | `custom` | `value_error`: `Value error, ` and its message |
//!
//! Of several rules that one value breaks, the first in pydantic's order is reported: see
//! [`rules`](crate::rules#which-rule-is-reported). A `length` in bytes, graphemes or UTF-16 units that is
//! broken while the number of characters is right is a `value_error`.
//!
//! A translation of the app's own, which `garde::i18n` takes, does not reach what is checked here.
//!
//! # What is not exact
//!
//! - garde has no exclusive limits, and no `multiple_of`: [`rules`](crate::rules) has.
//! - A context is made by [`Default`]: one that a request should choose is for the handler.
#![doc = include_str!("../../docs/adapters.md")]
//! - Without `#[garde(transparent)]` a newtype around a list cannot be told from the list: what is wrong
//!   with its first item may be reported as an error of the list. Nor can any list in tagged and untagged enums and in
//!   what is flattened: there the first item is never blamed alone. Two such newtypes around each other are
//!   taken for one.

mod recorder;

use ::garde::{Path, Validate, error::Kind, i18n::with_i18n};

use self::recorder::Recorder;
use crate::rules::{Found, Gathered, Step, Validator};

/// An extractor whose value obeys the rules of its type, and a response that does.
///
/// See the [module](self), and [`extract::Valid`](crate::extract::Valid) for what it goes around.
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct Valid<E>(pub E);

crate::extract::wrapper!(Valid);
crate::extract::valid::valid_extractors!(DerivedRules: Validate<Context: Default>);

/// The rules that garde derives.
struct DerivedRules;

impl<T> Validator<T> for DerivedRules
where
    T: Validate<Context: Default>,
{
    fn check(value: &T, most: usize) -> Found {
        let recorder = Recorder::default();
        let report = with_i18n(&recorder, || value.validate());
        let mut gathered = Gathered::default();
        for (path, error) in report.err().into_iter().flat_map(::garde::Report::into_inner) {
            let (rank, claim, reads) = recorder.rule_of(error.message());
            gathered.add(rank, steps(&path), claim, reads, Default::default());
        }
        gathered.into_found(most)
    }

    fn is_valid(value: &T) -> bool {
        value.validate().is_ok()
    }
}

fn steps(path: &Path) -> Vec<Step> {
    // What garde's `select!` follows a path with: its text does not tell a name with a dot from two.
    let components = path.__iter().rev().filter_map(|(kind, component)| match kind {
        Kind::None => None,
        Kind::Key => Some(Step::Key(component.strip_prefix("r#").unwrap_or(component).to_owned())),
        Kind::Index => Some(component.parse().map_or_else(|_| Step::Key(component.to_string()), Step::Index)),
    });
    components.collect()
}
