//! The problems, by number.

use crate::{
    Problem, p1114_print_in_order, p1115_print_foobar_alternately, p1116_print_zero_even_odd,
    p1117_building_h2o, p1195_fizz_buzz_multithreaded, p1226_the_dining_philosophers,
    p1242_web_crawler_multithreaded,
};

/// Every problem, by number.
pub const ALL: &[&Problem] = &[
    &p1114_print_in_order::PROBLEM,
    &p1115_print_foobar_alternately::PROBLEM,
    &p1116_print_zero_even_odd::PROBLEM,
    &p1117_building_h2o::PROBLEM,
    &p1195_fizz_buzz_multithreaded::PROBLEM,
    &p1226_the_dining_philosophers::PROBLEM,
    &p1242_web_crawler_multithreaded::PROBLEM,
];
