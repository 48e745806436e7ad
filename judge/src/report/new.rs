//! What `judge new` says.

use std::path::Path;

use problems::Problem;

/// Where the file is, and what to run next.
pub fn written(problem: &Problem, name: &str, file: &Path) -> String {
    format!(
        "{} is yours now; it compiles, and does not wait for anything yet.\n\n  \
         cargo judge show {number}\n  cargo judge run {number} --impl {name}\n",
        file.display(),
        number = problem.number,
    )
}
