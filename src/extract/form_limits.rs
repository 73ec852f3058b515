//! Starlette's limits on forms.

/// The most fields of a form, and the most files, as in Starlette.
pub(super) const MAX_FIELDS: usize = 1000;

/// The most bytes of a field, as in Starlette.
pub(super) const MAX_FIELD_BYTES: usize = 1024 * 1024;
