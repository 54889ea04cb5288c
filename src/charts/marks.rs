//! The small shapes: what they look like on a place of the sheet. The plot and the key draw them with the same code.

use plotters_backend::BackendCoord;

use super::role::Role;
use super::sheet::{Done, Sheet, units};
use super::spec::Signal;

/// A shape with a meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glyph {
    Good,
    Interval,
    Centre,
    Limits,
    Provisional,
    Suppressed,
    NotSurveyed,
    Signal(Signal),
    Break,
    /// A filled dot: a conversation, or a value.
    Dot,
    Whisker,
    Target,
    Mean,
}

/// Draws the shape with its middle at the place.
pub(super) fn draw(sheet: &Sheet, glyph: Glyph, at: BackendCoord) -> Done {
    let patch = [(-8.0, -5.0), (8.0, -5.0), (8.0, 5.0), (-8.0, 5.0)];
    match glyph {
        Glyph::Good => sheet.shape(Role::Good, &around(at, &patch)),
        Glyph::Interval => sheet.shape(Role::Band, &around(at, &patch)),
        Glyph::Centre => sheet.path(Role::Centre, &around(at, &[(-9.0, 0.0), (9.0, 0.0)])),
        Glyph::Limits => sheet.path(Role::Limit, &around(at, &[(-9.0, 0.0), (9.0, 0.0)])),
        Glyph::Provisional => sheet.circle(Role::Provisional, at, 3.5),
        Glyph::Suppressed => {
            sheet.path(Role::Suppressed, &around(at, &[(-3.0, -3.0), (3.0, 3.0)]))?;
            sheet.path(Role::Suppressed, &around(at, &[(-3.0, 3.0), (3.0, -3.0)]))
        }
        Glyph::NotSurveyed => sheet.circle(Role::NotSurveyed, at, 2.5),
        Glyph::Signal(signal) => draw_signal(sheet, signal, at, 1.0),
        Glyph::Break => sheet.path(Role::Break, &around(at, &[(0.0, -7.0), (0.0, 7.0)])),
        Glyph::Dot => sheet.circle(Role::Last, at, 3.5),
        Glyph::Whisker => sheet.path(Role::Whisker, &around(at, &[(-9.0, 0.0), (9.0, 0.0)])),
        Glyph::Target => sheet.path(Role::Target, &around(at, &[(0.0, -7.0), (0.0, 7.0)])),
        Glyph::Mean => sheet.path(Role::Mean, &around(at, &[(-9.0, 0.0), (9.0, 0.0)])),
    }
}

/// Draws a signal, smaller where points are close.
pub(super) fn draw_signal(sheet: &Sheet, signal: Signal, at: BackendCoord, scale: f64) -> Done {
    let square = [(-3.2, -3.2), (3.2, -3.2), (3.2, 3.2), (-3.2, 3.2)];
    let around = |at: BackendCoord, corners: &[(f64, f64)]| {
        around(at, &corners.iter().map(|(dx, dy)| (dx * scale, dy * scale)).collect::<Vec<_>>())
    };
    match signal {
        Signal::Outside => {
            sheet.shape(Role::Ring, &around(at, &[(0.0, -7.5), (7.5, 0.0), (0.0, 7.5), (-7.5, 0.0)]))
        }
        Signal::Shift => sheet.shape(Role::Signal, &around(at, &square)),
        Signal::Trend => sheet.shape(Role::Signal, &around(at, &[(0.0, -5.0), (4.5, 3.5), (-4.5, 3.5)])),
        Signal::TwoOfThree => sheet.shape(Role::SignalOpen, &around(at, &square)),
    }
}

fn around((x, y): BackendCoord, offsets: &[(f64, f64)]) -> Vec<BackendCoord> {
    offsets.iter().map(|&(dx, dy)| (x + units(dx), y + units(dy))).collect()
}
