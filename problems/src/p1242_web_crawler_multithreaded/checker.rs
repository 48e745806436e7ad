//! Judges one execution of 1242 from its log: which fetches began and ended, and what was returned.
//!
//! In virtual time a fetch ends only when nobody can move: what is not under way by then was not
//! going to be. How long a crawl may take is Graham's bound (1966) for crawlers that let nobody idle
//! while a page waits; one that goes level by level keeps it too.

use std::{collections::HashSet, sync::Arc, time::Duration};

use super::{Act, Answer, Input, breach::Breach, host_of};
use crate::{Entry, Extent, Phase, Violation};

/// What the crawl of one input has to come to.
#[derive(Clone, Debug)]
pub struct Demand {
    input: Input,
    /// How far from the start each page is, by number; nothing for those that are not to be fetched.
    distances: Vec<Option<usize>>,
    /// How many pages could be fetched together after the start.
    first_wave: usize,
    /// How long a crawl takes at the most in which nobody idles without need.
    limit: Option<Duration>,
}

impl Demand {
    /// What the crawl of `input` has to come to.
    pub fn new(input: Input) -> Self {
        let distances = input.site.distances();
        let found = || distances.iter().flatten();
        let levels = found().max().map_or(0, |most| most + 1);
        let first_wave = found().filter(|&&distance| distance == 1).count().min(input.workers);
        let rounds = levels + (found().count() - levels) / input.workers;
        let rounds = u32::try_from(rounds).unwrap_or(u32::MAX);
        let limit = input.latency.map(|latency| latency * rounds);
        Self { input, distances, first_wave, limit }
    }

    /// The pages that are to be fetched and returned.
    fn pages(&self) -> impl Iterator<Item = (usize, &Arc<str>)> {
        let urls = self.input.site.urls().iter().enumerate();
        urls.filter(|&(page, _)| self.distances[page].is_some())
    }
}

/// Accepts an execution that comes to what `demand` says, and gives the pages in alphabetical order.
///
/// # Errors
///
/// The first fetch that must not be; then what is wrong with the answer; then how it came about.
pub fn check(demand: &Demand, entries: &[Entry<Act>], extent: Extent) -> Result<String, Violation> {
    find_breach(demand, entries, extent).map_err(|breach| breach.violation())
}

fn find_breach(demand: &Demand, entries: &[Entry<Act>], extent: Extent) -> Result<String, Breach> {
    let mut crawl = Crawl::new(demand);
    for entry in entries {
        match &entry.phase {
            Phase::Began(Act::Fetch(url)) => crawl.begin(url)?,
            Phase::Ended(Act::Fetch(url)) => crawl.end(url),
            Phase::Ended(Act::Answer(answer)) => crawl.answer(answer)?,
            Phase::Began(Act::Answer(_)) | Phase::Called | Phase::Returned | Phase::Quiet => {}
        }
    }
    if extent == Extent::Whole {
        crawl.finish()?;
    }
    let mut urls: Vec<&str> = demand.pages().map(|(_, url)| &**url).collect();
    urls.sort_unstable();
    Ok(urls.join("\n"))
}

/// What is known after part of the log.
struct Crawl<'a> {
    demand: &'a Demand,
    /// How far each page is, by number.
    fetches: Vec<Fetch>,
    /// How many are under way.
    under_way: usize,
    /// How many were when the first of those after the start ended.
    first_wave: Option<usize>,
    has_returned: bool,
    /// How much virtual time there was until then.
    elapsed: Option<Duration>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Fetch {
    No,
    UnderWay,
    Ended,
}

impl<'a> Crawl<'a> {
    fn new(demand: &'a Demand) -> Self {
        let fetches = vec![Fetch::No; demand.distances.len()];
        let (first_wave, elapsed) = (None, None);
        Self { demand, fetches, under_way: 0, first_wave, has_returned: false, elapsed }
    }

    fn begin(&mut self, url: &Arc<str>) -> Result<(), Breach> {
        let Input { site, workers, .. } = &self.demand.input;
        let (url, host) = (Arc::clone(url), host_of(site.start()));
        if self.has_returned {
            return Err(Breach::Leaked { url });
        }
        if host_of(&url) != host {
            return Err(Breach::Foreign { url, host: host.to_owned() });
        }
        let is_found = |page: &usize| self.demand.distances[*page].is_some();
        let Some(page) = site.number(&url).filter(is_found) else {
            return Err(Breach::Unlinked { url });
        };
        if self.fetches[page] != Fetch::No {
            return Err(Breach::FetchedTwice { url });
        }
        self.fetches[page] = Fetch::UnderWay;
        self.under_way += 1;
        if self.under_way > *workers {
            return Err(Breach::Crowded { fetches: self.under_way, workers: *workers });
        }
        Ok(())
    }

    fn end(&mut self, url: &str) {
        let site = &self.demand.input.site;
        if let Some(page) = site.number(url) {
            self.fetches[page] = Fetch::Ended;
            if url != site.start() {
                self.first_wave.get_or_insert(self.under_way);
            }
            self.under_way -= 1;
        }
    }

