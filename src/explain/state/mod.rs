//! What a pass over the document knows, and what it leaves to the next pass. Nothing here sees a visitor.

mod error;
mod evidence;
mod experiment;
mod flags;
mod frame;
mod learned;
mod notes;
mod pass;
mod progress;
mod recording;
mod substitute;
mod tag_error;
mod template;

pub(crate) use self::{
    error::{Cause, Error, OpenError},
    evidence::{Evidence, EvidenceParts, members_of},
    experiment::{Experiment, Reading},
    flags::{FlagTable, NodeFlags},
    frame::{Propagation, Reader},
    learned::{Learned, Owner},
    notes::{Location, Member, Note},
    pass::{Acceptance, Bounds, Entered, Left, Limit, Mode, Pass},
    progress::Progress,
    recording::{Recording, take_recorded},
    substitute::Substitute,
    tag_error::{union_tag_invalid, union_tag_not_found},
    template::Template,
};
