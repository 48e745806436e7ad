//! The supervisor's end of the line to a worker: records, one a line, without ever waiting for long.

use std::{
    io::{self, PipeReader, Read, Write},
    os::unix::net::UnixStream,
    time::Duration,
};

use rustix::{
    event::{PollFd, PollFlags, Timespec, poll},
    io::Errno,
};
use serde::Serialize;

use super::SupervisorError;
use crate::worker::reply::Reply;

/// How much is read at once, in bytes.
pub(super) const BUFFER: usize = 1 << 14;

/// How much is taken before somebody looks at it, in bytes: a record of ours is a megabyte or two.
const GULP: usize = 1 << 20;

/// How long to wait for something to happen before looking at the clock.
pub(super) const PAUSE: Duration = Duration::from_millis(20);

/// How large a record may be, in bytes.
const RECORD: usize = 64 << 20;

/// A line to a worker, which does not block.
#[derive(Debug)]
pub(super) struct Line {
    stream: UnixStream,
    /// What has come of a record so far.
    inbox: Vec<u8>,
    /// How much of that has been looked through for its end.
    searched: usize,
    /// Whether anything has come since somebody asked.
    has_come: bool,
}

/// A record that has come.
pub(super) enum Heard {
    Reply(Reply),
    /// It is none of a worker of ours.
    Garbled,
}

impl Line {
    pub(super) fn new(stream: UnixStream) -> Self {
        Self { stream, inbox: Vec::new(), searched: 0, has_come: false }
    }

    /// Sends one value. If nobody is there, that is noticed when somebody listens.
    pub(super) fn send(&mut self, message: &impl Serialize) -> Result<(), SupervisorError> {
        let failed = |error: serde_json::Error| SupervisorError::Line(error.into());
        let mut line = serde_json::to_vec(message).map_err(failed)?;
        line.push(b'\n');
        let mut rest = &line[..];
        while !rest.is_empty() {
            match self.stream.write(rest) {
                Ok(written) => rest = &rest[written..],
                Err(error) if error.kind() == io::ErrorKind::WouldBlock => {
                    wait(&mut [PollFd::new(&self.stream, PollFlags::OUT)])
                        .map_err(SupervisorError::Line)?;
                }
                Err(_) => break,
            }
        }
        Ok(())
    }

    /// Waits until something has come, on the line or from `output`, for a while.
    pub(super) fn wait(&self, output: Option<&PipeReader>) -> io::Result<()> {
        let mut ends = vec![PollFd::new(&self.stream, PollFlags::IN)];
        ends.extend(output.map(|output| PollFd::new(output, PollFlags::IN)));
        wait(&mut ends)
    }

    /// Takes what has come, but no more than [`GULP`] of it; `false` if the other end has hung up.
    /// Whoever writes without end would fill the memory before anybody looks at what is written.
    pub(super) fn take(&mut self) -> io::Result<bool> {
        let mut buffer = [0; BUFFER];
        for _ in 0..GULP / BUFFER {
            match self.stream.read(&mut buffer) {
                Ok(0) => return Ok(false),
                Ok(length) => {
                    self.inbox.extend(&buffer[..length]);
                    self.has_come = true;
                }
                Err(error) => match error.kind() {
                    io::ErrorKind::WouldBlock => return Ok(true),
                    io::ErrorKind::Interrupted => {}
                    io::ErrorKind::ConnectionReset => return Ok(false),
                    _ => return Err(error),
                },
            }
        }
        Ok(true)
    }

    /// Whether anything has come since this was asked last, be it a part of a record.
    pub(super) fn has_come(&mut self) -> bool {
        std::mem::take(&mut self.has_come)
    }

    /// The first record that has come whole.
    pub(super) fn reply(&mut self) -> Option<Heard> {
        let fresh = &self.inbox[self.searched..];
        let Some(end) = fresh.iter().position(|&byte| byte == b'\n') else {
            self.searched = self.inbox.len();
            return (self.inbox.len() > RECORD).then_some(Heard::Garbled);
        };
        let end = self.searched + end;
        // Both processes are the same program, so no worker of ours writes anything else.
        let heard = serde_json::from_slice(&self.inbox[..end]).map_or(Heard::Garbled, Heard::Reply);
        self.inbox.drain(..=end);
        self.searched = 0;
        if self.inbox.is_empty() {
            // A record with many classes is a megabyte: that is not kept for ever.
            self.inbox = Vec::new();
        }
        Some(heard)
    }
}

fn wait(ends: &mut [PollFd<'_>]) -> io::Result<()> {
    let pause = Timespec::try_from(PAUSE).map_err(io::Error::other)?;
    match poll(ends, Some(&pause)) {
        // A signal has come: whoever wants to know looks.
        Ok(_) | Err(Errno::INTR) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
