//! OpenAPI again, as other types: a union of references and values around everything.

use openapiv3::{OpenAPI, Operation, Parameter, ReferenceOr, Responses, Schema, SecurityScheme, Server};

use crate::{subject::Subject, subjects};

type SchemaOrReference = ReferenceOr<Schema>;

/// Returns the types of the crate.
pub fn subjects() -> Vec<Subject> {
    subjects![
        tricky OpenAPI = [OPENAPI],
        tricky Operation = [OPERATION],
        tricky Schema = [SCHEMA, r#"{"anyOf":[{"type":"string","enum":["a","b"]},{"type":"number","maximum":9.5}],"nullable":true}"#],
        tricky SchemaOrReference = [r##"{"$ref":"#/components/schemas/Cup"}"##, r#"{"type":"boolean"}"#],
        tricky Parameter = [r#"{"in":"query","name":"tags","style":"pipeDelimited","explode":false,"schema":{"type":"array","items":{"type":"string"}}}"#],
        tricky Responses = [r#"{"default":{"description":"bad"},"200":{"description":"ok","content":{"text/plain":{"example":"a"}}},"4XX":{"description":"no"}}"#],
        tricky SecurityScheme = [
            r#"{"type":"apiKey","in":"header","name":"X-Key"}"#,
            r#"{"type":"oauth2","flows":{"implicit":{"authorizationUrl":"https://example.com/a","scopes":{"tea":"all"}}}}"#,
        ],
        tricky Server = [r#"{"url":"https://{host}","variables":{"host":{"default":"a","enum":["a","b"]}},"x-live":true}"#],
    ]
}

const OPENAPI: &str = r##"{
  "openapi": "3.0.3",
  "info": {"title": "Tea", "version": "1.0", "contact": {"name": "Rick"}, "license": {"name": "MIT", "url": "https://example.com"}},
  "servers": [{"url": "/v1"}],
  "paths": {
    "/cups": {
      "summary": "Cups",
      "parameters": [{"$ref": "#/components/parameters/Limit"}, {"in": "header", "name": "X-Trace", "required": false, "schema": {"type": "string", "format": "uuid"}}],
      "post": {
        "operationId": "add_cup",
        "requestBody": {"required": true, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Cup"}}}},
        "responses": {"201": {"description": "added", "headers": {"Location": {"schema": {"type": "string"}}}}, "default": {"$ref": "#/components/responses/Error"}}
      }
    }
  },
  "components": {
    "schemas": {
      "Cup": {"type": "object", "required": ["size"], "properties": {"size": {"type": "integer", "minimum": 1, "exclusiveMaximum": true}, "owner": {"$ref": "#/components/schemas/Person"}}},
      "Person": {"allOf": [{"type": "object", "additionalProperties": {"type": "string"}}], "description": "who"}
    },
    "securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "k"}}
  },
  "security": [{"key": []}],
  "tags": [{"name": "cups", "description": "all cups"}]
}"##;

const OPERATION: &str = r#"{
  "tags": ["cups"], "summary": "Lists cups", "deprecated": true,
  "parameters": [{"in": "path", "name": "id", "required": true, "style": "simple", "schema": {"type": "integer", "format": "int64"}}],
  "responses": {"200": {"description": "cups", "content": {"application/json": {"schema": {"type": "array", "items": {"type": "object"}, "maxItems": 9}}}}},
  "callbacks": {"poured": {"{$request.body#/url}": {"post": {"responses": {"200": {"description": "ok"}}}}}},
  "servers": [{"url": "/old", "description": "old"}]
}"#;

const SCHEMA: &str = r#"{
  "type": "object", "title": "Pot", "nullable": false, "minProperties": 1,
  "properties": {
    "volume": {"type": "number", "format": "double", "multipleOf": 0.5, "default": 1.5},
    "lid": {"type": "boolean", "readOnly": true},
    "teas": {"type": "array", "items": {"type": "string", "minLength": 2, "pattern": "^[a-z]+$"}, "uniqueItems": true}
  },
  "required": ["volume"], "additionalProperties": false, "discriminator": {"propertyName": "kind", "mapping": {"a": "b"}}, "x-order": 3
}"#;
