//! Which rules tell a signal from noise. The rules themselves are in `metrics::process`.

/// Which rules are applied. No set is best: more rules find more signals and more noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum RuleSet {
    /// Points outside the limits, and Anhøj's two rules for runs around the median.
    #[default]
    AnhoejOutside,
    /// The four rules of the NHS.
    Nhs,
    /// Nelson's tests 1, 2, 3 and 5.
    Nelson,
}

impl RuleSet {
    /// All of them, the default first.
    pub const ALL: [Self; 3] = [Self::AnhoejOutside, Self::Nhs, Self::Nelson];

    /// The name in settings and data.
    pub fn name(self) -> &'static str {
        match self {
            Self::AnhoejOutside => "anhoej+outside",
            Self::Nhs => "nhs",
            Self::Nelson => "nelson",
        }
    }

    /// The rule set of a name.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|rules| rules.name() == name)
    }

    /// The rules in words, for the page.
    pub fn sentence(self) -> &'static str {
        match self {
            Self::AnhoejOutside => {
                "A point outside the limits, a run on one side of the median longer than chance explains, or fewer \
                 crossings of the median than chance explains (Anhøj and Olesen 2014)."
            }
            Self::Nhs => {
                "A point outside the limits, 7 points rising or falling, 2 of 3 points in the outer third on one side, \
                 or 7 points on one side of the mean (NHS Making Data Count)."
            }
            Self::Nelson => {
                "A point outside the limits, 9 points on one side of the mean, 6 points rising or falling, or 2 of 3 \
                 points beyond two sigma on one side (Nelson 1984, tests 1, 2, 3 and 5)."
            }
        }
    }
}
