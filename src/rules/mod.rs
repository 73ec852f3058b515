//! Rules for values beyond their types, like pydantic's `Field(gt=0, max_length=3)`.
//!
//! A type states its rules with `#[derive(Rules)]`, which requires the feature `derive`. The rules are named like
//! pydantic's and report the same errors:
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use axum_exception::rules::Rules;
//!
//! #[derive(Rules)]
//! #[rule(whole = discount_is_possible)]
//! struct Item {
//!     #[rule(min_length = 3, max_length = 50)]
//!     name: String,
//!     #[rule(gt = 0.0)]
//!     price: f64,
//!     #[rule(max_length = 5, each(one_of = ["new", "used"]))]
//!     tags: Vec<String>,
//!     #[rule(le = 100.0)]
//!     discount: Option<f64>,
//! }
//!
//! fn discount_is_possible(item: &Item) -> Result<(), &'static str> {
//!     match item.discount {
//!         Some(discount) if discount > item.price => Err("The discount exceeds the price"),
//!         _ => Ok(()),
//!     }
//! }
//!
//! let item = Item { name: "Oz".to_owned(), price: 0.0, tags: vec!["old".to_owned()], discount: None };
//! let errors: Vec<String> = axum_exception::rules::errors(&item).iter().map(ToString::to_string).collect();
//! assert_eq!(errors, [
//!     "name: String should have at least 3 characters",
//!     "price: Input should be greater than 0",
//!     "tags.0: Input should be 'new' or 'used'",
//! ]);
//! # }
//! ```
//!
//! An implementation of [`Rules`](trait@Rules) by hand is an alternative, field by field, under the names that
//! clients send:
//!
//! ```
//! use axum_exception::rules::{Check, Rules};
//!
//! struct Item { name: String, price: f64, tags: Vec<String>, discount: Option<f64> }
//!
//! impl Rules for Item {
//!     fn rules(&self, item: &mut Check<'_>) {
//!         item.field("name", &self.name).min_length(3).max_length(50);
//!         item.field("price", &self.price).gt(0.0);
//!         item.field("tags", &self.tags).max_length(5).each(|tag| tag.one_of(["new", "used"]));
//!         item.optional("discount", &self.discount).le(100.0);
//!         item.whole(|| match self.discount {
//!             Some(discount) if discount > self.price => Err("The discount exceeds the price"),
//!             _ => Ok(()),
//!         });
//!     }
//! }
//! ```
//!
//! [`Valid`](crate::extract::Valid) checks the rules of a request, and lists broken rules together with type errors:
//!
//! ```
//! # #[cfg(feature = "derive")] {
//! use axum::{Router, routing::post};
//! use axum_exception::{ErrorHandlingLayer, extract::{Json, Valid}, rules::Rules};
//! use serde::Deserialize;
//!
//! #[derive(Deserialize, Rules)]
//! struct Item {
//!     #[rule(min_length = 3)]
//!     name: String,
//!     #[rule(gt = 0.0)]
//!     price: f64,
//! }
//!
//! async fn create_item(Valid(Json(item)): Valid<Json<Item>>) -> String {
//!     item.name
//! }
//!
//! let app: Router =
//!     Router::new().route("/items", post(create_item)).layer(ErrorHandlingLayer::new());
//! # }
//! ```
//!
//! The rules `pattern`, `email` and `url` require the features of the same names.
//!
//! See [FastAPI: Body - Fields](https://fastapi.tiangolo.com/tutorial/body-fields/).
//!
//! # Attributes of the derive
//!
//! `#[rule(…)]` of a field calls the methods of [`Field`] by their names, in any order. A value may be any expression, in
//! which `self` is the value of the type: `#[rule(le = self.stock)]`.
//!
//! | attribute | checks |
//! | --- | --- |
//! | `ge = 1`, `max_length = 50`, `one_of = ["new", "used"]`, … | the rule with this value |
//! | `ascii`, `email`, `finite`, `nested`, `url` | the rule, which has no value |
//! | `pattern = SLUG` | a `Pattern` in a `static`. `pattern = "^[a-z]+$"` creates the `static` |
//! | `custom = zip_code` | a function `fn(&T) -> Result<(), E>`, where `E: Into<RuleError>`. It may be repeated |
//! | `each(…)`, `each_key(…)`, `each_value(…)` | the rules in parentheses for each item, key or value. `each = name` calls a function |
//! | `some(…)` | the rules in parentheses for the value in an `Option`, as in `each(some(ge = 1))` |
//!
//! The rules of a field of the type `Option<T>` are those of the `T`. `None` obeys all of them. The derive recognizes the
//! type by its name, as serde does: an alias requires `some(…)`.
//!
//! `#[rule(…)]` of the type:
//!
//! | attribute | meaning |
//! | --- | --- |
//! | `whole = passwords_match` | a rule for all fields together: a function `fn(&Self) -> Result<(), E>`. It may be repeated |
//! | `bound = "T: Rules"` | replaces the bounds of the implementation. By default there is `T: Rules` for each type parameter in a field with the rule `nested` |
//! | `crate = path` | the path of this crate, if it has another name |
//!
//! The `loc` of an error follows the attributes of serde: `rename`, `rename_all`, `rename_all_fields`, `flatten`,
//! `transparent`, `tag`, `content` and `untagged`, as they are for `Deserialize`. After `from`, `try_from` or
//! `deserialize_with` the names are still those of the fields.
//!
//! # Which rule is reported
//!
//! At most one rule per value is reported: the first in pydantic's order, independent of the order in the
//! code.
//!
//! - For numbers the order is `multiple_of`, `le`, `lt`, `ge`, `gt`.
//! - For strings the length comes before the pattern.
//! - Custom rules come last, in the order of the code.
//! - A list that is too long is reported instead of the errors of its items. Otherwise the errors inside a value are
//!   reported instead of its own.
//! - A rule for the whole value runs only if all parts are valid.
//!
//! # Rules beside type errors
//!
//! If a request also has type errors, rules run on a value that contains placeholders for what could not be
//! read. A broken rule is reported only if the client sent everything that the rule can depend on: the field
//! for a rule of a field, the whole value for a rule of the whole. An error that changes with the fields
//! around its own, such as a limit taken from another field, is not reported either. Rules may therefore run
//! more than once, and on placeholder values. They must not have side effects.
//!
//! The `input` is reported only if it is certain which value the client sent. In these cases the `loc` is
//! that of the container and the `input` is `null`:
//!
//! - a list that is read with `#[serde(deserialize_with)]` or `serde_as`, or into a type other than `Vec`, an array, a
//!   tuple, a `VecDeque` or a `LinkedList`;
//! - a list that dropped items;
//! - a map in which two keys became one, such as `1` and `+1`.
//!
//! A type that is converted from a list with `#[serde(from)]` should keep its order.
//!
//! Unlike pydantic, rules also check default values. A value that was not sent has `null` as its `input`.
//!
//! # Limits of rules
//!
//! Rules cannot change a value. A conversion can: with `#[serde(try_from = "String")]` a type parses itself,
//! and its error is reported as `value_error`.
//!
//! Rules have no access to the state of the app or to a database. Such checks belong in the handler, which
//! can raise the same errors:
//!
//! ```
//! use axum_exception::{ErrorDetail, RequestValidationError, Result};
//!
//! async fn create_user(name: &str, is_taken: bool) -> Result<()> {
//!     if is_taken {
//!         let error = ErrorDetail::value_error(["body", "name"], "is taken").with_input(name);
//!         return Err(RequestValidationError::from(error).into());
//!     }
//!     Ok(())
//! }
//! ```
//!
//! # Sharing rules
//!
//! Write rules that several types share as functions. In the derive, `each = name` calls one, and a newtype that
//! several types have as a `nested` field shares its rules as well.
//!
//! ```
//! use axum_exception::rules::{Check, Field, Rules};
//!
//! fn name(field: Field<'_, String>) -> Field<'_, String> {
//!     field.min_length(3).max_length(50)
//! }
//!
//! struct Team { name: String, members: Vec<String> }
//!
//! impl Rules for Team {
//!     fn rules(&self, team: &mut Check<'_>) {
//!         name(team.field("name", &self.name));
//!         team.field("members", &self.members).min_length(1).each(name);
//!     }
//! }
//! ```

