//! Lists of expected values, and their wording.

use std::fmt;

use crate::value::Value;

/// The values that were expected. Its `Display` is `'a', 'b' or 'c'`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Choices {
    /// Names that a type declares.
    Declared(&'static [&'static str]),
    /// Names quoted from an error message.
    Quoted(Vec<String>),
    /// Any values.
    Values(Vec<Value>),
}

impl Choices {
    fn write(&self, f: &mut fmt::Formatter<'_>, last: &str) -> fmt::Result {
        match self {
            Self::Declared(names) => write_list(f, names.iter(), last, |f, name| write!(f, "'{name}'")),
            Self::Quoted(names) => write_list(f, names.iter(), last, |f, name| write!(f, "'{name}'")),
            Self::Values(values) => write_list(f, values.iter(), last, write_repr),
        }
    }
}

impl fmt::Display for Choices {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write(f, " or ")
    }
}

impl From<Choices> for Value {
    fn from(choices: Choices) -> Self {
        choices.to_string().into()
    }
}

/// The tags of a union. Its `Display` is `'a', 'b', 'c'`.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Tags(pub(crate) Choices);

impl fmt::Display for Tags {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write(f, ", ")
    }
}

impl From<Tags> for Value {
    fn from(tags: Tags) -> Self {
        tags.to_string().into()
    }
}

fn write_list<T>(
    f: &mut fmt::Formatter<'_>,
    items: impl ExactSizeIterator<Item = T>,
    last: &str,
    write: impl Fn(&mut fmt::Formatter<'_>, T) -> fmt::Result,
) -> fmt::Result {
    let len = items.len();
    for (position, item) in items.enumerate() {
        if position > 0 {
            f.write_str(if position + 1 == len { last } else { ", " })?;
        }
        write(f, item)?;
    }
    Ok(())
}

/// Writes a value as Python's `repr` does.
fn write_repr(f: &mut fmt::Formatter<'_>, value: &Value) -> fmt::Result {
    match value {
        Value::Null => f.write_str("None"),
        Value::Bool(true) => f.write_str("True"),
        Value::Bool(false) => f.write_str("False"),
        Value::String(string) if string.contains('\'') && !string.contains('"') => write!(f, "\"{string}\""),
        Value::String(string) => write!(f, "'{}'", string.replace('\'', "\\'")),
        other => fmt::Display::fmt(other, f),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_are_written_as_pydantic_writes_them() {
        let declared = Choices::Declared(&["a", "Rock or Pop", "c"]);
        assert_eq!(declared.to_string(), "'a', 'Rock or Pop' or 'c'");
        assert_eq!(Tags(declared).to_string(), "'a', 'Rock or Pop', 'c'");
        assert_eq!(Choices::Quoted(vec!["a".to_owned()]).to_string(), "'a'");
        let values = vec![Value::Null, true.into(), 1.into(), "it's".into(), "'\"".into()];
        assert_eq!(Choices::Values(values).to_string(), "None, True, 1, \"it's\" or '\\'\"'");
        assert_eq!(Choices::Declared(&[]).to_string(), "");
    }
}
