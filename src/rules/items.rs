//! The rules of what a field contains: items, entries, and the value in an `Option`.

use std::fmt::Display;

use super::{field::Field, operands::Items, path::Position};

/// Rules for optional values.
impl<T> Field<'_, Option<T>> {
    /// Checks rules for the value inside the `Option`. `None` obeys all of them.
    ///
    /// Use it for the items of a list. For a field use [`Check::optional`](super::Check::optional).
    ///
    /// ```
    /// # use axum_exception::rules::{Check, Rules};
    /// # struct Item { sizes: Vec<Option<i64>> }
    /// # impl Rules for Item {
    /// #     fn rules(&self, check: &mut Check<'_>) {
    /// check.field("sizes", &self.sizes).each(|size| size.some(|size| size.ge(1)));
    /// #     }
    /// # }
    /// ```
    pub fn some(self, rules: impl FnOnce(Field<'_, T>) -> Field<'_, T>) -> Self {
        if let Some(value) = self.value.and_then(Option::as_ref) {
            rules(Field::new(self.state.findings, self.state.position, Some(value)));
        }
        self
    }
}

/// Rules for lists.
impl<T: ?Sized> Field<'_, T> {
    /// Checks rules for each item of a slice, array or `Vec`. For other lists use [`nested`](Self::nested).
    ///
    /// ```
    /// # use axum_exception::rules::{Check, Rules};
    /// # struct Item { tags: Vec<String> }
    /// # impl Rules for Item {
    /// #     fn rules(&self, check: &mut Check<'_>) {
    /// check.field("tags", &self.tags).each(|tag| tag.min_length(1).max_length(20));
    /// #     }
    /// # }
    /// ```
    pub fn each<I>(mut self, mut rules: impl FnMut(Field<'_, I>) -> Field<'_, I>) -> Self
    where
        T: Items<I>,
    {
        let items = self.value.map(T::items).unwrap_or_default();
        for (index, item) in items.iter().enumerate() {
            let state = &mut self.state;
            let position = Position::ItemOf { list: &state.position, index, length: items.len() };
            rules(Field::new(state.findings, position, Some(item)));
        }
        self
    }
}

/// Rules for maps.
impl<'f, T: ?Sized> Field<'f, T> {
    /// Checks rules for the value of each entry.
    ///
    /// The `Display` output of a key must be the key as the client sends it.
    pub fn each_value<K, V>(mut self, mut rules: impl FnMut(Field<'_, V>) -> Field<'_, V>) -> Self
    where
        &'f T: IntoIterator<Item = (&'f K, &'f V)>,
        K: Display + 'f,
        V: 'f,
    {
        let length = count(self.value);
        for (key, value) in self.value.into_iter().flatten() {
            let state = &mut self.state;
            let position = Position::Entry { map: &state.position, key, length };
            rules(Field::new(state.findings, position, Some(value)));
        }
        self
    }

    /// Checks rules for each key. Their errors have the `loc` `[…, "the key", "[key]"]`.
    ///
    /// The `Display` output of a key must be the key as the client sends it.
    pub fn each_key<K, V>(mut self, mut rules: impl FnMut(Field<'_, K>) -> Field<'_, K>) -> Self
    where
        &'f T: IntoIterator<Item = (&'f K, &'f V)>,
        K: Display + 'f,
        V: 'f,
    {
        let length = count(self.value);
        for (key, _) in self.value.into_iter().flatten() {
            let state = &mut self.state;
            let value = Position::Entry { map: &state.position, key, length };
            rules(Field::new(state.findings, Position::ToKey(&value), Some(key)));
        }
        self
    }
}

/// Returns the number of entries of a map.
fn count<M: IntoIterator + Copy>(map: Option<M>) -> usize {
    let entries = map.into_iter().flatten();
    match entries.size_hint() {
        (least, Some(most)) if least == most => least,
        _ => entries.count(),
    }
}
