//! Writes compact SVG: the pieces that plotters' backend and our own elements are made of.
//!
//! Neighbouring lines and polygons of one role become one `<path>` with relative steps; texts and circles of one role
//! become one `<g>`. Numbers come in tenths.

use std::fmt::Write;

use plotters_backend::BackendCoord;

use super::role::Role;
use super::text;

/// Backend units per SVG unit.
pub(super) const SCALE: i32 = 10;

/// The element that is open because the next thing drawn may still belong to it.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Nothing,
    Path(Role),
    Group(Role, &'static str),
}

/// Writes to the end of a string, between `<svg ...>` and `</svg>`.
pub(super) struct Writer<'a> {
    out: &'a mut String,
    open: Open,
}

impl<'a> Writer<'a> {
    /// A writer with nothing open.
    pub(super) fn new(out: &'a mut String) -> Self {
        Writer { out, open: Open::Nothing }
    }

    /// Opens a `<g>` that lasts until [`Self::end_group`].
    pub(super) fn begin_group(&mut self, class: &str) {
        self.finish();
        let _ = write!(self.out, "<g class=\"{class}\">");
    }

    /// Opens a `<g>` with a tooltip of its own.
    pub(super) fn begin_titled(&mut self, title: &str) {
        self.finish();
        self.out.push_str("<g><title>");
        text::escape_into(self.out, title);
        self.out.push_str("</title>");
    }

    /// Closes the innermost group.
    pub(super) fn end_group(&mut self) {
        self.finish();
        self.out.push_str("</g>");
    }

    /// Opens the group of hit targets, each a vertical stroke of this width.
    pub(super) fn begin_hits(&mut self, width: i32) {
        self.finish();
        self.out.push_str("<g class=\"chart-hit\" stroke-width=\"");
        self.number(width);
        self.out.push_str("\">");
    }

    /// A vertical stroke that shows the text while the pointer is over it.
    pub(super) fn hit(&mut self, x: i32, top: i32, bottom: i32, title: &str) {
        self.finish();
        self.out.push_str("<path d=\"M");
        self.pair(x, top);
        self.out.push('V');
        self.number(bottom);
        self.out.push_str("\"><title>");
        text::escape_into(self.out, title);
        self.out.push_str("</title></path>");
    }

    /// A label that opens with a strong part, left-aligned on a baseline.
    pub(super) fn label(&mut self, role: Role, at: BackendCoord, strong: &str, rest: &str) {
        self.enter(Open::Group(role, ""));
        self.open_text(at);
        if !strong.is_empty() {
            self.out.push_str("<tspan class=\"chart-value\">");
            text::escape_into(self.out, strong);
            self.out.push_str("</tspan>");
        }
        if !strong.is_empty() && !rest.is_empty() {
            self.out.push(' ');
        }
        text::escape_into(self.out, rest);
        self.out.push_str("</text>");
    }

    /// A line of text on a baseline; `anchor` is empty for left-aligned text.
    pub(super) fn text(&mut self, role: Role, anchor: &'static str, at: BackendCoord, words: &str) {
        self.enter(Open::Group(role, anchor));
        self.open_text(at);
        text::escape_into(self.out, words);
        self.out.push_str("</text>");
    }

    /// A circle.
    pub(super) fn circle(&mut self, role: Role, (x, y): BackendCoord, radius: i32) {
        self.enter(Open::Group(role, ""));
        for (name, value) in [("<circle cx=\"", x), ("\" cy=\"", y), ("\" r=\"", radius)] {
            self.out.push_str(name);
            self.number(value);
        }
        self.out.push_str("\"/>");
    }

    fn open_text(&mut self, (x, y): BackendCoord) {
        self.out.push_str("<text x=\"");
        self.number(x);
        self.out.push_str("\" y=\"");
        self.number(y);
        self.out.push_str("\">");
    }

    fn enter(&mut self, wanted: Open) {
        if self.open == wanted {
            return;
        }
        self.finish();
        let _ = match wanted {
            Open::Nothing => Ok(()),
            Open::Path(role) => write!(self.out, "<path class=\"{}\" d=\"", role.class()),
            Open::Group(role, "") => write!(self.out, "<g class=\"{}\">", role.class()),
            Open::Group(role, anchor) => {
                write!(self.out, "<g class=\"{}\" text-anchor=\"{anchor}\">", role.class())
            }
        };
        self.open = wanted;
    }

    /// Closes what is still open.
    pub(super) fn finish(&mut self) {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => {}
            Open::Path(_) => self.out.push_str("\"/>"),
            Open::Group(..) => self.out.push_str("</g>"),
        }
    }

    /// One piece of a path; a single place becomes a stroke without length, which round ends turn into a dot.
    pub(super) fn piece(&mut self, role: Role, places: impl IntoIterator<Item = BackendCoord>, closed: bool) {
        let mut places = places.into_iter();
        let Some((mut x, mut y)) = places.next() else {
            return;
        };
        self.enter(Open::Path(role));
        self.out.push('M');
        self.pair(x, y);
        let mut command = ' ';
        for (next_x, next_y) in places {
            command = self.step(command, next_x - x, next_y - y);
            (x, y) = (next_x, next_y);
        }
        match command {
            ' ' => self.out.push_str("h0"),
            _ if closed => self.out.push('z'),
            _ => {}
        }
    }

    fn step(&mut self, last: char, dx: i32, dy: i32) -> char {
        let command = match (dx, dy) {
            (0, 0) => return if last == ' ' { ' ' } else { last },
            (_, 0) => 'h',
            (0, _) => 'v',
            _ => 'l',
        };
        if command != last {
            self.out.push(command);
        } else if (if dx == 0 { dy } else { dx }) >= 0 {
            self.out.push(' ');
        }
        match command {
            'h' => self.number(dx),
            'v' => self.number(dy),
            _ => self.pair(dx, dy),
        }
        command
    }

    fn pair(&mut self, x: i32, y: i32) {
        self.number(x);
        if y >= 0 {
            self.out.push(' ');
        }
        self.number(y);
    }

    /// Tenths as a decimal without needless digits: -5 is `-.5`, 120 is `12`.
    fn number(&mut self, tenths: i32) {
        let (whole, rest) = (tenths.unsigned_abs() / SCALE as u32, tenths.unsigned_abs() % SCALE as u32);
        if tenths < 0 {
            self.out.push('-');
        }
        let _ = match (whole, rest) {
            (_, 0) => write!(self.out, "{whole}"),
            (0, _) => write!(self.out, ".{rest}"),
            _ => write!(self.out, "{whole}.{rest}"),
        };
    }
}
