//! Generates documents of a schema together with the errors in them.

use axum_exception::value::{Number, Value};
use proptest::{prelude::*, strategy::Union};

/// The fields of a struct: name, whether it is required, schema.
pub(crate) type Fields = Vec<(&'static str, bool, Schema)>;

/// Describes the documents of a type.
#[derive(Clone, Debug)]
pub(crate) enum Schema {
    Int(i128, u128),
    Float,
    Bool,
    Text,
    Letter,
    Unit,
    /// A parsed string: a valid one, the errors of another type and of an invalid string.
    Parsed(&'static str, &'static str, &'static str),
    Names(&'static [&'static str]),
    Maybe(Box<Schema>),
    List(Box<Schema>),
    Set(Box<Schema>),
    Tuple(Vec<Schema>),
    /// With integer keys if `true`.
    Map(Box<Schema>, bool),
    /// Without other fields if `true`.
    Struct(Fields, bool),
    External(Vec<(&'static str, Option<Schema>)>),
    Adjacent(&'static str, &'static str, Vec<(&'static str, Option<Schema>)>),
    Internal(&'static str, Vec<(&'static str, Fields)>),
    /// An integer above 0 and up to 100.
    Small,
    /// A string of two to four characters.
    Word,
    /// A list or map with a minimum and a maximum length; the length is checked before the items if `true`.
    Counted(Box<Schema>, usize, usize, bool),
    /// A value with a rule for the whole.
    Whole(Box<Schema>, fn(&Value) -> bool),
}

/// A document, and its errors as (loc, type).
#[derive(Clone)]
pub(crate) struct Generated {
    pub(crate) value: Value,
    pub(crate) errors: Vec<(String, String)>,
}

impl std::fmt::Debug for Generated {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {:?}", self.value, self.errors)
    }
}

impl Generated {
    fn right(value: impl Into<Value>) -> Self {
        Self { value: value.into(), errors: Vec::new() }
    }

    fn wrong(value: impl Into<Value>, kind: &str) -> Self {
        Self { value: value.into(), errors: vec![(String::new(), kind.to_owned())] }
    }

    fn under<'p>(&'p self, step: &'p str) -> impl Iterator<Item = (String, String)> + 'p {
        self.errors.iter().map(move |(loc, kind)| (format!(".{step}{loc}"), kind.clone()))
    }
}

fn wrong(kinds: &[(Value, &'static str)]) -> BoxedStrategy<Generated> {
    let kinds: Vec<Generated> =
        kinds.iter().map(|(value, kind)| Generated::wrong(value.clone(), kind)).collect();
    proptest::sample::select(kinds).boxed()
}

fn list() -> Value {
    vec![1, 2].into()
}

fn object() -> Value {
    Value::from_iter([("q", 1)])
}

/// Generates documents; `often` in 100 values are invalid.
pub(crate) fn generate(schema: &Schema, often: u32) -> BoxedStrategy<Generated> {
    let (right, wrong) = match schema {
        Schema::Int(min, max) => {
            let (low, high) = (*min, i128::try_from(*max).unwrap_or(i128::MAX));
            let right = prop_oneof![
                (low..=high).prop_map(|int| Generated::right(Number::from(int))),
                Just(Generated::right(1)),
                Just(Generated::right("1")),
                Just(Generated::right(" +1.0 ")),
                Just(Generated::right(true)),
                Just(Generated::right(1.0)),
            ];
            let mut kinds = vec![
                (Value::from("x"), "int_parsing"),
                (Value::from(""), "int_parsing"),
                (Value::Null, "int_type"),
                (list(), "int_type"),
                (object(), "int_type"),
                (Value::from(1.5), "int_from_float"),
                (Value::from(1e300), "int_parsing_size"),
            ];
            let beyond = |text: String| Value::from(Number::from_digits(&text).unwrap());
            if *min == 1 {
                kinds.push((0.into(), "greater_than"));
            } else {
                kinds.push((beyond(format!("{min}0").replacen("00", "-10", 1)), "greater_than_equal"));
            }
            kinds.push((beyond(format!("{max}0")), "less_than_equal"));
            (right.boxed(), wrong(&kinds))
        }
        Schema::Float => (
            prop_oneof![
                (-1000..1000).prop_map(|int| Generated::right(f64::from(int) / 4.0)),
                Just(Generated::right(7)),
                Just(Generated::right("1e3")),
            ]
            .boxed(),
            wrong(&[("x".into(), "float_parsing"), (Value::Null, "float_type"), (list(), "float_type")]),
        ),
        Schema::Bool => (
            prop_oneof![any::<bool>().prop_map(Generated::right), Just(Generated::right("yes"))].boxed(),
            wrong(&[
                ("x".into(), "bool_parsing"),
                (2.into(), "bool_parsing"),
                (Value::Null, "bool_type"),
                (object(), "bool_type"),
            ]),
        ),
        Schema::Text => (
            proptest::sample::select(vec!["", "a", "é\"\n", "null"]).prop_map(Generated::right).boxed(),
            wrong(&[
                (1.into(), "string_type"),
                (Value::Null, "string_type"),
                (false.into(), "string_type"),
                (object(), "string_type"),
            ]),
        ),
        Schema::Letter => (
            Just(Generated::right("é")).boxed(),
            wrong(&[
                ("".into(), "string_too_short"),
                ("ab".into(), "string_too_long"),
                (1.into(), "string_type"),
            ]),
        ),
        Schema::Unit => (
            Just(Generated::right(())).boxed(),
            wrong(&[(1.into(), "none_required"), (list(), "none_required")]),
        ),
        Schema::Parsed(right, kind, parsing) => (
            Just(Generated::right(*right)).boxed(),
            wrong(&[
                ("q".into(), parsing),
                ("".into(), parsing),
                (1.5.into(), kind),
                (Value::Null, kind),
                (list(), kind),
            ]),
        ),
        Schema::Names(names) => (
            proptest::sample::select(*names).prop_map(Generated::right).boxed(),
            wrong(&[("q".into(), "enum"), (1.into(), "enum"), (Value::Null, "enum"), (list(), "enum")]),
        ),
        Schema::Maybe(inner) => {
            let inner = generate(inner, often).prop_map(|generated| {
                if generated.value.is_null() { Generated::right(()) } else { generated }
            });
            return prop_oneof![Just(Generated::right(())), inner].boxed();
        }
        Schema::List(item) => (
            items(&vec![(**item).clone(); 3], often, true),
            wrong(&[
                (1.into(), "list_type"),
                (Value::Null, "list_type"),
                ("x".into(), "list_type"),
                (object(), "list_type"),
            ]),
        ),
        Schema::Set(item) => (
            items(&vec![(**item).clone(); 2], often, true),
            wrong(&[(1.into(), "set_type"), (object(), "set_type")]),
        ),
        Schema::Tuple(schemas) => {
            let length = schemas.len();
            let short = items(schemas, often, true).prop_map(move |mut generated| {
                let there = generated.value.as_array().map_or(0, <[Value]>::len);
                generated
                    .errors
                    .extend((there..length).map(|index| (format!(".{index}"), "missing".to_owned())));
                generated
            });
            let long = Generated::wrong(vec![Value::Null; length + 1], "too_long");
            let wrong =
                wrong(&[(1.into(), "tuple_type"), (object(), "tuple_type"), (Value::Null, "tuple_type")]);
            (items(schemas, often, false), prop_oneof![wrong, short, Just(long)].boxed())
        }
        Schema::Map(value, integers) => {
            let mut keys = if *integers { vec!["1", "-2", "x"] } else { vec!["a", "", "b.c"] };
            keys.truncate(if often == 0 { 2 } else { 3 });
            let integers = *integers;
            let members =
                proptest::collection::vec(generate(value, often), keys.len()).prop_flat_map(move |values| {
                    let members: Vec<(&str, Generated)> = keys.iter().copied().zip(values).collect();
                    proptest::sample::subsequence(members, 0..=keys.len()).prop_shuffle()
                });
            let right = members.prop_map(move |members| {
                let mut errors = Vec::new();
                for (key, value) in &members {
                    if integers && *key == "x" {
                        errors.push((format!(".{key}.[key]"), "int_parsing".to_owned()));
                    }
                    errors.extend(value.under(key));
                }
                Generated {
                    value: Value::from_iter(members.into_iter().map(|(key, value)| (key, value.value))),
                    errors,
                }
            });
            (
                right.boxed(),
                wrong(&[(1.into(), "dict_type"), (list(), "dict_type"), (Value::Null, "dict_type")]),
            )
        }
        Schema::Struct(fields, closed) => (
            members(fields, &[], *closed, often),
            wrong(&[
                (1.into(), "model_attributes_type"),
                (Value::Null, "model_attributes_type"),
                ("x".into(), "model_attributes_type"),
            ]),
        ),
        Schema::External(variants) => {
            let right = variants.iter().map(|(name, content)| match content {
                None => Just(Generated::right(*name)).boxed(),
                Some(content) => {
                    let name = *name;
                    generate(content, often)
                        .prop_map(move |content| Generated {
                            errors: content.under(name).collect(),
                            value: Value::from_iter([(name, content.value)]),
                        })
                        .boxed()
                }
            });
            let two = Value::from_iter([("One", 1), ("Two", 2)]);
            let none: [(&str, Value); 0] = [];
            let wrong = wrong(&[
                ("q".into(), "enum"),
                (1.into(), "enum"),
                (object(), "enum"),
                (two, "enum"),
                (Value::from_iter(none), "enum"),
            ]);
            (Union::new(right).boxed(), wrong)
        }
        Schema::Adjacent(tag, content, variants) => {
            let right = variants.iter().map(|(name, schema)| match schema {
                None => Just(Generated::right(Value::from_iter([(*tag, *name)]))).boxed(),
                Some(schema) => {
                    let (tag, content, name) = (*tag, *content, *name);
                    (generate(schema, often), any::<bool>())
                        .prop_map(move |(generated, tag_first)| {
                            let step = format!("{name}.{content}");
                            let errors = generated.under(&step).collect();
                            let mut members = vec![(tag, Value::from(name)), (content, generated.value)];
                            if !tag_first {
                                members.reverse();
                            }
                            Generated { value: Value::from_iter(members), errors }
                        })
                        .boxed()
                }
            });
            let bad = |tag_value: Value| Value::from_iter([(*tag, tag_value)]);
            let wrong = wrong(&[
                (1.into(), "model_attributes_type"),
                (object(), "union_tag_not_found"),
                (bad("q".into()), "union_tag_invalid"),
                (bad(1.into()), "union_tag_invalid"),
            ]);
            (Union::new(right).boxed(), wrong)
        }
        Schema::Small => (
            prop_oneof![
                (1..=100_i32).prop_map(Generated::right),
                (1..=100).prop_map(|number: i32| Generated::right(number.to_string())),
            ]
            .boxed(),
            wrong(&[
                ("x".into(), "int_parsing"),
                (Value::Null, "int_type"),
                (0.into(), "greater_than"),
                ("-3".into(), "greater_than"),
                (101.into(), "less_than_equal"),
                (1e3.into(), "less_than_equal"),
                (Number::from_digits("100000000000000000000").unwrap().into(), "less_than_equal"),
            ]),
        ),
        Schema::Word => (
            proptest::sample::select(vec!["ab", "é\"\n", "null"]).prop_map(Generated::right).boxed(),
            wrong(&[
                (1.into(), "string_type"),
                (Value::Null, "string_type"),
                ("é".into(), "string_too_short"),
                ("abcde".into(), "string_too_long"),
            ]),
        ),
        Schema::Counted(inner, least, most, first) => {
            let (least, most, first, often) = (*least, *most, *first, often);
            return generate(inner, often)
                .prop_map(move |generated| {
                    let count = match &generated.value {
                        Value::Array(items) => items.len(),
                        Value::Object(members) => members.len(),
                        _ => return generated,
                    };
                    let wrong: std::collections::HashSet<&str> =
                        generated.errors.iter().filter_map(|(place, _)| place.split('.').nth(1)).collect();
                    // Only the valid entries of a map are counted.
                    let kind = if count > most && first || count.saturating_sub(wrong.len()) > most {
                        "too_long"
                    } else if count < least && generated.errors.is_empty() {
                        "too_short"
                    } else {
                        return generated;
                    };
                    Generated::wrong(generated.value, kind)
                })
                .boxed();
        }
        Schema::Whole(inner, obeys) => {
            let obeys = *obeys;
            return generate(inner, often)
                .prop_map(move |generated| {
                    if generated.errors.is_empty() && !obeys(&generated.value) {
                        Generated::wrong(generated.value, "value_error")
                    } else {
                        generated
                    }
                })
                .boxed();
        }
        Schema::Internal(tag, variants) => {
            let right = variants.iter().map(|(name, fields)| {
                let name = *name;
                members(fields, &[(*tag, name)], false, often).prop_map(move |generated| Generated {
                    errors: generated.under(name).collect(),
                    ..generated
                })
            });
            let bad = |tag_value: Value| Value::from_iter([(*tag, tag_value)]);
            let wrong = wrong(&[
                (1.into(), "model_attributes_type"),
                (object(), "union_tag_not_found"),
                (bad("q".into()), "union_tag_invalid"),
                (bad(1.into()), "union_tag_invalid"),
            ]);
            (Union::new(right.map(Strategy::boxed)).boxed(), wrong)
        }
    };
    if often == 0 {
        return right;
    }
    prop_oneof![100 - often => right, often => wrong].boxed()
}

/// Generates a list with one item of each schema, or fewer.
fn items(schemas: &[Schema], often: u32, fewer: bool) -> BoxedStrategy<Generated> {
    let all: Vec<BoxedStrategy<Generated>> = schemas.iter().map(|schema| generate(schema, often)).collect();
    let least = if fewer { 0 } else { all.len() };
    (least..=all.len(), all)
        .prop_map(|(length, items)| {
            let items = &items[..length];
            let errors = items
                .iter()
                .enumerate()
                .flat_map(|(index, item)| item.under(&index.to_string()).collect::<Vec<_>>());
            Generated {
                errors: errors.collect(),
                value: items.iter().map(|item| item.value.clone()).collect::<Vec<_>>().into(),
            }
        })
        .boxed()
}

/// Generates an object with these fields in any order, some missing and some unknown.
fn members(
    fields: &[(&'static str, bool, Schema)],
    fixed: &[(&'static str, &'static str)],
    closed: bool,
    often: u32,
) -> BoxedStrategy<Generated> {
    let all: Vec<BoxedStrategy<Option<Generated>>> = fields
        .iter()
        .map(|(_, required, schema)| {
            let absent = if *required { often } else { 50 };
            let there = generate(schema, often).prop_map(Some);
            if absent == 0 {
                there.boxed()
            } else {
                prop_oneof![100 - absent => there, absent => Just(None)].boxed()
            }
        })
        .collect();
    let names: Vec<(&'static str, bool)> =
        fields.iter().map(|(name, required, _)| (*name, *required)).collect();
    let fixed: Vec<(&'static str, Value)> =
        fixed.iter().map(|(name, value)| (*name, Value::from(*value))).collect();
    let extra = if often > 0 || !closed { 0..=2_usize } else { 0..=0 };
    (all, extra)
        .prop_flat_map(move |(generated, extra)| {
            let mut errors = Vec::new();
            let mut members = fixed.clone();
            for ((name, required), generated) in names.iter().zip(generated) {
                match generated {
                    Some(generated) => {
                        errors.extend(generated.under(name));
                        members.push((name, generated.value));
                    }
                    None if *required => errors.push((format!(".{name}"), "missing".to_owned())),
                    None => {}
                }
            }
            members.extend([("extra one", Value::Null), ("extra two", list())].into_iter().take(extra));
            (Just(errors), Just(members).prop_shuffle())
        })
        .prop_map(move |(mut errors, members)| {
            let extra = members.iter().filter(|(name, _)| closed && name.starts_with("extra "));
            errors.extend(extra.map(|(name, _)| (format!(".{name}"), "extra_forbidden".to_owned())));
            Generated { value: Value::from_iter(members), errors }
        })
        .boxed()
}
