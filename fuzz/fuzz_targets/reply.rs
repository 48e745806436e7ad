//! Reads what a worker says, whatever the bytes, and tells it in every format.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|line: &[u8]| judge::fuzzing::reply(line));
