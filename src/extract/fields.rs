//! The fields of a form, in either encoding.

use std::sync::Arc;

use axum::{body::Bytes, http::request::Parts};

use super::{
    fast_path::Pair,
    form_limits::{MAX_FIELD_BYTES, MAX_FIELDS},
    multipart,
    strings::{LAST, document_of},
};
use crate::{
    exception::{Exception, HttpException},
    value::Value,
};

/// The fields of a form.
#[derive(Clone)]
pub(super) enum Fields {
    /// The encoded fields, as in a query string.
    Urlencoded(Bytes),
    Multipart(Arc<[(String, String)]>),
}

impl Fields {
    pub(super) async fn multipart(parts: Parts, bytes: Bytes) -> Result<Self, Exception> {
        let fields = multipart::fields(parts, bytes).await.map_err(bad_request)?;
        Ok(Self::Multipart(fields.into()))
    }

    /// Returns the names and values.
    ///
    /// # Errors
    ///
    /// Returns Starlette's exception for a form that is too large.
    pub(super) fn pairs(&self) -> Result<Vec<Pair<'_>>, Exception> {
        match self {
            Self::Urlencoded(bytes) => urlencoded(bytes).map_err(bad_request),
            Self::Multipart(fields) => {
                Ok(fields.iter().map(|(name, value)| (name.as_str().into(), value.as_str().into())).collect())
            }
        }
    }

    /// Returns all fields as a value that can be shown.
    pub(super) fn document(&self) -> Option<Value> {
        let pairs = self.pairs().ok()?;
        Some(document_of(&pairs, LAST))
    }
}

/// Decodes the fields of a form within Starlette's limits.
fn urlencoded(bytes: &[u8]) -> Result<Vec<Pair<'_>>, &'static str> {
    let fields = bytes.split(|&byte| byte == b'&').filter(|field| !field.is_empty());
    for (place, field) in fields.enumerate() {
        // The encoded name and value, without the `=` between them.
        if field.len() - usize::from(field.contains(&b'=')) > MAX_FIELD_BYTES {
            return Err("Field exceeded maximum size of 1024KB.");
        }
        if place >= MAX_FIELDS {
            return Err("Too many fields. Maximum number of fields is 1000.");
        }
    }
    Ok(form_urlencoded::parse(bytes).collect())
}

fn bad_request(reason: &'static str) -> Exception {
    HttpException::bad_request().with_detail(reason).into()
}
