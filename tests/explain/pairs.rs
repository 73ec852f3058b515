//! `Explain::text`: name/value pairs in place of a document.

use std::collections::HashMap;

use axum_exception::explain::{Error, Explain, Repeated};
use serde::{Deserialize, de::DeserializeOwned};

use crate::table::Table;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(dead_code)]
struct Params {
    q: i64,
    flag: Option<bool>,
    ids: Option<Vec<i32>>,
    color: Option<Color>,
    price: Option<f64>,
    letter: Option<char>,
    uuid: Option<uuid::Uuid>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Color {
    Red,
    Green,
}

/// Reads pairs such as `a=1&b=2`.
fn read<T: DeserializeOwned>(query: &str, repeated: Repeated) -> Result<T, String> {
    let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| pair.split_once('=').unwrap());
    Explain::new().at("query").pairs(pairs, repeated).map_err(|error| {
        let Error::Report(report) = error else { panic!("{error}") };
        let mut written = Vec::new();
        report.write_json(&mut written);
        let values: Vec<String> = report.errors().iter().map(axum_exception::ErrorDetail::to_json).collect();
        let written = String::from_utf8(written).unwrap();
        assert_eq!(written, format!("[{}]", values.join(",")));
        written
    })
}

#[track_caller]
fn rejects<T: DeserializeOwned + std::fmt::Debug>(query: &str, repeated: Repeated, expected: &str) {
    assert_eq!(read::<T>(query, repeated).unwrap_err(), expected, "{query}");
}

#[test]
fn pairs_are_parsed_by_the_expected_types() {
    let params: Params =
        read("q= 5 &flag=on&ids=1&ids=2&color=red&price=1e3&letter=x&q=7", Repeated::Last).unwrap();
    assert_eq!(
        format!("{params:?}"),
        "Params { q: 7, flag: Some(true), ids: Some([1, 2]), color: Some(Red), price: Some(1000.0), letter: Some('x'), uuid: None }"
    );
    assert_eq!(read::<HashMap<String, String>>("a=1&a=2", Repeated::First).unwrap()["a"], "1");
    assert_eq!(read::<HashMap<String, Vec<u8>>>("a=1&a=2", Repeated::First).unwrap()["a"], [1, 2]);
}

