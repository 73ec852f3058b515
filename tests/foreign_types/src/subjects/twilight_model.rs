//! A chat service: numbers in strings, hand-written visitors, enums by number.

use twilight_model::{
    application::command::Command,
    channel::{
        Attachment,
        message::{AllowedMentions, Component, Embed},
    },
    gateway::presence::Activity,
    guild::{Role, auto_moderation::AutoModerationRule},
};

use crate::{subject::Subject, subjects};

/// Returns the types of the crate.
pub fn subjects() -> Vec<Subject> {
    subjects![
        tricky Component = [COMPONENT, CONTAINER] by "type",
        tricky Embed = [EMBED],
        tricky Command = [COMMAND],
        tricky Role = [ROLE],
        tricky AutoModerationRule = [RULE],
        tricky Activity = [ACTIVITY],
        tricky AllowedMentions = [r#"{"parse":["users","roles"],"replied_user":true,"users":["1","2"],"roles":[]}"#],
        tricky Attachment = [r#"{"id":"9","filename":"a.png","size":1024,"url":"https://example.com/a","proxy_url":"https://example.com/p",
            "content_type":"image/png","height":10,"width":20,"ephemeral":true,"duration_secs":1.5}"#],
    ]
}

const COMPONENT: &str = r#"{"type": 1, "id": 5, "components": [
  {"type": 2, "style": 1, "label": "Pour", "custom_id": "pour", "disabled": false, "emoji": {"id": "41771983429993937", "name": "tea", "animated": true}},
  {"type": 3, "custom_id": "kind", "placeholder": "Which?", "min_values": 1, "max_values": 2,
   "options": [{"label": "Green", "value": "g", "description": "mild", "default": true}, {"label": "Black", "value": "b"}]}
]}"#;

const CONTAINER: &str = r#"{"type": 17, "accent_color": 255, "spoiler": false, "components": [
  {"type": 10, "content": "Welcome"},
  {"type": 9, "components": [{"type": 10, "content": "a"}], "accessory": {"type": 11, "media": {"url": "https://example.com/a.png"}, "description": "a cup"}},
  {"type": 14, "divider": true, "spacing": 1},
  {"type": 12, "items": [{"media": {"url": "https://example.com/b.png"}, "spoiler": true}]}
]}"#;

const EMBED: &str = r#"{
  "type": "rich", "title": "Tea", "description": "About tea", "url": "https://example.com", "color": 65280, "timestamp": "2021-08-10T11:16:37.020000+00:00",
  "author": {"name": "Rick", "icon_url": "https://example.com/r.png"},
  "fields": [{"name": "kind", "value": "green", "inline": true}, {"name": "cups", "value": "2"}],
  "footer": {"text": "enjoy"}, "image": {"url": "https://example.com/t.png", "height": 10, "width": 20}
}"#;

const COMMAND: &str = r#"{
  "id": "100", "application_id": "200", "type": 1, "name": "brew", "description": "Brews tea", "version": "1", "default_member_permissions": "8",
  "name_localizations": {"de": "kochen"}, "nsfw": false, "contexts": [0, 1], "integration_types": [0],
  "options": [
    {"type": 4, "name": "cups", "description": "How many", "required": true, "min_value": 1, "max_value": 9},
    {"type": 3, "name": "kind", "description": "Which", "choices": [{"name": "Green", "value": "green"}, {"name": "Second", "value": 2}, {"name": "Half", "value": 0.5}]},
    {"type": 1, "name": "sub", "description": "More", "options": [{"type": 7, "name": "where", "description": "Channel", "channel_types": [0, 2]}]}
  ]
}"#;

const ROLE: &str = r#"{
  "id": "123", "name": "brewer", "color": 255, "colors": {"primary_color": 255, "secondary_color": null, "tertiary_color": null}, "hoist": true,
  "icon": "a_5bcb77a7b2b1a1d2c3d4e5f607182930", "managed": false, "mentionable": true, "permissions": "66321471", "position": 3, "flags": 1,
  "tags": {"bot_id": "456", "premium_subscriber": null}, "unicode_emoji": "t"
}"#;

const RULE: &str = r#"{
  "id": "1", "guild_id": "2", "creator_id": "3", "name": "no spam", "enabled": true, "event_type": 1, "trigger_type": 4,
  "trigger_metadata": {"keyword_filter": ["spam"], "presets": [1, 3], "mention_total_limit": 5},
  "actions": [{"type": 1, "metadata": {"custom_message": "stop"}}, {"type": 3, "metadata": {"duration_seconds": 60}}, {"type": 2, "metadata": {"channel_id": "9"}}],
  "exempt_roles": ["4", "5"], "exempt_channels": []
}"#;

const ACTIVITY: &str = r#"{
  "name": "brewing", "type": 0, "application_id": "123", "created_at": 1600000000, "details": "green", "instance": false, "flags": 1,
  "assets": {"large_image": "tea", "large_text": "Tea"}, "buttons": [{"label": "Join", "url": "https://example.com"}, "Watch"],
  "emoji": {"name": "tea", "id": "77", "animated": false}, "party": {"id": "p", "size": [1, 4]}, "timestamps": {"start": 1, "end": 2},
  "secrets": {"join": "j", "match": "m"}
}"#;
