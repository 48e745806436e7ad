//! The `judge` command.

use std::process::ExitCode;

/// Says in a worker when it runs out of memory.
#[global_allocator]
static HEAP: judge::Heap = judge::Heap;

fn main() -> ExitCode {
    judge::cli::main().into()
}
