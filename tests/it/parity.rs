//! The port of the reference app, compared with the recorded responses of FastAPI. See `tests/parity/README.md`.

#[path = "../../examples/parity/main.rs"]
#[allow(dead_code)]
pub(crate) mod example;

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt, fs,
    path::{Path, PathBuf},
};

use axum::{
    Router,
    body::Body,
    http::{HeaderValue, Request, Response},
};
use axum_exception::value::{Number, Value};
use base64::prelude::{BASE64_STANDARD, Engine};
use http_body_util::BodyExt;
use serde::{Deserialize, Serialize};
use tower::ServiceExt;

/// Headers that are not recorded: they belong to the server or differ in every response.
const NOT_COMPARED: &[&str] = &["date", "server", "connection", "transfer-encoding", "content-length"];

#[tokio::test]
async fn http_responses_match_fastapi_fixtures() {
    let app = example::app();
    let mut ours: BTreeMap<String, Named> =
        lines("ours.jsonl").into_iter().map(|answer: Named| (answer.name.clone(), answer)).collect();
    let mut listed = listed(false);
    let mut tally = Tally::default();
    for fixture in fixtures() {
        let name = fixture.name.as_str();
        let is_listed = listed.remove(name);
        let got = ask(&app, &fixture).await;
        let expected = fixture.expected();
        match (expected.as_ref().is_some_and(|expected| expected.is_matched_by(&got)), is_listed) {
            (true, false) => *tally.matching.entry(area(name).to_owned()).or_default() += 1,
            (false, false) => tally.wrong(name, &Shown(expected.as_ref()), &got),
            (true, true) => tally.wrong(name, &"a mismatch: it is listed as a difference", &got),
            (false, true) => {
                tally.listed += 1;
                let pinned = ours.remove(name).map(|pinned| pinned.answer);
                if pinned.as_ref() != Some(&got) {
                    tally.wrong(name, &format_args!("ours: {}", Shown(pinned.as_ref())), &got);
                }
            }
        }
    }
    assert!(tally.wrong.is_empty(), "{tally}");
    assert!(listed.is_empty(), "no such fixtures: {listed:?}");
    assert!(ours.is_empty(), "not requested, or not listed as a difference: {:?}", ours.keys());
    println!("{tally}");
}

/// Records the port's side of the differences: `cargo test --test it parity -- --ignored`.
#[tokio::test]
#[ignore = "rewrites tests/parity/ours.jsonl"]
async fn record_our_http_differences() {
    let app = example::app();
    let listed = listed(false);
    let mut text = String::new();
    for fixture in fixtures().filter(|fixture| listed.contains(fixture.name.as_str())) {
        let answer = ask(&app, &fixture).await;
        text += &serde_json::to_string(&Named { name: fixture.name, answer }).unwrap();
        text += "\n";
    }
    fs::write(path("ours.jsonl"), text).unwrap();
}

/// A request, and FastAPI's response.
#[derive(Deserialize)]
struct Fixture {
    /// The area and the name: `http: GET /http/ok`.
    name: String,
    method: String,
    path: String,
    headers: Vec<(String, String)>,
    body: Option<Text>,
    /// `None` if the server closed the connection.
    status: Option<u16>,
    #[serde(default)]
    answer_headers: Vec<(String, String)>,
    #[serde(default)]
    answer: Text,
}

impl Fixture {
    fn expected(&self) -> Option<Answer> {
        let answer_headers = self.answer_headers.clone();
        Some(Answer { status: self.status?, answer_headers, answer: self.answer.clone() }.sorted())
    }
}

/// Bytes: a string if they are UTF-8, else Base64.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
#[serde(untagged)]
pub(crate) enum Text {
    Utf8(String),
    Other { base64: String },
}

impl Default for Text {
    fn default() -> Self {
        Self::Utf8(String::new())
    }
}

impl Text {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Self::Utf8(text.to_owned()),
            Err(_) => Self::Other { base64: BASE64_STANDARD.encode(bytes) },
        }
    }

    pub(crate) fn bytes(&self) -> Vec<u8> {
        match self {
            Self::Utf8(text) => text.clone().into_bytes(),
            Self::Other { base64 } => BASE64_STANDARD.decode(base64).unwrap(),
        }
    }

    fn json(&self) -> Option<Value> {
        match self {
            Self::Utf8(text) => text.parse().ok(),
            Self::Other { .. } => None,
        }
    }
}

#[derive(Default, Deserialize, PartialEq, Serialize)]
struct Answer {
    status: u16,
    answer_headers: Vec<(String, String)>,
    answer: Text,
}

#[derive(Deserialize, Serialize)]
struct Named {
    name: String,
    #[serde(flatten)]
    answer: Answer,
}

impl Answer {
    async fn read(response: Response<Body>, method: &str) -> Self {
        let status = response.status().as_u16();
        let compared = response.headers().iter().filter(|(name, _)| !NOT_COMPARED.contains(&name.as_str()));
        let answer_headers = compared.map(|(name, value)| (name.to_string(), latin_1(value))).collect();
        let body = response.into_body().collect().await.unwrap().to_bytes();
        // The server sends no body to HEAD.
        let answer = if method == "HEAD" { Text::default() } else { Text::of(&body) };
        Self { status, answer_headers, answer }.sorted()
    }

