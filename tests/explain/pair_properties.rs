//! Properties of name/value pairs, such as a query, and of the types they are read into.

use std::{collections::BTreeMap, fmt::Debug};

use axum_exception::{
    ErrorDetail, RequestValidationError, Value,
    explain::{Error, Explain, Repeated},
    extract::Query,
};
use proptest::{collection::vec, prelude::*, sample::select};
use serde::de::DeserializeOwned;

use crate::{
    generate::{Fields, Schema},
    properties::check,
    types,
};

type Pairs = Vec<(String, String)>;
/// Errors as (loc, type).
type Errors = Vec<(String, String)>;

/// The name of a flattened field. The types below have no flattened conversions, whose errors are reported on the whole,
/// and no flattened options, which report none.
pub(crate) const FLATTENED: &str = "";

#[rustfmt::skip]
const STRINGS: &[&str] = &[
    "", "x", "1", "0", "-1", "300", " 7 ", "+5", "5.0", "1.5", "1e3", "true", "off", "null", "[1]", "{}", "é",
    "100000000000000000000", "red", "click", "me@example.com", "10.0.0.1",
];

/// Parses one string: the value as JSON, or the type of the error. An own implementation, as simple as the strings above
/// allow.
fn parse_string(schema: &Schema, text: &str) -> Result<Value, &'static str> {
    let json = |right: &dyn ToString| right.to_string().parse::<Value>().unwrap();
    match schema {
        Schema::Int(min, max) => {
            let digits = text.trim().trim_start_matches('+').trim_end_matches(".0");
            let int = digits.parse::<i128>().map_err(|_| "int_parsing")?;
            match u128::try_from(int) {
                // A `NonZero` is first read as an unsigned number.
                Ok(0) if *min == 1 => Err("greater_than"),
                _ if int < *min => Err("greater_than_equal"),
                Ok(int) if int > *max => Err("less_than_equal"),
                _ => Ok(json(&int)),
            }
        }
        Schema::Float => text.trim().parse::<f64>().map(|float| json(&float)).map_err(|_| "float_parsing"),
        Schema::Bool => match text.trim() {
            "1" | "true" => Ok(true.into()),
            "0" | "off" => Ok(false.into()),
            _ => Err("bool_parsing"),
        },
        Schema::Text => Ok(text.into()),
        Schema::Letter => match text.chars().count() {
            0 => Err("string_too_short"),
            1 => Ok(text.into()),
            _ => Err("string_too_long"),
        },
        Schema::Parsed(right, ..) if text == *right => Ok(text.into()),
        Schema::Parsed(_, _, kind) => Err(kind),
        Schema::Names(names) if names.contains(&text) => Ok(text.into()),
        Schema::Names(_) => Err("enum"),
        Schema::Maybe(inner) => parse_string(inner, text),
        other => panic!("not a string: {other:?}"),
    }
}

/// A valid string.
fn valid_string(schema: &Schema) -> BoxedStrategy<String> {
    let more = match schema {
        Schema::Parsed(right, ..) => vec![*right],
        Schema::Names(names) => names.to_vec(),
        Schema::Maybe(inner) => return valid_string(inner),
        Schema::List(item) | Schema::Set(item) => return valid_string(item),
        Schema::Tuple(items) => return valid_string(&items[0]),
        _ => STRINGS.iter().copied().filter(|text| parse_string(schema, text).is_ok()).collect(),
    };
    select(more).prop_map(str::to_owned).boxed()
}

/// Reads the strings of one name.
fn read_name(schema: &Schema, strings: &[&str], repeated: Repeated, errors: &mut Errors, loc: &str) -> Value {
    let mut parse = |schema: &Schema, text: &str, loc: String| match parse_string(schema, text) {
        Ok(right) => right,
        Err(kind) => {
            errors.push((loc, kind.to_owned()));
            Value::Null
        }
    };
    let at = |index: usize| format!("{loc}.{index}");
    match schema {
        Schema::Maybe(inner) if matches!(**inner, Schema::List(_)) => {
            read_name(inner, strings, repeated, errors, loc)
        }
        Schema::List(item) | Schema::Set(item) => {
            let items = strings.iter().enumerate().map(|(index, text)| parse(item, text, at(index)));
            items.collect::<Vec<_>>().into()
        }
        Schema::Tuple(items) if strings.len() > items.len() => {
            errors.push((loc.to_owned(), "too_long".to_owned()));
            Value::Null
        }
        Schema::Tuple(items) => {
            let there = items.iter().zip(strings).enumerate();
            let values: Vec<Value> =
                there.map(|(index, (item, text))| parse(item, text, at(index))).collect();
            errors.extend((strings.len()..items.len()).map(|index| (at(index), "missing".to_owned())));
            values.into()
        }
        scalar => parse(scalar, chosen(strings, repeated), loc.to_owned()),
    }
}

