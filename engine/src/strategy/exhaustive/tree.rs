//! The choices that lead to the executions under way, and what is left to try at each of them.
//!
//! Each node is kept as long as something is left to try at it or below it. A branch is *claimed* by
//! whoever tries it out; what was claimed before it at the same node sleeps in it, so that whatever
//! the order in which branches are explored, none repeats what another one shows.

use std::sync::Arc;

use super::{
    choice::{Asleep, Choice, Reduction},
    footprint::Footprint,
};

/// A node's number.
pub(super) type NodeId = usize;

/// What is left to try, and the way there.
#[derive(Debug)]
pub(super) struct Tree {
    pub(super) reduction: Reduction,
    nodes: Vec<Option<Node>>,
    free: Vec<NodeId>,
    has_begun: bool,
}

/// One choice.
#[derive(Debug)]
struct Node {
    /// The choice before it, and what was chosen there.
    parent: Option<(NodeId, usize)>,
    depth: usize,
    choice: Arc<Choice>,
    /// What has been claimed, in this order.
    branches: Vec<Branch>,
    /// What is to be tried sooner or later, and has not been claimed.
    wanted: Vec<usize>,
    /// How many nodes there are right below it, and claims whose execution is not over.
    live: usize,
}

/// What has been claimed at a node.
#[derive(Debug)]
struct Branch {
    chosen: usize,
    /// What the step touched, once that is known.
    footprint: Option<Footprint>,
}

/// A choice on the way of an execution.
#[derive(Debug)]
pub(super) struct Passed {
    /// Its number; nothing as long as it is new.
    node: Option<NodeId>,
    pub(super) choice: Arc<Choice>,
    pub(super) chosen: usize,
    /// Who is asleep when it has been chosen.
    pub(super) asleep: Vec<Asleep>,
    /// What the step touched.
    pub(super) footprint: Footprint,
    /// Whether nobody else can ever notice when the step happens: nothing else need be tried.
    pub(super) is_private: bool,
}

impl Passed {
    /// A choice that has not been met before.
    pub(super) fn new(choice: Choice, chosen: usize) -> Self {
        let asleep = choice.turn().map(|turn| turn.asleep.clone()).unwrap_or_default();
        let (choice, footprint) = (Arc::new(choice), Footprint::default());
        Self { node: None, choice, chosen, asleep, footprint, is_private: false }
    }
}

/// One of these is to be chosen at the choice number `depth` of an execution, the first if nothing
/// else speaks for another; if it cannot be, everybody.
#[derive(Debug)]
pub(super) struct Want {
    pub(super) depth: usize,
    pub(super) tasks: Vec<usize>,
}

impl Tree {
    pub(super) fn new(reduction: Reduction) -> Self {
        Self { reduction, nodes: Vec::new(), free: Vec::new(), has_begun: false }
    }

    fn node(&mut self, id: NodeId) -> &mut Node {
        self.nodes[id].as_mut().expect("a node is kept as long as it is needed")
    }

    /// The execution that went along `path` is over; its choices are new from number `fresh` on, or
    /// chosen anew there. What nobody needs any more is cut off both tree and path.
    pub(super) fn publish(&mut self, path: &mut Vec<Passed>, fresh: usize, wants: &[Want]) {
        for depth in fresh..path.len() {
            if let Some(id) = path[depth].node {
                self.come_back(id, &path[depth]);
            } else {
                path[depth].node = Some(self.grow(&path[..=depth]));
            }
        }
        for want in wants {
            let id = path[want.depth].node.expect("it is published");
            self.node(id).want_one_of(&want.tasks);
        }
        while let Some(Passed { node: Some(last), .. }) = path.last()
            && self.remove(*last)
        {
            path.pop();
        }
    }

    /// What was claimed at a node has been run once: what its step touched is known.
    fn come_back(&mut self, id: NodeId, passed: &Passed) {
        let node = self.node(id);
        node.live -= 1;
        let branch = node.branches.iter_mut().rfind(|branch| branch.chosen == passed.chosen);
        branch.expect("it was claimed").footprint = Some(passed.footprint.clone());
    }

    /// Adds the last choice of `path`, which is new.
    fn grow(&mut self, path: &[Passed]) -> NodeId {
        let [above @ .., passed] = path else { unreachable!("there is a choice") };
        let parent = above.last().map(|p| (p.node.expect("it is published"), p.chosen));
        let footprint = Some(passed.footprint.clone());
        let branches = vec![Branch { chosen: passed.chosen, footprint }];
        let (choice, depth) = (Arc::clone(&passed.choice), above.len());
        let mut node = Node { parent, depth, choice, branches, wanted: Vec::new(), live: 0 };
        let is_turn = node.choice.turn().is_some();
        // All that is wanted there from the beginning.
        if !is_turn || self.reduction != Reduction::Classes && !passed.is_private {
            node.want_all();
        }
        self.add(node)
    }

    fn add(&mut self, node: Node) -> NodeId {
        if let Some((parent, _)) = node.parent {
            self.node(parent).live += 1;
        }
        if let Some(id) = self.free.pop() {
            self.nodes[id] = Some(node);
            return id;
        }
        self.nodes.push(Some(node));
        self.nodes.len() - 1
    }

