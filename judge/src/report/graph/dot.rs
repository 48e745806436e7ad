//! A graph as Graphviz reads it: `dot -Tsvg`, or `sfdp -Tsvg` for large ones.

use std::fmt::Write;

use super::Graph;

/// The text of `graph`.
pub(super) fn text(graph: &Graph<'_>) -> String {
    let mut text = String::from("digraph crawl {\n");
    // Writing to a string does not fail.
    let _ = writeln!(text, "  label={};\n  rankdir=LR;", quoted(graph.home));
    text += "  node [shape=box, style=\"rounded,filled\", fontcolor=white, fontname=sans];\n";
    for (number, node) in graph.nodes.iter().enumerate() {
        let (label, [color, _]) = (quoted(node.path()), node.kind.colors());
        let _ = writeln!(text, "  {number} [label={label}, fillcolor=\"{color}\"];");
    }
    for (from, to) in &graph.links {
        let _ = writeln!(text, "  {from} -> {to};");
    }
    text + "}\n"
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}
