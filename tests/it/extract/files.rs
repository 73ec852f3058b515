//! Files in multipart forms: `UploadFile` and `FileBytes`.

use std::{collections::BTreeMap, io::SeekFrom};

use axum::{Router, body::Body, extract::DefaultBodyLimit, routing::post};
use axum_exception::{
    Result,
    extract::{FileBytes, Form, FormLimits, Json, Params, UploadFile},
};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use super::{form, int_parsing, layered, missing, missing_in, ok};
use crate::support::{
    Reply,
    errors::{fixed, unprocessable, value_error},
    full_request, send,
    table::Table,
};

/// A part of a form.
enum Part {
    File(&'static str, &'static str, &'static str),
    String(&'static str, &'static str),
}

use Part::{File, String as Text};

fn body(parts: &[Part]) -> String {
    let part = |part: &Part| match part {
        File(name, filename, content) => format!(
            "--b\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{filename}\"\r\n\
             Content-Type: text/plain\r\n\r\n{content}\r\n"
        ),
        Text(name, string) => {
            format!("--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{string}\r\n")
        }
    };
    parts.iter().map(part).collect::<String>() + "--b--\r\n"
}

fn multipart(body: impl Into<Body>) -> axum::extract::Request {
    full_request("POST /", &[("content-type", "multipart/form-data; boundary=b")], body)
}

/// The value that a handler returns for the files in a form.
trait Shown: DeserializeOwned + Send + 'static {
    fn show(self) -> impl Future<Output = Result<Value>> + Send;
}

async fn shown(file: &UploadFile) -> Result<Value> {
    let content = file.bytes().await?;
    assert_eq!(file.size(), content.len() as u64);
    Ok(json!([file.filename(), file.content_type(), std::str::from_utf8(&content)?]))
}

fn app<T: Shown>() -> Router {
    let handler = post(async |Form(value): Form<T>| -> Result<Json<Value>> { Ok(Json(value.show().await?)) });
    layered(Router::new().route("/", handler))
}

async fn ask<T: Shown>(parts: &[Part]) -> Reply {
    send(&app::<T>(), multipart(body(parts))).await
}

/// The file as it is shown in errors.
fn input(name: &str, filename: &str, size: usize) -> String {
    format!(
        r#"{{"filename":"{filename}","size":{size},"headers":{{"content-disposition":"form-data; name=\"{name}\"; filename=\"{filename}\"","content-type":"text/plain"}}}}"#
    )
}

fn no_file(loc: &str, string: &str) -> String {
    value_error(loc, "Expected UploadFile, received: <class 'str'>", &format!("{string:?}"))
}

#[derive(Debug, Deserialize)]
struct One {
    file: UploadFile,
}

impl Shown for Params<One> {
    async fn show(self) -> Result<Value> {
        shown(&self.0.file).await
    }
}

