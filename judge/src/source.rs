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

/// The folders in which solutions lie, of a problem and one's own; what lies beside them is the harness.
const SOLUTIONS: [&str; 3] = ["/solutions/", "/broken/", "practice/"];

/// The text of `file`, as a source place names it: from the binary, or else from where it was
/// compiled. `None` if it is in neither.
pub(crate) fn source(file: &str) -> Option<String> {
    let file = file.replace('\\', "/");
    match within(&file).and_then(Problems::get) {
        Some(embedded) => String::from_utf8(embedded.data.into_owned()).ok(),
        None => fs::read_to_string(file).ok(),
    }
}

/// Whether `file` is the harness's: an interface, a checker, or what they are made of.
pub(crate) fn is_harness(file: &str) -> bool {
    let file = file.replace('\\', "/");
    within(&file).is_some_and(|file| {
        Problems::get(file).is_some() && !SOLUTIONS.iter().any(|folder| file.contains(folder))
    })
}

/// The part of `file` that says where in the folder of problems it lies.
fn within(file: &str) -> Option<&str> {
    file.rsplit_once(FOLDER).map(|(_, within)| within)
}

#[cfg(test)]
mod tests {
    use super::{is_harness, source};

    #[test]
    fn a_solution_is_found_wherever_it_was_compiled() {
        let file = "/elsewhere/problems/src/p1226_the_dining_philosophers/broken/left_first.rs";
        let text = source(file).expect("it is in the binary");
        assert!(text.contains("impl DiningPhilosophers for"), "{text}");
    }

    #[test]
    fn a_solution_is_not_the_harness_wherever_it_lies() {
        let problem = "/elsewhere/problems/src/p1242_web_crawler_multithreaded";
        for file in ["solutions/channel.rs", "broken/starter.rs"] {
            assert!(!is_harness(&format!("{problem}/{file}")), "{file}");
        }
        assert!(!is_harness("problems/src/practice/mod.rs"), "one's own answers lie there");
        assert!(is_harness(&format!("{problem}/model.rs")));
        assert!(is_harness("problems/src/log.rs"));
        assert!(!is_harness("problems/src/ones_own.rs"), "it is none of the judge's files");
        assert!(!is_harness("src/model.rs"));
    }

    #[test]
    fn what_is_nowhere_is_not_found() {
        assert_eq!(source("problems/src/nothing.rs"), None);
    }
}
