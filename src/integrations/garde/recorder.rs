//! The rules behind garde's messages, with their limits.

use std::{borrow::Cow, cell::RefCell, collections::HashMap, fmt::Display};

use ::garde::i18n::{
    DefaultI18n, I18n, InvalidCreditCard, InvalidEmail, InvalidPhoneNumber, InvalidUrl, IpKind,
};

use crate::{
    report::{AppMessage, ErrorKind, Limit},
    rules::{DependsOn, ForeignError, Priority, Violation},
    value::{Number, Value},
};

/// A translation of garde that returns the default messages, and records the rule of each message.
#[derive(Default)]
pub(super) struct Recorder(RefCell<HashMap<String, Rule>>);

/// A broken rule.
enum Rule {
    MinLength(usize),
    MaxLength(usize),
    Min(Limit),
    Max(Limit),
    Email,
    Required,
    Matches,
    Other(Priority, ErrorKind),
}

impl Recorder {
    /// Returns pydantic's error for a message. A message that was not recorded is one of the app.
    pub(super) fn error_of(&self, message: &str) -> ForeignError {
        let (priority, violation) = match self.0.borrow().get(message) {
            Some(Rule::MinLength(min)) => (Priority::MinLength, Violation::TooShort(*min, None)),
            Some(Rule::MaxLength(max)) => (Priority::MaxLength, Violation::TooLong(*max, None)),
            Some(Rule::Min(ge)) => {
                (Priority::Ge, Violation::BeyondLimit(ErrorKind::GreaterThanEqual { ge: ge.clone() }))
            }
            Some(Rule::Max(le)) => {
                (Priority::Le, Violation::BeyondLimit(ErrorKind::LessThanEqual { le: le.clone() }))
            }
            Some(Rule::Email) => (Priority::Format, Violation::NotEmail),
            Some(Rule::Required) => (Priority::ItemCount, Violation::NotSet),
            Some(Rule::Other(priority, kind)) => (*priority, Violation::Known(kind.clone())),
            Some(Rule::Matches) | None => {
                let error = ErrorKind::ValueError { error: AppMessage(message.to_owned()) };
                // A closure may read the fields around its own.
                return ForeignError::new(Priority::Custom, Violation::Known(error), DependsOn::Siblings);
            }
        };
        ForeignError::new(priority, violation, DependsOn::Value)
    }

    fn record(&self, message: Cow<'static, str>, rule: Rule) -> Cow<'static, str> {
        self.0.borrow_mut().insert(message.clone().into_owned(), rule);
        message
    }

    /// Records a rule that pydantic does not have.
    fn record_value_error(&self, message: Cow<'static, str>) -> Cow<'static, str> {
        let error = AppMessage(message.clone().into_owned());
        self.record(message, Rule::Other(Priority::Format, ErrorKind::ValueError { error }))
    }
}

/// Returns a limit by its `Display` output, the only form that garde passes on.
fn limit(limit: &dyn Display) -> Limit {
    let shown = limit.to_string();
    let integer = Number::from_digits(&shown).map(Value::from);
    let float = || shown.parse().ok().map(|float: f64| Value::from(float));
    Limit(integer.or_else(float).unwrap_or_else(|| shown.as_str().into()))
}

impl I18n for Recorder {
    fn length_lower_than(&self, min: usize) -> Cow<'static, str> {
        self.record(DefaultI18n.length_lower_than(min), Rule::MinLength(min))
    }

    fn length_greater_than(&self, max: usize) -> Cow<'static, str> {
        self.record(DefaultI18n.length_greater_than(max), Rule::MaxLength(max))
    }

    fn range_lower_than(&self, min: &dyn Display) -> Cow<'static, str> {
        self.record(DefaultI18n.range_lower_than(min), Rule::Min(limit(min)))
    }

    fn range_greater_than(&self, max: &dyn Display) -> Cow<'static, str> {
        self.record(DefaultI18n.range_greater_than(max), Rule::Max(limit(max)))
    }

    fn credit_card_invalid(&self, reason: InvalidCreditCard) -> Cow<'static, str> {
        self.record_value_error(DefaultI18n.credit_card_invalid(reason))
    }

    fn pattern_no_match(&self, pattern: &dyn Display) -> Cow<'static, str> {
        let kind = ErrorKind::StringPatternMismatch { pattern: pattern.to_string().into() };
        self.record(DefaultI18n.pattern_no_match(pattern), Rule::Other(Priority::Pattern, kind))
    }

    fn contains_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        self.record_value_error(DefaultI18n.contains_missing(pattern))
    }

    fn url_invalid(&self, reason: InvalidUrl) -> Cow<'static, str> {
        let kind = ErrorKind::UrlParsing { error: reason.to_string() };
        self.record(DefaultI18n.url_invalid(reason), Rule::Other(Priority::Format, kind))
    }

    fn prefix_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        self.record_value_error(DefaultI18n.prefix_missing(pattern))
    }

    fn suffix_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        self.record_value_error(DefaultI18n.suffix_missing(pattern))
    }

    fn phone_number_invalid(&self, reason: InvalidPhoneNumber) -> Cow<'static, str> {
        self.record_value_error(DefaultI18n.phone_number_invalid(reason))
    }

    fn ip_invalid(&self, kind: IpKind) -> Cow<'static, str> {
        let error = match kind {
            IpKind::V4 => ErrorKind::IpV4Address,
            IpKind::V6 => ErrorKind::IpV6Address,
            IpKind::Any => ErrorKind::IpAnyAddress,
        };
        self.record(DefaultI18n.ip_invalid(kind), Rule::Other(Priority::Format, error))
    }

    fn matches_field_mismatch(&self, field: &dyn Display) -> Cow<'static, str> {
        self.record(DefaultI18n.matches_field_mismatch(field), Rule::Matches)
    }

    fn email_invalid(&self, reason: InvalidEmail) -> Cow<'static, str> {
        self.record(DefaultI18n.email_invalid(reason), Rule::Email)
    }

    fn ascii_invalid(&self) -> Cow<'static, str> {
        self.record(DefaultI18n.ascii_invalid(), Rule::Other(Priority::Format, ErrorKind::StringNotAscii))
    }

    fn alphanumeric_invalid(&self) -> Cow<'static, str> {
        self.record_value_error(DefaultI18n.alphanumeric_invalid())
    }

    fn required_not_set(&self) -> Cow<'static, str> {
        self.record(DefaultI18n.required_not_set(), Rule::Required)
    }
}
