//! Which page a link means, and whether it is one to ask for. Pure: text in, URL out.

use std::{borrow::Cow, sync::Arc};

use thiserror::Error;
use url::{Position, Url};

/// How often one name may stand in a path: `/a/b/a/b/a/b/` is a site that links into itself.
const MOST_REPEATS: usize = 3;

/// Why a text is not a place where a crawl can begin.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum BadStart {
    /// It does not say how to get there.
    #[error("{0:?} has no scheme; did you mean {with}?", with = with_scheme(.0))]
    NoScheme(String),
    /// It is reached in a way that is not ours.
    #[error("{0:?} is not an http or https address")]
    NotHttp(String),
    /// It is no URL.
    #[error("{text:?} is no URL: {reason}")]
    Unreadable {
        /// The text.
        text: String,
        /// What is wrong with it.
        reason: url::ParseError,
    },
}

/// What was meant by a text without a scheme.
fn with_scheme(text: &str) -> String {
    format!("http://{}", text.trim_start_matches('/'))
}

/// Reads where a crawl begins.
///
/// # Errors
///
/// If it is no http or https URL.
pub fn start(text: &str) -> Result<Url, BadStart> {
    let url = match Url::parse(text) {
        Ok(url) => url,
        Err(url::ParseError::RelativeUrlWithoutBase) if Url::parse(&with_scheme(text)).is_ok() => {
            return Err(BadStart::NoScheme(text.to_owned()));
        }
        Err(reason) => return Err(BadStart::Unreadable { text: text.to_owned(), reason }),
    };
    // `localhost:8080` reads as a scheme and a path.
    if !text.contains("://") {
        return Err(BadStart::NoScheme(text.to_owned()));
    }
    clean(url).ok_or_else(|| BadStart::NotHttp(text.to_owned()))
}

/// The page that `link` means on a page whose base is `base`, if it is one of the web.
pub(crate) fn join(base: &Url, link: &str) -> Option<Url> {
    clean(base.join(link).ok()?)
}

/// A page that a link means.
#[derive(Clone, Debug)]
pub(crate) enum Link {
    /// One that was found before.
    Known(Arc<str>),
    /// One that may have been.
    New(Url),
}

/// The URL that `link` means on a page whose base is `base`, if it is written so that nothing of it
/// would change if it were read. Whether it is, who has seen that URL knows: if nobody has, it may not
/// even be one.
pub(crate) fn spelled_out<'a>(base: &Url, link: &'a str) -> Option<Cow<'a, str>> {
    if link.starts_with("http") {
        return Some(link.into());
    }
    // Two slashes begin the name of a host.
    let is_path = link.starts_with('/') && !link.starts_with("//");
    is_path.then(|| [&base[..Position::BeforePath], link].concat().into())
}

/// The URL as it is asked for: no fragment, which only the reader of a page needs, and nobody's
/// password. A slash at the end stays, since the page without it is another.
fn clean(mut url: Url) -> Option<Url> {
    if !matches!(url.scheme(), "http" | "https") {
        return None;
    }
    url.set_fragment(None);
    url.set_username("").ok()?;
    url.set_password(None).ok()?;
    Some(url)
}

/// Whether both lie on one host, at one port. The usual ports of http and https count as one: a site
/// that moved to https is the same site. A dot at the end of a name makes it another name.
pub(crate) fn is_same_site(one: &Url, other: &Url) -> bool {
    // The usual port of a scheme is none.
    one.host() == other.host() && one.port() == other.port()
}

