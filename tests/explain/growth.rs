//! The work of the engine grows linearly with the document. It is counted in visited values, not in time.

use std::collections::BTreeMap;

use axum::{body::HttpBody, response::IntoResponse};
use axum_exception::{
    RequestValidationError,
    explain::{Error, Explain, Repeated},
    extract::{Json, Valid},
    rules::{Check, Rules},
};
use serde::{Deserialize, de::DeserializeOwned};

use crate::{conversions::Secret, engine_only::engine_only, types};

/// Returns the work for each byte of a document whose errors are all found.
#[track_caller]
fn work_per_byte<T: DeserializeOwned>(document: &str, errors: usize) -> f64 {
    let explain = Explain::new().max_errors(usize::MAX).max_work(usize::MAX);
    let Err(Error::Report(report)) = engine_only::<T>(&explain, document.as_bytes()) else {
        panic!("accepted");
    };
    assert_eq!(report.errors().len(), errors);
    assert!(report.is_complete());
    report.work() as f64 / document.len() as f64
}

/// Checks that a document with `count` times the same content costs `count` times as much.
#[track_caller]
fn work_is_linear<T: DeserializeOwned>(document: impl Fn(usize) -> String, errors: impl Fn(usize) -> usize) {
    work_is_linear_up_to::<T>(10_000, document, errors);
}

/// Checks the same for counts up to `most`.
#[track_caller]
fn work_is_linear_up_to<T: DeserializeOwned>(
    most: usize,
    document: impl Fn(usize) -> String,
    errors: impl Fn(usize) -> usize,
) {
    let few = work_per_byte::<T>(&document(10), errors(10));
    for count in [100, 1_000, most] {
        let many = work_per_byte::<T>(&document(count), errors(count));
        assert!(many < 2.0 * few + 8.0, "{few} per byte with 10, {many} with {count}");
    }
}

