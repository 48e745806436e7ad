//! Who links to whom, as a picture, as Graphviz's text, or as JSON. The same crawl gives the same
//! text: pages are put in the order of their URLs.

mod dot;
mod json;
mod layout;
mod svg;

use std::collections::BTreeMap;

use web::{Crawled, Ending, Page};

/// What a graph is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// A picture that browsers show.
    Svg,
    /// Text for Graphviz.
    Dot,
    /// Text for programs.
    Json,
}

/// Pages and links.
#[derive(Debug)]
struct Graph<'a> {
    /// Where the crawl began.
    home: &'a str,
    /// The pages, by URL.
    nodes: Vec<Node<'a>>,
    /// Which page links to which, by number.
    links: Vec<(usize, usize)>,
}

/// One page.
#[derive(Clone, Copy, Debug)]
struct Node<'a> {
    url: &'a str,
    depth: usize,
    kind: Kind,
}

/// What a page turned out to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Read,
    Redirect,
    Other,
    Failed,
    Unread,
}

impl Picture {
    /// What the ending of a file's name stands for.
    pub fn named(ending: &str) -> Option<Self> {
        match ending {
            "svg" => Some(Self::Svg),
            "dot" => Some(Self::Dot),
            "json" => Some(Self::Json),
            _ => None,
        }
    }

    /// The text of the graph of a crawl that began at `home`.
    pub fn of(self, home: &str, crawled: &Crawled) -> String {
        let graph = Graph::new(home, crawled);
        match self {
            Self::Svg => svg::text(&graph),
            Self::Dot => dot::text(&graph),
            Self::Json => json::text(&graph),
        }
    }
}

impl<'a> Graph<'a> {
    fn new(home: &'a str, crawled: &'a Crawled) -> Self {
        let mut nodes: BTreeMap<&str, Node<'_>> = BTreeMap::new();
        for page in &crawled.pages {
            let node = Node { url: &page.url, depth: page.depth, kind: Kind::of(page) };
            nodes.insert(&page.url, node);
        }
        // What was found and not asked for is a page too.
        for page in &crawled.pages {
            for url in &page.links {
                let unread = Node { url, depth: page.depth + 1, kind: Kind::Unread };
                nodes.entry(url).or_insert(unread);
            }
        }
        let numbers: BTreeMap<&str, usize> =
            nodes.keys().enumerate().map(|(number, url)| (*url, number)).collect();
        let mut links: Vec<(usize, usize)> = crawled
            .pages
            .iter()
            .flat_map(|page| page.links.iter().map(|to| (numbers[&*page.url], numbers[&**to])))
            .collect();
        links.sort_unstable();
        Self { home, nodes: nodes.into_values().collect(), links }
    }
}

/// How many characters of a name are shown.
const NAME: usize = 24;

impl Node<'_> {
    /// What the page is called in a picture: its path, or as much of its end as there is room for.
    fn name(&self) -> String {
        let path = self.path();
        let letters = path.chars().count();
        if letters <= NAME {
            return path.to_owned();
        }
        let end: String = path.chars().skip(letters + 1 - NAME).collect();
        // Whole parts of the path say more than their ends.
        let from = end.find('/').filter(|&from| from + 1 < end.len()).unwrap_or_default();
        format!("…{}", &end[from..])
    }

    /// The URL without what all pages have in common.
    fn path(&self) -> &str {
        let rest = self.url.split_once("://").map_or(self.url, |(_, rest)| rest);
        rest.find('/').map_or(rest, |slash| &rest[slash..])
    }
}

impl Kind {
    fn of(page: &Page) -> Self {
        match page.ending {
            Ending::Read | Ending::ReadFlat(_) => Self::Read,
            Ending::Redirect(_) => Self::Redirect,
            Ending::NotHtml(_) => Self::Other,
            Ending::Failed(_) => Self::Failed,
        }
    }

    const ALL: [Self; 5] = [Self::Read, Self::Redirect, Self::Other, Self::Failed, Self::Unread];

    fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Redirect => "redirect",
            Self::Other => "not HTML",
            Self::Failed => "failed",
            Self::Unread => "not asked for",
        }
    }

    /// Its colour on light paper, and on dark.
    fn colors(self) -> [&'static str; 2] {
        match self {
            Self::Read => ["#2f7d5b", "#58b98c"],
            Self::Redirect => ["#4a7fb5", "#7fb2e5"],
            Self::Other => ["#8a8f98", "#9aa0aa"],
            Self::Failed => ["#c8402f", "#ef6f5e"],
            Self::Unread => ["#c9ced6", "#4a505a"],
        }
    }

    /// What it is called where its colour is chosen.
    fn class(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Redirect => "redirect",
            Self::Other => "other",
            Self::Failed => "failed",
            Self::Unread => "unread",
        }
    }
}
