//! What a crawl has found so far, and which links it still takes. Pure: no network, no clock.

use std::{
    collections::{HashMap, HashSet},
    sync::Arc,
};

use url::Url;

use crate::{Failure, Page, Settings, address};

/// How many redirects in a row are followed, as browsers do.
const HOPS: usize = 20;

/// What a crawl has found so far.
#[derive(Debug)]
pub(crate) struct Book {
    home: Url,
    found: HashMap<Arc<str>, Found>,
    /// Where pages were redirected to.
    redirects: HashMap<String, String>,
    /// How many queries of a path have been found.
    queries: HashMap<String, usize>,
    pages: Vec<Page>,
    left_out: LeftOut,
}

/// One URL that has been found.
#[derive(Clone, Copy, Debug)]
struct Found {
    place: Place,
    is_asked: bool,
}

/// How a URL was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// How many links away from the start.
    pub(crate) depth: usize,
    /// By how many redirects in a row.
    hops: usize,
}

/// The links that were not followed, by the reason.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// They lead to other hosts.
    pub elsewhere: usize,
    /// They lead further from the start than is allowed.
    pub deep: usize,
    /// Enough pages had been found.
    pub beyond: usize,
    /// They go in circles, or on for ever.
    pub traps: usize,
    /// robots.txt forbids them.
    pub forbidden: usize,
}

/// How a page leads to others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// By a link.
    Link,
    /// By not being there: the other page is as far from the start.
    Redirect,
}

impl Place {
    /// Where a page lies that this one leads to.
    fn next(self, step: Step) -> Self {
        match step {
            Step::Link => Self { depth: self.depth + 1, hops: 0 },
            Step::Redirect => Self { depth: self.depth, hops: self.hops + 1 },
        }
    }
}

impl Book {
    /// A book in which only the start has been found.
    pub(crate) fn new(home: Url) -> Self {
        let start = Found { place: Place::default(), is_asked: false };
        let found = HashMap::from([(Arc::from(home.as_str()), start)]);
        Self {
            home,
            found,
            redirects: HashMap::new(),
            queries: HashMap::new(),
            pages: Vec::new(),
            left_out: LeftOut::default(),
        }
    }

    /// Notes that `url` is asked for; its place, if it was found and never asked for.
    pub(crate) fn ask(&mut self, url: &str) -> Option<Place> {
        let found = self.found.get_mut(url).filter(|found| !found.is_asked)?;
        found.is_asked = true;
        Some(found.place)
    }

    /// Takes those of `links` that are to be followed, each once, in order. `forbidden` says what
    /// the host wants left alone.
    pub(crate) fn take(
        &mut self,
        from: Place,
        step: Step,
        links: &[Url],
        settings: &Settings,
        forbidden: impl Fn(&Url) -> bool,
    ) -> Vec<Arc<str>> {
        let place = from.next(step);
        let mut seen = HashSet::new();
        let mut taken = Vec::new();
        for link in links {
            if !seen.insert(link.as_str()) {
                continue;
            }
            if let Some((url, _)) = self.found.get_key_value(link.as_str()) {
                taken.push(Arc::clone(url));
                continue;
            }
            if let Some(count) = self.reason_against(link, place.depth, settings, &forbidden) {
                *count += 1;
                continue;
            }
            let url: Arc<str> = Arc::from(link.as_str());
            self.found.insert(Arc::clone(&url), Found { place, is_asked: false });
            taken.push(url);
        }
        taken
    }

    /// Where to count the reason why a new link is not followed, if there is one.
    fn reason_against(
        &mut self,
        link: &Url,
        depth: usize,
        settings: &Settings,
        forbidden: impl Fn(&Url) -> bool,
    ) -> Option<&mut usize> {
        if !address::is_same_site(link, &self.home) {
            return Some(&mut self.left_out.elsewhere);
        }
        if depth > settings.max_depth {
            return Some(&mut self.left_out.deep);
        }
        if address::is_trap(link, settings.max_url) {
            return Some(&mut self.left_out.traps);
        }
        if forbidden(link) {
            return Some(&mut self.left_out.forbidden);
        }
        if self.found.len() >= settings.max_pages {
            return Some(&mut self.left_out.beyond);
        }
        // Last, since it counts what will be followed.
        if self.has_query_too_many(link, settings.max_queries) {
            return Some(&mut self.left_out.traps);
        }
        None
    }

    fn has_query_too_many(&mut self, link: &Url, most: usize) -> bool {
        if link.query().is_none() {
            return false;
        }
        let queries = self.queries.entry(link.path().to_owned()).or_default();
        *queries += 1;
        *queries > most
    }

