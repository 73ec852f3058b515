//! Every mistake in a document at once, for any type that implements [`Deserialize`](serde::Deserialize).
//!
//! `serde` stops at the first error. [`explain`](explain()) goes on, and reports each mistake as pydantic
//! would: with its type, its place, a text and the value that was found.
//!
//! ```
//! use axum_exception::explain::{Error, explain};
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
//! // What is right, or right by pydantic's lax rules, gives the value.
//! let item: Item = explain(br#"{"name": "Tea", "price": "2.50"}"#).unwrap();
//! assert_eq!(item.price, 2.5);
//!
//! let Err(Error::Report(report)) = explain::<Item>(br#"{"price": "x", "tags": ["a", 1]}"#) else {
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
//! A document is first read by `serde_json` straight into the type, and nothing is paid for what follows.
//! Only if that fails it is walked again by a deserializer that knows what was asked for and what is there:
//! it notes what is wrong, gives the type a stand-in, and goes on. What a type says only one at a time, such
//! as its missing fields, is learnt from walk to walk.
//!
//! # What it cannot find
//!
//! An error that is reported is one: the value was refused where it stands. But not all are found at once:
//!
//! - `#[serde(untagged)]`: serde says only that no variant fits, so the error is the whole value's, and the
//!   lax rules do not apply inside.
//! - `#[serde(flatten)]` and `#[serde(tag = …)]`: serde takes the content for anything first and looks at it
//!   later, without saying where it was. Strings are found again by their address, other values and missing
//!   fields by trying what makes a difference, among up to sixteen values and sixty-four objects. What a conversion of the app's own
//!   says about a value in there is the error of the whole object. Below a bad tag nothing is looked at.
//!   Missing fields come last, the others in the order of the document.
//! - A conversion of the app's own (`try_from`, `deserialize_with`, a hand-written `Deserialize`) runs
//!   several times, also on invented values. What it says counts only if all of the value was sent by the
//!   client. If it takes none of the stand-ins, then the fields that are missing behind it are found only
//!   when it is satisfied. It may panic, which the panic hook reports as ever; then it is left alone.
//! - A type that makes the best of an error inside it has no errors inside. An `Option` that is flattened is
//!   such a type: with a number among its fields it is always `None` where there are only texts.
//! - A tuple with an item that no stand-in satisfies hides the items behind it, and one that is too long
//!   hides all of them, as in pydantic.
//! - Below the whole document a list is taken for the fields of a struct in their order, as `serde_json`
//!   takes it; what is wrong inside is then the error of the list.
//!
//! Errors, work, depth and echoed bytes are bounded, see [`Explain`]. A report that is cut short says so.

mod accepted;
mod arrange;
mod buffered;
mod claimed;
mod coerce;
mod deserializer;
mod halt;
mod invent;
mod items;
mod key;
mod members;
mod memory;
mod raw;
mod recipe;
mod report;
mod rust_place;
mod search;
mod seen;
mod slot;
mod spread;
mod tagged;
mod variant;
mod verdict;
mod walk;
mod want;

use std::fmt;

use serde::de::DeserializeOwned;

use crate::{
    json::{self, Layout, Malformed, Tape, TextRules, decode, grouped, scan, tape_of},
    report::Loc,
    rules::{Found, Judge, NoRules},
};

pub use self::report::Report;
pub(crate) use self::want::Shape;
pub(crate) use self::{accepted::Accepted, report::Names};
pub use crate::json::{Repeated, Unreadable};

use self::walk::{Bounds, Findings, Outcome, Over, walk};

/// Reads a JSON document, or explains all that is wrong with it.
///
/// The errors are placed in `body`. [`Explain`] has options for that and for limits.
///
/// # Errors
///
/// If the document is no JSON, or is not what `T` expects even by the lax rules.
pub fn explain<T: DeserializeOwned>(document: &[u8]) -> Result<T, Error<'_>> {
    Explain::new().json(document)
}

/// Why there is no value.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<'a> {
    /// The document cannot be read at all. FastAPI answers this with 400.
    Unreadable(Unreadable),
    /// These are its mistakes.
    Report(Report<'a>),
}

impl fmt::Display for Error<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(reason) => reason.fmt(f),
            Self::Report(report) => {
                for (place, error) in report.errors().iter().enumerate() {
                    if place > 0 {
                        f.write_str("; ")?;
                    }
                    error.fmt(f)?;
                }
                Ok(())
            }
        }
    }
}

impl std::error::Error for Error<'_> {}

