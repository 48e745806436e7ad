//! Crawling a site of 2,000 pages on the loopback: two of our solutions, `wget --recursive` and the
//! `spider` crate, each as a process of its own, with as many connections as they can use of eight.

#![expect(clippy::print_stdout, reason = "the table is what this is for")]

use std::{
    env, fs, io,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
    time::{Duration, Instant},
};

use web::{
    Url,
    site::{Links, SiteServer},
};

/// How many pages the site has.
const PAGES: usize = 2_000;

/// How many links each page has.
const LINKS: usize = 20;

/// How many requests may be under way at a time.
const CONNECTIONS: usize = 8;

/// Where the peers' packages are.
const PEERS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/peers");

/// Where what they build and write goes.
const SCRATCH: &str = env!("CARGO_TARGET_TMPDIR");

/// The command that crawls the site at a URL.
type Start = Box<dyn Fn(&str) -> Command>;

/// A crawler, as a command that gets a URL; or why it cannot run here.
struct Contender {
    name: &'static str,
    command: Result<Start, String>,
}

/// What one crawl came to.
struct Lap {
    elapsed: Duration,
    pages: usize,
    peak_connections: usize,
    peak_memory_kib: Option<u64>,
}

fn main() {
    let contenders = [ours("async"), ours("condvar"), spider(), wget()];
    println!("{PAGES} pages with {LINKS} links each, {CONNECTIONS} connections");
    for (latency_ms, rounds) in [(15, 1), (0, 5)] {
        let latency = Duration::from_millis(latency_ms);
        let server = SiteServer::start(|address| site(&address.to_string()), Links::Plain, latency)
            .expect("there is a port");
        race(&server, latency, &contenders, rounds);
    }
}

/// Lets each crawl the site so often, in turns, and prints what came of it.
fn race(server: &SiteServer, latency: Duration, contenders: &[Contender], rounds: usize) {
    println!(
        "\n{:<24} {:>8} {:>9} {:>10} {:>12} {:>10}",
        format!("{} ms a page", latency.as_millis()),
        "pages/s",
        "of ideal",
        "ours ÷ it",
        "connections",
        "memory"
    );
    let mut laps: Vec<Vec<io::Result<Lap>>> = contenders.iter().map(|_| Vec::new()).collect();
    for _ in 0..rounds {
        for (contender, laps) in contenders.iter().zip(&mut laps) {
            if let Ok(command) = &contender.command {
                laps.push(lap(server, command));
            }
        }
    }
    let rates: Vec<Option<f64>> = laps.iter().map(|laps| median_rate(laps)).collect();
    for ((contender, laps), rate) in contenders.iter().zip(&laps).zip(&rates) {
        let told = match &contender.command {
            Err(reason) => reason.clone(),
            Ok(_) => told(laps, *rate, rates[0], latency),
        };
        println!("{:<24} {told}", contender.name);
    }
}

/// The line of a contender with so many pages per second, where our first has `ours`.
fn told(
    laps: &[io::Result<Lap>],
    rate: Option<f64>,
    ours: Option<f64>,
    latency: Duration,
) -> String {
    if let Some(error) = laps.iter().find_map(|lap| lap.as_ref().err()) {
        return format!("failed: {error}");
    }
    let (Some(rate), Some(ours)) = (rate, ours) else { return "did not run".to_owned() };
    let laps = || laps.iter().flatten();
    let ideal = ratio(CONNECTIONS, 1) / latency.as_secs_f64();
    let of_ideal =
        if latency.is_zero() { "-".to_owned() } else { format!("{:.0} %", rate / ideal * 100.0) };
    let connections = laps().map(|lap| lap.peak_connections).max().unwrap_or_default();
    let memory = laps().filter_map(|lap| lap.peak_memory_kib).max();
    let memory = memory.map_or("-".to_owned(), |kib| format!("{} MiB", kib.div_ceil(1024)));
    let pages = laps().map(|lap| lap.pages).min().unwrap_or_default();
    let missing = if pages == PAGES { String::new() } else { format!("  only {pages} pages") };
    format!(
        "{rate:>8.0} {of_ideal:>9} {:>10.2} {connections:>12} {memory:>10}{missing}",
        ours / rate
    )
}

