//! From start to first answer, beside the shortest program there is: `/bin/true`.
//!
//! `cargo build --release && cargo run --release -p mailwhy-bench --bin start [PROGRAM]`

use std::path::PathBuf;
use std::process::{Command, ExitCode, Stdio};
use std::time::{Duration, Instant};

/// Runs of each program.
const RUNS: usize = 200;
const EVIDENCE: &str = "550 5.7.1 Service unavailable; client [203.0.113.7] blocked using zen.spamhaus.org";

fn main() -> ExitCode {
    let built = || std::env::current_exe().ok().and_then(|own| own.parent().map(|folder| folder.join("mailwhy")));
    let Some(program) = std::env::args_os().nth(1).map(PathBuf::from).or_else(built) else {
        eprintln!("name the program to start");
        return ExitCode::from(2);
    };
    let mut answers = Command::new(&program);
    answers.args(["--lang", "en", EVIDENCE]);
    match (median(&mut answers), median(&mut Command::new("/bin/true"))) {
        (Ok(answer), Ok(nothing)) => {
            let ms = |time: Duration| time.as_secs_f64() * 1e3;
            println!("median of {RUNS} runs, from start to exit");
            println!("  mailwhy    {:>7.2} ms", ms(answer));
            println!("  /bin/true  {:>7.2} ms", ms(nothing));
            println!("  the answer {:>7.2} ms", ms(answer) - ms(nothing));
            ExitCode::SUCCESS
        }
        (Err(error), _) | (_, Err(error)) => {
            eprintln!("{}: {error}. Build it first: cargo build --release", program.display());
            ExitCode::FAILURE
        }
    }
}

/// The median time of a run. A run that fails measures nothing and is an error.
fn median(command: &mut Command) -> std::io::Result<Duration> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut times = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        let start = Instant::now();
        let status = command.status()?;
        times.push(start.elapsed());
        if !status.success() {
            return Err(std::io::Error::other(format!("ended with {status}")));
        }
    }
    times.sort_unstable();
    Ok(times[RUNS / 2])
}
