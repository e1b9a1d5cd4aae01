//! Stand-ins for rooms of the core that are built at the same time. To merge: delete this file and write
//! `use mailwhy_core::{explain, redact, render}` where `use crate::pending::…` stands.

/// Stand-in for `mailwhy_core::render`.
pub(crate) mod render {
    /// Stand-in for `mailwhy_core::render::terminal`.
    pub(crate) mod terminal {
        use mailwhy_core::{Diagnosis, Lang, advise};

        /// How it is shown.
        pub(crate) struct Options {
            pub(crate) lang: Lang,
            pub(crate) width: usize,
            pub(crate) colour: bool,
            pub(crate) unicode: bool,
        }

        /// Title, who acts, steps.
        pub(crate) fn render(diagnosis: &Diagnosis, _evidence: &str, origin: &str, options: &Options) -> String {
            let advice = advise::advise(diagnosis, options.lang);
            let bold = if options.colour { ("\x1b[1m", "\x1b[0m") } else { ("", "") };
            let dot = if options.unicode { '•' } else { '*' };
            let steps: Vec<String> = advice.steps.iter().map(|step| format!("{dot} {step:.0$}\n", options.width)).collect();
            let who = advise::who_acts(diagnosis, options.lang);
            format!("{}{}{}\n{who}\n--> {origin}\n{}", bold.0, advice.title, bold.1, steps.concat())
        }
    }

    /// Stand-in for `mailwhy_core::render::markdown`.
    pub(crate) mod markdown {
        use mailwhy_core::{Diagnosis, Lang, advise};

        /// Title and who acts.
        pub(crate) fn render(diagnosis: &Diagnosis, _evidence: &str, lang: Lang) -> String {
            format!("## {}\n\n{}\n", advise::advise(diagnosis, lang).title, advise::who_acts(diagnosis, lang))
        }
    }

    /// Stand-in for `mailwhy_core::render::trace`.
    pub(crate) mod trace {
        use mailwhy_core::{Diagnosis, Lang};

        /// One line a vote.
        pub(crate) fn render(diagnosis: &Diagnosis, _evidence: &str, _lang: Lang) -> String {
            diagnosis.decision.votes.iter().map(|v| format!("{:6.2} {} {}\n", v.weight, v.cause.id(), v.by.rule())).collect()
        }
    }
}

/// Stand-in for `mailwhy_core::redact`.
pub(crate) mod redact {
    use mailwhy_core::Diagnosis;

    /// Gives back what it got.
    pub(crate) fn redact(evidence: &str, diagnoses: Vec<Diagnosis>) -> (String, Vec<Diagnosis>) {
        (evidence.to_owned(), diagnoses)
    }
}

/// Stand-in for `mailwhy_core::explain`.
pub(crate) mod explain {
    use mailwhy_core::{Cause, Lang};

    /// A page.
    pub(crate) struct Page(Cause);

    /// The page of a cause.
    pub(crate) fn find(query: &str) -> Option<Page> {
        Cause::from_id(query).map(Page)
    }

    /// Causes that begin alike.
    pub(crate) fn suggestions(query: &str) -> Vec<&'static str> {
        let start = query.get(..4).unwrap_or(query);
        Cause::ALL.iter().map(|cause| cause.id()).filter(|id| id.starts_with(start)).collect()
    }

    /// The title.
    pub(crate) fn render_markdown(page: &Page, lang: Lang) -> String {
        format!("# {}\n", page.0.data().title.get(lang))
    }

    /// The title.
    pub(crate) fn render_terminal(page: &Page, lang: Lang, width: usize, _colour: bool) -> String {
        format!("{:.1$}\n", page.0.data().title.get(lang), width)
    }

    /// All ids.
    pub(crate) fn list(lang: Lang, width: usize) -> String {
        Cause::ALL.iter().map(|cause| format!("{} {:.2$}\n", cause.id(), cause.data().title.get(lang), width)).collect()
    }
}
