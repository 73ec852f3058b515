//! A cell for the body of a request that fails for another reason, so that exception handlers can show the
//! body.

use std::sync::{Arc, OnceLock};

use axum::body::Bytes;

use super::form::Fields;
use crate::{
    json::{decode, echo},
    value::Value,
};

/// A cell that the extractor of the body fills. It travels in the extensions of the request.
#[derive(Clone, Default)]
pub(super) struct BodyCell(Arc<OnceLock<BodyContent>>);

/// A body, by the way it is read.
pub(super) enum BodyContent {
    Json(Bytes),
    /// A body that is not JSON, read as one string.
    String(Bytes),
    Form(Fields),
}

impl BodyCell {
    pub(super) fn set(&self, content: BodyContent) {
        // Only one extractor can read the body.
        let _ = self.0.set(content);
    }

    /// Returns the body as a value, if there is one and it can be read.
    pub(super) fn value(&self) -> Option<Value> {
        match self.0.get()? {
            BodyContent::Json(bytes) if bytes.is_empty() => None,
            BodyContent::Json(bytes) => echo(&decode(bytes).ok()?).ok(),
            BodyContent::String(bytes) if bytes.is_empty() => None,
            BodyContent::String(bytes) => Some(String::from_utf8_lossy(bytes).into()),
            BodyContent::Form(fields) => fields.document(),
        }
    }
}
