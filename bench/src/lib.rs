//! What the benchmarks share: texts nobody has seen before, and CPU time.

use mailwhy_core::knowledge::SPEAKER_RULES;
use rustix::time::{ClockId, clock_gettime};

/// Around an example: how it looks where people meet it. `{}` is the example.
const AROUND: [&str; 6] = [
    "{}",
    "SMTP Error: {}",
    "host mx.example.net[192.0.2.25] said: {} (in reply to RCPT TO command)",
    "<someone@example.com>: {}",
    "Hata: {}",
    "Remote server replied: {}\r\nThe message was not delivered.",
];

/// So many texts, no two alike: the speakers' examples in several settings, each with an id of its own, as a queue
/// would add.
pub fn new_texts(count: usize) -> Vec<String> {
    let examples = SPEAKER_RULES.iter().map(|rule| rule.example).cycle();
    examples
        .take(count)
        .enumerate()
        .map(|(n, example)| {
            let around = AROUND[(n / SPEAKER_RULES.len()) % AROUND.len()];
            // Multiplying by an odd number visits every id once, in no order that a branch predictor knows.
            let id = (n as u32).wrapping_mul(2_654_435_761);
            format!("{} [id {id:08x}]", around.replace("{}", example))
        })
        .collect()
}

/// CPU seconds of this process so far.
pub fn cpu_seconds() -> f64 {
    let time = clock_gettime(ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
}

/// CPU seconds of one run of `work`: the best of `runs`, since everything that disturbs only adds.
pub fn best_of(runs: usize, mut work: impl FnMut()) -> f64 {
    let run = |_| {
        let start = cpu_seconds();
        work();
        cpu_seconds() - start
    };
    (0..runs).map(run).fold(f64::INFINITY, f64::min)
}
