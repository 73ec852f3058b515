//! Numbers that are too large for their type.

use axum_exception::explain::{Error, Explain, Repeated};
use serde::Deserialize;

use crate::rows::{accepts, errors, rejects, writes};

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Single {
    single: f32,
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Untagged {
    Single(f32),
}

#[test]
fn a_number_that_is_too_large_for_f32_is_not_infinite() {
    writes::<Single>(
        r#"{"single":1e300}"#,
        r#"[{"type":"finite_number","loc":["body","single"],"msg":"Input should be a finite number","input":1e+300}]"#,
    );
    for number in ["-1e300", "\"1e300\"", "1e400", "3.5e38", &"9".repeat(100), "\" -1e40 \""] {
        rejects::<Vec<f32>>(&format!("[1,{number}]"), &[("body.1", "finite_number")]);
        rejects::<Vec<f32>>(
            &format!("[{number},\"x\"]"),
            &[("body.0", "finite_number"), ("body.1", "float_parsing")],
        );
    }
    rejects::<Option<Single>>(r#"{"single":-1e39}"#, &[("body.single", "finite_number")]);
}

#[test]
fn other_numbers_are_read_as_before() {
    accepts::<Vec<f32>>(
        r#"[3.4028235e38,"-3.4028235e38",1e-300,1]"#,
        "[3.4028235e38, -3.4028235e38, 0.0, 1.0]",
    );
    // As pydantic has it.
    accepts::<Vec<f32>>(r#"[Infinity,-Infinity,NaN,"inf","nan"]"#, "[inf, -inf, NaN, inf, NaN]");
    accepts::<Vec<f64>>(r#"[1e300,"1e300"]"#, "[1e300, 1e300]");
    // As `serde_json` has it, which refuses it with its feature `float_roundtrip`.
    assert!(serde_json::from_str::<f32>("1e300").is_err());
    let strict = errors::<Single>(&Explain::new().strict(true), r#"{"single":1e300}"#);
    assert_eq!(strict.unwrap_err(), [("body.single".to_owned(), "finite_number".to_owned())]);
    // Content that serde keeps, and looks at later.
    accepts::<Untagged>("1e300", "Single(inf)");
}

#[test]
fn a_string_that_is_too_large_for_f32_is_not_infinite() {
    let explain = Explain::new().at("query");
    let read = |string: &str| match explain.pairs::<Single, _, _>([("single", string)], Repeated::Last) {
        Ok(Single { single }) => single.to_string(),
        Err(Error::Report(report)) => report.errors()[0].kind().to_owned(),
        Err(other) => panic!("{other}"),
    };
    assert_eq!(read("1e300"), "finite_number");
    assert_eq!(read("-1e39"), "finite_number");
    assert_eq!(read("inf"), "inf");
    assert_eq!(read("1.5"), "1.5");
}
