//! One task pushes and one pops; a flag says that there is something, and nobody takes it back.

use sync::{Mutex, thread};

const SIZE: usize = 10;

#[derive(Default)]
struct Stack {
    top: usize,
    was_pushed: bool,
}

pub(crate) fn wrong() {
    run(|stack| stack.was_pushed);
}

/// What counts is how many there are now.
pub(crate) fn fixed() {
    run(|stack| stack.top > 0);
}

fn run(may_pop: fn(&Stack) -> bool) {
    let stack = Mutex::new(Stack::default());
    thread::scope(|scope| {
        scope.spawn(|| {
            for _ in 0..SIZE {
                let mut stack = stack.lock();
                assert_ne!(stack.top, SIZE, "pushed onto a full stack");
                stack.top += 1;
                stack.was_pushed = true;
            }
        });
        scope.spawn(|| {
            for _ in 0..SIZE {
                let mut stack = stack.lock();
                if may_pop(&stack) {
                    assert_ne!(stack.top, 0, "popped from an empty stack");
                    stack.top -= 1;
                }
            }
        });
    });
}
