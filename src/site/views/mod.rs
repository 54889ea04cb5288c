//! What templates see: one typed view for each kind of page. Only these types are serialized, and each is made from the
//! public book, so nothing confidential can reach a template.
//!
//! Texts are plain and escaped by the template engine; fields ending in `_html` are finished HTML and go out with
//! `| safe`. Every `href` is relative to the page it stands on.

mod board;
mod frame;
mod pages;
mod parts;
mod teaching;

pub use board::{BoardView, CellView, ClaimView, DigestView, GridRowView, GridView, PartView};
pub use frame::{EditionsView, FactView, FrameView, LinkView, Shared};
pub use pages::{
    CadenceView, ChangesView, ContactView, ConversationView, GlossaryView, GroupView, HomeView, IndexView,
    JourneyView, ListView, LoopStepView, MetricView, MetricsView, NotFoundView, PageView, PrivacyView,
    QuotesView, RefreshView, SearchView, StageView, TeamView, TermView, ThemeView, WeekView,
};
pub use parts::{ChainView, FigureView, ItemView, MetricCardView, QuoteView, RowView, StripView, TableView};
pub use teaching::{
    CheckView, ChoiceView, DeviceView, FiveWhysView, LineView, PathItemView, PathView, PathsView, ReasonView,
    SheetView, StepView, TermCardView, TermsView, WayView, WhyChainView,
};
