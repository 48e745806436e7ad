//! Links without a tree: one pass over the tags, in time linear in the size of the page. It also
//! sees whether building the tree would take longer than that.
//!
//! The tree builder looks through all open elements at many tags, so 64,000 nested lists take it over
//! a minute.

use std::{
    cell::RefCell,
    time::{Duration, Instant},
};

use html5ever::{
    LocalName, local_name,
    tendril::StrTendril,
    tokenizer::{
        BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
        states::RawKind,
    },
};

use super::{Hrefs, nesting::Nesting, pieces};
use crate::Shape;

/// What the tags of a page say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Flat {
    pub(super) found: Hrefs,
    /// Why there must not be a tree.
    pub(super) shape: Option<Shape>,
}

/// Reads the tags of `text`, and stops where that takes longer than `most`.
pub(super) fn scan(text: &str, most: Duration) -> Flat {
    let begun = Instant::now();
    let tokenizer = Tokenizer::new(Tags::default(), TokenizerOpts::default());
    let queue = BufferQueue::default();
    for piece in pieces(text) {
        // The tokenizer compares each attribute of a tag with all others.
        if begun.elapsed() > most {
            tokenizer.sink.flat.borrow_mut().shape = Some(Shape::Slow);
            return tokenizer.sink.flat.take();
        }
        queue.push_back(StrTendril::from_slice(piece));
        // Nothing here runs scripts, so it never stops for one.
        let _ = tokenizer.feed(&queue);
    }
    tokenizer.end();
    tokenizer.sink.flat.take()
}

/// Collects what the tags say, one after the other.
#[derive(Default)]
struct Tags {
    flat: RefCell<Flat>,
    nesting: RefCell<Nesting>,
}

impl TokenSink for Tags {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        if let Some(shape) = self.nesting.borrow_mut().note(&tag) {
            self.flat.borrow_mut().shape = Some(shape);
        }
        match tag.kind {
            TagKind::StartTag => self.begin(&tag),
            TagKind::EndTag => TokenSinkResult::Continue,
        }
    }
}

impl Tags {
    fn begin(&self, tag: &Tag) -> TokenSinkResult<()> {
        let found = &mut self.flat.borrow_mut().found;
        match (&tag.name, href(tag)) {
            (&local_name!("a") | &local_name!("area"), Some(link)) => found.links.push(link),
            (&local_name!("base"), Some(base)) if found.base.is_none() => found.base = Some(base),
            _ => {}
        }
        text_after(&tag.name)
    }
}

fn href(tag: &Tag) -> Option<String> {
    let href = tag.attrs.iter().find(|attribute| attribute.name.local == local_name!("href"))?;
    Some(href.value.to_string())
}

/// What follows a tag is text and no tags, for some.
fn text_after(name: &LocalName) -> TokenSinkResult<()> {
    match *name {
        local_name!("script") => TokenSinkResult::RawData(RawKind::ScriptData),
        local_name!("title") | local_name!("textarea") => TokenSinkResult::RawData(RawKind::Rcdata),
        local_name!("style")
        | local_name!("xmp")
        | local_name!("iframe")
        | local_name!("noembed")
        | local_name!("noframes") => TokenSinkResult::RawData(RawKind::Rawtext),
        local_name!("plaintext") => TokenSinkResult::Plaintext,
        _ => TokenSinkResult::Continue,
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{Flat, scan};
    use crate::Shape;

    fn read(text: &str) -> Flat {
        scan(text, Duration::from_mins(1))
    }

    #[test]
    fn links_are_found_wherever_they_are_links() {
        let page = r#"<BASE HREF=/b/><base href=no><A
            HREF='x?a=1&amp;b=2'>x</a><area href="y"><a name=no><link href=no>
            <script>"<a href=no>"</script><!-- <a href=no> --><style><a href=no></style>"#;
        assert_eq!(read(page).found.links, ["x?a=1&b=2", "y"]);
        assert_eq!(read(page).found.base.as_deref(), Some("/b/"));
        assert_eq!(read(page).shape, None);
    }

    #[test]
    fn nesting_without_end_is_seen_and_its_links_are_found() {
        for nest in
            ["<div>", "<ul><li>", "<b>", "<dd><li>", "<div><marquee></div>", "<table><tr><td>"]
        {
            let flat = read(&(nest.repeat(1000) + "<a href=x>"));
            assert_eq!(flat.shape, Some(Shape::Deep), "{nest}");
            assert_eq!(flat.found.links, ["x"], "{nest}");
        }
    }

    #[test]
    fn long_pages_are_not_deep() {
        for part in ["<p>text", "<ul><li>a<li>b</ul>", "<br><img>", "<dl><dt>a<dd>b</dl>"] {
            assert_eq!(read(&part.repeat(1000)).shape, None, "{part}");
        }
        let rows = "<table>".to_owned() + &"<tr><td>a</td><td>b</td></tr>".repeat(1000);
        assert_eq!(read(&rows).shape, None);
    }

    #[test]
    fn attributes_without_end_are_seen() {
        let names: Vec<String> = (0..1000).map(|number| format!("a{number}")).collect();
        assert_eq!(read(&format!("<p {}>", names.join(" "))).shape, Some(Shape::Wide));
    }

    #[test]
    fn no_time_is_no_links() {
        assert_eq!(scan("<a href=x>", Duration::ZERO).shape, Some(Shape::Slow));
    }
}