    /// Sorts the headers, and the methods in `allow`, without HEAD.
    fn sorted(mut self) -> Self {
        for (name, value) in &mut self.answer_headers {
            if name == "allow" {
                let mut methods: Vec<&str> =
                    value.split(',').map(str::trim).filter(|method| *method != "HEAD").collect();
                methods.sort_unstable();
                *value = methods.join(", ");
            }
        }
        self.answer_headers.sort();
        self
    }

    fn is_matched_by(&self, got: &Self) -> bool {
        let same_body = self.answer == got.answer
            || (200..300).contains(&self.status)
                && match (self.answer.json(), got.answer.json()) {
                    (Some(expected), Some(got)) => same_value(&expected, &got),
                    _ => false,
                };
        self.status == got.status && self.answer_headers == got.answer_headers && same_body
    }
}

/// Compares members in any order and floats by value. A float does not equal an integer.
fn same_value(a: &Value, b: &Value) -> bool {
    let is_float = |number: &Number| number.to_string().contains(['.', 'e']);
    match (a, b) {
        (Value::Number(a), Value::Number(b)) if is_float(a) && is_float(b) => a.as_f64() == b.as_f64(),
        (Value::Array(a), Value::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same_value(a, b))
        }
        (Value::Object(a), Value::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(key, a)| b.get(key).is_some_and(|b| same_value(a, b)))
        }
        _ => a == b,
    }
}

async fn ask(app: &Router, fixture: &Fixture) -> Answer {
    let Fixture { method, path, headers, body, .. } = fixture;
    let mut request = Request::builder().method(method.as_str()).uri(path).header("host", "testserver");
    for (name, value) in headers {
        let bytes: Vec<u8> = value.chars().map(|c| u8::try_from(c).unwrap()).collect();
        request = request.header(name, HeaderValue::from_bytes(&bytes).unwrap());
    }
    let body = body.as_ref().map(Text::bytes);
    let is_chunked = headers.iter().any(|(name, _)| name == "transfer-encoding");
    if let Some(body) = body.as_ref().filter(|_| !is_chunked) {
        request = request.header("content-length", body.len());
    }
    let request = request.body(Body::from(body.unwrap_or_default())).unwrap();
    let response = app.clone().oneshot(request).await.unwrap();
    Answer::read(response, method).await
}

fn fixtures() -> impl Iterator<Item = Fixture> {
    let mut files: Vec<_> =
        fs::read_dir(path("fixtures")).unwrap().map(|entry| entry.unwrap().path()).collect();
    // WebSockets are compared in `parity_ws`.
    files.retain(|file| !file.ends_with("websocket.jsonl"));
    files.sort();
    files.into_iter().flat_map(|file| {
        let area = file.file_stem().unwrap().to_str().unwrap().to_owned();
        lines(&file)
            .into_iter()
            .map(move |fixture: Fixture| Fixture { name: format!("{area}: {}", fixture.name), ..fixture })
    })
}

fn area(name: &str) -> &str {
    name.split(':').next().unwrap()
}

/// Returns the fixtures in the list of differences, of requests or of WebSockets.
pub(crate) fn listed(of_sockets: bool) -> BTreeSet<&'static str> {
    let blocks = include_str!("../parity/differences.md").split("```fixtures\n").skip(1);
    let names = blocks.flat_map(|block| block.split("```").next().unwrap().lines());
    names.filter(|name| (area(name) == "websocket") == of_sockets).collect()
}

pub(crate) fn path(below: impl AsRef<Path>) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parity").join(below)
}

pub(crate) fn lines<T: serde::de::DeserializeOwned>(below: impl AsRef<Path>) -> Vec<T> {
    let text = fs::read_to_string(path(below)).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn latin_1(value: &HeaderValue) -> String {
    value.as_bytes().iter().map(|&byte| char::from(byte)).collect()
}

/// The counts of all fixtures.
#[derive(Default)]
struct Tally {
    matching: BTreeMap<String, usize>,
    listed: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn wrong(&mut self, name: &str, expected: &dyn fmt::Display, got: &Answer) {
        self.wrong.push(format!("{name}\n  expected {expected}\n  got      {}", Shown(Some(got))));
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { matching, listed, wrong } = self;
        for wrong in wrong.iter().take(40) {
            writeln!(f, "{wrong}")?;
        }
        writeln!(f, "matching: {matching:?}, {} in all", matching.values().sum::<usize>())?;
        let mut areas = BTreeMap::<&str, usize>::new();
        for wrong in wrong {
            *areas.entry(area(wrong)).or_default() += 1;
        }
        write!(f, "different on purpose: {listed}, wrong: {} {areas:?}", wrong.len())
    }
}

/// Prints a response on one short line.
struct Shown<'a>(Option<&'a Answer>);

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(Answer { status, answer_headers, answer }) = self.0 else {
            return f.write_str("no response");
        };
        write!(f, "{status} ")?;
        for (name, value) in answer_headers {
            if (name.as_str(), value.as_str()) != ("content-type", "application/json") {
                write!(f, "{name}: {value}; ")?;
            }
        }
        let text = String::from_utf8_lossy(&answer.bytes()).into_owned();
        match text.char_indices().nth(600) {
            Some((end, _)) => write!(f, "{}…", &text[..end]),
            None => f.write_str(&text),
        }
    }
}
