//! Packages: who may know whom, and what each begins with.

use super::{File, HOUSES, none, sources};

/// The houses that `house` knows, by its manifest.
fn known_to(house: &str) -> Vec<&'static str> {
    let manifest = File::read(&format!("{house}/Cargo.toml"));
    let mut known = Vec::new();
    let mut in_dependencies = false;
    for line in manifest.text.lines() {
        if let Some(section) = line.strip_prefix('[') {
            in_dependencies = section.contains("dependencies");
        } else if in_dependencies {
            let name = line.split(['.', ' ', '=']).next().unwrap_or_default();
            known.extend(HOUSES.into_iter().filter(|house| *house == name));
        }
    }
    known.sort_unstable();
    known.dedup();
    known
}

#[track_caller]
fn knows(house: &str, others: &[&str]) {
    assert_eq!(known_to(house), others, "{house}/Cargo.toml");
}

#[test]
fn arrows_go_one_way() {
    knows("sync", &[]);
    knows("engine", &["sync"]);
    knows("problems", &["sync"]);
    knows("web", &["problems", "sync"]);
    knows("judge", &["engine", "problems", "sync", "web"]);
    knows("tests", &["engine", "judge", "problems", "sync", "web"]);
}

#[test]
fn nobody_knows_the_tests_or_the_measurements() {
    for house in HOUSES {
        let known = known_to(house);
        assert!(
            !known.contains(&"tests") && !known.contains(&"benches"),
            "{house} knows {known:?}"
        );
    }
}

#[test]
fn every_crate_says_what_it_is() {
    let is_root = |file: &File| {
        let path = file.path.as_str();
        path.ends_with("src/lib.rs") || path.ends_with("main.rs") || path.contains("/benches/")
    };
    let silent = sources().into_iter().filter(is_root).filter(|file| {
        !file.text.starts_with("//! ") && !file.text.starts_with("#![doc = include_str!")
    });
    none(silent.map(|file| file.path), "a crate that does not say what it is");
}
