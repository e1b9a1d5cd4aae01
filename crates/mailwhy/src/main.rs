//! scratch
use mailwhy_core::{
    Lang,
    classify::Classifier,
    diagnose_with,
    render::json::{Source, json},
};
use std::io::{BufRead, Write};
fn main() {
    let mut c = Classifier::new();
    let source = Source::text();
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let trace = std::env::args().any(|a| a == "--trace");
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let v: serde_json::Value = if trace { serde_json::json!({"id":1,"text":line}) } else { serde_json::from_str(&line).unwrap() };
        let text = v["text"].as_str().unwrap();
        let ds = diagnose_with(text, &mut c);
        if trace {
            for d in &ds {
                for v in &d.decision.votes {
                    let spans: Vec<_> = v.spans.iter().map(|s| s.of(text)).collect();
                    writeln!(out, "{:6.2} {} {} {:?}", v.weight, v.cause.id(), v.by.rule(), spans).unwrap();
                }
            }
        }
        let js: Vec<_> = ds.iter().map(|d| json(d, text, &source, Lang::En)).collect();
        writeln!(out, "{}", serde_json::json!({"id": v["id"], "diagnoses": js})).unwrap();
    }
}
