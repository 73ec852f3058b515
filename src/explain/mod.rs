//! Every error in a document at once, for any type that implements [`Deserialize`](serde::Deserialize).
//!
//! `serde` stops at the first error. [`explain`](explain()) goes on, and reports each error as pydantic
//! would: with its type, its location, a message and the value that was found.
//!
//! ```
//! use axum_exception::explain::{self, explain};
//! use serde::Deserialize;
//!
//! #[derive(Debug, Deserialize)]
//! struct Item {
//!     name: String,
//!     price: f64,
//!     #[serde(default)]
//!     tags: Vec<String>,
//! }
//!
//! // A document that is valid by pydantic's lax rules gives the value.
//! let item: Item = explain(br#"{"name": "Tea", "price": "2.50"}"#).unwrap();
//! assert_eq!(item.price, 2.5);
//!
//! let Err(explain::Error::Report(report)) = explain::<Item>(br#"{"price": "x", "tags": ["a", 1]}"#) else {
//!     unreachable!()
//! };
//! let errors: Vec<String> = report.errors().iter().map(ToString::to_string).collect();
//! assert_eq!(errors, [
//!     "body.name: Field required",
//!     "body.price: Input should be a valid number, unable to parse string as a number",
//!     "body.tags.1: Input should be a valid string",
//! ]);
//! ```
//!
//! # How it works
//!
//! `serde_json` reads a document straight into the type, and a valid document costs nothing more. Only if that fails, or
//! if an untagged enum has refused something that is right by the lax rules, a deserializer reads the document again. It
//! knows what each visitor expects and what the document has. It notes an error, gives the visitor a placeholder, and goes
//! on. A type reports some errors only one at a time, such as its missing fields. These are learned from pass to pass.
//!
//! # Flattened, tagged and untagged content
//!
//! serde buffers such content before it deserializes it, so its errors carry no path. A string is found by its address.
//! For anything else the engine makes experiments: it changes something, reads the document again, and looks at what the
//! type returns then. An error is reported on a value only if the error goes, or follows, when another value takes its
//! place. Otherwise it is the error of the object around it.
//!
//! `#[serde(untagged)]`: the errors of each member are reported under the name of the member, as pydantic does for a
//! `Union`: `body.pet.Cat.name`, `body.n.int`. If no member accepts the value as it is, the lax rules apply to each.
//! Unions of up to eight members are explained. Where it is not certain which error is whose, the union has one error.
//!
//! If a member accepts the value, the lax rules still count: as in pydantic, a struct that reads more of the fields that
//! were sent fits better. So `{"name": "Tea", "price": "2.50"}` is an `Item` also beside a struct that has only a `name`.
//! Of two structs that read as many fields, the one that needs no lax rules fits better, and then the first one.
//! The same holds for a flattened `Option` of a struct. A value that two members read stays as it was sent.
//!
//! # Dates, times and decimals
//!
//! With the feature `datetime`, the dates and times of `chrono`, `time` and `jiff` are read in all forms that pydantic accepts:
//! `2023-01-01`, `2023-01-01 10:00`, `2023-01-01T10:00:00Z`, or the number of seconds or milliseconds since 1970, as a number or
//! as a string. Their errors are those of pydantic. What the type accepts itself is read by the type. Otherwise a date without a
//! time is its midnight, and a time without a time zone is in UTC. A type without a time zone reads UTC, and refuses any
//! other time zone as `timezone_naive`.
//!
//! Durations of `time` and `jiff` are read from a number of seconds, from ISO 8601 (`P1DT2H`) and from `1 day, 02:00:00`. The
//! `Duration` of the standard library is a struct for serde.
//!
//! Decimals of `rust_decimal` and `bigdecimal` may have underscores between digits and blanks around them.
//!
//! In content that serde buffers, the types read only their own formats.
//!
//! # What it cannot find
//!
//! Every reported error is real: the type rejected that value. Some errors may be missed, or reported on the object around
//! their value. `cargo test -p foreign-types -- --nocapture`, in the repository, plants errors in 90 valid documents for 73
//! types of twelve published crates, and prints how each error is reported. In three runs with `FOREIGN_CASES=60` and the
//! seeds 201 to 203 no report blamed a wrong value or invented an error. Of 15,123 single errors 95.6 % were reported on the
//! value itself, and the others on an object around it. Of 47,084 errors that were planted two to six at a time, 91.7 % were
//! reported on the value itself, 6.1 % around it, and 2.2 % were missed. Most of the latter two are in types with
//! hand-written visitors, in flattened untagged enums, and in untagged enums of lists. These are the limits:
//!
//! - The label of a union's member is the name of its struct or its Python type. What is in a list is not known to serde:
//!   pydantic's `list[int]` is `list`, and its `str-enum[Color]` is `enum`.
//! - An untagged enum that is flattened into a struct has one error, that of the struct.
//! - Below an invalid tag nothing is checked. In buffered content missing fields come last, and the other errors in the order
//!   of the document.
//! - A visitor that is written by hand may read an item otherwise because of the item before it. So behind a wrong item only
//!   items of its type are checked.
//! - A conversion of the app (`try_from`, `deserialize_with`, a hand-written `Deserialize`) runs several times, also on
//!   placeholders. Its error counts only if the client sent the whole value. The best placeholder is a value that the type
//!   accepts elsewhere in the document. If it accepts none, the fields that are missing behind it are found only once it
//!   succeeds. If it panics, the panic hook reports it as usual, and the value is left out. If it reads the value into a
//!   type of its own first, such as `serde_json::Value`, what is wrong inside is not known.
//! - If a type recovers from an error inside it, that error is not reported. A flattened `Option` is such a type: it is
//!   `None` if a field of it is wrong or missing.
//! - If what one member of a union lacks makes another member accept the value, further errors of the first one are not
//!   known. The request is valid without mending them.
//! - A tuple with an item that accepts no placeholder hides the items behind it. A tuple that is too long hides all of
//!   them, as in pydantic.
//! - A list is not accepted for a struct, and a number that is too large for `f32` is an error. serde accepts both, and
//!   does so in the content that it buffers: in a tagged or untagged enum, or below a `flatten`. With
//!   [`Explain::structs_from_lists`], an error inside such a list is that of the list.
//! - With `serde_json`'s feature `arbitrary_precision`, numbers keep all their digits. In buffered content they do so unless
//!   a type there expects a plain number and gets one that is too long for it.
//!
//! Errors, work, depth and echoed bytes are limited, see [`Explain`]. A report that is cut short says so.