/// Returns the document that the pairs stand for, or all errors in them.
fn read_pairs(schema: &Schema, sent: &Pairs, repeated: Repeated) -> Result<Value, Errors> {
    let mut by_name: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (name, text) in sent {
        by_name.entry(name).or_default().push(text);
    }
    let mut errors = Errors::new();
    let mut members: Vec<(String, Value)> = Vec::new();
    match schema {
        Schema::Map(value, integers) => {
            for (name, strings) in &by_name {
                let loc = format!("query.{name}");
                if *integers && name.parse::<i32>().is_err() {
                    errors.push((format!("{loc}.[key]"), "int_parsing".to_owned()));
                }
                let value = read_name(value, strings, repeated, &mut errors, &loc);
                members.push(((*name).to_owned(), value));
            }
        }
        Schema::Struct(fields, closed) => {
            read_fields(fields, &by_name, repeated, &mut errors, "query", &mut members);
            if *closed {
                let extra = by_name.keys().filter(|name| fields.iter().all(|(field, ..)| field != *name));
                errors.extend(extra.map(|name| (format!("query.{name}"), "extra_forbidden".to_owned())));
            }
        }
        tagged => read_tagged(tagged, &by_name, repeated, &mut errors, "query", &mut members),
    }
    errors.sort();
    if errors.is_empty() { Ok(Value::from_iter(members)) } else { Err(errors) }
}

fn read_fields(
    fields: &Fields,
    by_name: &BTreeMap<&str, Vec<&str>>,
    repeated: Repeated,
    errors: &mut Errors,
    loc: &str,
    members: &mut Vec<(String, Value)>,
) {
    for (name, required, schema) in fields {
        if let (FLATTENED, Schema::Map(value, _)) = (*name, schema) {
            let rest = by_name.iter().filter(|(name, _)| fields.iter().all(|(field, ..)| field != *name));
            for (name, strings) in rest {
                let loc = format!("{loc}.{name}");
                let value = read_name(value, strings, repeated, errors, &loc);
                members.push(((*name).to_owned(), value));
            }
            continue;
        }
        if *name == FLATTENED {
            read_tagged(schema, by_name, repeated, errors, FLATTENED, members);
            continue;
        }
        let loc = format!("{loc}.{name}");
        match by_name.get(name) {
            Some(strings) => {
                members.push(((*name).to_owned(), read_name(schema, strings, repeated, errors, &loc)));
            }
            None if *required => errors.push((loc, "missing".to_owned())),
            None => {}
        }
    }
}

fn read_tagged(
    schema: &Schema,
    by_name: &BTreeMap<&str, Vec<&str>>,
    repeated: Repeated,
    errors: &mut Errors,
    loc: &str,
    members: &mut Vec<(String, Value)>,
) {
    let (tag, variants) = tagged(schema);
    let sent = by_name.get(tag).map(|strings| chosen(strings, repeated));
    match (sent, variants.iter().find(|(name, _)| Some(*name) == sent)) {
        // serde reports errors of flattened enums as those of a struct.
        (None, _) if loc == FLATTENED => errors.push((format!("query.{tag}"), "missing".to_owned())),
        (_, None) if loc == FLATTENED => errors.push((format!("query.{tag}"), "enum".to_owned())),
        (None, _) => errors.push((loc.to_owned(), "union_tag_not_found".to_owned())),
        (_, None) => errors.push((loc.to_owned(), "union_tag_invalid".to_owned())),
        (_, Some((name, fields))) => {
            members.push((tag.to_owned(), (*name).into()));
            let loc = if loc == FLATTENED { "query".to_owned() } else { format!("{loc}.{name}") };
            read_fields(fields, by_name, repeated, errors, &loc, members);
        }
    }
}

