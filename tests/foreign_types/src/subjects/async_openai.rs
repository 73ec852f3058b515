//! Messages to and from a chat: tagged parts in untagged contents in tagged messages.

use async_openai::types::chat::{
    ChatCompletionList, ChatCompletionToolChoiceOption, CreateChatCompletionRequest,
    CreateChatCompletionResponse,
};

use crate::{subject::Subject, subjects};

/// Returns the types of the crate.
pub fn subjects() -> Vec<Subject> {
    subjects![
        tricky CreateChatCompletionRequest = [ASK, TOOLS],
        tricky CreateChatCompletionResponse = [RESPONSE],
        tricky ChatCompletionList = [LIST],
        tricky ChatCompletionToolChoiceOption = [r#"{"type":"function","function":{"name":"weather"}}"#],
    ]
}

const ASK: &str = r#"{
  "model": "gpt-5",
  "messages": [
    {"role": "system", "content": "You are brief."},
    {"role": "user", "name": "rick", "content": [
      {"type": "text", "text": "What is in this picture?"},
      {"type": "image_url", "image_url": {"url": "https://example.com/cat.png", "detail": "low"}},
      {"type": "input_audio", "input_audio": {"data": "UklGRg==", "format": "wav"}}
    ]},
    {"role": "assistant", "content": [{"type": "refusal", "refusal": "I would rather not."}]}
  ],
  "modalities": ["text", "audio"],
  "audio": {"voice": "alloy", "format": "mp3"},
  "temperature": 0.2,
  "n": 2,
  "stop": ["END", "STOP"],
  "logit_bias": {"50256": -100, "42": 7},
  "response_format": {"type": "json_schema", "json_schema": {"name": "animal", "strict": true, "schema": {"type": "object"}}},
  "stream_options": {"include_usage": true}
}"#;

const TOOLS: &str = r#"{
  "messages": [
    {"content": "Is it raining in Oslo?", "role": "user"},
    {"content": null, "tool_calls": [
      {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\":\"Oslo\"}"}}
    ], "role": "assistant"},
    {"content": [{"text": "7 degrees, rain", "type": "text"}], "tool_call_id": "call_1", "role": "tool"}
  ],
  "model": "gpt-5",
  "tools": [
    {"type": "function", "function": {"name": "weather", "description": "Tells the weather", "parameters": {"type": "object"}, "strict": false}},
    {"type": "custom", "custom": {"name": "grep", "format": {"type": "text"}}}
  ],
  "tool_choice": "auto",
  "web_search_options": {"search_context_size": "low", "user_location": {"type": "approximate", "approximate": {"city": "Oslo"}}},
  "prediction": {"type": "content", "content": [{"text": "It is"}]},
  "reasoning_effort": "medium",
  "service_tier": "flex",
  "top_logprobs": 3
}"#;

const RESPONSE: &str = r#"{
  "id": "chatcmpl-1",
  "object": "chat.completion",
  "created": 1741569952,
  "model": "gpt-5",
  "choices": [{
    "index": 0,
    "message": {
      "role": "assistant",
      "content": "Rain.",
      "tool_calls": [{"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}],
      "annotations": [{"type": "url_citation", "url_citation": {"start_index": 0, "end_index": 4, "title": "yr", "url": "https://yr.no"}}]
    },
    "logprobs": {"content": [{"token": "Rain", "logprob": -0.1, "bytes": [82, 97], "top_logprobs": [{"token": "Sun", "logprob": -2.5}]}]},
    "finish_reason": "stop"
  }],
  "usage": {"prompt_tokens": 19, "completion_tokens": 10, "total_tokens": 29, "prompt_tokens_details": {"cached_tokens": 3}},
  "service_tier": "default"
}"#;

const LIST: &str = r#"{
  "object": "list",
  "data": [{
    "id": "chatcmpl-2", "object": "chat.completion", "created": 1741569953, "model": "gpt-5",
    "choices": [
      {"index": 0, "message": {"role": "assistant", "content": "Yes."}, "finish_reason": "length"},
      {"index": 1, "message": {"role": "assistant", "refusal": "No."}, "finish_reason": null}
    ]
  }],
  "first_id": "chatcmpl-2",
  "has_more": false
}"#;
