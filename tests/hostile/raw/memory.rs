//! Touching memory that is not there, and taking it away.

use std::ptr;

/// Reads from `address`.
pub(crate) fn read(address: usize) {
    let byte = ptr::with_exposed_provenance::<u8>(std::hint::black_box(address));
    // SAFETY: none. The process dies of it, and that is looked at.
    std::hint::black_box(unsafe { byte.read_volatile() });
}

/// Writes to `address`.
pub(crate) fn write(address: usize) {
    let byte = ptr::with_exposed_provenance_mut::<u8>(std::hint::black_box(address));
    // SAFETY: none. The process dies of it, and that is looked at.
    unsafe { byte.write_volatile(1) };
}

/// Writes to memory that holds constants.
pub(crate) fn write_constant() {
    static TEXT: &str = "a constant";
    let byte = std::hint::black_box(TEXT.as_ptr().cast_mut());
    // SAFETY: none. The process dies of it, and that is looked at.
    unsafe { byte.write_volatile(1) };
}

/// Maps memory and writes to it until there is none.
pub(crate) fn map_for_ever() {
    const SIZE: usize = 64 << 20;
    let (access, kind) =
        (libc::PROT_READ | libc::PROT_WRITE, libc::MAP_PRIVATE | libc::MAP_ANONYMOUS);
    loop {
        // SAFETY: the kernel picks a place where nothing is.
        let mapped = unsafe { libc::mmap(ptr::null_mut(), SIZE, access, kind, -1, 0) };
        assert!(mapped != libc::MAP_FAILED, "there is room for one more");
        for page in (0..SIZE).step_by(4096) {
            // SAFETY: it lies within what was mapped.
            unsafe { mapped.cast::<u8>().add(page).write_volatile(1) };
        }
    }
}

/// Has `act` do something to three pages, in which the caller's frame ends. They lie far below where a
/// thread's stack begins: the kernel writes there too, to what the C library keeps of the thread, and
/// a thread that it finds nothing there for dies of another thing.
#[inline(never)]
fn with_own_pages(act: impl FnOnce(*mut libc::c_void)) {
    let frame = std::hint::black_box([0u8; 32 << 10]);
    let page = (frame.as_ptr().addr() & !4095) as *mut libc::c_void;
    act(page.wrapping_byte_sub(4096));
    std::hint::black_box(frame);
}

/// Gives back the pages that its frame lies in.
pub(crate) fn unmap_stack() {
    // SAFETY: none. The process dies of it, and that is looked at.
    with_own_pages(|pages| unsafe {
        libc::munmap(pages, 3 * 4096);
    });
}

/// Gives back everything below the stack.
pub(crate) fn unmap_all() {
    // SAFETY: none. The process dies of it, and that is looked at.
    unsafe { libc::munmap(ptr::null_mut(), 0x7fff_0000_0000) };
}

/// Makes the pages that its frame lies in unreadable.
pub(crate) fn protect_stack() {
    // SAFETY: none. The process dies of it, and that is looked at.
    with_own_pages(|pages| unsafe {
        libc::mprotect(pages, 3 * 4096, libc::PROT_NONE);
    });
}

/// Keeps all memory from being swapped out.
pub(crate) fn lock_all() {
    // SAFETY: it touches no memory.
    unsafe { libc::mlockall(libc::MCL_CURRENT | libc::MCL_FUTURE) };
}