/// Returns the tag of an enum, and the fields next to it in each variant.
fn tagged(schema: &Schema) -> (&'static str, Vec<(&'static str, Fields)>) {
    match schema {
        Schema::Internal(tag, variants) => (tag, variants.clone()),
        Schema::Adjacent(tag, content, variants) => {
            let variants = variants.iter().map(|(name, schema)| {
                (*name, schema.iter().map(|schema| (*content, true, schema.clone())).collect())
            });
            (tag, variants.collect())
        }
        other => panic!("not an enum of strings: {other:?}"),
    }
}

fn chosen<'a>(strings: &[&'a str], repeated: Repeated) -> &'a str {
    if repeated == Repeated::First { strings[0] } else { strings[strings.len() - 1] }
}

/// The names that a type knows, with their schemas.
fn names(schema: &Schema) -> BoxedStrategy<Fields> {
    match schema {
        Schema::Struct(fields, _) => {
            let (flattened, own): (Fields, Fields) =
                fields.clone().into_iter().partition(|(name, ..)| *name == FLATTENED);
            let flattened: Vec<_> = flattened.iter().map(|(_, _, schema)| names(schema)).collect();
            let all = flattened.prop_map(move |more| own.clone().into_iter().chain(more.concat()).collect());
            all.boxed()
        }
        Schema::Map(value, _) => {
            let keys = ["1", "-2", "x"].map(|key| (key, false, (**value).clone()));
            Just(keys.to_vec()).boxed()
        }
        schema => {
            let (tag, variants) = tagged(schema);
            let all: Vec<Fields> = variants
                .into_iter()
                .map(|(name, mut fields)| {
                    fields.push((tag, true, Schema::Parsed(name, "", "")));
                    fields
                })
                .collect();
            select(all).boxed()
        }
    }
}

/// Pairs for a type: `often` in 100 strings are arbitrary, and some names are missing, repeated or unknown.
fn sent(schema: &Schema, often: u32) -> BoxedStrategy<Pairs> {
    let any_string = || select(STRINGS).prop_map(str::to_owned);
    let pairs = names(schema).prop_flat_map(move |fields| {
        let strings: Vec<_> = fields
            .into_iter()
            .map(|(name, required, schema)| {
                let usual = match &schema {
                    Schema::Tuple(items) => items.len()..=items.len(),
                    Schema::List(_) | Schema::Set(_) => 1..=3,
                    _ => 1..=1,
                };
                let text = || prop_oneof![100 - often => valid_string(&schema), often => any_string()];
                let absent = if required { often } else { 50 };
                let strings = prop_oneof![
                    100 - absent => vec(text(), usual),
                    absent => Just(Vec::new()),
                    often => vec(text(), 1..=4),
                ];
                strings.prop_map(move |strings| strings.into_iter().map(move |text| (name.to_owned(), text)))
            })
            .collect();
        let extra = vec((select(vec!["extra one", "extra two"]), any_string()), 0..=(often.min(2) as usize));
        (strings, extra).prop_map(|(strings, extra)| {
            let extra = extra.into_iter().map(|(name, text)| (name.to_owned(), text));
            strings.into_iter().flatten().chain(extra).collect::<Pairs>()
        })
    });
    pairs.prop_shuffle().boxed()
}

/// Arbitrary strings under the names that a type knows.
fn arbitrary_pairs(schema: &Schema) -> BoxedStrategy<Pairs> {
    let text = prop_oneof![4 => select(STRINGS).prop_map(str::to_owned), 1 => any::<String>()];
    let pairs = names(schema).prop_flat_map(move |fields| {
        let known = select(fields).prop_map(|(name, ..)| name.to_owned());
        let name = prop_oneof![20 => known, 1 => any::<String>()];
        vec((name, text.clone()), 0..20)
    });
    pairs.boxed()
}

fn sorted(errors: &[ErrorDetail]) -> Errors {
    let mut errors: Errors =
        errors.iter().map(|error| (error.loc().to_string(), error.kind().to_owned())).collect();
    errors.sort();
    errors
}

fn read<T: DeserializeOwned + Debug>(sent: &Pairs, repeated: Repeated) -> Result<String, Errors> {
    let pairs = sent.iter().map(|(name, text)| (name, text));
    let found = match Explain::new().at("query").pairs::<T, _, _>(pairs, repeated) {
        Ok(value) => Ok(format!("{value:?}")),
        Err(Error::Report(report)) => Err(sorted(&report.errors())),
        Err(other) => panic!("{other}"),
    };
    if repeated == Repeated::Last {
        assert_eq!(extract::<T>(sent), found, "the extractor: {sent:?}");
    }
    found
}

