//! Documents of one type with every combination of type errors and rule errors.

use super::{
    Reply,
    errors::{
        fixed, int_parsing, missing, out_of_range, string_too_short, string_type, too_long, unprocessable,
        value_error,
    },
    table::Table,
};

/// Posts every document with `post`, and checks that exactly its errors are reported.
pub(crate) async fn check(mismatch: &str, post: impl AsyncFn(&str) -> Reply) {
    let mut table = Table::default();
    for (document, errors) in documents(mismatch) {
        let reply = post(&document).await;
        if errors.is_empty() {
            table.assert_eq(&document, reply.status, 200);
        } else {
            table.assert_eq(&document, reply, unprocessable(&errors));
        }
    }
}

/// The fields, in order: `userName` (at least 2 characters), `age` (at least 18), `pair` (`a` must match `b`),
/// `tags` (at most 2), `size` (required). Each document comes with its errors.
fn documents(mismatch: &str) -> Vec<(String, Vec<String>)> {
    let a = r#"["body","pair","a"]"#;
    let choices: [Vec<(&str, Option<String>)>; 5] = [
        vec![
            (r#""userName":"ab""#, None),
            (r#""userName":"a""#, Some(string_too_short(r#"["body","userName"]"#, 2, r#""a""#))),
            (r#""userName":1"#, Some(string_type(r#"["body","userName"]"#, "1"))),
            ("", Some(missing(r#"["body","userName"]"#, "DOCUMENT"))),
        ],
        vec![
            (r#""age":"18""#, None),
            (r#""age":17"#, Some(out_of_range("ge", r#"["body","age"]"#, ["18", "18"], "17"))),
            (r#""age":"x""#, Some(int_parsing(r#"["body","age"]"#, r#""x""#))),
        ],
        vec![
            (r#""pair":{"a":"1","b":"1"}"#, None),
            (r#""pair":{"a":"1","b":"2"}"#, Some(value_error(a, mismatch, r#""1""#))),
            (r#""pair":{"a":"1","b":2}"#, Some(string_type(r#"["body","pair","b"]"#, "2"))),
            (r#""pair":{"b":"1"}"#, Some(missing(a, r#"{"b":"1"}"#))),
            (r#""pair":5"#, Some(fixed("model_attributes_type", r#"["body","pair"]"#, "5"))),
        ],
        vec![
            (r#""tags":["x"]"#, None),
            (
                r#""tags":["x","y","z"]"#,
                Some(too_long("List", r#"["body","tags"]"#, 2, "3", r#"["x","y","z"]"#)),
            ),
            (r#""tags":["x",1,"z"]"#, Some(too_long("List", r#"["body","tags"]"#, 2, "3", r#"["x",1,"z"]"#))),
            (r#""tags":["x",1]"#, Some(string_type(r#"["body","tags",1]"#, "1"))),
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
