//! JSON as CPython 3.11 reads it: error messages, positions and encodings.
//!
//! The tables in `json/` were recorded from `json.loads`.

use axum_exception::{
    Value,
    explain::{Error, Explain, Unreadable, explain},
};
use serde::{
    Deserialize,
    de::{DeserializeOwned, IgnoredAny},
};

use crate::{
    engine_only::engine_only,
    rows::{accepts, errors, rejects, writes},
    table::Table,
};

/// Returns the syntax error that `explain` reports: CPython's message and position.
fn syntax_error(document: &[u8]) -> Result<Option<(String, usize)>, Unreadable> {
    syntax_error_for::<IgnoredAny>(document)
}

fn syntax_error_for<T: DeserializeOwned>(document: &[u8]) -> Result<Option<(String, usize)>, Unreadable> {
    match engine_only::<T>(&Explain::new(), document) {
        Ok(_) => Ok(None),
        Err(Error::Unreadable(reason)) => Err(reason),
        Err(Error::Report(report)) => {
            let error: serde_json::Value = serde_json::from_str(&report.errors()[0].to_json()).unwrap();
            assert_eq!(error["type"], "json_invalid", "{error}");
            let message = error["ctx"]["error"].as_str().unwrap().to_owned();
            Ok(Some((message, error["loc"][1].as_u64().unwrap().try_into().unwrap())))
        }
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn json_syntax_errors_match_cpython() {
    let facts: Vec<(String, Option<String>, Option<usize>)> =
        serde_json::from_str(include_str!("json/errors.json")).unwrap();
    assert!(facts.len() >= 500);
    let mut table = Table::default();
    for (text, message, position) in facts {
        table.assert_eq(format_args!("{text:?}"), syntax_error(text.as_bytes()), Ok(message.zip(position)));
    }
}

#[test]
fn encodings_are_detected_as_in_cpython() {
    let facts: Vec<(String, Option<String>)> =
        serde_json::from_str(include_str!("json/encodings.json")).unwrap();
    let mut table = Table::default();
    for (hex, text) in facts {
        let bytes: Vec<u8> =
            (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).unwrap()).collect();
        match text {
            None => table.assert_eq(hex, syntax_error(&bytes), Err(Unreadable::Encoding)),
            // A byte order mark, so that the encoding is not guessed again.
            Some(text) => {
                table.assert_eq(hex, syntax_error(&bytes), syntax_error(format!("\u{feff}{text}").as_bytes()))
            }
        }
    }
}

#[test]
fn long_integers_and_deep_nesting_are_unreadable() {
    let integer = |digits: usize| "9".repeat(digits);
    assert_eq!(syntax_error_for::<Value>(integer(4300).as_bytes()), Ok(None));
    assert_eq!(syntax_error_for::<Value>(integer(4301).as_bytes()), Err(Unreadable::LongInteger));
    assert_eq!(syntax_error_for::<Value>(format!("-{}", integer(4300)).as_bytes()), Ok(None));
    for digits in [4301, 100_000] {
        let long = integer(digits);
        assert_eq!(long.parse::<Value>().unwrap_err().to_string(), "an integer has more than 4300 digits");
        assert_eq!(syntax_error_for::<i32>(long.as_bytes()), Err(Unreadable::LongInteger));
        assert_eq!(syntax_error_for::<String>(long.as_bytes()), Err(Unreadable::LongInteger));
        assert_eq!(syntax_error_for::<Option<f64>>(long.as_bytes()), Err(Unreadable::LongInteger));
    }
    let nested = |depth: usize| "[".repeat(depth) + &"]".repeat(depth);
    assert_eq!(syntax_error(nested(950).as_bytes()), Ok(None));
    assert_eq!(syntax_error(nested(951).as_bytes()), Err(Unreadable::Depth));
    assert_eq!(syntax_error("[".repeat(5_000_000).as_bytes()), Err(Unreadable::Depth));
}

/// What the type ignores does not count: as in `serde_json`, beside an error, too.
#[test]
fn long_integers_that_are_ignored_are_no_error() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Item {
        size: u8,
    }
    let long = "9".repeat(5000);
    assert_eq!(syntax_error(long.as_bytes()), Ok(None));
    accepts::<Item>(&format!(r#"{{"ignored":{long},"size":1}}"#), "Item { size: 1 }");
    accepts::<Item>(&format!(r#"{{"ignored":[-{long}],"size":"1"}}"#), "Item { size: 1 }");
    rejects::<Item>(&format!(r#"{{"ignored":{long},"size":"x"}}"#), &[("body.size", "int_parsing")]);
    let strict = Explain::new().strict(true);
    let document = format!(r#"{{"ignored":{long},"size":"1"}}"#);
    assert_eq!(
        errors::<Item>(&strict, &document).unwrap_err(),
        [("body.size".to_owned(), "int_type".to_owned())]
    );
    // It is echoed with all its digits.
    writes::<Item>(
        &format!(r#"{{"ignored":{long}}}"#),
        &format!(
            r#"[{{"type":"missing","loc":["body","size"],"msg":"Field required","input":{{"ignored":{long}}}}}]"#
        ),
    );
}

#[test]
fn echoed_values_are_printed_as_python_prints_them() {
    writes::<i32>(
        r#"[1.0,1e16,0.00001,-0,-0.0,12345678901234567890123,NaN,1e400,"\ud800","caf\u00e9"]"#,
        concat!(
            r#"[{"type":"int_type","loc":["body"],"msg":"Input should be a valid integer","#,
            r#""input":[1.0,1e+16,1e-05,0,-0.0,12345678901234567890123,null,null,"�","café"]}]"#
        ),
    );
    writes::<i32>(
        r#"{"a":1,"_sa_b":2,"c":{"d":1,"e":2,"d":3},"a":4}"#,
        concat!(
            r#"[{"type":"int_type","loc":["body"],"msg":"Input should be a valid integer","#,
            r#""input":{"a":4,"c":{"d":3,"e":2}}}]"#
        ),
    );
}

#[test]
fn nan_and_infinity_are_accepted() {
    assert!(explain::<f64>(b"NaN").unwrap().is_nan());
    assert_eq!(
        explain::<Vec<f64>>(b"[Infinity,-Infinity,1e400]").unwrap(),
        [f64::INFINITY, -f64::INFINITY, f64::INFINITY]
    );
}
