//! Finds the members that decide how the members beside them are read.

use serde_json::Value;

use crate::{
    judge::locate,
    mutation::{Change, Mutation, applied},
    place::{Place, Step},
    subject::{Mode, Outcome, Subject},
};

/// Returns the places of the tags in a document, by two experiments.
///
/// A member is a tag if the engine says so about it (`union_tag_…`), or if `serde_json` complains about it
/// although every other member holds an error, too, and stands before it: the object was read twice.
pub fn tags(subject: &Subject, document: &Value, refused: &[Vec<Mutation>]) -> Vec<Place> {
    let scalars = refused.iter().filter(|mutations| is_scalar_member(document, &mutations[0].place));
    let tags = scalars.filter(|mutations| {
        mutations.iter().any(|mutation| is_reported_as_tag(subject, document, mutation))
            || hides_all_others(subject, document, refused, mutations)
    });
    tags.map(|mutations| mutations[0].place.clone()).collect()
}

fn is_scalar_member(document: &Value, place: &Place) -> bool {
    let is_scalar = place.find(document).is_some_and(|value| !value.is_object() && !value.is_array());
    is_scalar && matches!(place.0.last(), Some(Step::Key(_)))
}

fn is_reported_as_tag(subject: &Subject, document: &Value, mutation: &Mutation) -> bool {
    let changed = applied(document, std::slice::from_ref(mutation));
    match (subject.explain)(&changed.to_string(), Mode::Strict) {
        Outcome::Errors(errors) => errors.iter().any(|error| {
            let located = locate(&changed, error);
            located.is_of_tag && located.place == mutation.place.parent()
        }),
        _ => false,
    }
}

fn hides_all_others(
    subject: &Subject,
    document: &Value,
    refused: &[Vec<Mutation>],
    mutations: &[Mutation],
) -> bool {
    let is_replaced = |mutation: &&Mutation| matches!(mutation.change, Change::Replace(_));
    let Some(tag) = mutations.iter().find(is_replaced) else { return false };
    let object = tag.place.parent();
    let document = with_last(document, &tag.place);
    let complaint = |mutations: &[Mutation]| {
        let reason = (subject.read)(&applied(&document, mutations).to_string()).err()?;
        Some(reason.split(" at line ").next().unwrap_or_default().to_owned())
    };
    let of_tag = complaint(std::slice::from_ref(tag));
    let mut is_tried = false;
    for others in refused {
        let place = &others[0].place;
        let is_beside = object.contains(place) && *place != object && !tag.place.overlaps(place);
        let Some(other) = others.iter().find(is_replaced).filter(|_| is_beside) else { continue };
        if complaint(std::slice::from_ref(other)) == of_tag {
            continue;
        }
        if complaint(&[other.clone(), tag.clone()]) != of_tag {
            return false;
        }
        is_tried = true;
    }
    is_tried
}

/// Returns the document with a member as the last one of its object.
fn with_last(document: &Value, place: &Place) -> Value {
    let mut document = document.clone();
    if let (Some(Step::Key(name)), Some(Value::Object(members))) =
        (place.0.last(), place.parent().find_mut(&mut document))
    {
        if let Some(value) = members.shift_remove(name) {
            members.insert(name.clone(), value);
        }
    }
    document
}
