//! Memory that a worker shares with its supervisor, who can read it after the worker's death.
//!
//! The worker maps a file without a name; the supervisor only ever reads that file. All that is
//! written is atomic, so that a half-written board is merely out of date.

#![expect(unsafe_code, reason = "memory that is shared with another process is mapped here")]

use std::{
    array,
    fs::File,
    io,
    mem::{offset_of, size_of},
    os::unix::fs::FileExt,
    sync::{
        OnceLock,
        atomic::{AtomicU8, AtomicU64, Ordering::Relaxed},
    },
};

use engine::pulse::Pulse;
use memmap2::{MmapOptions, MmapRaw};

/// How many OS threads show their pulse.
const PULSES: usize = 64;

/// How many of the last steps are kept.
const LINES: usize = 16;

/// How many bytes of a line are kept.
const WIDTH: usize = 248;

/// What a worker shows. All zeros is a board that nothing has been written on.
#[repr(C)]
pub(crate) struct Board {
    pulses: [Pulse; PULSES],
    /// How many bytes were asked for when there were none left.
    wanted: AtomicU64,
    /// Where memory was touched that is not there.
    address: AtomicU64,
    /// Where the stack ended then.
    stack: AtomicU64,
    /// The number of a system call that is forbidden, plus one.
    call: AtomicU64,
    /// How many steps were told.
    told: AtomicU64,
    lines: [Line; LINES],
    panic: Line,
}

/// A line of text.
#[repr(C)]
struct Line {
    length: AtomicU64,
    bytes: [AtomicU8; WIDTH],
}

static BOARD: OnceLock<&'static Board> = OnceLock::new();

/// How large the file is, in bytes.
pub(crate) const SIZE: u64 = size_of::<Board>() as u64;

/// Maps `file`, which has [`SIZE`] bytes, as the board of this process.
///
/// # Errors
///
/// If the system does not allow it.
pub(crate) fn put_up(file: &File) -> io::Result<()> {
    let mapped: MmapRaw = MmapOptions::new().len(size_of::<Board>()).map_raw(file)?;
    #[expect(clippy::cast_ptr_alignment, reason = "a mapping begins at a page")]
    let start = mapped.as_ptr().cast::<Board>();
    std::mem::forget(mapped);
    // SAFETY: the mapping is as large as a board, begins at a page, which aligns it, and is never
    // unmapped. A board consists of atomics alone, for which any bytes are a value, and whoever else
    // maps the file can only change those.
    let board = unsafe { &*start };
    BOARD.get_or_init(|| board);
    engine::pulse::show(&board.pulses);
    engine::pulse::tell_panics(|message| board_of(|board| board.panic.write(message)));
    Ok(())
}

/// From here on the steps of executions are written down.
pub(crate) fn show_steps() {
    engine::pulse::tell_steps(|step| board_of(|board| board.tell(step)));
}

/// Nothing that stands there is of the job that begins.
pub(crate) fn wipe() {
    board_of(|board| {
        let Board { wanted, address, stack, call, told, panic, .. } = board;
        for cell in [wanted, address, stack, call, told, &panic.length] {
            cell.store(0, Relaxed);
        }
    });
}

/// There is no room for so many bytes. Allocates nothing.
pub(crate) fn show_want(bytes: usize) {
    board_of(|board| board.wanted.store(bytes as u64, Relaxed));
}

/// Memory was touched that is not there. For signal handlers.
pub(super) fn show_fault(address: u64, stack: u64) {
    board_of(|board| {
        board.address.store(address, Relaxed);
        board.stack.store(stack, Relaxed);
    });
}

/// A system call was refused. For signal handlers.
pub(super) fn show_call(number: u64) {
    board_of(|board| board.call.store(number + 1, Relaxed));
}

fn board_of(write: impl FnOnce(&'static Board)) {
    if let Some(board) = BOARD.get() {
        write(board);
    }
}

impl Board {
    fn tell(&self, step: &str) {
        let told = self.told.load(Relaxed);
        self.lines[usize::try_from(told).unwrap_or_default() % LINES].write(step);
        self.told.store(told + 1, Relaxed);
    }
}

impl Line {
    fn write(&self, text: &str) {
        let length = text.floor_char_boundary(WIDTH.min(text.len()));
        for (cell, byte) in self.bytes.iter().zip(&text.as_bytes()[..length]) {
            cell.store(*byte, Relaxed);
        }
        self.length.store(length as u64, Relaxed);
    }
}

/// What stood on a board when it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Sight {
    /// Those OS threads that have run executions.
    pub(crate) pulses: Vec<Beat>,
    pub(crate) wanted: Option<u64>,
    pub(crate) fault: Option<(u64, u64)>,
    pub(crate) call: Option<u64>,
    /// The last steps, the last one last.
    pub(crate) last: Vec<String>,
    pub(crate) panic: Option<String>,
}

/// What one OS thread is about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Beat {
    pub(crate) beats: u64,
    pub(crate) execution: u64,
    pub(crate) thread: u64,
    pub(crate) begun: u64,
    pub(crate) subject: u64,
}

impl Sight {
    /// Reads the board that lies in `file`.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or has been cut off.
    pub(crate) fn of(file: &File) -> io::Result<Self> {
        let mut bytes = vec![0; size_of::<Board>()];
        file.read_exact_at(&mut bytes, 0)?;
        Ok(Self::read(&bytes))
    }

