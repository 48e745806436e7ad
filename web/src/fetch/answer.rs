//! What came back: of an answer only as much is read as is wanted, and never more than is allowed.

use std::{error::Error, io, iter::successors};

use mime::Mime;
use reqwest::{
    Response, StatusCode,
    header::{CONTENT_ENCODING, CONTENT_TYPE, LOCATION},
};

use crate::{Failure, Settings};

/// What is wanted of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// A page. What is not HTML is not read.
    Html,
    /// Whatever there is.
    Anything,
}

/// What came back.
#[derive(Debug)]
pub(crate) enum Answer {
    /// The body, decompressed.
    Body {
        bytes: Vec<u8>,
        /// What the header says of its characters.
        charset: Option<String>,
    },
    /// Something that is not wanted.
    Other(String),
    /// The address of another page, as it stands there.
    Redirect(String),
}

/// Reads what is wanted of `response`, whose status is no error.
pub(super) async fn read(
    mut response: Response,
    wanted: Wanted,
    settings: &Settings,
) -> Result<Answer, Failure> {
    if response.status().is_redirection() {
        return redirect(&response);
    }
    let kind = content_type(&response);
    if let (Wanted::Html, Some(kind)) = (wanted, &kind)
        && !is_html(kind)
    {
        return Ok(Answer::Other(kind.essence_str().to_owned()));
    }
    if is_encoded(&response) {
        return Err(Failure::BadAnswer("an encoding that nobody asked for".to_owned()));
    }
    let bytes = body(&mut response, settings.max_body).await?;
    if wanted == Wanted::Html && kind.is_none() && !looks_like_html(&bytes) {
        return Ok(Answer::Other("unknown".to_owned()));
    }
    let charset = kind.and_then(|kind| kind.get_param("charset").map(|name| name.to_string()));
    Ok(Answer::Body { bytes, charset })
}

fn redirect(response: &Response) -> Result<Answer, Failure> {
    match response.headers().get(LOCATION) {
        // Browsers read it as UTF-8, whatever the standard says.
        Some(to) => Ok(Answer::Redirect(String::from_utf8_lossy(to.as_bytes()).into_owned())),
        None if response.status() == StatusCode::NOT_MODIFIED => Err(Failure::Status(304)),
        None => Err(Failure::Nowhere),
    }
}

/// Whether the body is still encoded: who has decompressed it has taken the header off.
fn is_encoded(response: &Response) -> bool {
    let encodings = response.headers().get_all(CONTENT_ENCODING).iter();
    let mut names = encodings.map(|name| name.as_bytes().trim_ascii());
    names.any(|name| !name.is_empty() && !name.eq_ignore_ascii_case(b"identity"))
}

fn content_type(response: &Response) -> Option<Mime> {
    response.headers().get(CONTENT_TYPE)?.to_str().ok()?.parse().ok()
}

fn is_html(kind: &Mime) -> bool {
    matches!(kind.essence_str(), "text/html" | "application/xhtml+xml")
}

/// Whether something that does not say what it is begins as a page does.
fn looks_like_html(bytes: &[u8]) -> bool {
    let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    text.trim_ascii_start().starts_with(b"<")
}

/// The body, if it has at most `most` bytes after decompression.
async fn body(response: &mut Response, most: usize) -> Result<Vec<u8>, Failure> {
    let announced = response.content_length().unwrap_or_default();
    if announced > most as u64 {
        return Err(Failure::TooLarge(most));
    }
    let mut body = Vec::new();
    while let Some(piece) = response.chunk().await.map_err(|error| failure(&error))? {
        if body.len() + piece.len() > most {
            return Err(Failure::TooLarge(most));
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}

/// What went wrong, in our words.
pub(super) fn failure(error: &reqwest::Error) -> Failure {
    if error.is_timeout() {
        return Failure::TimedOut;
    }
    // The last cause says most: those before say that something went wrong.
    let cause = causes(error).last().map(ToString::to_string).unwrap_or_default();
    if error.is_connect() { Failure::Connection(cause) } else { Failure::BadAnswer(cause) }
}

/// Whether the other side hung up before it had answered. A connection that was kept may be closed
/// just when it is used again.
pub(super) fn has_hung_up(error: &reqwest::Error) -> bool {
    use io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset};

    causes(error).any(|cause| {
        let is_cut = |error: &hyper::Error| error.is_incomplete_message() || error.is_canceled();
        let is_gone = |error: &io::Error| {
            matches!(error.kind(), BrokenPipe | ConnectionAborted | ConnectionReset)
        };
        cause.downcast_ref().is_some_and(is_cut) || cause.downcast_ref().is_some_and(is_gone)
    })
}

/// The error, and what it came of, and what that came of.
fn causes(error: &reqwest::Error) -> impl Iterator<Item = &(dyn Error + 'static)> {
    successors(Some(error as &(dyn Error + 'static)), |cause| (*cause).source())
}
