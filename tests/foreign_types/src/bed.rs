//! A valid document, ready to be made invalid.

use serde_json::Value;

use crate::{
    displaced::is_displaced,
    mutation::{Change, Mutation, applied, mutations},
    place::Place,
    random::Random,
    subject::Subject,
    tags::tags,
};

/// The most errors in one document.
const MOST_ERRORS: usize = 6;

/// A valid document with the errors that can be planted into it.
pub struct Bed<'s> {
    pub group: &'static str,
    pub subject: &'s Subject,
    pub document: Value,
    /// The mutations that `serde_json` refuses because of their own place, for each place.
    refused: Vec<Vec<Mutation>>,
    /// The mutations that `serde_json` accepts.
    accepted: Vec<Mutation>,
    /// The members that are tags, or decide in another way how the members beside them are read.
    tags: Vec<Place>,
}

impl<'s> Bed<'s> {
    /// Tries all mutations of a document with `serde_json`.
    pub fn new(group: &'static str, subject: &'s Subject, document: &str) -> Self {
        let document: Value = serde_json::from_str(document).expect("a JSON document");
        let (mut refused, mut accepted) = (Vec::<Vec<Mutation>>::new(), Vec::new());
        for mutation in mutations(&document) {
            let changed = applied(&document, std::slice::from_ref(&mutation));
            match (subject.read)(&changed.to_string()) {
                Ok(_) => accepted.push(mutation),
                Err(reason) if is_displaced(&mutation, &reason) => {}
                Err(_) => match refused.last_mut() {
                    Some(last) if last[0].place == mutation.place => last.push(mutation),
                    _ => refused.push(vec![mutation]),
                },
            }
        }
        let tags = tags(subject, &document, &refused);
        Self { group, subject, document, refused, accepted, tags }
    }

    /// Returns some mutations that `serde_json` accepts.
    pub fn accepted(&self, count: usize, random: &mut Random) -> Vec<Mutation> {
        let mut accepted = self.accepted.clone();
        random.shuffle(&mut accepted);
        accepted.truncate(count);
        accepted
    }

    /// Returns all mutations that `serde_json` refuses, or as many of them, spread over all places.
    pub fn singles(&self, count: usize, random: &mut Random) -> Vec<Mutation> {
        let mut places = self.refused.clone();
        places.iter_mut().for_each(|mutations| random.shuffle(mutations));
        random.shuffle(&mut places);
        let mut chosen = Vec::new();
        while chosen.len() < count && !places.is_empty() {
            chosen.extend(places.iter_mut().filter_map(Vec::pop).take(count - chosen.len()));
            places.retain(|mutations| !mutations.is_empty());
        }
        chosen
    }

    /// Returns two to six mutations at places that do not contain each other.
    ///
    /// Nothing is planted beside or below a bad tag, because nothing is reported there. Returns `None` if the document
    /// has no two such places, or if `serde_json` accepts all the mutations together.
    pub fn several(&self, random: &mut Random) -> Option<Vec<Mutation>> {
        let wanted = 2 + random.below(MOST_ERRORS - 1);
        let mut chosen: Vec<Mutation> = Vec::new();
        for _ in 0..40 {
            if chosen.len() == wanted || self.refused.is_empty() {
                break;
            }
            let mutations = random.pick(&self.refused);
            let mutation = random.pick(mutations).clone();
            if !chosen.iter().any(|other| self.excludes(&mutation.place, &other.place)) {
                chosen.push(mutation);
            }
        }
        let is_refused = chosen.len() > 1 && !self.subject.accepts(&applied(&self.document, &chosen));
        is_refused.then_some(chosen)
    }

    /// Returns whether one of the mutations changes a tag.
    pub fn changes_tag(&self, mutations: &[Mutation]) -> bool {
        mutations.iter().any(|mutation| self.tags.contains(&mutation.place))
    }

    fn excludes(&self, one: &Place, other: &Place) -> bool {
        let hides = |tag: &Place, place: &Place| self.tags.contains(tag) && tag.parent().contains(place);
        one.overlaps(other) || hides(one, other) || hides(other, one)
    }
}

impl Subject {
    /// Returns whether `serde_json` accepts a document.
    pub fn accepts(&self, document: &Value) -> bool {
        (self.read)(&document.to_string()).is_ok()
    }
}

/// Returns whether a list stands where an object was. `serde` reads a struct from it, which the engine may refuse.
pub fn is_list_for_object(document: &Value, mutation: &Mutation) -> bool {
    matches!(&mutation.change, Change::Replace(Value::Array(_)))
        && mutation.place.find(document).is_some_and(Value::is_object)
}
