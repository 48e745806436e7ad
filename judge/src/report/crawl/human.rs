//! A crawl as people read it.

use std::time::Duration;

use web::{CrawlDelay, Crawled, Ending, Failure, LeftOut, Page, Url};

use super::{failures, rate};
use crate::{
    number::{counted, grouped},
    report::style::{BAD, FAINT, GOOD, OPEN, STRONG, paint},
};

/// The lines above the pages.
pub(super) fn heading(home: &Url, solution: &str, workers: u64) -> String {
    let title = paint(STRONG, home);
    let by = if workers == 1 { "1 worker".to_owned() } else { format!("{workers} workers") };
    let columns = columns(["status", "links", "bytes", "time"]);
    format!("\n{title} crawled by {solution}, {by}\n\n{}\n", paint(FAINT, columns + "  page"))
}

fn columns([status, links, bytes, time]: [&str; 4]) -> String {
    format!("{status:>6} {links:>6} {bytes:>10} {time:>9}")
}

/// The line of a page.
pub(super) fn page(page: &Page) -> String {
    let status = page.status.map_or("-".to_owned(), |status| status.to_string());
    let (color, note) = ending(&page.ending);
    // What is painted is wider than it looks, so its room is filled up beforehand.
    let status = paint(color, format!("{status:>6}"));
    let (links, bytes) = (page.links.len() as u64, page.bytes as u64);
    let line = columns([&status, &grouped(links), &grouped(bytes), &milliseconds(page.elapsed)]);
    let note = note.map(|note| format!("  {}", paint(color, note))).unwrap_or_default();
    format!("{line}  {}{note}\n", page.url)
}

/// The colour of a page, and what there is to say about it.
fn ending(ending: &Ending) -> (anstyle::Style, Option<String>) {
    match ending {
        Ending::Read => (GOOD, None),
        Ending::ReadFlat(shape) => (OPEN, Some(format!("{shape}: links read without a tree"))),
        Ending::Redirect(to) => (FAINT, Some(format!("to {to}"))),
        Ending::NotHtml(kind) => (FAINT, Some(format!("{kind}, not read"))),
        Ending::Failed(failure) => (BAD, Some(failure.to_string())),
    }
}

fn milliseconds(elapsed: Duration) -> String {
    format!("{:.1} ms", elapsed.as_secs_f64() * 1000.0)
}

/// The lines below the pages.
pub(super) fn summary(crawled: &Crawled, is_stopped: bool) -> String {
    let Crawled { pages, elapsed, found, left_out, crawl_delay, .. } = crawled;
    let (asked, seconds) = (pages.len(), elapsed.as_secs_f64());
    let mut lines = vec![
        String::new(),
        format!(
            "{} in {seconds:.2} s, {:.0} pages per second",
            counted(asked, "page"),
            rate(crawled)
        ),
    ];
    if is_stopped {
        let more = match found.saturating_sub(asked) {
            0 => "stopped".to_owned(),
            open => format!("stopped: {} found and not asked for", counted(open, "more page")),
        };
        lines.push(paint(OPEN, more));
    }
    let failures = failures(crawled);
    if !failures.is_empty() {
        let all = failures.iter().map(|(why, times)| format!("{}  {why}", grouped(*times as u64)));
        let indented = all.map(|line| format!("  {line}"));
        lines.push(paint(BAD, "failed"));
        lines.extend(indented);
    }
    lines.extend(left(left_out));
    lines.extend(crawl_delay.map(manners));
    lines.extend(advice(crawled));
    lines.join("\n") + "\n"
}

/// The links that were not followed.
fn left(left: &LeftOut) -> Option<String> {
    let parts = [
        (left.elsewhere, "to other hosts"),
        (left.deep, "too far from the start"),
        (left.beyond, "beyond the limit of pages"),
        (left.traps, "without end"),
        (left.forbidden, "forbidden by robots.txt"),
    ];
    let told = parts.iter().filter(|(count, _)| *count > 0);
    let told: Vec<String> =
        told.map(|(count, what)| format!("{} {what}", grouped(*count as u64))).collect();
    (!told.is_empty()).then(|| paint(FAINT, format!("links not followed: {}", told.join(", "))))
}

/// The delay that was kept because robots.txt asks for it.
fn manners(CrawlDelay { asked, kept }: CrawlDelay) -> String {
    let seconds = |time: Duration| time.as_secs_f64();
    let asked = if asked > kept {
        format!("; robots.txt asks for {} s", seconds(asked))
    } else {
        ", as robots.txt asks".to_owned()
    };
    paint(FAINT, format!("{} s between requests{asked}", seconds(kept)))
}

