//! The errors in one source of a request, made only when they are asked for.

use axum::body::Bytes;

use crate::{exception::ErrorReport, explain::Report, json::decode, report::ErrorDetail, value::Value};

/// The errors in one source of a request.
pub(super) struct SourceErrors {
    report: Report<'static>,
    body: BodyShown,
}

/// The body that exception handlers can show.
pub(super) enum BodyShown {
    /// The source is not the body.
    None,
    /// The fields of a form.
    Fields,
    /// A JSON document. If it is invalid it is shown as a string.
    Document(Bytes),
    /// A body without a document.
    String(Bytes),
}

impl SourceErrors {
    pub(super) fn new(report: Report<'static>, body: BodyShown) -> Self {
        Self { report, body }
    }
}

impl ErrorReport for SourceErrors {
    fn errors(&self) -> Vec<ErrorDetail> {
        self.report.errors()
    }

    fn write_json(&self, out: &mut String) {
        self.report.write(out);
    }

    fn body(&self) -> Option<Value> {
        match &self.body {
            BodyShown::None => None,
            BodyShown::String(bytes) if bytes.is_empty() => None,
            BodyShown::String(bytes) => Some(String::from_utf8_lossy(bytes).into()),
            BodyShown::Fields => self.report.document(),
            BodyShown::Document(bytes) => {
                self.report.document().or_else(|| decode(bytes).ok().map(Value::from))
            }
        }
    }
}
