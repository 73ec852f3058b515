//! The fields of a form, in either encoding.

#[cfg(feature = "multipart")]
use std::sync::Arc;

use axum::body::Bytes;

use super::{
    super::{
        fast_path::Pair,
        strings::{LAST, PlacedFile, document_of},
    },
    limits::FormLimits,
};
#[cfg(feature = "multipart")]
use super::{multipart::Multipart, upload_file::UploadFile};
use crate::{
    exception::{Exception, HttpException},
    value::Value,
};

/// The fields of a form.
#[derive(Clone)]
pub(in crate::extract) enum Fields {
    /// The encoded fields, as in a query string, with their limits.
    Urlencoded(Bytes, FormLimits),
    #[cfg(feature = "multipart")]
    Multipart(Multipart),
}

impl Fields {
    /// Returns the names and strings. A file is an empty string.
    ///
    /// # Errors
    ///
    /// Returns Starlette's exception for a form that is too large.
    pub(super) fn pairs(&self) -> Result<Vec<Pair<'_>>, Exception> {
        match self {
            Self::Urlencoded(bytes, limits) => urlencoded(bytes, limits),
            #[cfg(feature = "multipart")]
            Self::Multipart(form) => Ok(form.pairs()),
        }
    }

    /// Returns the files, and which of the pairs they are.
    pub(super) fn files(&self) -> Vec<PlacedFile> {
        match self {
            Self::Urlencoded(..) => Vec::new(),
            #[cfg(feature = "multipart")]
            Self::Multipart(form) => form.placed_files(),
        }
    }

    /// Returns the files that were uploaded.
    #[cfg(feature = "multipart")]
    pub(super) fn uploaded(&self) -> Arc<[UploadFile]> {
        match self {
            Self::Urlencoded(..) => Arc::default(),
            Self::Multipart(form) => form.files().clone(),
        }
    }

    /// Returns all fields as a value that can be shown.
    pub(in crate::extract) fn document(&self) -> Option<Value> {
        let pairs = self.pairs().ok()?;
        Some(document_of(&pairs, &self.files(), LAST))
    }
}

/// Decodes the fields of a form.
fn urlencoded<'a>(bytes: &'a [u8], limits: &FormLimits) -> Result<Vec<Pair<'a>>, Exception> {
    let fields = bytes.split(|&byte| byte == b'&').filter(|field| !field.is_empty());
    for (place, field) in fields.enumerate() {
        // The encoded name and value, without the `=` between them.
        if field.len() - usize::from(field.contains(&b'=')) > limits.field_size {
            let kilobytes = limits.field_size / 1024;
            return Err(bad_request(format!("Field exceeded maximum size of {kilobytes}KB.")));
        }
        if place >= limits.fields {
            return Err(too_many_fields(limits));
        }
    }
    Ok(form_urlencoded::parse(bytes).collect())
}

pub(super) fn too_many_fields(limits: &FormLimits) -> Exception {
    bad_request(format!("Too many fields. Maximum number of fields is {}.", limits.fields))
}

pub(super) fn bad_request(reason: impl Into<String>) -> Exception {
    HttpException::bad_request().with_detail(reason.into()).into()
}
