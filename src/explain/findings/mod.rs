//! What rules found, as errors of the document: where each finding belongs, and whether it counts.

mod lookups;
mod place;
mod placement;
mod report;
mod rust_names;
mod wording;

pub(crate) use self::placement::{FieldSpelling, Placement};
