//! The shapes of the tables that the build script fills from the folder's files.

use crate::{Action, Actor, Cause, Family, Outcome, Persistence, Phase, Verdict};

/// A language of the texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Turkish.
    Tr,
}

impl Lang {
    /// All languages.
    pub const ALL: [Lang; 2] = [Lang::En, Lang::Tr];

    /// The ISO 639-1 code: `en` or `tr`.
    pub fn id(self) -> &'static str {
        match self {
            Lang::En => "en",
            Lang::Tr => "tr",
        }
    }

    /// The language of a code or of a locale's name: `tr`, `tr_TR.UTF-8`, `en-GB`.
    ///
    /// ```
    /// use mailwhy_knowledge::Lang;
    /// assert_eq!(Lang::from_id("tr_TR.UTF-8"), Some(Lang::Tr));
    /// assert_eq!(Lang::from_id("de"), None);
    /// ```
    pub fn from_id(id: &str) -> Option<Lang> {
        let code = id.split(['_', '-', '.', '@']).next().unwrap_or_default();
        Lang::ALL.into_iter().find(|lang| code.eq_ignore_ascii_case(lang.id()))
    }
}

/// A text in both languages. It may hold facts in braces: `{ip}` or `{ip|words for an unknown one}`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: &'static str,
    /// Turkish.
    pub tr: &'static str,
}

impl Text {
    /// The text in one language.
    pub const fn get(self, lang: Lang) -> &'static str {
        match lang {
            Lang::En => self.en,
            Lang::Tr => self.tr,
        }
    }
}

/// What is known of a [`Cause`]: one file of `causes/`.
#[derive(Debug)]
pub struct CauseData {
    /// The id, which is also the file's name.
    pub id: &'static str,
    /// The group it stands in.
    pub family: Family,
    /// Who can end it.
    pub actor: Actor,
    /// Who else it may be, likeliest first.
    pub other_actors: &'static [Actor],
    /// Whether sending the same again fails the same way, if nothing in the evidence says so.
    pub persistence: Persistence,
    /// A reply class in hand (4xx, 5xx) overrides `persistence`.
    pub reply_class_wins: bool,
    /// Wait or act.
    pub verdict: Verdict,
    /// What usually became of the message.
    pub outcomes: &'static [Outcome],
    /// Where in the dialogue it usually shows.
    pub phases: &'static [Phase],
    /// What a program does.
    pub remedy: Remedy,
    /// Ids of the live checks that can prove or refute it.
    pub checks: &'static [&'static str],
    /// The more general causes that this one beats when its own words are there.
    pub refines: &'static [Cause],
    /// What happened, in a few words.
    pub title: Text,
    /// The title when all facts in it are known.
    pub told: Option<Text>,
    /// What happened, in a sentence or two.
    pub summary: Text,
    /// What the person does, one action a step.
    pub steps: &'static [Text],
    /// The one question that would settle it.
    pub question: Option<Text>,
    /// Finer kinds of it.
    pub variants: &'static [Variant],
    /// What separates it from its neighbours.
    pub borderline: &'static [Borderline],
    /// Enhanced codes it is usually told with, as on its page.
    pub told_enhanced: &'static [&'static str],
    /// Reply codes it is usually told with.
    pub told_reply: &'static [&'static str],
    /// Words it is usually told with.
    pub told_phrases: &'static [&'static str],
    /// Steps of the lab that make it happen.
    pub lab: &'static [&'static [(&'static str, &'static str)]],
    /// Standards and pages.
    pub sources: &'static [&'static str],
    /// The same failure in other vocabularies.
    pub folds: Folds,
}

/// What a program does about a cause.
#[derive(Debug)]
pub struct Remedy {
    /// The actions in their order.
    pub actions: &'static [Action],
    /// Seconds to the first retry.
    pub first_s: Option<u32>,
    /// Factor by which the waiting time grows.
    pub growth: f32,
    /// Seconds after which to give up.
    pub until_s: Option<u32>,
}

/// A finer kind of a cause, with words of its own.
#[derive(Debug)]
pub struct Variant {
    /// The id within its cause.
    pub id: &'static str,
    /// What happened, in a few words.
    pub title: Text,
    /// Who acts, where it differs from the cause.
    pub actor: Option<Actor>,
}

