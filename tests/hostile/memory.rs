//! Wanting more memory than there is.

use crate::{deeds, raw};

deeds! {
    Pieces "memory-pieces" "takes a megabyte at a time, for ever" ["out of memory"; 2], before {
        let mut all: Vec<Vec<u8>> = Vec::new();
        loop {
            all.push(std::hint::black_box(vec![1; 1 << 20]));
        }
    }
    Crumbs "memory-crumbs" "takes a few kilobytes at a time, for ever" ["out of memory"; 2], before {
        loop {
            Box::leak(Box::new(std::hint::black_box([1u64; 512])));
        }
    }
    Doubling "memory-doubling" "lets a text grow for ever" ["out of memory"; 2], before {
        let mut text = "no".to_owned();
        loop {
            text = std::hint::black_box(text.repeat(2));
        }
    }
    Once "memory-once" "takes a terabyte at once" ["out of memory"; 2], before {
        std::hint::black_box(vec![1u8; 1 << 40]);
    }
    Zeros "memory-zeros" "takes a terabyte of zeros" ["out of memory"; 2], before {
        std::hint::black_box(vec![0u8; 1 << 40]);
    }
    Mapped "memory-mapped" "maps memory until there is none" ["panicked"; 2], before {
        raw::map_for_ever();
    }
    Tasks "memory-tasks" "spawns tasks for ever" ["out of memory", "panicked"], before {
        loop {
            drop(sync::thread::spawn(sync::thread::park));
            sync::thread::yield_now();
        }
    }
    Half "memory-half" "takes half of what can be counted" ["out of memory"; 2], before {
        std::hint::black_box(Vec::<u8>::with_capacity(usize::MAX / 2));
    }
    Whole "memory-all" "takes more than can be counted" ["panicked"; 2], before {
        std::hint::black_box(Vec::<u64>::with_capacity(std::hint::black_box(usize::MAX)));
    }
    Unmapped "unmapped" "gives its stack back" ["stack overflow"; 2], before { raw::unmap_stack() }
    UnmappedAll "unmapped-all" "gives everything back" ["crashed"; 2], before { raw::unmap_all() }
    Protected "protected" "makes its stack unreadable" ["stack overflow"; 2], before {
        raw::protect_stack();
    }
    Refused "memory-refused" "asks for a terabyte and takes no for an answer" ["accepted"; 2],
    before {
        let mut wish: Vec<u8> = Vec::new();
        assert!(wish.try_reserve_exact(1 << 40).is_err());
    }
}
