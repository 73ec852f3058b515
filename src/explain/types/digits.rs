//! Numbers with more digits than a float has.

/// Returns `true` if a float is printed as the number that was sent, but for zeros and the place of the point.
pub(crate) fn is_exact(sent: &str, value: f64) -> bool {
    let decimal = Decimal::of(sent);
    decimal.is_some() && decimal == Decimal::of(&format!("{value:e}"))
}

/// A number in one of its spellings: digits without zeros around them, and a power of ten.
#[derive(PartialEq, Eq)]
struct Decimal {
    is_negative: bool,
    digits: String,
    exponent: i64,
}

impl Decimal {
    fn of(spelling: &str) -> Option<Self> {
        let (is_negative, unsigned) = match spelling.strip_prefix('-') {
            Some(unsigned) => (true, unsigned),
            None => (false, spelling),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse().ok()?),
            None => (unsigned, 0_i64),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = [whole, fraction].concat();
        let significant = digits.trim_end_matches('0');
        let zeros = i64::try_from(digits.len() - significant.len()).ok()?;
        let places = i64::try_from(fraction.len()).ok()?;
        let significant = significant.trim_start_matches('0').to_owned();
        let exponent = if significant.is_empty() { 0 } else { exponent.checked_add(zeros - places)? };
        Some(Self { is_negative, digits: significant, exponent })
    }
}

#[cfg(test)]
mod tests {
    use super::is_exact;

    #[test]
    fn floats_that_are_printed_as_they_were_sent() {
        for sent in
            ["0.1", "0.10", "1e2", "100.0", "1E+2", "-0", "-0.0", "0e5", "12345678901234567e3", "5e-324"]
        {
            assert!(is_exact(sent, sent.parse().unwrap_or(f64::NAN)), "{sent}");
        }
        for sent in
            ["0.12345678901234567890", "12345678901234567890.10", "1e400", "1e-400", "123456789012345678901"]
        {
            assert!(!is_exact(sent, sent.parse().unwrap_or(f64::NAN)), "{sent}");
        }
    }
}