    fn read(bytes: &[u8]) -> Self {
        let pulse = |index: usize| Beat::read(bytes, index * size_of::<Pulse>());
        let [wanted, address, stack, call, told] = [
            offset_of!(Board, wanted),
            offset_of!(Board, address),
            offset_of!(Board, stack),
            offset_of!(Board, call),
            offset_of!(Board, told),
        ]
        .map(|at| number(bytes, at));
        let line = |index: u64| {
            let index = usize::try_from(index).unwrap_or_default() % LINES;
            text(bytes, offset_of!(Board, lines) + index * size_of::<Line>())
        };
        let some = |number: u64| (number != 0).then_some(number);
        Self {
            pulses: (0..PULSES).map(pulse).filter(|pulse| pulse.begun > 0).collect(),
            wanted: some(wanted),
            fault: some(stack).map(|stack| (address, stack)),
            call: some(call).map(|call| call - 1),
            last: (told.saturating_sub(LINES as u64)..told).map(line).collect(),
            panic: Some(text(bytes, offset_of!(Board, panic))).filter(|text| !text.is_empty()),
        }
    }

    /// Goes up as long as executions get on.
    pub(crate) fn beats(&self) -> u64 {
        self.pulses.iter().fold(0, |sum, pulse| sum.wrapping_add(pulse.beats))
    }

    /// What those threads are about that do not rest.
    pub(crate) fn busy(&self) -> impl DoubleEndedIterator<Item = &Beat> {
        self.pulses.iter().filter(|pulse| pulse.execution > 0)
    }

    /// How many executions have begun.
    pub(crate) fn begun(&self) -> u64 {
        self.pulses.iter().fold(0, |sum, pulse| sum.wrapping_add(pulse.begun))
    }
}

impl Beat {
    fn read(bytes: &[u8], at: usize) -> Self {
        let [beats, execution, thread, begun, subject] = [
            offset_of!(Pulse, beats),
            offset_of!(Pulse, execution),
            offset_of!(Pulse, thread),
            offset_of!(Pulse, begun),
            offset_of!(Pulse, subject),
        ]
        .map(|field| number(bytes, at + field));
        Self { beats, execution, thread, begun, subject }
    }
}

fn number(bytes: &[u8], at: usize) -> u64 {
    let word: [u8; 8] = array::from_fn(|index| bytes[at + index]);
    u64::from_ne_bytes(word)
}

fn text(bytes: &[u8], at: usize) -> String {
    let line = &bytes[at..];
    let length = number(line, offset_of!(Line, length));
    let length = usize::try_from(length).unwrap_or(WIDTH).min(WIDTH);
    String::from_utf8_lossy(&line[offset_of!(Line, bytes)..][..length]).into_owned()
}

#[cfg(test)]
mod tests {
    use std::mem::size_of;

    use super::{Board, LINES, SIZE, Sight, WIDTH, board_of};

    #[test]
    fn nothing_is_read_from_an_empty_board() {
        assert_eq!(Sight::read(&vec![0; size_of::<Board>()]), Sight::default());
    }

    #[test]
    fn whatever_a_solution_has_written_over_it_can_be_read() {
        let sight = Sight::read(&vec![0xff; size_of::<Board>()]);
        assert!(sight.panic.is_some());
        assert_eq!(sight.last.len(), super::LINES);
    }
    #[test]
    fn what_is_written_on_it_is_read_until_it_is_wiped() {
        let file = tempfile::tempfile().expect("there is room for a file");
        file.set_len(SIZE).expect("it can grow");
        super::put_up(&file).expect("it can be mapped");
        super::show_want(4096);
        super::show_fault(16, 8192);
        super::show_call(41);
        let told = LINES + 3;
        for step in 0..told {
            board_of(|board| board.tell(&format!("step {step}")));
        }
        board_of(|board| board.panic.write(&"é".repeat(WIDTH)));
        let sight = Sight::of(&file).expect("it can be read");
        assert_eq!(
            (sight.wanted, sight.fault, sight.call),
            (Some(4096), Some((16, 8192)), Some(41))
        );
        assert_eq!(sight.last.len(), LINES);
        assert_eq!(sight.last.first().map(String::as_str), Some("step 3"));
        assert_eq!(sight.last.last().map(String::as_str), Some("step 18"));
        // Tests beside this one may have panicked since.
        assert!(sight.panic.is_some_and(|text| text.len() <= WIDTH));

        super::wipe();
        let sight = Sight::of(&file).expect("it can be read");
        assert_eq!((sight.wanted, sight.fault, sight.call), (None, None, None));
        assert_eq!(sight.last, [""; 0]);
        assert!(Sight::of(&tempfile::tempfile().expect("there is room")).is_err());
    }

    #[test]
    fn pulses_are_read_from_where_they_stand() {
        let mut bytes = vec![0; size_of::<Board>()];
        let mut write = |pulse: usize, field: usize, number: u64| {
            let at = pulse * size_of::<super::Pulse>() + field;
            bytes[at..at + 8].copy_from_slice(&number.to_ne_bytes());
        };
        for (pulse, [beats, execution, begun]) in [(0, [5, 0, 3]), (2, [7, 9, 4])] {
            write(pulse, std::mem::offset_of!(super::Pulse, beats), beats);
            write(pulse, std::mem::offset_of!(super::Pulse, execution), execution);
            write(pulse, std::mem::offset_of!(super::Pulse, begun), begun);
        }
        let sight = Sight::read(&bytes);
        assert_eq!((sight.pulses.len(), sight.beats(), sight.begun()), (2, 12, 7));
        let busy: Vec<u64> = sight.busy().map(|pulse| pulse.execution).collect();
        assert_eq!(busy, [9]);
    }
}
