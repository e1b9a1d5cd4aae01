//! The layout of the book: which page stands in which file, and what it is called from another.

use super::{MARK, Pages};
use mailwhy_core::Lang;
use mailwhy_core::explain::{Page, Shelf, Topic, render_markdown_linked};
use mailwhy_core::knowledge::messages;
use std::fmt::Write;

/// Every generated page. `there` is what the folder holds: its own pages are named in the index too.
pub(super) fn pages(there: &Pages) -> Pages {
    let mut pages = Pages::new();
    for lang in Lang::ALL {
        for topic in [Topic::Contents, Topic::Article] {
            single(topic, lang, &mut pages);
        }
        for shelf in Shelf::ALL {
            match shelf {
                Shelf::Causes | Shelf::Speakers => {
                    single(Topic::Shelf(shelf), lang, &mut pages);
                    shelf.topics().into_iter().for_each(|topic| single(topic, lang, &mut pages));
                }
                _ => collection(shelf, lang, &mut pages),
            }
        }
    }
    pages.insert("README.md".to_owned(), index(there));
    pages
}

/// A topic on a page of its own.
fn single(topic: Topic, lang: Lang, pages: &mut Pages) {
    let Some((path, _)) = place(&topic, lang) else { return };
    let mut text = head(&topic, &path, lang);
    text.push_str(&render_markdown_linked(&Page::of(topic), lang, 1, &|to| address(&path, &to, lang)));
    pages.insert(path, text);
}

/// All topics of a shelf on one page.
fn collection(shelf: Shelf, lang: Lang, pages: &mut Pages) {
    let topic = Topic::Shelf(shelf);
    let Some((path, _)) = place(&topic, lang) else { return };
    let mut text = head(&topic, &path, lang);
    let _ = writeln!(text, "# {}", shelf.title(lang));
    for topic in shelf.topics() {
        let _ = writeln!(text, "\n<a id=\"{}\"></a>\n", anchor(&topic));
        text.push_str(&render_markdown_linked(&Page::of(topic), lang, 2, &|to| address(&path, &to, lang)));
    }
    pages.insert(path, text);
}

/// The mark, and the ways to the contents and to the other language.
fn head(topic: &Topic, path: &str, lang: Lang) -> String {
    let mut text = format!("{MARK} from {}. -->\n\n", source(topic));
    let (other, name) = match lang {
        Lang::En => (Lang::Tr, "Türkçe"),
        Lang::Tr => (Lang::En, "English"),
    };
    let ways = [(Topic::Contents.title(lang), address(path, &Topic::Contents, lang)), (name.to_owned(), address(path, topic, other))];
    let ways = ways.into_iter().filter_map(|(name, address)| Some(format!("[{name}]({})", address?)));
    let _ = writeln!(text, "{}\n", ways.collect::<Vec<_>>().join(" · "));
    text
}

/// The file of `knowledge/` that a page stems from.
fn source(topic: &Topic) -> String {
    match topic {
        Topic::Cause(cause) => format!("knowledge/causes/{}.toml", cause.id()),
        Topic::Speaker(speaker) => format!("knowledge/speakers/{}.toml", speaker.id),
        Topic::Article => "knowledge/article.toml".to_owned(),
        Topic::Shelf(Shelf::ReplyCodes) => "knowledge/codes/reply.toml".to_owned(),
        Topic::Shelf(Shelf::EnhancedCodes) => "knowledge/codes/enhanced.toml and knowledge/speakers/".to_owned(),
        Topic::Shelf(Shelf::DotlessCodes) => "knowledge/codes/enhanced.toml".to_owned(),
        Topic::Shelf(Shelf::Errnos) => "knowledge/codes/errno.toml".to_owned(),
        Topic::Shelf(Shelf::ClientNumbers) => "knowledge/codes/".to_owned(),
        Topic::Shelf(Shelf::LibraryForms) => "knowledge/codes/library.toml".to_owned(),
        Topic::Shelf(Shelf::Causes) => "knowledge/causes/".to_owned(),
        Topic::Shelf(Shelf::Speakers) => "knowledge/speakers/".to_owned(),
        _ => "knowledge/".to_owned(),
    }
}

/// The file in which a topic stands, and where in it.
fn place(topic: &Topic, lang: Lang) -> Option<(String, Option<String>)> {
    let (causes, codes, speakers) = match lang {
        Lang::En => ("causes", "codes", "speakers"),
        Lang::Tr => ("nedenler", "kodlar", "konusanlar"),
    };
    let file = |folder: &str, name: &str| Some((format!("{}/{folder}/{name}.md", lang.id()), None));
    let within = |shelf: Shelf| {
        let (path, _) = place(&Topic::Shelf(shelf), lang)?;
        Some((path, Some(anchor(topic))))
    };
    match topic {
        Topic::Cause(cause) => file(causes, cause.id()),
        Topic::Speaker(speaker) => file(speakers, speaker.id),
        Topic::Reply(_) => within(Shelf::ReplyCodes),
        Topic::Enhanced(code) => {
            let (path, _) = place(&Topic::Shelf(Shelf::EnhancedCodes), lang)?;
            Some((path, Some(anchor(&Topic::Enhanced(code.entry()?)))))
        }
        Topic::Dotless(_) => within(Shelf::DotlessCodes),
        Topic::Errno(_) => within(Shelf::Errnos),
        Topic::Client(_) => within(Shelf::ClientNumbers),
        Topic::Library(_) => within(Shelf::LibraryForms),
        Topic::Shelf(Shelf::Causes) => file(causes, "README"),
        Topic::Shelf(Shelf::Speakers) => file(speakers, "README"),
        Topic::Shelf(shelf) => file(codes, shelf_file(*shelf, lang)),
        Topic::Contents => Some((format!("{}/README.md", lang.id()), None)),
        Topic::Article => Some((if lang == Lang::En { "article.md" } else { "makale.md" }.to_owned(), None)),
        Topic::Pair(..) => None,
    }
}

