//! The JSON documents that the benches share: an order and its items.

/// Returns a valid document with this number of items.
pub fn valid(items: usize) -> String {
    let item = r#"{"title":"A towel","size":42,"price":9.99,"tags":["soft","blue"],"gift":false}"#;
    let items = vec![item; items].join(",");
    format!(r#"{{"id":1234567,"customer":"Zaphod","items":[{items}],"note":"Handle with care"}}"#)
}

/// Returns a document with two errors at its end: a reader that stops at the first one has read nearly all of it.
pub fn invalid_at_end(items: usize) -> String {
    let document = valid(items).replace("\"Handle with care\"", "5");
    let at = document.rfind("42").unwrap();
    format!("{}\"XL\"{}", &document[..at], &document[at + 2..])
}

/// Returns a document with two errors at its beginning: a reader that stops at the first one has hardly read
/// anything.
pub fn invalid_at_beginning(items: usize) -> String {
    valid(items).replacen("\"Zaphod\"", "5", 1).replacen("42", "\"XL\"", 1)
}
