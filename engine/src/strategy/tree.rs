//! The decisions that have been taken, as a tree: which of its ends have been reached.

use super::Generator;

/// What was decided so far, and where there is something left.
#[derive(Clone, Debug, Default)]
pub(super) struct Tree {
    /// The first is the root.
    nodes: Vec<Node>,
    /// How many branches they have in all.
    branches: usize,
    /// The sum of the estimates that all ways gave of how many ends there are.
    ends: u64,
    ways: u64,
}

/// The decisions of one execution.
#[derive(Clone, Debug, Default)]
pub(super) struct Way {
    /// Each decision, and which of its branches was taken.
    taken: Vec<(usize, usize)>,
    /// Whether it has left the tree.
    is_off: bool,
    /// How many ends there are, if all of the tree is like this way (Knuth, 1975).
    ends: u64,
}

/// A decision.
#[derive(Clone, Debug)]
struct Node {
    /// In an order of their own: earlier ones cover what later ones have in common with them.
    branches: Vec<Branch>,
}

#[derive(Clone, Debug)]
struct Branch {
    choice: usize,
    /// The decision that it leads to, if that is known.
    next: Option<usize>,
    /// Whether all ends that it leads to have been reached.
    is_done: bool,
}

/// How many branches are kept at the most.
const CAPACITY: usize = 1 << 16;

impl Tree {
    /// Forgets everything.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }

    /// Whether there are ends left to reach, and `few` in all at the most, as far as is known.
    pub(super) fn has_few_ends_left(&self, few: u64) -> bool {
        // So many ways, and it has not come to an end: there must be more than it looks.
        let are_few = self.ways <= 4 * few && self.ends / self.ways.max(1) <= few;
        are_few && !self.nodes.first().is_some_and(Node::is_done)
    }

    /// Takes one of `choices` that leads on to an end that has not been reached, in proportion to
    /// its `weight`, and tells those that come before it. `None` off the tree.
    pub(super) fn take<'a>(
        &'a mut self,
        way: &mut Way,
        choices: &[usize],
        weight: impl Fn(usize) -> u64,
        draw: &mut Generator,
    ) -> Option<(usize, impl Iterator<Item = usize> + 'a)> {
        let node = self.node(way, choices, draw)?;
        let node_is_done = self.nodes[node].is_done();
        let branches = &self.nodes[node].branches;
        let is_the_same = branches.iter().all(|branch| choices.contains(&branch.choice));
        if node_is_done || branches.len() != choices.len() || !is_the_same {
            // Somebody was here before, and it was different: what decides is not all known.
            way.leave();
            return None;
        }
        let taken = draw.weighted(branches.len(), |branch| branches[branch].weight(&weight));
        let branch = &branches[taken];
        way.taken.push((node, taken));
        way.ends = way.ends.max(1).saturating_mul(branches.len() as u64);
        Some((branch.choice, branches[..taken].iter().map(|branch| branch.choice)))
    }

    /// The node to decide at: the one that the branch taken last leads to.
    fn node(&mut self, way: &mut Way, choices: &[usize], draw: &mut Generator) -> Option<usize> {
        let next = match way.taken.last() {
            _ if way.is_off => return None,
            None => (!self.nodes.is_empty()).then_some(0),
            Some(&(node, branch)) => self.nodes[node].branches[branch].next,
        };
        if next.is_some() {
            return next;
        }
        if self.branches >= CAPACITY {
            way.leave();
            return None;
        }
        if let Some(&(node, branch)) = way.taken.last() {
            self.nodes[node].branches[branch].next = Some(self.nodes.len());
        }
        self.nodes.push(Node::new(choices, draw));
        self.branches += choices.len();
        Some(self.nodes.len() - 1)
    }

    /// The way is at its end: marks what lies behind it.
    pub(super) fn finish(&mut self, way: &mut Way) {
        if !way.taken.is_empty() {
            self.ends = self.ends.saturating_add(way.ends);
            self.ways += 1;
        }
        // A way that has left the tree has reached nothing that the branch it left from would not.
        while let Some((node, branch)) = way.taken.pop() {
            let next = self.nodes[node].branches[branch].next;
            self.nodes[node].branches[branch].is_done =
                next.is_none_or(|next| self.nodes[next].is_done());
        }
        *way = Way::default();
    }
}

impl Node {
    fn new(choices: &[usize], draw: &mut Generator) -> Self {
        let branch = |&choice: &usize| Branch { choice, next: None, is_done: false };
        let mut branches: Vec<Branch> = choices.iter().map(branch).collect();
        for last in (1..branches.len()).rev() {
            branches.swap(last, draw.below(last + 1));
        }
        Self { branches }
    }

    fn is_done(&self) -> bool {
        self.branches.iter().all(|branch| branch.is_done)
    }
}

impl Branch {
    /// The weight of its choice, or nothing if there is nothing left.
    fn weight(&self, weight: impl Fn(usize) -> u64) -> u64 {
        if self.is_done { 0 } else { weight(self.choice) }
    }
}

impl Way {
    /// What follows is on no branch of the tree.
    pub(super) fn leave(&mut self) {
        self.is_off = true;
    }
}
