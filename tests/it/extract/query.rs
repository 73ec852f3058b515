//! `extract::Query`.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use axum_exception::{Value, extract::Params};
use serde::{Deserialize, Serialize};

use super::{Id, Page, Search, ask_path, ask_query, int_parsing, missing, missing_in, ok, too_large};
use crate::support::{
    errors::{error, fixed, out_of_range, unprocessable},
    table::Table,
};

#[derive(Deserialize, Serialize)]
struct Lists {
    #[serde(default)]
    n: Vec<u8>,
    optional: Option<BTreeSet<u8>>,
}

#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Strict {
    a: u8,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
enum Order {
    Asc,
    Desc,
}

#[derive(Deserialize, Serialize)]
struct Sorted {
    order: Option<Order>,
    #[serde(default)]
    by: Vec<Order>,
}

#[derive(Deserialize, Serialize)]
struct Ids {
    id: Id,
}

#[tokio::test]
async fn query_is_read_into_structs_and_maps() {
    assert_eq!(ask_query::<Page>("?limit=1&offset=2").await, ok(r#"{"limit":1,"offset":2}"#));
    assert_eq!(ask_query::<Page>("?limit=+1+&x=%00").await, ok(r#"{"limit":1,"offset":null}"#));
    assert_eq!(ask_query::<Page>("?offset=0x1&limit=").await, {
        unprocessable(&[int_parsing(r#"["query","limit"]"#, ""), int_parsing(r#"["query","offset"]"#, "0x1")])
    });
    let mut table = Table::default();
    for (other, sent) in [
        ("", "{}"),
        ("?", "{}"),
        ("?&", "{}"),
        ("?Limit=1", r#"{"Limit":"1"}"#),
        ("?limit[]=1", r#"{"limit[]":"1"}"#),
        // The fields of the type come first. Of a repeated name the last string counts, if there is such a field.
        ("?b=1&offset=1&b=2&offset=2&a=", r#"{"offset":"2","b":["1","2"],"a":""}"#),
    ] {
        table.assert_eq(other, ask_query::<Page>(other).await, {
            unprocessable(&[missing_in(r#"["query","limit"]"#, sent)])
        });
        table.assert_eq(other, ask_query::<Params<Page>>(other).await, {
            unprocessable(&[missing(r#"["query","limit"]"#)])
        });
    }
    assert_eq!(ask_query::<Ids>("?id=7").await, ok(r#"{"id":7}"#));
    assert_eq!(ask_query::<Ids>("?id=-7").await, {
        unprocessable(&[out_of_range("ge", r#"["query","id"]"#, ["0", "0"], r#""-7""#)])
    });
    type Texts = BTreeMap<String, String>;
    assert_eq!(ask_query::<Texts>("").await, ok("{}"));
    assert_eq!(ask_query::<Texts>("?b=&a=%20+%ff&a=%E2%82%AC").await, ok(r#"{"a":"€","b":""}"#));
    assert_eq!(ask_query::<Texts>("?a=1;b=2&c").await, ok(r#"{"a":"1;b=2","c":""}"#));
    type Numbers = BTreeMap<String, u8>;
    assert_eq!(ask_query::<Numbers>("?a=1&b=256&c=x").await, {
        unprocessable(&[too_large(r#"["query","b"]"#, "256", "255"), int_parsing(r#"["query","c"]"#, "x")])
    });
    type Many = BTreeMap<String, Vec<u8>>;
    assert_eq!(ask_query::<Many>("?a=1&b=2&a=3").await, ok(r#"{"a":[1,3],"b":[2]}"#));
    assert_eq!(
        ask_query::<Many>("?a=1&b=2&a=x").await,
        unprocessable(&[int_parsing(r#"["query","a",1]"#, "x")])
    );
    assert_eq!(ask_query::<Value>("?b=1&a=x&a=y").await, ok(r#"{"b":"1","a":["x","y"]}"#));
}

#[tokio::test]
async fn repeated_query_keys_are_a_list_if_the_type_expects_one() {
    assert_eq!(ask_query::<Lists>("").await, ok(r#"{"n":[],"optional":null}"#));
    assert_eq!(ask_query::<Lists>("?n=1").await, ok(r#"{"n":[1],"optional":null}"#));
    assert_eq!(ask_query::<Lists>("?n=1&optional=3&n=2&optional=3").await, {
        ok(r#"{"n":[1,2],"optional":[3]}"#)
    });
    assert_eq!(ask_query::<Lists>("?n=1&n=x&n=&optional=999").await, {
        unprocessable(&[
            int_parsing(r#"["query","n",1]"#, "x"),
            int_parsing(r#"["query","n",2]"#, ""),
            too_large(r#"["query","optional",0]"#, "999", "255"),
        ])
    });
    // The last value counts if the type expects a single one.
    assert_eq!(ask_query::<Page>("?limit=x&limit=5").await, ok(r#"{"limit":5,"offset":null}"#));
    assert_eq!(
        ask_query::<Page>("?limit=5&limit=x").await,
        unprocessable(&[int_parsing(r#"["query","limit"]"#, "x")])
    );
    // Commas do not separate items.
    assert_eq!(
        ask_query::<Lists>("?n=1,2").await,
        unprocessable(&[int_parsing(r#"["query","n",0]"#, "1,2")])
    );
}

#[tokio::test]
async fn flattened_query_fields_are_parsed() {
    assert_eq!(ask_query::<Search>("?q=a&limit=1").await, ok(r#"{"q":"a","limit":1,"offset":null}"#));
    assert_eq!(ask_query::<Search>("?offset=2&limit=1&q=5").await, ok(r#"{"q":"5","limit":1,"offset":2}"#));
    assert_eq!(ask_query::<Search>("?q=a&limit=x&offset=y").await, {
        unprocessable(&[int_parsing(r#"["query","limit"]"#, "x"), int_parsing(r#"["query","offset"]"#, "y")])
    });
    // In flattened structs missing fields come last.
    assert_eq!(ask_query::<Search>("?limit=x").await, {
        unprocessable(&[
            int_parsing(r#"["query","limit"]"#, "x"),
            missing_in(r#"["query","q"]"#, r#"{"limit":"x"}"#),
        ])
    });
    assert_eq!(ask_query::<Search>("?secret=x").await, {
        unprocessable(&[
            missing_in(r#"["query","q"]"#, r#"{"secret":"x"}"#),
            missing_in(r#"["query","limit"]"#, r#"{"secret":"x"}"#),
        ])
    });
    #[derive(Deserialize, Serialize)]
    struct Rest {
        n: u8,
        #[serde(flatten)]
        rest: HashMap<String, String>,
    }
    assert_eq!(ask_query::<Rest>("?n=1&a=2").await, ok(r#"{"n":1,"a":"2"}"#));
    assert_eq!(ask_query::<Rest>("?n=x&a=2").await, unprocessable(&[int_parsing(r#"["query","n"]"#, "x")]));

    // A type that recovers from an error about a number in a string would lose the values.
    #[derive(Deserialize, Serialize)]
    struct Listing {
        q: Option<String>,
        #[serde(flatten)]
        paging: Option<Paging>,
    }
    #[derive(Deserialize, Serialize)]
    struct Paging {
        limit: u8,
        offset: u32,
    }
    assert_eq!(ask_query::<Listing>("?limit=1&offset=2").await, ok(r#"{"q":null,"limit":1,"offset":2}"#));
    assert_eq!(ask_query::<Listing>("?q=5").await, ok(r#"{"q":"5"}"#));

    // Whether a flattened field is a list is only known from the errors of the type.
    #[derive(Deserialize, Serialize)]
    struct Outer {
        #[serde(flatten)]
        inner: Inner,
    }
    #[derive(Deserialize, Serialize)]
    struct Inner {
        one: u8,
        many: Vec<u8>,
    }
    let mut table = Table::default();
    for sent in ["?one=1&many=2", "?one=x&one=1&many=2", "?many=2&one=300&one=1"] {
        table.assert_eq(sent, ask_query::<Outer>(sent).await, ok(r#"{"one":1,"many":[2]}"#));
    }
    assert_eq!(ask_query::<Outer>("?many=3&one=x&one=1&many=2").await, ok(r#"{"one":1,"many":[3,2]}"#));
    assert_eq!(ask_query::<Outer>("?many=3&one=1&one=x&many=y").await, {
        unprocessable(&[int_parsing(r#"["query","many",1]"#, "y"), int_parsing(r#"["query","one"]"#, "x")])
    });
    assert_eq!(
        ask_query::<Outer>("?one=1&many=y").await,
        unprocessable(&[int_parsing(r#"["query","many",0]"#, "y")])
    );
    // With many other parameters.
    let others: String = (0..2000).map(|n| format!("&x{n}=&x{n}=")).collect();
    assert_eq!(ask_query::<Outer>(&format!("?{others}&one=1&one=2&many=3")).await, {
        ok(r#"{"one":2,"many":[3]}"#)
    });
    #[derive(Deserialize, Serialize)]
    struct Anything {
        n: u8,
        #[serde(flatten)]
        rest: BTreeMap<String, Value>,
    }
    assert_eq!(ask_query::<Anything>("?n=1&n=2&a=1&b=2&b=3").await, ok(r#"{"n":2,"a":"1","b":["2","3"]}"#));
}

#[tokio::test]
async fn deny_unknown_fields_reports_extra_query_keys() {
    let extra = |name: &str, input: &str| fixed("extra_forbidden", &format!(r#"["query","{name}"]"#), input);
    assert_eq!(ask_query::<Strict>("?a=1").await, ok(r#"{"a":1}"#));
    assert_eq!(ask_query::<Strict>("?c=&b=2&a=x&b=3").await, {
        unprocessable(&[
            int_parsing(r#"["query","a"]"#, "x"),
            extra("c", r#""""#),
            extra("b", r#"["2","3"]"#),
        ])
    });
}

#[tokio::test]
async fn strings_select_unit_variants() {
    let unknown = |loc: &str, input: &str| {
        let ctx = r#"{"expected":"'asc' or 'desc'"}"#;
        error("enum", loc, "Input should be 'asc' or 'desc'", &format!("{input:?}"), ctx)
    };
    assert_eq!(ask_query::<Sorted>("?order=asc&by=desc&by=asc").await, {
        ok(r#"{"order":"asc","by":["desc","asc"]}"#)
    });
    assert_eq!(ask_query::<Sorted>("?order=Asc&by=desc&by=x").await, {
        unprocessable(&[unknown(r#"["query","order"]"#, "Asc"), unknown(r#"["query","by",1]"#, "x")])
    });
    assert_eq!(ask_path::<Order>("/{order}", "/desc").await, ok(r#""desc""#));
    assert_eq!(
        ask_path::<Order>("/{order}", "/x").await,
        unprocessable(&[unknown(r#"["path","order"]"#, "x")])
    );
}
