//! Models of forms, queries, headers and cookies, files, several body parameters, dates and decimals.

use std::collections::BTreeMap;

use axum::{
    Router,
    routing::{get, post, put},
};
use axum_exception::{
    Result, explain,
    extract::{Cookie, FileBytes, Form, Forms, Header, Json, LiteralNames, Params, Query, UploadFile, Valid},
    rules::{Check, Rules},
};
use chrono::{DateTime, NaiveDate, NaiveTime, Timelike, Utc};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Understood, ok};

pub(crate) fn routes() -> Router {
    files().merge(forms()).merge(super::table([
        ("/query-model", get(async |Query(person): Query<Person>| ok(person))),
        (
            "/query-model-opt",
            get(async |person: Option<Query<Person>>| ok(person.map(|Query(person)| person))),
        ),
        ("/query-model-strict", get(async |Query(person): Query<StrictPerson>| ok(person))),
        ("/header-model", get(async |Header(headers): Header<Headers>| ok(headers))),
        (
            "/header-model-opt",
            get(async |headers: Option<Header<Headers>>| ok(headers.map(|Header(headers)| headers))),
        ),
        (
            "/header-literal",
            get(async |Header(LiteralNames(headers)): Header<LiteralNames<Headers>>| ok(headers)),
        ),
        ("/cookie-model", get(async |Cookie(cookies): Cookie<Cookies>| ok(cookies))),
        (
            "/cookie-model-opt",
            get(async |cookies: Option<Cookie<Cookies>>| ok(cookies.map(|Cookie(cookies)| cookies))),
        ),
        ("/cookie-model-strict", get(async |Cookie(cookies): Cookie<StrictCookies>| ok(cookies))),
        ("/embedded", put(async |Json(Params(body)): Json<Params<Embedded>>| ok(body.item))),
        (
            "/bodies",
            put(
                async |Json(Params(Bodies { item: Article(title, price), person, importance })): Json<
                    Params<Bodies>,
                >| { ok((title, price, person, importance)) },
            ),
        ),
        (
            "/bodies-opt",
            put(async |body: Option<Json<Params<OptionalBodies>>>| {
                ok(body.map(|Json(Params(body))| body).unwrap_or_default())
            }),
        ),
        (
            "/kinds",
            post(async |Valid(Json(kinds)): Valid<Json<Kinds>>| kinds.shown())
                .get(async |Valid(Query(kinds)): Valid<Query<Kinds>>| kinds.shown()),
        ),
    ]))
}

fn files() -> Router {
    super::table([
        (
            "/file",
            post(async |Form(Params(OneFile { file })): Form<Params<OneFile>>| {
                understood(file_shown(&file).await)
            }),
        ),
        (
            "/file-opt",
            post(async |Form(Params(OptionalFile { file })): Form<Params<OptionalFile>>| {
                understood(optional_shown(file.as_ref()).await)
            }),
        ),
        (
            "/files",
            post(async |Form(Params(Files { files })): Form<Params<Files>>| {
                understood(files_shown(&files).await)
            }),
        ),
        (
            "/files-opt",
            post(async |Form(Params(OptionalFiles { files })): Form<Params<OptionalFiles>>| {
                understood(match files {
                    Some(files) => files_shown(&files).await.map(Some),
                    None => Ok(None),
                })
            }),
        ),
        ("/bytes", post(async |Form(Params(Bytes { file })): Form<Params<Bytes>>| ok(latin_1(&file)))),
        (
            "/bytes-opt",
            post(async |Form(Params(OptionalBytes { file })): Form<Params<OptionalBytes>>| {
                ok(file.map(|file| latin_1(&file)))
            }),
        ),
        (
            "/bytes-list",
            post(async |Form(Params(BytesList { files })): Form<Params<BytesList>>| {
                ok(files.iter().map(|file| latin_1(file)).collect::<Vec<_>>())
            }),
        ),
        (
            "/file-and-form",
            post(async |Form(Params(FileAndForm { file, fileb, token, n })): Form<Params<FileAndForm>>| {
                understood(file_shown(&fileb).await.map(|fileb| (latin_1(&file), fileb, token, n)))
            }),
        ),
        ("/file-model", post(async |Form(upload): Form<Upload>| understood(upload.shown().await))),
    ])
}

fn forms() -> Router {
    super::table([
        ("/form-model", post(async |Form(person): Form<Person>| ok(person))),
        ("/form-model-opt", post(async |person: Option<Form<Person>>| ok(person.map(|Form(person)| person)))),
        ("/form-model-strict", post(async |Form(person): Form<StrictPerson>| ok(person))),
        ("/form-models", post(async |Forms(models): Forms<(Person, Address, Option<Coupon>)>| ok(models))),
        ("/form-open", post(async |Form(form): Form<OpenForm>| ok((form.n, form.rest)))),
        ("/form-tagged", post(async |Form(form): Form<TaggedForm>| ok(form))),
    ])
}

fn understood<T>(value: Result<T>) -> Result<Json<Understood<T>>> {
    value.map(ok)
}

/// The name and the content.
type ShownFile = (String, String);

async fn file_shown(file: &UploadFile) -> Result<ShownFile> {
    Ok((file.filename().to_owned(), latin_1(&file.bytes().await?)))
}

async fn optional_shown(file: Option<&UploadFile>) -> Result<Option<ShownFile>> {
    match file {
        Some(file) => file_shown(file).await.map(Some),
        None => Ok(None),
    }
}

