//! Pages about wrong executions as Chromium shows them: how they lie in their windows, and how one
//! steps through them, with the page's own script and without. A feature of its own, since it takes a
//! browser: `cargo test --features tests/browser --test browser`.

use std::{fs, process::Command};

use judge::{
    EngineKind, Input, Judge,
    problems::{self, Broken, Problem},
    report::page::Page,
};
use serde_json::{Value, json};
use tempfile::TempDir;

/// Which step is chosen, if everything that belongs to it can be seen and nothing else.
const CHOSEN: &str = r"const chosen = () => {
    const step = document.querySelector('.steps input:checked').id.slice(1);
    const moments = [...document.querySelectorAll('article')]
        .filter((moment) => getComputedStyle(moment).display !== 'none');
    const lit = [...document.querySelectorAll('.row')]
        .filter((row) => getComputedStyle(row.querySelector('.hit')).fill !== 'rgba(0, 0, 0, 0)');
    const alone = moments.length === 1 && moments[0].id === `m${step}`;
    return alone && lit.length > 0 && lit.every((row) => row.classList.contains(`r${step}`))
        ? Number(step) : `step ${step} beside ${moments.map((moment) => moment.id)}`;
};
const inputs = [...document.querySelectorAll('.steps input')];
const steps = inputs.map((input) => Number(input.id.slice(1)));
const first = chosen();";

/// Steps with the arrow keys: back from the fatal step to the first, and from there to the last.
const BY_KEY: &str = r"const press = (key) => {
    document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    return chosen();
};
const back = steps.slice(0, steps.indexOf(first)).map(() => press('ArrowLeft'));
const forth = steps.slice(1).map(() => press('ArrowRight'));
return { steps, first, back, forth };";

/// Chooses one step after the other, as a click or a key does in any browser.
const BY_CHOICE: &str = r"const seen = inputs.map((input) => { input.click(); return chosen(); });
return { steps, first, seen };";

/// What is wrong with how the page lies in its window: nothing, if that is well. In a narrow one a
/// drawing may be scrolled.
const MISPLACED: &str = r"const found = [];
const root = document.documentElement;
if (root.scrollWidth > root.clientWidth) found.push('the page is wider than its window');
for (const card of document.querySelectorAll('.drawing, .cycle')) {
    const isHidden = innerWidth > 1100 && card.scrollWidth > card.clientWidth;
    if (isHidden) found.push(`a ${card.className} ends behind a scroll`);
}
for (const drawing of document.querySelectorAll('svg')) {
    const texts = [...drawing.querySelectorAll('text:not([transform])')]
        .map((text) => [text.textContent, text.getBoundingClientRect()]);
    texts.forEach(([a, one], index) => texts.slice(index + 1).forEach(([b, other]) => {
        const apart = one.right <= other.left || other.right <= one.left
            || one.bottom <= other.top + 1 || other.bottom <= one.top + 1;
        if (!apart) found.push(`${a} lies over ${b}`);
    }));
}
return found;";

/// What Chromium answers to a `question`, the body of a function, about `html` in a window of so many
/// pixels.
#[track_caller]
fn ask(html: &str, question: &str, width: u32) -> Value {
    let asking = format!(
        "<script>const answer = (() => {{ {question} }})();\
         document.documentElement.replaceChildren(JSON.stringify(answer))</script>"
    );
    let folder = TempDir::new().expect("a folder for the page");
    let page = folder.path().join("page.html");
    fs::write(&page, format!("{html}{asking}")).expect("the folder can be written");
    let profile = format!("--user-data-dir={}", folder.path().join("profile").display());
    let window = format!("--window-size={width},900");
    // Pages are our own, and a container's root has no sandbox.
    let quietly =
        ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"];
    let output = Command::new("chromium")
        .args(quietly)
        .args([&profile, &window, "--dump-dom"])
        .arg(&page)
        .output()
        .expect("these tests need Chromium (Debian: apt-get install chromium)");
    let document = String::from_utf8_lossy(&output.stdout);
    let inside = document.split_once("<html").and_then(|(_, rest)| rest.split_once('>'));
    let answer = inside.and_then(|(_, rest)| rest.split_once("</html>"));
    let answer = answer.and_then(|(answer, _)| serde_json::from_str(&plain(answer)).ok());
    answer.unwrap_or_else(|| panic!("Chromium answers {document}"))
}