#[tokio::test]
async fn a_file() {
    let missing = || unprocessable(&[missing(r#"["body","file"]"#)]);
    let mut table = Table::default();
    for (name, parts, expected) in [
        ("a file", vec![File("file", "a.txt", "hello")], ok(r#"["a.txt","text/plain","hello"]"#)),
        ("without content", vec![File("file", "a.txt", "")], ok(r#"["a.txt","text/plain",""]"#)),
        ("without a name", vec![File("file", "", "hello")], ok(r#"["","text/plain","hello"]"#)),
        (
            "the last of two",
            vec![File("file", "a", "1"), File("file", "b", "2")],
            ok(r#"["b","text/plain","2"]"#),
        ),
        ("none", vec![], missing()),
        ("not selected", vec![File("file", "", "")], missing()),
        ("not selected at last", vec![File("file", "a", "1"), File("file", "", "")], missing()),
        ("another name", vec![File("other", "a.txt", "hello")], missing()),
        ("a string", vec![Text("file", "hello")], unprocessable(&[no_file(r#"["body","file"]"#, "hello")])),
        ("an empty string", vec![Text("file", "")], missing()),
        (
            "a file and a string",
            vec![File("file", "a", "1"), Text("file", "x")],
            unprocessable(&[no_file(r#"["body","file"]"#, "x")]),
        ),
    ] {
        table.assert_eq(name, ask::<Params<One>>(&parts).await, expected);
    }
    let urlencoded = send(&app::<Params<One>>(), form("file=hello")).await;
    assert_eq!(urlencoded, unprocessable(&[no_file(r#"["body","file"]"#, "hello")]));
}

#[derive(Deserialize)]
struct Mixed {
    title: String,
    cover: Option<UploadFile>,
    pages: Vec<UploadFile>,
    year: Option<i64>,
    thumbnail: Option<FileBytes>,
}

impl Shown for Mixed {
    async fn show(self) -> Result<Value> {
        let mut pages = Vec::new();
        for page in &self.pages {
            pages.push(shown(page).await?);
        }
        let cover = match &self.cover {
            Some(cover) => shown(cover).await?,
            None => Value::Null,
        };
        let thumbnail = self.thumbnail.map(|bytes| String::from_utf8_lossy(&bytes.0).into_owned());
        Ok(json!([self.title, cover, pages, self.year, thumbnail]))
    }
}

#[tokio::test]
async fn files_beside_typed_fields() {
    let (a, b) = (File("pages", "a", "1"), File("pages", "b", "2"));
    let mut table = Table::default();
    for (name, parts, expected) in [
        (
            "everything",
            vec![
                Text("title", "t"),
                a,
                b,
                File("cover", "c", "3"),
                Text("year", "1999"),
                File("thumbnail", "d", "4"),
            ],
            ok(r#"["t",["c","text/plain","3"],[["a","text/plain","1"],["b","text/plain","2"]],1999,"4"]"#),
        ),
        (
            "only what is required",
            vec![Text("title", "t"), File("pages", "a", "1"), File("cover", "", ""), Text("thumbnail", "")],
            ok(r#"["t",null,[["a","text/plain","1"]],null,null]"#),
        ),
        (
            "only some selected",
            vec![Text("title", "t"), File("pages", "", ""), File("pages", "a", "1")],
            ok(r#"["t",null,[["a","text/plain","1"]],null,null]"#),
        ),
        (
            "bytes as a string",
            vec![Text("title", "t"), File("pages", "a", "1"), Text("thumbnail", "x")],
            ok(r#"["t",null,[["a","text/plain","1"]],null,"x"]"#),
        ),
        (
            "no list",
            vec![Text("title", "t"), File("pages", "", "")],
            unprocessable(&[missing_in(r#"["body","pages"]"#, r#"{"title":"t"}"#)]),
        ),
        (
            "errors everywhere",
            vec![
                File("title", "f", "9"),
                Text("cover", "x"),
                File("pages", "a", "1"),
                Text("pages", "y"),
                Text("year", "z"),
            ],
            unprocessable(&[
                fixed("string_type", r#"["body","title"]"#, &input("title", "f", 1)),
                no_file(r#"["body","cover"]"#, "x"),
                no_file(r#"["body","pages",1]"#, "y"),
                int_parsing(r#"["body","year"]"#, "z"),
            ]),
        ),
        (
            "a missing field of a model shows the files",
            vec![File("pages", "a", "1")],
            unprocessable(&[missing_in(
                r#"["body","title"]"#,
                &format!(r#"{{"pages":[{}]}}"#, input("pages", "a", 1)),
            )]),
        ),
    ] {
        table.assert_eq(name, ask::<Mixed>(&parts).await, expected);
    }
}

#[derive(Deserialize)]
struct Book {
    cover: UploadFile,
    pages: Vec<UploadFile>,
    text: FileBytes,
}

#[derive(Deserialize)]
struct Flat {
    id: i64,
    #[serde(flatten)]
    book: Book,
}

impl Shown for Flat {
    async fn show(self) -> Result<Value> {
        let Book { cover, pages, text } = &self.book;
        let mut names = vec![json!(self.id), shown(cover).await?];
        for page in pages {
            names.push(shown(page).await?);
        }
        names.push(std::str::from_utf8(text.as_ref())?.into());
        Ok(names.into())
    }
}

/// serde buffers what is flattened. Only the type knows whether a single file is a list of one.
#[tokio::test]
async fn files_in_a_flattened_struct() {
    let mut table = Table::default();
    for (name, pages, pages_shown) in [
        ("one page", vec![File("pages", "a", "1")], r#"["a","text/plain","1"]"#),
        (
            "two pages",
            vec![File("pages", "a", "1"), File("pages", "b", "2")],
            r#"["a","text/plain","1"],["b","text/plain","2"]"#,
        ),
    ] {
        for is_first in [false, true] {
            let others = [Text("id", "5"), File("cover", "c", "3"), File("text", "d", "4")];
            let pages = pages.iter().map(|page| match page {
                File(name, filename, content) => File(name, filename, content),
                Text(name, string) => Text(name, string),
            });
            let parts: Vec<Part> = if is_first {
                pages.chain(others).collect()
            } else {
                others.into_iter().chain(pages).collect()
            };
            let expected = ok(&format!(r#"[5,["c","text/plain","3"],{pages_shown},"4"]"#));
            table.assert_eq(format!("{name}, first: {is_first}"), ask::<Flat>(&parts).await, expected);
        }
    }
    let parts = [Text("id", "5"), Text("cover", "x"), File("pages", "a", "1"), File("text", "d", "4")];
    assert_eq!(ask::<Flat>(&parts).await, unprocessable(&[no_file(r#"["body","cover"]"#, "x")]));
}

#[derive(Deserialize)]
struct Albums {
    title: String,
    #[serde(flatten)]
    pages: BTreeMap<String, Vec<UploadFile>>,
}

impl Shown for Albums {
    async fn show(self) -> Result<Value> {
        Ok(json!([self.title, self.pages.len(), self.pages.values().map(Vec::len).sum::<usize>()]))
    }
}

impl Shown for OpenForm {
    async fn show(self) -> Result<Value> {
        Ok(json!([self.n, self.rest]))
    }
}

#[derive(Deserialize)]
struct OpenForm {
    n: i64,
    #[serde(flatten)]
    rest: BTreeMap<String, String>,
}

#[tokio::test]
async fn a_file_among_strings_of_a_flattened_map() {
    let file = fixed("string_type", r#"["body","b"]"#, &input("b", "f", 1));
    let mut table = Table::default();
    for (name, parts, expected) in [
        ("alone", vec![Text("n", "1"), File("b", "f", "5")], unprocessable(std::slice::from_ref(&file))),
        (
            "at last",
            vec![Text("n", "1"), Text("b", "x"), File("b", "f", "5")],
            unprocessable(std::slice::from_ref(&file)),
        ),
        ("at first", vec![Text("n", "1"), File("b", "f", "5"), Text("b", "x")], ok(r#"[1,{"b":"x"}]"#)),
        (
            "beside another error",
            vec![Text("n", "y"), Text("b", "x"), Text("c", "z"), File("b", "f", "5")],
            unprocessable(&[int_parsing(r#"["body","n"]"#, "y"), file.clone()]),
        ),
    ] {
        table.assert_eq(name, ask::<OpenForm>(&parts).await, expected);
    }
}

/// The number of passes grows more slowly than the number of files.
#[tokio::test]
async fn many_lists_of_one_file() {
    let mut sent: String = (0..300)
        .map(|page| {
            format!("--b\r\nContent-Disposition: form-data; name=page{page}; filename=f\r\n\r\n1\r\n")
        })
        .collect();
    sent += &body(&[Text("title", "t")]);
    assert_eq!(send(&app::<Albums>(), multipart(sent)).await, ok(r#"["t",300,300]"#));
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
enum Attachment {
    File { file: UploadFile },
    Text { text: String },
}

impl Shown for Attachment {
    async fn show(self) -> Result<Value> {
        match self {
            Self::File { file } => shown(&file).await,
            Self::Text { text } => Ok(text.into()),
        }
    }
}

#[tokio::test]
async fn files_in_a_tagged_enum() {
    let file = || File("file", "a", "1");
    let mut table = Table::default();
    for (name, parts, expected) in [
        ("a file", vec![Text("kind", "file"), file()], ok(r#"["a","text/plain","1"]"#)),
        ("the tag last", vec![file(), Text("kind", "file")], ok(r#"["a","text/plain","1"]"#)),
        (
            "a string",
            vec![Text("kind", "file"), Text("file", "x")],
            unprocessable(&[no_file(r#"["body","file","file"]"#, "x")]),
        ),
        (
            "a file for a string",
            vec![Text("kind", "text"), File("text", "a", "1")],
            unprocessable(&[fixed("string_type", r#"["body","text","text"]"#, &input("text", "a", 1))]),
        ),
        (
            "nothing",
            vec![Text("kind", "file")],
            unprocessable(&[missing_in(r#"["body","file","file"]"#, r#"{"kind":"file"}"#)]),
        ),
    ] {
        table.assert_eq(name, ask::<Attachment>(&parts).await, expected);
    }
}

impl Shown for BTreeMap<String, Value> {
    async fn show(self) -> Result<Value> {
        Ok(json!(self))
    }
}

#[tokio::test]
async fn a_file_is_an_object_for_other_types() {
    let parts = [File("f", "a", "1"), Text("s", "x")];
    assert_eq!(
        ask::<BTreeMap<String, Value>>(&parts).await,
        ok(
            r#"{"f":{"filename":"a","headers":{"content-disposition":"form-data; name=\"f\"; filename=\"a\"","content-type":"text/plain"},"size":1},"s":"x"}"#
        )
    );
}

/// A file that does not fit into memory is in a temporary file. It is read like any other.
#[tokio::test]
async fn large_files_are_written_to_disk() {
    #[derive(Deserialize)]
    struct Upload {
        file: UploadFile,
        bytes: FileBytes,
    }
    let handler = post(async |Form(upload): Form<Upload>| -> Result<String> {
        let Upload { file, bytes } = upload;
        assert_eq!(file.bytes().await?, bytes.0);
        let mut reader = file.open().await?;
        let mut end = String::new();
        reader.seek(SeekFrom::End(-3)).await?;
        reader.read_to_string(&mut end).await?;
        // Another reader begins at the beginning.
        let mut beginning = [0; 3];
        file.open().await?.read_exact(&mut beginning).await?;
        let directory = tempfile::tempdir()?;
        let saved = directory.path().join("saved");
        file.save_to(&saved).await?;
        assert_eq!(tokio::fs::read(&saved).await?, bytes.0);
        Ok(format!("{} {}…{end}", file.size(), std::str::from_utf8(&beginning)?))
    });
    let app = layered(Router::new().route("/", handler));
    let limited = |limits: FormLimits| app.clone().layer(limits);
    let content = format!("abc{}xyz", "-".repeat(100_000));
    let part = |name: &str| {
        format!("--b\r\nContent-Disposition: form-data; name={name}; filename=f\r\n\r\n{content}\r\n")
    };
    let sent = part("file") + &part("bytes") + "--b--";
    let read = Reply::text(200, "text/plain; charset=utf-8", "100006 abc…xyz");
    let mut table = Table::default();
    for memory in [0, 100_005, 150_000, 1 << 20] {
        let pieces: Vec<_> =
            sent.as_bytes().chunks(999).map(|piece| Ok::<_, std::io::Error>(piece.to_vec())).collect();
        let body = Body::from_stream(futures_util::stream::iter(pieces));
        table.assert_eq(
            memory,
            send(&limited(FormLimits::new().max_memory(memory)), multipart(body)).await,
            read.clone(),
        );
    }
    let too_large = send(&limited(FormLimits::new().max_file_size(100_005)), multipart(sent.clone())).await;
    assert_eq!(too_large, Reply::detail(413, "Content Too Large"));
    assert_eq!(send(&limited(FormLimits::new().max_file_size(100_006)), multipart(sent.clone())).await, read);
    let small = app.clone().layer(DefaultBodyLimit::max(150_000));
    assert_eq!(send(&small, multipart(sent)).await, Reply::detail(413, "Content Too Large"));
}

#[tokio::test]
async fn form_limits_of_the_app() {
    let handler = post(async |Form(fields): Form<BTreeMap<String, Value>>| Json(fields.len()));
    let limits = FormLimits::new().max_fields(2).max_files(1).max_field_size(2048);
    let app = layered(Router::new().route("/", handler)).layer(limits);
    let large: &'static str = "x".repeat(2049).leak();
    let too_many = || Reply::detail(400, "Too many fields. Maximum number of fields is 2.");
    let mut table = Table::default();
    for (name, sent, expected) in [
        ("allowed", multipart(body(&[Text("a", "1"), File("c", large, large), Text("b", "2")])), ok("3")),
        ("fields", multipart(body(&[Text("a", "1"), Text("b", "2"), Text("c", "3")])), too_many()),
        (
            "files",
            multipart(body(&[File("a", "a", "1"), File("b", "b", "2")])),
            Reply::detail(400, "Too many files. Maximum number of files is 1."),
        ),
        (
            "a large field",
            multipart(body(&[Text("a", large)])),
            Reply::detail(400, "Part exceeded maximum size of 2KB."),
        ),
        ("fields of a URL-encoded form", form("a=1&b=2&c=3"), too_many()),
        (
            "a large field of a URL-encoded form",
            form(format!("a={large}")),
            Reply::detail(400, "Field exceeded maximum size of 2KB."),
        ),
    ] {
        table.assert_eq(name, send(&app, sent).await, expected);
    }
}

/// A body that breaks off is an error of the client.
#[tokio::test]
async fn a_body_that_breaks_off() {
    let beginning = body(&[Text("a", "1"), File("file", "a", "1")]).replace("--b--", "--b");
    let pieces = [Ok(beginning), Err(std::io::Error::other("reset"))];
    let body = Body::from_stream(futures_util::stream::iter(pieces));
    let reply = send(&app::<Params<One>>(), multipart(body)).await;
    assert_eq!(reply, Reply::detail(400, "There was an error parsing the body"));
}

#[tokio::test]
async fn a_file_can_only_be_read_from_a_form() {
    let error =
        serde_json::from_str::<One>(r#"{"file":{"filename":"a","size":0,"headers":{}}}"#).unwrap_err();
    assert!(error.to_string().contains("expected an uploaded file"), "{error}");
    for json in [r#"{"file":{}}"#, r#"{"file":null}"#, r#"{"file":"x"}"#] {
        assert!(serde_json::from_str::<One>(json).is_err(), "{json}");
    }
    assert_eq!(
        format!("{:?}", UploadFile::new("a.txt", "secret")),
        r#"UploadFile { filename: "a.txt", size: 6, headers: {}, .. }"#
    );
}
