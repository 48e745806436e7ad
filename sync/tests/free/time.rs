//! Time is real where nobody is in control.

use sync::time;

#[test]
fn nobody_keeps_virtual_time() {
    assert!(!time::keep());
    assert_eq!(time::elapsed(), None);
}
