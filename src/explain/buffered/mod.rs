//! Errors without a path. serde buffers flattened, tagged and untagged content before it deserializes it, so
//! its errors do not say where they belong.
//!
//! A string that serde refuses still lies in the document, and its address names it. For anything else experiments
//! find the place: something is changed, and the next pass shows what the type says then. An error is noted only if
//! it goes or follows when its place gets another value. Otherwise the error is that of the whole container.

mod compare;
mod empty_strings;
mod files;
mod found;
mod independence;
mod invention;
mod laxness;
mod missing;
mod parts;
mod replacement;
mod search;
mod tags;
mod union;
mod value;
mod view;
mod world;

use crate::{
    json::{Kind, NodeId},
    report::{AppMessage, ErrorKind},
};

use super::{
    state::{Cause, Experiment, Location, NodeFlags, Pass, Reading},
    types::{Expected, Unexpected},
};

pub(crate) use self::empty_strings::look_for_a_map;
use self::{
    empty_strings::{read_as_list, read_as_string},
    files::{read_as_file, read_as_files},
    found::{Found, Next},
    independence::Independence,
    laxness::Laxness,
    missing::MissingSearch,
    parts::buffered_values,
    search::{Begun, Search, begin},
    tags::TagSearch,
    union::UnionSearch,
    view::View,
    world::{World, unknown_member},
};

/// The words of serde where it expects an enum in content that it buffers.
const ENUM: &str = "string or map";

/// Goes on with the experiment on a container after its type has read it. Returns whether there is such an
/// experiment.
pub(crate) fn go_on_experimenting(
    pass: &mut Pass<'_>,
    container: NodeId,
    reading: impl FnOnce() -> Reading,
) -> bool {
    let Some(experiment) = pass.learned.take_experiment(container) else { return false };
    experiment.go_on(pass, container, reading());
    true
}

/// Tests whether a type that has recovered from errors reads more of a container by the lax rules.
pub(crate) fn try_lax_rules(pass: &mut Pass<'_>, container: NodeId, raised: &[Cause]) {
    if pass.is_strict() || pass.is_for_rules() {
        return;
    }
    if !pass.learned.begin_lax_test(container) {
        return;
    }
    if let Some(test) = Laxness::begin(pass, container, raised) {
        pass.learned.experiment(container, Box::new(test));
    }
}

/// Looks for the tags of the objects around the errors in a container that its type accepts with placeholders.
pub(crate) fn look_for_tags(pass: &mut Pass<'_>, container: NodeId) {
    if let Some(search) = TagSearch::begin(pass, container) {
        pass.learned.experiment(container, Box::new(search));
    }
}

/// Finds the place in a container that an error is about. Returns whether it is found, or looked for in the
/// next pass.
///
/// `are_known` says whether all placeholders in the container stand for single values.
pub(crate) fn resolve(pass: &mut Pass<'_>, container: NodeId, reading: Reading, are_known: bool) -> bool {
    let Some(complaint) = reading.returned.clone() else { return false };
    if pass.learned.unplaced(container, &complaint).is_some() {
        return false;
    }
    if pass.learned.quotes_left_out(container, &complaint) {
        pass.learned.flags.give_up(container);
        return true;
    }
    if pass.tape.is_of_strings() {
        // A union drops the errors of its members.
        let is_union = matches!(complaint, Cause::Custom(_));
        let dropped = if is_union { reading.raised.as_slice() } else { &[] };
        if read_otherwise(pass, container, &complaint)
            || dropped.iter().any(|error| read_otherwise(pass, container, error))
        {
            return true;
        }
    }
    if let Cause::UnknownField { address, .. } = complaint {
        return resolve_field(pass, container, address);
    }
    // A union drops the errors of its members, and then raises its own.
    if matches!(complaint, Cause::Custom(_))
        && reading.raised.len() > 1
        && pass.has(container, NodeFlags::BUFFERED)
    {
        let search = UnionSearch::begin(pass, container, &complaint, Some(reading));
        pass.learned.experiment(container, Box::new(Explaining { complaint, search }));
        return true;
    }
    if let Cause::Custom(_) = complaint {
        if let Some(search) = MissingSearch::of_union(pass, container, &complaint, &reading.raised) {
            let search = Search::Missing(Box::new(search));
            // The member is known, and only a value for it is looked for.
            let placing = Placing { complaint, search, are_known: true, held: None };
            pass.learned.experiment(container, Box::new(placing));
            return true;
        }
    }
    search_for(pass, container, complaint, are_known)
}

