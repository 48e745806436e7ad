//! Links without keeping a tree. Html5ever's tree builder decides which elements there are, exactly as
//! it does for scraper, but of each only its name is kept, and of links what they say.
//!
//! Elements come into being in the order in which they stand in the tree, unless the builder moves
//! some: out of tables, and where those that change the look of text are closed in the wrong order.
//! Then there is no outline, and scraper's tree is needed.

use std::{
    borrow::Cow,
    cell::{Cell, Ref, RefCell},
    mem,
    time::{Duration, Instant},
};

use html5ever::{
    Attribute, QualName, local_name, ns,
    tendril::StrTendril,
    tokenizer::{BufferQueue, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts},
    tree_builder::{ElementFlags, NodeOrText, QuirksMode, TreeBuilder, TreeBuilderOpts, TreeSink},
};

use super::{Hrefs, nesting::Nesting, pieces};

/// More elements than a page has that is read this way.
const MOST_ELEMENTS: usize = 20_000;

/// What stands for the document, and for all that is no element.
const DOCUMENT: usize = 0;

/// Finds the links in `text`; nothing if that takes a tree, or longer than `most`.
pub(crate) fn read(text: &str, most: Duration) -> Option<Hrefs> {
    let begun = Instant::now();
    // As for the tree: nothing here runs scripts.
    let options = TreeBuilderOpts { scripting_enabled: false, ..Default::default() };
    let builder = TreeBuilder::new(Outline::default(), options);
    let reader = Reader { nesting: RefCell::default(), builder };
    let tokenizer = Tokenizer::new(reader, TokenizerOpts::default());
    let queue = BufferQueue::default();
    for piece in pieces(text) {
        if begun.elapsed() > most {
            return None;
        }
        queue.push_back(StrTendril::from_slice(piece));
        // It stops at the end of each script, and goes on when it is asked to.
        while !queue.is_empty() {
            let _ = tokenizer.feed(&queue);
        }
        if tokenizer.sink.builder.sink.is_given_up.get() {
            return None;
        }
    }
    tokenizer.end();
    let Outline { found, is_given_up, .. } = tokenizer.sink.builder.sink;
    (!is_given_up.get()).then(|| found.into_inner())
}

/// Passes tags on to the builder, as long as it can be afforded.
struct Reader {
    nesting: RefCell<Nesting>,
    builder: TreeBuilder<usize, Outline>,
}

impl TokenSink for Reader {
    type Handle = usize;

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<usize> {
        let outline = &self.builder.sink;
        if let Token::TagToken(tag) = &token
            && self.nesting.borrow_mut().note(tag).is_some()
        {
            outline.is_given_up.set(true);
        }
        if outline.is_given_up.get() {
            return TokenSinkResult::Continue;
        }
        self.builder.process_token(token, line)
    }

    fn end(&self) {
        self.builder.end();
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.builder.adjusted_current_node_present_but_not_in_html_namespace()
    }
}

/// The elements so far, by number.
struct Outline {
    names: RefCell<Vec<QualName>>,
    found: RefCell<Hrefs>,
    is_given_up: Cell<bool>,
}

impl Default for Outline {
    fn default() -> Self {
        let document = QualName::new(None, ns!(), local_name!(""));
        Self {
            names: RefCell::new(vec![document]),
            found: RefCell::default(),
            is_given_up: Cell::new(false),
        }
    }
}

impl Outline {
    /// Something is moved to another place than where it was begun.
    fn moves(&self, child: &NodeOrText<usize>) {
        if matches!(child, NodeOrText::AppendNode(_)) {
            self.is_given_up.set(true);
        }
    }
}

/// The value of `href`, which `[href]` selects: not that of another namespace.
fn href(attributes: &mut [Attribute]) -> Option<String> {
    let is_href = |name: &QualName| name.local == local_name!("href") && name.ns == ns!();
    let href = attributes.iter_mut().find(|attribute| is_href(&attribute.name))?;
    Some(mem::take(&mut href.value).into())
}

impl TreeSink for Outline {
    type Handle = usize;
    type Output = ();
    type ElemName<'a> = Ref<'a, QualName>;

    fn finish(self) {}