/// Whether the path goes in circles, or the URL is longer than `max_url` bytes.
pub(crate) fn is_trap(url: &Url, max_url: usize) -> bool {
    if url.as_str().len() > max_url {
        return true;
    }
    let names = || url.path_segments().into_iter().flatten().filter(|name| !name.is_empty());
    names().any(|name| names().filter(|other| *other == name).count() > MOST_REPEATS)
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::{clean, is_same_site, is_trap, join, spelled_out, start};

    #[track_caller]
    fn url(text: &str) -> Url {
        Url::parse(text).expect("the test's URL is one")
    }

    #[track_caller]
    fn joins(link: &str, to: Option<&str>) {
        let base = url("http://h.org/a/b?q#f");
        let joined = join(&base, link);
        assert_eq!(joined.as_ref().map(Url::as_str), to, "{link:?}");
        // A link that spells out a URL that there is means that URL, and no other.
        let Some(spelled) = spelled_out(&base, link) else { return };
        if Url::parse(&spelled).ok().and_then(clean).is_some_and(|url| url.as_str() == spelled) {
            assert_eq!(joined.map(String::from), Some(spelled.into_owned()));
        }
    }

    #[test]
    fn links_are_read_as_browsers_read_them() {
        joins("c", Some("http://h.org/a/c"));
        joins("./c", Some("http://h.org/a/c"));
        joins("../c/", Some("http://h.org/c/"));
        joins("../../../c", Some("http://h.org/c"));
        joins("/c", Some("http://h.org/c"));
        joins("?x=1", Some("http://h.org/a/b?x=1"));
        joins("", Some("http://h.org/a/b?q"));
        joins("//h.org/c", Some("http://h.org/c"));
        joins("HTTP://H.ORG:80/c", Some("http://h.org/c"));
        joins("http:c", Some("http://h.org/a/c"));
        joins("\\c", Some("http://h.org/c"));
        joins(" c\n", Some("http://h.org/a/c"));
        joins("http://h%2eorg/c", Some("http://h.org/c"));
        joins("http://bücher.example/", Some("http://xn--bcher-kva.example/"));
    }

    #[test]
    fn what_is_spelled_out_is_known_by_its_text() {
        let base = url("http://h.org:8080/a/b?q#f");
        let spelled = |link| spelled_out(&base, link).map(std::borrow::Cow::into_owned);
        assert_eq!(spelled("http://h.org:8080/c").as_deref(), Some("http://h.org:8080/c"));
        assert_eq!(spelled("/c?d").as_deref(), Some("http://h.org:8080/c?d"));
        for link in ["c", "", "?x", "#x", "//h.org/c", "../c", "\\c", " /c"] {
            assert_eq!(spelled(link), None, "{link:?}");
        }
    }

    #[test]
    fn fragments_and_passwords_are_dropped_and_slashes_kept() {
        joins("#top", Some("http://h.org/a/b?q"));
        joins("c/#top", Some("http://h.org/a/c/"));
        joins("http://me:secret@h.org/c", Some("http://h.org/c"));
    }

    #[test]
    fn what_is_not_of_the_web_is_no_link() {
        for link in ["javascript:void(0)", "mailto:me@h.org", "data:text/html,x", "ftp://h.org/"] {
            joins(link, None);
        }
        joins("http://", None);
        joins("http://h.org:99999/", None);
    }

    #[test]
    fn hosts_are_compared_whole_and_with_their_ports() {
        let home = url("http://h.org/");
        let same = |text| is_same_site(&home, &url(text));
        assert!(same("http://h.org:80/x") && same("https://h.org/x"));
        for other in [
            "http://www.h.org/",
            "http://h.org.evil.example/",
            "http://h.organic/",
            "http://h.org:8080/",
            "https://h.org:8443/",
            "http://h.org:443/",
            "https://h.org:80/",
            "http://h.org./",
        ] {
            assert!(!same(other), "{other}");
        }
    }

    #[test]
    fn paths_in_circles_and_endless_urls_are_traps() {
        let trap = |text: &str| is_trap(&url(text), 60);
        assert!(trap("http://h.org/a/b/a/b/a/b/a/b"));
        assert!(trap(&format!("http://h.org/?{}", "x".repeat(60))));
        assert!(!trap("http://h.org/a/b/a/b/a"));
        assert!(!trap("http://h.org/2026/11/11//////"));
    }

    #[test]
    fn a_start_must_be_of_the_web() {
        let refusal = |text| start(text).expect_err(text).to_string();
        assert_eq!(refusal("h.org"), r#""h.org" has no scheme; did you mean http://h.org?"#);
        assert_eq!(
            refusal("localhost:80"),
            r#""localhost:80" has no scheme; did you mean http://localhost:80?"#
        );
        assert_eq!(refusal("//h.org"), r#""//h.org" has no scheme; did you mean http://h.org?"#);
        assert_eq!(refusal(""), r#""" is no URL: relative URL without a base"#);
        assert_eq!(refusal("ftp://h.org/"), r#""ftp://h.org/" is not an http or https address"#);
        assert_eq!(refusal("http://"), r#""http://" is no URL: empty host"#);
        assert_eq!(start("http://H.org#x").map(String::from), Ok("http://h.org/".into()));
    }
}
