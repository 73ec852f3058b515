//! The types under test, with valid documents.

mod async_openai;
mod cargo_metadata;
mod cargo_toml;
mod docker_compose;
mod geojson;
mod json_patch;
mod jsonwebtoken;
mod lsp_types;
mod mcp_schema;
mod okapi;
mod openapiv3;
mod twilight_model;

use crate::subject::Group;

/// Returns the types of all crates.
pub fn groups() -> Vec<Group> {
    vec![
        Group { name: "async-openai", subjects: async_openai::subjects() },
        Group { name: "cargo_metadata", subjects: cargo_metadata::subjects() },
        Group { name: "cargo_toml", subjects: cargo_toml::subjects() },
        Group { name: "docker-compose-types", subjects: docker_compose::subjects() },
        Group { name: "geojson", subjects: geojson::subjects() },
        Group { name: "json-patch", subjects: json_patch::subjects() },
        Group { name: "jsonwebtoken", subjects: jsonwebtoken::subjects() },
        Group { name: "lsp-types", subjects: lsp_types::subjects() },
        Group { name: "mcp-schema", subjects: mcp_schema::subjects() },
        Group { name: "okapi", subjects: okapi::subjects() },
        Group { name: "openapiv3", subjects: openapiv3::subjects() },
        Group { name: "twilight-model", subjects: twilight_model::subjects() },
    ]
}
