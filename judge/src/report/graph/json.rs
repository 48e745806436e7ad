//! A graph as programs read it.

use serde::Serialize;

use super::Graph;

#[derive(Serialize)]
struct Text<'a> {
    start: &'a str,
    pages: Vec<Page<'a>>,
    /// Pairs of numbers of pages.
    links: &'a [(usize, usize)],
}

#[derive(Serialize)]
struct Page<'a> {
    url: &'a str,
    depth: usize,
    kind: &'a str,
}

/// The text of `graph`.
pub(super) fn text(graph: &Graph<'_>) -> String {
    let page = |node: &super::Node<'_>| node.kind.name();
    let pages =
        graph.nodes.iter().map(|node| Page { url: node.url, depth: node.depth, kind: page(node) });
    let text = Text { start: graph.home, pages: pages.collect(), links: &graph.links };
    serde_json::to_string_pretty(&text).expect("there are no maps with odd keys") + "\n"
}
