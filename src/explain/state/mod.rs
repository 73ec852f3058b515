//! What a pass over the document knows, and what it leaves to the next pass. Nothing here sees a visitor.

mod error;
mod evidence;
mod experiment;
mod flags;
mod frame;
mod learned;
mod notes;
mod pass;
mod template;

pub(crate) use self::{
    error::{Cause, Error, OpenError},
    evidence::{Evidence, EvidenceParts},
    experiment::{Experiment, FieldSearch, Marked, Marks, Withdrawal},
    flags::NodeFlags,
    frame::{Frame, Propagation, Reader},
    learned::{Learned, Progress, Substitute},
    notes::{Location, Note, Notes},
    pass::{Bounds, Entered, Left, Limit, Mode, Pass},
    template::Template,
};
