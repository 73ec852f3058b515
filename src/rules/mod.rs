//! Rules that a value has to obey besides its type: what pydantic says with `Field(gt=0, max_length=3)`.
//!
//! A type states its rules by hand, each field under the name the client sends. They read like pydantic's
//! and break into the same errors:
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
//!             Some(discount) if discount > self.price => Err("Nothing is given away"),
//!             _ => Ok(()),
//!         });
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
//! ```
//!
//! [`Valid`](crate::extract::Valid) checks them, and lists what they find with the mistakes of the types:
//!
//! ```
//! use axum::{Router, routing::post};
//! use axum_exception::{ErrorHandlingLayer, extract::{Json, Valid}, rules::{Check, Rules}};
//! use serde::Deserialize;
//!
//! #[derive(Deserialize)]
//! struct Item { name: String, price: f64 }
//!
//! impl Rules for Item {
//!     fn rules(&self, item: &mut Check<'_>) {
//!         item.field("name", &self.name).min_length(3);
//!         item.field("price", &self.price).gt(0.0);
//!     }
//! }
//!
//! async fn create_item(Valid(Json(item)): Valid<Json<Item>>) -> String {
//!     item.name
//! }
//!
//! let app: Router =
//!     Router::new().route("/items", post(create_item)).layer(ErrorHandlingLayer::new());
//! ```
//!
//! # Which rule is reported
//!
//! One for each value, the first in pydantic's order, whatever the order in which they are written:
//! `multiple_of`, `le`, `lt`, `ge`, `gt` for numbers; the length and then the pattern for texts; what is
//! custom comes last, in the order it is written. A list that is too long is reported instead of everything in it. Otherwise what
//! is wrong inside a value goes before what is wrong with it, and a rule for the whole is only asked where all
//! its parts are right.
//!
//! # What a rule may see
//!
//! Where a request has mistakes of its types, too, rules run on a value in which something stands for what
//! could not be read. What they find there counts only if all that it can depend on was really sent: a rule
//! for a field wants that field, a rule for the whole all of it. What changes with what stands beside a field, such
//! as a limit that is another field, is not counted, either. So rules may run on values that no client
//! has sent, and more than once; they should do nothing but look.
//!
//! A value is shown as the `input` only where it is certain which one was sent. Of a list that serde does not
//! read as a `Vec`, an array, a tuple, a `VecDeque` or a `LinkedList` (one with `#[serde(deserialize_with)]` or `serde_as`, and
//! types that are not known here), of one that has left items out, and of a map in which two keys became one, such as `1` and `+1`,
//! the `loc` is that of the value and the `input` is `null`. A type that is made of a list with
//! `#[serde(from)]` should keep its order.
//!
//! Unlike pydantic's, rules hold for defaults, too: a value that was not sent is checked like any other,
//! and its error has `null` for an input.
//!
//! # What rules are not for
//!
//! Rules only look. serde changes values before they do: with `#[serde(try_from = "String")]` a type reads itself, and
//! what it refuses is a `value_error`, too. What needs the state of the app or a database is for the handler, which
//! speaks the same language:
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
//! Rules that several types share are functions:
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
//!
//! `pattern`, `email` and `url` take the features of these names.

mod check;
mod containers;
#[cfg(feature = "email")]
mod email;
mod email_reason;
mod field;
mod found;
#[cfg(any(feature = "garde", feature = "validator"))]
mod gathered;
mod length;
mod multiple_of;
#[cfg(feature = "pattern")]
mod pattern;
mod rule_error;
mod validator;

#[cfg(feature = "validator")]
pub(crate) use self::found::Said;
#[cfg(feature = "pattern")]
pub use self::pattern::Pattern;
pub use self::{
    check::Check,
    field::Field,
    length::{Length, Measured},
    multiple_of::MultipleOf,
    rule_error::RuleError,
};
pub(crate) use self::{
    email_reason::not_an_email,
    field::{too_long, too_short},
    found::{Claim, Counted, Finding, Found, Naming, Reads, Step},
    validator::{NoRules, OwnRules, Validator},
};
#[cfg(any(feature = "garde", feature = "validator"))]
pub(crate) use self::{field::Rank, gathered::Gathered};

use crate::{report::ErrorDetail, value::Value};

/// A type with rules.
///
/// See the [module](self) for what they look like. Lists, maps, options, boxes and tuples of such types are
/// such types, too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no rules",
    note = "`impl Rules for {Self}` states them; a type that is not yours wants a newtype, `struct ItemId(u32)`; for types that derive `Validate`, import `Valid` from \
            `axum_exception::validator` or `axum_exception::garde`"
)]
pub trait Rules {
    /// Says what is wrong with the value.
    fn rules(&self, check: &mut Check<'_>);
}

/// All rules that a value breaks, as for a test of them.
///
/// The `loc` begins in the value itself, without the tags of enums, and the `input` is `null`: nobody has sent
/// it. For what a client is told there is [`Valid::from_bytes`](crate::extract::Valid::from_bytes). At most 1,000
/// errors are looked for.
///
/// # Panics
///
/// If a `Pattern` is no regular expression.
#[must_use]
// For tests, where a bad pattern should not go by unseen.
#[allow(clippy::panic)]
pub fn errors<T>(value: &T) -> Vec<ErrorDetail>
where
    T: Rules + ?Sized,
{
    let found = broken_by(value, 1000);
    if let Some(reason) = &found.misuse {
        panic!("{reason}");
    }
    found
        .into_settled()
        .into_iter()
        .map(|finding| {
            let loc = finding.steps.into_iter().map(Step::into_segment).collect();
            ErrorDetail::of(finding.said.about(finding.claim.into_kind()), loc, Value::Null)
        })
        .collect()
}

/// The rules that a value breaks, up to so many.
pub(crate) fn broken_by<T: Rules + ?Sized>(value: &T, most: usize) -> Found {
    let mut found = Found::new(most);
    check::within(&mut found, found::At::Root, |check| value.rules(check));
    found
}
