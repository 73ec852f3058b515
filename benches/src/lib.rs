//! What the benches share.
//!
//! `cargo bench -p benches` measures time: variants run in interleaved rounds, so that a machine whose speed drifts
//! slows all of them alike, and a ratio of medians means something. Two scripts count what does not drift:
//!
//! * `benches/instructions` counts the instructions of a request, with valgrind.
//! * `benches/compile_time` compiles an app of 60 request types, and compares user seconds and the size of the binary.

pub mod documents;
pub mod requests;

use std::{
    future::Future,
    hint::black_box,
    pin::pin,
    task::{Context, Poll, Waker},
    time::Instant,
};

/// Returns the output of a future that is ready at once.
pub fn now<F: Future>(future: F) -> F::Output {
    match pin!(future).poll(&mut Context::from_waker(Waker::noop())) {
        Poll::Ready(output) => output,
        Poll::Pending => unreachable!(),
    }
}

/// Something to measure, called once per iteration.
pub struct Variant<'a> {
    name: &'a str,
    run: Box<dyn FnMut() + 'a>,
}

impl<'a> Variant<'a> {
    /// A variant; what `run` returns is kept from being optimised away.
    pub fn new<R>(name: &'a str, mut run: impl FnMut() -> R + 'a) -> Self {
        Self { name, run: Box::new(move || drop(black_box(run()))) }
    }
}

/// Prints the median time of each variant, and its ratio to the first one.
pub fn compare(title: &str, iterations: u32, rounds: usize, mut variants: Vec<Variant<'_>>) {
    let mut times = vec![Vec::with_capacity(rounds); variants.len()];
    for round in 0..=rounds {
        for (variant, times) in variants.iter_mut().zip(&mut times) {
            let start = Instant::now();
            for _ in 0..iterations {
                (variant.run)();
            }
            let elapsed = start.elapsed().as_secs_f64() / f64::from(iterations) * 1e9;
            // The first round warms up.
            if round > 0 {
                times.push(elapsed);
            }
        }
    }
    println!("{title}");
    let median = |times: &mut Vec<f64>| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2]
    };
    let base = median(&mut times[0]);
    for (variant, times) in variants.iter().zip(&mut times) {
        let time = median(times);
        println!("  {:<44} {time:>12.0} ns   x{:.3}", variant.name, time / base);
    }
}
