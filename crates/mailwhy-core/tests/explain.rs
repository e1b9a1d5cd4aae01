//! The pages: everything that mailwhy knows has one, in both languages, and is found by what a person types.

use mailwhy_core::explain::{self, Page, Shelf, Topic, find, render_markdown, render_terminal, suggestions};
use mailwhy_core::knowledge::{CLIENT_NUMBERS, ERRNOS, SPEAKERS};
use mailwhy_core::{Cause, Lang};

fn topics() -> impl Iterator<Item = Topic> {
    let shelves = Shelf::ALL.into_iter().flat_map(|shelf| shelf.topics().into_iter().chain([Topic::Shelf(shelf)]));
    shelves.chain([Topic::Article, Topic::Contents, Topic::Pair(Cause::MailboxFull, Cause::MailboxDisabled)])
}

/// What a query leads to.
fn found(query: &str) -> Vec<String> {
    let page = find(query).unwrap_or_else(|| panic!("nothing is found for {query:?}"));
    page.topics().iter().map(kind_and_id).collect()
}

fn kind_and_id(topic: &Topic) -> String {
    let kind = match topic {
        Topic::Cause(_) => "cause",
        Topic::Reply(_) => "reply",
        Topic::Enhanced(_) => "enhanced",
        Topic::Dotless(_) => "dotless",
        Topic::Errno(_) => "errno",
        Topic::Client(_) => "client",
        Topic::Library(_) => "library",
        Topic::Speaker(_) => "speaker",
        Topic::Pair(..) => "pair",
        Topic::Article => "article",
        Topic::Shelf(_) => "shelf",
        Topic::Contents => "contents",
    };
    format!("{kind} {}", topic.id())
}

#[test]
fn everything_has_a_page_in_both_languages() {
    let mut pages = 0;
    for topic in topics() {
        let page = Page::of(topic.clone());
        let [en, tr] = Lang::ALL.map(|lang| render_terminal(&page, lang, 80, false));
        assert!(en.lines().count() >= 3, "{}: {en}", topic.id());
        assert_ne!(en, tr, "{}", topic.id());
        let [en, tr] = Lang::ALL.map(|lang| render_markdown(&page, lang));
        assert!(en.starts_with("# ") && tr.starts_with("# "), "{}: {en}", topic.id());
        assert_ne!(en, tr, "{}", topic.id());
        pages += 1;
    }
    assert!(pages > Cause::COUNT + ERRNOS.len() + CLIENT_NUMBERS.len() + SPEAKERS.len(), "only {pages} pages");
}

#[test]
fn everything_is_found_by_its_id() {
    for topic in topics().filter(|topic| !matches!(topic, Topic::Pair(..) | Topic::Contents)) {
        let wanted = kind_and_id(&topic);
        assert!(found(&topic.id()).contains(&wanted), "{wanted}: {:?}", found(&topic.id()));
    }
    for shelf in Shelf::ALL {
        let [one, ..] = &found(shelf.example())[..] else { panic!("{}", shelf.id()) };
        let id = one.split_once(' ').map_or("", |(_, id)| id);
        let on_it = shelf.topics().iter().any(|topic| {
            topic.id() == id
                || find(shelf.example())
                    .is_some_and(|page| matches!((&page.topics()[0], topic), (Topic::Enhanced(a), Topic::Enhanced(b)) if a.meets(b)))
        });
        assert!(on_it, "{} is not on the shelf {}", shelf.example(), shelf.id());
    }
}

