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
    Meddles "meddles" "writes to whatever is open" ["forbidden"; 2], before {
        raw::write_to(3..64, b"accepted\n");
    }
}
