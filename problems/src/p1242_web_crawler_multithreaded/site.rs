//! A model of the web: pages, and the links between them.

use std::{
    collections::{HashMap, VecDeque},
    sync::Arc,
};

use super::host_of;

/// Pages, the links between them, and the one where a crawl starts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Site {
    urls: Vec<Arc<str>>,
    /// The links on each page, in the order they stand there: repeated, and to itself, if so.
    links: Vec<Vec<usize>>,
    start: usize,
    numbers: HashMap<Arc<str>, usize>,
}

impl Site {
    /// The pages `urls`, and for each edge `(i, j)` a link on page `i` to page `j`; a crawl starts
    /// at page `start`.
    ///
    /// # Panics
    ///
    /// If `start` or an edge has a number that no page has.
    pub fn new<T: Into<Arc<str>>>(
        urls: impl IntoIterator<Item = T>,
        edges: &[(usize, usize)],
        start: usize,
    ) -> Self {
        let urls: Vec<Arc<str>> = urls.into_iter().map(Into::into).collect();
        let mut links = vec![Vec::new(); urls.len()];
        for &(from, to) in edges {
            assert!(to < urls.len(), "there is no page {to}");
            links[from].push(to);
        }
        assert!(start < urls.len(), "there is no page {start}");
        let numbers = urls.iter().cloned().zip(0..).collect();
        Self { urls, links, start, numbers }
    }

    /// The URLs of all pages, by number.
    pub fn urls(&self) -> &[Arc<str>] {
        &self.urls
    }

    /// Where a crawl starts.
    pub fn start(&self) -> &str {
        &self.urls[self.start]
    }

    /// The number of the page at `url`.
    pub fn number(&self, url: &str) -> Option<usize> {
        self.numbers.get(url).copied()
    }

    /// The links on the page at `url`, in order; none where there is no page.
    pub fn links(&self, url: &str) -> impl Iterator<Item = &str> {
        let links = self.number(url).map_or(&[][..], |page| &self.links[page]);
        links.iter().map(|&to| &*self.urls[to])
    }

    /// How many links away from the start each page is, by number, if a crawler follows only links
    /// to pages on the start's host; nothing for those that it must not fetch.
    pub fn distances(&self) -> Vec<Option<usize>> {
        let host = host_of(self.start());
        let mut distances = vec![None; self.urls.len()];
        distances[self.start] = Some(0);
        let mut waiting = VecDeque::from([(self.start, 0)]);
        while let Some((page, distance)) = waiting.pop_front() {
            for &to in &self.links[page] {
                if distances[to].is_none() && host_of(&self.urls[to]) == host {
                    distances[to] = Some(distance + 1);
                    waiting.push_back((to, distance + 1));
                }
            }
        }
        distances
    }
}

#[cfg(test)]
mod tests {
    use super::Site;
    use crate::p1242_web_crawler_multithreaded::host_of;

    #[test]
    fn a_host_ends_where_the_path_begins_or_with_the_url() {
        for url in ["http://h.org", "http://h.org/", "http://h.org/a/b", "http://h.org?q", "h.org"]
        {
            assert_eq!(host_of(url), "h.org", "{url}");
        }
        for url in
            ["http://a.h.org/", "http://h.org.evil/", "http://h.orgs", "http://x/?http://h.org"]
        {
            assert_ne!(host_of(url), "h.org", "{url}");
        }
    }

    #[test]
    fn links_are_told_as_they_stand_there() {
        let site = Site::new(["http://h/0", "http://h/1"], &[(0, 1), (0, 0), (0, 1)], 0);
        let links: Vec<_> = site.links("http://h/0").collect();
        assert_eq!(links, ["http://h/1", "http://h/0", "http://h/1"]);
        assert_eq!(site.links("http://h/2").count(), 0);
    }

    #[test]
    fn a_page_behind_another_host_is_not_reached() {
        let urls = ["http://h/0", "http://other/", "http://h/2", "http://h/3"];
        let site = Site::new(urls, &[(0, 1), (1, 2), (0, 3), (3, 0)], 0);
        assert_eq!(site.distances(), [Some(0), None, None, Some(1)]);
    }
}
