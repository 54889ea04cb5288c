//! The sheet a chart is drawn on: plotters' drawing areas, our axes, and our own way out to groups and hit targets.

use std::convert::Infallible;

use plotters::chart::ChartContext;
use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind};
use plotters::element::{Circle, Drawable, PathElement, PointCollection, Polygon, Text};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{Color, FontDesc, FontFamily, FontStyle, TextStyle};
use plotters_backend::{BackendCoord, DrawingErrorKind};

use super::backend::SvgBackend;
use super::role::Role;
use super::slot_axis::SlotAxis;
use super::value_axis::ValueAxis;
use super::writer::{SCALE, Writer};

/// plotters' error; ours never fail, so it only tells of a wrong layout.
pub(super) type DrawError = DrawingAreaErrorKind<Infallible>;
pub(super) type Done = Result<(), DrawError>;
pub(super) type Axes = Cartesian2d<SlotAxis, ValueAxis>;
pub(super) type Chart<'c, 's> = ChartContext<'c, SvgBackend<'s>, Axes>;

/// SVG units as backend units.
pub(super) fn units(length: f64) -> i32 {
    (length * f64::from(SCALE)).round() as i32
}

/// A text style in the embedded metrics.
pub(super) fn text_style(role: Role, size: f64, horizontal: HPos) -> TextStyle<'static> {
    let font = FontDesc::new(FontFamily::SansSerif, size * f64::from(SCALE), FontStyle::Normal);
    TextStyle { font, color: role.to_backend_color(), pos: Pos::new(horizontal, VPos::Center) }
}

/// The whole drawing, in backend units from its top left corner.
pub(super) struct Sheet<'s> {
    area: DrawingArea<SvgBackend<'s>, Shift>,
}

impl<'s> Sheet<'s> {
    /// The sheet that `area` is a part of.
    pub(super) fn around(area: &DrawingArea<SvgBackend<'s>, Shift>) -> Self {
        Sheet { area: area.use_screen_coord() }
    }

    /// The writer itself, for what plotters has no word for.
    pub(super) fn raw(&self, draw: impl Fn(&mut Writer<'s>)) -> Done {
        self.area.draw(&Raw(draw))
    }

    /// Draws inside a `<g>` of its own.
    pub(super) fn group(&self, class: &str, draw: impl FnOnce(&Self) -> Done) -> Done {
        self.raw(|writer| writer.begin_group(class))?;
        draw(self)?;
        self.raw(|writer| writer.end_group())
    }

    /// An open line.
    pub(super) fn path(&self, role: Role, places: &[BackendCoord]) -> Done {
        self.area.draw(&PathElement::new(places, role.style()))
    }

    /// A closed shape.
    pub(super) fn shape(&self, role: Role, corners: &[BackendCoord]) -> Done {
        self.area.draw(&Polygon::new(corners, role.style()))
    }

    /// A circle.
    pub(super) fn circle(&self, role: Role, centre: BackendCoord, radius: f64) -> Done {
        self.area.draw(&Circle::new(centre, units(radius), role.style()))
    }

    /// One line of text, vertically centred on the place.
    pub(super) fn text(
        &self,
        role: Role,
        size: f64,
        horizontal: HPos,
        words: &str,
        at: BackendCoord,
    ) -> Done {
        self.area.draw(&Text::new(words, at, text_style(role, size, horizontal)))
    }
}

/// The part of the sheet between the axes.
pub(super) struct Plot<'c, 's> {
    /// plotters' chart, for series in slots and values.
    pub(super) chart: Chart<'c, 's>,
    /// The sheet around it.
    pub(super) sheet: Sheet<'s>,
}

impl<'c, 's> Plot<'c, 's> {
    /// The plot of a chart built on this area. plotters moves places outside an area to its edge, so the sheet is
    /// the whole area, not just the plot.
    pub(super) fn of(chart: Chart<'c, 's>, area: &DrawingArea<SvgBackend<'s>, Shift>) -> Self {
        Plot { chart, sheet: Sheet::around(area) }
    }

    /// Where a slot and a value are.
    pub(super) fn at(&self, slot: f64, value: f64) -> BackendCoord {
        self.chart.plotting_area().map_coordinate(&(slot, value))
    }

    /// The horizontal place of a slot; halves lie between slots.
    pub(super) fn x(&self, slot: f64) -> i32 {
        self.at(slot, 0.0).0
    }

    /// Left and right end.
    pub(super) fn sides(&self) -> (i32, i32) {
        let across = self.chart.plotting_area().get_x_axis_pixel_range();
        (across.start, across.end)
    }

    /// Top and bottom.
    pub(super) fn heights(&self) -> (i32, i32) {
        let down = self.chart.plotting_area().get_y_axis_pixel_range();
        (down.start, down.end)
    }
}

/// An element without places of its own that is handed the writer.
struct Raw<F>(F);

impl<'a, F> PointCollection<'a, BackendCoord> for &'a Raw<F> {
    type Point = BackendCoord;
    type IntoIter = std::iter::Empty<BackendCoord>;

    fn point_iter(self) -> Self::IntoIter {
        std::iter::empty()
    }
}

impl<'s, F: Fn(&mut Writer<'s>)> Drawable<SvgBackend<'s>> for Raw<F> {
    fn draw<I: Iterator<Item = BackendCoord>>(
        &self,
        _: I,
        backend: &mut SvgBackend<'s>,
        _: (u32, u32),
    ) -> Result<(), DrawingErrorKind<Infallible>> {
        (self.0)(&mut backend.writer);
        Ok(())
    }
}
