//! Checks email addresses, with the messages of Python's `email-validator`.

use email_address::{EmailAddress, Error, Options};

use super::email_reason::{QUOTED, invalid, visible_reason};
use crate::report::ErrorKind;

/// Returns the error of an invalid address.
pub(super) fn error(address: &str) -> Option<ErrorKind> {
    let options = Options::default().with_required_tld().without_domain_literal().without_display_text();
    match EmailAddress::parse_with_options(address, options) {
        Ok(_) if address.starts_with('"') => Some(invalid(QUOTED)),
        Ok(_) => None,
        Err(error) => {
            let reason = || parser_reason(address, &error);
            Some(invalid(visible_reason(address).unwrap_or_else(reason)))
        }
    }
}

/// Returns a reason that only the parser knows.
fn parser_reason(address: &str, error: &Error) -> &'static str {
    let domain = address.split_once('@').map_or("", |(_, domain)| domain);
    match error {
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
