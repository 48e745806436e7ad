//! The shapes that a site can have, and the sites that have them. The same shape is the same site,
//! wherever and whenever it is made.

use super::Site;

/// The most pages that a site has.
pub(super) const MOST_PAGES: usize = 1000;

/// The shape of a site. A count is of all its pages, unless it says otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// The first example of the statement.
    FirstExample,
    /// The second, which starts on another host.
    SecondExample,
    /// One page without a link.
    Single,
    /// One page that links to itself.
    SelfLink,
    /// Two pages, each with the same links twice.
    Repeated,
    /// Four pages: two links lead to the last one.
    Diamond,
    /// Hosts and slashes that look alike.
    Traps,
    /// Each page links to the next.
    Chain(usize),
    /// A chain whose last page links to the first.
    Cycle(usize),
    /// A first page with links to so many others.
    Star(usize),
    /// A chain of one half, whose last page links to all of the other half.
    Broom(usize),
    /// Any links, with cycles, to itself, repeated, and to another host.
    Random {
        /// How many pages.
        pages: usize,
        /// What they are drawn from.
        seed: u64,
    },
}

impl Shape {
    /// The site.
    pub fn site(self) -> Site {
        match self {
            Self::FirstExample => example(2),
            Self::SecondExample => example(3),
            Self::Single => numbered(1, &[]),
            Self::SelfLink => numbered(1, &[(0, 0)]),
            Self::Repeated => numbered(2, &[(0, 1), (0, 1), (1, 0), (1, 1), (1, 0)]),
            Self::Diamond => numbered(4, &[(0, 1), (0, 2), (1, 3), (2, 3)]),
            Self::Traps => traps(),
            Self::Chain(pages) => numbered(pages, &chain(pages)),
            Self::Cycle(pages) => {
                let mut edges = chain(pages);
                edges.push((pages - 1, 0));
                numbered(pages, &edges)
            }
            Self::Star(rays) => {
                let edges: Vec<_> = (1..=rays).map(|page| (0, page)).collect();
                numbered(rays + 1, &edges)
            }
            Self::Broom(pages) => {
                let handle = pages.div_ceil(2);
                let mut edges = chain(handle);
                edges.extend((handle..pages).map(|page| (handle - 1, page)));
                numbered(pages, &edges)
            }
            Self::Random { pages, seed } => random(pages, seed),
        }
    }
}

/// The statement's pages and links.
fn example(start: usize) -> Site {
    let urls = [
        "http://news.yahoo.com",
        "http://news.yahoo.com/news",
        "http://news.yahoo.com/news/topics/",
        "http://news.google.com",
        "http://news.yahoo.com/us",
    ];
    if start == 2 {
        return Site::new(urls, &[(2, 0), (2, 1), (3, 2), (3, 1), (0, 4)], start);
    }
    Site::new(urls.into_iter().take(4), &[(0, 2), (2, 1), (3, 2), (3, 1), (3, 0)], start)
}

/// Links to whatever a careless test takes for the same host or the same page. One page of the
/// right host is linked to from wrong ones only.
fn traps() -> Site {
    let urls = [
        "http://news.yahoo.com",
        "http://news.yahoo.com/",
        "http://news.yahoo.com/us",
        "http://news.yahoo.com/us/",
        "http://news.yahoo.com/hidden",
        "http://news.yahoo.com.evil.org/x",
        "http://news.yahoo.community",
        "http://yahoo.com",
        "http://sports.news.yahoo.com/",
        "http://other.org/?u=http://news.yahoo.com/",
    ];
    let mut edges = vec![(0, 1), (0, 2), (2, 3), (3, 0)];
    for foreign in 5..urls.len() {
        edges.extend([(foreign % 4, foreign), (foreign, 4)]);
    }
    Site::new(urls, &edges, 0)
}

fn chain(pages: usize) -> Vec<(usize, usize)> {
    (1..pages).map(|page| (page - 1, page)).collect()
}