#[test]
fn queries_are_read_as_people_type_them() {
    let cases: [(&str, &[&str]); 30] = [
        ("greylisted", &["cause greylisted"]),
        ("  GREYLISTED ", &["cause greylisted"]),
        ("İP-BLOCKLİSTED", &["cause ip-blocklisted"]),
        ("ıp-blocklısted", &["cause ip-blocklisted"]),
        ("5.7.26", &["enhanced 5.7.26"]),
        ("x.7.26", &["enhanced X.7.26"]),
        ("#5.1.1", &["enhanced 5.1.1"]),
        ("4.7.512", &["enhanced 4.7.512"]),
        ("550", &["reply 550", "dotless 550"]),
        ("SMTP error 550", &["reply 550", "dotless 550"]),
        ("550 5.1.1", &["enhanced 5.1.1", "reply 550"]),
        ("447", &["dotless 447"]),
        ("432", &["dotless 432", "reply 432"]),
        ("111", &["errno ECONNREFUSED"]),
        ("10061", &["errno ECONNREFUSED"]),
        ("61", &["errno ECONNREFUSED"]),
        ("60", &["errno ETIMEDOUT", "client curl 60"]),
        ("errno 61", &["errno ECONNREFUSED"]),
        ("econnrefused", &["errno ECONNREFUSED"]),
        ("WSAECONNREFUSED", &["errno ECONNREFUSED"]),
        ("Bağlantı reddedildi", &["cause connection-refused", "errno ECONNREFUSED"]),
        ("0x800ccc0e", &["client 0x800CCC0E"]),
        ("curl 60", &["client curl 60"]),
        ("curl: (60)", &["client curl 60"]),
        ("TLS alert 42", &["client TLS 42"]),
        ("CURLE_COULDNT_CONNECT", &["client curl 7"]),
        ("SMTPRecipientsRefused", &["library SMTPRecipientsRefused"]),
        ("gmail", &["speaker gmail"]),
        ("gmail and google workspace", &["speaker gmail"]),
        ("makale", &["article article"]),
    ];
    for (query, wanted) in cases {
        assert_eq!(found(query), wanted, "{query}");
    }
    for cause in Cause::ALL {
        for lang in Lang::ALL {
            let title = cause.data().title.get(lang);
            assert!(found(title).contains(&format!("cause {}", cause.id())), "{title}");
            assert!(found(&title.to_uppercase()).contains(&format!("cause {}", cause.id())), "{title}");
        }
    }
    for nothing in ["", " ", "#", "999", "5.9.99", "greylistd", "550 111", "5.1.1.1", "-", "ş", "4294967296", "x.x.x"] {
        assert!(find(nothing).is_none(), "{nothing}");
    }
}

#[test]
fn a_number_with_several_meanings_shows_all_of_them() {
    let page = find("35").expect("35 is an errno of macOS and a number of curl");
    for (lang, words) in [(Lang::En, "35 has more than one meaning"), (Lang::Tr, "35 için birden çok anlam var")] {
        let text = render_terminal(&page, lang, 80, false);
        assert!(text.starts_with(words), "{text}");
        for meaning in ["EAGAIN", "macOS 35", "CURLE_SSL_CONNECT_ERROR"] {
            assert!(text.contains(meaning), "{meaning} is missing: {text}");
        }
    }
}

#[test]
fn a_code_shows_who_uses_it_how() {
    let text = render_terminal(&find("5.7.26").expect("registered"), Lang::En, 100, false);
    assert!(text.contains("Multiple authentication checks failed") && text.contains("RFC7372"), "{text}");
    assert!(text.contains("Gmail and Google Workspace: 4.7.26, 5.7.26"), "{text}");
    assert!(!text.contains("Microsoft 365"), "Microsoft uses 4.7.26 only: {text}");
    let any = render_terminal(&find("x.7.26").expect("registered"), Lang::En, 100, false);
    assert!(any.contains("Microsoft 365"), "{any}");
    let own = render_terminal(&find("5.7.612").expect("in a row of Microsoft's"), Lang::En, 100, false);
    assert!(own.contains("not in the IANA registry") && own.contains("5.7.606-649") && !own.contains("4.7.500-699"), "{own}");
    let success = render_terminal(&find("2.1.5").expect("registered"), Lang::En, 100, false);
    assert!(success.contains("nothing failed") && success.contains("accepted"), "{success}");
}

#[test]
fn the_page_of_a_cause_says_everything() {
    for cause in Cause::ALL {
        let data = cause.data();
        for lang in Lang::ALL {
            let text = render_markdown(&Page::of(Topic::Cause(*cause)), lang);
            let parts = [data.id, data.verdict.meaning().get(lang), data.persistence.meaning().get(lang)];
            let actions = data.remedy.actions.iter().map(|action| action.meaning().get(lang));
            let neighbours = data.borderline.iter().map(|neighbour| neighbour.text.get(lang));
            let variants = data.variants.iter().map(|variant| variant.title.get(lang));
            let questions = data.checks.iter().filter_map(|id| mailwhy_core::knowledge::check(id)).map(|check| check.question.get(lang));
            let plain = text.replace('\\', "");
            for part in parts.into_iter().chain(actions).chain(neighbours).chain(variants).chain(questions) {
                assert!(plain.contains(&part.replace('\\', "")), "{} ({}): {part:?} is missing", data.id, lang.id());
            }
            assert!(!plain.contains("{ip") && !plain.contains("{host"), "{}: a fact was left open", data.id);
        }
    }
}

