//! The source of solutions, which lies in the binary: an installed judge needs no checkout.

use std::fs;

use rust_embed::RustEmbed;

/// Every Rust file of the problems.
#[derive(RustEmbed)]
#[folder = "../problems/src"]
#[include = "*.rs"]
struct Problems;

/// Where the embedded files lie, as the compiler names them.
const FOLDER: &str = "problems/src/";

/// The text of `file`, as a source place names it: from the binary, or else from where it was
/// compiled. `None` if it is in neither.
pub(crate) fn source(file: &str) -> Option<String> {
    let file = file.replace('\\', "/");
    let within = file.rsplit_once(FOLDER).map(|(_, within)| within);
    match within.and_then(Problems::get) {
        Some(embedded) => String::from_utf8(embedded.data.into_owned()).ok(),
        None => fs::read_to_string(file).ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::source;

    #[test]
    fn a_solution_is_found_wherever_it_was_compiled() {
        let file = "/elsewhere/problems/src/p1226_the_dining_philosophers/broken/left_first.rs";
        let text = source(file).expect("it is in the binary");
        assert!(text.contains("impl DiningPhilosophers for"), "{text}");
    }

    #[test]
    fn what_is_nowhere_is_not_found() {
        assert_eq!(source("problems/src/nothing.rs"), None);
    }
}
