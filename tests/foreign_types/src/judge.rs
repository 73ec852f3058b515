//! Compares what was reported with what was planted.

use serde_json::Value;

use crate::{
    mutation::Mutation,
    place::{Place, Step},
    subject::Reported,
};

/// How well a planted error was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Found {
    /// Neither its place nor anything around it is named.
    Missed,
    /// Something around it is named.
    Around,
    /// Its place is named.
    Exact,
}

/// What is right and wrong about a report.
#[derive(Debug)]
pub struct Verdict {
    /// For each planted error, how well it was found.
    pub found: Vec<Found>,
    /// The errors that have nothing to do with what was planted, by their number in the report.
    pub wrong: Vec<usize>,
}

impl Verdict {
    /// Returns whether everything is exact.
    pub fn is_perfect(&self) -> bool {
        self.wrong.is_empty() && self.found.iter().all(|found| *found == Found::Exact)
    }
}

/// An error of a report, in the document.
pub struct Located {
    pub place: Place,
    /// The union whose members label the location.
    union: Option<Place>,
    pub is_of_tag: bool,
}

/// Judges a report on a document into which errors were planted.
pub fn judge(document: &Value, planted: &[Mutation], reported: &[Reported]) -> Verdict {
    let mut found = vec![Found::Missed; planted.len()];
    let mut wrong = Vec::new();
    for (number, error) in reported.iter().enumerate() {
        // It only says that a limit was reached.
        if error.kind == "too_many_errors" {
            continue;
        }
        let located = [locate(document, error, false), locate(document, error, true)];
        let mut is_right = false;
        for (found, mutation) in found.iter_mut().zip(planted) {
            let how = located.iter().map(|located| compare(located, mutation)).max().unwrap_or(Found::Missed);
            is_right |= how != Found::Missed;
            *found = how.max(*found);
        }
        if !is_right {
            wrong.push(number);
        }
    }
    Verdict { found, wrong }
}

/// Returns how well one error names one planted place.
fn compare(located: &Located, mutation: &Mutation) -> Found {
    let (place, planted) = (&located.place, &mutation.place);
    let is_inside = mutation.puts_container() && planted.contains(place);
    let is_tag = located.is_of_tag && !planted.0.is_empty() && *place == planted.parent();
    if place == planted || is_inside || is_tag {
        return Found::Exact;
    }
    let is_around = place.contains(planted);
    // The other members of an untagged union are as wrong as the one that was meant.
    let is_of_union = located.union.as_ref().is_some_and(|union| union.contains(planted));
    if is_around || is_of_union { Found::Around } else { Found::Missed }
}

/// Follows the location of an error through the document.
///
/// A segment that is not there is a label: the tag of a tagged union, the member of an untagged one, or `[key]`. A
/// segment may be both the value of a tag and the name of a member: `prefers_tags` says which of them it is then.
pub fn locate(document: &Value, error: &Reported, prefers_tags: bool) -> Located {
    let (mut place, mut union) = (Place::default(), None);
    let mut value = Some(document);
    for (number, step) in error.loc.iter().enumerate() {
        let next = error.loc.get(number + 1);
        let is_tag = value.is_some_and(|value| is_tag(value, step));
        let below = value.and_then(|value| match step {
            Step::Key(key) => value.get(key),
            Step::Index(index) => value.get(index),
        });
        // `{"type": "text", "text": …}`: the first of two equal segments is the tag.
        if below.is_some() && is_tag && (prefers_tags || next == Some(step)) {
            continue;
        }
        let is_named = next.is_none() && error.kind == "missing";
        if below.is_some() || is_named || matches!(step, Step::Index(_)) {
            place = place.then(step.clone());
            value = below;
        } else if union.is_none() && !is_tag && *step != Step::Key("[key]".to_owned()) {
            union = Some(place.clone());
        }
    }
    Located { place, union, is_of_tag: error.kind.starts_with("union_tag_") }
}

/// Returns whether a label is the value of a tag, which is a member of the same object.
fn is_tag(value: &Value, label: &Step) -> bool {
    let Step::Key(label) = label else { return false };
    let members = value.as_object().into_iter().flat_map(|members| members.values());
    members.into_iter().any(|member| member.as_str() == Some(label))
}