#[test]
fn suggestions_are_near() {
    assert_eq!(suggestions("greylistd"), ["greylisted"]);
    assert_eq!(suggestions("user-unknwon"), ["user-unknown"]);
    assert_eq!(suggestions("Econrefused"), ["ECONNREFUSED"]);
    assert_eq!(suggestions("gmial"), ["gmail"]);
    assert_eq!(suggestions("mailbox-f"), ["mailbox-full"]);
    assert!(suggestions("dolu").contains(&"mailbox-full"), "by a word of the Turkish title");
    assert!(suggestions("KOTA").contains(&"mailbox-full"), "by a word of the Turkish summary");
    assert!(suggestions("tls")[..3].iter().all(|id| id.starts_with("tls")), "{:?}", suggestions("tls"));
    for nothing in ["", "x", "zzzzzzzzzz", "5.9.99"] {
        assert!(suggestions(nothing).is_empty(), "{nothing}: {:?}", suggestions(nothing));
    }
}

#[test]
fn the_list_names_every_cause_and_how_to_see_the_rest() {
    for lang in Lang::ALL {
        let text = explain::list(lang, 80);
        for cause in Cause::ALL {
            assert!(text.lines().any(|line| line.trim_start().starts_with(cause.id())), "{} is missing", cause.id());
        }
        for word in Shelf::ALL.into_iter().filter(|shelf| *shelf != Shelf::Causes).map(Shelf::id).chain(["gmail", "article"]) {
            assert!(text.contains(word), "{word} is missing: {text}");
        }
        assert!(!text.contains('\u{1b}'));
    }
}

#[test]
fn a_pair_is_told_apart() {
    let (a, b) = (Cause::UserUnknown, Cause::MailboxDisabled);
    for lang in Lang::ALL {
        let text = explain::pair(a, b, lang).expect("they are two");
        let flat = text.split_whitespace().collect::<Vec<_>>().join(" ");
        let of = |one: Cause, other: Cause| one.data().borderline.iter().filter(move |n| n.cause == Some(other));
        let rules: Vec<&str> = of(a, b).chain(of(b, a)).map(|neighbour| neighbour.text.get(lang)).collect();
        assert!(rules.len() >= 2, "both tell how to separate them");
        for rule in rules {
            assert!(flat.contains(rule), "{rule:?} is missing: {text}");
        }
        // They differ in who acts.
        for cause in [a, b] {
            assert!(text.contains(cause.data().actor.label().get(lang)), "{text}");
        }
        assert_eq!(explain::pair(a, a, lang), None);
    }
    assert_ne!(explain::pair(a, b, Lang::En), explain::pair(a, b, Lang::Tr));
}

#[test]
fn lines_fit_the_terminal() {
    for width in [30, 60, 80, 200] {
        for topic in topics() {
            for lang in Lang::ALL {
                let text = render_terminal(&Page::of(topic.clone()), lang, width, false);
                for line in text.lines().filter(|line| line.chars().count() > width.min(100)) {
                    // Commands and replies are copied as they are; so are words too long for any line.
                    let verbatim = line.starts_with("    ");
                    let one_word = !line.rsplit("  ").next().unwrap_or_default().trim_start_matches(['-', ' ']).contains(' ');
                    assert!(verbatim || one_word, "{} at {width}: {line:?}", topic.id());
                }
                assert!(!text.contains('\u{1b}'), "{}: colour that nobody asked for", topic.id());
                assert!(text.lines().all(|line| line == line.trim_end()), "{}: blanks at the end of a line", topic.id());
            }
        }
    }
    let coloured = render_terminal(&Page::of(Topic::Cause(Cause::Greylisted)), Lang::En, 80, true);
    assert!(coloured.starts_with("\u{1b}["), "{coloured:?}");
    let plain = render_terminal(&Page::of(Topic::Cause(Cause::Greylisted)), Lang::En, 80, false);
    let mut stripped = String::new();
    for (n, piece) in coloured.split('\u{1b}').enumerate() {
        stripped.push_str(if n == 0 { piece } else { piece.split_once('m').map_or("", |(_, rest)| rest) });
    }
    assert_eq!(stripped, plain, "colour changes no letter");
}
