//! Pages about wrong executions as Chromium shows them: read, and stepped through by keyboard, with
//! scripts and without. A package's feature of its own, since it takes a browser:
//! `cargo test -p tests --features browser --test browser`.

use std::{fs, sync::Arc};

use headless_chrome::{Browser, LaunchOptions, Tab, protocol::cdp::Emulation};
use judge::{
    EngineKind, Input, Judge,
    problems::{self, Broken, Problem},
    report::page::Page,
};
use serde_json::Value;
use tempfile::TempDir;

/// What a browser is asked about a page: which step is chosen, and whether everything that belongs to
/// it can be seen, and nothing else.
const CHOSEN: &str = r"(() => {
    const seen = (element) => getComputedStyle(element).display !== 'none';
    const step = document.querySelector('.steps input:checked').id.slice(1);
    const moments = [...document.querySelectorAll('article')].filter(seen);
    const lit = [...document.querySelectorAll('.row')]
        .filter((row) => getComputedStyle(row.querySelector('.hit')).fill !== 'rgba(0, 0, 0, 0)');
    const alone = moments.length === 1 && moments[0].id === `m${step}`;
    return alone && lit.length > 0 && lit.every((row) => row.classList.contains(`r${step}`))
        ? Number(step) : `step ${step} beside ${moments.map((moment) => moment.id)}`;
})()";

/// All steps that can be chosen, in order.
const STEPS: &str = "JSON.stringify([...document.querySelectorAll('.steps input')]
    .map((input) => Number(input.id.slice(1))))";

/// What is wrong with how the page lies in its window: nothing, if that is well.
const MISPLACED: &str = r"(() => {
    const found = [];
    const root = document.documentElement;
    if (root.scrollWidth > root.clientWidth) found.push('the page is wider than its window');
    for (const drawing of document.querySelectorAll('svg')) {
        const texts = [...drawing.querySelectorAll('text:not([transform])')].map((text) => [
            text.textContent, text.getBoundingClientRect(),
        ]);
        texts.forEach(([a, one], index) => texts.slice(index + 1).forEach(([b, other]) => {
            const apart = one.right <= other.left || other.right <= one.left
                || one.bottom <= other.top + 1 || other.bottom <= one.top + 1;
            if (!apart) found.push(`${a} lies over ${b}`);
        }));
    }
    return found.join(', ');
})()";

/// A window of so many pixels, which shows one page after the other.
struct Window {
    tab: Arc<Tab>,
    /// Where the page under view lies.
    folder: TempDir,
    /// Lives as long as the window.
    _browser: Browser,
}

impl Window {
    fn new(width: u32, height: u32) -> Self {
        let options = LaunchOptions::default_builder()
            // Pages are our own, and a container's root has no sandbox.
            .sandbox(false)
            .window_size(Some((width, height)))
            .build()
            .expect("nothing is missing");
        let browser = Browser::new(options).unwrap_or_else(|error| {
            panic!("these tests need Chromium (Debian: apt-get install chromium): {error:#}")
        });
        let tab = browser.new_tab().expect("a tab opens");
        let folder = TempDir::new().expect("a folder for pages");
        Self { tab, folder, _browser: browser }
    }

    /// Switches scripts off.
    fn without_scripts(self) -> Self {
        let off = Emulation::SetScriptExecutionDisabled { value: true };
        self.tab.call_method(off).expect("scripts can be switched off");
        self
    }

    fn open(&self, html: &str) {
        let path = self.folder.path().join("page.html");
        fs::write(&path, html).expect("the folder can be written");
        let url = format!("file://{}", path.display());
        let opened = self.tab.navigate_to(&url).and_then(Tab::wait_until_navigated);
        opened.expect("the page opens");
    }

    fn ask(&self, question: &str) -> Value {
        let answer = self.tab.evaluate(question, false).expect("the browser answers");
        answer.value.expect("the answer is a value")
    }

    fn press(&self, key: &str) {
        self.tab.press_key(key).expect("the key exists");
    }

    fn steps(&self) -> Vec<u64> {
        let steps = self.ask(STEPS);
        serde_json::from_str(steps.as_str().expect("a text")).expect("numbers")
    }
}

/// Every wrong answer, with its problem.
fn wrong() -> impl Iterator<Item = (&'static Problem, &'static Broken)> {
    problems::ALL
        .iter()
        .flat_map(|&problem| problem.broken.iter().map(move |broken| (problem, broken)))
}

/// The page about a wrong answer of this name.
fn stepped((number, name): (u16, &str)) -> String {
    let found =
        wrong().find(|(problem, answer)| problem.number == number && answer.solution.name == name);
    let (problem, broken) = found.expect("it is one of the wrong answers");
    page(problem, broken)
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

/// Steps back from the fatal step to the first one, and from there to the last.
#[track_caller]
fn steps_through(view: &Window) {
    let steps = view.steps();
    let first = view.ask(CHOSEN).as_u64().expect("a step is chosen from the beginning");
    let before = steps.iter().position(|&step| step == first).expect("it is a step");
    for &step in steps[..before].iter().rev() {
        view.press("ArrowLeft");
        assert_eq!(view.ask(CHOSEN), step, "one step back");
    }
    for &step in &steps[1..] {
        view.press("ArrowRight");
        assert_eq!(view.ask(CHOSEN), step, "one step on");
    }
}

/// Pages of all kinds: a wrong answer, a deadlock with a cycle, an async solution's, a long one.
const STEPPED: [(u16, &str); 4] = [
    (1115, "early-handover"),
    (1226, "left-first"),
    (1114, "notify-waiters"),
    (1117, "one-by-one"),
];

#[test]
fn a_page_lies_well_in_a_wide_window_and_in_a_narrow_one() {
    let windows = [1280, 500].map(|width| Window::new(width, 900));
    // A problem's pages are much alike.
    let firsts =
        problems::ALL.iter().filter_map(|&problem| Some((problem, problem.broken.first()?)));
    let pages = firsts.map(|(problem, broken)| page(problem, broken));
    for html in pages.chain(STEPPED.map(stepped)) {
        for window in &windows {
            window.open(&html);
            assert_eq!(window.ask(MISPLACED), "", "{}", window.ask("document.title"));
        }
    }
}

#[test]
fn what_lies_badly_is_seen() {
    let window = Window::new(500, 900);
    let drawing = "<svg><text y='20'>one</text><text y='22'>other</text></svg>";
    window.open(&format!("{drawing}<div style='width: 600px'>wide</div>"));
    let found = "the page is wider than its window, one lies over other";
    assert_eq!(window.ask(MISPLACED), found);
}

#[test]
fn a_page_is_stepped_through_by_keyboard() {
    let window = Window::new(1280, 900);
    for html in STEPPED.map(stepped) {
        window.open(&html);
        steps_through(&window);
    }
}

#[test]
fn a_page_without_scripts_shows_the_fatal_step_and_is_stepped_through_from_there() {
    let window = Window::new(1280, 900).without_scripts();
    for html in STEPPED.map(stepped) {
        window.open(&html.replace("<title>", "<script>document.title = 'ran'</script><title>"));
        assert_ne!(window.ask("document.title"), "ran", "scripts are off");
        // Radio buttons have arrow keys of their own, once one of them has the focus.
        window.ask("document.querySelector('.steps input:checked').focus() ?? true");
        steps_through(&window);
    }
}