/// Text without HTML's escapes.
fn plain(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

/// Pages of all kinds: a wrong answer, a deadlock with a cycle, an async solution's, a long one, one
/// with many words.
fn pages() -> [String; 6] {
    [
        (1115, "early-handover"),
        (1226, "left-first"),
        (1114, "notify-waiters"),
        (1117, "one-by-one"),
        (1226, "shared-seat"),
        (1242, "host-contained"),
    ]
    .map(|(number, name)| {
        let problem = problems::ALL.iter().find(|problem| problem.number == number);
        let problem = problem.expect("it is a problem");
        let broken = problem.broken.iter().find(|broken| broken.solution.name == name);
        page(problem, broken.expect("it is one of its wrong answers"))
    })
}

/// The page about the first wrong execution of `broken` on the case that shows it.
fn page(problem: &Problem, broken: &Broken) -> String {
    let case = problem.cases.iter().find(|case| case.name == broken.case).expect("it is a case");
    let judge = Judge { inputs: vec![Input::from(case)], ..Judge::default() };
    let judgement = judge.judge(problem, &broken.solution, EngineKind::Controlled);
    let evidence = judgement.verdict.evidence().expect("a broken solution is rejected");
    let page = Page::of(problem, &broken.solution, evidence);
    page.expect("a controlled execution can be shown").html()
}

/// A page without what runs in it.
fn without_script(html: &str) -> String {
    let (before, rest) = html.split_once("<script>").expect("it has a script");
    let (_, after) = rest.split_once("</script>").expect("the script ends");
    assert!(!after.contains("<script"), "it has one script");
    before.to_owned() + after
}

#[test]
fn a_page_lies_well_in_a_wide_window_and_in_a_narrow_one() {
    for html in pages() {
        for width in [1200, 500] {
            assert_eq!(ask(&html, MISPLACED, width), json!([]), "{width} pixels");
        }
    }
}

#[test]
fn what_lies_badly_is_seen() {
    let drawing = "<svg><text y='20'>one</text><text y='22'>other</text></svg>";
    let wide = "<div style='width: 2000px'>wide</div>";
    let scrolled = format!("<div class='drawing' style='overflow: auto'>{wide}</div>");
    let html = format!("<!DOCTYPE html>{drawing}{scrolled}{wide}");
    let (page, hidden, over) = (
        "the page is wider than its window",
        "a drawing ends behind a scroll",
        "one lies over other",
    );
    assert_eq!(ask(&html, MISPLACED, 500), json!([page, over]));
    assert_eq!(ask(&html, MISPLACED, 1200), json!([page, hidden, over]));
}

#[test]
fn a_page_is_stepped_through_by_keyboard() {
    for html in pages() {
        let seen = ask(&html, &(CHOSEN.to_owned() + BY_KEY), 1280);
        let steps = seen["steps"].as_array().expect("there are steps");
        let before = steps.iter().position(|step| *step == seen["first"]);
        let before = before.expect("a step is chosen from the beginning");
        let back: Vec<_> = steps[..before].iter().rev().cloned().collect();
        assert_eq!((&seen["back"], &seen["forth"]), (&json!(back), &json!(steps[1..])));
    }
}

#[test]
fn a_page_without_its_script_shows_the_fatal_step_and_any_that_is_chosen() {
    for html in pages().map(|html| without_script(&html)) {
        let seen = ask(&html, &(CHOSEN.to_owned() + BY_CHOICE), 1280);
        assert!(seen["first"].is_u64(), "{}", seen["first"]);
        assert_eq!(seen["seen"], seen["steps"]);
    }
}
