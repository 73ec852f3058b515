//! Rules of types that contain values with rules.

use std::{
    collections::{BTreeMap, HashMap, VecDeque},
    fmt::Display,
    rc::Rc,
    sync::Arc,
};

use super::{Check, Field, Rules};

fn nested<T: Rules>(field: Field<'_, T>) -> Field<'_, T> {
    field.nested()
}

/// Has no rules.
impl Rules for () {
    fn rules(&self, _: &mut Check<'_>) {}
}

impl<T: Rules> Rules for Option<T> {
    fn rules(&self, check: &mut Check<'_>) {
        if let Some(value) = self {
            value.rules(check);
        }
    }
}

macro_rules! pointers {
    ($($pointer:ident),*) => {$(
        impl<T: Rules + ?Sized> Rules for $pointer<T> {
            fn rules(&self, check: &mut Check<'_>) {
                T::rules(self, check);
            }
        }
    )*};
}

pointers!(Box, Rc, Arc);

impl<T: Rules + ?Sized> Rules for &T {
    fn rules(&self, check: &mut Check<'_>) {
        T::rules(self, check);
    }
}

impl<T: Rules> Rules for [T] {
    fn rules(&self, check: &mut Check<'_>) {
        check.value(self).each(nested);
    }
}

impl<T: Rules> Rules for Vec<T> {
    fn rules(&self, check: &mut Check<'_>) {
        self.as_slice().rules(check);
    }
}

impl<T: Rules, const N: usize> Rules for [T; N] {
    fn rules(&self, check: &mut Check<'_>) {
        self.as_slice().rules(check);
    }
}

impl<T: Rules> Rules for VecDeque<T> {
    fn rules(&self, check: &mut Check<'_>) {
        for (index, item) in self.iter().enumerate() {
            check.item_of(index, self.len(), item).nested();
        }
    }
}

impl<K: Display, V: Rules, S> Rules for HashMap<K, V, S> {
    fn rules(&self, check: &mut Check<'_>) {
        check.value(self).each_value(nested);
    }
}

impl<K: Display, V: Rules> Rules for BTreeMap<K, V> {
    fn rules(&self, check: &mut Check<'_>) {
        check.value(self).each_value(nested);
    }
}

macro_rules! tuples {
    ($(($($part:ident $index:tt),*))*) => {$(
        impl<$($part: Rules),*> Rules for ($($part,)*) {
            fn rules(&self, check: &mut Check<'_>) {
                $(check.item($index, &self.$index).nested();)*
            }
        }
    )*};
}

tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
}
