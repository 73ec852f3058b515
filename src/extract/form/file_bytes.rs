//! The content of a file as a field of a form.

use std::{fmt, ops::Deref};

use axum::body::Bytes;
use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Unexpected, Visitor},
};

use super::received::{self, Described};
use crate::explain::UPLOADED_FILE;

/// The content of a file that was uploaded in a form: FastAPI's `file: Annotated[bytes, File()]`.
///
/// ```
/// use axum_exception::extract::{FileBytes, Form};
/// use serde::Deserialize;
///
/// #[derive(Deserialize)]
/// struct Upload { avatar: FileBytes, banner: Option<FileBytes> }
///
/// async fn upload(Form(upload): Form<Upload>) -> String {
///     format!("{} bytes", upload.avatar.len())
/// }
/// ```
///
/// All of the content is in memory, also if the file was written to a temporary file before. For large files, use
/// [`UploadFile`](super::UploadFile).
///
/// As in FastAPI, a string is accepted as well: its bytes.
///
/// # Errors
///
/// - 422, `missing`: no file was sent, or the user did not select one.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct FileBytes(pub Bytes);

impl Deref for FileBytes {
    type Target = Bytes;

    fn deref(&self) -> &Bytes {
        &self.0
    }
}

impl AsRef<[u8]> for FileBytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl<'de> Deserialize<'de> for FileBytes {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ContentVisitor)
    }
}

/// A visitor that gets the description of a file, or a string.
struct ContentVisitor;

impl<'de> Visitor<'de> for ContentVisitor {
    type Value = FileBytes;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(UPLOADED_FILE)
    }

    fn visit_str<E: de::Error>(self, string: &str) -> Result<FileBytes, E> {
        Ok(FileBytes(Bytes::copy_from_slice(string.as_bytes())))
    }

    fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<FileBytes, A::Error> {
        let content = received::content(Described::read(object)?);
        content.map(FileBytes).ok_or_else(|| de::Error::invalid_type(Unexpected::Map, &self))
    }
}
