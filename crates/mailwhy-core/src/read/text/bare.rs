//! A bare code and nothing else: `550`, `5.7.26`, `550 5.1.1`, `447`, `111`, `ECONNREFUSED`, `0x800CCC0E`,
//! `SMTP Error (535)`, `#5.1.1`.

use crate::Span;
use crate::attempt::{Attempt, Enhanced, Number, Reading};
use mailwhy_knowledge::{CLIENT_NUMBERS, ClientKind, ERRNOS, Modifier, dotless, reply_code};

/// A text longer than this is more than a code.
const LONGEST: usize = 60;

/// Words around a number that add nothing: `SMTP error code: 550`, `hata kodu 550`, `errno 111`, `#550`.
const AROUND: [&str; 24] = [
    "smtp",
    "mail",
    "email",
    "e-mail",
    "error",
    "err",
    "code",
    "status",
    "reply",
    "response",
    "hata",
    "hatası",
    "kodu",
    "kod",
    "errno",
    "socket",
    "winsock",
    "yanıt",
    "yanıtı",
    "exit",
    "no",
    "numarası",
    "esmtp",
    "enhanced",
];

/// The codes of a text that holds nothing else; `None` for any other text.
pub(super) fn read(text: &str) -> Option<Attempt> {
    let trimmed = Span::new(0, text.len()).trim(text);
    if trimmed.is_empty() || trimmed.len() > LONGEST || trimmed.of(text).contains('\n') {
        return None;
    }
    let mut numbers: Vec<(Span, &str)> = Vec::new();
    let mut errno_named = false;
    for (span, word) in words(text, trimmed) {
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            numbers.push((span, word));
        } else if AROUND.contains(&word.to_lowercase().as_str()) {
            errno_named |= matches!(word.to_lowercase().as_str(), "errno" | "socket" | "winsock");
        } else if word.eq_ignore_ascii_case("curl") && numbers.is_empty() {
            return curl(text, trimmed);
        } else {
            return None;
        }
    }
    match numbers.as_slice() {
        [(span, one)] => single(*span, one, errno_named),
        [(first_span, first), (second_span, second)] => {
            let code = first.parse::<u16>().ok().filter(|c| (200..600).contains(c))?;
            let enhanced = parse_enhanced(second)?;
            let mut attempt = Attempt::default();
            attempt.reply.code = Some((code, *first_span));
            attempt.reply.enhanced = Some((enhanced, *second_span));
            Some(attempt)
        }
        _ => None,
    }
}

/// The words of a piece with their places, without brackets and marks.
fn words(text: &str, within: Span) -> impl Iterator<Item = (Span, &str)> {
    let base = text.as_ptr() as usize;
    within
        .of(text)
        .split(|c: char| {
            c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | ':' | ',' | '#' | '"' | '\'' | '’' | '=' | '-' | '<' | '>' | '!' | '?')
        })
        .map(|word| word.trim_end_matches('.'))
        .filter(|word| !word.is_empty())
        .map(move |word| {
            let start = word.as_ptr() as usize - base;
            (Span::new(start, start + word.len()), word)
        })
}

fn single(span: Span, written: &str, errno_named: bool) -> Option<Attempt> {
    let mut attempt = Attempt::default();
    if let Some(enhanced) = parse_enhanced(written) {
        attempt.reply.enhanced = Some((enhanced, span));
        return Some(attempt);
    }
    let readings = readings(written, errno_named);
    if readings.is_empty() {
        // A number that no table knows is still a bare number, and honestly unknown.
        let number = Number { written: written.to_owned(), span, readings };
        return written.parse::<u32>().ok().map(|_| Attempt { number: Some(number), ..attempt });
    }
    match readings[0] {
        Reading::Reply(code) => attempt.reply.code = Some((code.code, span)),
        Reading::Dotless(row) => {
            attempt.modifiers.push(Modifier::DotLessCode);
            attempt.reply.enhanced = row.dotted.first().and_then(|d| parse_enhanced(d)).map(|e| (e, span));
        }
        Reading::Errno(..) => attempt.modifiers.push(Modifier::NotSmtp),
        Reading::Client(_) => {}
    }
    attempt.number = Some(Number { written: written.to_owned(), span, readings });
    Some(attempt)
}

