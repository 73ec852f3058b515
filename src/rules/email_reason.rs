//! The reasons why a string is not an email address, in the words of Python's `email-validator`.

use crate::{
    report::{CustomKind, ErrorKind},
    value::Map,
};

/// Returns the error for a string that another crate has rejected as an address.
pub(crate) fn not_an_email(address: &str) -> ErrorKind {
    let (local, domain) = address.split_once('@').unwrap_or_default();
    let reason = || match address {
        _ if local.chars().count() > 64 => "The email address is too long before the @-sign.",
        _ if domain.chars().count() > 255 => "The email address is too long after the @-sign.",
        _ if local.contains(' ') => "The email address contains invalid characters before the @-sign: SPACE.",
        _ if domain.contains(' ') => "The part after the @-sign contains invalid characters: SPACE.",
        _ if domain.contains('@') => "The part after the @-sign contains invalid characters: '@'.",
        _ => "It is not valid.",
    };
    invalid(visible_reason(address).unwrap_or_else(reason))
}

pub(super) fn invalid(reason: &str) -> ErrorKind {
    ErrorKind::Custom(Box::new(CustomKind {
        error_type: "value_error".into(),
        msg: format!("value is not a valid email address: {reason}"),
        ctx: Map::from_iter([("reason", reason)]),
    }))
}

pub(super) const QUOTED: &str = "Quoting the part before the @-sign is not allowed here.";

/// Returns a reason that is visible in the string itself.
pub(super) fn visible_reason(address: &str) -> Option<&'static str> {
    let Some((local, domain)) = address.split_once('@') else {
        return Some("An email address must have an @-sign.");
    };
    let is_plain = |part: &str| !part.starts_with(['"', '[']);
    Some(match address {
        _ if local.is_empty() => "There must be something before the @-sign.",
        _ if domain.is_empty() => "There must be something after the @-sign.",
        _ if local.starts_with('"') => QUOTED,
        _ if domain.starts_with('[') => "A bracketed IP address after the @-sign is not allowed here.",
        _ if address.contains(['\r', '\n']) => "Carriage return and line feed characters are not allowed",
        _ if local.starts_with('.') => "An email address cannot start with a period.",
        _ if local.ends_with('.') => "An email address cannot have a period immediately before the @-sign.",
        _ if domain.starts_with('.') => "An email address cannot have a period immediately after the @-sign.",
        _ if domain.ends_with('.') => "An email address cannot end with a period.",
        _ if is_plain(local) && local.contains("..") || domain.contains("..") => {
            "An email address cannot have two periods in a row."
        }
        _ if domain.starts_with('-') => "An email address cannot have a hyphen immediately after the @-sign.",
        _ if domain.ends_with('-') => "An email address cannot end with a hyphen.",
        _ if domain.contains(".-") || domain.contains("-.") => {
            "An email address cannot have a period and a hyphen next to each other."
        }
        _ => return None,
    })
}