#[test]
fn errors_in_pairs_match_fastapi() {
    rejects::<Params>(
        "q=1&q=x",
        Repeated::Last,
        r#"[{"type":"int_parsing","loc":["query","q"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}]"#,
    );
    rejects::<Params>(
        "q=x&q=1",
        Repeated::First,
        r#"[{"type":"int_parsing","loc":["query","q"],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"}]"#,
    );
    rejects::<Params>(
        "q=1&ids=1&ids=x&ids=y",
        Repeated::Last,
        concat!(
            r#"[{"type":"int_parsing","loc":["query","ids",1],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"x"},"#,
            r#"{"type":"int_parsing","loc":["query","ids",2],"msg":"Input should be a valid integer, unable to parse string as an integer","input":"y"}]"#
        ),
    );
    rejects::<Params>(
        "flag=2&color=blue&uuid=x&extra=1&extra=2",
        Repeated::Last,
        concat!(
            r#"[{"type":"missing","loc":["query","q"],"msg":"Field required","input":null},"#,
            r#"{"type":"bool_parsing","loc":["query","flag"],"msg":"Input should be a valid boolean, unable to interpret input","input":"2"},"#,
            r#"{"type":"enum","loc":["query","color"],"msg":"Input should be 'red' or 'green'","input":"blue","ctx":{"expected":"'red' or 'green'"}},"#,
            r#"{"type":"uuid_parsing","loc":["query","uuid"],"msg":"Input should be a valid UUID, invalid character: found `x` at 0","input":"x","ctx":{"error":"invalid character: found `x` at 0"}},"#,
            r#"{"type":"extra_forbidden","loc":["query","extra"],"msg":"Extra inputs are not permitted","input":["1","2"]}]"#
        ),
    );
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Flat {
    #[serde(flatten)]
    page: Page,
    name: String,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Page {
    limit: u8,
    offset: u32,
}

#[test]
fn flattened_pairs_are_parsed_as_numbers() {
    let flat: Flat = read("limit=5&offset=7&name=8", Repeated::Last).unwrap();
    assert_eq!(format!("{flat:?}"), r#"Flat { page: Page { limit: 5, offset: 7 }, name: "8" }"#);
    rejects::<Flat>(
        "limit=500&name=",
        Repeated::Last,
        concat!(
            r#"[{"type":"less_than_equal","loc":["query","limit"],"msg":"Input should be less than or equal to 255","input":"500","ctx":{"le":255}},"#,
            r#"{"type":"missing","loc":["query","offset"],"msg":"Field required","input":null}]"#
        ),
    );
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
#[allow(dead_code)]
enum Inside {
    Click { x: i32, y: i32 },
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", content = "of", rename_all = "lowercase")]
#[allow(dead_code)]
enum Beside {
    Many(Vec<i32>),
}

#[test]
fn tags_are_loc_segments_as_in_json() {
    let int = "Input should be a valid integer, unable to parse string as an integer";
    let wrong = |loc: &str| format!(r#"{{"type":"int_parsing","loc":{loc},"msg":"{int}","input":"x"}}"#);
    let missing =
        |loc: &str| format!(r#"{{"type":"missing","loc":{loc},"msg":"Field required","input":null}}"#);
    let invalid = |tag: &str, expected: &str| {
        format!(
            r#"{{"type":"union_tag_invalid","loc":["query"],"msg":"Input tag '{tag}' found using 'kind' does not match any of the expected tags: '{expected}'","input":null,"ctx":{{"discriminator":"'kind'","tag":"{tag}","expected_tags":"'{expected}'"}}}}"#
        )
    };
    let (x, y) = (r#"["query","click","x"]"#, r#"["query","click","y"]"#);
    let both = format!("[{},{}]", wrong(x), missing(y));
    rejects::<Inside>("kind=click&x=x", Repeated::Last, &both);
    rejects::<Inside>("x=x&kind=q&kind=click", Repeated::Last, &both);
    rejects::<Inside>("kind=q", Repeated::Last, &format!("[{}]", invalid("q", "click")));
    let item = format!("[{}]", wrong(r#"["query","many","of",1]"#));
    rejects::<Beside>("kind=many&of=1&of=x", Repeated::Last, &item);
    rejects::<Beside>("of=1&of=x&kind=many", Repeated::Last, &item);
    rejects::<Beside>("kind=q&of=1", Repeated::Last, &format!("[{}]", invalid("q", "many")));
}

#[test]
fn flattened_options_are_read_by_the_lax_rules() {
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Perhaps {
        #[serde(flatten)]
        page: Option<Page>,
        #[serde(flatten)]
        profile: Option<Profile>,
    }
    #[derive(Debug, Deserialize)]
    #[allow(dead_code)]
    struct Profile {
        name: String,
        age: u8,
        member: bool,
    }
    let page = "Some(Page { limit: 1, offset: 2 })";
    let profile = r#"Some(Profile { name: "a", age: 7, member: true })"#;
    let mut table = Table::default();
    for (sent, page, profile) in [
        ("limit=1&offset=2", page, "None"),
        ("name=a&age=7&member=yes", "None", profile),
        ("limit=1&offset=2&name=a&age=7&member=1", page, profile),
        ("limit=1&name=a&age=7&member=on", "None", profile),
        // A known limit: serde turns every error inside a flattened `Option` into `None`.
        ("limit=x&offset=2", "None", "None"),
        ("limit=1", "None", "None"),
        ("", "None", "None"),
    ] {
        let perhaps: Perhaps = read(sent, Repeated::Last).unwrap();
        table.assert_eq(
            sent,
            format!("{perhaps:?}"),
            format!("Perhaps {{ page: {page}, profile: {profile} }}"),
        );
    }
}
