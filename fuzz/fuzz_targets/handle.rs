//! Reads names of executions, whatever the text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| judge::fuzzing::handle(text));
