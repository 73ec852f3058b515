//! Compact JSON, as Python writes it.

use std::fmt::{self, Write as _};

use super::{Map, Value};

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => f.write_str("null"),
            Self::Bool(value) => write!(f, "{value}"),
            Self::Number(number) => number.fmt(f),
            Self::String(string) => write_string(f, string),
            Self::Array(items) => {
                f.write_char('[')?;
                for (index, item) in items.iter().enumerate() {
                    separate(f, index)?;
                    item.fmt(f)?;
                }
                f.write_char(']')
            }
            Self::Object(map) => map.fmt(f),
        }
    }
}

impl fmt::Display for Map {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_char('{')?;
        for (index, (key, value)) in self.iter().enumerate() {
            separate(f, index)?;
            write_string(f, key)?;
            f.write_char(':')?;
            value.fmt(f)?;
        }
        f.write_char('}')
    }
}

fn separate(f: &mut fmt::Formatter<'_>, index: usize) -> fmt::Result {
    if index == 0 { Ok(()) } else { f.write_char(',') }
}

/// Writes a string as Python does with `ensure_ascii=False`: it escapes only `"`, `\` and control characters.
pub(crate) fn write_string(out: &mut impl fmt::Write, string: &str) -> fmt::Result {
    out.write_char('"')?;
    let mut rest = string;
    while let Some(at) = rest.bytes().position(|byte| byte < b' ' || byte == b'"' || byte == b'\\') {
        let (plain, special) = rest.split_at(at);
        out.write_str(plain)?;
        let mut chars = special.chars();
        match chars.next() {
            Some('"') => out.write_str("\\\"")?,
            Some('\\') => out.write_str("\\\\")?,
            Some('\n') => out.write_str("\\n")?,
            Some('\r') => out.write_str("\\r")?,
            Some('\t') => out.write_str("\\t")?,
            Some('\u{8}') => out.write_str("\\b")?,
            Some('\u{c}') => out.write_str("\\f")?,
            Some(control) => write!(out, "\\u{:04x}", u32::from(control))?,
            None => {}
        }
        rest = chars.as_str();
    }
    out.write_str(rest)?;
    out.write_char('"')
}

#[cfg(test)]
mod tests {
    use crate::value::{Number, Value};

    #[track_caller]
    fn prints(value: impl Into<Value>, json: &str) {
        assert_eq!(value.into().to_string(), json);
    }

    /// Each right-hand side is what CPython's `json.dumps(…, ensure_ascii=False)` gives.
    #[test]
    fn numbers_are_spelled_as_python_spells_them() {
        prints(1.0, "1.0");
        prints(-0.0, "-0.0");
        prints(1e16, "1e+16");
        prints(9_999_999_999_999_998.0, "9999999999999998.0");
        prints(1e15, "1000000000000000.0");
        prints(1.234_567_890_123_456_8e17, "1.2345678901234568e+17");
        prints(1e-4, "0.0001");
        prints(9.9e-5, "9.9e-05");
        prints(-1e-5, "-1e-05");
        prints(1e-5, "1e-05");
        prints(-1.234e-5, "-1.234e-05");
        prints(0.000_099_999_999_999_999_99, "9.999999999999999e-05");
        prints(9.999_999_999_999_999e-6, "9.999999999999999e-06");
        prints(1e-7, "1e-07");
        prints(1e22, "1e+22");
        prints(5e-324, "5e-324");
        prints(f64::MAX, "1.7976931348623157e+308");
        prints(0.1, "0.1");
        prints(1.1, "1.1");
        // Of two equally near candidates, the even one, if it parses back.
        prints(74_310_187_718_698.5 / 8.0, "9288773464837.312");
        prints(0.5_f64.powi(24), "5.960464477539063e-08");
        prints(100_000.0, "100000.0");
        prints(i64::MIN, "-9223372036854775808");
        prints(u64::MAX, "18446744073709551615");
        prints(u128::MAX, "340282366920938463463374607431768211455");
        prints(f64::NAN, "null");
        prints(f64::NEG_INFINITY, "null");
    }

    #[test]
    fn strings_escape_as_little_as_python_does() {
        prints(
            "q\" b\\ s/ n\n t\t r\r f\u{c} b\u{8} nul\0 us\u{1f} del\u{7f} <>&' café ☃ 😀 \u{2028}",
            concat!(
                r#""q\" b\\ s/ n\n t\t r\r f\f b\b nul\u0000 us\u001f del"#,
                "\u{7f} <>&' café ☃ 😀 \u{2028}\""
            ),
        );
        prints("", r#""""#);
    }

    #[test]
    fn digits_survive_our_own_serializer_and_never_break_another_one() {
        let long = "-123456789012345678901234567890";
        let value = Value::from_iter([("n", Number::from_digits(long).unwrap())]);
        assert_eq!(Value::from_serialize(&value).unwrap(), value);
        assert_eq!(value.to_string(), format!(r#"{{"n":{long}}}"#));
        let foreign = serde_json::to_value(&value).unwrap();
        assert_eq!(foreign, serde_json::json!({"n": -1.234_567_890_123_456_8e29}));
    }
}
