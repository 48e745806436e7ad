//! What a worker is asked to do: JSON, one value a line.

use std::{num::NonZero, time::Duration};

use engine::{Limits, strategy::StrategyKind};
use problems::{Problem, Solution};
use serde::{Deserialize, Serialize};

use super::confinement::Confinement;
use crate::{
    Bounds, EngineKind, Input, Judge, Selection, Site, Stop, find_problem, replay::Which, select,
};

/// Something to do, and the word that all that is said of it must come with. Only the two processes
/// know it, so what a solution writes is no answer.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Job {
    pub(crate) nonce: String,
    pub(crate) task: Task,
}

/// What there is to do.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Task {
    /// Judge a cell.
    Judge(Cell),
    /// Run every interleaving of its only input.
    Verify(Cell, Bounds),
    /// Run one execution of its only input once more, look at it, and tell each step before it is
    /// performed.
    Replay(Cell, Which),
    /// Answer: whoever is about to die of a cell that is done cannot.
    Answer(Cell),
    /// Do what a worker has died of, under control, and tell each step before it is performed.
    Again(Cell, Repeat),
}

/// What a worker may have died of.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) enum Repeat {
    /// The execution with this number, on the only input.
    Execution(u64),
    /// A search through the interleavings of the only input.
    Search(Bounds),
}

impl Task {
    /// What it is about.
    pub(crate) fn cell(&self) -> &Cell {
        let (Self::Judge(cell)
        | Self::Verify(cell, _)
        | Self::Replay(cell, _)
        | Self::Answer(cell)
        | Self::Again(cell, _)) = self;
        cell
    }
}

/// One solution on one engine, and how to judge it: [`Judge`] as it is written down.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct Cell {
    problem: u16,
    solution: String,
    pub(crate) engine: EngineKind,
    pub(crate) executions: u64,
    seed: u64,
    strategy: StrategyKind,
    pub(crate) time_limit: Duration,
    limits: Limits,
    cores: NonZero<usize>,
    noise: bool,
    pub(crate) site: Site,
    shrink_steps: usize,
    /// The names of the cases, or inputs of the user's own.
    inputs: Vec<String>,
}

/// The first thing that a worker is told.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Hello {
    pub(crate) nonce: String,
    pub(crate) confinement: Confinement,
}

impl Cell {
    pub(crate) fn new(
        judge: &Judge,
        problem: &Problem,
        solution: &Solution,
        engine: EngineKind,
    ) -> Self {
        let &Judge { executions, seed, strategy, time_limit, limits, cores, noise, .. } = judge;
        let inputs = judge.inputs(problem, engine).into_iter().map(|input| input.name);
        Self {
            problem: problem.number,
            solution: solution.name.to_owned(),
            engine,
            executions,
            seed,
            strategy,
            time_limit,
            limits,
            cores,
            noise,
            site: judge.site,
            shrink_steps: judge.shrink_steps,
            inputs: inputs.collect(),
        }
    }

    /// The problem's number, and the solution's name.
    pub(crate) fn name(&self) -> (u16, String) {
        (self.problem, self.solution.clone())
    }

    /// The problem and the solution; `None` if this program has no such thing.
    pub(crate) fn subject(&self) -> Option<(&'static Problem, Solution)> {
        let problem = find_problem(&self.problem.to_string()).ok()?;
        let named = select(problem, &Selection::new(vec![self.solution.clone()])).ok()?;
        let solution = named.into_iter().find(|solution| solution.name == self.solution)?;
        Some((problem, solution))
    }

    /// How to judge it. Nothing is written to any cache here.
    pub(crate) fn judge(&self, problem: &Problem, stop: &Stop) -> Judge {
        let input = |name: &String| {
            let case = problem.cases.iter().find(|case| case.name == name);
            case.map_or_else(|| Input::own(name), Input::from)
        };
        Judge {
            executions: self.executions,
            seed: self.seed,
            strategy: self.strategy,
            time_limit: self.time_limit,
            limits: self.limits,
            cores: self.cores,
            noise: self.noise,
            site: self.site,
            shrink_steps: self.shrink_steps,
            cache: None,
            inputs: self.inputs.iter().map(input).collect(),
            stop: stop.clone(),
        }
    }

    /// The cell with one of its inputs alone.
    pub(crate) fn only(&self, input: usize) -> Self {
        let inputs = self.inputs.get(input).cloned().into_iter().collect();
        Self { inputs, ..self.clone() }
    }

