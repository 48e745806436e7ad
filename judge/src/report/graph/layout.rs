//! Where pages stand: on rings around the start, one for each click that it takes, and each page
//! beside those that are found from the same one. A tree of first links decides who is beside whom.

use std::{collections::VecDeque, f64::consts::TAU};

use super::Graph;

/// The least distance between rings, in pixels.
const RING: f64 = 110.0;

/// The room that a page has on its ring, in pixels.
const ROOM: f64 = 16.0;

/// The radius of a picture whose letters are as large as letters are; those of a larger one are
/// larger too, since it is looked at in the same window.
const RADIUS: f64 = 340.0;

/// How high letters are, in pixels.
pub(super) const LETTER: f64 = 11.0;

/// How wide a letter is on average, as a part of its height, a little generously.
const WIDTH: f64 = 0.6;

/// The room left and right of a name.
pub(super) const GAP: f64 = 9.0;

/// Where pages stand.
#[derive(Debug)]
pub(super) struct Layout {
    /// The angle and the distance from the middle of each page.
    pub(super) places: Vec<Place>,
    /// The distance of the last ring.
    pub(super) radius: f64,
    /// How much larger than usual letters and dots are.
    pub(super) scale: f64,
    /// From which page each was found, by number; nothing for the start.
    pub(super) parents: Vec<Option<usize>>,
}

/// Where one page stands.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Place {
    pub(super) angle: f64,
    pub(super) distance: f64,
    /// How much of its ring is its own.
    room: f64,
    /// Whether others are found from it, further out.
    pub(super) leads_on: bool,
}

impl Place {
    /// Whether a name can stand there without touching those of its neighbours.
    pub(super) fn has_room(self, scale: f64) -> bool {
        self.distance == 0.0 || self.room >= LETTER * 1.1 * scale
    }

    pub(super) fn x(self) -> f64 {
        self.angle.cos() * self.distance
    }

    pub(super) fn y(self) -> f64 {
        self.angle.sin() * self.distance
    }
}

/// Lays out `graph`.
pub(super) fn layout(graph: &Graph<'_>) -> Layout {
    let tree = Tree::new(graph);
    let crowded = tree.rings(|_| RING);
    let scale = (crowded.last().copied().unwrap_or_default() / RADIUS).max(1.0);
    // A name has to end before the next ring begins, if something is found from the page.
    let rings = tree.rings(|level| {
        let of_level = tree.order.iter().filter(|&&page| tree.levels[page] == level);
        let inner = of_level.filter(|&&page| level > 0 && !tree.children[page].is_empty());
        let names = inner.map(|&page| name_width(&graph.nodes[page].name(), scale));
        names.fold(RING, |widest, name| widest.max(name + 2.0 * GAP))
    });
    let mut places = vec![Place::default(); graph.nodes.len()];
    // Each page gets a part of its parent's angle, as large as the number of leaves behind it.
    let mut spans = vec![(0.0, TAU); graph.nodes.len()];
    for &page in &tree.order {
        let (begin, width) = spans[page];
        let distance = rings[tree.levels[page]];
        places[page] = Place {
            angle: begin + width / 2.0 - TAU / 4.0,
            distance,
            room: width * distance,
            leads_on: !tree.children[page].is_empty(),
        };
        let mut at = begin;
        for &child in &tree.children[page] {
            let share = width * ratio(tree.leaves[child], tree.leaves[page]);
            spans[child] = (at, share);
            at += share;
        }
    }
    let radius = rings.last().copied().unwrap_or_default();
    Layout { places, radius, scale, parents: tree.parents }
}

/// How wide `name` is.
pub(super) fn name_width(name: &str, scale: f64) -> f64 {
    ratio(name.chars().count(), 1) * LETTER * WIDTH * scale
}

/// The pages, each under the one it was found from by the shortest way.
struct Tree {
    /// From the start outwards.
    order: Vec<usize>,
    parents: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    levels: Vec<usize>,
    /// How many pages without children are behind each.
    leaves: Vec<usize>,
}

impl Tree {
    fn new(graph: &Graph<'_>) -> Self {
        let count = graph.nodes.len();
        let mut tree = Self {
            order: Vec::new(),
            parents: vec![None; count],
            children: vec![Vec::new(); count],
            levels: vec![0; count],
            leaves: vec![0; count],
        };
        tree.grow(graph);
        for &page in tree.order.iter().rev() {
            let below: usize = tree.children[page].iter().map(|&child| tree.leaves[child]).sum();
            tree.leaves[page] = below.max(1);
        }
        tree
    }

    fn grow(&mut self, graph: &Graph<'_>) {
        let mut links = vec![Vec::new(); graph.nodes.len()];
        for &(from, to) in &graph.links {
            links[from].push(to);
        }
        let start = graph.nodes.iter().position(|node| node.url == graph.home);
        let mut waiting = VecDeque::from_iter(start);
        let mut seen = vec![false; graph.nodes.len()];
        start.inspect(|&start| seen[start] = true);
        while let Some(page) = waiting.pop_front() {
            self.order.push(page);
            for &to in &links[page] {
                if !seen[to] {
                    seen[to] = true;
                    self.parents[to] = Some(page);
                    self.levels[to] = self.levels[page] + 1;
                    self.children[page].push(to);
                    waiting.push_back(to);
                }
            }
        }
    }

    /// How far from the middle each ring is: far enough for all who stand on it, and as far from the
    /// one before as `gap` says of that.
    fn rings(&self, gap: impl Fn(usize) -> f64) -> Vec<f64> {
        let last = self.order.last().map_or(0, |&page| self.levels[page]);
        let mut rings = vec![0.0];
        for level in 1..=last {
            let crowd = self.order.iter().filter(|&&page| self.levels[page] == level).count();
            let needed = ratio(crowd, 1) * ROOM / TAU;
            rings.push(needed.max(rings[level - 1] + gap(level - 1)));
        }
        rings
    }
}

#[expect(clippy::cast_precision_loss, reason = "nobody draws so many pages")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
