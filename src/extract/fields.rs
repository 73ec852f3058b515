//! The fields of a form, in whichever of its encodings they came.

use std::sync::Arc;

use axum::{body::Bytes, http::request::Parts};

use super::{
    multipart,
    texts::{LAST, Pair, document_of},
};
use crate::{
    exception::{Exception, HttpException},
    value::Value,
};

/// Starlette's limit on the fields of a form, and on the files of a multipart form.
pub(super) const MAX_FIELDS: usize = 1000;

/// Starlette's limit on the bytes of a field.
pub(super) const MAX_FIELD_BYTES: usize = 1024 * 1024;

/// The fields of a form.
#[derive(Clone)]
pub(super) enum Fields {
    /// As they were sent, encoded like a query string.
    Urlencoded(Bytes),
    Multipart(Arc<[(String, String)]>),
}

impl Fields {
    pub(super) async fn multipart(parts: Parts, bytes: Bytes) -> Result<Self, Exception> {
        let fields = multipart::fields(parts, bytes).await.map_err(refused)?;
        Ok(Self::Multipart(fields.into()))
    }

    pub(super) fn is_empty(&self) -> bool {
        match self {
            Self::Urlencoded(bytes) => bytes.is_empty(),
            Self::Multipart(fields) => fields.is_empty(),
        }
    }

    /// Starlette says of a form that it cannot read what is wrong with it.
    pub(super) fn pairs(&self) -> Result<Vec<Pair<'_>>, Exception> {
        match self {
            Self::Urlencoded(bytes) => urlencoded(bytes).map_err(refused),
            Self::Multipart(fields) => {
                Ok(fields.iter().map(|(name, text)| (name.as_str().into(), text.as_str().into())).collect())
            }
        }
    }

    /// All fields, whatever type they are for.
    pub(super) fn document(&self) -> Option<Value> {
        let pairs = self.pairs().ok()?;
        Some(document_of(&pairs, LAST))
    }
}

/// The fields of a form, within Starlette's limits.
fn urlencoded(bytes: &[u8]) -> Result<Vec<Pair<'_>>, &'static str> {
    let fields = bytes.split(|&byte| byte == b'&').filter(|field| !field.is_empty());
    for (place, field) in fields.enumerate() {
        // Name and text as they were sent, without the `=` between them.
        if field.len() - usize::from(field.contains(&b'=')) > MAX_FIELD_BYTES {
            return Err("Field exceeded maximum size of 1024KB.");
        }
        if place >= MAX_FIELDS {
            return Err("Too many fields. Maximum number of fields is 1000.");
        }
    }
    Ok(form_urlencoded::parse(bytes).collect())
}

fn refused(reason: &'static str) -> Exception {
    HttpException::bad_request().with_detail(reason).into()
}
