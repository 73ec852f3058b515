//! How documents are explained: options, limits, and the entry points.

use serde::de::DeserializeOwned;

use crate::{
    json::{
        self, Layout, Malformed, Repeated, Sent, StringRules, Tape, Unreadable, decode, grouped, scan,
        tape_of,
    },
    report::{Loc, MAX_ERRORS},
    rules::{Findings, NoRules, Validator},
};

use super::{
    error::Error,
    error_list::ErrorList,
    fast_path::fast_path,
    findings::FieldSpelling,
    guard::Guard,
    passes::{self, Document, Outcome, RootValue},
    report::Report,
    root::CheckedRoot,
    state::{Acceptance, Bounds},
    valid_prefix::ValidPrefix,
};

/// Options and limits.
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
    is_strict: bool,
    structs_from_lists: bool,
    empty_is_missing: bool,
    echo_headers: bool,
    string_bodies: bool,
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
    /// Creates FastAPI's options, for a document that is the `body`.
    #[must_use]
    pub fn new() -> Self {
        Self {
            root: Loc::from("body"),
            is_strict: false,
            structs_from_lists: false,
            empty_is_missing: true,
            echo_headers: false,
            string_bodies: false,
            max_errors: MAX_ERRORS,
            max_depth: 127,
            max_echo: None,
            max_work: None,
        }
    }

    /// Sets the beginning of the `loc` of every error.
    ///
    /// The extractors set it themselves.
    #[must_use]
    pub fn at(mut self, root: impl Into<Loc>) -> Self {
        self.root = root.into();
        self
    }

    /// Accepts only what `serde_json` accepts: `"5"` is not a number, and JSON has to be UTF-8.
    #[must_use]
    pub fn strict(mut self, strict: bool) -> Self {
        self.is_strict = strict;
        self
    }

    /// Sets whether a list is accepted for a struct: its fields in their order, as serde's derives accept it.
    ///
    /// Defaults to `false`, as in FastAPI. In [strict](Self::strict) mode it is always accepted, as by
    /// `serde_json`.
    ///
    /// ```
    /// use axum_exception::explain::Explain;
    /// use serde::Deserialize;
    ///
    /// #[derive(Debug, Deserialize)]
    /// struct Point { x: i32, y: i32 }
    ///
    /// let error = Explain::new().json::<Vec<Point>>(b"[[1, 2]]").unwrap_err();
    /// assert_eq!(
    ///     error.to_string(),
    ///     "body.0: Input should be a valid dictionary or object to extract fields from",
    /// );
    /// let explain = Explain::new().structs_from_lists(true);
    /// let points: Vec<Point> = explain.json(b"[[1, 2]]").unwrap();
    /// assert_eq!((points[0].x, points[0].y), (1, 2));
    /// ```
    #[must_use]
    pub fn structs_from_lists(mut self, accepted: bool) -> Self {
        self.structs_from_lists = accepted;
        self
    }

    pub(crate) fn accepts_empty_as_missing(&self) -> bool {
        self.empty_is_missing
    }

    /// Returns what `serde_json` is not to accept.
    pub(crate) fn guard(&self) -> Guard {
        Guard {
            refuses_lists: !self.is_strict && !self.structs_from_lists,
            refuses_overflow: !self.is_strict,
            is_lax: !self.is_strict,
        }
    }

    /// Limits the number of errors reported. Defaults to 1,000.
    #[must_use]
    pub fn max_errors(mut self, errors: usize) -> Self {
        self.max_errors = errors;
        self
    }

    /// Limits how deeply the value may be nested. Defaults to 127, as in `serde_json`.
    ///
    /// Every level needs stack. Values that `T` ignores do not count. A document that `serde_json` accepts
    /// has only the limit of `serde_json`.
    #[must_use]
    pub fn max_depth(mut self, levels: usize) -> Self {
        self.max_depth = levels;
        self
    }

    /// Sets whether an empty string in a form counts as missing where one string is expected.
    ///
    /// Defaults to `true`, as in FastAPI. With `false`, `name=` is the empty name.
    #[must_use]
    pub fn empty_is_missing(mut self, missing: bool) -> Self {
        self.empty_is_missing = missing;
        self
    }

    /// Sets whether the `input` of a missing header or cookie is an object of all headers or cookies, as in FastAPI for a model.
    ///
    /// Defaults to `false`, unlike FastAPI, because the others may be secret: then the `input` is `null`. It has no effect on
    /// [`Params`](crate::extract::Params), whose `input` is `null` in FastAPI as well.
    #[must_use]
    pub fn echo_headers(mut self, echoed: bool) -> Self {
        self.echo_headers = echoed;
        self
    }

    /// Sets whether [`Json`](crate::extract::Json) accepts a body of another content type as a string, as FastAPI does.
    ///
    /// Defaults to `false`: a browser may send a body of `text/plain` to another site without asking it first, so the content
    /// type is a part of the protection against forged requests.
    #[must_use]
    pub fn string_bodies(mut self, accepted: bool) -> Self {
        self.string_bodies = accepted;
        self
    }

    pub(crate) fn accepts_string_bodies(&self) -> bool {
        self.string_bodies
    }

    pub(crate) fn echoes_headers(&self) -> bool {
        self.echo_headers
    }

    /// Limits the bytes of the document that are echoed as `input`, over all errors.
    ///
    /// An `…` stands for what is left out. Defaults to a small multiple of the size of the document.
    #[must_use]
    pub fn max_echo(mut self, bytes: usize) -> Self {
        self.max_echo = Some(bytes);
        self
    }

    /// Limits the number of values that are looked at, over all passes. Defaults to a multiple of the number
    /// of values in the document.
    #[must_use]
    pub fn max_work(mut self, values: usize) -> Self {
        self.max_work = Some(values);
        self
    }

    /// Reads a JSON document, or returns every error in it.
    ///
    /// An empty document is not JSON.
    ///
    /// # Errors
    ///
    /// Returns an error if the document is not JSON, or if `T` does not accept it.
    pub fn json<'a, T: DeserializeOwned>(&self, document: &'a [u8]) -> Result<T, Error<'a>> {
        fast_path(document, self.guard())
            .or_else(|valid_prefix| self.json_with::<T, NoRules>(document, valid_prefix))
    }

    /// Reads a JSON document that is not valid as it is, and checks rules.
    pub(crate) fn json_with<'a, T, R>(
        &self,
        document: &'a [u8],
        valid_prefix: ValidPrefix,
    ) -> Result<T, Error<'a>>
    where
        T: DeserializeOwned,
        R: Validator<T>,
    {
        let mut root = CheckedRoot::<T, R>::new(self.guard());
        let explained = self.explain_json(document, valid_prefix, &mut root);
        explained.value_or(root.into_value())
    }

    /// Reads names and strings, such as the parameters of a query, as the fields of a struct or map.
    ///
    /// A type that expects a list gets all strings of a name, any other type one of them. Numbers and
    /// booleans are read by the lax rules, also in [strict](Self::strict) mode, because they can only be
    /// strings.
    ///
    /// ```
    /// use axum_exception::explain::{Explain, Repeated};
    /// use serde::Deserialize;
    ///
    /// #[derive(Debug, Deserialize)]
    /// struct Params { limit: u8, ids: Vec<i32> }
    ///
    /// let explain = Explain::new().at("query");
    /// let params: Params = explain.pairs([("ids", "1"), ("limit", "5"), ("ids", "2")], Repeated::Last).unwrap();
    /// assert_eq!((params.limit, params.ids), (5, vec![1, 2]));
    ///
    /// let error = explain.pairs::<Params, _, _>([("ids", "1"), ("ids", "x")], Repeated::Last).unwrap_err();
    /// assert!(error.to_string().starts_with("query.limit: Field required; query.ids.1: Input should be"));
    /// ```
    ///
    /// # Errors
    ///
    /// Returns an error if `T` does not accept the strings.
    pub fn pairs<T, K, V>(
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
        let rules = StringRules { repeated, empty_is_missing: false };
        let sent = pairs.iter().map(|(name, string)| (name.as_ref(), Sent::String(string.as_ref())));
        let tape = grouped(sent, Layout::Named, |groups| tape_of(groups, Layout::Named, rules));
        self.pairs_with::<T, NoRules>(tape, None)
    }

    /// Reads names and strings, and checks rules, which may spell the names of fields otherwise.
    pub(crate) fn pairs_with<T, R>(
        &self,
        tape: Tape<'static>,
        spelling: Option<FieldSpelling>,
    ) -> Result<T, Error<'static>>
    where
        T: DeserializeOwned,
        R: Validator<T>,
    {
        let mut root = CheckedRoot::<T, R>::new(self.guard());
        let explained = self.explain_pairs(tape, spelling, &mut root);
        explained.value_or(root.into_value())
    }

    /// Returns the rules that a value breaks which is written as this document.
    pub(crate) fn broken<'a>(&self, document: &'a [u8], found: Findings) -> Result<Report<'a>, Error<'a>> {
        let tape = self.tape(document)?;
        let errors = passes::place_in_response(&tape, self.bounds(&tape), found);
        Ok(self.report(tape, errors))
    }

    // From here on nothing is generic: it is compiled once.

    fn explain_json<'a>(
        &self,
        document: &'a [u8],
        valid_prefix: ValidPrefix,
        root: &mut dyn for<'t> RootValue<'t>,
    ) -> Explained<'a> {
        let tape = match self.tape(document) {
            Ok(tape) => tape,
            Err(error) => return Explained { is_valid: false, error },
        };
        let valid_prefix = valid_prefix.for_text_of(document.len(), &tape);
        let Outcome { mut is_valid, mut errors } = passes::run(
            Document {
                tape: &tape,
                acceptance: Acceptance {
                    is_strict: self.is_strict,
                    structs_from_lists: self.structs_from_lists,
                },
                bounds: self.bounds(&tape),
                valid_prefix,
                spelling: None,
            },
            root,
        );
        if let Some(reason) = errors.unreadable() {
            return Explained { is_valid: false, error: Error::Unreadable(reason) };
        }
        // In strict mode `serde_json` decides. Otherwise it decides where no error was found.
        if (self.is_strict || !is_valid) && errors.notes.is_empty() && !errors.is_forbidden {
            is_valid = match root.parse(tape.text()) {
                Ok(()) => root.is_allowed(),
                Err(error) => {
                    if errors.reached.is_none() {
                        errors.push_for_document(error.to_string());
                    }
                    false
                }
            };
        }
        Explained { is_valid, error: Error::Report(self.report(tape, errors)) }
    }

    fn explain_pairs(
        &self,
        tape: Tape<'static>,
        spelling: Option<FieldSpelling>,
        root: &mut dyn for<'t> RootValue<'t>,
    ) -> Explained<'static> {
        let document = Document {
            tape: &tape,
            acceptance: Acceptance { is_strict: false, structs_from_lists: self.structs_from_lists },
            bounds: self.bounds(&tape),
            valid_prefix: ValidPrefix::default(),
            spelling,
        };
        let Outcome { is_valid, mut errors } = passes::run(document, root);
        // A limit is not an error of the client: the report says that it is not complete.
        if !is_valid && errors.notes.is_empty() && !errors.is_forbidden && errors.reached.is_none() {
            errors.push_for_document("the values do not fit together".to_owned());
        }
        Explained { is_valid, error: Error::Report(self.report(tape, errors)) }
    }

    fn report<'a>(&self, tape: Tape<'a>, errors: ErrorList) -> Report<'a> {
        // A small document may be echoed several times, a large one hardly more than once.
        let echo = self.max_echo.unwrap_or_else(|| 4 * tape.text_len() + 16 * 1024);
        Report::new(tape, errors, self.root.clone(), echo)
    }

    fn bounds(&self, tape: &Tape<'_>) -> Bounds {
        Bounds {
            errors: self.max_errors,
            depth: self.max_depth,
            work: self.max_work.unwrap_or_else(|| 64 * tape.len() + 100_000),
        }
    }

    fn tape<'a>(&self, document: &'a [u8]) -> Result<Tape<'a>, Error<'a>> {
        let text = if self.is_strict {
            // `serde_json` accepts only UTF-8, and no byte order mark.
            std::str::from_utf8(document).map(Into::into).map_err(|_| Unreadable::Encoding)
        } else {
            decode(document)
        };
        let grammar =
            json::Grammar { strict: self.is_strict, max_depth: json::MAX_DEPTH, max_digits: usize::MAX };
        scan(text.map_err(Error::Unreadable)?, grammar).map_err(|malformed| match malformed {
            Malformed::Unreadable(reason) => Error::Unreadable(reason),
            Malformed::Syntax(error) => Error::Report(Report::syntax(error, self.root.clone())),
        })
    }
}

/// A document that is valid, or the error that it has.
struct Explained<'a> {
    is_valid: bool,
    error: Error<'a>,
}

impl<'a> Explained<'a> {
    fn value_or<T>(self, value: Option<T>) -> Result<T, Error<'a>> {
        value.filter(|_| self.is_valid).ok_or(self.error)
    }
}
