//! Printing, and what can be done to those who read it.

use std::io::Write;

use crate::{deeds, raw};

/// Writes `text` to stdout.
fn say(text: &str) {
    let _ = std::io::stdout().write_all(text.as_bytes());
}

deeds! {
    Flood "flood-stdout" "prints for ever" ["too much output"; 2], before {
        loop {
            say("foobarfoobarfoobarfoobar\n");
        }
    }
    FloodErrors "flood-stderr" "complains for ever" ["too much output"; 2], before {
        loop {
            let _ = std::io::stderr().write_all(b"no\n");
        }
    }
    FloodLine "flood-line" "prints one line without an end" ["too much output"; 2], before {
        loop {
            say("no");
        }
    }
    Whisper "whisper" "prints a word" ["accepted"; 2], before {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| say("foobar\n"));
    }
    Escapes "escapes" "prints what a terminal obeys, and aborts" ["aborted"; 2], before {
        say("\u{1b}[2J\u{1b}]0;accepted\u{7}\n");
        std::process::abort()
    }
    Forged "forged" "prints a verdict, and exits" ["exited"; 2], before {
        say("{\"Done\":{\"nonce\":\"\",\"report\":{\"verdict\":\"Accepted\"}}}\n");
        std::process::exit(0)
    }
    Closed "closed" "closes stdout and stderr" ["accepted"; 2], before { raw::close(1..3) }
    AllClosed "closed-all" "closes whatever is open" ["aborted"; 2], before { raw::close(3..64) }
    ClosedIn "closed-stdin" "closes stdin, stdout and stderr" ["accepted"; 2], before {
        raw::close(0..3);
    }
    AtOnce "flood-once" "prints forty megabytes at once" ["too much output"; 2], before {
        say(&"foobar ".repeat(5 << 20));
    }
    Bytes "bytes" "prints what is no text, and aborts" ["aborted"; 2], before {
        let _ = std::io::stdout().write_all(&[0, 0xff, 0xfe, 0xc3, b'\n', 0xed, 0xa0, 0x80]);
        std::process::abort()
    }
    Shuffled "debug" "prints to stderr while others do" ["accepted"; 2], before {
        static ONCE: std::sync::Once = std::sync::Once::new();
        ONCE.call_once(|| {
            let lines = "a line of debug output\n".repeat(1000);
            let _ = std::io::stderr().write_all(lines.as_bytes());
        });
    }
}
