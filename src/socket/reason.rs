//! The part of a reason that fits into a close frame.

/// A control frame carries 125 bytes (RFC 6455, §5.5), and two of them are the code.
const MAX_LENGTH: usize = 123;

/// Truncates a reason to the size of a close frame, at the end of a character.
pub(crate) fn cut(reason: &str) -> &str {
    let mut end = reason.len().min(MAX_LENGTH);
    while !reason.is_char_boundary(end) {
        end -= 1;
    }
    reason.get(..end).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn reasons_are_cut_where_a_character_ends() {
        for (reason, expected) in [
            (String::new(), 0),
            ("x".repeat(123), 123),
            ("x".repeat(124), 123),
            ("x".repeat(100_000), 123),
            ("é".repeat(61), 122),
            ("é".repeat(62), 122),
            (format!("x{}", "é".repeat(61)), 123),
            ("日".repeat(41), 123),
            ("日".repeat(42), 123),
            ("😀".repeat(31), 120),
        ] {
            assert_eq!(cut(&reason), &reason[..expected], "{reason}");
        }
    }
}
