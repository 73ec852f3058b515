//! `Valid` for the crates `garde` and `validator`, and the tests that both share.

/// Checks the errors of bodies, each posted to a type: `Type: body => error, error;`.
macro_rules! rows {
    ($($type:ty: $sent:expr => $($error:expr),+;)*) => {
        let mut table = Table::default();
        $(table.assert_eq($sent, json::<$type>($sent).await, unprocessable(&[$($error),+]));)*
    };
}

/// Defines structs that derive `Validate` and serde's traits.
macro_rules! types {
    ($($name:ident { $($fields:tt)* })*) => {$(
        #[derive(Default, Deserialize, Serialize, Validate)]
        struct $name { $($fields)* }
    )*};
}

/// An app that reads a `Filter` with each extractor.
macro_rules! filter_app {
    () => {
        Router::new()
            .route("/query", get(async |Valid(Query(it)): Valid<Query<Filter>>| Json(it)))
            .route("/header", get(async |Valid(Header(it)): Valid<Header<Filter>>| Json(it)))
            .route("/form", post(async |Valid(Form(it)): Valid<Form<Filter>>| Json(it)))
            .route("/path/{x_size}", get(async |Valid(Path(it)): Valid<Path<Filter>>| Json(it)))
            .route(
                "/all/{x_size}",
                post(
                    async |All((Valid(Path(path)), Valid(Query(query)))): All<(
                        Valid<Path<Filter>>,
                        Valid<Query<Filter>>,
                    )>| Json([path, query]),
                ),
            )
    };
}

mod garde;
mod validator;

use axum::Router;

use crate::support::{
    FORM, ask,
    errors::{int_parsing, missing, out_of_range, string_too_short, too_long, unprocessable},
    table::Table,
};

/// The error of an `x_size` below 1.
fn small_size(loc: &str) -> String {
    out_of_range("ge", loc, ["1", "1"], r#""0""#)
}

/// A request without a body: its line, its header, its errors.
type Row = (&'static str, (&'static str, &'static str), Vec<String>);

/// No header.
const NONE: (&str, &str) = ("accept", "*/*");

/// Checks the errors of every route of `filter_app!`, and those of further rows.
async fn check_filter_app(app: &Router, rows: Vec<Row>) {
    let short_name = |loc: &str| string_too_short(loc, 2, r#""a""#);
    let many_tags = too_long("List", r#"["query","tags"]"#, 2, "3", r#"["1","2","x"]"#);
    let common: [Row; 4] = [
        (
            "GET /query?x_size=0&tags=1&tags=2&tags=x&name=a",
            NONE,
            vec![small_size(r#"["query","x_size"]"#), many_tags, short_name(r#"["query","name"]"#)],
        ),
        (
            "GET /query?x_size=x&name=a&name=b",
            NONE,
            vec![
                int_parsing(r#"["query","x_size"]"#, r#""x""#),
                string_too_short(r#"["query","name"]"#, 2, r#""b""#),
            ],
        ),
        ("GET /header", ("x-size", "0"), vec![small_size(r#"["header","x-size"]"#)]),
        ("GET /path/0", NONE, vec![small_size(r#"["path","x_size"]"#)]),
    ];
    let mut table = Table::default();
    for (line, header, errors) in common.into_iter().chain(rows) {
        table.assert_eq(line, ask(app, line, &[header], "").await, unprocessable(&errors));
    }
    table.assert_eq(
        "POST /form",
        ask(app, "POST /form", &[FORM], "x_size=0&name=a").await,
        unprocessable(&[small_size(r#"["body","x_size"]"#), short_name(r#"["body","name"]"#)]),
    );
    table.assert_eq(
        "POST /all",
        ask(app, "POST /all/0?name=a", &[], "").await,
        unprocessable(&[
            small_size(r#"["path","x_size"]"#),
            missing(r#"["query","x_size"]"#, r#"{"name":"a"}"#),
            short_name(r#"["query","name"]"#),
        ]),
    );
}
