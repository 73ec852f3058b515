//! The place where the content of a file is kept while it is received: memory, or a temporary file.

use std::io;

use axum::{body::Bytes, extract::multipart::Field};
use tempfile::{NamedTempFile, TempPath};
use tokio::{fs::File, io::AsyncWriteExt as _};

use super::{limits::FormLimits, multipart::invalid, upload_file::UploadFile};
use crate::exception::{Exception, HttpException};

/// The size up to which a file is always kept in memory, so that many small files are not many files on disk.
const SMALL: usize = 16 * 1024;

/// The content of a file.
pub(super) enum Content {
    Memory(Bytes),
    /// A file that is deleted when the path is dropped.
    Disk(TempPath),
}

/// Receives the files of a form within the limits.
pub(super) struct Spool<'a> {
    limits: &'a FormLimits,
    /// The bytes of memory that are left.
    memory: usize,
}

impl<'a> Spool<'a> {
    pub(super) fn new(limits: &'a FormLimits) -> Self {
        Self { limits, memory: limits.memory }
    }

    /// Receives a file.
    ///
    /// # Errors
    ///
    /// Returns the exception for an invalid form, for a file that is too large, and for a file that could not be written.
    pub(super) async fn receive(&mut self, mut field: Field<'_>) -> Result<UploadFile, Exception> {
        let filename = field.file_name().unwrap_or_default().to_owned();
        let headers = field.headers().clone();
        let mut size = 0;
        let mut memory = Vec::new();
        let mut disk = None;
        while let Some(chunk) = field.chunk().await.map_err(invalid)? {
            size += chunk.len() as u64;
            if self.limits.file_size.is_some_and(|most| size > most) {
                return Err(HttpException::content_too_large().into());
            }
            let fits = memory.len() + chunk.len() <= self.memory.max(SMALL);
            if disk.is_none() && fits {
                memory.extend_from_slice(&chunk);
                continue;
            }
            let file = match &mut disk {
                Some(file) => file,
                None => {
                    let mut file = TemporaryFile::create().await?;
                    file.open.write_all(&std::mem::take(&mut memory)).await?;
                    disk.insert(file)
                }
            };
            file.open.write_all(&chunk).await?;
        }
        let content = match disk {
            Some(file) => Content::Disk(file.close().await?),
            None => {
                self.memory = self.memory.saturating_sub(memory.len());
                Content::Memory(memory.into())
            }
        };
        Ok(UploadFile::received(filename, headers, size, content))
    }
}

/// A temporary file that is written.
struct TemporaryFile {
    open: File,
    path: TempPath,
}

impl TemporaryFile {
    async fn create() -> io::Result<Self> {
        // tokio's functions panic outside of its runtime.
        let runtime = tokio::runtime::Handle::try_current().map_err(io::Error::other)?;
        let (file, path) = runtime.spawn_blocking(NamedTempFile::new).await??.into_parts();
        Ok(Self { open: File::from_std(file), path })
    }

    /// Closes the file, so that it does not take a descriptor until it is read.
    async fn close(mut self) -> io::Result<TempPath> {
        self.open.flush().await?;
        Ok(self.path)
    }
}
