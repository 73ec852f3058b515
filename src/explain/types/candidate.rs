//! The values that are tried as placeholders, and strings that are recognized by their address.

/// A value that is tried in the place of one that was not sent.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Candidate {
    /// A string with an address of its own: an error about it names it.
    Probe(usize),
    Str(&'static str),
    Integer,
    Float,
    Bool,
    Null,
    Seq,
    Map,
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

/// The first of the probes that mark values of the document.
pub(crate) const FIRST_MARK_PROBE: usize = 512;

pub(crate) fn probe(number: usize) -> &'static str {
    PROBES.get(number..=number).unwrap_or_default()
}

/// Returns the number of the probe at an address.
pub(crate) fn probe_at(address: usize) -> Option<usize> {
    address.checked_sub(PROBES.as_ptr() as usize).filter(|&number| number < PROBES.len())
}
