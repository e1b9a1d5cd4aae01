//! The pages of everything that mailwhy knows: causes, codes, numbers, speakers; and the article, cured. A page is made of
//! blocks in one language, which the terminal and Markdown show each in its way.
//!
//! ```
//! use mailwhy_core::{Lang, explain};
//!
//! let page = explain::find("greylisted").unwrap();
//! assert!(explain::render_terminal(&page, Lang::En, 80, false).starts_with("Greylisted: "));
//! assert!(explain::find("greylistd").is_none());
//! assert_eq!(explain::suggestions("greylistd"), ["greylisted"]);
//! ```

mod article;
mod block;
mod cause;
mod code;
mod find;
mod markdown;
mod number;
mod pair;
mod shelf;
mod speaker;
mod terminal;
mod topic;

pub use find::{find, suggestions};
pub use shelf::Shelf;
pub use topic::{Pattern, Topic};

use crate::advise::with;
use block::Block;
use mailwhy_knowledge::{Cause, Lang, messages};

/// One page: about one topic, or about everything that a number may mean.
#[derive(Clone, Debug)]
pub struct Page {
    topics: Vec<Topic>,
    /// What was asked for, where it has several meanings.
    asked: Option<String>,
}

impl Page {
    /// The page of one topic.
    pub fn of(topic: Topic) -> Page {
        Page { topics: vec![topic], asked: None }
    }

    /// What the page is about, likeliest first.
    pub fn topics(&self) -> &[Topic] {
        &self.topics
    }

    fn blocks(&self, lang: Lang) -> Vec<Block> {
        match (self.topics.as_slice(), &self.asked) {
            ([only], _) => only.blocks(lang),
            (several, asked) => {
                let asked = asked.as_deref().unwrap_or_default();
                let mut blocks = vec![Block::Title(with(messages::EXPLAIN_SEVERAL.get(lang), &[("written", asked)]))];
                blocks.extend(several.iter().flat_map(|topic| block::lowered(topic.blocks(lang))));
                blocks
            }
        }
    }
}

/// A page for the terminal, wrapped to `width` columns.
pub fn render_terminal(page: &Page, lang: Lang, width: usize, colour: bool) -> String {
    terminal::render(&page.blocks(lang), width, colour)
}

/// A page in Markdown that stands alone: what it names is named, not linked.
pub fn render_markdown(page: &Page, lang: Lang) -> String {
    render_markdown_linked(page, lang, 1, &|_| None)
}

/// A page in Markdown among others. Its title is a heading of `level`; `link` gives the address of a topic's page.
pub fn render_markdown_linked(page: &Page, lang: Lang, level: usize, link: &dyn Fn(Topic) -> Option<String>) -> String {
    markdown::render(&page.blocks(lang), level, link)
}

/// All causes by family, and how to see the codes, numbers and speakers.
pub fn list(lang: Lang, width: usize) -> String {
    terminal::render(&Topic::Contents.blocks(lang), width, false)
}

/// What separates two causes; `None` if they are one. In plain text of 80 columns; [`Topic::Pair`] gives the page for
/// other forms.
pub fn pair(a: Cause, b: Cause, lang: Lang) -> Option<String> {
    (a != b).then(|| terminal::render(&Topic::Pair(a, b).blocks(lang), 80, false))
}
