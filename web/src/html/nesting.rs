//! How deep the elements of a page are nested, by its tags alone. It is overestimated: a closing tag
//! that is not that of the innermost element closes nothing. The worst that comes of it is a page read
//! without a tree.

use html5ever::{
    LocalName, local_name,
    tokenizer::{Tag, TagKind},
};

use crate::Shape;

/// More open elements than any page that was written for readers has. Browsers stop at 512.
const MOST_DEEP: usize = 256;

/// More attributes than any tag needs.
const MOST_ATTRIBUTES: usize = 256;

/// The elements that are open.
#[derive(Debug, Default)]
pub(super) struct Nesting {
    open: Vec<LocalName>,
    is_deep: bool,
}

impl Nesting {
    /// Notes the next tag of the page. Tells if it makes a tree too expensive.
    pub(super) fn note(&mut self, tag: &Tag) -> Option<Shape> {
        if self.is_deep {
            return None;
        }
        match tag.kind {
            TagKind::StartTag => self.begin(&tag.name),
            TagKind::EndTag => self.end(&tag.name),
        }
        if self.is_deep {
            return Some(Shape::Deep);
        }
        (tag.attrs.len() > MOST_ATTRIBUTES).then_some(Shape::Wide)
    }

    fn begin(&mut self, name: &LocalName) {
        if is_void(name) {
            return;
        }
        if self.open.last().is_some_and(|last| ends_at(last, name)) {
            self.open.pop();
        }
        self.open.push(name.clone());
        self.is_deep = self.open.len() > MOST_DEEP;
    }

    fn end(&mut self, name: &LocalName) {
        // Only elements whose end need not be written are closed by somebody else's end.
        while self.open.last().is_some_and(|last| last != name && may_stay_open(last)) {
            self.open.pop();
        }
        if self.open.last() == Some(name) {
            self.open.pop();
        }
    }
}

/// Elements that have no end.
fn is_void(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("area")
            | local_name!("base")
            | local_name!("br")
            | local_name!("col")
            | local_name!("embed")
            | local_name!("hr")
            | local_name!("img")
            | local_name!("input")
            | local_name!("link")
            | local_name!("meta")
            | local_name!("param")
            | local_name!("source")
            | local_name!("track")
            | local_name!("wbr")
    )
}

/// Elements whose end need not be written.
fn may_stay_open(name: &LocalName) -> bool {
    matches!(
        *name,
        local_name!("body")
            | local_name!("colgroup")
            | local_name!("dd")
            | local_name!("dt")
            | local_name!("head")
            | local_name!("html")
            | local_name!("li")
            | local_name!("option")
            | local_name!("p")
            | local_name!("tbody")
            | local_name!("td")
            | local_name!("tfoot")
            | local_name!("th")
            | local_name!("thead")
            | local_name!("tr")
    )
}

/// Whether an open `last` ends where `next` begins.
fn ends_at(last: &LocalName, next: &LocalName) -> bool {
    match *last {
        local_name!("dd") | local_name!("dt") => {
            matches!(*next, local_name!("dd") | local_name!("dt"))
        }
        local_name!("td") | local_name!("th") => {
            matches!(*next, local_name!("td") | local_name!("th"))
        }
        local_name!("li") | local_name!("option") | local_name!("p") | local_name!("tr") => {
            last == next
        }
        local_name!("head") => *next == local_name!("body"),
        _ => false,
    }
}
