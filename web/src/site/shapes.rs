//! Links as the real web writes them. However a link is written, browsers read the same page in it.

use std::fmt::Write;

use url::Url;

/// How the links of a page are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// As whole URLs.
    Plain,
    /// In every way there is, one after the other, among things that only look like links.
    Wild,
}

/// What only looks like links. The page they name must never be asked for.
const DECOYS: &str = r#"
<!-- <a href="/decoy">in a comment</a> -->
<script>document.write('<a href="/decoy">in a script</a>')</script>
<style>a::after { content: '<a href="/decoy">' }</style>
<textarea><a href="/decoy"></textarea>
<a name="/decoy">no address</a> <link rel="next" href="/decoy">
<a href="mailto:me@decoy.example">mail</a> <a href="javascript:go('/decoy')">script</a>
<a href="data:text/html,decoy">data</a> <a href="http://">nothing</a>
"#;

/// The page at `url`, with links to `targets`.
pub(super) fn page(url: &Url, targets: &[Url], links: Links) -> String {
    let mut page = format!("<!doctype html>\n<html><head><title>{}</title>\n", escape(url.path()));
    let mut base = url.clone();
    // Every other page says that its links are relative to somewhere else.
    if links == Links::Wild && url.as_str().len().is_multiple_of(2) {
        base = url.join("/some/where/else").expect("it is a path");
        page += "<BASE target=_top><base HREF='/some/where/else'><base href='/decoy/'>\n";
    }
    page += "</head>\n<body>";
    if links == Links::Wild {
        page += DECOYS;
    }
    page += "<ul>\n";
    for (index, target) in targets.iter().enumerate() {
        let shape = match links {
            Links::Plain => 0,
            Links::Wild => index,
        };
        // Writing to a string does not fail.
        let _ = writeln!(page, "<li>{}", link(shape, &base, target));
    }
    page + "</ul>\n"
}

/// A link from a page whose base is `base` to `target`, in the shape of this number.
fn link(shape: usize, base: &Url, target: &Url) -> String {
    let whole = escape(target.as_str());
    let rest = |to: &Url| to.as_str()[to.scheme().len()..].to_owned();
    match shape % 12 {
        1 => anchor(&relative(base, target)),
        2 => format!("<a href='{}'>single</a>", escape(&relative(base, target))),
        3 => format!("<A HREF=\"{}\">shouted</A>", escape(&shouted(target))),
        4 => anchor(rest(target).trim_start_matches(':')),
        5 => anchor(&format!("{target}#part")),
        6 => format!("<a href=\"{}\">entities</a>", entities(target.as_str())),
        7 => format!("<a class=x href=\"\n  {whole}\t \">spaces</a>"),
        8 => anchor(&with_port(target)),
        9 => anchor(&with_user(target)),
        10 => format!("<map><area href=\"{whole}\"></map>"),
        11 => format!("<a href={whole}><b>unclosed <i>and misnested</b></a>"),
        _ => anchor(target.as_str()),
    }
}

fn anchor(href: &str) -> String {
    format!("<a href=\"{}\">link</a>", escape(href))
}

/// As short as it can be said.
fn relative(base: &Url, target: &Url) -> String {
    base.make_relative(target).filter(|link| !link.is_empty()).unwrap_or_else(|| target.to_string())
}

/// Scheme and host in capitals, which mean nothing there.
fn shouted(target: &Url) -> String {
    let (scheme, host) = (target.scheme(), target.host_str().unwrap_or_default());
    let loud = format!("{scheme}://{host}").to_uppercase();
    target.as_str().replacen(&format!("{scheme}://{host}"), &loud, 1)
}

/// With the port that is meant anyway.
fn with_port(target: &Url) -> String {
    let host = target.host_str().unwrap_or_default();
    match target.port() {
        Some(_) => target.to_string(),
        None => target.as_str().replacen(host, &format!("{host}:80"), 1),
    }
}

/// With somebody's name and password.
fn with_user(target: &Url) -> String {
    target.as_str().replacen("://", "://me:secret@", 1)
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('"', "&quot;").replace('\'', "&#39;").replace('<', "&lt;")
}

/// Every other character by its number.
fn entities(text: &str) -> String {
    let mut written = String::new();
    for (index, c) in text.chars().enumerate() {
        // Writing to a string does not fail.
        let _ = match index % 3 {
            0 => write!(written, "&#{};", u32::from(c)),
            1 => write!(written, "&#x{:X};", u32::from(c)),
            _ => write!(written, "{}", escape(c.encode_utf8(&mut [0; 4]))),
        };
    }
    written
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use url::Url;

    use super::{Links, page};
    use crate::{address, html};

    fn url(text: &str) -> Url {
        Url::parse(text).expect("the test's URL is one")
    }

    #[test]
    fn every_shape_means_its_target() {
        let targets: Vec<Url> = (0..36)
            .map(|number| match number % 3 {
                0 => url(&format!("http://h.org/a/{number}/?x=1&y=2")),
                1 => url(&format!("http://h.org/{number}")),
                _ => url(&format!("http://other.example/{number}/")),
            })
            .collect();
        for at in ["http://h.org/a/b", "http://h.org/a/bc", "http://h.org/"].map(url) {
            let text = page(&at, &targets, Links::Wild);
            let found = (html::Readers::default().tree)(&text, Duration::from_mins(1))
                .expect("there is time");
            let html::Hrefs { links, base } = found;
            let base = base.map_or(at.clone(), |base| at.join(&base).expect("it is a URL"));
            let read: Vec<Url> =
                links.iter().filter_map(|link| address::join(&base, link)).collect();
            let decoys = read.iter().filter(|url| url.as_str().contains("decoy"));
            assert_eq!(decoys.count(), 0, "{at}");
            let missing: Vec<_> = targets.iter().filter(|target| !read.contains(target)).collect();
            assert!(missing.is_empty(), "{at}: {missing:?}");
        }
    }
}
