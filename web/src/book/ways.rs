//! How far from the start each page is, by the shortest way that is known. A shorter one may be
//! found late, when pages have been read and links have been cut that are not too far any more.

use std::{collections::HashMap, mem, sync::Arc};

use url::Url;

use crate::address::Link;

/// How a URL was found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// How many links away from the start.
    pub(crate) depth: usize,
    /// By how many redirects in a row.
    pub(super) hops: usize,
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
    pub(super) fn next(self, step: Step) -> Self {
        match step {
            Step::Link => Self { depth: self.depth + 1, hops: 0 },
            Step::Redirect => Self { depth: self.depth, hops: self.hops + 1 },
        }
    }
}

/// The URLs that have been found, each with its place.
#[derive(Debug)]
pub(super) struct Ways(HashMap<Arc<str>, Found>);

#[derive(Debug)]
struct Found {
    place: Place,
    is_asked: bool,
    /// The last visit to a page that links here.
    visit: usize,
    leads: Option<Leads>,
}

/// Where a page that has been read leads to.
#[derive(Debug)]
struct Leads {
    step: Step,
    /// The pages that are followed.
    links: Vec<Arc<str>>,
    /// The links that lead too far.
    deep: Vec<Url>,
}

/// A link that is not too far any more.
#[derive(Debug)]
pub(super) struct Near {
    pub(super) from: Arc<str>,
    pub(super) to: Url,
}

impl Ways {
    /// Only the start has been found.
    pub(super) fn new(home: &Url) -> Self {
        let mut ways = Self(HashMap::new());
        ways.add(home, Place::default());
        ways
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// The URLs, in no order.
    pub(super) fn urls(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(|url| &**url)
    }

    /// Notes that `url` is asked for; its place, if it was found and never asked for.
    pub(super) fn ask(&mut self, url: &str) -> Option<Place> {
        let found = self.0.get_mut(url).filter(|found| !found.is_asked)?;
        found.is_asked = true;
        Some(found.place)
    }

    /// `url` as it is written down, if it was found.
    pub(super) fn get(&self, url: &str) -> Option<Arc<str>> {
        self.0.get_key_value(url).map(|(url, _)| Arc::clone(url))
    }

    /// The page that `link` means as it is written down, if it was found, and otherwise its URL.
    pub(super) fn known<'a>(&self, link: &'a Link) -> Result<Arc<str>, &'a Url> {
        match link {
            Link::Known(url) => Ok(Arc::clone(url)),
            Link::New(url) => self.get(url.as_str()).ok_or(url),
        }
    }

    /// Whether this is the first link to `url` on the page of the `visit`.
    pub(super) fn is_first(&mut self, url: &str, visit: usize) -> bool {
        self.0.get_mut(url).is_some_and(|found| mem::replace(&mut found.visit, visit) != visit)
    }

    /// Where `url` lies by the shortest way so far.
    pub(super) fn place(&self, url: &str) -> Place {
        self.0.get(url).map(|found| found.place).unwrap_or_default()
    }

    /// The pages that the page at `url` leads to, once it has been read.
    pub(super) fn links(&self, url: &str) -> Option<&[Arc<str>]> {
        Some(&self.0.get(url)?.leads.as_ref()?.links)
    }

    /// Notes that `url` was found at `place`.
    pub(super) fn add(&mut self, url: &Url, place: Place) -> Arc<str> {
        let url: Arc<str> = Arc::from(url.as_str());
        self.0.insert(Arc::clone(&url), Found { place, is_asked: false, visit: 0, leads: None });
        url
    }

    /// Notes where the page at `from` leads to, and what of it is too far away.
    pub(super) fn lead(&mut self, from: &str, step: Step, links: Vec<Arc<str>>, deep: Vec<Url>) {
        if let Some(found) = self.0.get_mut(from) {
            found.leads = Some(Leads { step, links, deep });
        }
    }

    /// Notes that the page at `from` leads to `to` as well.
    pub(super) fn lead_on(&mut self, from: &str, to: Arc<str>) {
        if let Some(leads) = self.0.get_mut(from).and_then(|found| found.leads.as_mut()) {
            leads.links.push(to);
        }
    }

    /// Notes a way to `url`. If it is shorter, so are the ways to all that the page leads to: gives
    /// the links that are at most `most` links from the start only now.
    pub(super) fn shorten(&mut self, url: &Arc<str>, place: Place, most: usize) -> Vec<Near> {
        if self.place(url).depth <= place.depth {
            return Vec::new();
        }
        let mut near = Vec::new();
        let mut shorter = vec![(Arc::clone(url), place)];
        while let Some((url, place)) = shorter.pop() {
            let Some(found) = self.0.get_mut(&url).filter(|found| place.depth < found.place.depth)
            else {
                continue;
            };
            found.place = place;
            let Some(leads) = &mut found.leads else { continue };
            let next = place.next(leads.step);
            shorter.extend(leads.links.iter().map(|link| (Arc::clone(link), next)));
            if next.depth <= most {
                let links = leads.deep.drain(..);
                near.extend(links.map(|to| Near { from: Arc::clone(&url), to }));
            }
        }
        near
    }

    /// How many links lead to pages that are too far away by every way.
    pub(super) fn deep(&self) -> usize {
        let leads = self.0.values().filter_map(|found| found.leads.as_ref());
        let deep = leads.flat_map(|leads| &leads.deep);
        deep.filter(|link| !self.0.contains_key(link.as_str())).count()
    }
}
