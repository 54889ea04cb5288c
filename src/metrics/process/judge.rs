//! Rule sets, and what they find in a stretch.

use super::limits::finite;
use super::runs::{long_runs, runs};
use super::{Limits, nelson, nhs, rates};
use crate::model::RuleSet;

/// Why a point is more than noise.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Signal {
    /// Beyond the limits.
    Outside,
    /// Part of a run on one side of the middle that is too long for chance.
    Shift,
    /// Part of a row of points that rise, or fall, all the way.
    Trend,
    /// One of two or three neighbours near, or beyond, the same limit.
    TwoOfThree,
}

impl Signal {
    /// The word in data: `outside`, `shift`, `trend`, `two_of_three`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Outside => "outside",
            Self::Shift => "shift",
            Self::Trend => "trend",
            Self::TwoOfThree => "two_of_three",
        }
    }
}

/// A point that a rule flags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Flag {
    /// Of the point in the series.
    pub index: usize,
    /// The first rule that applies.
    pub signal: Signal,
    /// Above the middle, or rising for a trend.
    pub above: bool,
}

/// What a rule set found in a stretch.
#[derive(Debug, Clone, PartialEq)]
pub struct Verdict {
    /// Which rules; goes wherever the result goes.
    pub rules: RuleSet,
    /// Share of charts like this, 0 to 1, that these rules flag when there is nothing but chance.
    pub false_alarm: f64,
    /// In order of time, one at most for each point.
    pub flags: Vec<Flag>,
    /// The series crosses its median too seldom for chance. This is about the whole stretch and marks no point.
    pub few_crossings: bool,
}

impl Verdict {
    /// Whether anything was found.
    pub fn any(&self) -> bool {
        self.few_crossings || !self.flags.is_empty()
    }
}

impl Limits {
    /// Share of purely random charts of this length, 0 to 1, that the default rule set would flag.
    pub fn false_alarm(&self) -> f64 {
        self.false_alarm_of(RuleSet::default())
    }

    /// Share of purely random charts like this, 0 to 1, that a rule set would flag: in 4,000 and more simulated normal series,
    /// interpolated between their lengths. 0 for provisional limits, to which no rule is applied.
    pub fn false_alarm_of(&self, rules: RuleSet) -> f64 {
        if self.is_provisional() {
            0.0
        } else if self.is_frozen() {
            rates::frozen(rules, self.points, self.judged - self.points)
        } else {
            rates::whole(rules, self.points)
        }
    }
}

/// Applies a rule set to the stretch of the limits. Provisional limits give no flags: with so few points neither the limits
/// nor the rules hold. The runs of Anhøj's rules are around the median of the whole stretch, also when limits are frozen.
pub fn judge(values: &[Option<f64>], limits: &Limits, rules: RuleSet) -> Verdict {
    let mut verdict =
        Verdict { rules, false_alarm: limits.false_alarm_of(rules), flags: Vec::new(), few_crossings: false };
    let stretch = values.get(limits.from..=limits.to).unwrap_or(&[]);
    if limits.is_provisional() {
        return verdict;
    }
    let (at, known): (Vec<usize>, Vec<f64>) = stretch
        .iter()
        .enumerate()
        .filter_map(|(at, value)| Some((limits.from + at, finite(*value)?)))
        .unzip();
    let labels = match rules {
        RuleSet::AnhoejOutside => anhoej_labels(&known, limits),
        RuleSet::Nhs => nhs::labels(&known, limits),
        RuleSet::Nelson => nelson::labels(&known, limits),
    };
    let labelled = at.into_iter().zip(labels);
    verdict.flags = labelled
        .filter_map(|(index, label)| label.map(|(signal, above)| Flag { index, signal, above }))
        .collect();
    verdict.few_crossings =
        rules == RuleSet::AnhoejOutside && runs(&known).is_some_and(|runs| runs.has_few_crossings());
    verdict
}

fn anhoej_labels(values: &[f64], limits: &Limits) -> Vec<Option<(Signal, bool)>> {
    let in_long_run = long_runs(values).into_iter();
    let labels = values.iter().zip(in_long_run).map(|(value, run)| match nhs::outside(*value, limits) {
        0 => run.map(|above| (Signal::Shift, above)),
        beyond => Some((Signal::Outside, beyond > 0)),
    });
    labels.collect()
}

/// Signals of a stretch by the default rule set: [`Signal::Outside`] beyond its limits, [`Signal::Shift`] for runs that are
/// too long. [`judge`] also tells of too few crossings.
pub fn signals(values: &[Option<f64>], limits: &Limits) -> Vec<(usize, Signal)> {
    let flags = judge(values, limits, RuleSet::default()).flags;
    flags.into_iter().map(|flag| (flag.index, flag.signal)).collect()
}

#[cfg(test)]
mod tests {
    use super::super::{XmrOptions, xmr, xmr_with};
    use super::*;

    #[test]
    fn names_and_words() {
        for rules in RuleSet::ALL {
            assert_eq!(RuleSet::from_name(rules.name()), Some(rules));
            assert!(rules.sentence().ends_with('.'));
        }
        assert_eq!(RuleSet::from_name("western"), None);
        assert_eq!(RuleSet::default().name(), "anhoej+outside");
    }

    #[test]
    fn a_lonely_point_between_holes() {
        let mut values: Vec<Option<f64>> = [10.0, 12.0].repeat(7).into_iter().map(Some).collect();
        values[6] = None;
        values[7] = Some(40.0);
        values[8] = None;
        let limits = xmr(&values, 0, 13).unwrap();
        assert_eq!(signals(&values, &limits), [(7, Signal::Outside)]);
    }

    #[test]
    fn equal_and_nearly_equal_values_are_silent() {
        for rules in RuleSet::ALL {
            let mut values = vec![Some(0.3); 24];
            values[5] = Some(0.1 + 0.2);
            let limits = xmr(&values, 0, 23).unwrap();
            assert!(!judge(&values, &limits, rules).any(), "{}", rules.name());
        }
    }

    #[test]
    fn provisional_limits_and_foreign_limits_flag_nothing() {
        let values: Vec<Option<f64>> = [1.0, 2.0, 1.0, 2.0, 1.0, 2.0, 90.0].into_iter().map(Some).collect();
        let limits = xmr_with(&values, 0, 6, &XmrOptions::default()).unwrap();
        let verdict = judge(&values, &limits, RuleSet::Nhs);
        assert!(!verdict.any() && verdict.false_alarm == 0.0);
        let foreign = Limits { from: 3, to: 99, points: 12, judged: 12, ..limits };
        assert!(!judge(&values, &foreign, RuleSet::Nhs).any());
    }
}
