//! What a crawl has found so far, and which links it still takes. Pure: no network, no clock.

use std::{
    collections::{HashMap, HashSet},
    mem,
    sync::Arc,
};

use url::Url;

mod ways;

use self::ways::{Near, Ways};
pub(crate) use self::ways::{Place, Step};
use crate::{
    Failure, Page, Settings,
    address::{self, Link},
};

/// How many redirects in a row are followed, as browsers do.
const HOPS: usize = 20;

/// What a crawl has found so far.
#[derive(Debug)]
pub(crate) struct Book {
    home: Url,
    ways: Ways,
    /// Links that were too far when their pages were read, and that nobody has been told of yet.
    late: Vec<Arc<str>>,
    /// Where pages were redirected to.
    redirects: HashMap<String, String>,
    /// How many queries of a path have been found.
    queries: HashMap<String, usize>,
    pages: Vec<Page>,
    /// How many pages have been read, which tells the one that is being read from those before.
    visits: usize,
    left_out: LeftOut,
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

impl Book {
    /// A book in which only the start has been found.
    pub(crate) fn new(home: Url) -> Self {
        Self {
            ways: Ways::new(&home),
            home,
            late: Vec::new(),
            redirects: HashMap::new(),
            queries: HashMap::new(),
            pages: Vec::new(),
            visits: 0,
            left_out: LeftOut::default(),
        }
    }

    /// Notes that `url` is asked for; its place, if it was found and never asked for.
    pub(crate) fn ask(&mut self, url: &str) -> Option<Place> {
        self.ways.ask(url)
    }

    /// Takes those of the links at `from` that are to be followed, each once, in order. `forbidden`
    /// says what the host wants left alone.
    pub(crate) fn take(
        &mut self,
        from: &str,
        step: Step,
        links: &[Link],
        settings: &Settings,
        forbidden: impl Fn(&Url) -> bool,
    ) -> Vec<Arc<str>> {
        let place = self.ways.place(from).next(step);
        self.visits += 1;
        let (mut taken, mut deep, mut refused) = (Vec::new(), Vec::new(), HashSet::new());
        for link in links {
            let new = match self.ways.known(link) {
                Ok(url) => {
                    if self.ways.is_first(&url, self.visits) {
                        self.lead_to(&url, place, settings, &forbidden);
                        taken.push(url);
                    }
                    continue;
                }
                Err(new) => new,
            };
            if !refused.insert(new.as_str()) {
                continue;
            }
            if place.depth > settings.max_depth && address::is_same_site(new, &self.home) {
                // What is beyond the limit of pages could never be asked for, from nearer either.
                if forbidden(new) {
                    self.left_out.forbidden += 1;
                } else if deep.len() < settings.max_pages {
                    deep.push(new.clone());
                } else {
                    self.left_out.deep += 1;
                }
            } else if let Some(url) = self.admit(new, place, settings, &forbidden) {
                self.ways.is_first(&url, self.visits);
                taken.push(url);
            }
        }
        self.ways.lead(from, step, taken.clone(), deep);
        taken
    }

    /// Notes a way to `url`, which may bring others near.
    fn lead_to(
        &mut self,
        url: &Arc<str>,
        place: Place,
        settings: &Settings,
        forbidden: &impl Fn(&Url) -> bool,
    ) {
        for Near { from, to } in self.ways.shorten(url, place, settings.max_depth) {
            let place = self.ways.place(&from).next(Step::Link);
            let near = match self.ways.get(to.as_str()) {
                Some(near) => {
                    self.lead_to(&near, place, settings, forbidden);
                    Some(near)
                }
                None => self.admit(&to, place, settings, forbidden),
            };
            if let Some(to) = near {
                self.ways.lead_on(&from, Arc::clone(&to));
                self.late.push(to);
            }
        }
    }

    /// Takes a new link that leads to `place`, unless there is a reason against it.
    fn admit(
        &mut self,
        link: &Url,
        place: Place,
        settings: &Settings,
        forbidden: &impl Fn(&Url) -> bool,
    ) -> Option<Arc<str>> {
        if let Some(count) = self.reason_against(link, settings, forbidden) {
            *count += 1;
            return None;
        }
        Some(self.ways.add(link, place))
    }

