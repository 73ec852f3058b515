//! Values that pydantic reads where a type of Rust does not, in the spelling of the type: `2023-01-01 10:00` as
//! `2023-01-01T10:00:00.000000Z`.

use std::borrow::Cow;

use crate::{
    json::{Kind, NodeId, Tape},
    report::ErrorKind,
};

#[cfg(feature = "datetime")]
use super::datetime;
use super::expected::Expected;

/// Reads a value that a type refuses as pydantic reads it, and returns it in the spelling of the type.
///
/// `words` describes what the type expects. Returns `None` if pydantic reads values of this kind as the type does.
///
/// # Errors
///
/// Returns the error of pydantic.
pub(crate) fn respelled<'t>(
    tape: &'t Tape<'_>,
    node: NodeId,
    expected: Expected,
    words: &str,
) -> Option<Result<Cow<'t, str>, ErrorKind>> {
    match expected {
        Expected::Decimal if tape.kind(node) == Kind::String => Some(decimal(tape.str(node))),
        // A number of a visitor has 64 bits, and a decimal may have more.
        Expected::Decimal if tape.kind(node) == Kind::Integer => {
            let digits = tape.str(node);
            let is_small = digits.parse::<i64>().is_ok() || digits.parse::<u64>().is_ok();
            (!is_small).then(|| Ok(digits.into()))
        }
        #[cfg(feature = "datetime")]
        Expected::Date | Expected::Time | Expected::Datetime | Expected::Duration => {
            datetime::respelled(tape, node, expected, words).map(|result| result.map(Cow::Owned))
        }
        _ => {
            let _ = words;
            None
        }
    }
}

/// Reads a decimal as Python does: with underscores between digits, and blanks around it.
fn decimal(string: &str) -> Result<Cow<'_, str>, ErrorKind> {
    let digits = string.trim();
    let digits = if digits.contains('_') { digits.replace('_', "").into() } else { Cow::Borrowed(digits) };
    let unsigned = digits.trim_start_matches(['+', '-']).to_ascii_lowercase();
    let is_nan = unsigned.strip_prefix('s').unwrap_or(&unsigned).strip_prefix("nan");
    if matches!(&*unsigned, "inf" | "infinity") || is_nan.is_some_and(is_all_digits) {
        return Err(ErrorKind::FiniteNumber);
    }
    let (number, exponent) =
        unsigned.split_once('e').map_or((&*unsigned, None), |(number, e)| (number, Some(e)));
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let is_number = is_all_digits(whole) && is_all_digits(fraction) && whole.len() + fraction.len() > 0;
    let is_exponent = exponent.is_none_or(|exponent| {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !exponent.is_empty() && is_all_digits(exponent)
    });
    let signs = digits.len() - unsigned.len();
    if is_number && is_exponent && signs <= 1 { Ok(digits) } else { Err(ErrorKind::DecimalParsing) }
}

fn is_all_digits(string: &str) -> bool {
    string.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decimals_as_python_reads_them() {
        for (string, read) in [
            ("1", "1"),
            (" 1.50 ", "1.50"),
            ("1_000", "1000"),
            ("1e3", "1e3"),
            ("-1.E-3", "-1.E-3"),
            (".5", ".5"),
            ("+5", "+5"),
        ] {
            assert_eq!(decimal(string), Ok(read.into()), "{string}");
        }
        for string in ["", " ", "x", "0x1", ".", "1e", "e5", "--1", "+-1", "1 2", "1.2.3", "1e2.5"] {
            assert_eq!(decimal(string), Err(ErrorKind::DecimalParsing), "{string}");
        }
        for string in ["inf", "-Infinity", "NaN", "sNaN", "nan123"] {
            assert_eq!(decimal(string), Err(ErrorKind::FiniteNumber), "{string}");
        }
    }
}
