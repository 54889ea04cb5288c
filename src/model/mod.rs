//! The words of the field as types: ids, dates and periods, metrics, pages, quotes, the journey, and the [`Book`] they make.
//!
//! Nothing here reads a file or knows HTML. [`Book`] is confidential: it holds raw quotes and small groups, and neither it
//! nor its parts can be serialized.

mod answers;
mod book;
mod config;
mod data;
mod date;
mod id;
mod learning;
mod locale;
mod map;
mod metric;
mod number;
mod page;
mod period;
mod picture;
mod privacy;
mod record;
mod rules;
mod script;
mod series;
mod voice;
mod work;
mod zone;

pub use answers::AnswerGroup;
pub use book::{Book, Direction, Edge, Evidence, HandOff, Journey, MeasuredMetric, Purchase, Stage, Term};
pub use config::{Config, PublishTo};
pub use data::{
    Clock, DataSource, DateOrder, NumberStyle, PeriodSource, Repeats, Shape, Term as ColumnTerm, TimeUnit,
    Where,
};
pub(crate) use date::month_number;
pub use date::{Date, MONTHS, Month, day_count};
pub use id::{
    ActionId, AssignmentId, BlockerId, ClaimId, GoalId, MetricId, PageId, PathId, RoleId, SplitValue,
    StageId, StoryId, TeamId, TermId, capital, is_valid_id, slug,
};
pub use learning::{Check, Choice, LearningPath, Step, StepKind};
pub use locale::Locale;
pub use map::OffMap;
pub use metric::{Audience, Better, CesVariant, Change, ChangeKind, Definition, Kind, Metric, Typical, Why};
pub use number::{Decimals, grouped, show, signed};
pub use page::{
    ActionFacts, ActionState, Expected, ImpactFacts, Page, PageFacts, PageKind, Playbook, RoleFacts, Section,
    Story, TeamFacts, Verdict as ImpactVerdict,
};
pub use period::{Cadence, Period};
pub use picture::{Picture, PictureReview};
pub use privacy::{Accepted, Allow, NameList, Privacy};
pub use record::{Record, RecordedMetric, RecordedPoint};
pub use rules::RuleSet;
pub use script::is_dense;
pub use series::{Cell, Estimate, Rows, Series};
pub use voice::{Channel, Clearance, Contact, Level, Quote, Reason, Withdrawn};
pub use work::{Assignment, Behaviour, Blocker, Claim, Goal, LONG, Observation, ObservationKind, Work};
pub use zone::Zone;