fn shelf_file(shelf: Shelf, lang: Lang) -> &'static str {
    match (shelf, lang) {
        (Shelf::ReplyCodes, Lang::En) => "reply",
        (Shelf::ReplyCodes, Lang::Tr) => "yanit",
        (Shelf::EnhancedCodes, Lang::En) => "enhanced",
        (Shelf::EnhancedCodes, Lang::Tr) => "genisletilmis",
        (Shelf::DotlessCodes, Lang::En) => "dotless",
        (Shelf::DotlessCodes, Lang::Tr) => "noktasiz",
        (Shelf::Errnos, _) => "errno",
        (Shelf::ClientNumbers, Lang::En) => "clients",
        (Shelf::ClientNumbers, Lang::Tr) => "istemciler",
        (Shelf::LibraryForms, Lang::En) => "libraries",
        (Shelf::LibraryForms, Lang::Tr) => "kitapliklar",
        (Shelf::Causes | Shelf::Speakers, _) => "README",
    }
}

/// The name of a place in a page.
fn anchor(topic: &Topic) -> String {
    let words = match topic {
        Topic::Library(row) => format!("{} {}", row.library, row.form),
        other => other.id(),
    };
    let mut name = String::new();
    for letter in words.chars() {
        match letter {
            c if c.is_alphanumeric() => name.extend(c.to_lowercase()),
            _ if name.ends_with('-') || name.is_empty() => {}
            _ => name.push('-'),
        }
    }
    name.trim_end_matches('-').to_owned()
}

/// What a topic's place is called from the page `from`.
fn address(from: &str, to: &Topic, lang: Lang) -> Option<String> {
    let (path, anchor) = place(to, lang)?;
    let anchor = anchor.map(|name| format!("#{name}")).unwrap_or_default();
    if path == from && !anchor.is_empty() {
        return Some(anchor);
    }
    let folders = |path: &str| path.split('/').map(str::to_owned).collect::<Vec<_>>();
    let (here, there) = (folders(from), folders(&path));
    let shared = here.iter().zip(&there).take_while(|(a, b)| a == b).count().min(here.len() - 1).min(there.len() - 1);
    let up = "../".repeat(here.len() - 1 - shared);
    Some(format!("{up}{}{anchor}", there[shared..].join("/")))
}

/// The first page of the folder: the book in both languages, and the pages that are written by hand.
fn index(there: &Pages) -> String {
    let mut text = format!("{MARK} from knowledge/ and the pages beside this one. -->\n\n# mailwhy\n\n");
    for lang in Lang::ALL {
        let name = if lang == Lang::En { "English" } else { "Türkçe" };
        let _ = writeln!(text, "## {name}\n");
        for topic in [Topic::Contents, Topic::Article, Topic::Shelf(Shelf::Causes)].into_iter().chain(other_shelves()) {
            let _ = writeln!(text, "- [{}]({})", topic.title(lang), address("README.md", &topic, lang).unwrap_or_default());
        }
        text.push('\n');
    }
    let own = there.iter().filter(|(path, page)| !path.contains('/') && *path != "README.md" && !page.starts_with(MARK));
    for (n, (path, page)) in own.enumerate() {
        if n == 0 {
            let _ = writeln!(text, "## {}\n", Lang::ALL.map(|lang| messages::EXPLAIN_HANDBOOK.get(lang)).join(" · "));
        }
        let title = page.lines().find_map(|line| line.strip_prefix("# ")).unwrap_or(path);
        let _ = writeln!(text, "- [{title}]({path})");
    }
    format!("{}\n", text.trim_end())
}

fn other_shelves() -> impl Iterator<Item = Topic> {
    Shelf::ALL.into_iter().filter(|shelf| *shelf != Shelf::Causes).map(Topic::Shelf)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    /// Every address in the book leads to a page of the book, and to a place that it has.
    #[test]
    fn no_link_is_broken() {
        let pages = pages(&Pages::new());
        let anchors = |text: &str| -> BTreeSet<String> {
            text.split("<a id=\"").skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
        };
        let places: BTreeMap<&str, BTreeSet<String>> = pages.iter().map(|(path, text)| (path.as_str(), anchors(text))).collect();
        let mut links = 0;
        for (from, text) in &pages {
            for target in text
                .split("](")
                .skip(1)
                .filter_map(|rest| rest.split(')').next())
                .filter(|to| !to.starts_with("http") && !to.starts_with('<'))
            {
                let (path, anchor) = target.split_once('#').map_or((target, None), |(path, anchor)| (path, Some(anchor)));
                let mut folders: Vec<&str> = from.split('/').collect();
                folders.pop();
                for part in path.split('/').filter(|part| !part.is_empty()) {
                    if part == ".." {
                        folders.pop();
                    } else {
                        folders.push(part);
                    }
                }
                let path = if path.is_empty() { from.clone() } else { folders.join("/") };
                let place = places.get(path.as_str());
                assert!(place.is_some(), "{from}: no page {target}");
                assert!(anchor.is_none_or(|name| place.is_some_and(|names| names.contains(name))), "{from}: no place {target}");
                links += 1;
            }
        }
        assert!(links > 5000, "only {links} links were found");
    }

    #[test]
    fn places_have_one_name_each() {
        for shelf in Shelf::ALL {
            let names: Vec<String> = shelf.topics().iter().map(anchor).collect();
            let unique: BTreeSet<&String> = names.iter().collect();
            assert_eq!(names.len(), unique.len(), "{}", shelf.id());
        }
    }
}