/// Every meaning of a number, likeliest first. `errno_named`: the evidence says that it comes from a system.
pub(in crate::read::text) fn readings(written: &str, errno_named: bool) -> Vec<Reading> {
    let mut readings = Vec::new();
    if written.len() > 4 && written.starts_with("0x") {
        let client = CLIENT_NUMBERS.iter().find(|row| row.number.eq_ignore_ascii_case(written));
        readings.extend(client.map(Reading::Client));
        return readings;
    }
    let Ok(number) = written.parse::<i32>() else { return readings };
    let small = u16::try_from(number).ok();
    let reply = small.and_then(reply_code).map(Reading::Reply);
    let dots = small.and_then(dotless);
    let dots_first = dots.is_some_and(|row| !row.basic_is_likelier);
    let dotted = dots.map(Reading::Dotless);
    if !errno_named {
        readings.extend(if dots_first { [dotted, reply] } else { [reply, dotted] }.into_iter().flatten());
    }
    // An SMTP number is not also searched among the systems' small numbers: nobody means those.
    if readings.is_empty() {
        for errno in ERRNOS {
            if let Some((system, _)) = errno.numbers.iter().find(|(_, n)| *n == number) {
                readings.push(Reading::Errno(errno, system));
            }
        }
        let clients = CLIENT_NUMBERS.iter().filter(|row| row.kind == ClientKind::Curl && row.number == written && !errno_named);
        readings.extend(clients.map(Reading::Client));
    }
    // Linux first: that is where mail programs run.
    readings.sort_by_key(|reading| matches!(reading, Reading::Errno(_, system) if *system != "Linux"));
    readings
}

/// `curl: (60)` and `curl exit code 60`.
fn curl(text: &str, within: Span) -> Option<Attempt> {
    let (span, written) = words(text, within).find(|(_, word)| word.starts_with(|c: char| c.is_ascii_digit()))?;
    let row = CLIENT_NUMBERS.iter().find(|row| row.kind == ClientKind::Curl && row.number == written)?;
    Some(Attempt {
        number: Some(Number { written: written.to_owned(), span, readings: vec![Reading::Client(row)] }),
        modifiers: vec![Modifier::NotSmtp],
        ..Attempt::default()
    })
}

/// `5.1.1`.
pub(crate) fn parse_enhanced(written: &str) -> Option<Enhanced> {
    let mut numbers = written.split('.').map(|n| (n.len() <= 3).then(|| n.parse::<u16>().ok()).flatten());
    let (class, subject, detail) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let complete = numbers.next().is_none() && matches!(class, 2 | 4 | 5);
    complete.then_some(Enhanced { class: class as u8, subject, detail })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bare_codes() {
        for text in ["550", " 550 ", "SMTP Error (550)", "hata kodu: 550", "550.", "error 550"] {
            assert_eq!(read(text).unwrap().reply.code.map(|c| c.0), Some(550), "{text}");
        }
        for text in ["5.7.26", "#5.7.26", "(5.7.26)"] {
            assert_eq!(read(text).unwrap().reply.enhanced.map(|c| c.0.to_string()).as_deref(), Some("5.7.26"), "{text}");
        }
        let both = read("550 5.1.1").unwrap().reply;
        assert_eq!((both.code.unwrap().0, both.enhanced.unwrap().0.to_string()), (550, "5.1.1".to_owned()));
        assert!(read("550 no such user").is_none());
    }

    #[test]
    fn numbers_that_are_no_replies() {
        let dotless = read("447").unwrap();
        assert_eq!(dotless.modifiers, [Modifier::DotLessCode]);
        assert_eq!(dotless.reply.enhanced.unwrap().0.to_string(), "4.4.7");
        assert_eq!(read("111").unwrap().modifiers, [Modifier::NotSmtp]);
        assert_eq!(read("10061").unwrap().modifiers, [Modifier::NotSmtp]);
        assert!(matches!(read("0x800CCC0E").unwrap().number.unwrap().readings[0], Reading::Client(_)));
        assert!(matches!(read("curl: (60)").unwrap().number.unwrap().readings[0], Reading::Client(_)));
        assert!(read("999").unwrap().number.unwrap().readings.is_empty());
    }
}
