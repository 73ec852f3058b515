//! The errors of several lists as one.

use super::body_cell::BodyCell;
use crate::{
    exception::{ErrorReport, RequestValidationError},
    report::ErrorDetail,
    value::Value,
};

/// The errors of several lists, in their order.
pub(super) struct MergedErrors {
    lists: Vec<RequestValidationError>,
    /// The body, if none of the lists has one.
    body: BodyCell,
}

impl MergedErrors {
    pub(super) fn new(lists: Vec<RequestValidationError>, body: BodyCell) -> Self {
        Self { lists, body }
    }
}

impl ErrorReport for MergedErrors {
    fn errors(&self) -> Vec<ErrorDetail> {
        self.lists.iter().flat_map(RequestValidationError::errors).cloned().collect()
    }

    fn write_json(&self, out: &mut String) {
        let start = out.len();
        let mut list = String::new();
        for each in &self.lists {
            list.clear();
            each.write_json(&mut list);
            let errors = list.strip_prefix('[').and_then(|list| list.strip_suffix(']')).unwrap_or_default();
            if !errors.is_empty() {
                out.push(if out.len() == start { '[' } else { ',' });
                out.push_str(errors);
            }
        }
        if out.len() == start {
            out.push('[');
        }
        out.push(']');
    }

    fn body(&self) -> Option<Value> {
        self.lists.iter().find_map(|list| list.body().cloned()).or_else(|| self.body.value())
    }
}
