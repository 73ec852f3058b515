//! Finds the members that decide how the members beside them are read.

use serde_json::Value;

use crate::{
    judge::locate,
    mutation::{Change, Mutation, applied},
    place::{Place, Step},
    subject::{Mode, Outcome, Subject},
};

/// Returns the places of the tags in a document.
///
/// A member is a tag if the subject names it, or if one of three experiments says so:
///
/// - The engine reports `union_tag_…` about it.
/// - `serde_json` complains about it although each other member holds an error, too, and stands before it. So the
///   object was kept to look at this member first.
/// - It does so for some of the other members, and the complaint is an unknown variant: the object has other fields
///   beside a flattened union.
pub fn tags(subject: &Subject, document: &Value, refused: &[Vec<Mutation>]) -> Vec<Place> {
    let scalars = refused.iter().filter(|mutations| is_scalar_member(document, &mutations[0].place));
    let tags = scalars.filter(|mutations| {
        is_deciding(subject, &mutations[0].place)
            || is_reported_as_tag(subject, document, mutations)
            || hides_others(subject, document, refused, mutations)
    });
    tags.map(|mutations| mutations[0].place.clone()).collect()
}

fn is_scalar_member(document: &Value, place: &Place) -> bool {
    let is_scalar = place.find(document).is_some_and(|value| !value.is_object() && !value.is_array());
    is_scalar && matches!(place.0.last(), Some(Step::Key(_)))
}

fn is_deciding(subject: &Subject, place: &Place) -> bool {
    matches!(place.0.last(), Some(Step::Key(name)) if subject.deciding.contains(&name.as_str()))
}

fn is_reported_as_tag(subject: &Subject, document: &Value, mutations: &[Mutation]) -> bool {
    let Some(tag) = replaced_by_string(mutations) else { return false };
    let changed = applied(document, std::slice::from_ref(tag));
    match (subject.explain)(&changed.to_string(), Mode::Strict) {
        Outcome::Errors(errors) => errors
            .iter()
            .flat_map(|error| locate(&changed, error))
            .any(|located| located.is_of_tag && located.place == tag.place.parent()),
        _ => false,
    }
}

fn hides_others(
    subject: &Subject,
    document: &Value,
    refused: &[Vec<Mutation>],
    mutations: &[Mutation],
) -> bool {
    let Some(tag) = replaced_by_string(mutations) else { return false };
    let object = tag.place.parent();
    let document = with_last(document, &tag.place);
    let complaint = |mutations: &[Mutation]| {
        let reason = (subject.read)(&applied(&document, mutations).to_string()).err()?;
        Some(reason.split(" at line ").next().unwrap_or_default().to_owned())
    };
    let of_tag = complaint(std::slice::from_ref(tag));
    let (mut hidden, mut seen) = (false, false);
    for others in refused {
        let place = &others[0].place;
        let is_beside = object.contains(place) && *place != object && !tag.place.overlaps(place);
        let Some(other) = replaced_by_string(others).filter(|_| is_beside) else { continue };
        if complaint(std::slice::from_ref(other)) == of_tag {
            continue;
        }
        let is_hidden = complaint(&[other.clone(), tag.clone()]) == of_tag;
        hidden |= is_hidden;
        seen |= !is_hidden;
    }
    let is_variant = of_tag.is_some_and(|reason| reason.starts_with("unknown variant"));
    hidden && (!seen || is_variant)
}

/// Returns the mutation that puts a bad string in the place of a value, or another value if there is none.
fn replaced_by_string(mutations: &[Mutation]) -> Option<&Mutation> {
    let is_replaced = |mutation: &&Mutation| matches!(mutation.change, Change::Replace(_));
    let is_string =
        |mutation: &&Mutation| matches!(&mutation.change, Change::Replace(value) if value == "?bad");
    mutations.iter().find(is_string).or_else(|| mutations.iter().find(is_replaced))
}

/// Returns the document with a member as the last one of its object.
fn with_last(document: &Value, place: &Place) -> Value {
    let mut document = document.clone();
    let (Some(Step::Key(name)), Some(Value::Object(members))) =
        (place.0.last(), place.parent().find_mut(&mut document))
    else {
        return document;
    };
    if let Some(value) = members.shift_remove(name) {
        members.insert(name.clone(), value);
    }
    document
}