mod check;
mod common;
mod containers;
#[cfg(feature = "email")]
mod email;
mod email_reason;
mod field;
mod field_state;
mod findings;
#[cfg(any(feature = "garde_0_23", feature = "validator_0_21"))]
mod foreign;
mod items;
mod length;
mod multiple_of;
mod operands;
mod path;
#[cfg(feature = "pattern")]
mod pattern;
mod rule_error;
mod validator;
mod violation;

/// Derives the trait [`Rules`](trait@Rules): see [the attributes](self#attributes-of-the-derive).
///
#[cfg(feature = "derive")]
#[cfg_attr(docsrs, doc(cfg(feature = "derive")))]
#[doc(inline)]
pub use axum_exception_macros::Rules;

#[cfg(feature = "pattern")]
pub use self::pattern::Pattern;
#[cfg(feature = "validator_0_21")]
pub(crate) use self::violation::Overrides;
pub use self::{
    check::Check,
    field::Field,
    length::{Length, Measured},
    multiple_of::MultipleOf,
    rule_error::RuleError,
};
pub(crate) use self::{
    email_reason::not_an_email,
    findings::{Finding, Findings, Naming},
    path::Step,
    validator::{NoRules, OwnRules, Validator},
    violation::{Counted, DependsOn, Violation},
};
#[cfg(any(feature = "garde_0_23", feature = "validator_0_21"))]
pub(crate) use self::{
    foreign::{ForeignError, ForeignFindings},
    violation::Priority,
};

