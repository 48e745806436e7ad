//! Speaking for the judge: records on the line to the supervisor, written by the solution.

use crate::{deeds, raw};

/// Writes `text` to whatever is open besides the standard streams: one of it is the line.
fn forge(text: &str) {
    raw::write_to(3..64, text.as_bytes());
}

/// A verdict that accepts the solution, as the worker would say it.
const ACCEPTED: &str = r#"{"Judged":{"verdict":"Accepted","executions":20,"cases":[{"case":"n1","coverage":{"executions":20,"seen":{"7":true},"level":0},"outputs":{"seen":[{"text":"foobar","times":20,"first":0}]}}],"elapsed":{"secs":0,"nanos":5}}}"#;

fn said(what: &str) -> String {
    format!("{{\"nonce\":\"00000000000000000000000000000000\",\"said\":{what}}}\n")
}

deeds! {
    Meddles "meddles" "writes to whatever is open" ["forbidden"; 2], before {
        raw::write_to(3..64, b"accepted\n");
    }
    Done "forged-done" "says that it is accepted" ["forbidden"; 2], before {
        forge(&said(&format!("{{\"Done\":{{\"answer\":{ACCEPTED},\"is_sound\":true}}}}")));
    }
    Found "forged-found" "says that it is accepted, and exits" ["forbidden"; 2], before {
        forge(&said(&format!("{{\"Found\":{ACCEPTED}}}")));
        std::process::exit(0)
    }
    Progress "forged-progress" "says for ever that it gets on" ["forbidden"; 2], before {
        loop {
            forge(&said("{\"Progress\":1}"));
        }
    }
    Broken "forged-broken" "says that the judge has failed" ["forbidden"; 2], before {
        forge(&said("{\"Broken\":\"the judge has failed\"}"));
    }
    Shapeless "forged-shape" "says what is JSON, and no record" ["forbidden"; 2], before {
        forge("{\"nonce\":5,\"said\":[]}\n");
    }
    Deep "forged-deep" "says what is nested a million times" ["forbidden"; 2], before {
        forge(&format!("{}\n", "[".repeat(1 << 20)));
    }
    Endless "forged-endless" "says what has no end" ["forbidden"; 2], before {
        let text = "7".repeat(1 << 16);
        loop {
            forge(&text);
        }
    }
    HangsUp "hangs-up" "hangs up on the judge" ["exited"; 2], before { raw::hang_up(3..64) }
    Instead "dup-line" "puts something else in the place of the line" ["exited"; 2], before {
        raw::replace(3..64);
    }
    Impatient "nonblocking" "has nobody wait for the judge" ["forbidden"; 2], before {
        raw::do_not_block(3..64);
    }
    OwnMemory "own-memory" "writes to its memory by way of a file" ["panicked"; 2], before {
        let file = std::fs::OpenOptions::new().write(true).open("/proc/self/mem");
        file.expect("it can be written");
    }
}