    /// Removes a node if nothing is left to do there: whether that is so.
    fn remove(&mut self, id: NodeId) -> bool {
        let node = self.node(id);
        if node.live > 0 || !node.wanted.is_empty() {
            return false;
        }
        if let Some((parent, _)) = node.parent {
            self.node(parent).live -= 1;
        }
        self.nodes[id] = None;
        self.free.push(id);
        true
    }

    /// Claims something that is left to try, as near to the end of `path` as possible, which then
    /// leads there: the number of the choice that is new. Nothing may be left for the moment.
    pub(super) fn claim(&mut self, path: &mut Vec<Passed>) -> Option<usize> {
        if !std::mem::replace(&mut self.has_begun, true) {
            return Some(0);
        }
        let ids = path.iter().filter_map(|passed| passed.node);
        let near = ids.rev().find(|&id| self.is_claimable(id));
        let id = near.or_else(|| self.farthest())?;
        if near.is_none() {
            *path = self.way_to(id);
        }
        let lets_sleep = self.reduction.lets_sleep();
        let node = self.node(id);
        path.truncate(node.depth + 1);
        let last = path.last_mut().expect("it leads to the node");
        (last.chosen, last.asleep) = node.claim();
        if !lets_sleep {
            last.asleep.clear();
        }
        Some(node.depth)
    }

    /// Whether something can be claimed there: what the branches before it touch must be known.
    fn is_claimable(&self, id: NodeId) -> bool {
        let Some(node) = &self.nodes[id] else { return false };
        let is_known = |branch: &Branch| branch.footprint.is_some();
        !node.wanted.is_empty() && node.branches.iter().all(is_known)
    }

    /// Where something can be claimed with the most below it, as one may hope: nearest to the root.
    fn farthest(&self) -> Option<NodeId> {
        let claimable = (0..self.nodes.len()).filter(|&id| self.is_claimable(id));
        claimable.min_by_key(|&id| self.nodes[id].as_ref().map(|node| node.depth))
    }

    /// The choices that lead to a node, and itself.
    fn way_to(&self, id: NodeId) -> Vec<Passed> {
        let mut way = Vec::new();
        let mut next = Some((id, 0));
        while let Some((id, chosen)) = next {
            let node = self.nodes[id].as_ref().expect("what is above a node is kept");
            let (choice, footprint) = (Arc::clone(&node.choice), Footprint::default());
            next = node.parent;
            let (node, asleep, is_private) = (Some(id), Vec::new(), false);
            way.push(Passed { node, choice, chosen, asleep, footprint, is_private });
        }
        way.reverse();
        way
    }

    /// Whether nothing is left, and nothing under way.
    pub(super) fn is_exhausted(&self) -> bool {
        self.has_begun && self.nodes.len() == self.free.len()
    }

    /// Which part of the tree is done, from 0 to 1, if all that is known to lie beside something is
    /// as large as that (Knuth, 1975; Kilby and others, 2006).
    pub(super) fn done(&self) -> f64 {
        let mut ids: Vec<NodeId> =
            (0..self.nodes.len()).filter(|&id| self.nodes[id].is_some()).collect();
        ids.sort_by_key(|&id| std::cmp::Reverse(self.nodes[id].as_ref().map(|node| node.depth)));
        let mut below = vec![0.0; self.nodes.len()];
        let mut done = f64::from(u8::from(self.has_begun));
        for id in ids {
            let Some(node) = &self.nodes[id] else { continue };
            let all = float(node.branches.len() + node.wanted.len());
            done = (float(node.branches.len() - node.live) + below[id]) / all;
            if let Some((parent, _)) = node.parent {
                below[parent] += done;
            }
        }
        done
    }
}

/// A small number.
#[expect(clippy::cast_precision_loss, reason = "there are no more branches than tasks")]
fn float(number: usize) -> f64 {
    number as f64
}

impl Node {
    /// Claims what is wanted first: that, and who is asleep then.
    fn claim(&mut self) -> (usize, Vec<Asleep>) {
        let chosen = self.wanted.remove(0);
        let mut asleep = self.choice.turn().map(|turn| turn.asleep.clone()).unwrap_or_default();
        let tried = self.branches.iter().filter_map(|branch| {
            let footprint = branch.footprint.clone()?;
            Some(Asleep { task: branch.chosen, footprint })
        });
        asleep.extend(tried);
        self.branches.push(Branch { chosen, footprint: None });
        self.live += 1;
        (chosen, asleep)
    }

    fn want_one_of(&mut self, tasks: &[usize]) {
        let Some(turn) = self.choice.turn() else { return };
        if tasks.iter().any(|&task| self.is_tried(task) || turn.sleeps(task)) {
            return;
        }
        match tasks.iter().find(|&&task| turn.is_enabled(task)) {
            Some(&task) => self.wanted.push(task),
            None => self.want_all(),
        }
    }

    fn want_all(&mut self) {
        for chosen in self.choice.all() {
            let sleeps = self.choice.turn().is_some_and(|turn| turn.sleeps(chosen));
            if !sleeps && !self.is_tried(chosen) {
                self.wanted.push(chosen);
            }
        }
    }

    /// Whether it has been tried here, or will be.
    fn is_tried(&self, chosen: usize) -> bool {
        self.wanted.contains(&chosen) || self.branches.iter().any(|b| b.chosen == chosen)
    }
}
