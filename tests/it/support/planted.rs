//! Every mixture of mistakes, of types and of rules, in one kind of document.

use super::rows::{beyond, error, many, missing, no_int, no_string, raised, short};

/// The type in question, in its own order: `userName` (at least 2 characters), `age` (at least 18), `pair` (of
/// `a` that matches `b`), `tags` (at most 2), `size` (required). Each document comes with its errors.
pub(crate) fn documents(mismatch: &str) -> Vec<(String, Vec<String>)> {
    let no_object = "Input should be a valid dictionary or object to extract fields from";
    let a = r#"["body","pair","a"]"#;
    let choices: [Vec<(&str, Option<String>)>; 5] = [
        vec![
            (r#""userName":"ab""#, None),
            (r#""userName":"a""#, Some(short(r#"["body","userName"]"#, 2, r#""a""#))),
            (r#""userName":1"#, Some(no_string(r#"["body","userName"]"#, "1"))),
            ("", Some(missing(r#"["body","userName"]"#, "DOCUMENT"))),
        ],
        vec![
            (r#""age":"18""#, None),
            (r#""age":17"#, Some(beyond("ge", r#"["body","age"]"#, ["18", "18"], "17"))),
            (r#""age":"x""#, Some(no_int(r#"["body","age"]"#, r#""x""#))),
        ],
        vec![
            (r#""pair":{"a":"1","b":"1"}"#, None),
            (r#""pair":{"a":"1","b":"2"}"#, Some(raised(a, mismatch, r#""1""#))),
            (r#""pair":{"a":"1","b":2}"#, Some(no_string(r#"["body","pair","b"]"#, "2"))),
            (r#""pair":{"b":"1"}"#, Some(missing(a, r#"{"b":"1"}"#))),
            (r#""pair":5"#, Some(error("model_attributes_type", r#"["body","pair"]"#, no_object, "5", ""))),
        ],
        vec![
            (r#""tags":["x"]"#, None),
            (r#""tags":["x","y","z"]"#, Some(many("List", r#"["body","tags"]"#, 2, "3", r#"["x","y","z"]"#))),
            (r#""tags":["x",1,"z"]"#, Some(many("List", r#"["body","tags"]"#, 2, "3", r#"["x",1,"z"]"#))),
            (r#""tags":["x",1]"#, Some(no_string(r#"["body","tags",1]"#, "1"))),
        ],
        vec![(r#""size":5"#, None), ("", Some(missing(r#"["body","size"]"#, "DOCUMENT")))],
    ];
    let mut documents = vec![(Vec::new(), Vec::new())];
    for field in &choices {
        let mut longer = Vec::new();
        for (members, errors) in documents {
            for (member, error) in field {
                let members: Vec<&str> = [*member].into_iter().chain(members.iter().copied()).collect();
                let errors: Vec<String> = errors.iter().cloned().chain(error.clone()).collect();
                longer.push((members, errors));
            }
        }
        documents = longer;
    }
    let finished = documents.into_iter().map(|(members, errors)| {
        let members: Vec<&str> = members.into_iter().filter(|member| !member.is_empty()).collect();
        let document = format!("{{{}}}", members.join(","));
        let errors = errors.iter().map(|error| error.replace("DOCUMENT", &document)).collect();
        (document, errors)
    });
    finished.collect()
}
