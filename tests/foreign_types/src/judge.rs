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
        let readings = locate(document, error);
        let mut is_right = false;
        for (found, mutation) in found.iter_mut().zip(planted) {
            let how =
                readings.iter().map(|located| compare(located, mutation)).max().unwrap_or(Found::Missed);
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
/// A segment that is not there is a label: the tag of a tagged union, the member of an untagged one, or `[key]`.
/// The first segment `text` of `{"type": "text", "text": …}` can be both the tag and the member, so there are two
/// readings.
pub fn locate(document: &Value, error: &Reported) -> [Located; 2] {
    [true, false].map(|prefers_tags| read(document, error, prefers_tags))
}

fn read(document: &Value, error: &Reported, prefers_tags: bool) -> Located {
    let (mut place, mut union) = (Place::default(), None);
    let mut value = Some(document);
    let mut has_tag = false;
    for (number, step) in error.loc.iter().enumerate() {
        let is_last = number + 1 == error.loc.len();
        let is_tag = !has_tag && value.is_some_and(|value| is_tag(value, step));
        let below = value.and_then(|value| find(value, step));
        if is_tag && (below.is_none() || prefers_tags && !is_last) {
            has_tag = true;
            continue;
        }
        let is_named = is_last && error.kind == "missing";
        if below.is_some() || is_named || matches!(step, Step::Index(_)) {
            place = place.then(step.clone());
            value = below;
            has_tag = false;
        } else if union.is_none() && *step != Step::Key("[key]".to_owned()) {
            union = Some(place.clone());
        }
    }
    Located { place, union, is_of_tag: error.kind.starts_with("union_tag_") }
}

fn find<'v>(value: &'v Value, step: &Step) -> Option<&'v Value> {
    match step {
        Step::Key(key) => value.get(key),
        Step::Index(index) => value.get(index),
    }
}

/// Returns whether a label is the value of a tag, which is a member of the same object.
fn is_tag(value: &Value, label: &Step) -> bool {
    let Step::Key(label) = label else { return false };
    let members = value.as_object().into_iter().flat_map(|members| members.values());
    members.into_iter().any(|member| member.as_str() == Some(label))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::mutation::{Change, applied};

    fn place(steps: Value) -> Place {
        let step = |step: &Value| match step.as_u64() {
            Some(index) => Step::Index(index as usize),
            None => Step::Key(step.as_str().unwrap().to_owned()),
        };
        Place(steps.as_array().unwrap().iter().map(step).collect())
    }

    /// Plants one error, and returns how well it is found and whether what is reported is right.
    fn judged(document: Value, at: Value, change: Change, kind: &str, loc: Value) -> (Found, bool) {
        let planted = [Mutation { place: place(at), change }];
        let reported = [Reported { kind: kind.to_owned(), loc: place(loc).0, msg: String::new() }];
        let verdict = judge(&applied(&document, &planted), &planted, &reported);
        (verdict.found[0], verdict.wrong.is_empty())
    }

    #[test]
    fn places_are_exact_around_or_wrong() {
        let document = || json!({"a": [1, 2], "b": 3});
        let put = || Change::Replace(json!("x"));
        let judged = |loc| judged(document(), json!(["a", 1]), put(), "int_type", loc);
        assert_eq!(judged(json!(["a", 1])), (Found::Exact, true));
        assert_eq!(judged(json!(["a"])), (Found::Around, true));
        assert_eq!(judged(json!(["a", 0])), (Found::Missed, false));
        assert_eq!(judged(json!(["b"])), (Found::Missed, false));
    }

    #[test]
    fn errors_below_are_right_if_a_container_was_planted() {
        let below = |value| {
            let document = json!({"a": {"n": 1}});
            judged(document, json!(["a"]), Change::Replace(value), "missing", json!(["a", "n"]))
        };
        assert_eq!(below(json!({})), (Found::Exact, true));
        assert_eq!(below(json!(1)), (Found::Missed, false));
    }

    #[test]
    fn labels_of_unions_are_skipped() {
        let judged = |kind, loc| {
            let document = json!({"pet": {"lives": 9, "name": "x"}});
            judged(document, json!(["pet", "lives"]), Change::Remove, kind, loc)
        };
        assert_eq!(judged("missing", json!(["pet", "Cat", "lives"])), (Found::Exact, true));
        assert_eq!(judged("missing", json!(["pet", "Dog", "bark"])), (Found::Around, true));
        assert_eq!(judged("int_type", json!(["pet", "int"])), (Found::Around, true));
        assert_eq!(judged("missing", json!(["pet", "bark"])), (Found::Missed, false));
    }

    #[test]
    fn tags_are_labels_that_excuse_nothing() {
        let part = || json!([{"type": "text", "text": "hi", "size": 1}]);
        let judged = |at, change, kind, loc| judged(part(), at, change, kind, loc);
        let size = || Change::Replace(json!("x"));
        assert_eq!(
            judged(json!([0, "size"]), size(), "int_type", json!([0, "text", "size"])),
            (Found::Exact, true)
        );
        assert_eq!(
            judged(json!([0, "size"]), size(), "missing", json!([0, "text", "no"])),
            (Found::Missed, false)
        );
        let text = Change::Replace(json!(1));
        assert_eq!(
            judged(json!([0, "text"]), text.clone(), "string_type", json!([0, "text"])),
            (Found::Exact, true)
        );
        assert_eq!(
            judged(json!([0, "text"]), text, "string_type", json!([0, "text", "text"])),
            (Found::Exact, true)
        );
        assert_eq!(
            judged(json!([0, "type"]), Change::Remove, "union_tag_not_found", json!([0])),
            (Found::Exact, true),
        );
    }
}
