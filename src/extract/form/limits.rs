//! The limits on forms.

use axum::{Extension, http::Extensions, middleware::AddExtension};
use tower_layer::Layer;

/// Limits the forms that [`Form`](super::Form) and [`Forms`](super::Forms) accept.
///
/// It is a layer, for a whole app or for one route. The defaults are those of FastAPI:
///
/// | limit | default | response to a form that is over the limit |
/// | --- | --- | --- |
/// | [`max_fields`](Self::max_fields) | 1,000 | 400, `Too many fields. Maximum number of fields is 1000.` |
/// | [`max_files`](Self::max_files) | 1,000 | 400, `Too many files. Maximum number of files is 1000.` |
/// | [`max_field_size`](Self::max_field_size) | 1 MiB | 400, `Part exceeded maximum size of 1024KB.` or `Field exceeded …` |
/// | [`max_file_size`](Self::max_file_size) | none | 413, `Content Too Large` |
/// | [`max_memory`](Self::max_memory) | 1 MiB | none: larger files are in a temporary directory |
///
/// The size of the whole body is limited by axum's [`DefaultBodyLimit`](axum::extract::DefaultBodyLimit), 2 MB by default. For
/// uploads it usually has to be larger:
///
/// ```
/// use axum::{Router, extract::DefaultBodyLimit, routing::post};
/// use axum_exception::{
///     ErrorHandlingLayer,
///     extract::{Form, FormLimits},
/// };
/// # #[derive(serde::Deserialize)]
/// # struct Upload {}
///
/// async fn upload(Form(_upload): Form<Upload>) {}
///
/// let app: Router = Router::new()
///     .route("/upload", post(upload))
///     .layer(DefaultBodyLimit::max(100 * 1024 * 1024))
///     .layer(FormLimits::new().max_files(10).max_file_size(20 * 1024 * 1024))
///     .layer(ErrorHandlingLayer::new());
/// ```
#[derive(Clone, Debug)]
pub struct FormLimits {
    pub(super) fields: usize,
    pub(super) files: usize,
    pub(super) field_size: usize,
    pub(super) file_size: Option<u64>,
    pub(super) memory: usize,
}

impl Default for FormLimits {
    fn default() -> Self {
        Self::new()
    }
}

impl FormLimits {
    /// Creates FastAPI's limits.
    #[must_use]
    pub fn new() -> Self {
        Self { fields: 1000, files: 1000, field_size: 1024 * 1024, file_size: None, memory: 1024 * 1024 }
    }

    /// Limits the number of fields that are not files.
    #[must_use]
    pub fn max_fields(mut self, fields: usize) -> Self {
        self.fields = fields;
        self
    }

    /// Limits the number of files.
    #[must_use]
    pub fn max_files(mut self, files: usize) -> Self {
        self.files = files;
        self
    }

    /// Limits the bytes of a field that is not a file.
    #[must_use]
    pub fn max_field_size(mut self, bytes: usize) -> Self {
        self.field_size = bytes;
        self
    }

    /// Limits the bytes of a file.
    #[must_use]
    pub fn max_file_size(mut self, bytes: u64) -> Self {
        self.file_size = Some(bytes);
        self
    }

    /// Limits the bytes of all files of a form that are kept in memory.
    ///
    /// A file that does not fit is written to a temporary file, which is deleted with the last clone of its
    /// `UploadFile`. Files of up to 16 KiB are always kept in memory.
    #[must_use]
    pub fn max_memory(mut self, bytes: usize) -> Self {
        self.memory = bytes;
        self
    }

    pub(super) fn of(extensions: &Extensions) -> Self {
        extensions.get().cloned().unwrap_or_default()
    }
}

impl<S> Layer<S> for FormLimits {
    type Service = AddExtension<S, Self>;

    fn layer(&self, inner: S) -> Self::Service {
        Extension(self.clone()).layer(inner)
    }
}
