//! The answers a question offers, as groups a reader can tell apart.

use super::{Better, CesVariant, Definition, Kind};

/// One possible answer, or several taken together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerGroup {
    /// `9 and 10`, `4`.
    pub name: String,
    /// −1 for bad news, 1 for good news, 0 for neither.
    pub tone: i8,
}

/// Most groups that a reader can tell apart.
const MOST: usize = 7;

impl Definition {
    /// The groups, worst first; `None` for kinds without a scale of a few whole numbers.
    pub fn answer_groups(&self) -> Option<Vec<AnswerGroup>> {
        if self.kind == Kind::Nps {
            let group = |name: &str, tone| AnswerGroup { name: name.to_owned(), tone };
            return Some(vec![group("0 to 6", -1), group("7 and 8", 0), group("9 and 10", 1)]);
        }
        let (lowest, count) = self.steps()?;
        let mut groups: Vec<AnswerGroup> = (0..count)
            .map(|at| AnswerGroup {
                name: format!("{}", lowest + at as i64),
                tone: match (2 * at + 1).cmp(&count) {
                    std::cmp::Ordering::Less => -1,
                    std::cmp::Ordering::Equal => 0,
                    std::cmp::Ordering::Greater => 1,
                },
            })
            .collect();
        if self.better == Better::Lower {
            groups.reverse();
            groups.iter_mut().for_each(|group| group.tone = -group.tone);
        }
        Some(groups)
    }

    /// The place of an answer among [`Definition::answer_groups`].
    pub fn answer_group(&self, score: f64) -> Option<usize> {
        if self.kind == Kind::Nps {
            return Some(usize::from(score >= 7.0) + usize::from(score >= 9.0));
        }
        let (lowest, count) = self.steps()?;
        let at = score - lowest as f64;
        let at = (at.fract() == 0.0 && at >= 0.0).then_some(at as usize).filter(|at| *at < count)?;
        Some(if self.better == Better::Lower { count - 1 - at } else { at })
    }

    /// Lowest answer and number of answers of a scale of a few whole numbers.
    fn steps(&self) -> Option<(i64, usize)> {
        let asked = matches!(
            self.kind,
            Kind::Csat | Kind::Mean | Kind::Ces(CesVariant::Mean | CesVariant::Share | CesVariant::Net)
        );
        let (lowest, highest) = self.scale.filter(|_| asked)?;
        let whole = lowest.fract() == 0.0 && highest.fract() == 0.0;
        let count = (highest - lowest) as usize + 1;
        (whole && (2..=MOST).contains(&count)).then_some((lowest as i64, count))
    }
}
