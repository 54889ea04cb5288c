//! Horizontal levels: process limits in pieces, the target, and the strip of good values.

use super::role::Role;
use super::sheet::{Done, Plot};
use super::spec::{Limits, Trend, drawable};

/// Centre lines, then limits, each from the edge of the first slot to the edge of the last.
pub(super) fn draw_limits(plot: &Plot, spec: &Trend) -> Done {
    for limits in &spec.limits {
        draw_level(plot, spec, limits, limits.centre, Role::Centre)?;
    }
    for limits in &spec.limits {
        draw_level(plot, spec, limits, limits.lower, Role::Limit)?;
        draw_level(plot, spec, limits, limits.upper, Role::Limit)?;
    }
    Ok(())
}

fn draw_level(plot: &Plot, spec: &Trend, limits: &Limits, value: f64, role: Role) -> Done {
    let last = spec.slots.len().saturating_sub(1);
    match drawable(value, spec.natural_range()) {
        Some(value) if limits.from <= limits.to && limits.from <= last => {
            let (from, to) = (limits.from as f64 - 0.5, limits.to.min(last) as f64 + 0.5);
            plot.sheet.path(role, &[plot.at(from, value), plot.at(to, value)])
        }
        _ => Ok(()),
    }
}

/// The strip of good values, across the whole plot, behind everything else.
pub(super) fn draw_good(plot: &Plot, spec: &Trend) -> Done {
    let Some((low, high, _)) = spec.good_strip() else {
        return Ok(());
    };
    let (left, right) = plot.sides();
    let (top, bottom) = (plot.at(0.0, high).1, plot.at(0.0, low).1);
    plot.sheet.shape(Role::Good, &[(left, top), (right, top), (right, bottom), (left, bottom)])
}

/// The target, across the whole plot.
pub(super) fn draw_target(plot: &Plot, spec: &Trend) -> Done {
    let Some((value, _)) = spec.goal() else {
        return Ok(());
    };
    let (left, right) = plot.sides();
    let y = plot.at(0.0, value).1;
    plot.sheet.path(Role::Target, &[(left, y), (right, y)])
}
