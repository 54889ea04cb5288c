//! A plotters backend that writes compact SVG with classes instead of colours.
//!
//! plotters works in whole pixels, so the size it is told is ten times the real one and the writer divides every number
//! on the way out: one decimal. Nothing is ever drawn as pixels, and no colour is ever written.

use std::convert::Infallible;

use plotters_backend::text_anchor::{HPos, VPos};
use plotters_backend::{
    BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind,
};

use super::role::Role;
use super::text;
use super::writer::Writer;

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

/// A drawing plotters can draw on; what it has no word for goes to the writer directly.
pub(super) struct SvgBackend<'a> {
    size: (u32, u32),
    pub(super) writer: Writer<'a>,
}

impl<'a> SvgBackend<'a> {
    /// A drawing of this size in backend units.
    pub(super) fn new(out: &'a mut String, size: (u32, u32)) -> Self {
        SvgBackend { size, writer: Writer::new(out) }
    }
}

/// How far below its middle or top the baseline of a text lies, in parts of the font size.
fn baseline(position: VPos) -> f64 {
    match position {
        VPos::Top => 0.74,
        VPos::Center => 0.36,
        VPos::Bottom => -0.2,
    }
}

impl DrawingBackend for SvgBackend<'_> {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        self.writer.finish();
        Ok(())
    }

    fn draw_pixel(&mut self, _: BackendCoord, _: BackendColor) -> Drawn {
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.draw_path([from, to], style)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        path: I,
        style: &S,
    ) -> Drawn {
        if let Some(role) = Role::of(style.color()) {
            self.writer.piece(role, path, false);
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(
        &mut self,
        corners: I,
        style: &S,
    ) -> Drawn {
        if let Some(role) = Role::of(style.color()) {
            self.writer.piece(role, corners, true);
        }
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(
        &mut self,
        (left, top): BackendCoord,
        (right, bottom): BackendCoord,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        self.fill_polygon([(left, top), (right, top), (right, bottom), (left, bottom)], style)
    }

    fn draw_circle<S: BackendStyle>(
        &mut self,
        centre: BackendCoord,
        radius: u32,
        style: &S,
        _fill: bool,
    ) -> Drawn {
        match Role::of(style.color()) {
            Some(Role::Dot) => self.writer.piece(Role::Dot, [centre], false),
            Some(role) => self.writer.circle(role, centre, radius as i32),
            None => {}
        }
        Ok(())
    }

    fn draw_text<T: BackendTextStyle>(&mut self, text: &str, style: &T, (x, y): BackendCoord) -> Drawn {
        let Some(role) = Role::of(style.color()) else {
            return Ok(());
        };
        let anchor = match style.anchor().h_pos {
            HPos::Left => "",
            HPos::Center => "middle",
            HPos::Right => "end",
        };
        let drop = (style.size() * baseline(style.anchor().v_pos)).round() as i32;
        self.writer.text(role, anchor, (x, y + drop), text);
        Ok(())
    }

    fn estimate_text_size<T: BackendTextStyle>(
        &self,
        text: &str,
        style: &T,
    ) -> Result<(u32, u32), DrawingErrorKind<Infallible>> {
        Ok((text::width(text, style.size()).ceil() as u32, style.size().ceil() as u32))
    }

    fn blit_bitmap(&mut self, _: BackendCoord, _: (u32, u32), _: &[u8]) -> Drawn {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(draw: impl Fn(&mut SvgBackend)) -> String {
        let mut out = String::new();
        let mut backend = SvgBackend::new(&mut out, (7200, 3000));
        draw(&mut backend);
        backend.writer.finish();
        out
    }

    #[test]
    fn neighbouring_lines_of_one_role_share_a_path() {
        let svg = drawn(|backend| {
            let _ = backend.draw_line((10, 25), (110, 25), &Role::Grid.style());
            let _ = backend.draw_path([(0, 0), (5, -5), (15, 20)], &Role::Grid.style());
            let _ = backend.draw_line((0, 0), (0, 10), &Role::Axis.style());
        });
        let grid = "<path class=\"chart-grid\" d=\"M1 2.5h10M0 0l.5-.5 1 2.5\"/>";
        assert_eq!(svg, format!("{grid}<path class=\"chart-axis\" d=\"M0 0v1\"/>"));
    }

    #[test]
    fn a_dot_is_a_stroke_without_length() {
        let svg = drawn(|backend| {
            let _ = backend.draw_circle((10, 20), 3, &Role::Dot.style(), true);
        });
        assert_eq!(svg, "<path class=\"chart-dot\" d=\"M1 2h0\"/>");
    }

    #[test]
    fn colours_that_stand_for_no_role_draw_nothing() {
        let svg = drawn(|backend| {
            let _ = backend.draw_line((0, 0), (9, 9), &plotters::style::BLACK.to_backend_style());
        });
        assert_eq!(svg, "");
    }

    trait ToBackendStyle {
        fn to_backend_style(&self) -> BackendColor;
    }

    impl<C: plotters::style::Color> ToBackendStyle for C {
        fn to_backend_style(&self) -> BackendColor {
            self.to_backend_color()
        }
    }
}