/// Where to crawl instead, if the start has moved to another host.
fn advice(crawled: &Crawled) -> Option<String> {
    match &crawled.pages[..] {
        [Page { ending: Ending::Failed(Failure::Elsewhere(to)), .. }] => {
            Some(format!("try: judge crawl {to}"))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use std::{sync::Arc, time::Duration};

    use anstream::adapter::strip_str;
    use web::{CrawlDelay, Crawled, Ending, Failure, LeftOut, Page, Shape};

    use super::{page, summary};

    fn ended(path: &str, status: Option<u16>, ending: Ending) -> Page {
        let url = Arc::from(format!("http://h.org{path}"));
        let elapsed = Duration::from_micros(1_250);
        Page { url, depth: 1, status, links: Vec::new(), bytes: 1_234, elapsed, ending }
    }

    fn crawled(pages: Vec<Page>, left_out: LeftOut) -> Crawled {
        let elapsed = Duration::from_millis(500);
        Crawled {
            urls: Vec::new(),
            found: pages.len() + 2,
            pages,
            left_out,
            crawl_delay: None,
            elapsed,
        }
    }

    #[test]
    fn each_ending_is_told() {
        let lines = [
            ended("/", Some(200), Ending::Read),
            ended("/a", Some(200), Ending::ReadFlat(Shape::Deep)),
            ended("/b", Some(301), Ending::Redirect("http://h.org/c".to_owned())),
            ended("/d", Some(200), Ending::NotHtml("image/png".to_owned())),
            ended("/e", None, Ending::Failed(Failure::TimedOut)),
        ];
        let lines: String = lines.iter().map(page).collect();
        assert_eq!(
            strip_str(&lines).to_string(),
            "   200      0      1,234    1.2 ms  http://h.org/\n   \
             200      0      1,234    1.2 ms  http://h.org/a  nested too deeply: links read without a tree\n   \
             301      0      1,234    1.2 ms  http://h.org/b  to http://h.org/c\n   \
             200      0      1,234    1.2 ms  http://h.org/d  image/png, not read\n     \
             -      0      1,234    1.2 ms  http://h.org/e  timed out\n"
        );
    }

    #[test]
    fn the_summary_counts_what_failed_and_what_was_left_out() {
        let failed = || Ending::Failed(Failure::Status(404));
        let elsewhere = |to: &str| Ending::Failed(Failure::Elsewhere(to.to_owned()));
        let pages = vec![
            ended("/", Some(200), Ending::Read),
            ended("/a", Some(404), failed()),
            ended("/b", Some(404), failed()),
            ended("/c", None, Ending::Failed(Failure::TimedOut)),
            ended("/d", Some(302), elsewhere("http://x.org/")),
            ended("/e", Some(302), elsewhere("http://y.org/")),
        ];
        let left_out = LeftOut { elsewhere: 1_000, traps: 3, ..LeftOut::default() };
        let text = summary(&crawled(pages, left_out), true);
        assert_eq!(
            strip_str(&text).to_string(),
            "\n6 pages in 0.50 s, 12 pages per second\n\
             stopped: 2 more pages found and not asked for\n\
             failed\n  2  redirects to another host\n  2  status 404\n  1  timed out\n\
             links not followed: 1,000 to other hosts, 3 without end\n"
        );
    }

    #[test]
    fn a_delay_that_robots_txt_asks_for_is_told() {
        let told = |asked: u64, kept: u64| {
            let [asked, kept] = [asked, kept].map(Duration::from_secs);
            let crawled = crawled(vec![], LeftOut::default());
            let crawled = Crawled { crawl_delay: Some(CrawlDelay { asked, kept }), ..crawled };
            strip_str(&summary(&crawled, false)).to_string()
        };
        assert!(told(3, 3).ends_with("\n3 s between requests, as robots.txt asks\n"));
        assert!(told(30, 10).ends_with("\n10 s between requests; robots.txt asks for 30 s\n"));
    }

    #[test]
    fn a_start_that_has_moved_to_another_host_is_where_to_try() {
        let moved = Ending::Failed(Failure::Elsewhere("https://www.h.org/".to_owned()));
        let pages = vec![ended("/", Some(301), moved)];
        let text = summary(&crawled(pages, LeftOut::default()), false);
        assert!(text.ends_with("\ntry: judge crawl https://www.h.org/\n"), "{text}");
    }
}
