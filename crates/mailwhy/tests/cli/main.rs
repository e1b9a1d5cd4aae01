//! The program as a person runs it: one file a topic.

mod batch;
mod completions;
mod diagnose;
mod explain;
mod help;
mod input;
mod language;
mod man;
mod run;
mod streams;
