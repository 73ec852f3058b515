//! [`Valid`] for types that derive [`garde::Validate`] of garde 0.23.
//!
//! Other versions of garde are not supported: their `Validate` is another trait, which the compiler reports as not
//! implemented. `cargo tree --invert garde` lists the versions that an app has.
//!
//! To use it, import this `Valid` instead of [`extract::Valid`](crate::extract::Valid): around an extractor
//! of this crate, also inside [`All`](crate::extract::All), and as a response. Broken rules and type errors
//! are in one list, in the order of the fields:
//!
//! ```
//! use axum::{Router, routing::post};
//! use axum_exception::{ErrorHandlingLayer, extract::Json, garde_0_23::Valid};
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
//! The response to `{"itemName": "Oz", "price": "cheap", "tags": [""]}` is
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
//! See [FastAPI: Body - Fields](https://fastapi.tiangolo.com/tutorial/body-fields/).
//!
//! # Errors of the rules
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
//! | `required` | `missing`; for `null` the error of the type: `string_type`, `int_type`, … |
//! | `alphanumeric`, `contains`, `prefix`, `suffix`, `matches`, `credit_card`, `phone_number` | `value_error`: `Value error, not alphanumeric` |
//! | `custom` | `value_error`: `Value error, ` and its message |
//!
//! If a value breaks several rules, the first in pydantic's order is reported: see
//! [`rules`](crate::rules#which-rule-is-reported). A `length` in bytes, graphemes or UTF-16 units that is broken although the
//! number of characters is within the limits is a `value_error`.
//!
//! A translation that the app installs with `garde::i18n` has no effect here.
//!
//! # Limitations
//!
//! - garde has neither exclusive limits nor `multiple_of`. [`rules`](crate::rules) has both.
//! - The context is created with [`Default`]. A check that needs a context from the request belongs in the handler.
#![doc = include_str!("../../docs/adapters.md")]
//! - Without `#[garde(transparent)]` a newtype around a list cannot be distinguished from the list: an error of its first
//!   item may be reported as an error of the list. The same holds for every list in tagged and untagged enums and in
//!   flattened fields: there an error of the first item is always reported as one of the list. Two such newtypes around
//!   each other are treated as one.

mod recorder;

use ::garde::{Path, Report, Validate, error::Kind, i18n::with_i18n};

use self::recorder::Recorder;
use crate::{
    extract::{LiteralNames, Params, Wrapped},
    rules::{Findings, ForeignFindings, Step, Validator},
};

/// Adds the rules that a type derives with garde 0.23 to an extractor of this crate or to a `Json` response.
///
/// See the [module](self) for an example and the errors, and [`extract::Valid`](crate::extract::Valid) for
/// the extractors that it accepts.
#[derive(Clone, Copy, Debug, Default)]
#[must_use]
pub struct Valid<E>(pub E)
where
    E: Wrapped<Value: DerivesValidate>;

crate::extract::impl_valid!(Valid: DerivesValidate, DerivedRules: Validate<Context: Default>);

/// A value whose type derives `Validate` of garde 0.23. The compiler names it where a type derives another version, or none.
pub trait DerivesValidate {}

macro_rules! impl_validate {
    ($($wrapper:ident),*) => {$(
        impl<T: Validate> Validate for $wrapper<T> {
            type Context = T::Context;

            fn validate_into(
                &self,
                context: &T::Context,
                parent: &mut dyn FnMut() -> Path,
                report: &mut Report,
            ) {
                self.0.validate_into(context, parent, report);
            }
        }
    )*};
}

impl_validate!(LiteralNames, Params);

/// The rules that a type derives with garde.
struct DerivedRules;

impl<T> Validator<T> for DerivedRules
where
    T: Validate<Context: Default>,
{
    fn check(value: &T, limit: usize) -> Findings {
        let recorder = Recorder::default();
        let result = with_i18n(&recorder, || value.validate());
        into_findings(result, &recorder, limit)
    }

    fn is_valid(value: &T) -> bool {
        value.validate().is_ok()
    }
}

fn into_findings(result: Result<(), Report>, recorder: &Recorder, limit: usize) -> Findings {
    let mut foreign = ForeignFindings::default();
    for (path, error) in result.err().into_iter().flat_map(Report::into_inner) {
        foreign.add(steps(&path), recorder.error_of(error.message()));
    }
    foreign.into_findings(limit)
}

fn steps(path: &Path) -> Vec<Step> {
    // garde's `select!` uses this iterator. The string of a path does not distinguish a name with a dot from
    // two names.
    let components = path.__iter().rev().filter_map(|(kind, component)| match kind {
        Kind::None => None,
        Kind::Key => Some(Step::Key(component.strip_prefix("r#").unwrap_or(component).to_owned())),
        Kind::Index => Some(component.parse().map_or_else(|_| Step::Key(component.to_string()), Step::Index)),
    });
    components.collect()
}
