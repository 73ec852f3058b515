//! Experiments: something in a container is changed, and the next pass shows how its type reads it then.

use std::fmt;

use crate::json::NodeId;

use super::{error::Cause, pass::Pass};

/// What a type did with a container in one pass.
#[derive(Debug)]
pub(crate) struct Reading {
    /// The errors that it raised, also those from which it recovered, in their order.
    pub(crate) raised: Vec<Cause>,
    /// The error that it returned.
    pub(crate) returned: Option<Cause>,
}

/// An experiment on a container.
pub(crate) trait Experiment<'t>: fmt::Debug {
    /// Draws the conclusion from the last pass, and prepares the next one.
    fn go_on(self: Box<Self>, pass: &mut Pass<'t>, container: NodeId, reading: Reading);
}
