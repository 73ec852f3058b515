//! The files of a form.

use std::{
    fmt, io,
    path::Path,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    body::Bytes,
    http::{HeaderMap, HeaderName, header::CONTENT_TYPE},
};
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Unexpected, Visitor},
};
use tokio::{
    fs::File,
    io::{AsyncRead, AsyncSeek, ReadBuf},
};

use super::{
    super::header::latin_1_to_string,
    received::{self, Described},
    spool::Content,
};
use crate::{explain::UPLOADED_FILE, json::FileNode};

/// A file that was uploaded in a multipart form: a field of the type that [`Form`](super::Form) reads.
///
/// ```
/// use axum::{Router, routing::post};
/// use axum_exception::{
///     ErrorHandlingLayer, Result,
///     extract::{Form, UploadFile},
/// };
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Upload {
///     token: String,
///     file: UploadFile,
///     thumbnail: Option<UploadFile>,
///     #[serde(default)]
///     attachments: Vec<UploadFile>,
/// }
///
/// async fn upload(Form(upload): Form<Upload>) -> Result<String> {
///     let content = upload.file.bytes().await?;
///     Ok(format!("{}: {} bytes", upload.file.filename(), content.len()))
/// }
///
/// let app: Router = Router::new().route("/upload", post(upload)).layer(ErrorHandlingLayer::new());
/// ```
///
/// The content is in memory or in a temporary file: see [`FormLimits::max_memory`](super::FormLimits::max_memory). The
/// temporary file is deleted with the last clone of its `UploadFile`. A clone is cheap, and refers to the same content.
///
/// For the content of a small file, a field can have the type [`FileBytes`](super::FileBytes) instead.
///
/// # Errors
///
/// It fails as FastAPI's `UploadFile` does:
///
/// - 422, `missing`: no file was sent, or the user did not select one. Then browsers send a file without a name and without
///   content.
/// - 422, `value_error`, `Value error, Expected UploadFile, received: <class 'str'>`: the field is not a file.
///
/// A file for a field that is not an `UploadFile` is an object with `filename`, `size` and `headers`. It is reported like any
/// object: a `String` has the error `string_type`. From sources other than a form, an `UploadFile` cannot be read.
///
/// See [FastAPI: Request Files](https://fastapi.tiangolo.com/tutorial/request-files/).
#[derive(Clone)]
pub struct UploadFile(Arc<Inner>);

struct Inner {
    filename: String,
    headers: HeaderMap,
    size: u64,
    content: Content,
}

impl UploadFile {
    /// Creates a file in memory, for the tests of an app.
    #[must_use]
    pub fn new(filename: impl Into<String>, content: impl Into<Bytes>) -> Self {
        let content = content.into();
        Self::received(filename.into(), HeaderMap::new(), content.len() as u64, Content::Memory(content))
    }

    pub(super) fn received(filename: String, headers: HeaderMap, size: u64, content: Content) -> Self {
        Self(Arc::new(Inner { filename, headers, size, content }))
    }

    /// Returns the name of the file, as the client sent it.
    ///
    /// It can be anything, such as `../../etc/passwd`. Do not use it as a path.
    #[must_use]
    pub fn filename(&self) -> &str {
        &self.0.filename
    }

    /// Returns the media type, as the client sent it.
    #[must_use]
    pub fn content_type(&self) -> Option<&str> {
        self.0.headers.get(CONTENT_TYPE)?.to_str().ok()
    }

    /// Returns the headers of the part of the form.
    #[must_use]
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// Returns the size of the content in bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.0.size
    }

    /// Returns the content.
    ///
    /// # Errors
    ///
    /// Fails if the temporary file cannot be read.
    ///
    /// # Panics
    ///
    /// Panics outside of the runtime of tokio, if the content is in a temporary file.
    pub async fn bytes(&self) -> io::Result<Bytes> {
        match &self.0.content {
            Content::Memory(bytes) => Ok(bytes.clone()),
            Content::Disk(path) => Ok(tokio::fs::read(path).await?.into()),
        }
    }

    /// Opens the content for reading. Several readers can be open at the same time.
    ///
    /// ```
    /// use axum_exception::extract::UploadFile;
    /// use tokio::io::{AsyncBufReadExt, BufReader};
    ///
    /// async fn header_of(csv: &UploadFile) -> std::io::Result<Option<String>> {
    ///     BufReader::new(csv.open().await?).lines().next_line().await
    /// }
    ///
    /// # #[tokio::main(flavor = "current_thread")]
    /// # async fn main() {
    /// let csv = UploadFile::new("prices.csv", "name,price\ntea,3\n");
    /// assert_eq!(header_of(&csv).await.unwrap().as_deref(), Some("name,price"));
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the temporary file cannot be opened.
    ///
    /// # Panics
    ///
    /// Panics outside of the runtime of tokio, if the content is in a temporary file.
    pub async fn open(&self) -> io::Result<FileReader> {
        Ok(FileReader(match &self.0.content {
            Content::Memory(bytes) => Source::Memory(io::Cursor::new(bytes.clone())),
            Content::Disk(path) => Source::Disk(File::open(path).await?),
        }))
    }

    /// Writes the content to a file, which it creates or overwrites.
    ///
    /// # Errors
    ///
    /// Fails if one of the two files cannot be read or written.
    ///
    /// # Panics
    ///
    /// Panics outside of the runtime of tokio.
    pub async fn save_to(&self, path: impl AsRef<Path>) -> io::Result<()> {
        match &self.0.content {
            Content::Memory(bytes) => tokio::fs::write(path, bytes).await,
            Content::Disk(from) => tokio::fs::copy(from, path).await.map(|_| ()),
        }
    }

    /// Returns the content if it is in memory.
    pub(super) fn in_memory(&self) -> Option<&Bytes> {
        match &self.0.content {
            Content::Memory(bytes) => Some(bytes),
            Content::Disk(_) => None,
        }
    }

    /// Returns the file as it is shown in errors.
    pub(super) fn node(&self, number: usize) -> FileNode {
        let headers = &self.0.headers;
        let header = |name: &HeaderName| {
            let value = headers.get(name).map(|value| latin_1_to_string(value.as_bytes()).into_owned());
            (name.to_string(), value.unwrap_or_default())
        };
        FileNode {
            number,
            filename: self.0.filename.clone(),
            size: self.0.size,
            headers: headers.keys().map(header).collect(),
        }
    }
}

