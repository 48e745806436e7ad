//! The links of a page. Scraper's tree finds them, as browsers do; where building the tree would
//! take too long, the tags alone do.

mod charset;
mod flat;

use std::{
    sync::{Arc, LazyLock, OnceLock},
    time::Duration,
};

use scraper::{Html, Selector};
use tokio::{task::spawn_blocking, time::timeout};
use url::Url;

use self::flat::Flat;
use crate::{Ending, Failure, address};

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

/// Finds the links in the text of a page, as they stand there, and what they are relative to.
pub type TreeReader = fn(&str) -> (Vec<String>, Option<String>);

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
            if flat.shape.is_none() { Some(tree(&text)) } else { None }
        }
    });
    match (timeout(most * 2, reading).await, flat.get()) {
        (Ok(Ok(Some((links, base)))), _) => whole(&url, &links, base.as_deref(), Ending::Read),
        (Ok(Err(_)), _) => failed(Failure::Panicked),
        (_, None) => failed(Failure::TimedOut),
        (_, Some(Flat { links, base, shape })) => {
            let ending = Ending::ReadFlat(shape.unwrap_or(crate::Shape::Slow));
            whole(&url, links, base.as_deref(), ending)
        }
    }
}

fn failed(failure: Failure) -> Reading {
    Reading { links: Vec::new(), ending: Ending::Failed(failure) }
}

/// Makes URLs of links.
fn whole(url: &Url, links: &[String], base: Option<&str>, ending: Ending) -> Reading {
    let base = base.and_then(|base| address::join(url, base)).unwrap_or_else(|| url.clone());
    let links = links.iter().filter_map(|link| address::join(&base, link)).collect();
    Reading { links, ending }
}

/// Finds links in a tree.
pub(crate) fn tree(text: &str) -> (Vec<String>, Option<String>) {
    static LINKS: LazyLock<Selector> = LazyLock::new(|| selector("a[href], area[href]"));
    static BASE: LazyLock<Selector> = LazyLock::new(|| selector("base[href]"));
    let page = Html::parse_document(text);
    let hrefs = |selector| page.select(selector).filter_map(|element| element.attr("href"));
    let base = hrefs(&BASE).next().map(str::to_owned);
    (hrefs(&LINKS).map(str::to_owned).collect(), base)
}

fn selector(text: &'static str) -> Selector {
    Selector::parse(text).expect("it is a selector")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{flat, tree};

    #[test]
    fn tree_and_tags_find_the_same_links() {
        for page in [
            "<a href=a>a<a href=b>b</a></a>",
            "<table><a href=x><tr><td><a href=y>",
            "<base href='/b/'><p><a href='?q=1&amp;r'>",
            "<template><a href=t></a></template><a href=&#x61;>",
        ] {
            let flat = flat::scan(page, Duration::from_mins(1));
            let (links, base) = tree(page);
            assert_eq!((flat.links, flat.base), (links, base), "{page}");
        }
    }
}