    fn answer(&mut self, answer: &Answer) -> Result<(), Breach> {
        self.has_returned = true;
        self.elapsed = answer.elapsed;
        self.is_right(&answer.urls)?;
        self.first(Fetch::UnderWay).map_or(Ok(()), |url| Err(Breach::Leaked { url }))
    }

    /// That the crawl has returned, and has looked at what it returned.
    fn finish(&self) -> Result<(), Breach> {
        if !self.has_returned {
            return Err(Breach::NoAnswer);
        }
        if let Some(url) = self.first(Fetch::No) {
            return Err(Breach::NotFetched { url });
        }
        self.elapsed.map_or(Ok(()), |elapsed| self.is_concurrent(elapsed))
    }

    /// The first page that is as far as `fetch`.
    fn first(&self, fetch: Fetch) -> Option<Arc<str>> {
        let mut pages = self.demand.pages();
        pages.find(|&(page, _)| self.fetches[page] == fetch).map(|(_, url)| Arc::clone(url))
    }

    /// That `urls` are the pages, each once.
    fn is_right(&self, urls: &[String]) -> Result<(), Breach> {
        let Demand { input: Input { site, .. }, distances, .. } = self.demand;
        let mut seen = HashSet::new();
        for url in urls {
            let url = || url.clone();
            match site.number(&url()).filter(|&page| distances[page].is_some()) {
                None => return Err(Breach::Unexpected { url: url() }),
                Some(page) if !seen.insert(page) => return Err(Breach::Repeated { url: url() }),
                Some(_) => {}
            }
        }
        let missing = self.demand.pages().find(|(page, _)| !seen.contains(page));
        missing.map_or(Ok(()), |(_, url)| Err(Breach::Missing { url: Arc::clone(url) }))
    }