/// Reads the pairs with the extractor, which has a fast path.
fn extract<T: DeserializeOwned + Debug>(sent: &Pairs) -> Result<String, Errors> {
    let query = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(sent).finish();
    match Query::<T>::try_from_uri(&format!("/?{query}").parse().unwrap()) {
        Ok(Query(value)) => Ok(format!("{value:?}")),
        Err(error) => Err(sorted(error.downcast_ref::<RequestValidationError>().unwrap().errors())),
    }
}

/// Checks that valid pairs give the value that `serde_json` reads from their document, and that other pairs give exactly
/// the expected errors, each once.
fn check_pairs<T: DeserializeOwned + Debug>(schema: &Schema, cases: u32) {
    for (often, cases) in [(0, cases / 4), (3, cases / 2), (20, cases / 4)] {
        check(cases, sent(schema, often), |sent| {
            for repeated in [Repeated::First, Repeated::Last] {
                let expected = read_pairs(schema, &sent, repeated).map(|document| {
                    let document = document.to_string();
                    let value = serde_json::from_str::<T>(&document);
                    format!("{:?}", value.unwrap_or_else(|error| panic!("{document}: {error}")))
                });
                prop_assert_eq!(read::<T>(&sent, repeated), expected, "{:?}", repeated);
            }
            Ok(())
        });
    }
    check_stability::<T>(schema, cases / 2, true);
}

/// Checks that arbitrary pairs never panic, give a bounded number of errors, and that the order of names does not matter.
fn check_stability<T: DeserializeOwned + Debug>(schema: &Schema, cases: u32, in_any_order: bool) {
    check(cases, arbitrary_pairs(schema), |mut sent| {
        let found = read::<T>(&sent, Repeated::Last);
        if let Err(errors) = &found {
            // At most one error for each name, each string and each missing field.
            let most = 2 * sent.len() + 50;
            prop_assert!((1..=most).contains(&errors.len()), "{errors:?}");
        }
        // In any order of the names, if the strings of each keep their order.
        sent.sort_by(|(one, _), (other, _)| one.cmp(other));
        let again = read::<T>(&sent, Repeated::Last);
        prop_assert!(again == found || !in_any_order, "{again:?} is not {found:?}");
        Ok(())
    });
}

#[test]
fn pairs_into_structs() {
    check_pairs::<types::Strings>(&types::strings(), 200);
    check_pairs::<types::Inner>(&types::inner(), 400);
    check_pairs::<types::Wrapped>(&types::inner(), 100);
    check_pairs::<types::Sparse>(&types::sparse(), 200);
}

#[test]
fn pairs_into_maps() {
    let map = |value, integers| Schema::Map(Box::new(value), integers);
    let tiny = || Schema::Int(0, 255);
    check_pairs::<BTreeMap<String, f64>>(&map(Schema::Float, false), 200);
    check_pairs::<BTreeMap<i32, bool>>(&map(Schema::Bool, true), 200);
    check_pairs::<BTreeMap<String, Vec<u8>>>(&map(Schema::List(Box::new(tiny())), false), 200);
    check_pairs::<BTreeMap<String, Option<u8>>>(&map(Schema::Maybe(Box::new(tiny())), false), 200);
}

#[test]
fn pairs_into_flattened_structs() {
    check_pairs::<types::Page>(&types::page(), 400);
    check_pairs::<types::Flat>(&types::flat(), 400);
    check_pairs::<types::Rest>(&types::rest(), 400);
    check_pairs::<types::Tagged>(&types::tagged(), 400);
}

#[test]
fn pairs_into_tagged_enums() {
    check_pairs::<types::Event>(&types::event(), 400);
    check_pairs::<types::Search>(&types::search(), 400);
    check_pairs::<types::Filter>(&types::filter(), 400);
}

#[test]
fn pairs_into_types_that_strings_cannot_represent() {
    check_stability::<types::Everything>(&types::everything(), 50, true);
    check_stability::<types::Log>(&types::log(), 50, true);
    // Of several flattened strings in place of objects only the first is reported at a time.
    check_stability::<types::Messy>(&types::messy(), 100, false);
    check_stability::<types::Nested>(&types::nested(1), 100, true);
    check_stability::<types::Untagged>(&types::page(), 50, true);
    check_stability::<types::Choice>(&types::page(), 50, true);
    check_stability::<(u8, Vec<u8>)>(&types::page(), 50, true);
    check_stability::<serde_json::Value>(&types::page(), 50, true);
}
