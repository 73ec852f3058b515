//! The scanner from text to tape. It reports the errors of CPython's decoder, with its messages and
//! positions.
//!
//! It is not recursive: a stack of its own holds the open containers, and its depth is limited.

use std::borrow::Cow;

use super::{
    Malformed, SyntaxError, Unreadable,
    tape::{Kind, NodeId, Tape},
};

/// The number of digits that an integer may have: Python's limit, in JSON and in strings alike.
pub(crate) const MAX_DIGITS: usize = 4300;

/// The depth to which lists and objects may be nested: about CPython's limit.
pub(crate) const MAX_DEPTH: usize = 950;

/// The documents that the scanner accepts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Grammar {
    /// Accepts only what `serde_json` does: no `NaN`, no `Infinity`, and no lone surrogate.
    pub(crate) strict: bool,
    /// The depth to which lists and objects may be nested.
    pub(crate) max_depth: usize,
    /// The number of digits that an integer may have.
    pub(crate) max_digits: usize,
}

/// Scans a JSON text into a tape.
///
/// # Errors
///
/// Returns an error if the text is not JSON, or cannot be read at all.
pub(crate) fn scan(text: Cow<'_, str>, grammar: Grammar) -> Result<Tape<'_>, Malformed> {
    // Node numbers have 32 bits, and there are at most as many nodes as bytes.
    if u32::try_from(text.len()).is_err() {
        return Err(Malformed::Unreadable(Unreadable::Size));
    }
    let mut scanner =
        Scanner { tape: Tape::new(Cow::Borrowed(&text)), text: &text, grammar, open: Vec::new() };
    match scanner.document() {
        Ok(()) => {
            let nodes = scanner.tape.into_nodes();
            Ok(Tape::with_nodes(text, nodes))
        }
        Err(Stop::Syntax(message, at)) => {
            let position = text.get(..at).map_or(at, |before| before.chars().count());
            Err(Malformed::Syntax(SyntaxError { message, position }))
        }
        Err(Stop::Unreadable(reason)) => Err(Malformed::Unreadable(reason)),
    }
}

/// The reason why scanning ended early. Positions are in bytes here.
enum Stop {
    Syntax(&'static str, usize),
    Unreadable(Unreadable),
}

/// A list or object whose end has not been reached yet.
struct Open {
    id: NodeId,
    is_object: bool,
    /// The number of its values so far.
    count: u32,
}

struct Scanner<'t> {
    tape: Tape<'t>,
    text: &'t str,
    grammar: Grammar,
    open: Vec<Open>,
}

impl Scanner<'_> {
    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn skip_blanks(&self, mut at: usize) -> usize {
        while let Some(b' ' | b'\t' | b'\n' | b'\r') = self.byte(at) {
            at += 1;
        }
        at
    }

    fn skip_digits(&self, mut at: usize) -> usize {
        while let Some(b'0'..=b'9') = self.byte(at) {
            at += 1;
        }
        at
    }

    fn document(&mut self) -> Result<(), Stop> {
        let mut at = self.skip_blanks(0);
        loop {
            at = self.value(at)?;
            // After a value: the containers that end here, then a comma and what follows it.
            loop {
                at = self.skip_blanks(at);
                let Some(innermost) = self.open.last() else {
                    return if at == self.text.len() { Ok(()) } else { Err(Stop::Syntax("Extra data", at)) };
                };
                let is_object = innermost.is_object;
                match self.byte(at) {
                    Some(b'}') if is_object => at = self.close(at),
                    Some(b']') if !is_object => at = self.close(at),
                    Some(b',') => {
                        at = self.skip_blanks(at + 1);
                        if is_object {
                            at = self.key(at)?;
                        }
                        break;
                    }
                    _ => return Err(Stop::Syntax("Expecting ',' delimiter", at)),
                }
            }
        }
    }

    /// Reads a scalar, an empty container, or the openings of containers with the first scalar in them.
    /// Returns the position after it.
    fn value(&mut self, mut at: usize) -> Result<usize, Stop> {
        loop {
            match self.byte(at) {
                Some(b'"') => {
                    let id = self.push(Kind::String, at + 1, 0);
                    return self.string(at, id);
                }
                Some(b'{') => {
                    self.enter(Kind::Object, at)?;
                    at = self.skip_blanks(at + 1);
                    if self.byte(at) == Some(b'}') {
                        return Ok(self.close(at));
                    }
                    at = self.key(at)?;
                }
                Some(b'[') => {
                    self.enter(Kind::Array, at)?;
                    at = self.skip_blanks(at + 1);
                    if self.byte(at) == Some(b']') {
                        return Ok(self.close(at));
                    }
                }
                _ => return self.scalar(at),
            }
        }
    }

    fn push(&mut self, kind: Kind, start: usize, length: usize) -> NodeId {
        let (parent, position) = match self.open.last_mut() {
            Some(open) => {
                open.count += 1;
                (open.id, open.count - 1)
            }
            None => (NodeId::ROOT, 0),
        };
        self.tape.push(kind, start, length, parent, position)
    }

    fn enter(&mut self, kind: Kind, at: usize) -> Result<(), Stop> {
        if self.open.len() >= self.grammar.max_depth {
            return Err(Stop::Unreadable(Unreadable::Depth));
        }
        let id = self.push(kind, at, 0);
        self.open.push(Open { id, is_object: kind == Kind::Object, count: 0 });
        Ok(())
    }

    fn close(&mut self, at: usize) -> usize {
        if let Some(open) = self.open.pop() {
            self.tape.close(open.id);
            if open.is_object {
                self.tape.unify_members(open.id, open.count);
            }
        }
        at + 1
    }

    /// Reads a key and its colon. Returns the position of the value.
    fn key(&mut self, at: usize) -> Result<usize, Stop> {
        if self.byte(at) != Some(b'"') {
            return Err(Stop::Syntax("Expecting property name enclosed in double quotes", at));
        }
        let object = self.open.last().map_or(NodeId::ROOT, |open| open.id);
        let id = self.tape.push_key(at + 1, object);
        let colon = self.string(at, id)?;
        let colon = self.skip_blanks(colon);
        if self.byte(colon) != Some(b':') {
            return Err(Stop::Syntax("Expecting ':' delimiter", colon));
        }
        Ok(self.skip_blanks(colon + 1))
    }

    fn scalar(&mut self, at: usize) -> Result<usize, Stop> {
        const WORDS: [(&str, Kind, bool); 6] = [
            ("null", Kind::Null, true),
            ("true", Kind::True, true),
            ("false", Kind::False, true),
            ("NaN", Kind::Float, false),
            ("Infinity", Kind::Float, false),
            ("-Infinity", Kind::Float, false),
        ];
        let rest = self.text.as_bytes().get(at..).unwrap_or_default();
        let word = WORDS.iter().find(|(word, ..)| rest.starts_with(word.as_bytes()));
        if let Some(&(word, kind, is_json)) = word {
            if self.grammar.strict && !is_json {
                return Err(Stop::Syntax("Expecting value", at));
            }
            self.push(kind, at, word.len());
            return Ok(at + word.len());
        }
        self.number(at)
    }

    fn number(&mut self, start: usize) -> Result<usize, Stop> {
        let first = start + usize::from(self.byte(start) == Some(b'-'));
        let mut end = match self.byte(first) {
            Some(b'0') => first + 1,
            Some(b'1'..=b'9') => self.skip_digits(first),
            _ => return Err(Stop::Syntax("Expecting value", start)),
        };
        let whole = end;
        if self.byte(end) == Some(b'.') {
            let fraction = self.skip_digits(end + 1);
            if fraction > end + 1 {
                end = fraction;
            }
        }
        if let Some(b'e' | b'E') = self.byte(end) {
            let signed = matches!(self.byte(end + 1), Some(b'+' | b'-'));
            let digits = end + 1 + usize::from(signed);
            let exponent = self.skip_digits(digits);
            if exponent > digits {
                end = exponent;
            }
        }
        let kind = if end == whole { Kind::Integer } else { Kind::Float };
        if kind == Kind::Integer && whole - first > self.grammar.max_digits {
            return Err(Stop::Unreadable(Unreadable::LongInteger));
        }
        self.push(kind, start, end - start);
        Ok(end)
    }

    /// Reads the string whose quote is at `quote` into a node. Returns the position after it.
    fn string(&mut self, quote: usize, id: NodeId) -> Result<usize, Stop> {
        const UNTERMINATED: &str = "Unterminated string starting at";
        let mut content = String::new();
        let mut escaped = false;
        let mut run = quote + 1;
        loop {
            let at = self.end_of_run(run);
            let plain = self.text.get(run..at).unwrap_or_default();
            match self.byte(at) {
                None => return Err(Stop::Syntax(UNTERMINATED, quote)),
                Some(b'"') if escaped => {
                    content.push_str(plain);
                    self.tape.unescape(id, &content);
                    return Ok(at + 1);
                }
                Some(b'"') => {
                    self.tape.set_length(id, at - run);
                    return Ok(at + 1);
                }
                Some(b'\\') => {
                    escaped = true;
                    content.push_str(plain);
                    let Some(letter) = self.byte(at + 1) else {
                        return Err(Stop::Syntax(UNTERMINATED, quote));
                    };
                    run = at + 2;
                    match letter {
                        b'u' => run = self.unicode_escape(at + 1, &mut content)?,
                        b'"' | b'\\' | b'/' => content.push(letter.into()),
                        b'b' => content.push('\u{8}'),
                        b'f' => content.push('\u{c}'),
                        b'n' => content.push('\n'),
                        b'r' => content.push('\r'),
                        b't' => content.push('\t'),
                        _ => return Err(Stop::Syntax("Invalid \\escape", at)),
                    }
                }
                Some(_) => return Err(Stop::Syntax("Invalid control character at", at)),
            }
        }
    }

    /// Returns the position of the next quote, backslash or control character, or the end.
    fn end_of_run(&self, from: usize) -> usize {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let length = rest.iter().position(|&byte| byte == b'"' || byte == b'\\' || byte < b' ');
        from + length.unwrap_or(rest.len())
    }

    /// Reads the escape whose `u` is at `letter`, and the second half of a surrogate pair if there is one.
    /// Returns the position after it.
    fn unicode_escape(&self, letter: usize, content: &mut String) -> Result<usize, Stop> {
        const INVALID: &str = "Invalid \\uXXXX escape";
        let mut end = letter + 5;
        // Python requires one more character after the digits before it reads them.
        let unit = self.hex(letter + 1).filter(|_| end < self.text.len());
        let Some(unit) = unit else {
            return Err(Stop::Syntax(INVALID, letter));
        };
        let mut point = u32::from(unit);
        if (0xD800..0xDC00).contains(&unit) && end + 6 < self.text.len() {
            let is_escape = self.byte(end) == Some(b'\\') && self.byte(end + 1) == Some(b'u');
            if let Some(low @ 0xDC00..0xE000) = self.hex(end + 2).filter(|_| is_escape) {
                point = 0x10000 + (((point - 0xD800) << 10) | (u32::from(low) - 0xDC00));
                end += 6;
            }
        }
        let char = char::from_u32(point);
        if char.is_none() && self.grammar.strict {
            return Err(Stop::Syntax(INVALID, letter));
        }
        content.push(char.unwrap_or(char::REPLACEMENT_CHARACTER));
        Ok(end)
    }

    fn hex(&self, at: usize) -> Option<u16> {
        let digits = self.text.get(at..at + 4)?;
        // `from_str_radix` would accept a sign.
        digits
            .bytes()
            .all(|byte| byte.is_ascii_hexdigit())
            .then(|| u16::from_str_radix(digits, 16).ok())
            .flatten()
    }
}
