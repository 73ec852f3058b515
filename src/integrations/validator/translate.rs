//! Errors of validator → pydantic's errors.

use std::{borrow::Cow, cmp::Ordering, collections::HashMap, net::IpAddr};

use ::validator::ValidationError;
use serde_json::Value as Param;

use crate::{
    report::{AppMessage, CustomKind, ErrorKind, Limit},
    rules::{Counted, DependsOn, ForeignError, Measured, Overrides, Priority, Violation},
    value::{Map, Value},
};

type Params = HashMap<Cow<'static, str>, Param>;

/// Translates an error. Its message and code replace pydantic's.
pub(super) fn translate(error: ValidationError, is_of_whole: bool) -> ForeignError {
    let built_in = if is_of_whole { None } else { built_in(&error.code, &error.params) };
    let Some((priority, violation)) = built_in else {
        let ValidationError { code, message, params } = error;
        // A rule with a code of the app that compares two fields.
        let depends_on = if params.contains_key("other") { DependsOn::Siblings } else { DependsOn::Value };
        let msg = message.map_or_else(|| format!("Validation error: {code}"), Cow::into_owned);
        let custom = CustomKind { error_type: code, msg, ctx: ctx(params) };
        let violation = Violation::Known(ErrorKind::Custom(Box::new(custom)));
        return ForeignError::new(Priority::Custom, violation, depends_on);
    };
    let depends_on = if error.code == "must_match" { DependsOn::Siblings } else { DependsOn::Value };
    let overrides = Overrides { code: None, msg: error.message.map(Cow::into_owned) };
    ForeignError { overrides, ..ForeignError::new(priority, violation, depends_on) }
}

fn built_in(code: &str, params: &Params) -> Option<(Priority, Violation)> {
    let value = params.get("value")?;
    let raised = |error: String| {
        Some((Priority::Format, Violation::Known(ErrorKind::ValueError { error: AppMessage(error) })))
    };
    let needle = || params.get("needle").and_then(Param::as_str).unwrap_or_default();
    match code {
        "length" => length(value, params),
        "range" => range(value, params),
        "email" => Some((Priority::Format, Violation::NotEmail)),
        "url" => {
            let error = ::url::Url::parse(value.as_str()?).err()?.to_string();
            Some((Priority::Format, Violation::Known(ErrorKind::UrlParsing { error })))
        }
        "ip" => Some((Priority::Format, Violation::Known(ip_error(value)))),
        "required" if value.is_null() => Some((Priority::ItemCount, Violation::NotSet)),
        "regex" => raised("does not match the pattern".to_owned()),
        "contains" => raised(format!("does not contain \"{}\"", needle())),
        "does_not_contain" => raised(format!("contains \"{}\"", needle())),
        "must_match" => raised("does not match the other field".to_owned()),
        "credit_card" => raised("not a valid credit card number".to_owned()),
        "non_control_character" => raised("contains control characters".to_owned()),
        _ => None,
    }
}

/// Returns the error for an IP address. validator does not say which version it requires, but a rejected
/// address that is valid must have the other version.
fn ip_error(value: &Param) -> ErrorKind {
    match value.as_str().and_then(|string| string.parse().ok()) {
        Some(IpAddr::V4(_)) => ErrorKind::IpV6Address,
        Some(IpAddr::V6(_)) => ErrorKind::IpV4Address,
        None => ErrorKind::IpAnyAddress,
    }
}

fn length(value: &Param, params: &Params) -> Option<(Priority, Violation)> {
    let number = |name| params.get(name).and_then(Param::as_u64).and_then(|number| number.try_into().ok());
    let equal: Option<usize> = number("equal");
    let (min, max) = (equal.or_else(|| number("min")), equal.or_else(|| number("max")));
    let counted = match value {
        Param::String(string) => Some((Measured::String, string.chars().count())),
        Param::Array(items) => Some((Measured::List, items.len())),
        Param::Object(members) => Some((Measured::Dictionary, members.len())),
        _ => None,
    };
    let counted = counted.map(|(measured, length)| Counted { measured, length });
    let is_below = |min| counted.is_none_or(|counted| counted.length < min);
    let is_above = |max| counted.is_none_or(|counted| counted.length > max);
    match (min.filter(|&min| is_below(min)), max.filter(|&max| is_above(max))) {
        (Some(min), None) => Some((Priority::MinLength, Violation::TooShort(min, counted))),
        (None, Some(max)) => Some((Priority::MaxLength, Violation::TooLong(max, counted))),
        // Either limit may be the broken one.
        _ => {
            let error = AppMessage("the length is not right".to_owned());
            Some((Priority::MinLength, Violation::Known(ErrorKind::ValueError { error })))
        }
    }
}

fn range(value: &Param, params: &Params) -> Option<(Priority, Violation)> {
    let limit = |name: &str| params.get(name).map(|limit| Limit(Value::from(limit.clone())));
    let against = |name: &str| params.get(name).and_then(|limit| compare(value, limit));
    let is_alone = params.keys().filter(|name| *name != "value").count() == 1;
    // Returns the limit if the value breaks it. The only limit is the broken one, even if it cannot be
    // compared.
    let broken = |name: &str, keeps: fn(Ordering) -> bool| {
        limit(name).filter(|_| against(name).map_or(is_alone, |ordering| !keeps(ordering)))
    };
    let (priority, kind) = if let Some(le) = broken("max", Ordering::is_le) {
        (Priority::Le, ErrorKind::LessThanEqual { le })
    } else if let Some(lt) = broken("exclusive_max", Ordering::is_lt) {
        (Priority::Lt, ErrorKind::LessThan { lt })
    } else if let Some(ge) = broken("min", Ordering::is_ge) {
        (Priority::Ge, ErrorKind::GreaterThanEqual { ge })
    } else if let Some(gt) = broken("exclusive_min", Ordering::is_gt) {
        (Priority::Gt, ErrorKind::GreaterThan { gt })
    } else {
        (Priority::Gt, ErrorKind::ValueError { error: AppMessage("out of range".to_owned()) })
    };
    Some((priority, Violation::Known(kind)))
}

fn compare(value: &Param, limit: &Param) -> Option<Ordering> {
    let integer =
        |number: &Param| number.as_i64().map(i128::from).or_else(|| number.as_u64().map(i128::from));
    match (integer(value), integer(limit)) {
        (Some(value), Some(limit)) => Some(value.cmp(&limit)),
        _ => value.as_f64()?.partial_cmp(&limit.as_f64()?),
    }
}

/// Returns the params of an error without the values of this field and another one.
fn ctx(params: Params) -> Map {
    let mut params: Vec<_> =
        params.into_iter().filter(|(name, _)| !matches!(&**name, "value" | "other")).collect();
    params.sort_by(|(one, _), (other, _)| one.cmp(other));
    params.into_iter().map(|(name, param)| (name.into_owned(), Value::from(param))).collect()
}
