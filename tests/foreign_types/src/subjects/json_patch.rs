//! Operations on a document: a tag, and pointers that are checked.

use json_patch::{Patch, PatchOperation};

use crate::{subject::Subject, subjects};

/// Returns the types of the crate.
pub fn subjects() -> Vec<Subject> {
    subjects![
        tricky Patch = [PATCH],
        tricky PatchOperation = [r#"{"op":"copy","from":"/a","path":"/b/0"}"#, r#"{"path":"/x","value":null,"op":"test"}"#],
    ]
}

const PATCH: &str = r#"[
  {"op": "test", "path": "/a", "value": 1},
  {"op": "add", "path": "/list/-", "value": {"b": [1, 2]}},
  {"op": "remove", "path": "/c~1d"},
  {"op": "replace", "path": "", "value": null},
  {"op": "move", "from": "/e", "path": "/f"}
]"#;