/// A site of `pages` pages that go by their numbers, starting at the first.
fn numbered(pages: usize, edges: &[(usize, usize)]) -> Site {
    let url = |page| match page {
        0 => "http://site.test/".to_owned(),
        _ => format!("http://site.test/{page}"),
    };
    Site::new((0..pages).map(url), edges, 0)
}

/// Four links on the first page, up to five on each other, and every sixth page on another host.
fn random(pages: usize, seed: u64) -> Site {
    let mut draws = Draws(seed);
    let url = |page: usize| {
        let is_foreign = page > 0 && draws.below(6) == 0;
        let host = if is_foreign { "other.test" } else { "site.test" };
        format!("http://{host}/{page}")
    };
    let urls: Vec<String> = (0..pages).map(url).collect();
    let mut edges = Vec::new();
    for page in 0..pages {
        let links = if page == 0 { 4 } else { draws.below(6) };
        edges.extend((0..links).map(|_| (page, draws.below(pages))));
    }
    Site::new(urls, &edges, 0)
}

/// Numbers that look random: `SplitMix64` (Steele, Lea and Flood, 2014).
struct Draws(u64);

impl Draws {
    /// A number below `limit`.
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut draw = self.0;
        draw = (draw ^ (draw >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        draw = (draw ^ (draw >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        draw ^= draw >> 31;
        usize::try_from(draw % limit as u64).expect("it is below the limit")
    }
}

#[cfg(test)]
mod tests {
    use super::Shape;

    /// How many pages a crawl finds, and how far it gets.
    fn extent(shape: Shape) -> (usize, usize) {
        let distances: Vec<usize> = shape.site().distances().into_iter().flatten().collect();
        (distances.len(), *distances.iter().max().expect("the start is there"))
    }

    #[test]
    fn shapes_are_as_wide_and_as_deep_as_they_say() {
        assert_eq!(extent(Shape::FirstExample), (4, 2));
        assert_eq!(extent(Shape::SecondExample), (1, 0));
        assert_eq!(extent(Shape::Single), (1, 0));
        assert_eq!(extent(Shape::SelfLink), (1, 0));
        assert_eq!(extent(Shape::Repeated), (2, 1));
        assert_eq!(extent(Shape::Diamond), (4, 2));
        assert_eq!(extent(Shape::Traps), (4, 2));
        assert_eq!(extent(Shape::Chain(5)), (5, 4));
        assert_eq!(extent(Shape::Cycle(1)), (1, 0));
        assert_eq!(extent(Shape::Cycle(4)), (4, 3));
        assert_eq!(extent(Shape::Star(8)), (9, 1));
        assert_eq!(extent(Shape::Broom(8)), (8, 4));
        assert_eq!(extent(Shape::Broom(1)), (1, 0));
    }

    #[test]
    fn the_same_seed_makes_the_same_site() {
        let site = |seed| Shape::Random { pages: 40, seed }.site();
        assert_eq!(site(7), site(7));
        assert_ne!(site(7), site(8));
    }

    #[test]
    fn random_sites_have_everything() {
        let sites: Vec<_> = (0..20).map(|seed| Shape::Random { pages: 30, seed }.site()).collect();
        let any = |has: &dyn Fn(&str, &[&str]) -> bool| {
            sites.iter().any(|site| {
                site.urls().iter().any(|url| has(url, &site.links(url).collect::<Vec<_>>()))
            })
        };
        assert!(any(&|_, links| links.is_empty()), "a page without links");
        assert!(any(&|url, links| links.contains(&url)), "a page that links to itself");
        let repeats = |links: &[&str]| (1..links.len()).any(|at| links[..at].contains(&links[at]));
        assert!(any(&|_, links| repeats(links)), "a page that repeats a link");
        assert!(any(
            &|url, links| url.contains("site") && links.iter().any(|l| l.contains("other"))
        ));
    }
}
