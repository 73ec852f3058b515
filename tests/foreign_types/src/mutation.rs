//! Changes to a valid document, each of which may make it invalid.

use std::fmt;

use serde_json::{Value, json};

use crate::place::{Place, Step, places};

/// The name of a member that no type knows.
const UNKNOWN: &str = "zz_unknown";

/// One change to a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Mutation {
    pub place: Place,
    pub change: Change,
}

/// What is done at the place of a mutation.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    Replace(Value),
    Remove,
    Add(Value),
}

impl Mutation {
    /// Changes a document.
    pub fn apply(&self, document: &mut Value) {
        if let Change::Replace(value) = &self.change {
            if let Some(target) = self.place.find_mut(document) {
                *target = value.clone();
            }
            return;
        }
        let (Some(Step::Key(name)), Some(Value::Object(members))) =
            (self.place.0.last(), self.place.parent().find_mut(document))
        else {
            return;
        };
        match &self.change {
            Change::Add(value) => drop(members.insert(name.clone(), value.clone())),
            // The others keep their order.
            _ => drop(members.shift_remove(name)),
        }
    }

    /// Returns whether a container was put in the place, so that errors may be inside it.
    pub fn puts_container(&self) -> bool {
        matches!(&self.change, Change::Replace(value) | Change::Add(value) if value.is_object() || value.is_array())
    }

    /// Returns the name of the change, without the value.
    pub fn name(&self) -> &'static str {
        match self.change {
            Change::Replace(_) => "replace",
            Change::Remove => "remove",
            Change::Add(_) => "add",
        }
    }
}

impl fmt::Display for Mutation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.change {
            Change::Replace(value) => write!(f, "{} := {value}", self.place),
            Change::Remove => write!(f, "{} removed", self.place),
            Change::Add(value) => write!(f, "{} added, {value}", self.place),
        }
    }
}

/// Returns a document with all the changes.
pub fn applied(document: &Value, mutations: &[Mutation]) -> Value {
    let mut changed = document.clone();
    mutations.iter().for_each(|mutation| mutation.apply(&mut changed));
    changed
}

/// Returns the changes at each place of a document.
pub fn mutations(document: &Value) -> Vec<Mutation> {
    let mut found = Vec::new();
    for place in places(document) {
        let Some(value) = place.find(document) else { continue };
        if value.is_object() {
            found.push(Mutation { place: place.member(UNKNOWN), change: Change::Add(json!(1)) });
        }
        if matches!(place.0.last(), Some(Step::Key(_))) {
            found.push(Mutation { place: place.clone(), change: Change::Remove });
        }
        let replaced = replacements(value).into_iter();
        found.extend(replaced.map(|value| Mutation { place: place.clone(), change: Change::Replace(value) }));
    }
    found
}

/// Returns values to put in the place of one, all different from it.
fn replacements(value: &Value) -> Vec<Value> {
    let mut values = vec![
        json!(null),
        json!(true),
        json!(-1),
        json!(300),
        json!(70_000),
        json!(1.5),
        json!(1e20),
        json!("?bad"),
        json!(""),
        json!([]),
        json!(["?bad"]),
        json!({}),
        json!({ UNKNOWN: 1 }),
        json!([value]),
        json!({ UNKNOWN: value }),
    ];
    match value {
        // Almost right: an unknown variant, a bad date, an address with a blank.
        Value::String(string) => values.extend([json!(format!("{string} ?")), json!(string.to_uppercase())]),
        Value::Number(number) => values.push(json!(number.to_string())),
        Value::Array(items) if items.len() > 1 => values.push(json!(items[1..])),
        _ => {}
    }
    values.retain(|other| other != value);
    values
}
