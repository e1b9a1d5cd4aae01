//! What is shown holds in any terminal and any ticket, whatever the evidence: it fits the width, no control character
//! gets through, nothing of the evidence becomes markup, and a huge line costs little.

use mailwhy_core::render::{markdown, terminal, trace};
use mailwhy_core::{Lang, diagnose};
use proptest::prelude::*;
use textwrap::core::display_width;

fn options(width: usize) -> terminal::Options {
    terminal::Options { lang: Lang::Tr, width, colour: false, unicode: false }
}

fn page(evidence: &str, options: &terminal::Options) -> String {
    diagnose(evidence).iter().map(|d| terminal::render(d, evidence, "mail.txt", options)).collect()
}

/// Commands and links are never broken, so that they can be copied.
fn may_be_long(line: &str) -> bool {
    let line = line.trim_start();
    ["http", "mailwhy explain ", "dig ", "nc ", "swaks ", "openssl ", "curl "].iter().any(|start| line.starts_with(start))
}

#[test]
fn control_characters_stay_away() {
    let evidence = "550 5.1.1 \u{1b}[31m<a\u{7}@example.com>: User unknown\u{0}\u{202e}\u{9b}2J";
    for unicode in [true, false] {
        let page = page(evidence, &terminal::Options { unicode, ..options(80) });
        assert!(!page.contains(|c: char| c.is_control() && c != '\n' || c == '\u{202e}'), "{page:?}");
        assert!(page.contains(if unicode { "␛[31m" } else { "?[31m" }), "{page}");
    }
}

#[test]
fn plain_borders_are_ascii() {
    let english = terminal::Options { lang: Lang::En, ..options(60) };
    let long = format!("{} 550 5.1.1 User unknown {}", "x ".repeat(500), "y ".repeat(500));
    for evidence in ["550 5.1.1 <a@example.com>: User unknown\nx\ny\nz\n550 5.1.1 User unknown", "447", "nothing", &long] {
        let page = page(evidence, &english);
        assert!(page.is_ascii(), "{page}");
    }
}

#[test]
fn a_huge_line_is_cut_to_what_matters() {
    let filler = "lorem ipsum ".repeat(1 << 18);
    let evidence = format!("{filler}550 5.1.1 <a@example.com>: User unknown in virtual mailbox table{filler}");
    let diagnosis = &diagnose(&evidence)[0];
    let page = terminal::render(diagnosis, &evidence, "mail.txt", &options(80));
    assert!(page.len() < 8 * 1024, "{} bytes", page.len());
    assert!(page.contains("<a@example.com>"), "{page}");
    let ticket = markdown::render(diagnosis, &evidence, Lang::En);
    assert!(ticket.len() < 8 * 1024, "{} bytes", ticket.len());
}

#[test]
fn lines_keep_their_numbers() {
    let evidence = format!("{}550 5.1.1 <a@example.com>: User unknown", "nothing of interest\n".repeat(41));
    let page = page(&evidence, &options(80));
    assert!(page.contains("--> mail.txt:42:"), "{page}");
    assert!(page.contains("\n42 | 550 5.1.1"), "{page}");
}

#[test]
fn a_number_that_nobody_defined_is_told_as_one() {
    let page = page("999", &terminal::Options { lang: Lang::En, ..options(80) });
    assert!(page.contains("No mail standard defines 999."), "{page}");
}

#[test]
fn colours_are_closed() {
    let page = page("550 5.1.1 <a@example.com>: User unknown", &terminal::Options { colour: true, ..options(80) });
    assert!(page.starts_with("\u{1b}[1m"), "{page:?}");
    for line in page.lines().filter(|line| line.contains('\u{1b}')) {
        assert!(line.trim_end().rfind("\u{1b}[0m") >= line.rfind("\u{1b}[1m"), "{line:?}");
    }
}

#[test]
fn evidence_is_no_markup() {
    let evidence = "550 5.1.1 <a@example.com>: User unknown ``` <script>\n```\n# heading [x](https://evil.example) | @team\n";
    let ticket = markdown::render(&diagnose(evidence)[0], evidence, Lang::En);
    assert!(ticket.contains("````text\n"), "{ticket}");
    // Outside of the fence and of spans of code nothing of it is left bare.
    let outside = ticket.split("````").nth(2).unwrap_or_default();
    assert!(!outside.contains("<script>") && !outside.contains(" @team") && !outside.contains("[x]("), "{ticket}");
    let evidence = "552 5.2.2 <*_`a`_*@example.com>: Mailbox full <https://evil.example/>)[x]>";
    let ticket = markdown::render(&diagnose(evidence)[0], evidence, Lang::En);
    assert!(!ticket.contains("### The mailbox *"), "{ticket}");
}

#[test]
fn every_vote_is_in_the_trace() {
    let evidence = "550 5.1.1 <a@example.com>: Recipient address rejected: User unknown";
    let diagnosis = &diagnose(evidence)[0];
    let trace = trace::render(diagnosis, evidence, Lang::En);
    for vote in &diagnosis.decision.votes {
        assert!(trace.contains(&vote.by.rule()), "{trace}");
    }
    assert!(trace.contains("1. 0."), "{trace}");
}

fn evidence() -> impl Strategy<Value = String> {
    let words = vec![
        "550 5.1.1",
        "550-5.7.26",
        "User unknown",
        "mailbox full",
        "posta kutusu dolu",
        "宛先のメールアドレスが見つかりません",
        "\n",
        "\r\n",
        "\t",
        "<a@example.com>:",
        "blocked using zen.spamhaus.org",
        "[203.0.113.7]",
        "lorem ipsum dolor sit amet",
        "👩‍👩‍👧",
        "e\u{301}",
        "\u{0}",
        "|`*<>",
        "\u{200b}",
    ];
    prop::collection::vec(prop::sample::select(words), 0..40).prop_map(|words| words.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_page_fits_its_width(evidence in evidence(), width in 30usize..200, unicode in any::<bool>()) {
        for line in page(&evidence, &terminal::Options { unicode, ..options(width) }).lines() {
            prop_assert!(display_width(line) <= width || may_be_long(line), "{} > {width}: {line}", display_width(line));
        }
    }

    #[test]
    fn any_text_can_be_shown(text in any::<String>(), width in 0usize..120) {
        page(&text, &options(width));
        for diagnosis in diagnose(&text) {
            markdown::render(&diagnosis, &text, Lang::Tr);
            trace::render(&diagnosis, &text, Lang::Tr);
        }
    }
}