/// What separates a cause from a neighbour.
#[derive(Debug)]
pub struct Borderline {
    /// The neighbour, if it is one.
    pub cause: Option<Cause>,
    /// The rule.
    pub text: Text,
}

/// The same failure in the vocabularies of others.
#[derive(Debug)]
pub struct Folds {
    /// Reasons of Sisimai that count as agreement; the first is the usual one.
    pub sisimai: &'static [&'static str],
    /// KumoMTA's `PreDefinedBounceClass`.
    pub kumomta: Option<&'static str>,
    /// The labels of postalsys.
    pub postalsys: Option<&'static str>,
    /// SparkPost's classification code.
    pub sparkpost: Option<u32>,
    /// Amazon SES: bounceType/bounceSubType.
    pub ses: Option<&'static str>,
    /// The enhanced code that fits best.
    pub rfc3463: Option<&'static str>,
}

/// A reply code of SMTP (RFC 5321 §4.2).
#[derive(Debug)]
pub struct ReplyCode {
    /// The number.
    pub code: u16,
    /// The standard's own words.
    pub text: &'static str,
    /// What it means.
    pub meaning: Text,
    /// The commands it may answer.
    pub commands: &'static [&'static str],
    /// What it usually stands for, likeliest first.
    pub causes: &'static [Cause],
    /// How much the number alone says: 0.6 next to nothing, 5 clear.
    pub weight: f32,
    /// Where it is defined.
    pub source: &'static str,
    /// A remark.
    pub note: Option<Text>,
}

/// An enhanced status code (RFC 3463); the first digit is told apart.
#[derive(Debug)]
pub struct EnhancedCode {
    /// Subject and detail: `1.1` of `X.1.1`.
    pub code: &'static str,
    /// The registry's own words.
    pub text: &'static str,
    /// What it means.
    pub meaning: Text,
    /// What it usually stands for, likeliest first.
    pub causes: &'static [Cause],
    /// How much the code alone says.
    pub weight: f32,
    /// Basic codes it goes with, as the registry writes them.
    pub basic: &'static str,
    /// Where it is defined.
    pub source: &'static str,
}

/// A number that is an enhanced code without its dots, or may be one.
#[derive(Debug)]
pub struct Dotless {
    /// The number as written.
    pub number: u16,
    /// What it was with dots, likeliest first.
    pub dotted: &'static [&'static str],
    /// The number has another meaning that is likelier.
    pub basic_is_likelier: bool,
    /// What it means with dots.
    pub meaning: Text,
    /// What it usually stands for, likeliest first.
    pub causes: &'static [Cause],
    /// The other meaning.
    pub collides_with: Option<Text>,
}

/// An error of an operating system: nobody answered.
#[derive(Debug)]
pub struct Errno {
    /// The name, such as `ECONNREFUSED`.
    pub name: &'static str,
    /// Numbers by system, such as `("Linux", 111)`.
    pub numbers: &'static [(&'static str, i32)],
    /// The name on Windows, such as `WSAECONNREFUSED`.
    pub windows_name: Option<&'static str>,
    /// What systems print, in English.
    pub text_en: Option<&'static str>,
    /// What systems print, in Turkish.
    pub text_tr: Option<&'static str>,
    /// What it stands for.
    pub cause: Cause,
    /// What else it may stand for.
    pub other_causes: &'static [Cause],
}

/// Which kind of program a [`ClientNumber`] belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientKind {
    /// Outlook, Outlook Express and MAPI.
    Outlook,
    /// Windows' own TLS.
    WindowsTls,
    /// curl's exit codes.
    Curl,
    /// TLS alerts (RFC 8446 §6).
    TlsAlert,
}

/// A number or a name that a client program prints.
#[derive(Debug)]
pub struct ClientNumber {
    /// Whose number.
    pub kind: ClientKind,
    /// As it is written: `0x800CCC0E`, `60`.
    pub number: &'static str,
    /// Its name, such as `CURLE_PEER_FAILED_VERIFICATION`.
    pub name: Option<&'static str>,
    /// What it means, ours; or the program's own text.
    pub meaning: Text,
    /// What it stands for.
    pub cause: Cause,
    /// What else it may stand for.
    pub other_causes: &'static [Cause],
    /// Where it is documented.
    pub source: Option<&'static str>,
}