fn list(count: usize, item: &str) -> String {
    format!("[{}]", vec![item; count].join(","))
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Holder {
    before: Vec<i32>,
    secrets: Vec<Secret>,
    behind: BTreeMap<String, Secret>,
    missing: i32,
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Locked {
    a: i32,
    secret: Secret,
    b: i32,
}

#[test]
fn work_is_linear_for_every_kind_of_error() {
    let all = |count| count;
    work_is_linear::<Vec<i32>>(|count| list(count, "\"x\""), all);
    work_is_linear::<Vec<types::Inner>>(|count| list(count, r#"{"b":"x","c":[]}"#), all);
    work_is_linear::<Vec<types::Inner>>(|count| list(count, r#"{"a":1,"c":[],"zzz":1}"#), all);
    work_is_linear::<Vec<types::Color>>(|count| list(count, "\"blue\""), all);
    work_is_linear::<Vec<types::Email>>(|count| list(count, "\"x\""), all);
    work_is_linear::<Vec<types::Event>>(
        |count| list(count, r#"{"kind":"click","x":1,"y":"y","label":""}"#),
        all,
    );
    work_is_linear::<Vec<types::Event>>(|count| list(count, r#"{"kind":"click","x":1,"label":""}"#), all);
    work_is_linear::<Vec<types::Event>>(|count| list(count, r#"{"kind":"clack"}"#), all);
    work_is_linear::<Vec<types::Untagged>>(|count| list(count, "null"), |count| 4 * count);
    work_is_linear::<Vec<types::Tree>>(|count| list(count, r#"{"children":[{}]}"#), |count| 2 * count);
}

#[test]
fn work_is_linear_for_types_without_placeholder() {
    work_is_linear::<Vec<Secret>>(|count| list(count, "\"x\""), |count| count);
    work_is_linear::<Vec<Locked>>(|count| list(count, r#"{"secret":"x","a":"x"}"#), |count| 2 * count);
    let holder = |count: usize| {
        let members: Vec<String> = (0..count).map(|key| format!("\"{key}\":\"x\"")).collect();
        let (before, secrets) = (list(count, "1"), list(count, "\"x\""));
        format!(r#"{{"before":{before},"secrets":{secrets},"behind":{{{}}}}}"#, members.join(","))
    };
    work_is_linear::<Holder>(holder, |count| 2 * count + 1);
}

#[derive(Debug, Deserialize)]
#[allow(dead_code)]
struct Drawer {
    secrets: Vec<Secret>,
    a: i32,
}

#[test]
fn work_is_linear_in_nested_lists() {
    let drawer = |secrets: &str| format!(r#"{{"secrets":{secrets},"a":1}}"#);
    // One list with many errors, then many without any, then many that fail themselves.
    work_is_linear::<Vec<Drawer>>(
        |count| {
            let (first, right) = (drawer(&list(count, "\"x\"")), list(count, &drawer("[]")));
            let broken = list(count, r#"{"secrets":["x"]}"#);
            format!("[{first},{},{}]", right.trim_matches(['[', ']']), broken.trim_matches(['[', ']']))
        },
        |count| 3 * count,
    );
    work_is_linear::<BTreeMap<String, Vec<Secret>>>(
        |count| {
            let members: Vec<String> = (0..count).map(|key| format!(r#""{key}":["x","x"]"#)).collect();
            format!(r#"{{"a":{},{}}}"#, list(count, "\"x\""), members.join(","))
        },
        |count| 3 * count,
    );
}

#[test]
fn report_size_is_bounded_by_the_document_size() {
    // A thousand missing fields, each with the whole object as its input.
    let document = format!("[{}]", vec![format!("{{\"b\":\"{}\"}}", "x".repeat(1000)); 1000].join(","));
    let Err(Error::Report(report)) = Explain::new().json::<Vec<types::Inner>>(document.as_bytes()) else {
        panic!("accepted");
    };
    let mut written = Vec::new();
    report.write_json(&mut written);
    assert!(written.len() < 6 * document.len(), "{} for {}", written.len(), document.len());
    let errors = report.errors();
    assert_eq!(errors.len(), 1001);
    assert_eq!(errors[1000].kind(), "too_many_errors");
    assert!(!report.is_complete());
}

/// Each of many errors has a location, which may be long.
#[test]
fn report_size_is_bounded_with_long_names() {
    #[derive(Debug, Deserialize)]
    #[serde(transparent)]
    #[allow(dead_code)]
    struct Numbers(BTreeMap<String, BTreeMap<String, i32>>);
    impl Rules for Numbers {
        fn rules(&self, check: &mut Check<'_>) {
            check.value(&self.0).each_value(|map| map.each_value(|number| number.gt(0)));
        }
    }
    let name = "n".repeat(200_000);
    for value in ["\"x\"", "0"] {
        let members: Vec<String> = (0..1000).map(|key| format!("\"{key}\":{value}")).collect();
        let document = format!(r#"{{"{name}":{{{}}}}}"#, members.join(","));
        let Err(exception) = Valid::<Json<Numbers>>::from_bytes(document.as_bytes()) else {
            panic!("accepted")
        };
        let error: &RequestValidationError = exception.downcast_ref().unwrap();
        let all: usize = error.errors().iter().map(|error| error.to_json().len()).sum();
        assert!(all < 8 * document.len(), "{all} for {}", document.len());
        let length = exception.into_response().into_body().size_hint().exact().unwrap();
        assert!(length < 8 * document.len() as u64, "{length} for {}", document.len());
    }
}

#[test]
fn truncated_input_is_marked() {
    let explain = Explain::new().max_echo(20);
    let Err(Error::Report(report)) =
        explain.json::<types::Inner>(br#"{"b":"a long text that is not echoed"}"#)
    else {
        panic!("accepted");
    };
    let inputs: Vec<String> = report.errors().iter().map(|error| error.input().to_string()).collect();
    assert_eq!(inputs, [r#"{"b":"a long text t…"}"#, r#"{"…":"…"}"#]);
}

/// An exceeded limit is reported as such, not as an error of the document.
#[test]
fn exceeded_work_limit_is_reported() {
    let pairs = [("a", "1"), ("b", "2"), ("c", "3")];
    let explain = Explain::new().max_work(2);
    let error = explain.pairs::<BTreeMap<String, i32>, _, _>(pairs, Repeated::Last).unwrap_err();
    assert_eq!(error.to_string(), "body: There may be more errors than those shown");
    let error = engine_only::<Vec<i32>>(&explain, b"[1, 2, \"3\"]").unwrap_err();
    assert_eq!(error.to_string(), "body: There may be more errors than those shown");
}

#[test]
fn work_and_depth_limits_stop_the_search() {
    let document = list(1000, "\"x\"");
    let Err(Error::Report(report)) = Explain::new().max_work(100).json::<Vec<i32>>(document.as_bytes())
    else {
        panic!("accepted");
    };
    assert!(!report.is_complete());
    assert!(report.work() <= 101);
    let deep = r#"{"value":1,"children":["#.repeat(200) + &"]}".repeat(200);
    let error = Explain::new().json::<types::Tree>(deep.as_bytes()).unwrap_err();
    assert!(matches!(error, Error::Unreadable(axum_exception::explain::Unreadable::Depth)), "{error}");
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Shape {
    Polygon { points: Vec<(f64, f64)>, filled: bool },
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind")]
#[allow(dead_code)]
enum Nested {
    A { inner: types::Inner, list: Vec<u8>, union: types::Untagged },
}

#[test]
fn work_is_linear_for_experiments() {
    // One of many values that are equal.
    work_is_linear::<Shape>(
        |count| format!(r#"{{"kind":"Polygon","points":{},"filled":1.5}}"#, list(count, "[1.5,1.5]")),
        |_| 1,
    );
    // Experiments of their own for each item.
    work_is_linear_up_to::<Vec<Nested>>(
        3_000,
        |count| list(count, r#"{"kind":"A","inner":5,"list":[300,1,"x"],"union":null}"#),
        |count| 7 * count,
    );
    work_is_linear_up_to::<Vec<types::Page>>(
        3_000,
        |count| list(count, r#"{"limit":300,"offset":-1,"order":5,"rank":"x"}"#),
        |count| 5 * count,
    );
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
#[allow(dead_code)]
enum Offer {
    Priced { name: String, price: f64 },
    Named { name: Option<String> },
}

#[test]
fn work_is_linear_for_members_that_need_the_lax_rules() {
    work_is_linear_up_to::<(Vec<Offer>, i32)>(
        3_000,
        |count| format!("[{},null]", list(count, r#"{"name":"a","price":"5"}"#)),
        |_| 1,
    );
}

#[test]
fn unknown_keys_of_a_hand_written_visitor_take_few_passes() {
    let members: Vec<String> = (0..1_000).map(|key| format!(r#""key{key}":1"#)).collect();
    let document = format!(r#"{{"secs":"x",{}}}"#, members.join(","));
    let explain = Explain::new().max_errors(usize::MAX);
    let Err(Error::Report(report)) = engine_only::<std::time::Duration>(&explain, document.as_bytes()) else {
        panic!("accepted");
    };
    let mut kinds = BTreeMap::new();
    for error in report.errors() {
        *kinds.entry(error.kind().to_owned()).or_insert(0) += 1;
    }
    assert_eq!(
        kinds.iter().map(|(kind, count)| (kind.as_str(), *count)).collect::<Vec<_>>(),
        [("extra_forbidden", 1_000), ("int_parsing", 1), ("missing", 1)]
    );
    assert!(report.is_complete() && report.work() < 100, "{}", report.work());
}
