//! How soon each strategy finds the bugs of the corpus, beside shuttle: the table in `POWER.md`.

#![expect(clippy::print_stdout, reason = "the table is what this is for")]

use std::{
    cmp::Ordering::{self, Equal, Less},
    panic,
    sync::Arc,
};

use benches::{
    hunt::{Hunter, Prey},
    tally::Tally,
};
use clap::{Parser, ValueEnum};
use corpus::{Program, further, later};

/// How soon each strategy finds the bugs of the corpus, beside shuttle
#[derive(Debug, Parser)]
struct Options {
    /// How many seeds each gets
    #[arg(long, default_value_t = 100)]
    seeds: u64,

    /// The most executions for each seed
    #[arg(long, default_value_t = 10_000)]
    executions: u64,

    /// Which programs
    #[arg(long, value_enum, default_value_t)]
    list: List,

    /// Only these of the table's columns
    #[arg(long, value_delimiter = ',')]
    only: Vec<String>,

    /// Only programs whose names begin so
    programs: Vec<String>,
}

/// A list of programs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
enum List {
    /// Those that the literature measures with
    #[default]
    Known,
    /// Those of other shapes that were looked at when the default strategy was made
    LookedAt,
    /// Those that were not
    KeptAside,
    /// Those that were written down afterwards
    Unseen,
}

impl List {
    /// Its programs, on our primitives and on shuttle's.
    fn programs(self) -> Vec<Entry> {
        use shuttle_corpus::further as theirs;
        let pairs = |ours: &[Program], theirs: &[shuttle_corpus::Program]| -> Vec<Entry> {
            let pair = |(ours, theirs): (&Program, &shuttle_corpus::Program)| Entry {
                name: ours.name,
                ours: ours.wrong,
                theirs: theirs.wrong,
            };
            ours.iter().zip(theirs).map(pair).collect()
        };
        match self {
            Self::Known => {
                let mut known = pairs(corpus::ALL, shuttle_corpus::ALL);
                known.extend(pairs(&[corpus::SAFE_STACK], &[shuttle_corpus::SAFE_STACK]));
                known
            }
            Self::LookedAt => pairs(further::LOOKED_AT, theirs::LOOKED_AT),
            Self::KeptAside => pairs(further::KEPT_ASIDE, theirs::KEPT_ASIDE),
            Self::Unseen => pairs(later::UNSEEN, shuttle_corpus::later::UNSEEN),
        }
    }
}

/// A program on both.
struct Entry {
    name: &'static str,
    ours: fn(),
    theirs: fn(),
}

impl Options {
    /// Whether the program is measured: the one that hardly anybody finds only if it is named.
    fn wants(&self, program: &str) -> bool {
        let is_named = self.programs.iter().any(|name| program.starts_with(name.as_str()));
        is_named || (self.programs.is_empty() && program != corpus::SAFE_STACK.name)
    }
}

/// Who has missed a bug with so many seeds, and found it with none, gets no more.
const HOPELESS: u64 = 5;

/// The programs that are measured, under a heading.
struct Table {
    heading: &'static str,
    ours: fn(fn()),
    theirs: fn(fn()),
}

const TABLES: [Table; 3] = [
    Table { heading: "as they are", ours: |program| program(), theirs: |program| program() },
    Table {
        heading: "with bystanders, each on its own",
        ours: corpus::padded::alone,
        theirs: shuttle_corpus::padded::alone,
    },
    Table {
        heading: "with bystanders that have something in common",
        ours: corpus::padded::together,
        theirs: shuttle_corpus::padded::together,
    },
];

fn main() {
    // Every bug that is found is a panic.
    panic::set_hook(Box::new(|_| ()));
    let options = Options::parse();
    let is_wanted = |name: &String| options.only.is_empty() || options.only.contains(name);
    let hunters: Vec<Hunter> =
        Hunter::all().into_iter().filter(|hunter| is_wanted(&hunter.name())).collect();
    for table in TABLES {
        table.print(&hunters, &options);
    }
}

impl Table {
    fn print(&self, hunters: &[Hunter], options: &Options) {
        let names: Vec<String> = hunters.iter().map(|hunter| hunter.name()).collect();
        println!("\n{}\n\n| program | {} |", self.heading, names.join(" | "));
        println!("| --- |{}", " --- |".repeat(names.len()));
        let mut rows = Vec::new();
        for Entry { name, ours, theirs } in options.list.programs() {
            if options.wants(name) {
                let row = self.row(hunters, options, (ours, theirs));
                let cells: Vec<String> = row.iter().map(Tally::to_string).collect();
                println!("| {name} | {} |", cells.join(" | "));
                rows.push(row);
            }
        }
        let sums: Vec<String> = (0..names.len()).map(|column| sum(&rows, column)).collect();
        println!("| sum of the means | {} |", sums.join(" | "));
        if let (Some(Hunter::Engine(_)), Some(theirs)) = (hunters.first(), first_peer(hunters)) {
            let better = rows.iter().filter(|row| compare(row, theirs) == Some(Less)).count();
            let equal = rows.iter().filter(|row| compare(row, theirs) == Some(Equal)).count();
            println!(
                "\n{} is below the best of shuttle's in {better} of {}, and as good in {equal}",
                names[0],
                rows.len()
            );
        }
    }

    fn row(
        &self,
        hunters: &[Hunter],
        options: &Options,
        (ours, theirs): (fn(), fn()),
    ) -> Vec<Tally> {
        let (run_ours, run_theirs) = (self.ours, self.theirs);
        let prey = Prey {
            ours: Arc::new(move || run_ours(ours)),
            theirs: Arc::new(move || run_theirs(theirs)),
        };
        hunters.iter().map(|&hunter| tally(hunter, &prey, options)).collect()
    }
}

fn tally(hunter: Hunter, prey: &Prey, options: &Options) -> Tally {
    let mut tally = Tally::default();
    for seed in 0..options.seeds {
        tally.note(hunter.hunt(prey, seed, options.executions));
        if tally.found() == 0 && seed + 1 == HOPELESS {
            break;
        }
    }
    tally
}

/// The sum of one column's means, and how many programs it has none for.
fn sum(rows: &[Vec<Tally>], column: usize) -> String {
    // Not `sum`: of nothing, that is -0.
    let sum = rows.iter().filter_map(|row| row[column].mean()).fold(0.0, |sum, mean| sum + mean);
    let never = rows.iter().filter(|row| row[column].mean().is_none()).count();
    if never == 0 { format!("{sum:.0}") } else { format!("{sum:.0}, and {never} never") }
}

/// The first column that is shuttle's.
fn first_peer(hunters: &[Hunter]) -> Option<usize> {
    hunters.iter().position(|hunter| matches!(hunter, Hunter::Shuttle(_)))
}

/// The first column's mean beside the best of the columns from number `theirs` on.
fn compare(row: &[Tally], theirs: usize) -> Option<Ordering> {
    let best = row[theirs..].iter().filter_map(Tally::mean).fold(f64::INFINITY, f64::min);
    row[0].mean().and_then(|mine| mine.partial_cmp(&best))
}
