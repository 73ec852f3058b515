//! What `cargo` writes: derives, versions, and a few conversions.

use cargo_metadata::{Dependency, Metadata, Target, diagnostic::Diagnostic};

use crate::{subject::Subject, subjects};

/// Returns the types of the crate.
pub fn subjects() -> Vec<Subject> {
    subjects![
        tricky Metadata = [METADATA],
        plain Diagnostic = [DIAGNOSTIC],
        tricky Dependency = [DEPENDENCY],
        tricky Target = [r#"{"name":"tea","kind":["lib","cdylib"],"crate_types":["lib"],"src_path":"/tea/src/lib.rs",
            "edition":"2021","doctest":false,"test":true,"doc":true,"required-features":["pot"]}"#],
    ]
}

const METADATA: &str = r#"{
  "packages": [{
    "name": "tea", "version": "1.2.3", "authors": ["Rick <rick@example.com>"], "id": "path+file:///tea#1.2.3", "source": null,
    "description": "Makes tea", "license": "MIT", "license_file": null,
    "dependencies": [{
      "name": "serde", "source": "registry+https://github.com/rust-lang/crates.io-index", "req": "^1.0", "kind": null,
      "optional": false, "uses_default_features": true, "features": ["derive"], "target": "cfg(unix)", "rename": null, "registry": null
    }],
    "targets": [{"name": "tea", "kind": ["lib"], "crate_types": ["lib"], "src_path": "/tea/src/lib.rs", "edition": "2024", "doctest": true, "test": true, "doc": true}],
    "features": {"default": ["pot"], "pot": []},
    "manifest_path": "/tea/Cargo.toml", "categories": [], "keywords": ["tea"], "readme": "README.md", "repository": "https://example.com/tea",
    "homepage": null, "documentation": null, "edition": "2024", "metadata": {"docs": {"all-features": true}}, "links": null, "publish": ["internal"],
    "default_run": null, "rust_version": "1.85"
  }],
  "workspace_members": ["path+file:///tea#1.2.3"],
  "workspace_default_members": ["path+file:///tea#1.2.3"],
  "resolve": {
    "nodes": [{
      "id": "path+file:///tea#1.2.3", "dependencies": ["serde"], "features": ["default"],
      "deps": [{"name": "serde", "pkg": "serde", "dep_kinds": [{"kind": "dev", "target": null}, {"kind": null, "target": "x86_64-unknown-linux-gnu"}]}]
    }],
    "root": "path+file:///tea#1.2.3"
  },
  "target_directory": "/tea/target",
  "version": 1,
  "workspace_root": "/tea",
  "metadata": null
}"#;

const DIAGNOSTIC: &str = r#"{
  "message": "mismatched types",
  "code": {"code": "E0308", "explanation": "Expected type did not match the received type."},
  "level": "error",
  "spans": [{
    "file_name": "src/main.rs", "byte_start": 10, "byte_end": 14, "line_start": 2, "line_end": 2, "column_start": 5, "column_end": 9,
    "is_primary": true, "text": [{"text": "let x: u8 = \"a\";", "highlight_start": 13, "highlight_end": 16}],
    "label": "expected `u8`", "suggested_replacement": null, "suggestion_applicability": "MaybeIncorrect",
    "expansion": {
      "span": {
        "file_name": "src/macros.rs", "byte_start": 1, "byte_end": 2, "line_start": 1, "line_end": 1, "column_start": 1, "column_end": 2,
        "is_primary": false, "text": [], "label": null, "suggested_replacement": null, "suggestion_applicability": null, "expansion": null
      },
      "macro_decl_name": "brew!", "def_site_span": null
    }
  }],
  "children": [{"message": "expected due to this", "code": null, "level": "note", "spans": [], "children": [], "rendered": null}],
  "rendered": "error[E0308]"
}"#;

const DEPENDENCY: &str = r#"{
  "name": "rand", "source": null, "req": ">=0.8, <0.10", "kind": "build", "optional": true, "uses_default_features": false,
  "features": [], "target": null, "rename": "dice", "registry": null, "path": "/rand"
}"#;
