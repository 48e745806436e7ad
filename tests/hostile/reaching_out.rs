//! Reaching for what is outside: processes, files, the network.

use std::{fs, net::TcpStream, process::Command};

use crate::{deeds, raw};

deeds! {
    Fork "fork" "forks" ["forbidden"; 2], before { raw::fork() }
    ForkBomb "fork-bomb" "forks for ever" ["forbidden"; 2], before {
        loop {
            raw::fork();
        }
    }
    Daemon "daemon" "leaves a process behind" ["forbidden"; 2], before { raw::daemon() }
    Echo "echo" "has another program answer" ["forbidden"; 2], before {
        let _ = Command::new("/bin/echo").arg("foobar").status();
    }
    Exec "exec" "becomes another program" ["forbidden"; 2], before { raw::exec() }
    KillParent "kill-parent" "kills the judge" ["forbidden"; 2], before { raw::kill_parent() }
    KillAll "kill-all" "kills everybody" ["forbidden"; 2], before { raw::kill(-1) }
    KillGroup "kill-group" "kills its group" ["forbidden"; 2], before { raw::kill(0) }
    VFork "vfork" "forks in the way that is hardly one" ["forbidden"; 2], before { raw::vfork() }
    Clone3 "clone3" "forks by the newest call" ["accepted"; 2], before { raw::clone3() }
    Group "group" "leaves its group, and forks twice" ["forbidden"; 2], before {
        raw::new_group();
        raw::daemon();
    }
    SignalsParent "signal-owner" "has the kernel signal the judge" ["forbidden"; 2], before {
        raw::own_by_parent(3..64);
    }
    Queue "queue-signal" "queues a signal for the judge" ["forbidden"; 2], before {
        raw::queue_signal();
    }
    X32 "x32" "forks by the number of another interface" ["forbidden"; 2], before {
        raw::fork_x32();
    }
    Compat "int80" "forks as a program of 32 bits" ["forbidden"; 2], before { raw::fork_int80() }
    Modes "chmod" "takes a folder's permissions away" ["forbidden"; 2], before {
        use std::os::unix::fs::PermissionsExt;
        let _ = fs::set_permissions("/tmp/judge-hostile", fs::Permissions::from_mode(0o000));
    }
    Owner "chown" "gives a file away" ["forbidden"; 2], before {
        let _ = std::os::unix::fs::chown("/tmp/judge-hostile", Some(1), Some(1));
    }
    Times "utimes" "changes when a file was written" ["forbidden"; 2], before { raw::set_times() }
    Links "links" "makes links to the judge's files" ["panicked"; 2], before {
        std::os::unix::fs::symlink("/etc/passwd", "/tmp/judge-hostile").expect("it can be made");
    }
    Socket "socket" "listens at a name" ["forbidden"; 2], before {
        let _ = std::os::unix::net::UnixListener::bind("/tmp/judge-hostile");
    }
    Session "session" "leaves its session" ["forbidden"; 2], before { raw::new_session() }
    Trace "trace" "debugs the judge" ["forbidden"; 2], before { raw::trace_parent() }
    Limits "limits" "raises its limits" ["forbidden"; 2], before { raw::raise_limits() }
    Connect "connect" "opens a connection" ["forbidden"; 2], before {
        let _ = TcpStream::connect("127.0.0.1:9");
    }
    ThreadBomb "thread-bomb" "starts threads for ever" ["too many threads"; 2], before {
        loop {
            let idle = || loop { std::thread::park() };
            let started = std::thread::Builder::new().stack_size(1 << 16).spawn(idle);
            if started.is_err() {
                std::thread::park();
            }
        }
    }
    Reads "reads" "reads a file" ["panicked"; 2], before {
        let text = fs::read_to_string("/etc/passwd");
        text.expect("it can be read");
    }
    Writes "writes" "writes a file" ["panicked"; 2], before {
        fs::write("/tmp/judge-hostile", "no").expect("it can be written");
    }
    Overwrites "overwrites" "writes over the program" ["panicked"; 2], before {
        let own = std::env::current_exe().expect("it is somewhere");
        fs::OpenOptions::new().write(true).open(own).expect("it can be opened");
    }
    Removes "removes" "removes a folder" ["panicked"; 2], before {
        fs::remove_dir_all("/tmp").expect("it can be removed");
    }
    Lists "lists" "looks into a folder" ["panicked"; 2], before {
        fs::read_dir("/").expect("it can be read");
    }
    FillsDisk "fills-disk" "fills the disk" ["panicked"; 2], before {
        let mut file = fs::File::create("/tmp/judge-hostile-disk").expect("it can be made");
        while std::io::Write::write_all(&mut file, &[0; 1 << 16]).is_ok() {}
    }
    OpensAll "opens-all" "opens files until there are no more" ["panicked"; 2], before {
        let mut open = Vec::new();
        loop {
            open.push(fs::File::open("/dev/null").expect("there is room for one more"));
        }
    }
    Terminal "terminal" "writes to the terminal" ["panicked"; 2], before {
        fs::write("/dev/tty", "accepted").expect("there is a terminal");
    }
}
