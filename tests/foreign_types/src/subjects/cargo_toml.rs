//! Manifests: untagged dependencies, inherited fields, profiles under any name.

use cargo_toml::{Dependency, Inheritable, Manifest, Profiles, Publish};

use crate::{subject::Subject, subjects};

type Publishing = Inheritable<Publish>;

/// Returns the types of the crate.
pub fn subjects() -> Vec<Subject> {
    subjects![
        tricky Manifest = [MANIFEST, WORKSPACE],
        tricky Profiles = [r#"{"release":{"opt-level":3,"lto":"thin","codegen-units":1,"strip":true},
            "fast":{"inherits":"release","debug":"full","panic":"abort","overflow-checks":false}}"#],
        tricky Dependency = [r#""^1.2""#, r#"{"version":"1","features":["derive"],"optional":true,"default-features":false}"#],
        tricky Publishing = [r#"["internal"]"#, "false", r#"{"workspace":true}"#],
    ]
}

const MANIFEST: &str = r#"{
  "package": {
    "name": "tea", "version": "0.1.0", "edition": "2021", "rust-version": "1.85", "authors": ["Rick"],
    "description": {"workspace": true}, "keywords": ["tea", "pot"], "readme": "README.md", "publish": ["internal"],
    "license": "MIT", "autobins": false, "resolver": "2", "metadata": {"docs": {"all": true}}
  },
  "dependencies": {
    "serde": "1",
    "tokio": {"version": "1.4", "features": ["full"], "optional": true},
    "cup": {"workspace": true, "features": ["handle"]},
    "local": {"path": "../local", "default-features": false}
  },
  "dev-dependencies": {"rand": "0.9"},
  "target": {"cfg(unix)": {"dependencies": {"libc": "0.2"}}},
  "features": {"default": ["pot"], "pot": ["dep:tokio"]},
  "lib": {"name": "tea", "path": "src/lib.rs", "crate-type": ["rlib"], "doctest": false},
  "bin": [{"name": "pot", "path": "src/pot.rs", "required-features": ["pot"]}],
  "profile": {"dev": {"debug": 1, "incremental": true}},
  "lints": {"rust": {"unsafe_code": "forbid", "missing_docs": {"level": "warn", "priority": -1}}}
}"#;

const WORKSPACE: &str = r#"{
  "workspace": {
    "members": ["tea", "cups/*"], "default-members": ["tea"], "exclude": ["old"], "resolver": "3",
    "package": {"version": "1.0.0", "edition": "2024", "authors": ["Rick"], "publish": false, "rust-version": "1.85"},
    "dependencies": {"serde": {"version": "1.0", "features": ["derive"]}, "url": "2"},
    "lints": {"clippy": {"all": "deny"}}
  },
  "patch": {"crates-io": {"serde": {"git": "https://example.com/serde", "branch": "main"}}}
}"#;
