//! Reads the folder into plain structures. Unknown keys are refused, so that a misspelt key is an error and no silence.

use serde::Deserialize;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Everything in the folder, as written.
pub struct Knowledge {
    pub causes: Vec<Cause>,
    pub terms: Terms,
    pub facts: Vec<Term>,
    pub checks: Vec<Check>,
    pub messages: Vec<Term>,
    pub blocklists: Vec<Blocklist>,
    pub harmful: Vec<Harmful>,
    pub glossary: Vec<GlossaryRow>,
    pub reply: ReplyCodes,
    pub enhanced: EnhancedCodes,
    pub errno: Vec<Errno>,
    pub outlook: Vec<Outlook>,
    pub curl: Vec<Curl>,
    pub tls: Tls,
    pub library: Vec<LibraryForm>,
    pub concepts: Concepts,
    pub words: BTreeMap<String, BTreeMap<String, Vec<String>>>,
    pub rules: Rules,
    pub speakers: Vec<Speaker>,
    pub article: Vec<ArticleCode>,
}

#[derive(Deserialize, Clone)]
#[serde(deny_unknown_fields)]
pub struct Advice {
    pub title: String,
    pub told: Option<String>,
    pub summary: String,
    pub steps: Vec<String>,
    pub question: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cause {
    pub id: String,
    pub family: String,
    pub actor: String,
    pub other_actors: Vec<String>,
    pub persistence: String,
    pub reply_class_wins: bool,
    pub verdict: String,
    pub outcomes: Vec<String>,
    pub phases: Vec<String>,
    pub checks: Vec<String>,
    pub refines: Vec<String>,
    pub sources: Vec<String>,
    pub remedy: Remedy,
    pub folds: Folds,
    pub told_as: ToldAs,
    pub en: Advice,
    pub tr: Advice,
    #[serde(default)]
    pub borderline: Vec<Borderline>,
    #[serde(default)]
    pub variant: Vec<Variant>,
    #[serde(default)]
    pub lab: Vec<toml::Table>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    pub actions: Vec<String>,
    pub first: Option<String>,
    pub growth: Option<f64>,
    pub until: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Folds {
    #[serde(default)]
    pub sisimai: Vec<String>,
    pub kumomta: Option<String>,
    pub postalsys: Option<String>,
    pub sparkpost: Option<u32>,
    pub ses: Option<String>,
    pub rfc3463: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ToldAs {
    pub enhanced: Vec<String>,
    pub reply: Vec<String>,
    pub phrases: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Borderline {
    pub cause: Option<String>,
    pub en: String,
    pub tr: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Variant {
    pub id: String,
    pub phrases: Vec<String>,
    pub actor: Option<String>,
    pub en: String,
    pub tr: String,
}

/// An id with a text in both languages.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Term {
    pub id: String,
    pub en: String,
    pub tr: String,
    #[serde(alias = "scope_en")]
    pub meaning_en: Option<String>,
    #[serde(alias = "scope_tr")]
    pub meaning_tr: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Modifier {
    pub id: String,
    pub en: String,
    pub tr: String,
    pub when: String,
    pub steps_en: Vec<String>,
    pub steps_tr: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Terms {
    pub family: Vec<Term>,
    pub actor: Vec<Term>,
    pub persistence: Vec<Term>,
    pub outcome: Vec<Term>,
    pub phase: Vec<Term>,
    pub verdict: Vec<Term>,
    pub action: Vec<Term>,
    pub basis: Vec<Term>,
    pub modifier: Vec<Modifier>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Check {
    pub id: String,
    pub en: String,
    pub tr: String,
    pub command: Option<String>,
    #[serde(default)]
    pub needs: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Blocklist {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub zones: Vec<String>,
    #[serde(default)]
    pub hosts: Vec<String>,
    pub lookup: Option<String>,
    pub lists: String,
    pub state: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Harmful {
    pub id: String,
    pub why: String,
    #[serde(default)]
    pub en: Vec<String>,
    #[serde(default)]
    pub tr: Vec<String>,
    #[serde(default)]
    pub only_in: Vec<String>,
}

pub struct GlossaryRow {
    pub english: String,
    pub avoid: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyClass {
    pub digit: String,
    pub en: String,
    pub tr: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyCode {
    pub code: u16,
    pub text: String,
    pub en: String,
    pub tr: String,
    pub commands: Vec<String>,
    pub causes: Vec<String>,
    pub weight: f64,
    pub source: String,
    pub note_en: Option<String>,
    pub note_tr: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReplyCodes {
    pub class: Vec<ReplyClass>,
    pub code: Vec<ReplyCode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnhancedCode {
    pub code: String,
    pub text: String,
    pub en: String,
    pub tr: String,
    pub causes: Vec<String>,
    pub weight: f64,
    pub basic: String,
    pub source: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dotless {
    pub number: u16,
    pub dotted: Vec<String>,
    pub likelier: String,
    pub en: String,
    pub tr: String,
    pub causes: Vec<String>,
    pub collides_en: Option<String>,
    pub collides_tr: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EnhancedCodes {
    pub class: Vec<Term>,
    pub subject: Vec<Term>,
    pub code: Vec<EnhancedCode>,
    pub dotless: Vec<Dotless>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Errno {
    pub name: String,
    pub linux: Option<i32>,
    pub macos: Option<i32>,
    pub freebsd: Option<i32>,
    pub windows: Option<i32>,
    pub windows_name: Option<String>,
    pub text_en: Option<String>,
    pub text_tr: Option<String>,
    pub cause: String,
    #[serde(default)]
    pub other_causes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outlook {
    pub number: String,
    pub name: Option<String>,
    pub en: String,
    pub tr: String,
    pub cause: String,
    pub other_causes: Vec<String>,
    #[allow(dead_code)]
    pub smtp_reply: Option<toml::Value>,
    pub source: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Curl {
    pub number: u32,
    pub name: String,
    pub text: String,
    pub cause: String,
    pub other_causes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TlsAlert {
    pub number: u32,
    pub name: String,
    pub openssl_text: Option<String>,
    pub cause: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpensslText {
    pub text: String,
    pub cause: String,
    pub other_causes: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WindowsTls {
    pub number: String,
    pub name: String,
    pub cause: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    pub alert: Vec<TlsAlert>,
    pub openssl: Vec<OpensslText>,
    pub windows: Vec<WindowsTls>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LibraryForm {
    pub library: String,
    pub form: String,
    pub cause: String,
    pub other_causes: Vec<String>,
    pub note_en: Option<String>,
    pub note_tr: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concept {
    pub id: String,
    pub gloss: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Derived {
    pub id: String,
    pub all: Vec<String>,
    pub window: f64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Concepts {
    pub concept: Vec<Concept>,
    pub derived: Vec<Derived>,
    pub frame: Vec<String>,
    pub core_sign: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConceptRule {
    pub id: String,
    pub cause: String,
    pub weight: f64,
    pub window: f64,
    pub all: Vec<String>,
    #[serde(default)]
    pub none: Vec<String>,
    #[serde(default)]
    pub never: Vec<String>,
    #[serde(default)]
    pub codes: Vec<String>,
    pub why: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    pub rule: Vec<ConceptRule>,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub enum Phrase {
    One(String),
    All(Vec<String>),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeakerRule {
    pub id: String,
    pub form: String,
    pub phrases: Vec<Phrase>,
    #[serde(default)]
    pub codes: Vec<u16>,
    #[serde(default)]
    pub enhanced: Vec<String>,
    pub cause: String,
    #[serde(default)]
    pub also: Vec<String>,
    #[serde(default)]
    pub capture: BTreeMap<String, String>,
    pub example: String,
    pub url: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeakerCode {
    pub enhanced: Vec<String>,
    pub basic: Option<String>,
    pub text: String,
    pub en: String,
    pub tr: String,
    pub causes: Vec<String>,
    pub actor: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Speaker {
    pub id: String,
    pub name: String,
    pub kind: String,
    pub signs: Vec<String>,
    #[serde(default)]
    pub rule: Vec<SpeakerRule>,
    #[serde(default)]
    pub code: Vec<SpeakerCode>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleCode {
    pub number: u16,
    pub kind: String,
    pub dotted: Option<String>,
    pub causes: Vec<String>,
    pub verdict: String,
    pub actor: String,
    pub persistence: String,
    #[serde(default)]
    pub readings: Vec<String>,
    pub title_en: String,
    pub title_tr: String,
    pub really_en: String,
    pub really_tr: String,
    pub steps_en: Vec<String>,
    pub steps_tr: Vec<String>,
    pub misleads_en: Option<String>,
    pub misleads_tr: Option<String>,
    pub article: String,
}

#[derive(Deserialize)]
struct Table<T> {
    #[serde(alias = "fact", alias = "check", alias = "message", alias = "list", alias = "advice")]
    #[serde(alias = "errno", alias = "outlook", alias = "curl", alias = "form", alias = "code")]
    rows: Vec<T>,
}

/// Reads everything below `root`; every complaint names its file.
pub fn load(root: &Path) -> Result<Knowledge, Vec<String>> {
    let mut loader = Loader { root, complaints: Vec::new() };
    let knowledge = loader.load();
    match knowledge {
        Some(knowledge) if loader.complaints.is_empty() => Ok(knowledge),
        _ => Err(loader.complaints),
    }
}

struct Loader<'a> {
    root: &'a Path,
    complaints: Vec<String>,
}

impl Loader<'_> {
    fn load(&mut self) -> Option<Knowledge> {
        let causes = self.folder::<Cause>("causes");
        let speakers = self.folder::<Speaker>("speakers");
        let words = self.folder::<BTreeMap<String, Vec<String>>>("concepts/words");
        let terms = self.file("terms.toml");
        let facts = self.rows("facts.toml");
        let checks = self.rows("checks.toml");
        let messages = self.rows("messages.toml");
        let blocklists = self.rows("blocklists.toml");
        let harmful = self.rows("harmful.toml");
        let article = self.rows("article.toml");
        let reply = self.file("codes/reply.toml");
        let enhanced = self.file("codes/enhanced.toml");
        let errno = self.rows("codes/errno.toml");
        let outlook = self.rows("codes/outlook.toml");
        let curl = self.rows("codes/curl.toml");
        let tls = self.file("codes/tls.toml");
        let library = self.rows("codes/library.toml");
        let concepts = self.file("concepts/concepts.toml");
        let rules = self.file("concepts/rules.toml");
        for (stem, cause) in &causes {
            if *stem != cause.id {
                self.complaints.push(format!("causes/{stem}.toml: its id is {:?}; file and id are one name", cause.id));
            }
        }
        for (stem, speaker) in &speakers {
            if *stem != speaker.id {
                self.complaints.push(format!("speakers/{stem}.toml: its id is {:?}; file and id are one name", speaker.id));
            }
        }
        Some(Knowledge {
            causes: causes.into_iter().map(|(_, c)| c).collect(),
            speakers: speakers.into_iter().map(|(_, s)| s).collect(),
            words: words.into_iter().collect(),
            terms: terms?,
            facts,
            checks,
            messages,
            blocklists,
            harmful,
            article,
            glossary: self.glossary(),
            reply: reply?,
            enhanced: enhanced?,
            errno,
            outlook,
            curl,
            tls: tls?,
            library,
            concepts: concepts?,
            rules: rules?,
        })
    }

    fn file<T: for<'de> Deserialize<'de>>(&mut self, name: &str) -> Option<T> {
        let path = self.root.join(name);
        let text = match std::fs::read_to_string(&path) {
            Ok(text) => text,
            Err(error) => {
                self.complaints.push(format!("{name}: {error}"));
                return None;
            }
        };
        match toml::from_str(&text) {
            Ok(value) => Some(value),
            Err(error) => {
                self.complaints.push(format!("{name}: {error}"));
                None
            }
        }
    }

    fn rows<T: for<'de> Deserialize<'de>>(&mut self, name: &str) -> Vec<T> {
        self.file::<Table<T>>(name).map(|table| table.rows).unwrap_or_default()
    }

    /// Every `*.toml` of a folder, by its name without the ending.
    fn folder<T: for<'de> Deserialize<'de>>(&mut self, name: &str) -> Vec<(String, T)> {
        let mut files: Vec<PathBuf> = match std::fs::read_dir(self.root.join(name)) {
            Ok(entries) => entries.filter_map(|e| e.ok().map(|e| e.path())).collect(),
            Err(error) => {
                self.complaints.push(format!("{name}: {error}"));
                return Vec::new();
            }
        };
        files.retain(|path| path.extension().is_some_and(|e| e == "toml"));
        files.sort();
        let mut all = Vec::new();
        for path in files {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if let Some(value) = self.file(&format!("{name}/{stem}.toml")) {
                all.push((stem, value));
            }
        }
        all
    }

    fn glossary(&mut self) -> Vec<GlossaryRow> {
        let text = match std::fs::read_to_string(self.root.join("glossary.tsv")) {
            Ok(text) => text,
            Err(error) => {
                self.complaints.push(format!("glossary.tsv: {error}"));
                return Vec::new();
            }
        };
        text.lines()
            .skip(1)
            .map(|line| {
                let mut cells = line.split('\t');
                let english = cells.next().unwrap_or_default().to_owned();
                let avoid = cells.nth(2).unwrap_or_default();
                GlossaryRow { english, avoid: avoid.split(';').map(|w| w.trim().to_owned()).filter(|w| !w.is_empty()).collect() }
            })
            .collect()
    }
}
