//! What is known about types that are to be made of nothing.

use std::any::TypeId;

use super::{
    halt::{Cause, Halt},
    invent::Content,
    walk::Walk,
};

impl Walk<'_> {
    /// How many values of an enum are being invented in each other.
    pub(super) fn begin_enum(&self, visitor: TypeId) -> usize {
        let mut enums = self.enums.borrow_mut();
        enums.push(visitor);
        enums.iter().filter(|&&outer| outer == visitor).count() - 1
    }

    pub(super) fn end_enum(&self) {
        self.enums.borrow_mut().pop();
    }

    /// What is known of the type in this slot, if it takes anything: (as a whole, whether it has members).
    pub(super) fn recipe(&self) -> Option<(Option<Content>, bool)> {
        let slot = self.slot.get()?;
        let memory = self.memory.borrow();
        memory.recipes.get(&slot.seed).map(|recipe| (recipe.whole, !recipe.members.is_empty()))
    }

    pub(super) fn recipe_members(&self) -> Vec<(&'static str, Option<Content>)> {
        let memory = self.memory.borrow();
        let recipe = self.slot.get().and_then(|slot| memory.recipes.get(&slot.seed));
        recipe
            .into_iter()
            .flat_map(|recipe| &recipe.members)
            .map(|&(name, content)| (name, Some(content)))
            .collect()
    }

    /// The fields to give to the visitor of a struct that is made of nothing.
    pub(super) fn fields_to_invent(
        &self,
        visitor: TypeId,
        fields: &'static [&'static str],
    ) -> Vec<(&'static str, Option<Content>)> {
        let memory = self.memory.borrow();
        let demanded = memory.is_lean(visitor).then(|| memory.demanded(Some(visitor), None));
        demanded.unwrap_or_else(|| fields.to_vec()).into_iter().map(|name| (name, None)).collect()
    }

    /// A struct could not be made of nothing: perhaps with fewer fields, or with one more.
    pub(super) fn settle_invented_struct(&self, visitor: TypeId, halt: Halt) -> Halt {
        let mut memory = self.memory.borrow_mut();
        let learnt = match &halt {
            Halt::Over => return Halt::Over,
            Halt::Complaint(complaint) => match complaint.cause {
                Cause::Missing(name) => memory.demand(visitor, name),
                _ => memory.make_lean(visitor),
            },
            Halt::Settled => memory.make_lean(visitor),
        };
        drop(memory);
        if learnt { self.refuse() } else { halt }
    }
}
