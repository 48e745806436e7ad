//! Links by a tree, as browsers see the page, for as long as the tree stays small and comes soon.
//!
//! The builder is fed piece by piece, with a look at the clock and at the tree in between: a few
//! bytes can be many elements, since those that change the look of text are opened anew in each
//! paragraph, and a thread that parses cannot be stopped from outside.

use std::{
    sync::LazyLock,
    time::{Duration, Instant},
};

use html5ever::{
    driver::{ParseOpts, Parser, parse_document},
    tendril::{StrTendril, TendrilSink},
    tree_builder::TreeBuilderOpts,
};
use scraper::{Html, HtmlTreeSink, Selector};

use super::{Hrefs, pieces};
use crate::Shape;

/// More elements and texts than pages for readers have; as a tree they take some 20 MB.
const MOST_NODES: usize = 100_000;

/// Finds the links in `text`, unless that takes longer than `most`.
///
/// # Errors
///
/// Why there is no tree.
pub(crate) fn read(text: &str, most: Duration) -> Result<Hrefs, Shape> {
    static LINKS: LazyLock<Selector> = LazyLock::new(|| selector("a[href], area[href]"));
    static BASE: LazyLock<Selector> = LazyLock::new(|| selector("base[href]"));
    let page = build(text, most)?;
    let hrefs = |selector| page.select(selector).filter_map(|element| element.attr("href"));
    let base = hrefs(&BASE).next().map(str::to_owned);
    Ok(Hrefs { links: hrefs(&LINKS).map(str::to_owned).collect(), base })
}

fn build(text: &str, most: Duration) -> Result<Html, Shape> {
    let begun = Instant::now();
    // Nothing here runs scripts, so what a page has for those who do not is what counts.
    let tree_builder = TreeBuilderOpts { scripting_enabled: false, ..Default::default() };
    let options = ParseOpts { tree_builder, ..Default::default() };
    let mut parser = parse_document(HtmlTreeSink::new(Html::new_document()), options);
    for piece in pieces(text) {
        if begun.elapsed() > most {
            return Err(Shape::Slow);
        }
        parser.process(StrTendril::from_slice(piece));
        if nodes(&parser) > MOST_NODES {
            return Err(Shape::Large);
        }
    }
    Ok(parser.finish())
}

/// How large the tree is by now.
fn nodes(parser: &Parser<HtmlTreeSink>) -> usize {
    parser.tokenizer.sink.sink.0.borrow().tree.values().len()
}

fn selector(text: &'static str) -> Selector {
    Selector::parse(text).expect("it is a selector")
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::read;
    use crate::Shape;

    /// What `text` gives when there is time enough.
    fn shape(text: &str) -> Option<Shape> {
        read(text, Duration::from_mins(1)).err()
    }

    #[test]
    fn a_tree_that_grows_faster_than_its_page_is_given_up() {
        // Each paragraph begins with two hundred elements that the first one has left open.
        let fonts: Vec<String> = (0..200).map(|size| format!("<font size={size}>")).collect();
        let fonts = fonts.concat();
        let page = format!("<p>{fonts}</p>") + &"<p>x</p>".repeat(20_000);
        assert_eq!(shape(&page), Some(Shape::Large));
    }

    #[test]
    fn a_page_of_nothing_but_elements_is_given_up() {
        assert_eq!(shape(&"<br>".repeat(200_000)), Some(Shape::Large));
        assert_eq!(shape(&"<br>".repeat(20_000)), None);
    }

    #[test]
    fn no_time_is_no_tree() {
        assert_eq!(read("<a href=x>", Duration::ZERO), Err(Shape::Slow));
    }
}