/// Shows what is known of the file, without its content.
impl fmt::Debug for UploadFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Inner { filename, headers, size, .. } = &*self.0;
        f.debug_struct("UploadFile")
            .field("filename", filename)
            .field("size", size)
            .field("headers", headers)
            .finish_non_exhaustive()
    }
}

impl<'de> Deserialize<'de> for UploadFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(FileVisitor)
    }
}

/// A visitor that gets the description of a file.
struct FileVisitor;

impl<'de> Visitor<'de> for FileVisitor {
    type Value = UploadFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(UPLOADED_FILE)
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<UploadFile, A::Error> {
        let file = received::file(Described::read(object)?);
        file.ok_or_else(|| de::Error::invalid_type(Unexpected::Map, &self))
    }
}

/// A reader of the content of an [`UploadFile`].
#[derive(Debug)]
pub struct FileReader(Source);

#[derive(Debug)]
enum Source {
    Memory(io::Cursor<Bytes>),
    Disk(File),
}

impl AsyncRead for FileReader {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match &mut self.0 {
            Source::Memory(bytes) => Pin::new(bytes).poll_read(cx, buffer),
            Source::Disk(file) => Pin::new(file).poll_read(cx, buffer),
        }
    }
}

impl AsyncSeek for FileReader {
    fn start_seek(mut self: Pin<&mut Self>, position: io::SeekFrom) -> io::Result<()> {
        match &mut self.0 {
            Source::Memory(bytes) => Pin::new(bytes).start_seek(position),
            Source::Disk(file) => Pin::new(file).start_seek(position),
        }
    }

    fn poll_complete(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<u64>> {
        match &mut self.0 {
            Source::Memory(bytes) => Pin::new(bytes).poll_complete(cx),
            Source::Disk(file) => Pin::new(file).poll_complete(cx),
        }
    }
}
