//! The links of a page. Scraper's tree finds them, as browsers do; where building the tree would
//! take too long, the tags alone do.

mod charset;
mod flat;
mod tree;

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use tokio::{task::spawn_blocking, time::timeout};
use url::Url;

pub(crate) use self::tree::read as tree;
use crate::{Ending, Failure, Shape, address};

/// A page that has been fetched.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// Where it was found: what its links are relative to, unless it says otherwise.
    pub(crate) url: Url,
    /// The body.
    pub(crate) bytes: Vec<u8>,
    /// What the header says of its characters.
    pub(crate) charset: Option<String>,
}

/// The links of a page, as URLs that can be asked for, and how they were found.
#[derive(Clone, Debug)]
pub(crate) struct Reading {
    pub(crate) links: Vec<Url>,
    pub(crate) ending: Ending,
}

/// What a page says of links.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hrefs {
    /// The links, as they stand there.
    pub links: Vec<String>,
    /// What they are relative to, if the page says so.
    pub base: Option<String>,
}

/// Finds the links in the text of a page, within a time.
pub type TreeReader = fn(&str, Duration) -> Result<Hrefs, Shape>;

/// How much is read between two looks at the clock, in bytes.
const PIECE: usize = 4096;

/// Reads `source` away from the network's thread, and builds no tree for longer than `most`.
pub(crate) async fn read(source: Source, tree: TreeReader, most: Duration) -> Reading {
    let url = source.url.clone();
    // Left here as soon as it is known, for the case that the tree never comes.
    let flat = Arc::new(OnceLock::new());
    let reading = spawn_blocking({
        let flat = Arc::clone(&flat);
        move || {
            let text = charset::decode(&source.bytes, source.charset.as_deref());
            let flat = flat.get_or_init(|| flat::scan(&text, most));
            match flat.shape.map_or_else(|| tree(&text, most), Err) {
                Ok(found) => whole(&source.url, &found, Ending::Read),
                Err(shape) => whole(&source.url, &flat.found, Ending::ReadFlat(shape)),
            }
        }
    });
    match (timeout(most * 2, reading).await, flat.get()) {
        (Ok(Ok(reading)), _) => reading,
        (Ok(Err(_)), _) => failed(Failure::Panicked),
        (Err(_), Some(flat)) => whole(&url, &flat.found, Ending::ReadFlat(Shape::Slow)),
        (Err(_), None) => failed(Failure::TimedOut),
    }
}

fn failed(failure: Failure) -> Reading {
    Reading { links: Vec::new(), ending: Ending::Failed(failure) }
}

/// Makes URLs of what was found on the page at `url`.
fn whole(url: &Url, found: &Hrefs, ending: Ending) -> Reading {
    let base = found.base.as_ref().and_then(|base| address::join(url, base));
    let base = base.as_ref().unwrap_or(url);
    let links = found.links.iter().filter_map(|link| address::join(base, link)).collect();
    Reading { links, ending }
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
            assert_eq!(Ok(flat::scan(page, LONG).found), tree(page, LONG), "{page}");
        }
    }
}
