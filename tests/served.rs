//! 1242 over HTTP: the same solutions and the same checker, through real sockets.

use judge::{
    EngineKind, Input, Judge, Site, find_problem,
    problems::{Broken, Problem},
};

use crate::catalogue::case;

fn crawler() -> &'static Problem {
    find_problem("1242").expect("1242 is one of the problems")
}

#[test]
fn every_solution_is_accepted_over_http() {
    for seed in 0..3 {
        let judge = Judge { executions: 60, seed, site: Site::Http, ..Judge::default() };
        for solution in crawler().solutions {
            let judgement = judge.judge(crawler(), solution, EngineKind::Threads);
            assert!(judgement.verdict.is_accepted(), "{}: {judgement:?}", solution.name);
            assert!(judgement.cases.len() > 10, "{:?}", judgement.cases.len());
        }
    }
}

#[test]
fn wrong_answers_are_rejected_over_http_for_what_is_wrong_with_them() {
    // These are wrong whatever the interleaving. Others need luck on OS threads, or virtual time, or
    // hosts that only differ in what HTTP does not tell apart.
    for name in ["seen-when-fetched", "start-fetched-twice", "sender-kept"] {
        let is_called = |broken: &&Broken| broken.solution.name == name;
        let broken = crawler().broken.iter().find(is_called).expect("it is listed");
        let inputs = vec![case(crawler(), broken.case)];
        let judge = Judge { executions: 20, inputs, site: Site::Http, ..Judge::default() };
        let judgement = judge.judge(crawler(), &broken.solution, EngineKind::Threads);
        let evidence = judgement.verdict.evidence().expect("it is rejected");
        assert_eq!(evidence.rejection.fault(), Some(broken.fault), "{name}: {judgement:?}");
    }
}

#[test]
fn http_needs_os_threads() {
    let judge = Judge { site: Site::Http, ..Judge::default() };
    assert!(judge.inputs(crawler(), EngineKind::Controlled).is_empty());
}

#[test]
fn a_host_with_a_slash_and_without_is_one_page_to_http() {
    let judge = Judge { site: Site::Http, ..Judge::default() };
    let served = judge.inputs(crawler(), EngineKind::Threads);
    let left: Vec<&str> = crawler()
        .cases
        .iter()
        .map(|case| case.name)
        .filter(|name| served.iter().all(|input| input.name != *name))
        .collect();
    assert_eq!(left, ["traps"]);
}

#[test]
fn random_sites_are_crawled_to_their_ends_over_http() {
    let inputs = (0..20).map(|seed| Input::own(&format!("random 40 seed {seed}, 5 workers")));
    let judge =
        Judge { executions: 20, site: Site::Http, inputs: inputs.collect(), ..Judge::default() };
    for solution in crawler().solutions {
        let judgement = judge.judge(crawler(), solution, EngineKind::Threads);
        assert!(judgement.verdict.is_accepted(), "{}: {judgement:?}", solution.name);
    }
}
