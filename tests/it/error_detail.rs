//! `ErrorDetail` and `Loc` in the app: serialized and iterated.

use axum::{Router, routing::get};
use axum_exception::{
    Caught, ErrorDetail, ErrorHandlingLayer, Loc, LocSegment, RequestValidationError, Value,
};

use crate::support::{Reply, get as fetch};

fn errors() -> [ErrorDetail; 3] {
    [
        ErrorDetail::missing(["body", "name"]).with_input(Value::from_iter([("z", 1), ("a", 2)])),
        ErrorDetail::new("too_old", Loc::from("body").key("years").index(1), "Nothing before 1970")
            .with_input(1e16)
            .with_ctx("earliest", 1970)
            .with_ctx("also", "x"),
        ErrorDetail::value_error("query", "is \"taken\"").with_input("café"),
    ]
}

const LISTED: &str = concat!(
    r#"[{"type":"missing","loc":["body","name"],"msg":"Field required","input":{"z":1,"a":2}},"#,
    r#"{"type":"too_old","loc":["body","years",1],"msg":"Nothing before 1970","input":1e+16,"ctx":{"earliest":1970,"also":"x"}},"#,
    r#"{"type":"value_error","loc":["query"],"msg":"Value error, is \"taken\"","input":"café","ctx":{"error":{}}}]"#,
);

#[tokio::test]
async fn error_detail_serializes_as_in_a_422() {
    let default = Router::new()
        .route("/", get(async || RequestValidationError::new(errors())))
        .layer(ErrorHandlingLayer::new());
    assert_eq!(fetch(&default, "/").await, Reply::json(422, format!(r#"{{"detail":{LISTED}}}"#)));
    assert_eq!(Value::from_serialize(&errors()).unwrap().to_string(), LISTED);
    assert_eq!(serde_json::to_string(&errors()).unwrap(), LISTED);
}

#[tokio::test]
async fn handler_can_serialize_errors_in_its_own_format() {
    async fn own(error: Caught<RequestValidationError>) -> axum_exception::Result<Value> {
        #[derive(serde::Serialize)]
        struct Own<'a> {
            errors: &'a [ErrorDetail],
            at: Vec<&'a Loc>,
        }
        let at = error.errors().iter().map(ErrorDetail::loc).collect();
        Ok(Value::from_serialize(&Own { errors: error.errors(), at })?)
    }
    let app = Router::new()
        .route("/", get(async || RequestValidationError::new(errors())))
        .layer(ErrorHandlingLayer::new().exception_handler(own));
    let body = format!(r#"{{"errors":{LISTED},"at":[["body","name"],["body","years",1],["query"]]}}"#);
    assert_eq!(fetch(&app, "/").await, Reply::json(200, body));
}

#[test]
fn loc_and_segments_serialize_as_json() {
    let loc = Loc::from("body").key("a.b").index(0);
    assert_eq!(serde_json::to_string(&loc).unwrap(), r#"["body","a.b",0]"#);
    assert_eq!(serde_json::to_string(&loc.segments()[1]).unwrap(), r#""a.b""#);
    assert_eq!(serde_json::to_string(&LocSegment::Index(7)).unwrap(), "7");
    assert_eq!(serde_json::to_string(&Loc::default()).unwrap(), "[]");
}

#[test]
fn loc_iterates_from_the_outside_in() {
    let loc = Loc::from("body").key("tags").index(1);
    assert_eq!((loc.len(), loc.is_empty()), (3, false));
    assert!(loc.iter().eq(loc.segments()));
    let mut names = Vec::new();
    for segment in &loc {
        match segment {
            LocSegment::Key(key) => names.push(key.to_string()),
            LocSegment::Index(index) => names.push(format!("[{index}]")),
        }
    }
    assert_eq!(names, ["body", "tags", "[1]"]);
    assert_eq!(loc.iter().rev().cloned().collect::<Loc>().to_string(), "1.tags.body");
    assert_eq!((Loc::default().len(), Loc::default().is_empty()), (0, true));
}