async fn files_shown(files: &[UploadFile]) -> Result<Vec<ShownFile>> {
    let mut shown = Vec::new();
    for file in files {
        shown.push(file_shown(file).await?);
    }
    Ok(shown)
}

fn latin_1(bytes: &[u8]) -> String {
    bytes.iter().map(|&byte| char::from(byte)).collect()
}

#[derive(Deserialize)]
struct OneFile {
    file: UploadFile,
}

#[derive(Deserialize)]
struct OptionalFile {
    file: Option<UploadFile>,
}

#[derive(Deserialize)]
struct Files {
    files: Vec<UploadFile>,
}

#[derive(Deserialize)]
struct OptionalFiles {
    files: Option<Vec<UploadFile>>,
}

#[derive(Deserialize)]
struct Bytes {
    file: FileBytes,
}

#[derive(Deserialize)]
struct OptionalBytes {
    file: Option<FileBytes>,
}

#[derive(Deserialize)]
struct BytesList {
    files: Vec<FileBytes>,
}

#[derive(Deserialize)]
struct FileAndForm {
    file: FileBytes,
    fileb: UploadFile,
    token: String,
    n: Option<i64>,
}

#[derive(Deserialize)]
struct Upload {
    name: String,
    file: UploadFile,
    #[serde(default)]
    files: Vec<UploadFile>,
}

impl Upload {
    async fn shown(self) -> Result<(String, ShownFile, Vec<ShownFile>)> {
        Ok((self.name, file_shown(&self.file).await?, files_shown(&self.files).await?))
    }
}

#[derive(Deserialize, Serialize)]
struct Person {
    name: String,
    age: i64,
    #[serde(default)]
    tags: Vec<String>,
    note: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StrictPerson {
    name: String,
    age: i64,
    #[serde(default)]
    tags: Vec<String>,
    note: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Address {
    street: String,
    name: String,
}

#[derive(Deserialize, Serialize)]
struct Coupon {
    code: i64,
}

#[derive(Deserialize)]
struct OpenForm {
    n: i64,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

#[derive(Deserialize, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum TaggedForm {
    List { value: Vec<String> },
    Text { value: String },
}

#[derive(Deserialize, Serialize)]
struct Headers {
    save_data: bool,
    #[serde(default)]
    x_tag: Vec<String>,
    x_count: Option<i64>,
    #[serde(rename(deserialize = "X-Token"))]
    token: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Cookies {
    session: String,
    #[serde(default)]
    count: i64,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct StrictCookies {
    session: String,
    #[serde(default)]
    count: i64,
}

/// Shown as a list of its fields.
#[derive(Serialize)]
struct Article(String, f64);

impl<'de> Deserialize<'de> for Article {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Article {
            #[serde(rename = "articleTitle")]
            title: String,
            price: f64,
        }
        Article::deserialize(deserializer).map(|article| Self(article.title, article.price))
    }
}

#[derive(Deserialize)]
struct Embedded {
    item: Article,
}

#[derive(Deserialize)]
struct Bodies {
    item: Article,
    person: Person,
    importance: i64,
}

/// Shown as a list of its fields.
#[derive(Default)]
struct OptionalBodies(Option<Article>, Option<i64>);

impl Serialize for OptionalBodies {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        (&self.0, self.1).serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for OptionalBodies {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct OptionalBodies {
            item: Option<Article>,
            importance: Option<i64>,
        }
        OptionalBodies::deserialize(deserializer).map(|bodies| Self(bodies.item, bodies.importance))
    }
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Order {
    Asc,
    Desc,
}

#[derive(Deserialize)]
#[serde(default)]
#[derive(Default)]
struct Kinds {
    at: Option<DateTime<Utc>>,
    day: Option<NaiveDate>,
    hour: Option<NaiveTime>,
    price: Option<Decimal>,
    #[serde(deserialize_with = "explain::literal")]
    order: Option<Order>,
    #[serde(deserialize_with = "votes")]
    votes: Option<Vec<u8>>,
    ratio: Option<f64>,
    #[serde(deserialize_with = "explain::json_string")]
    items: Vec<i64>,
}

/// A list that is not null if it is sent.
fn votes<'de, D: serde::Deserializer<'de>>(
    deserializer: D,
) -> std::result::Result<Option<Vec<u8>>, D::Error> {
    explain::fail_fast(deserializer).map(Some)
}

impl Rules for Kinds {
    fn rules(&self, kinds: &mut Check<'_>) {
        kinds.optional("ratio", &self.ratio).finite();
    }
}

type ShownKinds = (
    Option<i64>,
    Option<NaiveDate>,
    Option<i64>,
    Option<String>,
    Option<Order>,
    Option<Vec<u8>>,
    Option<f64>,
    Vec<i64>,
);

impl Kinds {
    fn shown(self) -> Json<Understood<ShownKinds>> {
        let microseconds = |time: NaiveTime| {
            i64::from(time.num_seconds_from_midnight()) * 1_000_000 + i64::from(time.nanosecond()) / 1000
        };
        ok((
            self.at.map(|at| at.timestamp_micros()),
            self.day,
            self.hour.map(microseconds),
            self.price.map(|price| price.normalize().to_string()),
            self.order,
            self.votes,
            self.ratio,
            self.items,
        ))
    }
}
