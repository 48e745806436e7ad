//! What earlier executions were like, on average.
//!
//! One execution misleads, since it may have taken a rare branch: all that is kept is a mean over
//! the executions in which a role was played.

use std::collections::HashMap;

use sync::control::TaskId;

use super::{Generator, census::Row, mix};

/// A task, whichever number it has: who spawned it, and as which of their tasks.
pub(super) type Role = u32;

/// A resource, whichever number it has.
pub(super) type Name = u32;

/// Weights are whole numbers of 1⁄256 events.
pub(super) const EVENT: u64 = 256;

/// Means over executions.
#[derive(Clone, Debug, Default)]
pub(super) struct Profile {
    roles: HashMap<u64, Role>,
    actors: Vec<Actor>,
    resources: Vec<Usage>,
    decisions: Decisions,
    /// How often a resource turned out to be contended, or a beginning to be seen.
    revision: u64,
}

/// How many decisions executions took, for as long as the same steps were decisions.
#[derive(Clone, Copy, Debug, Default)]
struct Decisions {
    /// The profile's revision.
    revision: u64,
    executions: u64,
    sum: u64,
    most: u64,
}

/// One role.
#[derive(Clone, Debug, Default)]
struct Actor {
    origin: u64,
    /// Whether others can see that it has begun.
    is_seen_to_come: bool,
    /// In how many executions it was played.
    executions: u64,
    /// How many steps it took in all of them, with all that it spawned.
    steps: u64,
    /// The resources that it touches, in order.
    acquaintances: Vec<Option<Name>>,
    /// By resource: how often it touched it, with all that it spawned.
    touches: Vec<u64>,
}

impl Actor {
    fn touch(&mut self, name: Name) {
        let name = name as usize;
        if self.touches.len() <= name {
            self.touches.resize(name + 1, 0);
        }
        self.touches[name] += 1;
    }
}

/// One resource.
#[derive(Clone, Debug, Default)]
struct Usage {
    user: Option<Role>,
    /// Whether more than one role has touched it.
    is_shared: bool,
    /// Whether it was ever changed.
    changes: bool,
    touches: u64,
    /// Whether a whole execution has shown who touches it.
    is_known: bool,
}

impl Usage {
    fn is_contended(&self) -> bool {
        self.is_shared && self.changes
    }
}

impl Profile {
    /// The role of the task number `.1` that the role `.0` spawned.
    pub(super) fn role(&mut self, origin: Option<(Role, u64)>) -> Role {
        let signature = origin
            .map_or(1, |(parent, child)| mix(self.actors[parent as usize].origin ^ mix(child)));
        let Self { roles, actors, .. } = self;
        *roles.entry(signature).or_insert_with(|| {
            actors.push(Actor { origin: signature, ..Actor::default() });
            number(actors.len() - 1)
        })
    }

    /// The resource that `role` touches as its number `order`, if that is known.
    #[inline]
    pub(super) fn acquaintance(&self, role: Role, order: usize) -> Option<Name> {
        self.actors[role as usize].acquaintances.get(order).copied().flatten()
    }

    /// The resource that `role` touches as its number `order` is `name`.
    pub(super) fn acquaint(&mut self, role: Role, order: usize, name: Name) {
        let acquaintances = &mut self.actors[role as usize].acquaintances;
        if acquaintances.len() <= order {
            acquaintances.resize(order + 1, None);
        }
        acquaintances[order] = Some(name);
    }

    /// Others can see that `role` has begun.
    pub(super) fn shows_up(&mut self, role: Role) {
        let is_news = !std::mem::replace(&mut self.actors[role as usize].is_seen_to_come, true);
        self.revision += u64::from(is_news);
    }

    /// Whether others can see that `role` has begun, or not.
    #[inline]
    pub(super) fn is_seen_to_come(&self, role: Role) -> bool {
        self.actors[role as usize].is_seen_to_come
    }

    /// A number that stays the same for as long as it does what is a decision.
    pub(super) fn revision(&self) -> u64 {
        self.revision
    }

    /// A new name.
    pub(super) fn coin(&mut self) -> Name {
        self.resources.push(Usage::default());
        number(self.resources.len() - 1)
    }

    /// `role` touches `name`.
    #[inline]
    pub(super) fn touch(&mut self, name: Name, role: Role, changes: bool) {
        let usage = &mut self.resources[name as usize];
        let was_contended = usage.is_contended();
        usage.is_shared |= *usage.user.get_or_insert(role) != role;
        usage.changes |= changes;
        usage.touches += 1;
        self.revision += u64::from(usage.is_contended() != was_contended);
    }

    /// Whether only one role ever touches `name`, or nobody changes it.
    #[inline]
    pub(super) fn is_uncontended(&self, name: Name) -> bool {
        let usage = &self.resources[name as usize];
        usage.is_known && !usage.is_contended()
    }

    /// One of the resources about which tasks contend, in proportion to how often each was touched.
    pub(super) fn draw_contended(&self, draw: &mut Generator) -> Option<Name> {
        let weight = |name: usize| {
            let usage = &self.resources[name];
            if usage.is_contended() { usage.touches } else { 0 }
        };
        let names = self.resources.len();
        let is_any = (0..names).any(|name| weight(name) > 0);
        is_any.then(|| number(draw.weighted(names, weight)))
    }

    /// How many steps `role` takes with all that it spawns, in [events](EVENT).
    pub(super) fn steps(&self, role: Role) -> u64 {
        let actor = &self.actors[role as usize];
        actor.steps * EVENT / actor.executions.max(1)
    }

    /// How often `role`, with all that it spawns, touches `name`, in [events](EVENT).
    pub(super) fn touches(&self, role: Role, name: Name) -> u64 {
        let actor = &self.actors[role as usize];
        let touches = actor.touches.get(name as usize).copied().unwrap_or_default();
        touches * EVENT / actor.executions.max(1)
    }

    /// How many decisions a long execution takes: the longest, unless that is very far from the
    /// mean, as when one of them went round in circles.
    pub(super) fn decisions(&self) -> Option<u64> {
        let Decisions { executions, sum, most, .. } = self.decisions;
        (executions > 0).then(|| most.min(4 * sum / executions).max(1))
    }

    /// Learns from one execution: its tasks, who touched what, how many decisions it took.
    pub(super) fn learn(&mut self, rows: &[Row], touches: &[(TaskId, Name)], decisions: u64) {
        self.resources.iter_mut().for_each(|usage| usage.is_known = true);
        self.decisions.note(decisions, self.revision);
        for row in rows {
            self.actors[row.role as usize].executions += 1;
            for ancestor in lineage(rows, row) {
                self.actors[ancestor.role as usize].steps += row.steps;
            }
        }
        for &(task, name) in touches {
            for ancestor in lineage(rows, &rows[task]) {
                self.actors[ancestor.role as usize].touch(name);
            }
        }
    }
}

impl Decisions {
    fn note(&mut self, decisions: u64, revision: u64) {
        let is_first = self.executions == 0;
        if self.revision != revision {
            *self = Self { revision, ..Self::default() };
        }
        self.executions += 1;
        self.sum += decisions;
        self.most = self.most.max(decisions);
        if is_first {
            // In the first execution everything was a decision.
            self.revision = u64::MAX;
        }
    }
}

/// A task, who spawned it, who spawned that one, and so on.
fn lineage<'a>(rows: &'a [Row], row: &'a Row) -> impl Iterator<Item = &'a Row> {
    std::iter::successors(Some(row), |row| row.parent.map(|parent| &rows[parent]))
}

fn number(index: usize) -> u32 {
    u32::try_from(index).expect("there are fewer tasks and resources than 2^32")
}