    fn parse_error(&self, _: Cow<'static, str>) {}

    fn get_document(&self) -> usize {
        DOCUMENT
    }

    fn elem_name<'a>(&'a self, target: &'a usize) -> Ref<'a, QualName> {
        Ref::map(self.names.borrow(), |names| &names[*target])
    }

    fn create_element(
        &self,
        name: QualName,
        mut attributes: Vec<Attribute>,
        _: ElementFlags,
    ) -> usize {
        let found = &mut *self.found.borrow_mut();
        match name.local {
            local_name!("a") | local_name!("area") => found.links.extend(href(&mut attributes)),
            local_name!("base") if found.base.is_none() => found.base = href(&mut attributes),
            _ => {}
        }
        let mut names = self.names.borrow_mut();
        names.push(name);
        if names.len() > MOST_ELEMENTS {
            self.is_given_up.set(true);
        }
        names.len() - 1
    }

    fn append_before_sibling(&self, _: &usize, child: NodeOrText<usize>) {
        self.moves(&child);
    }

    fn append_based_on_parent_node(&self, _: &usize, _: &usize, child: NodeOrText<usize>) {
        self.moves(&child);
    }

    fn remove_from_parent(&self, _: &usize) {
        self.is_given_up.set(true);
    }

    fn reparent_children(&self, _: &usize, _: &usize) {
        self.is_given_up.set(true);
    }

    fn get_template_contents(&self, target: &usize) -> usize {
        *target
    }

    fn same_node(&self, one: &usize, other: &usize) -> bool {
        one == other
    }

    fn create_comment(&self, _: StrTendril) -> usize {
        DOCUMENT
    }

    fn create_pi(&self, _: StrTendril, _: StrTendril) -> usize {
        DOCUMENT
    }

    // Nothing else is kept.
    fn append(&self, _: &usize, _: NodeOrText<usize>) {}
    fn append_doctype_to_document(&self, _: StrTendril, _: StrTendril, _: StrTendril) {}
    fn add_attrs_if_missing(&self, _: &usize, _: Vec<Attribute>) {}
    fn set_quirks_mode(&self, _: QuirksMode) {}
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use proptest::{collection::vec, prelude::*, sample::select};

    use super::{MOST_ELEMENTS, read};
    use crate::html::tree;

    /// More than any of these takes.
    const LONG: Duration = Duration::from_mins(1);

    #[track_caller]
    fn outlined(page: &str) {
        assert_eq!(read(page, LONG), tree::read(page, LONG).ok(), "{page}");
    }

    #[test]
    fn ordinary_pages_are_outlined() {
        for page in [
            "<!doctype html><title>t</title><base href=/b/><base href=no><p><a href=x>x</a>",
            "<ul><li><a href='a?b=1&amp;c'>a<li><area href=b></ul><a name=no><link href=no>",
            "<table><tr><td><a href=x>x</a><tr><td><a href=y>y</a></table>",
            "<script>'<a href=no>'</script><a href=x>x</a><!-- <a href=no> --><title>t</title>",
            "<svg><a href=x /><a xlink:href=no></a><title><a href=y></title></svg><a href=z>",
            "<template><a href=t></a></template><noscript><a href=n></a></noscript>",
            "<select><option>a<option>b</select><textarea><a href=no></textarea><math><mi>x",
            "\u{feff}<a href=x>x</a>\0<svg><![CDATA[<a href=no>]]></svg>",
        ] {
            outlined(page);
        }
    }

    #[test]
    fn what_the_builder_moves_takes_a_tree() {
        for page in [
            "<table><a href=x>x</a><tr><td><a href=y>",
            "<a href=x><p></a>",
            "<b><a href=x><p></b></a>",
            "<table><tr><td><base href=second></table><table><base href=first>",
            "<p><frameset><frame>",
        ] {
            assert_eq!(read(page, LONG), None, "{page}");
        }
    }

    #[test]
    fn what_costs_too_much_takes_another_way() {
        assert_eq!(read(&"<div>".repeat(1000), LONG), None);
        assert_eq!(read(&"<br>".repeat(MOST_ELEMENTS), LONG), None);
        assert_eq!(read("<a href=x>", Duration::ZERO), None);
    }

    /// What pages are made of, and what breaks them.
    const PARTS: &str = r#"
<a href=x>¦<a href='/y?a=1&amp;b'>¦<A HREF=z id=z>¦<a name=n>¦</a>¦text¦ ¦<area href=r>¦<base href=/b/>
<base target=t>¦<b>¦</b>¦<i>¦</i>¦<font>¦<nobr>¦</nobr>¦<p>¦</p>¦<div>¦</div>¦<ul>¦</ul>¦<li>¦<h1>¦</h2>
<table>¦</table>¦<tr>¦<td>¦</td>¦<th>¦<tbody>¦<caption>¦<colgroup>¦<col>¦<select>¦</select>¦<option>
<optgroup>¦<button>¦</button>¦<form>¦</form>¦<input>¦<input type=hidden>¦<textarea>¦</textarea>¦<svg>
</svg>¦<svg/>¦<desc>¦<foreignObject>¦</foreignObject>¦<math>¦<mi>¦</math>¦<a xlink:href=n>¦<title>¦</title>
<annotation-xml encoding=text/html>¦<style>¦</style>¦<script>¦</script>¦<noscript>¦</noscript>¦<template>
</template>¦<template shadowrootmode=open>¦<html a=b>¦<head>¦</head>¦<body c=d>¦</body>¦</html>¦<frameset>
</frameset>¦<frame>¦<noframes>¦</noframes>¦<iframe>¦</iframe>¦<object>¦</object>¦<marquee>¦<br>¦</br>¦<hr>
<image>¦<plaintext>¦<ruby>¦<rt>¦<dd>¦<dt>¦<!-- -->¦<!--¦-->¦<![CDATA[¦]]>¦<!doctype html>¦<!doctype a>¦<?x>
</¦<¦&¦&amp;¦"¦<a href="¦<details>¦<summary>¦<menu>¦<pre>¦<xmp>¦</xmp>¦<param>¦<source>¦<selectedcontent>
<search>¦<dialog>"#;

    /// Some that cannot be seen, and all of the others.
    fn part() -> impl Strategy<Value = &'static str> {
        let seen = PARTS.split(['\n', '¦']).collect::<Vec<_>>();
        prop_oneof![20 => select(seen), 1 => select(&["\n", "\0", "\u{feff}"])]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(20_000))]

        #[test]
        fn an_outline_has_the_links_of_the_tree(parts in vec(part(), 0..24)) {
            let page = parts.concat();
            if let Some(found) = read(&page, LONG) {
                prop_assert_eq!(Ok(found), tree::read(&page, LONG), "{}", page);
            }
        }
    }
}
