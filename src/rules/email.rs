//! Whether a text is an email address, and if not, why, in the words of Python's `email-validator`.

use email_address::{EmailAddress, Error, Options};

use crate::{
    kind::{CustomKind, ErrorKind},
    value::Map,
};

/// What is wrong with an address.
pub(super) fn fault(address: &str) -> Option<ErrorKind> {
    let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
    let error = match EmailAddress::parse_with_options(address, options) {
        Ok(_) if address.starts_with('"') => return Some(because(QUOTED)),
        Ok(_) => return None,
        Err(error) => error,
    };
    Some(because(reason(address, &error)))
}

const QUOTED: &str = "Quoting the part before the @-sign is not allowed here.";

fn because(reason: &str) -> ErrorKind {
    ErrorKind::Custom(Box::new(CustomKind {
        slug: "value_error".into(),
        msg: format!("value is not a valid email address: {reason}"),
        ctx: Map::from_iter([("reason", reason)]),
    }))
}

fn reason(address: &str, error: &Error) -> &'static str {
    let Some((local, domain)) = address.split_once('@') else {
        return "An email address must have an @-sign.";
    };
    let plain = |text: &str| !text.starts_with(['"', '[']);
    match error {
        _ if local.is_empty() => "There must be something before the @-sign.",
        _ if domain.is_empty() => "There must be something after the @-sign.",
        _ if local.starts_with('"') => QUOTED,
        _ if domain.starts_with('[') => "A bracketed IP address after the @-sign is not allowed here.",
        _ if address.contains(['\r', '\n']) => "Carriage return and line feed characters are not allowed",
        _ if local.starts_with('.') => "An email address cannot start with a period.",
        _ if local.ends_with('.') => "An email address cannot have a period immediately before the @-sign.",
        _ if domain.starts_with('.') => "An email address cannot have a period immediately after the @-sign.",
        _ if domain.ends_with('.') => "An email address cannot end with a period.",
        _ if plain(local) && local.contains("..") || domain.contains("..") => {
            "An email address cannot have two periods in a row."
        }
        _ if domain.starts_with('-') => "An email address cannot have a hyphen immediately after the @-sign.",
        _ if domain.ends_with('-') => "An email address cannot end with a hyphen.",
        _ if domain.contains(".-") || domain.contains("-.") => {
            "An email address cannot have a period and a hyphen next to each other."
        }
        Error::DomainTooFew => "The part after the @-sign is not valid. It should have a period.",
        Error::LocalPartTooLong => "The email address is too long before the @-sign.",
        Error::DomainTooLong => "The email address is too long after the @-sign.",
        Error::SubDomainTooLong => "After the @-sign, periods cannot be separated by so many characters.",
        Error::InvalidCharacter if address.contains(' ') && !domain.contains(' ') => {
            "The email address contains invalid characters before the @-sign: SPACE."
        }
        Error::InvalidCharacter if address.contains(' ') => {
            "The part after the @-sign contains invalid characters: SPACE."
        }
        Error::InvalidCharacter if domain.contains('@') => {
            "The part after the @-sign contains invalid characters: '@'."
        }
        _ => "It is not valid.",
    }
}
