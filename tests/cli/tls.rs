//! Crawling over TLS, from a server whose certificate nobody else would trust. Both certificates are
//! signed by themselves, with `openssl req -x509 -newkey ec`, for 127.0.0.1 and a hundred years.

use std::{
    fs,
    io::{BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    sync::Arc,
    thread,
};

use rustls::{
    ServerConfig, ServerConnection, StreamOwned,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject},
};
use serde_json::Value;

use super::{judge, run, written};

/// The server's.
const CERTIFICATE: &str = include_str!("tls/certificate.pem");

/// Its key, which opens nothing else.
const KEY: &str = include_str!("tls/key.pem");

/// Somebody else's.
const STRANGERS: &str = include_str!("tls/stranger.pem");

/// Serves two pages over TLS; the thread ends with the tests.
fn serve() -> SocketAddr {
    let certificate = CertificateDer::from_pem_slice(CERTIFICATE.as_bytes());
    let certificate = certificate.expect("it is a certificate");
    let key = PrivateKeyDer::from_pem_slice(KEY.as_bytes()).expect("it is a key");
    let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring knows them")
        .with_no_client_auth()
        .with_single_cert(vec![certificate], key)
        .expect("they belong together");
    let config = Arc::new(config);
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("there is a port");
    let address = listener.local_addr().expect("it listens");
    thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let connection = ServerConnection::new(Arc::clone(&config)).expect("it is complete");
            // Whoever does not trust the certificate hangs up.
            thread::spawn(move || answer(StreamOwned::new(connection, stream)));
        }
    });
    address
}

fn answer(mut stream: StreamOwned<ServerConnection, TcpStream>) -> std::io::Result<()> {
    let mut request = String::new();
    let mut reader = BufReader::new(Read::by_ref(&mut stream));
    while !request.ends_with("\r\n\r\n") && reader.read_line(&mut request)? > 0 {}
    let (status, body) = match request.split(' ').nth(1) {
        Some("/") => ("200 Fine", "<a href=/next>next</a>"),
        Some("/next") => ("200 Fine", ""),
        _ => ("404 No", ""),
    };
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: text/html\r\ncontent-length: {length}\r\n\
         connection: close\r\n\r\n{body}"
    )?;
    stream.conn.send_close_notify();
    stream.flush()
}

/// What is told of each page when the certificates in `trusted` are all that is trusted, and how it
/// ends.
fn endings(address: SocketAddr, trusted: &str) -> (Vec<String>, Option<i32>) {
    let folder = tempfile::tempdir().expect("there is room");
    let file = folder.path().join("trusted.pem");
    fs::write(&file, trusted).expect("it can be written");
    let mut command = judge(&format!("crawl https://{address}/ --format json"));
    command.env("SSL_CERT_FILE", &file);
    let assert = run(command);
    let [stdout, _] = written(&assert);
    let records = stdout.lines().map(|line| serde_json::from_str(line).expect("it is JSON"));
    let pages = records.filter(|record: &Value| record["type"] == "page");
    let ending = |page: Value| format!("{} {}", page["url"], page["ending"]).replace('"', "");
    (pages.map(ending).collect(), assert.get_output().status.code())
}

#[test]
fn a_site_is_crawled_over_tls_if_its_certificate_is_trusted() {
    let address = serve();
    let home = format!("https://{address}/");
    let read = vec![format!("{home} read"), format!("{home}next read")];
    assert_eq!(endings(address, CERTIFICATE), (read, Some(0)));
}

#[test]
fn a_site_is_not_crawled_over_tls_if_its_certificate_is_a_strangers() {
    let address = serve();
    let failed = vec![format!("https://{address}/ failed")];
    assert_eq!(endings(address, STRANGERS), (failed, Some(5)));
}
