//! What an error of validator says in pydantic's words.

use std::{borrow::Cow, cmp::Ordering, collections::HashMap, net::IpAddr};

use ::validator::ValidationError;
use serde_json::Value as Param;

use crate::{
    report::{AppMessage, CustomKind, ErrorKind, Limit},
    rules::{Claim, Counted, Measured, Rank, Reads, Said},
    value::{Map, Value},
};

/// A rule that is broken.
pub(super) struct Broken {
    pub(super) rank: Rank,
    pub(super) claim: Claim,
    pub(super) reads: Reads,
    pub(super) said: Said,
}

type Params = HashMap<Cow<'static, str>, Param>;

/// Which rule is broken, and what the app says about it.
pub(super) fn broken(error: ValidationError, is_of_whole: bool) -> Broken {
    let built_in = if is_of_whole { None } else { built_in(&error.code, &error.params) };
    let Some((rank, claim)) = built_in else {
        let ValidationError { code, message, params } = error;
        // A rule that compares two fields, under a code of the app's own.
        let reads = if params.contains_key("other") { Reads::Siblings } else { Reads::Own };
        let msg = message.map_or_else(|| format!("Validation error: {code}"), Cow::into_owned);
        let custom = CustomKind { error_type: code, msg, ctx: ctx(params) };
        let claim = Claim::Breaks(ErrorKind::Custom(Box::new(custom)));
        return Broken { rank: Rank::Custom, claim, reads, said: Said::default() };
    };
    let reads = if error.code == "must_match" { Reads::Siblings } else { Reads::Own };
    Broken { rank, claim, reads, said: Said { code: None, msg: error.message.map(Cow::into_owned) } }
}

fn built_in(code: &str, params: &Params) -> Option<(Rank, Claim)> {
    let value = params.get("value")?;
    let raised =
        |text: String| Some((Rank::Form, Claim::Breaks(ErrorKind::ValueError { error: AppMessage(text) })));
    let needle = || params.get("needle").and_then(Param::as_str).unwrap_or_default();
    match code {
        "length" => length(value, params),
        "range" => range(value, params),
        "email" => Some((Rank::Form, Claim::NotEmail)),
        "url" => {
            let error = ::url::Url::parse(value.as_str()?).err()?.to_string();
            Some((Rank::Form, Claim::Breaks(ErrorKind::UrlParsing { error })))
        }
        "ip" => Some((Rank::Form, Claim::Breaks(no_address(value)))),
        "required" if value.is_null() => Some((Rank::Items, Claim::NotSet)),
        "regex" => raised("does not match the pattern".to_owned()),
        "contains" => raised(format!("does not contain \"{}\"", needle())),
        "does_not_contain" => raised(format!("contains \"{}\"", needle())),
        "must_match" => raised("does not match the other field".to_owned()),
        "credit_card" => raised("not a valid credit card number".to_owned()),
        "non_control_character" => raised("contains control characters".to_owned()),
        _ => None,
    }
}

/// validator does not say which kind of address it wants, but one that is an address is of the other kind.
fn no_address(value: &Param) -> ErrorKind {
    match value.as_str().and_then(|text| text.parse().ok()) {
        Some(IpAddr::V4(_)) => ErrorKind::IpV6Address,
        Some(IpAddr::V6(_)) => ErrorKind::IpV4Address,
        None => ErrorKind::IpAnyAddress,
    }
}

fn length(value: &Param, params: &Params) -> Option<(Rank, Claim)> {
    let number = |name| params.get(name).and_then(Param::as_u64).and_then(|number| number.try_into().ok());
    let equal: Option<usize> = number("equal");
    let (min, max) = (equal.or_else(|| number("min")), equal.or_else(|| number("max")));
    let counted = match value {
        Param::String(text) => Some((Measured::String, text.chars().count())),
        Param::Array(items) => Some((Measured::List, items.len())),
        Param::Object(members) => Some((Measured::Dictionary, members.len())),
        _ => None,
    };
    let counted = counted.map(|(measured, length)| Counted { measured, length });
    let is_below = |min| counted.is_none_or(|counted| counted.length < min);
    let is_above = |max| counted.is_none_or(|counted| counted.length > max);
    match (min.filter(|&min| is_below(min)), max.filter(|&max| is_above(max))) {
        (Some(min), None) => Some((Rank::MinLength, Claim::AtLeast(min, counted))),
        (None, Some(max)) => Some((Rank::MaxLength, Claim::AtMost(max, counted))),
        // It is not known which of them it was.
        _ => {
            let error = AppMessage("the length is not right".to_owned());
            Some((Rank::MinLength, Claim::Breaks(ErrorKind::ValueError { error })))
        }
    }
}

fn range(value: &Param, params: &Params) -> Option<(Rank, Claim)> {
    let limit = |name: &str| params.get(name).map(|limit| Limit(Value::from(limit.clone())));
    let against = |name: &str| params.get(name).and_then(|limit| compare(value, limit));
    let is_alone = params.keys().filter(|name| *name != "value").count() == 1;
    // Whether it is this limit; the only one it is, whatever the value.
    let breaks = |name: &str, keeps: fn(Ordering) -> bool| {
        limit(name).filter(|_| against(name).map_or(is_alone, |ordering| !keeps(ordering)))
    };
    let kind = if let Some(le) = breaks("max", Ordering::is_le) {
        (Rank::Le, ErrorKind::LessThanEqual { le })
    } else if let Some(lt) = breaks("exclusive_max", Ordering::is_lt) {
        (Rank::Lt, ErrorKind::LessThan { lt })
    } else if let Some(ge) = breaks("min", Ordering::is_ge) {
        (Rank::Ge, ErrorKind::GreaterThanEqual { ge })
    } else if let Some(gt) = breaks("exclusive_min", Ordering::is_gt) {
        (Rank::Gt, ErrorKind::GreaterThan { gt })
    } else {
        (Rank::Gt, ErrorKind::ValueError { error: AppMessage("out of range".to_owned()) })
    };
    Some((kind.0, Claim::Breaks(kind.1)))
}

fn compare(value: &Param, limit: &Param) -> Option<Ordering> {
    let integer =
        |number: &Param| number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    match (integer(value), integer(limit)) {
        (Some(value), Some(limit)) => Some(value.cmp(&limit)),
        _ => value.as_f64()?.partial_cmp(&limit.as_f64()?),
    }
}

/// The params of an error, but for the values of this field and another one.
fn ctx(params: Params) -> Map {
    let mut params: Vec<_> =
        params.into_iter().filter(|(name, _)| !matches!(&**name, "value" | "other")).collect();
    params.sort_by(|(one, _), (other, _)| one.cmp(other));
    params.into_iter().map(|(name, param)| (name.into_owned(), Value::from(param))).collect()
}
