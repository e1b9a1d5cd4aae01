//! An attempt: one try to bring one message to one recipient. Every reader yields attempts; the classifier takes them.

use crate::Span;
use mailwhy_knowledge::{Modifier, Outcome, Phase};

/// One try to bring one message to one recipient, as far as the evidence tells. What it does not tell is `None`.
#[derive(Clone, Debug, Default)]
pub struct Attempt {
    /// The pieces of the evidence that tell why: the server's words without the dress. Empty: all of it.
    pub told: Vec<Span>,
    /// The piece that is about this attempt and no other, where the evidence tells of several. `None`: all of it.
    pub place: Option<Span>,
    /// The codes of the reply.
    pub reply: Reply,
    /// Where in the dialogue it happened.
    pub phase: Option<Phase>,
    /// What became of it, where the dress says so.
    pub outcome: Option<Outcome>,
    /// Who took part.
    pub parties: Parties,
    /// The address that failed.
    pub recipient: Option<String>,
    /// The address as the sender wrote it, before aliases and forwards.
    pub original_recipient: Option<String>,
    /// The envelope sender; empty for the null reverse-path.
    pub sender: Option<String>,
    /// When, as RFC 3339, where the evidence gives a whole date.
    pub time: Option<String>,
    /// The queue id.
    pub queue_id: Option<String>,
    /// The Message-ID.
    pub message_id: Option<String>,
    /// A number of a system or a client program, which is no reply.
    pub number: Option<Number>,
    /// What changes the advice.
    pub modifiers: Vec<Modifier>,
    /// Id of the program whose dress was taken off, such as `phpmailer`.
    pub dress: Option<&'static str>,
}

impl Attempt {
    /// This attempt with what an inner layer of the evidence adds, which stands at byte `shift` of the outer one. The
    /// inner layer is closer to the server that refused, so it wins where both tell.
    pub(crate) fn with_inner(mut self, inner: Attempt, shift: usize) -> Attempt {
        let moved = |span: Span| Span::new(span.start + shift, span.end + shift);
        self.told = inner.told.into_iter().map(moved).collect();
        self.place = inner.place.map(moved).or(self.place);
        self.reply.code = inner.reply.code.map(|(code, span)| (code, moved(span))).or(self.reply.code);
        self.reply.enhanced = inner.reply.enhanced.map(|(code, span)| (code, moved(span))).or(self.reply.enhanced);
        self.reply.command = inner.reply.command.or(self.reply.command);
        self.phase = inner.phase.or(self.phase);
        self.outcome = inner.outcome.or(self.outcome);
        let (own, new) = (&mut self.parties, inner.parties);
        own.reporting_mta = own.reporting_mta.take().or(new.reporting_mta);
        own.remote_mta = new.remote_mta.or(own.remote_mta.take());
        own.remote_ip = new.remote_ip.or(own.remote_ip.take());
        own.port = new.port.or(own.port);
        own.sending_ip = new.sending_ip.or(own.sending_ip.take());
        self.recipient = inner.recipient.or(self.recipient);
        self.original_recipient = self.original_recipient.or(inner.original_recipient);
        self.sender = inner.sender.or(self.sender);
        self.time = inner.time.or(self.time);
        self.queue_id = self.queue_id.or(inner.queue_id);
        self.message_id = inner.message_id.or(self.message_id);
        self.number = inner.number.map(|number| Number { span: moved(number.span), ..number }).or(self.number);
        for modifier in inner.modifiers {
            if !self.modifiers.contains(&modifier) {
                self.modifiers.push(modifier);
            }
        }
        self.dress = inner.dress.or(self.dress);
        self
    }
}

/// A reply of a server: RFC 5321 §4.2, RFC 3463.
#[derive(Clone, Debug, Default)]
pub struct Reply {
    /// The three digits, and where they stand.
    pub code: Option<(u16, Span)>,
    /// The enhanced code, and where it stands.
    pub enhanced: Option<(Enhanced, Span)>,
    /// The command that it answers, such as `RCPT TO`.
    pub command: Option<&'static str>,
}

/// An enhanced status code: class, subject, detail (RFC 3463 §2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Enhanced {
    /// 2 success, 4 temporary, 5 permanent.
    pub class: u8,
    /// What it is about.
    pub subject: u16,
    /// Which kind of it.
    pub detail: u16,
}

impl std::fmt::Display for Enhanced {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.class, self.subject, self.detail)
    }
}

/// The systems that took part.
#[derive(Clone, Debug, Default)]
pub struct Parties {
    /// The system that reports.
    pub reporting_mta: Option<String>,
    /// The system that refused.
    pub remote_mta: Option<String>,
    /// Its IP address.
    pub remote_ip: Option<String>,
    /// Its port.
    pub port: Option<u16>,
    /// The IP address that the mail came from.
    pub sending_ip: Option<String>,
}

/// A number that is no reply of a server: what it may mean, likeliest first.
#[derive(Clone, Debug)]
pub struct Number {
    /// As written, such as `111` or `0x800CCC0E`.
    pub written: String,
    /// Where it stands.
    pub span: Span,
    /// What it may mean.
    pub readings: Vec<Reading>,
}

/// One meaning of a number.
#[derive(Clone, Copy, Debug)]
pub enum Reading {
    /// A reply code.
    Reply(&'static mailwhy_knowledge::ReplyCode),
    /// An enhanced code that lost its dots.
    Dotless(&'static mailwhy_knowledge::Dotless),
    /// An error of an operating system, and which.
    Errno(&'static mailwhy_knowledge::Errno, &'static str),
    /// A number of a client program.
    Client(&'static mailwhy_knowledge::ClientNumber),
}
