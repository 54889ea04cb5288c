//! What a panel shows on its axes: lines, columns of answers, two means, or conversations.

use super::frame::Measures;
use super::labels::Label;
use super::marks::Glyph;
use super::series;
use super::sheet::{Done, Plot};
use super::spec::{BeforeAfter, Distribution, LEAST_HEIGHT, MOST_HEIGHT, Recency, Trend};
use super::value_axis::ValueAxis;
use super::{bars, means, talks};

/// What is drawn besides, or instead of, the lines of a trend.
#[derive(Clone, Copy)]
pub(super) enum Layer<'a> {
    /// The trend's own lines.
    Lines,
    /// Columns of answers; the trend holds slots, marks and tooltips.
    Bars(&'a Distribution),
    /// The trend's own lines, and two means.
    Means(&'a BeforeAfter),
    /// Dots for conversations; the trend holds slots and tooltips.
    Talks(&'a Recency),
}

impl<'a> Layer<'a> {
    /// The value axis.
    pub(super) fn axis(self, spec: &Trend, format: &dyn Fn(f64) -> String) -> ValueAxis {
        match self {
            Layer::Talks(_) => talks::axis(),
            Layer::Lines | Layer::Bars(_) | Layer::Means(_) => ValueAxis::plan(spec, format),
        }
    }

    /// The labels at the right where they are not those of the lines.
    pub(super) fn labels(self, trend: &Trend, measures: Measures) -> Option<Vec<Label>> {
        match self {
            Layer::Lines => None,
            Layer::Bars(spec) => Some(bars::labels(spec, measures)),
            Layer::Means(spec) => Some(means::labels(spec, trend, measures)),
            Layer::Talks(_) => Some(Vec::new()),
        }
    }

    /// Entries of the key that are not marks of the trend.
    pub(super) fn key(self) -> Vec<(Glyph, &'a str)> {
        match self {
            Layer::Talks(spec) => talks::key(spec),
            Layer::Means(spec) => means::key(spec),
            Layer::Bars(spec) => bars::key(spec),
            Layer::Lines => Vec::new(),
        }
    }

    /// Height the layer needs above the plot.
    pub(super) fn head(self, width: f64) -> f64 {
        match self {
            // Words of stretches stand beside the markers of events, in one row.
            Layer::Means(spec) => means::head(spec, width),
            Layer::Lines | Layer::Bars(_) | Layer::Talks(_) => 0.0,
        }
    }

    /// The height of the plot: what was asked for, shared by the panels, or the layout's.
    pub(super) fn height(self, asked: Option<u16>, usual: f64, panels: usize) -> f64 {
        match (self, asked) {
            (Layer::Talks(_), _) => talks::HEIGHT,
            (_, Some(asked)) => f64::from(asked.clamp(LEAST_HEIGHT, MOST_HEIGHT)) / panels.max(1) as f64,
            (_, None) => usual,
        }
    }

    /// Draws it, with the lines of the trend where there are any.
    pub(super) fn draw(self, plot: &Plot, spec: &Trend, size: f64) -> Done {
        match self {
            Layer::Lines => lines(plot, spec),
            Layer::Bars(distribution) => {
                bars::draw(plot, distribution)?;
                (0..spec.series.len()).try_for_each(|series| series::draw_absences(plot, spec, series))
            }
            Layer::Means(comparison) => {
                lines(plot, spec)?;
                means::draw(plot, comparison, size)
            }
            Layer::Talks(recency) => talks::draw(plot, recency, size),
        }
    }
}

fn lines(plot: &Plot, spec: &Trend) -> Done {
    (0..spec.series.len()).try_for_each(|series| series::draw(plot, spec, series))?;
    series::draw_signals(plot, spec)
}
