//! The `<svg>` element around a drawing: size, role, title and description.

use std::fmt::Write;

use super::frame;
use super::sparkline;
use super::spec::Layout;
use super::text;

/// What assistive technology reads.
#[derive(Clone, Copy)]
pub(super) struct Head<'a> {
    pub(super) id: &'a str,
    pub(super) title: &'a str,
    pub(super) description: &'a str,
}

/// A trend chart; without a drawing (which no known input causes) title and description still stand.
pub(super) fn wrap_trend(head: Head<'_>, layout: Layout, drawn: Option<(String, f64)>) -> String {
    let (drawing, height) = drawn.unwrap_or_default();
    let name = frame::name(layout);
    let id = format!("{}-{name}", text::name(head.id));
    wrap(head, &id, &format!("chart chart-{name}"), (frame::width(layout), height.max(1.0)), &drawing)
}

/// A sparkline.
pub(super) fn wrap_sparkline(head: Head<'_>, drawn: Option<String>) -> String {
    let id = format!("{}-spark", text::name(head.id));
    wrap(head, &id, "chart chart-spark chart-s1", sparkline::SIZE, &drawn.unwrap_or_default())
}

fn wrap(head: Head<'_>, id: &str, class: &str, (width, height): (f64, f64), drawing: &str) -> String {
    let mut out = String::with_capacity(drawing.len() + head.description.len() + 400);
    let _ = write!(
        out,
        "<svg class=\"{class}\" role=\"img\" viewBox=\"0 0 {width} {height}\" \
         aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">"
    );
    text::escape_into(&mut out, head.title);
    let _ = write!(out, "</title><desc id=\"{id}-d\">");
    text::escape_into(&mut out, head.description);
    out.push_str("</desc>");
    out.push_str(drawing);
    out.push_str("</svg>");
    out
}
