//! OpenAPI, and the schemas of `schemars`: every struct flattens its extensions.

use okapi::{
    openapi3::{Example, OpenApi, Parameter, PathItem, SecurityScheme},
    schemars::schema::{RootSchema, SchemaObject},
};

use crate::{subject::Subject, subjects};

/// Returns the types of the crate.
pub fn subjects() -> Vec<Subject> {
    subjects![
        tricky OpenApi = [OPENAPI],
        tricky PathItem = [r#"{"summary":"Cups","get":{"responses":{"200":{"description":"ok"}}},"servers":[{"url":"/","variables":{"v":{"default":"1"}}}]}"#],
        tricky Parameter = [r#"{"name":"limit","in":"query","required":false,"style":"form","explode":true,"schema":{"type":"integer","maximum":9}}"#],
        tricky SecurityScheme = [
            r#"{"type":"http","scheme":"bearer","bearerFormat":"JWT","description":"a token"}"#,
            r#"{"type":"oauth2","flows":{"clientCredentials":{"tokenUrl":"https://example.com/t","scopes":{"tea":"all teas"}}}}"#,
        ],
        tricky Example = [r#"{"summary":"One","externalValue":"https://example.com/1"}"#],
        tricky SchemaObject = [SCHEMA],
        tricky RootSchema = [r##"{"$schema":"http://json-schema.org/draft-07/schema#","title":"Tea","type":["object","null"],"definitions":{"Cup":{"enum":[1,2]}}}"##],
    ]
}

const OPENAPI: &str = r##"{
  "openapi": "3.0.3",
  "info": {"title": "Tea", "version": "1", "contact": {"name": "Rick", "email": "rick@example.com"}, "license": {"name": "MIT"}, "x-owner": "rick"},
  "servers": [{"url": "https://example.com", "description": "live"}],
  "paths": {
    "/cups/{id}": {
      "get": {
        "tags": ["cups"], "operationId": "get_cup", "deprecated": false,
        "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string", "minLength": 1}}, {"$ref": "#/components/parameters/Limit"}],
        "responses": {
          "200": {"description": "a cup", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Cup"}, "example": {"size": 1}}}},
          "default": {"$ref": "#/components/responses/Error"}
        },
        "security": [{"token": ["read"]}]
      },
      "put": {
        "requestBody": {"description": "new", "required": true, "content": {"application/json": {"schema": {"type": "object"}}}},
        "responses": {"204": {"description": "done", "headers": {"X-Id": {"required": true, "schema": {"type": "integer"}}}}}
      }
    }
  },
  "components": {
    "schemas": {"Cup": {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer", "format": "int32", "minimum": 1}}, "additionalProperties": false}},
    "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}}
  },
  "tags": [{"name": "cups", "externalDocs": {"url": "https://example.com/docs"}}]
}"##;

const SCHEMA: &str = r#"{
  "title": "Order", "type": "object", "required": ["id"], "maxProperties": 5,
  "properties": {
    "id": {"type": ["integer", "null"], "multipleOf": 2.5},
    "items": {"type": "array", "items": [{"type": "string", "pattern": "^a"}, true], "minItems": 1, "uniqueItems": true},
    "kind": {"oneOf": [{"const": 1}, {"enum": ["a", 2, null]}], "not": {"type": "boolean"}}
  },
  "if": {"properties": {"id": {}}}, "then": false, "x-note": 1
}"#;
