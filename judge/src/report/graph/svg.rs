//! A graph as a picture: the start in the middle, and the links by which pages were found as lines
//! outwards. All other links are faint curves. Colours are classes, for light and for dark.

use std::fmt::Write;

use super::{
    Graph, Kind, Node,
    layout::{GAP, LETTER, Layout, Place, layout, name_width},
};

/// The room around everything, in pixels.
const MARGIN: f64 = 24.0;

/// How many links that are not the tree's can be seen.
const MOST_CURVES: usize = 4_000;

/// How things look on light paper and on dark.
const STYLE: &str = "\
.names text { stroke-width: 0.3em; stroke-linejoin: round; paint-order: stroke }
.links { fill: none; stroke-opacity: 0.45 }
";

/// What there is besides pages, and its colour on light paper and on dark.
const COLORS: [(&str, [&str; 2]); 5] = [
    (".paper { fill:", ["#fcfcfa", "#15161a"]),
    ("text { fill:", ["#2b2f36", "#e6e6ea"]),
    (".names text, circle { stroke:", ["#fcfcfa", "#15161a"]),
    (".tree { stroke:", ["#5d6b7d", "#8b98ab"]),
    (".links { stroke:", ["#b9c2cf", "#55606f"]),
];

/// The style of the picture: a browser chooses between light and dark. Whatever else shows it knows
/// the light alone, and no variables, so every colour is written out.
fn style() -> String {
    let colors = |shade: usize| {
        let rule = |(rule, colors): (&str, [&str; 2])| format!("{rule} {} }}\n", colors[shade]);
        let dot = |kind: Kind| rule((&format!(".{} {{ fill:", kind.class()), kind.colors()));
        COLORS.map(rule).concat() + &Kind::ALL.map(dot).concat()
    };
    let (light, dark) = (colors(0), colors(1));
    format!("{light}{STYLE}@media (prefers-color-scheme: dark) {{\n{dark}}}\n")
}

/// The text of the picture.
pub(super) fn text(graph: &Graph<'_>) -> String {
    let layout = layout(graph);
    let scale = layout.scale;
    let half = half(graph, &layout);
    let head = 70.0 * scale;
    let (left, top, width, height) = (-half, -half - head, half * 2.0, half * 2.0 + head);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{left:.0} {top:.0} {width:.0} \
         {height:.0}\" font-family=\"sans-serif\" font-size=\"{:.1}\">\n<style>\n{}</style>\n\
         <rect class=\"paper\" x=\"{left:.0}\" y=\"{top:.0}\" width=\"100%\" height=\"100%\"/>\n",
        LETTER * scale,
        style()
    );
    let hidden = links(&mut svg, graph, &layout);
    let pages = || graph.nodes.iter().zip(&layout.places);
    pages().for_each(|(node, place)| page(&mut svg, node, *place, scale));
    svg += "<g class=\"names\">\n";
    for (node, place) in pages().filter(|(_, place)| place.has_room(scale)) {
        beside(&mut svg, node, *place, scale);
    }
    svg += "</g>\n";
    legend(&mut svg, graph, (left + MARGIN, top + MARGIN), scale, hidden);
    svg + "</svg>\n"
}

/// How far the picture reaches from the middle: to the end of the last name.
fn half(graph: &Graph<'_>, layout: &Layout) -> f64 {
    let pages = graph.nodes.iter().zip(&layout.places);
    let named = pages.filter(|(_, place)| place.has_room(layout.scale));
    let reach = |(node, place): (&Node<'_>, &Place)| {
        place.distance + GAP * layout.scale + name_width(&node.name(), layout.scale)
    };
    named.map(reach).fold(layout.radius, f64::max) + MARGIN
}

/// Draws the links, and gives how many were not drawn.
fn links(svg: &mut String, graph: &Graph<'_>, layout: &Layout) -> usize {
    let is_tree = |&&(from, to): &&(usize, usize)| layout.parents[to] == Some(from);
    let (tree, rest): (Vec<_>, Vec<_>) = graph.links.iter().partition(|link| is_tree(link));
    let rest: Vec<_> = rest.into_iter().filter(|(from, to)| from != to).collect();
    let hidden = if rest.len() > MOST_CURVES { rest.len() } else { 0 };
    let scale = layout.scale;
    // Writing to a string does not fail.
    let _ = writeln!(svg, "<g class=\"links\" stroke-width=\"{:.1}\">", 0.7 * scale);
    for (from, to) in rest.into_iter().filter(|_| hidden == 0) {
        curve(svg, layout.places[from], layout.places[to]);
    }
    let _ = writeln!(svg, "</g>\n<g class=\"tree\" stroke-width=\"{scale:.1}\">");
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

fn page(svg: &mut String, node: &Node<'_>, place: Place, scale: f64) {
    let radius = if place.distance == 0.0 { 7.0 } else { 4.0 } * scale.sqrt();
    let _ = writeln!(
        svg,
        "<circle class=\"{}\" cx=\"{:.1}\" cy=\"{:.1}\" r=\"{radius:.1}\">\
         <title>{}: {}</title></circle>",
        node.kind.class(),
        place.x(),
        place.y(),
        escape(node.url),
        node.kind.name()
    );
}

/// The name of a page, written outwards, and never upside down. Where a link goes on outwards, the
/// name stands beside it and not on it.
fn beside(svg: &mut String, node: &Node<'_>, place: Place, scale: f64) {
    let name = escape(&node.name());
    if place.distance == 0.0 {
        let _ = writeln!(
            svg,
            "<text y=\"{:.1}\" text-anchor=\"middle\" font-weight=\"bold\">{name}</text>",
            -12.0 * scale.sqrt()
        );
        return;
    }
    let degrees = place.angle.to_degrees().rem_euclid(360.0);
    let (turn, anchor, gap) = if degrees > 90.0 && degrees < 270.0 {
        (degrees - 180.0, "end", -GAP * scale.sqrt())
    } else {
        (degrees, "start", GAP * scale.sqrt())
    };
    let lift = if place.leads_on { "-0.35em" } else { "0.35em" };
    let _ = writeln!(
        svg,
        "<text transform=\"translate({:.1} {:.1}) rotate({turn:.1})\" x=\"{gap:.1}\" \
         dy=\"{lift}\" text-anchor=\"{anchor}\">{name}</text>",
        place.x(),
        place.y()
    );
}

/// What was crawled, what the colours mean, and what is not drawn.
fn legend(svg: &mut String, graph: &Graph<'_>, (left, top): (f64, f64), scale: f64, hidden: usize) {
    let _ = writeln!(
        svg,
        "<g transform=\"translate({left:.0} {top:.0}) scale({scale:.2})\" font-size=\"12\">\n\
         <text y=\"12\" font-size=\"15\" font-weight=\"bold\">{}</text>",
        escape(graph.home)
    );
    let mut across = 0.0;
    for kind in Kind::ALL {
        let count = graph.nodes.iter().filter(|node| node.kind == kind).count();
        if count > 0 {
            let words = format!("{count} {}", kind.name());
            let _ = writeln!(
                svg,
                "<circle class=\"{}\" cx=\"{:.0}\" cy=\"30\" r=\"5\"/>\
                 <text x=\"{:.0}\" y=\"34\">{words}</text>",
                kind.class(),
                across + 5.0,
                across + 15.0
            );
            across += 40.0 + name_width(&words, 1.0);
        }
    }
    if hidden > 0 {
        let _ = writeln!(
            svg,
            "<text opacity=\"0.7\" y=\"52\">{hidden} more links are not drawn</text>"
        );
    }
    *svg += "</g>\n";
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