/// How to explain.
///
/// ```
/// use axum_exception::explain::Explain;
///
/// let explain = Explain::new().at("payload").strict(true);
/// let error = explain.json::<Vec<u8>>(b"[1, \"2\", 300]").unwrap_err();
/// assert_eq!(
///     error.to_string(),
///     "payload.1: Input should be a valid integer; payload.2: Input should be less than or equal to 255",
/// );
/// ```
#[derive(Clone, Debug)]
pub struct Explain {
    root: Loc,
    strict: bool,
    empty_is_missing: bool,
    max_errors: usize,
    max_depth: usize,
    max_echo: Option<usize>,
    max_work: Option<usize>,
}

impl Default for Explain {
    fn default() -> Self {
        Self::new()
    }
}

impl Explain {
    /// How deep a text may be nested at all, which is about what CPython can.
    const MAX_NESTING: usize = 950;

    /// The rules of FastAPI, for a document that is the `body`.
    #[must_use]
    pub fn new() -> Self {
        Self {
            root: Loc::from("body"),
            strict: false,
            empty_is_missing: true,
            max_errors: 1000,
            max_depth: 127,
            max_echo: None,
            max_work: None,
        }
    }

    /// Where the document itself is: what the `loc` of every error begins with.
    ///
    /// The extractors say it themselves.
    #[must_use]
    pub fn at(mut self, root: impl Into<Loc>) -> Self {
        self.root = root.into();
        self
    }

