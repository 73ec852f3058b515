//! The cases that `benches/instructions` counts instructions of.
//!
//! Without arguments it prints the cases: number, group, name. With the number of a case and a count it runs the
//! case that many times.

use std::{convert::Infallible, hint::black_box};

use axum::{
    body::{Body, HttpBody},
    extract::{FromRequest, Request},
    http::{HeaderValue, Method, header::CONTENT_TYPE},
    response::{IntoResponse, Response},
};
use axum_exception::{ErrorHandlingLayer, extract};
use benches::{
    documents, now,
    requests::{PassThrough, request, router},
};
use tower::{Layer, Service, ServiceExt, layer::layer_fn};

/// 160 bytes, 2 KB, 50 KB.
const SIZES: [(&str, usize); 3] = [("200B", 1), ("2KB", 24), ("50KB", 600)];

#[derive(serde::Deserialize)]
#[allow(dead_code)]
struct Order {
    id: u64,
    customer: String,
    items: Vec<Item>,
    note: Option<String>,
}

#[derive(serde::Deserialize)]
#[allow(dead_code)]
struct Item {
    title: String,
    size: i32,
    price: f64,
    tags: Vec<String>,
    gift: bool,
}

type Run = Box<dyn FnMut()>;

/// One thing to run, in a group of things that do the same.
struct Case {
    group: String,
    name: &'static str,
    run: Run,
}

impl Case {
    fn new<R>(group: &str, name: &'static str, mut run: impl FnMut() -> R + 'static) -> Self {
        Self { group: group.to_owned(), name, run: Box::new(move || drop(black_box(run()))) }
    }
}

/// Reads a document; where it is invalid, writes the response.
fn axum(document: &str) -> u64 {
    match axum::Json::<Order>::from_bytes(black_box(document).as_bytes()) {
        Ok(order) => drop_order(&order.0),
        Err(rejection) => length(rejection),
    }
}

fn ours(document: &str) -> u64 {
    match extract::Json::<Order>::from_bytes(black_box(document).as_bytes()) {
        Ok(order) => drop_order(&order.0),
        Err(exception) => length(exception),
    }
}

fn serde_json(document: &str) -> u64 {
    serde_json::from_slice::<Order>(black_box(document).as_bytes()).map_or(1, |order| drop_order(&order))
}

/// Keeps an order from being optimised away.
fn drop_order(order: &Order) -> u64 {
    black_box(order);
    0
}

/// The same from a whole request.
fn extracted<T: FromRequest<()>>(document: &str) -> u64 {
    let mut request = Request::new(Body::from(document.to_owned()));
    *request.method_mut() = Method::POST;
    request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    match now(T::from_request(request, &())) {
        Ok(value) => {
            black_box(&value);
            0
        }
        Err(rejection) => length(rejection),
    }
}

fn length(response: impl IntoResponse) -> u64 {
    response.into_response().body().size_hint().exact().unwrap()
}

fn json(cases: &mut Vec<Case>) {
    for (size, items) in SIZES {
        let valid: &'static str = documents::valid(items).leak();
        assert!(serde_json(valid) == 0 && axum(valid) == 0 && ours(valid) == 0);
        let group = format!("valid document, {size}");
        cases.extend([
            Case::new(&group, "serde_json::from_slice", || serde_json(valid)),
            Case::new(&group, "axum::Json", || axum(valid)),
            Case::new(&group, "extract::Json", || ours(valid)),
        ]);
    }
    for (size, items) in SIZES {
        let valid: &'static str = documents::valid(items).leak();
        let group = format!("valid request, {size}");
        cases.extend([
            Case::new(&group, "axum::Json", || extracted::<axum::Json<Order>>(valid)),
            Case::new(&group, "extract::Json", || extracted::<extract::Json<Order>>(valid)),
        ]);
    }
    for (size, items) in SIZES {
        let invalid: &'static str = documents::invalid_at_end(items).leak();
        assert!(axum(invalid) > 0 && ours(invalid) > 0);
        let group = format!("invalid document, {size}");
        cases.extend([
            Case::new(&group, "axum::Json, one error", || axum(invalid)),
            Case::new(&group, "extract::Json, all errors", || ours(invalid)),
        ]);
    }
}

fn served<S>(group: &'static str, name: &'static str, service: S) -> Case
where
    S: Service<Request, Response = Response<Body>, Error = Infallible> + Clone + 'static,
{
    Case::new(group, name, move || now(service.clone().oneshot(request())).unwrap())
}

fn layers(cases: &mut Vec<Case>) {
    let layer = ErrorHandlingLayer::new;
    let group = "layer around the router";
    cases.extend([
        served(group, "pass-through", PassThrough(router())),
        served(group, "ErrorHandlingLayer", layer().layer(router())),
        served(group, "none", router()),
    ]);
    let group = "layer in the router";
    cases.extend([
        served(group, "pass-through", router().layer(layer_fn(PassThrough))),
        served(group, "ErrorHandlingLayer", router().layer(layer())),
        served(group, "none", router()),
    ]);
}

fn main() {
    let mut cases = Vec::new();
    json(&mut cases);
    layers(&mut cases);
    let mut args = std::env::args().skip(1);
    let Some(number) = args.next() else {
        for (number, case) in cases.iter().enumerate() {
            println!("{number}\t{}\t{}", case.group, case.name);
        }
        return;
    };
    let case = &mut cases[number.parse::<usize>().expect("the number of a case")];
    let times: u32 = args.next().and_then(|times| times.parse().ok()).expect("how many times to run it");
    for _ in 0..times {
        (case.run)();
    }
}
