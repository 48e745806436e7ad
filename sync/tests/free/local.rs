//! Values that each thread has of its own.

use std::{
    cell::{Cell, RefCell},
    sync::mpsc::{Sender, channel},
};

use sync::thread::{self, AccessError};

sync::thread_local! {
    /// Two in one declaration, with a comment.
    static COUNT: Cell<u32> = const { Cell::new(3) };
    static WORDS: RefCell<Vec<&'static str>> = RefCell::default();
}

#[test]
fn each_has_its_own() {
    COUNT.set(4);
    WORDS.with_borrow_mut(|words| words.push("foo"));
    let theirs = thread::spawn(|| (COUNT.replace(7), COUNT.take(), COUNT.get(), WORDS.take()));
    assert_eq!(theirs.join().unwrap(), (3, 7, 0, vec![]));
    assert_eq!(COUNT.get(), 4);
    WORDS.with_borrow(|words| assert_eq!(words, &["foo"]));
    assert_eq!(WORDS.replace(vec!["bar"]), ["foo"]);
    WORDS.set(Vec::new());
    assert_eq!(COUNT.try_with(Cell::get), Ok(4));
}

#[test]
fn it_is_dropped_when_its_thread_ends() {
    struct Tells(Sender<&'static str>);
    impl Drop for Tells {
        fn drop(&mut self) {
            self.0.send("dropped").expect("the test waits for it");
        }
    }
    sync::thread_local!(static LAST: RefCell<Option<Tells>> = const { RefCell::new(None) });
    let (sender, receiver) = channel();
    thread::spawn(move || LAST.set(Some(Tells(sender)))).join().unwrap();
    assert_eq!(receiver.recv(), Ok("dropped"));
}

#[test]
fn what_has_been_dropped_is_gone() {
    struct Looks(Sender<Result<(), AccessError>>);
    impl Drop for Looks {
        fn drop(&mut self) {
            self.0.send(LAST.try_with(|_| ())).expect("the test waits for it");
        }
    }
    sync::thread_local!(static LAST: RefCell<Option<Looks>> = const { RefCell::new(None) });
    let (sender, receiver) = channel();
    thread::spawn(move || LAST.set(Some(Looks(sender)))).join().unwrap();
    assert_eq!(receiver.recv(), Ok(Err(AccessError)));
}
