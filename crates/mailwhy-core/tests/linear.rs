//! Long evidence takes time in proportion to its length, whatever it is made of. Four times the text may take eight
//! times the time: that is far from both four and the sixteen of quadratic time, so that a busy machine fails nothing.
#![cfg(unix)]
#![allow(clippy::print_stdout, reason = "the figures are worth a look: cargo test --test linear -- --nocapture")]

use mailwhy_core::classify::Classifier;
use mailwhy_core::diagnose_with;
use rustix::time::{ClockId, clock_gettime};

/// Length of the shorter text.
const SHORT: usize = 256 * 1024;
/// How much longer the other one is, and how much more time it may take.
const LONGER: usize = 4;
const MOST: f64 = 8.0;

/// One piece, repeated to the length.
const HOSTILE: [&str; 34] = [
    "> ",
    ">",
    "(",
    "{{{{",
    "[",
    "a.a.a.",
    "1.1.1.",
    "a@",
    "a",
    "=",
    "\n",
    "\r\n",
    "\\",
    "550-5.7.1 ",
    "550-5.7.1 refused\r\n",
    "550 5.1.1 <a@example.com>: user unknown\n",
    "http://",
    "a/A+9 ",
    "a/A+9/",
    "abcd:",
    "said: ",
    "(\"smtp; 550 ",
    "SMTP Error: ",
    "CLIENT -> SERVER: RCPT TO:<a@example.com>\n",
    "with message \"550 ",
    "{ Error: Can't send mail: ",
    "smtplib.SMTPRecipientsRefused: {'a@example.com': (550, b'",
    "com.sun.mail.smtp.SMTPAddressFailedException: ",
    "The server response was: ",
    "Jan  5 10:11:12 mx postfix/smtp[1]: 4F2A: to=<a@example.com>, status=bounced (host a.example.com said: ",
    "2026-01-05 10:11:12 1rLxyz-000001-AB ** a@example.com: ",
    "\nFinal-Recipient: rfc822; a@example.com\nDiagnostic-Code: smtp; 550 ",
    "İ邮ﾒ\u{301}",
    "mailbox not found full quota exceeded user unknown ",
];

/// A busy machine may spoil a measurement, quadratic time spoils them all: so many are taken before a text is called slow.
const TRIES: usize = 5;

/// CPU seconds that this thread takes for one diagnosis.
fn seconds(text: &str, classifier: &mut Classifier) -> f64 {
    let now = || {
        let time = clock_gettime(ClockId::ThreadCPUTime);
        time.tv_sec as f64 + time.tv_nsec as f64 / 1e9
    };
    let start = now();
    assert!(!diagnose_with(text, classifier).is_empty());
    now() - start
}

#[test]
fn long_evidence_takes_linear_time() {
    let mut classifier = Classifier::new();
    let mut slow = Vec::new();
    for piece in HOSTILE {
        let [short, long] = [SHORT, SHORT * LONGER].map(|length| piece.repeat(length / piece.len()));
        let (mut least_short, mut least_long) = (f64::INFINITY, f64::INFINITY);
        for _ in 0..TRIES {
            least_short = least_short.min(seconds(&short, &mut classifier));
            least_long = least_long.min(seconds(&long, &mut classifier));
            if least_long <= least_short * MOST {
                break;
            }
        }
        println!("{:>8.1} ms {:>8.1} ms  {:>5.1} x  {piece:?}", least_short * 1e3, least_long * 1e3, least_long / least_short);
        if least_long > least_short * MOST {
            slow.push(format!("{piece:?}: {least_short:.3} s, but {least_long:.3} s for {LONGER} times as much"));
        }
    }
    assert!(slow.is_empty(), "more than {MOST} times the time:\n{}", slow.join("\n"));
}
