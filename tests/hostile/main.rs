//! The `judge` command once more, which can also be asked for the hostile solutions.

use std::{process::ExitCode, sync::OnceLock};

use judge::problems::Solution;

#[global_allocator]
static HEAP: judge::Heap = judge::Heap;

fn main() -> ExitCode {
    static HIDDEN: OnceLock<Vec<(u16, Solution)>> = OnceLock::new();
    let hidden = || hostile::all().map(|hostile| (hostile::PROBLEM, hostile.solution)).collect();
    judge::cli::main_with(HIDDEN.get_or_init(hidden)).into()
}
