//! A server that does as it is told, byte by byte: what no well-kept library would do.

use std::{
    collections::HashMap,
    io::{self, BufRead, BufReader, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::{Arc, Mutex, PoisonError},
    thread,
    time::{Duration, Instant},
};

/// What to do with a connection, in this order; then it is closed.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    /// Send these bytes.
    Send(Vec<u8>),
    /// Send these bytes again and again, with a pause between, until nobody wants them.
    Drip(Vec<u8>, Duration),
    /// Say nothing until the other side has gone.
    Hang,
}

/// The answers to the requests for one path: the last one is repeated.
pub(crate) type Answers = Vec<Vec<Step>>;

/// One request.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) host: String,
    pub(crate) path: String,
    /// The other lines, in lower case.
    pub(crate) headers: Vec<String>,
    pub(crate) at: Instant,
}

/// The server; its thread ends with the tests.
pub(crate) struct Script {
    pub(crate) address: SocketAddr,
    asked: Arc<Mutex<Vec<Asked>>>,
}

impl Script {
    /// Serves `answers`, by path; everything else is not found.
    pub(crate) fn start(answers: Vec<(String, Answers)>) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("there is a port");
        let address = listener.local_addr().expect("it listens");
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answers) = (Arc::clone(&asked), Arc::new(HashMap::from_iter(answers)));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (log, answers) = (Arc::clone(&log), Arc::clone(&answers));
                // What goes wrong here is what was to go wrong: the other side has had enough.
                thread::spawn(move || serve(&stream, &log, &answers));
            }
        });
        Self { address, asked }
    }

    /// What was asked for so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

fn serve(
    stream: &TcpStream,
    log: &Mutex<Vec<Asked>>,
    answers: &HashMap<String, Answers>,
) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let asked = read(&mut reader)?;
    let path = asked.path.clone();
    let before = {
        let mut log = log.lock().unwrap_or_else(PoisonError::into_inner);
        log.push(asked);
        log.iter().filter(|asked| asked.path == path).count() - 1
    };
    let Some(answers) = answers.get(&path) else {
        return (&*stream)
            .write_all(b"HTTP/1.1 404 No\r\ncontent-length: 0\r\nconnection: close\r\n\r\n");
    };
    answers[before.min(answers.len() - 1)].iter().try_for_each(|step| act(step, stream))
}

fn read(reader: &mut impl BufRead) -> io::Result<Asked> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        if line.trim().is_empty() {
            break;
        }
        lines.push(line.trim().to_owned());
    }
    let path = lines.first().and_then(|line| line.split(' ').nth(1)).unwrap_or_default().to_owned();
    let headers: Vec<String> = lines.iter().skip(1).map(|line| line.to_lowercase()).collect();
    let host = headers.iter().find_map(|line| line.strip_prefix("host: ")).unwrap_or_default();
    Ok(Asked { host: host.to_owned(), path, headers: headers.clone(), at: Instant::now() })
}

fn act(step: &Step, mut stream: &TcpStream) -> io::Result<()> {
    match step {
        Step::Send(bytes) => stream.write_all(bytes),
        Step::Drip(bytes, pause) => loop {
            stream.write_all(bytes)?;
            thread::sleep(*pause);
        },
        Step::Hang => io::copy(&mut stream, &mut io::sink()).map(drop),
    }
}

/// An answer with `headers`, each with its line end, and `body`.
pub(crate) fn answer(status: &str, headers: &str, body: &[u8]) -> Vec<Step> {
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-length: {}\r\nconnection: close\r\n{headers}\r\n",
        body.len()
    );
    vec![Step::Send([head.as_bytes(), body].concat())]
}

/// A page.
pub(crate) fn html(body: impl AsRef<[u8]>) -> Vec<Step> {
    answer("200 Fine", "content-type: text/html\r\n", body.as_ref())
}

/// Links to the pages `/0` to the one before `/count`.
pub(crate) fn links(count: usize) -> String {
    let links: Vec<String> = (0..count).map(|page| format!("<a href=/{page}>")).collect();
    links.concat()
}

/// A redirect to `location`.
pub(crate) fn redirect(location: &str) -> Vec<Step> {
    answer("302 There", &format!("location: {location}\r\n"), b"")
}

/// The head of a page that goes on for ever.
pub(crate) fn endless(kind: &str) -> Step {
    Step::Send(
        format!("HTTP/1.1 200 Fine\r\ncontent-type: {kind}\r\nconnection: close\r\n\r\n").into(),
    )
}