/// Checks whether an error for which no place was found is one of the document, although there are placeholders in the
/// container. `are_known` says whether all of them stand for single values. Returns `false` if that cannot be checked.
pub(crate) fn check_unplaced(
    pass: &mut Pass<'_>,
    container: NodeId,
    complaint: &Cause,
    are_known: bool,
) -> bool {
    match pass.learned.unplaced(container, complaint) {
        Some(_) if pass.learned.was_placed(container, complaint) => false,
        Some(is_inside) if are_known || is_inside => {
            let experiment = Independence::begin(pass, container, complaint);
            pass.learned.experiment(container, Box::new(experiment));
            true
        }
        Some(_) => {
            pass.learned.notes.hide_one();
            false
        }
        None => false,
    }
}

/// Returns an error in the words of the type that raised it, but for the name of a union, which is of no use to
/// clients.
pub(crate) fn nameless(cause: &Cause) -> ErrorKind {
    const OF_UNION: &str = "data did not match any variant of untagged enum ";
    let words = cause.to_string();
    let words = if words.starts_with(OF_UNION) { "data did not match any variant".to_owned() } else { words };
    ErrorKind::ValueError { error: AppMessage(words) }
}

fn search_for(pass: &mut Pass<'_>, container: NodeId, complaint: Cause, are_known: bool) -> bool {
    let mut is_probe = false;
    match begin(pass, container, &complaint, Some(&mut is_probe)) {
        Begun::Search(search) => {
            pass.learned
                .experiment(container, Box::new(Placing { complaint, search, are_known, held: None }));
        }
        Begun::Found(found) => apply(pass, container, &complaint, found),
        Begun::Nothing if is_probe => {}
        Begun::Nothing => return false,
    }
    true
}

fn apply<'t>(pass: &mut Pass<'t>, container: NodeId, complaint: &Cause, found: Found<'t>) {
    pass.learned.has_placed(container, complaint);
    if let Found::Union { node, behind } = found {
        let search = UnionSearch::begin(pass, node, complaint, None).without(pass, behind);
        let complaint = complaint.clone();
        pass.learned.experiment(container, Box::new(Explaining { complaint, search }));
        return;
    }
    if !World::Document.apply(pass, container, complaint, found) {
        pass.learned.flags.give_up(container);
    }
}

fn resolve_field(pass: &mut Pass<'_>, container: NodeId, address: usize) -> bool {
    let Some(value) = unknown_member(pass, container, address) else { return false };
    if !World::Document.is_silent(pass, container, value) {
        pass.learned.is_wrong(value);
        pass.note(Location::Node(value), ErrorKind::ExtraForbidden);
    }
    pass.learned.flags.decide(value, NodeFlags::HIDDEN);
    true
}

