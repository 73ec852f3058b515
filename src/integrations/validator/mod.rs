//! [`Valid`] for types that derive [`validator::Validate`].
//!
//! It is [`extract::Valid`](crate::extract::Valid) by a change of the import: around any extractor of
//! this crate, inside [`All`](crate::extract::All), and as a response. What rules find is in one list with
//! the mistakes of the types, in the order of the fields:
//!
//! ```
//! use axum::{Router, routing::post};
//! use axum_exception::{ErrorHandlingLayer, extract::Json, validator::Valid};
//! use serde::Deserialize;
//! use validator::Validate;
//!
//! #[derive(Deserialize, Validate)]
//! #[serde(rename_all = "camelCase")]
//! struct Item {
//!     #[validate(length(min = 3))]
//!     item_name: String,
//!     #[validate(range(exclusive_min = 0.0))]
//!     price: f64,
//!     #[validate(length(max = 5, message = "Too many tags"))]
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
//! `{"itemName": "Oz", "price": "cheap", "tags": [1, 2, 3, 4, 5, 6]}` is answered with
//!
//! ```json
//! {"detail": [
//!     {"type": "string_too_short", "loc": ["body", "itemName"],
//!      "msg": "String should have at least 3 characters", "input": "Oz", "ctx": {"min_length": 3}},
//!     {"type": "float_parsing", "loc": ["body", "price"],
//!      "msg": "Input should be a valid number, unable to parse string as a number", "input": "cheap"},
//!     {"type": "too_long", "loc": ["body", "tags"], "msg": "Too many tags", "input": [1, 2, 3, 4, 5, 6],
//!      "ctx": {"field_type": "List", "max_length": 5, "actual_length": 6}}]}
//! ```
//!
//! # What rules become
//!
//! | rule | `type` |
//! | --- | --- |
//! | `length` | `string_too_short`, `string_too_long`; `too_short`, `too_long` for lists, sets and maps |
//! | `range` | `greater_than_equal`, `less_than_equal`, `greater_than`, `less_than` |
//! | `email` | `value_error`: `value is not a valid email address: …` |
//! | `url` | `url_parsing` |
//! | `ip` | `ip_any_address`; `ip_v4_address`, `ip_v6_address` for an address of the other kind |
//! | `required` | `missing`; for a `null` what pydantic says of it: `string_type`, `int_type`, … |
//! | `regex`, `contains`, `does_not_contain`, `must_match`, `credit_card`, `non_control_character` | `value_error`: `Value error, does not match the pattern` |
//! | `custom`, `schema` | the `code`, and the params as `ctx` |
//!
//! A `message` is the `msg`, and a `code` the `type`. A rule with a message alone keeps pydantic's `type` and `ctx`;
//! with a code its params are the `ctx`. A code without a message has `Validation error: ` before it for a
//! `msg`. Of the params `value` and `other` are left out: the first is the `input`, and the other is not the
//! field's.
//!
//! Of several rules that one value breaks, the first in pydantic's order is reported: see
//! [`rules`](crate::rules#which-rule-is-reported). What `schema` says is at the struct, and only reported
//! if nothing in it is wrong.
//!
//! # What is not exact
//!
//! - `regex` does not tell the pattern, so it is no `string_pattern_mismatch`, which has it in its `ctx`.
//! - `nested` is not asked where another rule of the field is broken.
//! - Of several entries in a `HashMap` validator does not tell which one is wrong: the error is that of the map. In a
//!   `BTreeMap` with texts for keys it is known.
//! - A value that JSON cannot hold, such as a `u128` beyond `u64::MAX`, makes validator panic if it breaks a rule.
#![doc = include_str!("../../docs/adapters.md")]

mod broken;

use ::validator::{Validate, ValidationErrors, ValidationErrorsKind};

use self::broken::{Broken, broken};
use crate::rules::{Found, Gathered, Step, Validator};

/// An extractor whose value obeys the rules of its type, and a response that does.
///
/// See the [module](self), and [`extract::Valid`](crate::extract::Valid) for what it goes around.
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct Valid<E>(pub E);

crate::extract::wrapper!(Valid);
crate::extract::valid::valid_extractors!(DerivedRules: Validate);

/// The rules that validator derives.
struct DerivedRules;

impl<T: Validate> Validator<T> for DerivedRules {
    fn check(value: &T, most: usize) -> Found {
        let mut gathered = Gathered::default();
        if let Err(errors) = value.validate() {
            gather(errors, &[], &mut gathered);
        }
        gathered.into_found(most)
    }

    fn is_valid(value: &T) -> bool {
        value.validate().is_ok()
    }
}

/// The name under which a list has its items, which are at its own place.
const ITEMS: &str = "_tmp_validator";

/// The name under which a struct has what is wrong with all of it.
const WHOLE: &str = "__all__";

fn gather(errors: ValidationErrors, at: &[Step], gathered: &mut Gathered) {
    for (name, errors) in errors.into_errors() {
        let mut steps = at.to_vec();
        if !matches!(&*name, ITEMS | WHOLE) {
            steps.push(Step::Key(name.strip_prefix("r#").unwrap_or(&name).to_owned()));
        }
        match errors {
            ValidationErrorsKind::Struct(errors) => gather(*errors, &steps, gathered),
            ValidationErrorsKind::List(items) => {
                for (index, errors) in items {
                    let step = Step::Nth(index);
                    gather(*errors, &[&*steps, &[step]].concat(), gathered);
                }
            }
            ValidationErrorsKind::Field(errors) => {
                for error in errors {
                    let Broken { rank, claim, reads, said } = broken(error, name == WHOLE);
                    gathered.add(rank, steps.clone(), claim, reads, said);
                }
            }
        }
    }
}
