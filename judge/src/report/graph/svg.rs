//! A graph as a picture: the start in the middle, and the links by which pages were found as lines
//! outwards. All other links are faint curves.

use std::fmt::Write;

use super::{
    Graph, Kind, Node,
    layout::{Layout, Place, layout},
};

/// The room around the last ring, for the names of pages, in pixels.
const MARGIN: f64 = 190.0;

/// How many pages can have their names beside them.
const MOST_NAMES: usize = 150;

/// How many characters of a name are shown.
const NAME: usize = 26;

/// How many links that are not the tree's can be seen.
const MOST_CURVES: usize = 4_000;

/// The text of the picture.
pub(super) fn text(graph: &Graph<'_>) -> String {
    let layout = layout(graph);
    let half = layout.radius + MARGIN;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{:.0} {:.0} {:.0} {:.0}\" \
         font-family=\"sans-serif\" font-size=\"10\">\n\
         <rect x=\"{:.0}\" y=\"{:.0}\" width=\"100%\" height=\"100%\" fill=\"#fcfcfa\"/>\n",
        -half,
        -half,
        half * 2.0,
        half * 2.0,
        -half,
        -half
    );
    let hidden = links(&mut svg, graph, &layout);
    let many = graph.nodes.len() > MOST_NAMES;
    for (node, place) in graph.nodes.iter().zip(&layout.places) {
        page(&mut svg, node, *place, if many { Name::OnHover } else { Name::Beside });
    }
    legend(&mut svg, graph, half, hidden);
    svg + "</svg>\n"
}

/// Where the name of a page stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Beside,
    OnHover,
}

/// Draws the links, and gives how many were not drawn.
fn links(svg: &mut String, graph: &Graph<'_>, layout: &Layout) -> usize {
    let is_tree = |&&(from, to): &&(usize, usize)| layout.parents[to] == Some(from);
    let (tree, rest): (Vec<_>, Vec<_>) = graph.links.iter().partition(|link| is_tree(link));
    let rest: Vec<_> = rest.into_iter().filter(|(from, to)| from != to).collect();
    let hidden = if rest.len() > MOST_CURVES { rest.len() } else { 0 };
    // Writing to a string does not fail.
    let _ = writeln!(
        svg,
        "<g fill=\"none\" stroke=\"#b9c2cf\" stroke-opacity=\"0.45\" stroke-width=\"0.7\">"
    );
    for (from, to) in rest.into_iter().filter(|_| hidden == 0) {
        curve(svg, layout.places[from], layout.places[to]);
    }
    let _ = writeln!(svg, "</g>\n<g stroke=\"#5d6b7d\" stroke-width=\"1\">");
    for (from, to) in tree {
        let (from, to) = (layout.places[from], layout.places[to]);
        let _ = writeln!(
            svg,
            "<line x1=\"{:.1}\" y1=\"{:.1}\" x2=\"{:.1}\" y2=\"{:.1}\"/>",
            from.x(),
            from.y(),
            to.x(),
            to.y()
        );
    }
    *svg += "</g>\n";
    hidden
}

/// A curve that bends towards the middle, so that it does not run over the pages between.
fn curve(svg: &mut String, from: Place, to: Place) {
    let middle = |one: f64, other: f64| (one + other) * 0.3;
    let _ = writeln!(
        svg,
        "<path d=\"M{:.1} {:.1}Q{:.1} {:.1} {:.1} {:.1}\"/>",
        from.x(),
        from.y(),
        middle(from.x(), to.x()),
        middle(from.y(), to.y()),
        to.x(),
        to.y()
    );
}

fn page(svg: &mut String, node: &Node<'_>, place: Place, name: Name) {
    let radius = if place.distance == 0.0 { 7.0 } else { 4.0 };
    let _ = writeln!(
        svg,
        "<circle cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius}\" fill=\"{}\" stroke=\"#fff\">\
         <title>{}: {}</title></circle>",
        place.x(),
        place.y(),
        node.kind.color(),
        escape(node.url),
        node.kind.name()
    );
    if name == Name::Beside {
        beside(svg, node, place);
    }
}

/// The name of a page, written outwards, and never upside down.
fn beside(svg: &mut String, node: &Node<'_>, place: Place) {
    let name = escape(&shortened(node.path()));
    if place.distance == 0.0 {
        let _ = writeln!(
            svg,
            "<text y=\"-12\" text-anchor=\"middle\" font-weight=\"bold\" fill=\"#222\">{name}</text>"
        );
        return;
    }
    let degrees = place.angle.to_degrees().rem_euclid(360.0);
    let (turn, anchor, gap) = if degrees > 90.0 && degrees < 270.0 {
        (degrees - 180.0, "end", -8.0)
    } else {
        (degrees, "start", 8.0)
    };
    let _ = writeln!(
        svg,
        "<text transform=\"translate({:.1} {:.1}) rotate({turn:.1})\" x=\"{gap}\" dy=\"0.35em\" \
         text-anchor=\"{anchor}\" fill=\"#333\" stroke=\"#fcfcfa\" stroke-width=\"3\" \
         paint-order=\"stroke\">{name}</text>",
        place.x(),
        place.y()
    );
}

/// What the colours mean, and what is not drawn.
fn legend(svg: &mut String, graph: &Graph<'_>, half: f64, hidden: usize) {
    let (left, mut top) = (20.0 - half, 30.0 - half);
    let _ = writeln!(
        svg,
        "<text x=\"{left:.0}\" y=\"{top:.0}\" font-size=\"15\" font-weight=\"bold\" fill=\"#222\">{}</text>",
        escape(graph.home)
    );
    for kind in Kind::ALL {
        let count = graph.nodes.iter().filter(|node| node.kind == kind).count();
        if count > 0 {
            top += 18.0;
            let _ = writeln!(
                svg,
                "<circle cx=\"{:.0}\" cy=\"{:.0}\" r=\"5\" fill=\"{}\"/>\
                 <text x=\"{:.0}\" y=\"{top:.0}\" font-size=\"12\" fill=\"#333\">{count} {}</text>",
                left + 5.0,
                top - 4.0,
                kind.color(),
                left + 16.0,
                kind.name()
            );
        }
    }
    if hidden > 0 {
        top += 18.0;
        let _ = writeln!(
            svg,
            "<text x=\"{left:.0}\" y=\"{top:.0}\" font-size=\"12\" fill=\"#777\">{hidden} more links are not drawn</text>"
        );
    }
}

fn shortened(name: &str) -> String {
    if name.chars().count() <= NAME {
        return name.to_owned();
    }
    name.chars().take(NAME - 1).chain(['…']).collect()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