fn median_rate(laps: &[io::Result<Lap>]) -> Option<f64> {
    let mut rates: Vec<f64> =
        laps.iter().flatten().map(|lap| ratio(lap.pages, 1) / lap.elapsed.as_secs_f64()).collect();
    rates.sort_by(f64::total_cmp);
    rates.get(rates.len() / 2).copied()
}

/// One crawl, counted at the server and measured on the wall, from start to exit.
fn lap(server: &SiteServer, command: &dyn Fn(&str) -> Command) -> io::Result<Lap> {
    // Whoever crawled before has gone; the server may not have noticed yet.
    while server.stats().open_connections() > 0 {
        thread::sleep(Duration::from_millis(1));
    }
    server.stats().clear();
    let url = format!("http://{}/page/0", server.address());
    let begun = Instant::now();
    let Output { stdout, .. } =
        command(&url).stdin(Stdio::null()).stderr(Stdio::null()).output()?;
    let elapsed = begun.elapsed();
    let requests = server.stats().requests();
    let pages = requests.keys().filter(|url| url.contains("/page/")).count();
    let stdout = String::from_utf8_lossy(&stdout);
    let peak_memory_kib = stdout.split_whitespace().nth(1).and_then(|kib| kib.parse().ok());
    let peak_connections = server.stats().peak_connections();
    Ok(Lap { elapsed, pages, peak_connections, peak_memory_kib })
}

/// A site on which every page is found soon: each links to its children in a tree with ten branches,
/// and to others here and there.
fn site(address: &str) -> Vec<(Url, Vec<Url>)> {
    let url =
        |page: usize| Url::parse(&format!("http://{address}/page/{page}")).expect("it is a URL");
    let page = |page: usize| {
        let children = (1..=LINKS / 2).map(|child| (page * LINKS / 2 + child) % PAGES);
        let others = (1..=LINKS / 2).map(|step| (page * 7 + step * 331) % PAGES);
        (url(page), children.chain(others).map(url).collect())
    };
    (0..PAGES).map(page).collect()
}

fn ours(solution: &'static str) -> Contender {
    let name = if solution == "async" { "ours, async" } else { "ours, condvar" };
    let command = move |url: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_crawler"));
        command.args([solution, url, &CONNECTIONS.to_string()]);
        command
    };
    Contender { name, command: Ok(Box::new(command)) }
}

/// Wget has one connection, whatever one does.
fn wget() -> Contender {
    let name = "wget, one connection";
    if Command::new("wget").arg("--version").output().is_err() {
        return Contender { name, command: Err("not installed".to_owned()) };
    }
    let command = |url: &str| {
        let folder = Path::new(SCRATCH).join("wget");
        // It may not be there.
        let _ = fs::remove_dir_all(&folder);
        let mut command = Command::new("wget");
        command.args(["--quiet", "--recursive", "--level=inf", "--no-host-directories"]);
        command.args(["--execute", "robots=off"]).arg("--directory-prefix").arg(folder).arg(url);
        command
    };
    Contender { name, command: Ok(Box::new(command)) }
}

/// Built when it is needed: its crates are in a package of their own, and in no other build.
fn spider() -> Contender {
    let target = Path::new(SCRATCH).join("peers");
    let built = build(&Path::new(PEERS).join("spider/Cargo.toml"), &target);
    let command = built.map(|()| {
        let program: PathBuf = target.join("release/spider-peer");
        let command: Start = Box::new(move |url: &str| {
            let mut command = Command::new(&program);
            command.args([url, &CONNECTIONS.to_string()]);
            command
        });
        command
    });
    Contender { name: "spider 2.53.9", command }
}

fn build(manifest: &Path, target: &Path) -> Result<(), String> {
    println!("building spider; the first time takes minutes");
    let status = Command::new(env!("CARGO"))
        .args(["build", "--release", "--quiet", "--locked", "--manifest-path"])
        .arg(manifest)
        .arg("--target-dir")
        .arg(target)
        .status();
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("does not build here: cargo {status}")),
        Err(error) => Err(format!("does not build here: {error}")),
    }
}

#[expect(clippy::cast_precision_loss, reason = "nobody crawls so many pages")]
fn ratio(part: usize, whole: usize) -> f64 {
    part as f64 / whole as f64
}
