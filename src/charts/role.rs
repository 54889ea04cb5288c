//! What a drawn thing is for. A role travels through plotters as a colour and comes out as a CSS class.
//!
//! plotters hands a backend colours and nothing else, so each role has a reserved red-green-blue triple. No colour of
//! the output comes from here: colours live in the theme's `80-charts.css` alone.

use plotters::style::{Color, RGBAColor, ShapeStyle};
use plotters_backend::BackendColor;

macro_rules! roles {
    ($($(#[$doc:meta])* $role:ident => $class:literal,)*) => {
        /// The purpose of a line, shape or text.
        #[derive(Debug, Clone, Copy, PartialEq, Eq)]
        pub(super) enum Role { $($(#[$doc])* $role,)* }

        impl Role {
            const ALL: &'static [Role] = &[$(Role::$role,)*];

            /// The CSS class.
            pub(super) fn class(self) -> &'static str {
                match self { $(Role::$role => $class,)* }
            }
        }
    };
}

roles! {
    Grid => "chart-grid",
    Axis => "chart-axis",
    Text => "chart-text",
    Heading => "chart-heading",
    Band => "chart-band",
    /// The interval of a point without neighbours, where a band would have no width.
    Whisker => "chart-whisker",
    Line => "chart-line",
    /// Small filled dots, drawn as zero-length strokes with round ends.
    Dot => "chart-dot",
    Last => "chart-last",
    Provisional => "chart-open",
    Suppressed => "chart-hidden",
    NotSurveyed => "chart-none",
    Centre => "chart-centre",
    Limit => "chart-limit",
    Good => "chart-good",
    Target => "chart-target",
    /// The mean of a stretch.
    Mean => "chart-mean",
    /// One answer of a distribution, from the middle outwards: the further, the stronger.
    Bar1 => "chart-bar1",
    Bar2 => "chart-bar2",
    Bar3 => "chart-bar3",
    TargetText => "chart-goal",
    Ring => "chart-signal-ring",
    Signal => "chart-signal",
    SignalOpen => "chart-signal-open",
    EventLine => "chart-event-line",
    Event => "chart-event",
    EventText => "chart-number",
    Break => "chart-break",
    Leader => "chart-leader",
    Label => "chart-label",
}

/// Red and green of every role; blue is its number.
const MARK: (u8, u8) = (254, 1);

impl Role {
    /// The role a colour stands for; none for transparent ones, which plotters draws for parts we draw ourselves.
    pub(super) fn of(color: BackendColor) -> Option<Role> {
        let (red, green, blue) = color.rgb;
        let reserved = (red, green) == MARK && color.alpha > 0.0;
        reserved.then(|| Role::ALL.get(usize::from(blue)).copied())?
    }

    /// The role as a line or shape style.
    pub(super) fn style(self) -> ShapeStyle {
        ShapeStyle { color: self.to_rgba(), filled: true, stroke_width: 1 }
    }
}

impl Color for Role {
    fn to_backend_color(&self) -> BackendColor {
        BackendColor { alpha: 1.0, rgb: (MARK.0, MARK.1, *self as u8) }
    }

    fn to_rgba(&self) -> RGBAColor {
        RGBAColor(MARK.0, MARK.1, *self as u8, 1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_role_survives_the_way_through_a_colour() {
        for &role in Role::ALL {
            assert_eq!(Role::of(role.to_backend_color()), Some(role));
        }
        let black = BackendColor { alpha: 1.0, rgb: (0, 0, 0) };
        assert_eq!(Role::of(black), None);
        assert_eq!(Role::of(Role::Grid.to_backend_color().mix(0.0)), None);
    }
}
