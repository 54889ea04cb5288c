//! The measures of a drawing, in SVG units.

use super::spec::Layout;

/// Free space above the plot, without event markers.
pub(super) const TOP: f64 = 10.0;
/// Height of a panel's heading.
pub(super) const HEADING: f64 = 22.0;
/// Height below the plot for the labels of the time axis.
pub(super) const FOOT: f64 = 30.0;
/// Height between two panels.
pub(super) const BETWEEN: f64 = 14.0;
/// Free space at the left and right of headings and key.
pub(super) const EDGE: f64 = 4.0;
/// Distance of axis texts from the plot.
pub(super) const TICK_GAP: f64 = 8.0;
/// Free space at the right of a plot without labels.
pub(super) const LEAST_RIGHT: f64 = 16.0;

/// What differs between the layouts.
#[derive(Debug, Clone, Copy)]
pub(super) struct Measures {
    /// Width of the drawing.
    pub(super) width: f64,
    /// Height of one plot.
    pub(super) plot: f64,
    /// Font size.
    pub(super) text: f64,
    /// Labels on the time axis at most.
    pub(super) ticks: usize,
    /// Room for the texts of the value axis at most.
    pub(super) left_most: f64,
    /// Room for labels at the right at most.
    pub(super) right_most: f64,
}

/// Height of a plot that shares the drawing, in parts of its height alone.
const SHARED: f64 = 0.7;

/// The measures of a drawing with so many panels.
pub(super) fn measures(layout: Layout, panels: usize) -> Measures {
    let alone = alone(layout);
    let share = if panels > 1 { SHARED } else { 1.0 };
    Measures { plot: (alone.plot * share).round(), ..alone }
}

/// The width of a layout.
pub(super) fn width(layout: Layout) -> f64 {
    alone(layout).width
}

fn alone(layout: Layout) -> Measures {
    match layout {
        Layout::Wide => {
            Measures { width: 720.0, plot: 236.0, text: 13.0, ticks: 7, left_most: 110.0, right_most: 150.0 }
        }
        Layout::Phone => {
            Measures { width: 360.0, plot: 200.0, text: 13.0, ticks: 4, left_most: 64.0, right_most: 96.0 }
        }
    }
}

/// The layout as part of class and id.
pub(super) fn name(layout: Layout) -> &'static str {
    match layout {
        Layout::Wide => "wide",
        Layout::Phone => "phone",
    }
}
