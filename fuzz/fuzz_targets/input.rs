//! Reads inputs of a user's own, whatever the text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| judge::fuzzing::input(text));
