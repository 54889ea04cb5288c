//! SVG: elements and attributes by an allow-list, written anew without comments, scripts, links and notes.

use super::{Cleaned, Refused};

const ELEMENTS: [&str; 25] = [
    "svg",
    "g",
    "path",
    "rect",
    "circle",
    "ellipse",
    "line",
    "polyline",
    "polygon",
    "text",
    "tspan",
    "title",
    "desc",
    "defs",
    "linearGradient",
    "radialGradient",
    "stop",
    "clipPath",
    "mask",
    "pattern",
    "symbol",
    "use",
    "marker",
    "filter",
    "feGaussianBlur",
];

/// Elements that are left out with all that is in them: programs put their notes there.
const NOTES: [&str; 3] = ["metadata", "namedview", "RDF"];

const ATTRIBUTES: [&str; 71] = [
    "id",
    "class",
    "viewBox",
    "width",
    "height",
    "x",
    "y",
    "x1",
    "y1",
    "x2",
    "y2",
    "cx",
    "cy",
    "r",
    "rx",
    "ry",
    "fx",
    "fy",
    "d",
    "points",
    "transform",
    "fill",
    "fill-opacity",
    "fill-rule",
    "stroke",
    "stroke-width",
    "stroke-opacity",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "stroke-dashoffset",
    "stroke-miterlimit",
    "opacity",
    "font-family",
    "font-size",
    "font-weight",
    "font-style",
    "text-anchor",
    "dominant-baseline",
    "letter-spacing",
    "dx",
    "dy",
    "offset",
    "stop-color",
    "stop-opacity",
    "gradientUnits",
    "gradientTransform",
    "spreadMethod",
    "clip-path",
    "clip-rule",
    "clipPathUnits",
    "mask",
    "maskUnits",
    "patternUnits",
    "patternTransform",
    "patternContentUnits",
    "preserveAspectRatio",
    "markerWidth",
    "markerHeight",
    "refX",
    "refY",
    "orient",
    "href",
    "marker-start",
    "marker-mid",
    "marker-end",
    "version",
    "role",
    "color",
    "stdDeviation",
    "filter",
];

const SVG: &str = "http://www.w3.org/2000/svg";

/// Elements within elements; more is no drawing.
const DEEPEST: usize = 64;

pub(super) fn clean(bytes: &[u8]) -> Result<Cleaned, Refused> {
    let text = std::str::from_utf8(bytes).map_err(|_| Refused::Broken("it is not UTF-8 text"))?;
    // Documents with a DTD, and with it entities, are refused by the parser.
    let document = roxmltree::Document::parse(text.trim_start_matches('\u{feff}'))
        .map_err(|_| Refused::Broken("it is not a well-formed drawing"))?;
    let root = document.root_element();
    if root.tag_name().name() != "svg" {
        return Err(Refused::NotAllowed("another kind of document".to_owned()));
    }
    let mut out = String::with_capacity(text.len());
    element(&root, &mut out, 0)?;
    out.push('\n');
    let number = |name: &str| {
        let value = root.attribute(name)?.trim_end_matches("px");
        value.parse::<f64>().ok().filter(|value| (1.0..=1e5).contains(value)).map(|value| value as u32)
    };
    Ok((out.into_bytes(), number("width").zip(number("height"))))
}

fn element(node: &roxmltree::Node<'_, '_>, out: &mut String, depth: usize) -> Result<(), Refused> {
    let name = node.tag_name().name();
    let own = node.tag_name().namespace().is_none_or(|namespace| namespace == SVG);
    if NOTES.contains(&name) || !own {
        return Ok(());
    }
    if depth > DEEPEST {
        return Err(Refused::NotAllowed("elements within elements without end".to_owned()));
    }
    if !ELEMENTS.contains(&name) {
        return Err(Refused::NotAllowed(format!("the element \"{}\"", plain(name))));
    }
    out.push('<');
    out.push_str(name);
    if depth == 0 {
        out.push_str(&format!(" xmlns=\"{SVG}\""));
    }
    for attribute in node.attributes() {
        let foreign = attribute.namespace().is_some_and(|namespace| !namespace.ends_with("/1999/xlink"));
        let (name, value) = (attribute.name(), attribute.value());
        if name == "style" {
            return Err(Refused::NotAllowed("the attribute \"style\"".to_owned()));
        }
        if name.to_ascii_lowercase().starts_with("on") {
            return Err(Refused::NotAllowed(format!("the attribute \"{}\"", plain(name))));
        }
        let outside = (name == "href" && !value.starts_with('#')) || leads_out(value);
        if outside {
            return Err(Refused::NotAllowed("a link to another file".to_owned()));
        }
        if ATTRIBUTES.contains(&name) && !foreign {
            out.push_str(&format!(" {name}=\""));
            escape(value, out);
            out.push('"');
        }
    }
    out.push('>');
    for child in node.children() {
        if child.is_element() {
            element(&child, out, depth + 1)?;
        } else if child.is_text() && matches!(name, "text" | "tspan" | "title" | "desc") {
            escape(child.text().unwrap_or_default(), out);
        }
    }
    out.push_str(&format!("</{name}>"));
    Ok(())
}

/// Whether a value loads something: `url(#id)` stays inside.
fn leads_out(value: &str) -> bool {
    let lower = value.to_ascii_lowercase().replace(char::is_whitespace, "");
    lower.contains("javascript:")
        || lower.contains("data:")
        || lower.match_indices("url(").any(|(at, _)| {
            let inside = lower[at + 4..].trim_start_matches(['"', '\'']);
            !inside.starts_with('#')
        })
}

fn escape(text: &str, out: &mut String) {
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            letter => out.push(letter),
        }
    }
}

/// A name as it may stand in a message.
fn plain(name: &str) -> String {
    name.chars().filter(|letter| letter.is_ascii_alphanumeric() || *letter == '-').take(24).collect()
}
