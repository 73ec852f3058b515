//! Requests of a model's client and a server's results: tags, unions, and `flatten` nearly everywhere.

use mcp_schema::{
    CallToolResult, ClientNotification, ClientRequest, CreateMessageParams, GetPromptResult,
    InitializeResult, JSONRPCRequest, JSONRPCResponse, ListResourcesResult, ListToolsResult,
    ReadResourceResult,
};

use crate::{subject::Subject, subjects};

type Sampling = JSONRPCRequest<CreateMessageParams>;
type Tools = JSONRPCResponse<ListToolsResult>;

/// Returns the types of the crate.
pub fn subjects() -> Vec<Subject> {
    subjects![
        tricky ClientRequest = [COMPLETE, INITIALIZE, LEVEL],
        tricky ClientNotification = [PROGRESS],
        tricky Sampling = [SAMPLING],
        tricky Tools = [TOOLS],
        tricky CallToolResult = [CALLED],
        tricky GetPromptResult = [PROMPT],
        tricky ListResourcesResult = [RESOURCES],
        tricky ReadResourceResult = [r#"{"contents":[{"uri":"file:///a","mimeType":"text/plain","text":"A"},{"uri":"file:///b","blob":"Qg=="}]}"#],
        tricky InitializeResult = [INITIALIZED],
    ]
}

const COMPLETE: &str = r#"{
  "method": "completion/complete", "jsonrpc": "2.0", "id": 1,
  "params": {"ref": {"type": "ref/prompt", "name": "code"}, "argument": {"name": "language", "value": "py"}, "note": "x"}
}"#;

const INITIALIZE: &str = r#"{
  "jsonrpc": "2.0", "id": "a-1", "method": "initialize",
  "params": {
    "protocolVersion": "2024-11-05",
    "capabilities": {"roots": {"listChanged": true}, "sampling": {}, "experimental": {"x": 1}},
    "clientInfo": {"name": "ed", "version": "1.0"}
  }
}"#;

const LEVEL: &str =
    r#"{"jsonrpc": "2.0", "id": 3, "params": {"level": "warning"}, "method": "logging/setLevel"}"#;

const PROGRESS: &str = r#"{
  "jsonrpc": "2.0", "method": "notifications/progress",
  "params": {"progressToken": "t1", "progress": 0.5, "total": 1.0, "note": "half"}
}"#;

const SAMPLING: &str = r#"{
  "jsonrpc": "2.0", "method": "sampling/createMessage", "id": 5,
  "params": {
    "messages": [
      {"role": "user", "content": {"type": "text", "text": "Hi", "annotations": {"audience": ["user"], "priority": 0.5}}},
      {"role": "assistant", "content": {"type": "image", "data": "aGk=", "mimeType": "image/png"}}
    ],
    "modelPreferences": {"hints": [{"name": "sonnet"}], "costPriority": 0.1, "speedPriority": 0.9},
    "systemPrompt": "Be brief", "temperature": 0.7, "maxTokens": 100, "stopSequences": ["END"], "metadata": {"k": 1}
  }
}"#;

const TOOLS: &str = r#"{
  "jsonrpc": "2.0", "id": 6,
  "result": {
    "nextCursor": "page2",
    "tools": [
      {
        "name": "brew", "title": "Brew", "description": "Brews tea",
        "inputSchema": {"type": "object", "properties": {"cups": {"type": "integer"}}, "required": ["cups"]},
        "annotations": {"title": "Brew", "readOnlyHint": false, "idempotentHint": true}
      },
      {"name": "pour", "inputSchema": {"type": "object"}, "color": "green"}
    ]
  }
}"#;

const CALLED: &str = r#"{
  "content": [
    {"type": "text", "text": "done", "annotations": {"priority": 1.0}},
    {"type": "image", "data": "aGk=", "mimeType": "image/png"},
    {"type": "resource", "resource": {"uri": "file:///a", "mimeType": "text/plain", "text": "A"}}
  ],
  "isError": false, "structuredContent": {"cups": 2}, "extra": 1
}"#;

const PROMPT: &str = r#"{
  "description": "A review",
  "messages": [
    {"role": "user", "content": {"type": "text", "text": "Review this"}},
    {"role": "assistant", "content": {"type": "resource", "resource": {"uri": "file:///b", "blob": "Qg=="}}}
  ]
}"#;

const RESOURCES: &str = r#"{
  "resources": [
    {"uri": "file:///a", "name": "A", "mimeType": "text/plain", "annotations": {"audience": ["user", "assistant"], "priority": 0.2}, "size": 12},
    {"uri": "file:///b", "name": "B", "description": "the second"}
  ],
  "nextCursor": "c"
}"#;

const INITIALIZED: &str = r#"{
  "protocolVersion": "2024-11-05",
  "capabilities": {"logging": {}, "prompts": {"listChanged": true}, "resources": {"subscribe": true, "listChanged": false}, "tools": {}},
  "serverInfo": {"name": "kettle", "version": "2.0"},
  "instructions": "Boil first"
}"#;
