//! A route for every type with rules and every source.

use std::collections::HashMap;

use axum::{
    Router,
    routing::{MethodRouter, get, post},
};
use axum_exception::{
    extract::{Cookie, Form, Header, Json, Params, Path, Query, Valid},
    rules::{Check, Pattern, Rules},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::types::{Of, Source};

pub(crate) fn routes() -> Router {
    Router::new()
        .nest("/body", bodies())
        .nest("/query", scalars(Source::Query).merge(lists(Source::Query)))
        .nest("/header", scalars(Source::Header).merge(lists(Source::Header)))
        .nest("/cookie", scalars(Source::Cookie))
        .nest("/form", scalars(Source::Form).merge(lists(Source::Form)))
        .nest("/path", paths())
}

fn bodies() -> Router {
    super::table([
        ("/validated", body::<Validated>()),
        ("/model-validated", body::<Passwords>()),
        ("/after-even", body::<Even>()),
        ("/int-gt", body::<IntGt>()),
        ("/int-ge", body::<IntGe>()),
        ("/int-lt", body::<IntLt>()),
        ("/int-le", body::<IntLe>()),
        ("/int-range", body::<IntRange>()),
        ("/float-gt", body::<FloatGt>()),
        ("/float-le", body::<FloatLe>()),
        ("/str-min", body::<StrMin>()),
        ("/str-min1", body::<StrMin1>()),
        ("/str-max", body::<StrMax>()),
        ("/str-max1", body::<StrMax1>()),
        ("/str-pattern", body::<StrPattern>()),
        ("/list-min", body::<ListMin>()),
        ("/list-min1", body::<ListMin1>()),
        ("/list-max", body::<ListMax>()),
        ("/dict-min", body::<DictMin>()),
        ("/dict-max", body::<DictMax>()),
    ])
}

fn scalars(from: Source) -> Router {
    super::table([
        ("/int-gt", from.valid::<IntGt>()),
        ("/int-ge", from.valid::<IntGe>()),
        ("/int-lt", from.valid::<IntLt>()),
        ("/int-le", from.valid::<IntLe>()),
        ("/int-range", from.valid::<IntRange>()),
        ("/float-gt", from.valid::<FloatGt>()),
        ("/str-min", from.valid::<StrMin>()),
        ("/str-min1", from.valid::<StrMin1>()),
        ("/str-max", from.valid::<StrMax>()),
        ("/str-pattern", from.valid::<StrPattern>()),
        ("/after-even", from.valid::<Even>()),
    ])
}

fn lists(from: Source) -> Router {
    super::table([("/list-min", from.valid::<ListMin>()), ("/list-max", from.valid::<ListMax>())])
}

fn paths() -> Router {
    super::table([
        ("/int-gt/{v}", path::<IntGt>()),
        ("/int-ge/{v}", path::<IntGe>()),
        ("/int-lt/{v}", path::<IntLt>()),
        ("/int-le/{v}", path::<IntLe>()),
        ("/int-range/{v}", path::<IntRange>()),
        ("/float-gt/{v}", path::<FloatGt>()),
        ("/str-min/{v}", path::<StrMin>()),
        ("/str-min1/{v}", path::<StrMin1>()),
        ("/str-max/{v}", path::<StrMax>()),
        ("/str-pattern/{v}", path::<StrPattern>()),
        ("/after-even/{v}", path::<Even>()),
    ])
}

impl<T: Rules> Rules for Of<T> {
    fn rules(&self, check: &mut Check<'_>) {
        check.field("v", &self.v).nested();
    }
}

impl Source {
    fn valid<T>(self) -> MethodRouter
    where
        T: DeserializeOwned + Rules + Serialize + Send + 'static,
    {
        match self {
            Self::Query => {
                get(async |Valid(Query(Params(Of { v }))): Valid<Query<Params<Of<T>>>>| super::ok(v))
            }
            Self::Header => get(async |Valid(Header(Of { v })): Valid<Header<Of<T>>>| super::ok(v)),
            Self::Cookie => get(async |Valid(Cookie(Of { v })): Valid<Cookie<Of<T>>>| super::ok(v)),
            Self::Form => {
                post(async |Valid(Form(Params(Of { v }))): Valid<Form<Params<Of<T>>>>| super::ok(v))
            }
        }
    }
}

fn path<T>() -> MethodRouter
where
    T: DeserializeOwned + Rules + Serialize + Send + 'static,
{
    get(async |Valid(Path(v)): Valid<Path<T>>| super::ok(v))
}

fn body<T>() -> MethodRouter
where
    T: DeserializeOwned + Rules + Serialize + Send + 'static,
{
    post(async |Valid(Json(Of { v })): Valid<Json<Of<T>>>| super::ok(v))
}

/// Newtypes with rules, as `Annotated[int, Field(gt=5)]`.
macro_rules! annotated {
    ($($name:ident($type:ty): |$value:ident| $rules:expr;)*) => {$(
        #[derive(Deserialize, Serialize)]
        struct $name($type);

        impl Rules for $name {
            fn rules(&self, check: &mut Check<'_>) {
                let $value = check.value(&self.0);
                $rules;
            }
        }
    )*};
}

annotated! {
    IntGt(i64): |v| v.gt(5);
    IntGe(i64): |v| v.ge(5);
    IntLt(i64): |v| v.lt(5);
    IntLe(i64): |v| v.le(5);
    IntRange(i64): |v| v.gt(0).le(10);
    FloatGt(f64): |v| v.gt(0.5);
    FloatLe(f64): |v| v.le(10.0);
    StrMin(String): |v| v.min_length(3);
    StrMin1(String): |v| v.min_length(1);
    StrMax(String): |v| v.max_length(3);
    StrMax1(String): |v| v.max_length(1);
    StrPattern(String): |v| v.pattern(&LETTERS);
    ListMin(Vec<i64>): |v| v.min_length(2);
    ListMin1(Vec<i64>): |v| v.min_length(1);
    ListMax(Vec<i64>): |v| v.max_length(2);
    DictMin(HashMap<String, i64>): |v| v.min_length(2);
    DictMax(HashMap<String, i64>): |v| v.max_length(1);
    Even(i64): |v| v.custom(even);
}

pub(crate) static LETTERS: Pattern = Pattern::new("^[a-z]+$");

fn even(number: &i64) -> Result<(), String> {
    if number % 2 == 0 { Ok(()) } else { Err(format!("{number} is not even")) }
}

#[derive(Deserialize, Serialize)]
struct Validated {
    a: String,
}

impl Rules for Validated {
    fn rules(&self, check: &mut Check<'_>) {
        let is_good = |text: &String| if text == "ve" { Err("bad value given") } else { Ok(()) };
        check.field("a", &self.a).custom(is_good);
    }
}

#[derive(Deserialize, Serialize)]
pub(crate) struct Passwords {
    p1: String,
    p2: String,
}

impl Rules for Passwords {
    fn rules(&self, check: &mut Check<'_>) {
        check.whole(|| if self.p1 == self.p2 { Ok(()) } else { Err("Passwords do not match") });
    }
}