    /// The names of the inputs.
    pub(crate) fn inputs(&self) -> &[String] {
        &self.inputs
    }
}

#[cfg(test)]
mod tests {
    use std::{num::NonZero, time::Duration};

    use engine::{Limits, strategy::StrategyKind};
    use problems::Problem;

    use super::{Bounds, Cell, Repeat, Task, Which};
    use crate::{EngineKind, Input, Judge, Site, Stop, find_problem};

    fn problem() -> &'static Problem {
        find_problem("1115").expect("1115 is there")
    }

    fn cell(judge: &Judge) -> Cell {
        Cell::new(judge, problem(), &problem().solutions[0], EngineKind::Controlled)
    }

    /// A judge of which nothing is as it is by default.
    fn particular() -> Judge {
        Judge {
            executions: 7,
            seed: 11,
            strategy: StrategyKind::Pct,
            time_limit: Duration::from_millis(13),
            limits: Limits { steps: 17, spurious: false, weak_memory: true },
            cores: NonZero::new(19).expect("it is not zero"),
            noise: false,
            shrink_steps: 23,
            inputs: vec![Input::from(&problem().cases[1]), Input::own("5")],
            ..Judge::default()
        }
    }

    #[test]
    fn a_cell_is_called_after_its_problem_and_its_solution() {
        for solution in problem().solutions {
            let cell = Cell::new(&Judge::default(), problem(), solution, EngineKind::Controlled);
            assert_eq!(cell.name(), (1115, solution.name.to_owned()));
        }
    }

    #[test]
    fn a_cell_is_about_the_solution_that_it_was_made_of() {
        let broken = problem().broken.iter().map(|broken| &broken.solution);
        for solution in problem().solutions.iter().chain(broken) {
            let cell = Cell::new(&Judge::default(), problem(), solution, EngineKind::Threads);
            let (found, named) = cell.subject().expect("this program has it");
            assert_eq!((found.number, named.name), (1115, solution.name));
        }
    }

    #[test]
    fn what_this_program_does_not_have_is_no_subject() {
        let known = cell(&Judge::default());
        assert!(Cell { problem: 1, ..known.clone() }.subject().is_none());
        // A word that chooses several solutions is the name of none.
        for name in ["nobody", "all", "broken"] {
            let other = Cell { solution: name.to_owned(), ..known.clone() };
            assert!(other.subject().is_none(), "{name}");
        }
    }

    #[test]
    fn a_worker_judges_as_it_was_asked_to() {
        let asked = particular();
        let written = serde_json::to_string(&cell(&asked)).expect("it can be written");
        let read: Cell = serde_json::from_str(&written).expect("it can be read");
        let stop = Stop::default();
        stop.raise(2);
        let judge = read.judge(problem(), &stop);
        let of_executions = |judge: &Judge| (judge.executions, judge.seed, judge.strategy);
        let of_limits = |judge: &Judge| (judge.time_limit, judge.limits, judge.shrink_steps);
        let of_machine = |judge: &Judge| (judge.cores, judge.noise, judge.site);
        assert_eq!(of_executions(&judge), of_executions(&asked));
        assert_eq!(of_limits(&judge), of_limits(&asked));
        assert_eq!(of_machine(&judge), of_machine(&asked));
        assert_eq!(judge.inputs, asked.inputs);
        assert_eq!(judge.stop.signal(), Some(2));
        assert!(judge.cache.is_none());
        assert_eq!(cell(&Judge { site: Site::Http, ..asked }).site, Site::Http);
    }

    #[test]
    fn a_cell_with_one_of_its_inputs_has_no_other() {
        let cell = cell(&particular());
        let name = problem().cases[1].name;
        assert_eq!(cell.inputs(), [name, "5"]);
        assert_eq!(cell.only(0).inputs(), [name]);
        assert_eq!(cell.only(1).inputs(), ["5"]);
        assert_eq!(cell.only(2).inputs(), [""; 0]);
        assert_eq!(cell.only(1).name(), cell.name());
    }

    #[test]
    fn every_task_is_about_its_cell() {
        let cell = cell(&Judge::default());
        for task in [
            Task::Judge(cell.clone()),
            Task::Verify(cell.clone(), Bounds::default()),
            Task::Replay(cell.clone(), Which::Drawn(1)),
            Task::Answer(cell.clone()),
            Task::Again(cell.clone(), Repeat::Execution(1)),
        ] {
            assert_eq!(task.cell().name(), cell.name());
        }
    }
}