    /// Notes that `url`, which was found at `place`, is only an address of `to`.
    ///
    /// # Errors
    ///
    /// If that leads back to where it came from, or on and on.
    pub(crate) fn redirect(&mut self, url: &str, place: Place, to: &Url) -> Result<(), Failure> {
        if place.hops >= HOPS {
            return Err(Failure::TooManyRedirects);
        }
        self.redirects.insert(url.to_owned(), to.to_string());
        let mut at = url;
        for _ in 0..HOPS {
            match self.redirects.get(at) {
                Some(next) if next == url => return Err(Failure::Circle),
                Some(next) => at = next,
                None => break,
            }
        }
        Ok(())
    }

    /// Notes what became of a page.
    pub(crate) fn close(&mut self, page: Page) {
        self.pages.push(page);
    }

    /// How many URLs have been found.
    pub(crate) fn found(&self) -> usize {
        self.found.len()
    }

    /// What became of the pages, in the order they came, and of the links that were not followed.
    pub(crate) fn report(&self) -> (Vec<Page>, LeftOut) {
        (self.pages.clone(), self.left_out)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use url::Url;

    use super::{Book, HOPS, Place, Step};
    use crate::{Failure, Settings};

    fn url(text: &str) -> Url {
        Url::parse(text).expect("the test's URL is one")
    }

    fn book() -> Book {
        Book::new(url("http://h.org/"))
    }

    /// What `book` takes of `links` on a page at `place`.
    fn take(book: &mut Book, place: Place, links: &[&str], settings: &Settings) -> Vec<Arc<str>> {
        let links: Vec<Url> = links.iter().map(|link| url(link)).collect();
        book.take(place, Step::Link, &links, settings, |url| url.path() == "/private")
    }

    #[test]
    fn a_page_is_asked_for_once_and_only_if_it_was_found() {
        let mut book = book();
        assert_eq!(book.ask("http://h.org/"), Some(Place::default()));
        assert_eq!(book.ask("http://h.org/"), None);
        assert_eq!(book.ask("http://h.org/other"), None);
    }

    #[test]
    fn links_are_taken_once_and_those_left_out_are_counted() {
        let settings = Settings { max_pages: 4, max_queries: 1, ..Settings::default() };
        let mut book = book();
        let links = [
            "http://h.org/",
            "http://h.org/a",
            "http://h.org/a",
            "http://evil.org/",
            "http://h.org/private",
            "http://h.org/x/x/x/x",
            "http://h.org/a?day=1",
            "http://h.org/a?day=2",
            "http://h.org/b",
            "http://h.org/c",
        ];
        let taken = take(&mut book, Place::default(), &links, &settings);
        assert_eq!(
            taken,
            ["http://h.org/", "http://h.org/a", "http://h.org/a?day=1", "http://h.org/b"]
                .map(Arc::from)
        );
        let (_, left) = book.report();
        assert_eq!((left.elsewhere, left.forbidden, left.traps, left.beyond), (1, 1, 2, 1));
    }

    #[test]
    fn nothing_is_taken_beyond_the_greatest_depth() {
        let settings = Settings { max_depth: 3, ..Settings::default() };
        let mut book = book();
        let deep = Place { depth: 3, hops: 0 };
        assert!(take(&mut book, deep, &["http://h.org/a"], &settings).is_empty());
        assert_eq!(book.report().1.deep, 1);
    }

    #[test]
    fn circles_of_redirects_are_found_where_they_close() {
        let mut book = book();
        let mut redirect = |from, to| book.redirect(from, Place::default(), &url(to));
        assert_eq!(redirect("http://h.org/a", "http://h.org/b"), Ok(()));
        assert_eq!(redirect("http://h.org/b", "http://h.org/c"), Ok(()));
        assert_eq!(redirect("http://h.org/c", "http://h.org/a"), Err(Failure::Circle));
        assert_eq!(redirect("http://h.org/d", "http://h.org/d"), Err(Failure::Circle));
    }

    #[test]
    fn redirects_do_not_go_on_for_ever() {
        let mut book = book();
        let place = (0..HOPS).fold(Place::default(), |place, _| place.next(Step::Redirect));
        let to = url("http://h.org/next");
        assert_eq!(book.redirect("http://h.org/a", place, &to), Err(Failure::TooManyRedirects));
        assert_eq!(book.redirect("http://h.org/a", place.next(Step::Link), &to), Ok(()));
    }
}