    /// Where to count the reason why a new link is not followed, if there is one.
    fn reason_against(
        &mut self,
        link: &Url,
        settings: &Settings,
        forbidden: &impl Fn(&Url) -> bool,
    ) -> Option<&mut usize> {
        if !address::is_same_site(link, &self.home) {
            return Some(&mut self.left_out.elsewhere);
        }
        if address::is_trap(link, settings.max_url) {
            return Some(&mut self.left_out.traps);
        }
        if forbidden(link) {
            return Some(&mut self.left_out.forbidden);
        }
        if self.ways.len() >= settings.max_pages {
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

    /// Notes what became of a page. Gives links that are not on it, and that are to be followed
    /// from now on: those of other pages that turned out to be nearer than it had seemed.
    pub(crate) fn close(&mut self, page: Page) -> Vec<Arc<str>> {
        self.pages.push(page);
        mem::take(&mut self.late)
    }

    /// `url` as it is written down, if it was found.
    pub(crate) fn known(&self, url: &str) -> Option<Arc<str>> {
        self.ways.get(url)
    }

    /// Those of the links that were not found before and lie on this site.
    pub(crate) fn new_of(&self, links: &[Link]) -> Vec<Url> {
        let new = links.iter().filter_map(|link| self.ways.known(link).err());
        new.filter(|url| address::is_same_site(url, &self.home)).cloned().collect()
    }

    /// How many URLs have been found.
    pub(crate) fn found(&self) -> usize {
        self.ways.len()
    }

    /// The URLs that have been found, in no order.
    pub(crate) fn urls(&self) -> Vec<String> {
        self.ways.urls().map(str::to_owned).collect()
    }

    /// What became of the pages, in the order they came, and of the links that were not followed.
    pub(crate) fn report(&self) -> (Vec<Page>, LeftOut) {
        let page = |page: &Page| {
            let links =
                self.ways.links(&page.url).map_or_else(|| page.links.clone(), <[_]>::to_vec);
            Page { depth: self.ways.place(&page.url).depth, links, ..page.clone() }
        };
        let deep = self.left_out.deep + self.ways.deep();
        let left_out = LeftOut { deep, ..self.left_out };
        (self.pages.iter().map(page).collect(), left_out)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use url::Url;

    use super::{Book, HOPS, Place, Step};
    use crate::{Failure, Page, Settings, address::Link};

    fn url(text: &str) -> Url {
        Url::parse(text).expect("the test's URL is one")
    }

    fn book() -> Book {
        Book::new(url("http://h.org/"))
    }

    /// What `book` takes of the `links` at `from`.
    fn take(book: &mut Book, from: &str, links: &[&str], settings: &Settings) -> Vec<Arc<str>> {
        let link = |(index, link): (usize, &&str)| match book.known(link) {
            // It is the same page either way.
            Some(known) if index % 2 == 0 => Link::Known(known),
            _ => Link::New(url(link)),
        };
        let links: Vec<Link> = links.iter().enumerate().map(link).collect();
        book.take(from, Step::Link, &links, settings, |url| url.path() == "/private")
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
        let taken = take(&mut book, "http://h.org/", &links, &settings);
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
        let settings = Settings { max_depth: 1, ..Settings::default() };
        let mut book = book();
        assert_eq!(take(&mut book, "http://h.org/", &["http://h.org/a"], &settings).len(), 1);
        assert!(take(&mut book, "http://h.org/a", &["http://h.org/b"], &settings).is_empty());
        assert_eq!(book.report().1.deep, 1);
        let few = Settings { max_pages: 1, ..settings };
        let links = ["http://h.org/c", "http://h.org/d", "http://h.org/e"];
        assert!(take(&mut book, "http://h.org/a", &links, &few).is_empty());
        assert_eq!(book.report().1.deep, 3, "whether it is remembered or only counted");
    }

    #[test]
    fn a_shorter_way_that_is_found_late_brings_back_what_was_cut() {
        let settings = Settings { max_depth: 3, ..Settings::default() };
        let mut book = book();
        let mut read = |from: &str, to: &[&str]| {
            assert!(book.ask(from).is_some(), "{from}");
            take(&mut book, from, to, &settings);
            let page = Page::panicked(from, 0);
            book.close(page)
        };
        assert!(read("http://h.org/", &["http://h.org/a", "http://h.org/b"]).is_empty());
        assert!(read("http://h.org/a", &["http://h.org/c"]).is_empty());
        assert!(read("http://h.org/c", &["http://h.org/d"]).is_empty());
        assert!(read("http://h.org/d", &["http://h.org/e"]).is_empty());
        // From here it is one link less to d, and so to e.
        assert_eq!(read("http://h.org/b", &["http://h.org/d"]), [Arc::from("http://h.org/e")]);
        assert!(read("http://h.org/e", &["http://h.org/f"]).is_empty());
        let (pages, left_out) = book.report();
        let depths: Vec<usize> = pages.iter().map(|page| page.depth).collect();
        assert_eq!((depths, left_out.deep), (vec![0, 1, 2, 2, 1, 3], 1));
        assert_eq!(pages[3].links, [Arc::from("http://h.org/e")]);
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
