//! Stand-in until the pages are merged.

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
