//! An editor and a language server: plain derives, untagged unions, flattened options.

use lsp_types::{
    CodeAction, CompletionItem, Diagnostic, DidChangeTextDocumentParams, DocumentSymbol, FormattingOptions,
    Hover, InitializeParams, InlayHint, LocationLink, SignatureHelp, WorkspaceEdit,
};

use crate::{subject::Subject, subjects};

/// Returns the types of the crate.
pub fn subjects() -> Vec<Subject> {
    subjects![
        tricky CompletionItem = [COMPLETION],
        tricky CodeAction = [ACTION],
        tricky Diagnostic = [DIAGNOSTIC],
        tricky WorkspaceEdit = [EDIT],
        plain DidChangeTextDocumentParams = [CHANGE],
        plain DocumentSymbol = [SYMBOL],
        plain LocationLink = [LINK],
        tricky Hover = [HOVER, r#"{"contents":["plain",{"language":"rust","value":"fn f()"}]}"#],
        tricky SignatureHelp = [SIGNATURE],
        tricky InlayHint = [HINT],
        tricky FormattingOptions = [r#"{"tabSize":4,"insertSpaces":true,"trimTrailingWhitespace":true,"style":"wide","depth":3}"#],
        tricky InitializeParams = [INITIALIZE],
    ]
}

const COMPLETION: &str = r#"{
  "label": "println!", "kind": 3, "detail": "macro", "labelDetails": {"detail": "(…)", "description": "std"},
  "documentation": {"kind": "markdown", "value": "Prints"}, "deprecated": false, "preselect": true, "sortText": "a", "filterText": "p",
  "insertTextFormat": 2, "tags": [1], "commitCharacters": ["(", ";"],
  "textEdit": {"range": {"start": {"line": 1, "character": 2}, "end": {"line": 1, "character": 5}}, "newText": "println!($0)"},
  "additionalTextEdits": [{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 0}}, "newText": "use x;"}],
  "command": {"title": "Go", "command": "go", "arguments": [1, "x"]}, "data": {"id": 7}
}"#;

const ACTION: &str = r#"{
  "title": "Fix it", "kind": "quickfix", "isPreferred": true,
  "diagnostics": [{"range": {"start": {"line": 3, "character": 0}, "end": {"line": 3, "character": 9}}, "severity": 1, "code": "E0308", "message": "bad"}],
  "edit": {"documentChanges": [
    {"textDocument": {"uri": "file:///a.rs", "version": 4}, "edits": [{"range": {"start": {"line": 3, "character": 0}, "end": {"line": 3, "character": 1}}, "newText": "x"}]}
  ]},
  "disabled": {"reason": "not now"}
}"#;

const DIAGNOSTIC: &str = r#"{
  "range": {"start": {"line": 1, "character": 2}, "end": {"line": 3, "character": 4}}, "severity": 2, "code": 42,
  "codeDescription": {"href": "https://example.com/42"}, "source": "lint", "message": "unused", "tags": [1, 2],
  "relatedInformation": [{"location": {"uri": "file:///b.rs", "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}}, "message": "here"}]
}"#;

const EDIT: &str = r#"{
  "changes": {"file:///a.rs": [{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 3}}, "newText": "new"}]},
  "documentChanges": [
    {"kind": "create", "uri": "file:///new.rs", "options": {"overwrite": true, "ignoreIfExists": false}},
    {"kind": "rename", "oldUri": "file:///a.rs", "newUri": "file:///b.rs"},
    {"textDocument": {"uri": "file:///c.rs", "version": null}, "edits": [{"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}, "newText": "x", "annotationId": "n"}]}
  ],
  "changeAnnotations": {"n": {"label": "Rename", "needsConfirmation": true}}
}"#;

const CHANGE: &str = r#"{
  "textDocument": {"uri": "file:///a.rs", "version": 7},
  "contentChanges": [
    {"range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 5}}, "rangeLength": 5, "text": "hello"},
    {"text": "the whole"}
  ]
}"#;

const SYMBOL: &str = r#"{
  "name": "Tea", "detail": "struct", "kind": 23, "tags": [1],
  "range": {"start": {"line": 0, "character": 0}, "end": {"line": 9, "character": 1}},
  "selectionRange": {"start": {"line": 0, "character": 7}, "end": {"line": 0, "character": 10}},
  "children": [{
    "name": "cups", "kind": 8,
    "range": {"start": {"line": 1, "character": 4}, "end": {"line": 1, "character": 12}},
    "selectionRange": {"start": {"line": 1, "character": 4}, "end": {"line": 1, "character": 8}}
  }]
}"#;

const LINK: &str = r#"{
  "originSelectionRange": {"start": {"line": 0, "character": 1}, "end": {"line": 0, "character": 2}},
  "targetUri": "file:///lib.rs",
  "targetRange": {"start": {"line": 10, "character": 0}, "end": {"line": 12, "character": 1}},
  "targetSelectionRange": {"start": {"line": 10, "character": 3}, "end": {"line": 10, "character": 6}}
}"#;

const HOVER: &str = r#"{
  "contents": {"kind": "plaintext", "value": "a number"},
  "range": {"start": {"line": 4, "character": 1}, "end": {"line": 4, "character": 2}}
}"#;

const SIGNATURE: &str = r#"{
  "signatures": [{
    "label": "f(a: u8, b: u8)", "documentation": "Adds", "activeParameter": 1,
    "parameters": [{"label": "a: u8", "documentation": {"kind": "markdown", "value": "first"}}, {"label": [9, 14]}]
  }],
  "activeSignature": 0, "activeParameter": 1
}"#;

const HINT: &str = r#"{
  "position": {"line": 2, "character": 8}, "kind": 1, "paddingLeft": true, "tooltip": "a type",
  "label": [{"value": ": ", "tooltip": {"kind": "markdown", "value": "x"}}, {"value": "u8", "location": {"uri": "file:///u8.rs", "range": {"start": {"line": 0, "character": 0}, "end": {"line": 0, "character": 1}}}}],
  "textEdits": [{"range": {"start": {"line": 2, "character": 8}, "end": {"line": 2, "character": 8}}, "newText": ": u8"}]
}"#;

const INITIALIZE: &str = r#"{
  "processId": 4711,
  "clientInfo": {"name": "ed", "version": "1.0"},
  "capabilities": {
    "workspace": {"applyEdit": true, "workspaceEdit": {"documentChanges": true, "resourceOperations": ["create", "rename"], "failureHandling": "abort"}, "symbol": {"symbolKind": {"valueSet": [1, 2, 3]}}},
    "textDocument": {
      "synchronization": {"didSave": true},
      "completion": {"completionItem": {"snippetSupport": true, "documentationFormat": ["markdown"], "tagSupport": {"valueSet": [1]}}, "contextSupport": true},
      "hover": {"contentFormat": ["markdown", "plaintext"]}
    },
    "window": {"workDoneProgress": true},
    "general": {"positionEncodings": ["utf-16"]}
  },
  "trace": "verbose",
  "workspaceFolders": [{"uri": "file:///tea", "name": "tea"}],
  "locale": "en",
  "workDoneToken": 1
}"#;