    /// That whoever could fetch did, in a crawl that took `elapsed` of virtual time.
    fn is_concurrent(&self, elapsed: Duration) -> Result<(), Breach> {
        let Demand { first_wave: expected, limit, input, .. } = self.demand;
        if let Some(fetches) = self.first_wave.filter(|fetches| fetches < expected) {
            return Err(Breach::Idle { fetches, expected: *expected });
        }
        match *limit {
            Some(limit) if elapsed > limit => {
                Err(Breach::Slow { elapsed, workers: input.workers, limit })
            }
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use super::{Breach, Demand, find_breach};
    use crate::{
        Entry, Extent,
        Phase::{self, Began, Ended},
        p1242_web_crawler_multithreaded::{Act, Answer, Input, Shape},
    };

    const START: &str = "http://site.test/";
    const ONE: &str = "http://site.test/1";
    const TWO: &str = "http://site.test/2";

    fn demand(shape: Shape, workers: usize) -> Demand {
        let latency = Some(Duration::from_millis(15));
        Demand::new(Input { site: shape.site(), workers, latency })
    }

    fn entry(phase: Phase<Act>) -> Entry<Act> {
        Entry { call: 0, phase }
    }

    fn began(url: &str) -> Entry<Act> {
        entry(Began(Act::Fetch(url.into())))
    }

    fn ended(url: &str) -> Entry<Act> {
        entry(Ended(Act::Fetch(url.into())))
    }

    fn fetched(url: &str) -> [Entry<Act>; 2] {
        [began(url), ended(url)]
    }

    /// The crawl has returned `urls`, after so many milliseconds.
    fn answer(urls: &[&str], elapsed_ms: u64) -> Entry<Act> {
        let urls = urls.iter().map(|&url| url.to_owned()).collect();
        let elapsed = Some(Duration::from_millis(elapsed_ms));
        entry(Ended(Act::Answer(Answer { urls, elapsed })))
    }

    /// What is wrong with a whole execution on a page with links to two others.
    fn breach(workers: usize, parts: &[&[Entry<Act>]]) -> Option<Breach> {
        find_breach(&demand(Shape::Star(2), workers), &parts.concat(), Extent::Whole).err()
    }

    fn url(url: &str) -> Arc<str> {
        url.into()
    }

    #[test]
    fn accepts_fetches_that_overlap_and_tells_the_pages_in_order() {
        let together = [began(TWO), began(ONE), ended(ONE), ended(TWO)];
        let entries = [&fetched(START)[..], &together, &[answer(&[TWO, START, ONE], 30)]].concat();
        let told = find_breach(&demand(Shape::Star(2), 2), &entries, Extent::Whole);
        assert_eq!(told, Ok([START, ONE, TWO].join("\n")));
    }

    #[test]
    fn rejects_a_second_fetch() {
        let twice = Breach::FetchedTwice { url: url(ONE) };
        assert_eq!(breach(2, &[&fetched(START), &fetched(ONE), &fetched(ONE)]), Some(twice));
    }

    #[test]
    fn rejects_a_fetch_from_another_host_and_of_a_page_without_a_link() {
        for foreign in ["http://site.test.evil/", "http://other.test/?http://site.test/"] {
            let host = "site.test".to_owned();
            let breach = breach(2, &[&fetched(foreign)]);
            assert_eq!(breach, Some(Breach::Foreign { url: url(foreign), host }));
        }
        let guessed = "http://site.test/3";
        assert_eq!(breach(2, &[&fetched(guessed)]), Some(Breach::Unlinked { url: url(guessed) }));
    }

    #[test]
    fn rejects_more_fetches_than_workers() {
        let crowded = Breach::Crowded { fetches: 2, workers: 1 };
        assert_eq!(breach(1, &[&fetched(START), &[began(ONE), began(TWO)]]), Some(crowded));
    }

    #[test]
    fn rejects_a_wrong_answer() {
        let all = [fetched(START), fetched(ONE), fetched(TWO)].concat();
        let answered = |urls: &[&str]| breach(1, &[&all, &[answer(urls, 45)]]);
        assert_eq!(answered(&[START, ONE, TWO]), None);
        assert_eq!(answered(&[START, TWO]), Some(Breach::Missing { url: url(ONE) }));
        let repeated = Breach::Repeated { url: TWO.to_owned() };
        assert_eq!(answered(&[START, TWO, ONE, TWO]), Some(repeated));
        let other = Breach::Unexpected { url: "http://site.test".to_owned() };
        assert_eq!(answered(&["http://site.test", START, ONE, TWO]), Some(other));
        assert_eq!(breach(1, &[&all]), Some(Breach::NoAnswer));
    }

    #[test]
    fn rejects_a_page_that_was_guessed_and_not_fetched() {
        let guess = answer(&[START, ONE, TWO], 30);
        let guessed = Breach::NotFetched { url: url(TWO) };
        assert_eq!(breach(1, &[&fetched(START), &fetched(ONE), &[guess]]), Some(guessed));
    }

    #[test]
    fn rejects_a_fetch_that_goes_on_or_begins_after_the_return() {
        let answer = || answer(&[START, ONE, TWO], 30);
        let leaked = || Some(Breach::Leaked { url: url(TWO) });
        let before = [fetched(START), fetched(ONE)].concat();
        assert_eq!(breach(2, &[&before, &[began(TWO), answer(), ended(TWO)]]), leaked());
        assert_eq!(breach(2, &[&before, &[answer()], &fetched(TWO)]), leaked());
    }

    #[test]
    fn rejects_who_fetches_one_page_after_the_other() {
        let serial = [fetched(START), fetched(ONE), fetched(TWO)].concat();
        let idle = Breach::Idle { fetches: 1, expected: 2 };
        assert_eq!(breach(2, &[&serial, &[answer(&[START, ONE, TWO], 45)]]), Some(idle));
    }

    #[test]
    fn rejects_who_takes_too_long() {
        let together = [began(TWO), began(ONE), ended(ONE), ended(TWO)];
        let entries = [&fetched(START)[..], &together, &[answer(&[TWO, START, ONE], 31)]];
        let [elapsed, limit] = [31, 30].map(Duration::from_millis);
        let slow = Breach::Slow { elapsed, workers: 2, limit };
        assert_eq!(breach(2, &entries), Some(slow));
    }

    #[test]
    fn does_not_look_at_time_that_is_not_kept() {
        let Entry { call, phase: Ended(Act::Answer(answer)) } = answer(&[START, ONE, TWO], 45)
        else {
            unreachable!("it is an answer")
        };
        let phase = Ended(Act::Answer(Answer { elapsed: None, ..answer }));
        let serial = [fetched(START), fetched(ONE), fetched(TWO)].concat();
        assert_eq!(breach(2, &[&serial, &[Entry { call, phase }]]), None);
    }

    #[test]
    fn a_crawl_may_take_a_fetch_for_each_level_and_one_for_every_w_other_pages() {
        let limit = |shape, workers| {
            let limit = demand(shape, workers).limit.expect("it is timed");
            limit.as_millis() / 15
        };
        assert_eq!(limit(Shape::Star(8), 4), 3, "1 + 8 ÷ 4");
        assert_eq!(limit(Shape::Star(9), 4), 4, "1 + 9 ÷ 4, rounded up");
        assert_eq!(limit(Shape::Star(3), 100), 2);
        assert_eq!(limit(Shape::Chain(5), 3), 5);
        assert_eq!(limit(Shape::Broom(12), 3), 8, "seven levels, and five pages for two more");
    }

    #[test]
    fn a_crawl_cut_short_is_wrong_only_if_it_was_before() {
        let prefix = |entries: &[Entry<Act>]| {
            find_breach(&demand(Shape::Star(2), 1), entries, Extent::Prefix).err()
        };
        assert_eq!(prefix(&[fetched(START).to_vec(), vec![began(ONE)]].concat()), None);
        let twice = [fetched(START), fetched(START)].concat();
        assert_eq!(prefix(&twice), Some(Breach::FetchedTwice { url: url(START) }));
    }
}
