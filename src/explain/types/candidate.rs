//! The values that are tried as placeholders, and strings that are recognized by their address.

/// A value that is tried in the place of one that was not sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Candidate {
    /// A string with an address of its own: an error about it names it.
    Probe(usize),
    /// Bytes that no type accepts: an error about them names the place where they are.
    Mark(usize),
    Str(&'static str),
    /// A variant of an enum as an object.
    Variant(&'static str),
    Integer,
    Number(u64),
    Float,
    Bool,
    Null,
    Seq,
    Map,
    /// An object that is given members, by its number.
    Invented(usize),
}

/// The number of candidates of a kind that a type is offered.
pub(crate) const ATTEMPTS: u8 = 14;

/// Strings that some type parses.
const STRINGS: [&str; ATTEMPTS as usize] = [
    "",
    "a",
    "1",
    "user@example.com",
    "67e55044-10b1-426f-9247-bb680e5fe0c8",
    "2000-01-01T00:00:00Z",
    "2000-01-01",
    "2000-01-01T00:00:00",
    "00:00:00",
    "http://localhost/",
    "127.0.0.1",
    "::1",
    "password1A!",
    "2000-01-01 00:00:00.0 +00:00:00",
];

const INTEGERS: [u64; ATTEMPTS as usize] = [0, 1, 2, 3, 18, 10, 7, 50, 5, 100, 64, 1000, 2024, 2000];

/// The candidates for a visitor that accepts anything, in the order in which they are tried.
pub(crate) const ANYTHING: [Candidate; 8] = [
    Candidate::Map,
    Candidate::Str("a"),
    Candidate::Integer,
    Candidate::Null,
    Candidate::Bool,
    Candidate::Seq,
    Candidate::Float,
    Candidate::Str(""),
];

/// An integer that fits into every type and that hardly any client sends.
pub(crate) const UNUSUAL_INTEGER: u64 = 113;

pub(crate) fn candidate_str(attempt: u8) -> &'static str {
    STRINGS.get(usize::from(attempt)).copied().unwrap_or_default()
}

pub(crate) fn candidate_integer(attempt: u8) -> u64 {
    INTEGERS.get(usize::from(attempt)).copied().unwrap_or_default()
}

/// The string behind all probes: each probe is one byte of it.
static PROBES: &str = match std::str::from_utf8(&[b'?'; 1024]) {
    Ok(string) => string,
    Err(_) => "",
};

/// The first probe of the members of a [`Template`](crate::explain::state::Template). Those before it are for
/// members of the document.
pub(crate) const FIRST_TEMPLATE_PROBE: usize = 256;

pub(crate) fn probe(number: usize) -> &'static str {
    PROBES.get(number..=number).unwrap_or_default()
}

/// Returns the number of the probe at an address.
pub(crate) fn probe_at(address: usize) -> Option<usize> {
    address.checked_sub(PROBES.as_ptr() as usize).filter(|&number| number < PROBES.len())
}

/// The number of marks.
pub(crate) const MARKS: usize = 1000;

/// The mark of the value of a member that no struct knows.
pub(crate) const UNKNOWN_MARK: usize = MARKS - 1;

/// The length of a mark: a byte that no UTF-8 has, and the number of the mark in three digits.
const MARK_LENGTH: usize = 4;

/// All marks, one behind the other.
static MARK_BYTES: [u8; MARK_LENGTH * MARKS] = mark_bytes();

const fn mark_bytes() -> [u8; MARK_LENGTH * MARKS] {
    let mut bytes = [0xFF; MARK_LENGTH * MARKS];
    let mut number = 0;
    #[allow(clippy::indexing_slicing, clippy::cast_possible_truncation)]
    while number < MARKS {
        let start = number * MARK_LENGTH;
        bytes[start + 1] = b'0' + (number / 100) as u8;
        bytes[start + 2] = b'0' + (number / 10 % 10) as u8;
        bytes[start + 3] = b'0' + (number % 10) as u8;
        number += 1;
    }
    bytes
}

/// Returns bytes that stand for a value in an experiment. Hardly any type accepts them, and an error about them
/// has their address.
pub(crate) fn mark(number: usize) -> &'static [u8] {
    let start = number.min(MARKS - 1) * MARK_LENGTH;
    MARK_BYTES.get(start..start + MARK_LENGTH).unwrap_or_default()
}

/// Returns the number of the mark at the address of these bytes.
pub(crate) fn mark_of(bytes: &[u8]) -> Option<usize> {
    let offset = (bytes.as_ptr() as usize).checked_sub(MARK_BYTES.as_ptr() as usize)?;
    (bytes.len() == MARK_LENGTH && offset < MARK_BYTES.len()).then_some(offset / MARK_LENGTH)
}

/// Returns the number of the mark that a visitor took for the name of a variant.
pub(crate) fn mark_in_name(name: &str) -> Option<usize> {
    let digits = name.strip_prefix('\u{FFFD}')?;
    if digits.len() == MARK_LENGTH - 1 { digits.parse().ok() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_recognized() {
        for number in [0, 7, 42, MARKS - 1] {
            let bytes = mark(number);
            assert_eq!(mark_of(bytes), Some(number));
            assert_eq!(mark_in_name(&String::from_utf8_lossy(bytes)), Some(number));
        }
        let copy = mark(1).to_owned();
        assert_eq!(mark_of(&copy), None);
        assert_eq!(mark_of(&mark(1)[1..]), None);
        assert_eq!(mark_in_name("\u{FFFD}1"), None);
    }
}
