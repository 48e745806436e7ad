//! The allocator of the command: the system's, which leaves word when there is no memory left.
//!
//! The kernel does the counting (`RLIMIT_DATA`): a counter of our own would cost every allocation,
//! and would not see what is mapped.

#![expect(unsafe_code, reason = "an allocator is an unsafe trait; this one hands all on as it is")]

use std::alloc::{GlobalAlloc, Layout, System};

use super::board::show_want;

/// The system's allocator. In a worker that runs out of memory it says so before the process dies.
#[derive(Clone, Copy, Debug, Default)]
pub struct Heap;

/// Has the system's allocator give back what is free. By itself it keeps as much as was once taken at
/// once: a record of a livelock is tens of megabytes, and leaves them all behind.
pub(crate) fn give_back() {
    #[cfg(target_env = "gnu")]
    // SAFETY: it moves nothing and takes no pointer; other threads may allocate meanwhile.
    unsafe {
        libc::malloc_trim(0);
    }
}

fn told(allocated: *mut u8, bytes: usize) -> *mut u8 {
    if allocated.is_null() {
        show_want(bytes);
    }
    allocated
}

// SAFETY: every call goes to the system's allocator with the arguments it came with, and what that
// answers is handed on. Leaving word allocates nothing.
unsafe impl GlobalAlloc for Heap {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller promises what the system's allocator asks for.
        told(unsafe { System.alloc(layout) }, layout.size())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: as above.
        told(unsafe { System.alloc_zeroed(layout) }, layout.size())
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        // SAFETY: as above.
        told(unsafe { System.realloc(block, layout, size) }, size)
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(block, layout) }
    }
}
