//! Pages that are hard to read.

use std::time::Duration;

use web::{Ending, Settings, Shape};

use crate::{
    Hazard,
    script::{html, links},
    visit::{Visit, around, pages, settings},
};

pub(crate) const ALL: &[Hazard] = &[
    Hazard("512 kB of nested lists are read without a tree", nested),
    Hazard("64,000 attributes are read without a tree", attributes),
    Hazard("a page whose tree would be a hundred times as large is read without one", paragraphs),
    Hazard("whatever 512 kB of tags are, they are read in time", endless_shapes),
    Hazard("a hundred thousand links are no more than the limit allows", many_links),
    Hazard("malformed HTML is read as browsers read it", malformed),
    Hazard("what a page has for those without scripts is read", noscript),
];

/// A site whose bad page is large.
fn large(page: &str) -> Visit {
    Visit::of(around(html(page)), Settings { max_body: 4 << 20, ..settings() })
}

fn nested() {
    let visit = large(&("<ul><li>".repeat(64_000) + "<a href=/under>"));
    assert_eq!(*visit.ending("/bad"), Ending::ReadFlat(Shape::Deep));
    visit.asked_once(&["/", "/bad", "/good", "/under"]);
    assert!(visit.elapsed < Duration::from_secs(20), "{:?}", visit.elapsed);
}

fn attributes() {
    let names: Vec<String> = (0..64_000).map(|number| format!("a{number}")).collect();
    let visit = large(&format!("<a href=/under><p {}>", names.join(" ")));
    // However slow the machine is, it is one or the other.
    let ending = visit.ending("/bad");
    assert!(matches!(ending, Ending::ReadFlat(Shape::Wide | Shape::Slow)), "{ending:?}");
    visit.asked_once(&["/", "/bad", "/good", "/under"]);
}

fn paragraphs() {
    // What is not closed is opened anew in each paragraph.
    let fonts: Vec<String> = (0..200).map(|size| format!("<font size={size}>")).collect();
    let fonts = fonts.concat();
    let page = format!("<a href=/under></a><p>{fonts}</p>") + &"<p>x</p>".repeat(60_000);
    let visit = large(&page);
    let ending = visit.ending("/bad");
    assert!(matches!(ending, Ending::ReadFlat(Shape::Large | Shape::Slow)), "{ending:?}");
    visit.asked_once(&["/", "/bad", "/good", "/under"]);
}

/// Tags that make parsers work, each again and again.
const SHAPES: &[&str] = &[
    "<div>",
    "</div>",
    "<b>",
    "<a>",
    "<a href=/good>",
    "<nobr>",
    "<b><p></b>",
    "<b><div></b>",
    "<a><p></a>",
    "<b><i></b></i>",
    "<table>",
    "<table><tr><td>",
    "<table>x",
    "<td>",
    "<select><option>",
    "<button>",
    "<form>",
    "<svg>",
    "<svg><desc>",
    "<math><mi>",
    "<svg></p>",
    "<template>",
    "<frameset>",
    "<p><ruby><rt>",
    "<li><dd>",
    "<h1></h2>",
    "<body x=1>",
    "<html y=2>",
    "<br>",
    "<!---->",
    "<!",
    "<?",
    "</",
    "<p",
    "<a href=\"",
    "&notanentity",
    "&#0;",
    "\0",
    "<script>",
    "<title>",
    "<plaintext>",
    "<![CDATA[",
];

fn endless_shapes() {
    let bytes = 512 * 1024;
    let page = |number: usize| format!("/{number}");
    let mut site = pages([("/", html(links(SHAPES.len())))]);
    for (number, shape) in SHAPES.iter().enumerate() {
        // What comes first is found, whatever follows.
        let text = format!("<a href=/good></a>{}", shape.repeat(bytes / shape.len()));
        site.push((page(number), vec![html(text)]));
    }
    site.extend(pages([("/good", html(""))]));
    let visit = Visit::of(site, settings());
    for (number, shape) in SHAPES.iter().enumerate() {
        let read = visit.page(&page(number));
        assert!(matches!(read.ending, Ending::Read | Ending::ReadFlat(_)), "{shape}: {read:?}");
        assert_eq!(read.links.len(), 1, "{shape}: {read:?}");
    }
    visit.stays();
}

fn many_links() {
    let site = pages([("/", html(links(100_000)))]);
    let limits = Settings { max_pages: 3, max_body: 4 << 20, ..settings() };
    let visit = Visit::of(site, limits);
    visit.asked_once(&["/", "/0", "/1"]);
    assert_eq!(visit.crawled.left_out.beyond, 99_998);
}

fn malformed() {
    let page = "<table><a href=/1><tr></p></b><a href='/2\n'</table><<a href=\"/3\"<a href=/4 =/5><a href=/6";
    let visit = Visit::of(pages([("/", html(page))]), settings());
    // The third has more attributes than it seems, and the last never ends, so it is none.
    visit.asked_once(&["/", "/1", "/2", "/3"]);
}

fn noscript() {
    let page = "<noscript><a href=/1></noscript><script>document.write('<a href=/2>')</script>";
    Visit::of(pages([("/", html(page))]), settings()).asked_once(&["/", "/1"]);
}