/// What a mail library calls a failure.
#[derive(Debug)]
pub struct LibraryForm {
    /// The library.
    pub library: &'static str,
    /// Its exception, constant or sentence.
    pub form: &'static str,
    /// What it stands for; `unknown` if it is only an envelope.
    pub cause: Cause,
    /// What else it may stand for.
    pub other_causes: &'static [Cause],
    /// A remark.
    pub note: Option<Text>,
}

/// How a rule of a speaker counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RuleForm {
    /// The speaker's own words.
    Sentence,
    /// A provider's tag.
    Tag,
    /// Looks like one thing and is another.
    Trap,
    /// Words that many use.
    Generic,
    /// An envelope around another server's words.
    Wrapper,
}

/// A provider, server, filter, list or library with words of its own.
#[derive(Debug)]
pub struct Speaker {
    /// The id, which is also the file's name.
    pub id: &'static str,
    /// The name.
    pub name: &'static str,
    /// What it is: provider, server, filter, list, client.
    pub kind: &'static str,
    /// What enhanced codes mean in this mouth.
    pub codes: &'static [SpeakerCode],
    /// First of its rules in [`SPEAKER_RULES`](crate::SPEAKER_RULES), and how many.
    pub rules: (u16, u16),
}

/// What an enhanced code means in one speaker's mouth.
#[derive(Debug)]
pub struct SpeakerCode {
    /// The codes, such as `5.7.26`.
    pub enhanced: &'static [&'static str],
    /// The basic codes it comes with.
    pub basic: Option<&'static str>,
    /// Its words.
    pub text: &'static str,
    /// What it means.
    pub meaning: Text,
    /// What it stands for, likeliest first.
    pub causes: &'static [Cause],
    /// Who acts, where it differs from the cause.
    pub actor: Option<Actor>,
}

/// A sentence of a speaker.
#[derive(Debug)]
pub struct SpeakerRule {
    /// The speaker, an index into [`SPEAKERS`](crate::SPEAKERS).
    pub speaker: u16,
    /// The id, unique within the speaker.
    pub id: &'static str,
    /// How it counts.
    pub form: RuleForm,
    /// First of its alternatives in [`ALTERNATIVES`](crate::ALTERNATIVES), and how many.
    pub alternatives: (u16, u16),
    /// Reply codes seen with it.
    pub codes: &'static [u16],
    /// Enhanced codes seen with it.
    pub enhanced: &'static [&'static str],
    /// What it stands for.
    pub cause: Cause,
    /// What else it may stand for.
    pub also: &'static [Cause],
    /// Regular expressions that take a fact from the text: the fact and the pattern.
    pub captures: &'static [(&'static str, &'static str)],
    /// The sentence as the speaker says it.
    pub example: &'static str,
    /// The speaker's page.
    pub url: Option<&'static str>,
}

/// One of the phrases of a speaker's rule.
#[derive(Debug)]
pub struct Alternative {
    /// The rule, an index into [`SPEAKER_RULES`](crate::SPEAKER_RULES).
    pub rule: u16,
    /// How many parts must be there.
    pub parts: u8,
    /// Length of all parts folded, in characters.
    pub length: u16,
    /// As written.
    pub phrase: &'static str,
}

/// A concept of `concepts/`.
#[derive(Debug)]
pub struct Concept {
    /// The id, such as `MAILBOX`.
    pub id: &'static str,
    /// What it stands for.
    pub gloss: &'static str,
}

/// A concept made of others.
#[derive(Debug)]
pub struct Derived {
    /// The concept that it makes.
    pub id: u16,
    /// All of these, each one of several concepts.
    pub all: &'static [&'static [u16]],
    /// Within this distance, in tenths of a word.
    pub window: u32,
}

/// A rule over concepts.
#[derive(Debug)]
pub struct ConceptRule {
    /// The id.
    pub id: &'static str,
    /// What it stands for.
    pub cause: Cause,
    /// The weight of its vote when the concepts stand side by side.
    pub weight: f32,
    /// Largest distance, in tenths of a word.
    pub window: u32,
    /// All of these, each one of several concepts.
    pub all: &'static [&'static [u16]],
    /// None of these near.
    pub none: &'static [u16],
    /// None of these anywhere.
    pub never: &'static [u16],
    /// One of these codes must fit; empty: any.
    pub codes: &'static [CodeNeed],
    /// What it says in plain words.
    pub why: Option<&'static str>,
}

