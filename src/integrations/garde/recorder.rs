//! Which rule it was that garde has words for, and with which limits.

use std::{borrow::Cow, cell::RefCell, collections::HashMap, fmt::Display};

use ::garde::i18n::{
    DefaultI18n, I18n, InvalidCreditCard, InvalidEmail, InvalidPhoneNumber, InvalidUrl, IpKind,
};

use crate::{
    report::{AppMessage, ErrorKind, Limit},
    rules::{Claim, Rank, Reads},
    value::{Number, Value},
};

/// Gives garde its own words, and remembers what each of them is about.
#[derive(Default)]
pub(super) struct Recorder(RefCell<HashMap<String, Rule>>);

/// A rule that is broken.
enum Rule {
    AtLeast(usize),
    AtMost(usize),
    Lower(Limit),
    Greater(Limit),
    Email,
    Unset,
    Matches,
    Other(Rank, ErrorKind),
}

impl Recorder {
    /// What a message of the report is about. What nobody asked for here is the app's own.
    pub(super) fn rule_of(&self, message: &str) -> (Rank, Claim, Reads) {
        let raised = || ErrorKind::ValueError { error: AppMessage(message.to_owned()) };
        let (rank, claim) = match self.0.borrow().get(message) {
            Some(Rule::AtLeast(length)) => (Rank::MinLength, Claim::AtLeast(*length, None)),
            Some(Rule::AtMost(length)) => (Rank::MaxLength, Claim::AtMost(*length, None)),
            Some(Rule::Lower(ge)) => {
                (Rank::Ge, Claim::Beyond(ErrorKind::GreaterThanEqual { ge: ge.clone() }))
            }
            Some(Rule::Greater(le)) => (Rank::Le, Claim::Beyond(ErrorKind::LessThanEqual { le: le.clone() })),
            Some(Rule::Email) => (Rank::Form, Claim::NotEmail),
            Some(Rule::Unset) => (Rank::Items, Claim::NotSet),
            Some(Rule::Other(rank, kind)) => (*rank, Claim::Breaks(kind.clone())),
            // A closure may look at the fields beside its own.
            Some(Rule::Matches) | None => return (Rank::Custom, Claim::Breaks(raised()), Reads::Siblings),
        };
        (rank, claim, Reads::Own)
    }

    fn says(&self, text: Cow<'static, str>, rule: Rule) -> Cow<'static, str> {
        self.0.borrow_mut().insert(text.clone().into_owned(), rule);
        text
    }

    /// A rule for which pydantic has no words.
    fn raises(&self, text: Cow<'static, str>) -> Cow<'static, str> {
        let error = AppMessage(text.clone().into_owned());
        self.says(text, Rule::Other(Rank::Form, ErrorKind::ValueError { error }))
    }
}

/// A limit, of which only the text is known.
fn limit(limit: &dyn Display) -> Limit {
    let text = limit.to_string();
    let integer = Number::from_digits(&text).map(Value::from);
    let float = || text.parse().ok().map(|float: f64| Value::from(float));
    Limit(integer.or_else(float).unwrap_or_else(|| text.as_str().into()))
}

impl I18n for Recorder {
    fn length_lower_than(&self, min: usize) -> Cow<'static, str> {
        self.says(DefaultI18n.length_lower_than(min), Rule::AtLeast(min))
    }

    fn length_greater_than(&self, max: usize) -> Cow<'static, str> {
        self.says(DefaultI18n.length_greater_than(max), Rule::AtMost(max))
    }

    fn range_lower_than(&self, min: &dyn Display) -> Cow<'static, str> {
        self.says(DefaultI18n.range_lower_than(min), Rule::Lower(limit(min)))
    }

    fn range_greater_than(&self, max: &dyn Display) -> Cow<'static, str> {
        self.says(DefaultI18n.range_greater_than(max), Rule::Greater(limit(max)))
    }

    fn credit_card_invalid(&self, reason: InvalidCreditCard) -> Cow<'static, str> {
        self.raises(DefaultI18n.credit_card_invalid(reason))
    }

    fn pattern_no_match(&self, pattern: &dyn Display) -> Cow<'static, str> {
        let kind = ErrorKind::StringPatternMismatch { pattern: pattern.to_string().into() };
        self.says(DefaultI18n.pattern_no_match(pattern), Rule::Other(Rank::Pattern, kind))
    }

    fn contains_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        self.raises(DefaultI18n.contains_missing(pattern))
    }

    fn url_invalid(&self, reason: InvalidUrl) -> Cow<'static, str> {
        let kind = ErrorKind::UrlParsing { error: reason.to_string() };
        self.says(DefaultI18n.url_invalid(reason), Rule::Other(Rank::Form, kind))
    }

    fn prefix_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        self.raises(DefaultI18n.prefix_missing(pattern))
    }

    fn suffix_missing(&self, pattern: &dyn Display) -> Cow<'static, str> {
        self.raises(DefaultI18n.suffix_missing(pattern))
    }

    fn phone_number_invalid(&self, reason: InvalidPhoneNumber) -> Cow<'static, str> {
        self.raises(DefaultI18n.phone_number_invalid(reason))
    }

    fn ip_invalid(&self, kind: IpKind) -> Cow<'static, str> {
        let error = match kind {
            IpKind::V4 => ErrorKind::IpV4Address,
            IpKind::V6 => ErrorKind::IpV6Address,
            IpKind::Any => ErrorKind::IpAnyAddress,
        };
        self.says(DefaultI18n.ip_invalid(kind), Rule::Other(Rank::Form, error))
    }

    fn matches_field_mismatch(&self, field: &dyn Display) -> Cow<'static, str> {
        self.says(DefaultI18n.matches_field_mismatch(field), Rule::Matches)
    }

    fn email_invalid(&self, reason: InvalidEmail) -> Cow<'static, str> {
        self.says(DefaultI18n.email_invalid(reason), Rule::Email)
    }

    fn ascii_invalid(&self) -> Cow<'static, str> {
        self.says(DefaultI18n.ascii_invalid(), Rule::Other(Rank::Form, ErrorKind::StringNotAscii))
    }

    fn alphanumeric_invalid(&self) -> Cow<'static, str> {
        self.raises(DefaultI18n.alphanumeric_invalid())
    }

    fn required_not_set(&self) -> Cow<'static, str> {
        self.says(DefaultI18n.required_not_set(), Rule::Unset)
    }
}