mod buffered;
mod core;
mod de;
mod error;
mod error_list;
mod fast_path;
mod field;
mod findings;
mod guard;
mod nested;
mod options;
mod passes;
mod placeholder;
mod recovery;
mod report;
mod root;
mod state;
mod types;
mod valid_prefix;

use serde::de::DeserializeOwned;

#[cfg(feature = "multipart")]
pub(crate) use self::types::UPLOADED_FILE;
pub use self::{
    error::Error,
    field::{fail_fast, json_string, literal},
    options::Explain,
    report::Report,
};
pub(crate) use self::{
    fast_path::fast_path,
    field::deserialize_newtype,
    guard::Guard,
    recovery::{record_type_error, watch},
    report::{Names, RootInput, Spelling},
    types::{
        Expected, IntegerType, LITERAL_NAMES, PARAMS, RootShape, RootType, check_string, field_names,
        parse_bool,
    },
    valid_prefix::ValidPrefix,
};
pub use crate::json::{Repeated, Unreadable};

/// Reads a JSON document, or returns every error in it.
///
/// The `loc` of each error begins with `body`. [`Explain`] has options for that and for limits.
///
/// # Errors
///
/// Returns an error if the document is not JSON, or if `T` does not accept it even by the lax rules.
pub fn explain<T: DeserializeOwned>(document: &[u8]) -> Result<T, Error<'_>> {
    Explain::new().json(document)
}