/// A condition of a concept rule on the codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CodeNeed {
    /// No code at all.
    NoCode,
    /// The class: 4 or 5.
    Class(u8),
    /// This reply code.
    Reply(u16),
    /// An enhanced code that starts so: `5.2` or `5.4.1`.
    Enhanced(&'static str),
}

/// A form of several pieces that need not touch: `could .. not .. deliver`.
#[derive(Debug)]
pub struct Form {
    /// The concept that it names.
    pub concept: u16,
    /// How each piece but the first follows the one before: up to three words may lie between, or none.
    pub gaps: &'static [bool],
}

/// What a match of the automaton means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Target {
    /// A word of a concept; a suffix may share its word with another concept.
    Concept {
        /// The concept.
        concept: u16,
        /// It is the ending of a word.
        suffix: bool,
    },
    /// Words inside which a concept does not count.
    Mask(u16),
    /// A piece of a [`Form`].
    Piece {
        /// The form.
        form: u16,
        /// Which piece.
        piece: u8,
    },
    /// A part of an [`Alternative`].
    Phrase {
        /// The alternative.
        alternative: u16,
        /// Which part.
        part: u8,
    },
    /// The name or text of an error: an index into [`NAMES`](crate::NAMES).
    Name(u16),
    /// A sentence of an envelope.
    Frame,
    /// A word that marks a line that matters.
    CoreSign,
    /// A sign of a speaker.
    Sign(u16),
    /// What a library calls a failure: an index into [`LIBRARY_FORMS`](crate::LIBRARY_FORMS).
    Library(u16),
    /// A word of a variant: the cause and the index of its variant.
    Variant(Cause, u8),
    /// The zone or host of a block list: an index into [`BLOCKLISTS`](crate::BLOCKLISTS).
    Blocklist(u16),
}

/// The name or text of an error that is no reply.
#[derive(Debug)]
pub struct Name {
    /// As written.
    pub name: &'static str,
    /// What it stands for.
    pub cause: Cause,
    /// What else it may stand for.
    pub other_causes: &'static [Cause],
    /// It is a sentence such as `Connection refused`, not a symbol such as `ECONNREFUSED`.
    pub is_text: bool,
    /// It is an operating system's: no server answered.
    pub is_system: bool,
}

/// A live check.
#[derive(Debug)]
pub struct Check {
    /// The id.
    pub id: &'static str,
    /// The question that it answers.
    pub question: Text,
    /// A command that answers it today, with facts in braces.
    pub command: Option<&'static str>,
    /// The facts without which the command says nothing about the failure at hand.
    pub needs: &'static [&'static str],
}

/// A public list of addresses or domains.
#[derive(Debug)]
pub struct Blocklist {
    /// The id.
    pub id: &'static str,
    /// The name as people say it.
    pub name: &'static str,
    /// Its DNS zones.
    pub zones: &'static [&'static str],
    /// Where one looks up and asks for removal.
    pub lookup: Option<&'static str>,
    /// It lists domains (perhaps beside addresses).
    pub lists_domains: bool,
    /// It lists addresses.
    pub lists_addresses: bool,
    /// It answers no more.
    pub dead: bool,
}

/// A code of the article that mailwhy was made for, cured.
#[derive(Debug)]
pub struct ArticleCode {
    /// The number as the article writes it.
    pub number: u16,
    /// What it is: reply, dotless, errno.
    pub kind: &'static str,
    /// The enhanced code that lost its dots.
    pub dotted: Option<&'static str>,
    /// The causes it may stand for; the first is the answer to the bare number.
    pub causes: &'static [Cause],
    /// What the reader of the bare number is told.
    pub verdict: Verdict,
    /// Who acts.
    pub actor: Actor,
    /// Whether it lasts.
    pub persistence: Persistence,
    /// All readings where a number has more than one.
    pub readings: &'static [&'static str],
    /// What it really is.
    pub title: Text,
    /// What really happens.
    pub really: Text,
    /// What to do.
    pub steps: &'static [Text],
    /// Where the article misleads.
    pub misleads: Option<Text>,
    /// Judgement of the article's row: right, imprecise, misleading, wrong.
    pub article: &'static str,
}