/// Decides whether strings of one name are read as a list or as one string, if that can explain an error.
fn read_otherwise(pass: &mut Pass<'_>, container: NodeId, complaint: &Cause) -> bool {
    if let Cause::Missing(name) = complaint {
        return read_as_list(pass, container, name);
    }
    let (Some(value), Some(expected)) = (complaint.refused(), complaint.expected()) else { return false };
    let expects_list =
        matches!(Expected::of(expected), Some(Expected::List | Expected::Set | Expected::Tuple));
    let tape = pass.tape;
    match value {
        Unexpected::Str { address } if expects_list => {
            let string = tape.at_address(address).filter(|&string| tape.is_chosen(string));
            if let Some(string) = string {
                pass.learned.flags.decide(tape.parent(string), NodeFlags::LISTED);
            }
            string.is_some()
        }
        Unexpected::Map if expects_list => read_as_files(pass, container),
        Unexpected::Seq
            if Expected::of(expected) == Some(Expected::File) && read_as_file(pass, container) =>
        {
            true
        }
        Unexpected::Seq if !expects_list && read_as_string(pass) => true,
        Unexpected::Seq if !expects_list => {
            pass.scan(container);
            // A name that is read as one string is represented by the string.
            let name_of = |node: NodeId| {
                let is_tried = tape.is_chosen(node) && pass.has(tape.parent(node), NodeFlags::SINGLE);
                if is_tried { tape.parent(node) } else { node }
            };
            let names = buffered_values(pass, container).into_iter().map(name_of);
            let names: Vec<NodeId> = names.filter(|&node| tape.kind(node) == Kind::Strings).collect();
            let is_settled = |node: &NodeId| pass.has(*node, NodeFlags::SINGLE | NodeFlags::LISTED);
            let (settled, open): (Vec<NodeId>, Vec<NodeId>) = names.into_iter().partition(is_settled);
            // It is not known which name it is: one is tried, and if that was wrong, twice as many.
            for &strings in open.iter().take(settled.len().max(1)) {
                pass.learned.flags.decide(strings, NodeFlags::SINGLE);
            }
            !open.is_empty()
        }
        _ => false,
    }
}

/// The search for the place of the error that the type of a container returned.
#[derive(Debug)]
struct Placing<'t> {
    complaint: Cause,
    search: Search<'t>,
    /// `true` if all placeholders stand for single values. Other ones may change from pass to pass, and the error with
    /// them.
    are_known: bool,
    /// What was found. It counts if the error comes back without any change.
    held: Option<Found<'t>>,
}

impl<'t> Experiment<'t> for Placing<'t> {
    fn go_on(mut self: Box<Self>, pass: &mut Pass<'t>, container: NodeId, reading: Reading) {
        if let Some(found) = self.held.take() {
            if reading.returned.as_ref() == Some(&self.complaint) {
                apply(pass, container, &self.complaint, found);
            } else {
                pass.learned.give_up_placing(container, &self.complaint, false);
            }
            return;
        }
        match self.search.step(pass, &View::Returned, &reading) {
            Next::GoOn => pass.learned.experiment(container, self),
            Next::Found(found) if self.are_known || found.is_certain() => {
                apply(pass, container, &self.complaint, found);
            }
            Next::Found(found) => {
                found.take_back(pass);
                self.held = Some(found);
                pass.learned.experiment(container, self);
            }
            Next::NotFound => {
                pass.learned.give_up_placing(container, &self.complaint, self.search.is_inside());
            }
        }
    }
}

/// The explanation of a union.
#[derive(Debug)]
struct Explaining<'t> {
    complaint: Cause,
    search: UnionSearch<'t>,
}

impl<'t> Experiment<'t> for Explaining<'t> {
    fn go_on(mut self: Box<Self>, pass: &mut Pass<'t>, container: NodeId, reading: Reading) {
        match self.search.step(pass, container, &mut World::Document, reading) {
            None => pass.learned.experiment(container, self),
            Some(true) => {}
            Some(false) if self.search.is_innocent() => {
                pass.learned.give_up_placing(container, &self.complaint, false);
            }
            // Its members cannot be told apart.
            Some(false) if self.search.is_certain(container) => {
                let found = self.search.as_a_whole(container);
                apply(pass, container, &self.complaint, found);
            }
            Some(false) => {
                if !search_for(pass, container, self.complaint.clone(), false) {
                    pass.learned.give_up_placing(container, &self.complaint, false);
                }
            }
        }
    }
}
