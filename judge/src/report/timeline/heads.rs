//! The columns of a timeline: which tasks have one, what stands above it, how wide it is.

use sync::control::TaskId;

/// How many columns there are at the most.
const MOST: usize = 8;

/// How many characters full names may take together.
const ROOM: usize = 30;

/// How many characters of a name stand in a line.
const NAME: usize = 16;

/// The columns of a timeline, in the order of the tasks.
pub(super) struct Heads {
    columns: Vec<(TaskId, String)>,
    /// How wide the names are that stand in the lines; nothing if the columns say it all.
    names: Option<usize>,
}

impl Heads {
    /// Columns for the tasks that `shown` names, the last of them if there are too many.
    pub(super) fn new(shown: impl Iterator<Item = TaskId>, names: &[String]) -> Self {
        let mut tasks: Vec<TaskId> = Vec::new();
        let latest_first = shown.collect::<Vec<_>>().into_iter().rev();
        for task in latest_first {
            if !tasks.contains(&task) && tasks.len() < MOST {
                tasks.push(task);
            }
        }
        tasks.sort_unstable();
        let name = |task: &TaskId| names.get(*task).cloned().unwrap_or_default();
        let full: Vec<String> = tasks.iter().map(name).collect();
        let width = |names: &[String]| names.iter().map(|n| n.chars().count()).collect::<Vec<_>>();
        if width(&full).iter().map(|width| width + 2).sum::<usize>() <= ROOM {
            return Self { columns: tasks.into_iter().zip(full).collect(), names: None };
        }
        let widest = width(names).into_iter().max().unwrap_or_default().min(NAME);
        let columns = tasks.into_iter().zip(short(&full)).collect();
        Self { columns, names: Some(widest) }
    }

    /// Whether `task` has a column.
    pub(super) fn has(&self, task: TaskId) -> bool {
        self.columns.iter().any(|(other, _)| *other == task)
    }

    /// How many characters wide they are together.
    pub(super) fn width(&self) -> usize {
        self.columns.iter().map(|(_, head)| head.chars().count() + 2).sum()
    }

    /// The line above them.
    pub(super) fn header(&self) -> String {
        self.columns.iter().fold(String::new(), |line, (_, head)| line + head + "  ")
    }

    /// A line of them, of what `glyph` gives.
    pub(super) fn lanes(&self, glyph: impl Fn(TaskId) -> &'static str) -> String {
        let lane = |(task, head): &(TaskId, String)| {
            format!("{:<width$}  ", glyph(*task), width = head.chars().count())
        };
        self.columns.iter().map(lane).collect()
    }

    /// What stands in a line to say whose it is.
    pub(super) fn name(&self, name: &str) -> String {
        match self.names {
            None => String::new(),
            Some(width) => format!("{:<width$}  ", super::cut(name, width)),
        }
    }
}

/// Heads that differ: the initial and the number, and more letters where two are the same.
fn short(names: &[String]) -> Vec<String> {
    let head = |name: &str, letters: usize| {
        let word: String = name.chars().take(letters).filter(|c| c.is_alphanumeric()).collect();
        let number = name.chars().rev().take_while(char::is_ascii_digit).count();
        let number = name.chars().skip(name.chars().count() - number);
        word.chars().chain(number).collect::<String>()
    };
    let heads = |letters| names.iter().map(|name| head(name, letters)).collect::<Vec<_>>();
    let differ = |heads: &Vec<String>| {
        let mut sorted = heads.clone();
        sorted.sort_unstable();
        sorted.dedup();
        sorted.len() == heads.len()
    };
    (1..=4)
        .map(heads)
        .find(differ)
        .unwrap_or_else(|| (0..names.len()).map(|index| index.to_string()).collect())
}

#[cfg(test)]
mod tests {
    use super::{Heads, short};

    fn owned(names: &[&str]) -> Vec<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn short_names_stand_above_their_columns() {
        let heads = Heads::new([1, 2, 1].into_iter(), &owned(&["main", "foo", "bar"]));
        assert_eq!((heads.header().as_str(), heads.name("foo").as_str()), ("foo  bar  ", ""));
    }

    #[test]
    fn long_names_are_shortened_to_what_tells_them_apart() {
        assert_eq!(short(&owned(&["philosopher 0", "philosopher 1"])), ["p0", "p1"]);
        assert_eq!(short(&owned(&["fizz", "buzz", "fizzbuzz", "number"])).len(), 4);
        assert_eq!(short(&owned(&["hydrogen #2", "oxygen #0", "main"])), ["h2", "o0", "m"]);
        assert_eq!(short(&owned(&["same", "same"])), ["0", "1"]);
    }

    #[test]
    fn of_many_tasks_the_latest_are_shown() {
        let names: Vec<String> = (0..40).map(|number| format!("task {number}")).collect();
        let heads = Heads::new(0..40, &names);
        assert_eq!((heads.columns.len(), heads.columns[0].0), (8, 32));
        assert!(heads.width() <= 40);
    }
}
