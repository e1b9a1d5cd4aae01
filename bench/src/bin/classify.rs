//! How many new texts a second are diagnosed, beside what no classifier can do without: folding the text, and one pass
//! of an automaton over it.
//!
//! `cargo run --release -p mailwhy-bench --bin classify [TEXTS]`

use daachorse::DoubleArrayAhoCorasick;
use mailwhy_bench::{best_of, new_texts};
use mailwhy_core::classify::Classifier;
use mailwhy_core::knowledge::{ALTERNATIVES, fold::Folded, matcher};
use mailwhy_core::{Attempt, diagnose_with};
use std::collections::BTreeSet;
use std::hint::black_box;

fn main() {
    let count = std::env::args().nth(1).and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let texts = new_texts(count);
    let bytes: usize = texts.iter().map(String::len).sum();
    let folded: Vec<Folded> = texts.iter().map(|text| Folded::of(text)).collect();
    let phrases: BTreeSet<String> = ALTERNATIVES.iter().map(|a| Folded::of(a.phrase).text().to_owned()).collect();
    let automaton = DoubleArrayAhoCorasick::<u32>::new(&phrases).expect("the phrases of the knowledge make an automaton");

    let mut classifier = Classifier::new();
    let attempt = Attempt::default();
    let mut rows = Vec::new();
    let mut row = |name, work: &mut dyn FnMut()| rows.push((name, best_of(3, work)));
    row("diagnose: read, classify, collect facts", &mut || {
        for text in &texts {
            black_box(diagnose_with(text, &mut classifier));
        }
    });
    let mut classifier = Classifier::new();
    row("classify alone", &mut || {
        for text in &texts {
            black_box(classifier.classify(text, &attempt));
        }
    });
    row("fold alone", &mut || {
        for text in &texts {
            black_box(Folded::of(text));
        }
    });
    row("mailwhy's automaton alone, texts folded before", &mut || {
        for text in &folded {
            matcher::scan(text, |target, first, last| {
                black_box((target, first, last));
            });
        }
    });
    row("daachorse alone, the speakers' phrases only", &mut || {
        for text in &folded {
            automaton.find_overlapping_iter(text.text()).for_each(|hit| {
                black_box(hit);
            });
        }
    });

    let whole = rows[0].1;
    println!("{count} new texts, {} bytes each on average, one core\n", bytes / count.max(1));
    println!("{:<48} {:>12} {:>9} {:>18}", "", "texts/s", "MB/s", "time of diagnose");
    for (name, seconds) in rows {
        let (per_second, rate) = (count as f64 / seconds, bytes as f64 / 1e6 / seconds);
        println!("{name:<48} {per_second:>12.0} {rate:>9.1} {:>16.1} x", whole / seconds);
    }
}
