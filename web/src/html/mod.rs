//! The links of a page, as scraper's tree has them. An outline of the tree has the same links for
//! most pages; where even building the tree would take too long, the tags alone find them.

mod charset;
mod flat;
mod nesting;
mod outline;
mod tree;

use std::{
    borrow::Cow,
    sync::{Arc, OnceLock},
    time::Duration,
};

use tokio::{task::spawn_blocking, time::timeout};
use url::Url;

use crate::{
    Ending, Failure, Shape,
    address::{self, Link},
};

/// A page that has been fetched.
pub(crate) struct Source {
    /// Where it was found: what its links are relative to, unless it says otherwise.
    pub(crate) url: Url,
    /// The body.
    pub(crate) bytes: Vec<u8>,
    /// What the header says of its characters.
    pub(crate) charset: Option<String>,
    /// What has been found before.
    pub(crate) known: Known,
}

/// The links of a page, as URLs that can be asked for, and how they were found.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) links: Vec<Link>,
    pub(crate) ending: Ending,
}

/// Tells whether a URL is one that was found before, which need not be read again.
pub(crate) type Known = Arc<dyn Fn(&str) -> Option<Arc<str>> + Send + Sync>;

/// What a page says of links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hrefs {
    /// The links, as they stand there.
    pub links: Vec<String>,
    /// What they are relative to, if the page says so.
    pub base: Option<String>,
}

/// How the links in the text of a page are found, within a time.
#[derive(Clone, Copy, Debug)]
pub struct Readers {
    /// Without a tree; nothing if that is not enough.
    pub outline: fn(&str, Duration) -> Option<Hrefs>,
    /// With a tree.
    pub tree: fn(&str, Duration) -> Result<Hrefs, Shape>,
}

impl Default for Readers {
    fn default() -> Self {
        Self { outline: outline::read, tree: tree::read }
    }
}

/// The largest page that is read on the network's thread, in bytes: to hand it over and back would
/// take longer than to read it.
const SMALL: usize = 16 << 10;

/// How long the network's thread reads a page before it is handed over.
const MOMENT: Duration = Duration::from_millis(5);

/// How much is read between two looks at the clock, in bytes.
const PIECE: usize = 4096;

/// Reads `source`, a large page away from the network's thread, and builds no tree for longer than
/// `most`.
pub(crate) async fn read(source: Source, readers: Readers, most: Duration) -> Reading {
    if source.bytes.len() > SMALL {
        return read_elsewhere(source, readers, most).await;
    }
    if let Some(reading) = outline(&source, readers, most.min(MOMENT)) {
        return reading;
    }
    // Once is enough.
    read_elsewhere(source, Readers { outline: |_, _| None, ..readers }, most).await
}

/// Reads `source` without a tree, if that is enough.
fn outline(source: &Source, readers: Readers, most: Duration) -> Option<Reading> {
    let text = source.text();
    let found = (readers.outline)(&text, most)?;
    Some(source.whole(&found, Ending::Read))
}

/// Reads `source` on a thread for what takes longer.
async fn read_elsewhere(source: Source, readers: Readers, most: Duration) -> Reading {
    let source = Arc::new(source);
    // Left here as soon as it is known, for the case that the tree never comes.
    let flat = Arc::new(OnceLock::new());
    let reading = spawn_blocking({
        let (source, flat) = (Arc::clone(&source), Arc::clone(&flat));
        move || {
            if let Some(reading) = outline(&source, readers, most / 2) {
                return reading;
            }
            let text = source.text();
            let flat = flat.get_or_init(|| flat::scan(&text, most));
            match flat.shape.map_or_else(|| (readers.tree)(&text, most), Err) {
                Ok(found) => source.whole(&found, Ending::Read),
                Err(shape) => source.whole(&flat.found, Ending::ReadFlat(shape)),
            }
        }
    });
    match (timeout(most * 2, reading).await, flat.get()) {
        (Ok(Ok(reading)), _) => reading,
        (Ok(Err(_)), _) => failed(Failure::Panicked),
        (Err(_), Some(flat)) => source.whole(&flat.found, Ending::ReadFlat(Shape::Slow)),
        (Err(_), None) => failed(Failure::TimedOut),
    }
}

impl Source {
    fn text(&self) -> Cow<'_, str> {
        charset::decode(&self.bytes, self.charset.as_deref())
    }

    /// Makes URLs of what was found on this page.
    fn whole(&self, found: &Hrefs, ending: Ending) -> Reading {
        let base = found.base.as_ref().and_then(|base| address::join(&self.url, base));
        let base = base.as_ref().unwrap_or(&self.url);
        let links = found.links.iter().filter_map(|link| self.link(base, link)).collect();
        Reading { links, ending }
    }

    fn link(&self, base: &Url, link: &str) -> Option<Link> {
        let known = address::spelled_out(base, link).and_then(|url| (self.known)(&url));
        match known {
            Some(url) => Some(Link::Known(url)),
            None => address::join(base, link).map(Link::New),
        }
    }
}

fn failed(failure: Failure) -> Reading {
    Reading { links: Vec::new(), ending: Ending::Failed(failure) }
}

/// `text` in pieces that are read at once.
fn pieces(mut text: &str) -> impl Iterator<Item = &str> {
    std::iter::from_fn(move || {
        let (piece, rest) = text.split_at(text.floor_char_boundary(PIECE));
        text = rest;
        Some(piece).filter(|piece| !piece.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{flat, tree};

    /// More than any of these takes.
    const LONG: Duration = Duration::from_mins(1);

    #[test]
    fn tree_and_tags_find_the_same_links() {
        for page in [
            "<a href=a>a<a href=b>b</a></a>",
            "<table><a href=x><tr><td><a href=y>",
            "<base href='/b/'><p><a href='?q=1&amp;r'>",
            "<template><a href=t></a></template><a href=&#x61;>",
            "<head><noscript><link href=no><a href=x></a></noscript><body><noscript><a href=y>",
        ] {
            assert_eq!(Ok(flat::scan(page, LONG).found), tree::read(page, LONG), "{page}");
        }
    }
}
