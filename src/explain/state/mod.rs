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
mod substitute;
mod template;

pub(crate) use self::{
    error::{Cause, Error, OpenError},
    evidence::{Evidence, EvidenceParts},
    experiment::{Experiment, FieldSearch, Marked, Marks, Withdrawal},
    flags::NodeFlags,
    frame::{Propagation, Reader},
    learned::Learned,
    notes::{Location, Note},
    pass::{Acceptance, Bounds, Entered, Left, Limit, Mode, Pass},
    progress::Progress,
    template::Template,
};
