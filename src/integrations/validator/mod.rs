//! [`Valid`] for types that derive [`validator::Validate`] of validator 0.21.
//!
//! Other versions of validator are not supported: their `Validate` is another trait, which the compiler reports as not
//! implemented. `cargo tree --invert validator` lists the versions that an app has.
//!
//! To use it, import this `Valid` instead of [`extract::Valid`](crate::extract::Valid): around an extractor
//! of this crate, also inside [`All`](crate::extract::All), and as a response. Broken rules and type errors
//! are in one list, in the order of the fields:
//!
//! ```
//! use axum::{Router, routing::post};
//! use axum_exception::{ErrorHandlingLayer, extract::Json, validator_0_21::Valid};
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
//! The response to `{"itemName": "Oz", "price": "cheap", "tags": [1, 2, 3, 4, 5, 6]}` is
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
//! See [FastAPI: Body - Fields](https://fastapi.tiangolo.com/tutorial/body-fields/).
//!
//! # Errors of the rules
//!
//! | rule | `type` |
//! | --- | --- |
//! | `length` | `string_too_short`, `string_too_long`; `too_short`, `too_long` for lists, sets and maps |
//! | `range` | `greater_than_equal`, `less_than_equal`, `greater_than`, `less_than` |
//! | `email` | `value_error`: `value is not a valid email address: …` |
//! | `url` | `url_parsing` |
//! | `ip` | `ip_any_address`; `ip_v4_address`, `ip_v6_address` for an address of the other version |
//! | `required` | `missing`; for `null` the error of the type: `string_type`, `int_type`, … |
//! | `regex`, `contains`, `does_not_contain`, `must_match`, `credit_card`, `non_control_character` | `value_error`: `Value error, does not match the pattern` |
//! | `custom`, `schema` | the `code`, with the params as `ctx` |
//!
//! A `message` replaces the `msg`, and a `code` replaces the `type`. A rule with only a message keeps
//! pydantic's `type` and `ctx`. A rule with a code has its params as `ctx`. Without a message its `msg` is
//! `Validation error: ` and the code. The params `value` and `other` are left out of `ctx`: the first is the
//! `input`, the second belongs to another field.
//!
//! If a value breaks several rules, the first in pydantic's order is reported: see
//! [`rules`](crate::rules#which-rule-is-reported). An error of `schema` is reported at the struct, and only if everything in
//! the struct is valid.
//!
//! # Limitations
//!
//! - validator does not pass on the pattern of a `regex`, so its error is not `string_pattern_mismatch`, which has the
//!   pattern in `ctx`.
//! - If another rule of a field is broken, validator does not run `nested`.
//! - For a `HashMap`, validator does not say which entry is invalid, so the error is that of the map. For a `BTreeMap` with
//!   strings as keys the entry is known.
//! - A value that JSON cannot represent, such as a `u128` greater than `u64::MAX`, makes validator panic if it breaks a rule.
#![doc = include_str!("../../docs/adapters.md")]

mod translate;

use ::validator::{Validate, ValidationErrors, ValidationErrorsKind};

use self::translate::translate;
use crate::{
    extract::{LiteralNames, Params, Wrapped},
    rules::{Findings, ForeignFindings, Step, Validator},
};

/// Adds the rules that a type derives with validator 0.21 to an extractor of this crate or to a `Json` response.
///
/// See the [module](self) for an example and the errors, and [`extract::Valid`](crate::extract::Valid) for
/// the extractors that it accepts.
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct Valid<E>(pub E)
where
    E: Wrapped<Value: DerivesValidate>;

crate::extract::impl_valid!(Valid: DerivesValidate, DerivedRules: Validate);

/// A value whose type derives `Validate` of validator 0.21. The compiler names it where a type derives another version, or none.
pub trait DerivesValidate {}

macro_rules! impl_validate {
    ($($wrapper:ident),*) => {$(
        impl<T: Validate> Validate for $wrapper<T> {
            fn validate(&self) -> Result<(), ValidationErrors> {
                self.0.validate()
            }
        }
    )*};
}

impl_validate!(LiteralNames, Params);

/// The rules that a type derives with validator.
struct DerivedRules;

impl<T: Validate> Validator<T> for DerivedRules {
    fn check(value: &T, limit: usize) -> Findings {
        into_findings(value.validate(), limit)
    }

    fn is_valid(value: &T) -> bool {
        value.validate().is_ok()
    }
}

fn into_findings(result: Result<(), ValidationErrors>, limit: usize) -> Findings {
    let mut foreign = ForeignFindings::default();
    if let Err(errors) = result {
        collect(errors, &[], &mut foreign);
    }
    foreign.into_findings(limit)
}

/// The name of the items of a list, which have the place of the list.
const ITEMS: &str = "_tmp_validator";

/// The name of the rules for a whole struct.
const WHOLE: &str = "__all__";

fn collect(errors: ValidationErrors, outer: &[Step], foreign: &mut ForeignFindings) {
    for (name, errors) in errors.into_errors() {
        let mut steps = outer.to_vec();
        if !matches!(&*name, ITEMS | WHOLE) {
            steps.push(Step::Key(name.strip_prefix("r#").unwrap_or(&name).to_owned()));
        }
        match errors {
            ValidationErrorsKind::Struct(errors) => collect(*errors, &steps, foreign),
            ValidationErrorsKind::List(items) => {
                for (index, errors) in items {
                    let step = Step::Nth(index);
                    collect(*errors, &[&*steps, &[step]].concat(), foreign);
                }
            }
            ValidationErrorsKind::Field(errors) => {
                for error in errors {
                    foreign.add(steps.clone(), translate(error, name == WHOLE));
                }
            }
        }
    }
}