use crate::{
    report::{ErrorDetail, MAX_ERRORS},
    value::Value,
};

/// A type whose values have rules.
///
/// See the [module](self) for examples. Lists, maps, options, smart pointers and tuples of types with rules
/// have rules as well.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no rules",
    note = "derive them with `#[derive(Rules)]` (feature `derive`), or write `impl Rules for {Self}`",
    note = "for a foreign type use a newtype: `struct ItemId(u32)`",
    note = "for a type that derives `Validate`, import `Valid` from `axum_exception::validator_0_21` or `axum_exception::garde_0_23`"
)]
pub trait Rules {
    /// Checks the rules of the value.
    fn rules(&self, check: &mut Check<'_>);
}

/// Returns the errors of all rules that a value breaks, at most 1,000. Use it to test rules.
///
/// The `loc` starts at the value itself and has no tags of enums. The `input` is `null`, because no client
/// sent the value. To see the errors that a client gets, use
/// [`Valid::from_bytes`](crate::extract::Valid::from_bytes).
///
/// # Panics
///
/// Panics if a `Pattern` is not a valid regular expression.
#[must_use]
// A test should fail if a pattern is invalid.
#[allow(clippy::panic)]
pub fn errors<T>(value: &T) -> Vec<ErrorDetail>
where
    T: Rules + ?Sized,
{
    let findings = broken_by(value, MAX_ERRORS);
    if let Some(reason) = &findings.misuse {
        panic!("{reason}");
    }
    findings
        .into_settled()
        .into_iter()
        .map(|finding| {
            let loc = finding.steps.into_iter().map(Step::into_segment).collect();
            ErrorDetail::of(finding.overrides.apply_to(finding.violation.into_kind()), loc, Value::Null)
        })
        .collect()
}

/// Returns the rules that a value breaks, at most `limit` of them.
pub(crate) fn broken_by<T: Rules + ?Sized>(value: &T, limit: usize) -> Findings {
    let mut findings = Findings::new(limit);
    check::within(&mut findings, path::Position::Root, |check| value.rules(check));
    findings
}