    /// Takes only what `serde_json` takes: `"5"` is no number, and nothing but UTF-8 is JSON.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.strict = strict;
        self
    }

    pub(crate) fn takes_empty_for_missing(&self) -> bool {
        self.empty_is_missing
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.strict
    }

    /// At most so many errors are looked for; 1,000 unless said otherwise.
    #[must_use]
    pub fn max_errors(mut self, errors: usize) -> Self {
        self.max_errors = errors;
        self
    }

    /// How deep the value may be nested; 127 unless said otherwise, as in `serde_json`.
    ///
    /// Every level costs stack. What `T` does not read does not count, nor does a document that `serde_json` takes as
    /// it is: that has its own limit.
    #[must_use]
    pub fn max_depth(mut self, levels: usize) -> Self {
        self.max_depth = levels;
        self
    }

    /// Whether an empty text in a form counts as missing where one text is asked for. It does unless said
    /// otherwise, as in FastAPI; off, `name=` is the empty name.
    #[must_use]
    pub fn empty_is_missing(mut self, missing: bool) -> Self {
        self.empty_is_missing = missing;
        self
    }

    /// At most so many bytes of the document are echoed as `input`, over all errors.
    ///
    /// What was left out is an `…`. Unless said otherwise it is a small multiple of the document.
    #[must_use]
    pub fn max_echo(mut self, bytes: usize) -> Self {
        self.max_echo = Some(bytes);
        self
    }

    /// How many values may be looked at over all walks; unless said otherwise a multiple of those there are.
    #[must_use]
    pub fn max_work(mut self, values: usize) -> Self {
        self.max_work = Some(values);
        self
    }

    /// Reads a JSON document, or explains all that is wrong with it.
    ///
    /// An empty document is no JSON; whether that means that there is none is for the caller to say.
    ///
    /// # Errors
    ///
    /// If the document is no JSON, or is not what `T` expects.
    pub fn json<'a, T: DeserializeOwned>(&self, document: &'a [u8]) -> Result<T, Error<'a>> {
        at_once(document, self.strict).or_else(|accepted| self.judged_json::<T, NoRules>(document, accepted))
    }

    /// Reads a document by the rules for its value, and with what `serde_json` has accepted.
    pub(crate) fn judged_json<'a, T, J>(&self, document: &'a [u8], accepted: Accepted) -> Result<T, Error<'a>>
    where
        T: DeserializeOwned,
        J: Judge<T>,
    {
        let tape = self.tape(document)?;
        let accepted = accepted.for_text_of(document.len(), &tape);
        let Outcome { value, mut findings } = walk::<T, J>(&tape, self.strict, self.bounds(&tape), accepted);
        if let Some(value) = value.filter(|_| !self.strict) {
            return Ok(value);
        }
        if findings.over == Some(Over::Depth) {
            return Err(Error::Unreadable(Unreadable::Depth));
        }
        if findings.notes.is_empty() && !findings.is_forbidden {
            // Nothing could be pinned down, but it is a mistake if `serde_json` says so.
            match serde_json::from_slice::<T>(document) {
                Ok(value) if J::allows(&value) => return Ok(value),
                Ok(_) => {}
                Err(_) if findings.over.is_some() => {}
                Err(error) => findings.blame_all(error.to_string()),
            }
        }
        Err(Error::Report(self.report(tape, findings)))
    }

    /// Reads names and texts, such as the parameters of a query, as the fields of a struct or map.
    ///
    /// A type that asks for a list gets all texts of a name, any other one of them. Numbers and booleans
    /// are read by the lax rules, also in [strict](Self::strict) mode: text knows no others.
    ///
    /// ```
    /// use axum_exception::explain::{Explain, Repeated};
    /// use serde::Deserialize;
    ///
    /// #[derive(Debug, Deserialize)]
    /// struct Params { limit: u8, ids: Vec<i32> }
    ///
    /// let explain = Explain::new().at("query");
    /// let params: Params = explain.text([("ids", "1"), ("limit", "5"), ("ids", "2")], Repeated::Last).unwrap();
    /// assert_eq!((params.limit, params.ids), (5, vec![1, 2]));
    ///
    /// let error = explain.text::<Params, _, _>([("ids", "1"), ("ids", "x")], Repeated::Last).unwrap_err();
    /// assert!(error.to_string().starts_with("query.limit: Field required; query.ids.1: Input should be"));
    /// ```
    ///
    /// # Errors
    ///
    /// If the texts are not what `T` expects.
    pub fn text<T, K, V>(
        &self,
        pairs: impl IntoIterator<Item = (K, V)>,
        repeated: Repeated,
    ) -> Result<T, Error<'static>>
    where
        T: DeserializeOwned,
        K: AsRef<str>,
        V: AsRef<str>,
    {
        let pairs: Vec<(K, V)> = pairs.into_iter().collect();
        let rules = TextRules { repeated, empty_is_missing: false };
        let texts = pairs.iter().map(|(name, text)| (name.as_ref(), text.as_ref()));
        let tape = grouped(texts, Layout::Named, |groups| tape_of(groups, Layout::Named, rules));
        self.judged_texts::<T, NoRules>(tape).map_err(Error::Report)
    }

    /// Reads a tape of texts that obey rules, or explains all that is wrong with it.
    pub(crate) fn judged_texts<T, J>(&self, tape: Tape<'static>) -> Result<T, Report<'static>>
    where
        T: DeserializeOwned,
        J: Judge<T>,
    {
        let accepted = Accepted::default();
        let Outcome { value, mut findings } = walk::<T, J>(&tape, false, self.bounds(&tape), accepted);
        if let Some(value) = value {
            return Ok(value);
        }
        // A limit is not the client's mistake: the report says that it is not complete.
        if findings.notes.is_empty() && !findings.is_forbidden && findings.over.is_none() {
            findings.blame_all("the values do not fit together".to_owned());
        }
        Err(self.report(tape, findings))
    }

    /// The rules that are broken by a value that is written as this document.
    pub(crate) fn broken<'a>(&self, document: &'a [u8], found: Found) -> Result<Report<'a>, Error<'a>> {
        let tape = self.tape(document)?;
        let findings = verdict::against(&tape, self.bounds(&tape), found);
        Ok(self.report(tape, findings))
    }

    fn report<'a>(&self, tape: Tape<'a>, findings: Findings) -> Report<'a> {
        // A small document may be echoed several times, a large one hardly more than once.
        let echo = self.max_echo.unwrap_or_else(|| 4 * tape.text_len() + 16 * 1024);
        Report::findings(tape, findings, self.root.clone(), echo)
    }

    fn bounds(&self, tape: &Tape<'_>) -> Bounds {
        Bounds {
            errors: self.max_errors,
            depth: self.max_depth,
            work: self.max_work.unwrap_or_else(|| 64 * tape.len() + 100_000),
        }
    }

    // Not generic, so compiled once.
    fn tape<'a>(&self, document: &'a [u8]) -> Result<Tape<'a>, Error<'a>> {
        let text = if self.strict {
            // `serde_json` looks for nothing but UTF-8, and not for a mark before it.
            std::str::from_utf8(document).map(Into::into).map_err(|_| Unreadable::Encoding)
        } else {
            decode(document)
        };
        let rules = json::Rules { strict: self.strict, max_depth: Self::MAX_NESTING };
        let text = text.map_err(Error::Unreadable)?;
        scan(text, rules).map_err(|malformed| match malformed {
            Malformed::Unreadable(reason) => Error::Unreadable(reason),
            Malformed::Syntax(error) => Error::Report(Report::syntax(error, self.root.clone())),
        })
    }
}

/// What costs nothing beyond `serde_json`: the value of a document that is right as it is.
pub(crate) fn at_once<T: DeserializeOwned>(document: &[u8], strict: bool) -> Result<T, Accepted> {
    if !strict && may_be_listed_struct(document) && matches!(Shape::of::<T>(), Shape::Struct(_)) {
        return Err(Accepted::default());
    }
    // `from_slice` would not look at the texts that the type ignores.
    let text = std::str::from_utf8(document).map_err(|_| Accepted::default())?;
    serde_json::from_str(text).map_err(|error| Accepted::before(&error, text))
}

/// Whether a document is a list, by its first character.
fn may_be_listed_struct(document: &[u8]) -> bool {
    document.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[')
}
