//! The author's text of a page as HTML, live parts filled in.

use std::cell::{Cell, RefCell};

use serde::Serialize;

use super::figure::{self, Selection};
use super::frame::{Needs, Spot};
use super::terms::Terms;
use super::views::{FigureView, LinkView, PartView, QuoteView};
use super::{lists, pages, teaching};
use crate::diag::Finding;
use crate::links;
use crate::live::{self, Block, ChartKind, Known, Word};
use crate::markdown::{self, Directive, Image, Link, Options, Resolve, ResolvedImage, ResolvedLink, Role};
use crate::model::{ClaimId, Kind, MetricId, Page};
use crate::privacy::PublicMetric;
use crate::source::named_from;

/// A text as HTML and what it needs.
#[derive(Debug, Default)]
pub(super) struct Body {
    pub(super) html: String,
    pub(super) needs: Needs,
}

/// What the script of teaching keeps or copies. A list of tasks in plain markdown is a checklist too.
const TO_KEEP: [&str; 3] = ["<li class=\"task\">", "<textarea", "data-copy"];

/// Renders the text of a page as it stands at a spot.
///
/// # Errors
/// The finding about the theme's template for a live part.
pub(super) fn render(spot: &Spot<'_>, page: &Page, known: &Known<'_>) -> Result<Body, Finding> {
    let options = Options {
        smart_punctuation: spot.site.book.config().smart_punctuation,
        drop_title: page.facts.title_from_body,
    };
    let text = &page.facts.body;
    let terms =
        if text.contains("{term}") { Terms::of(&text.outline(&options), known) } else { Terms::default() };
    let resolver = Resolver {
        spot,
        page,
        known,
        terms: RefCell::new(terms),
        needs: Cell::default(),
        trouble: RefCell::new(None),
    };
    let html = markdown::render(text, &options, &resolver);
    if let Some(finding) = resolver.trouble.into_inner() {
        return Err(finding);
    }
    let cards = resolver.terms.into_inner().cards(spot)?;
    let mut needs = resolver.needs.get();
    needs.style |= !cards.is_empty();
    needs.script = TO_KEEP.iter().any(|mark| html.contains(mark));
    Ok(Body { html: html + &cards, needs })
}

/// Figures of a metric as HTML; `id` keeps those of one page apart.
///
/// # Errors
/// The finding about the theme's template.
pub(super) fn figures(
    spot: &Spot<'_>,
    metric: &PublicMetric,
    selection: &Selection<'_>,
    id: &str,
) -> Result<Vec<String>, Finding> {
    let figures = figure::figures(spot, metric, selection, id);
    figures.iter().map(|figure| spot.theme.render("figure.html", figure)).collect()
}

struct Resolver<'a> {
    spot: &'a Spot<'a>,
    page: &'a Page,
    known: &'a Known<'a>,
    terms: RefCell<Terms>,
    needs: Cell<Needs>,
    trouble: RefCell<Option<Finding>>,
}

/// What the template of a block of quotes sees.
#[derive(Serialize)]
struct QuotesBlock {
    quotes: Vec<QuoteView>,
    more: Option<LinkView>,
}

/// What the template of a block of entries sees.
#[derive(Serialize)]
struct ListingBlock {
    part: PartView,
}

impl Resolve for Resolver<'_> {
    fn link(&self, link: &Link) -> Option<ResolvedLink> {
        let (destination, fragment) = self.spot.site.index.resolve(&self.page.facts.source, link).ok()?;
        let fragment = fragment.map(|fragment| format!("#{fragment}")).unwrap_or_default();
        let route = format!("{}{fragment}", destination.route);
        Some(ResolvedLink { href: self.spot.href(&route), title: None })
    }

    fn image(&self, image: &Image) -> Option<ResolvedImage> {
        let book = self.spot.site.book;
        let path = named_from(&self.page.facts.source, &image.target, &book.config().src).ok()?;
        let picture = book.pictures().get(&path)?;
        Some(ResolvedImage { src: self.spot.href(&picture.route), size: picture.size })
    }

    fn directive(&self, directive: &Directive) -> Option<String> {
        let html = match live::block(directive, self.known).0? {
            Block::Chart(chart) => self.chart(&chart, directive.index),
            Block::Quotes(quotes) => self.quotes(&quotes, directive.index),
            Block::Teaching(block) => {
                self.needs.set(Needs { style: true, script: false });
                teaching::render(self.spot, &block, directive.index)
            }
            Block::Claim(id) => self.claim(&id, directive.index),
            Block::List(list) => {
                pages::listing(self.spot, &list, directive.index).and_then(|part| self.part(Some(part)))
            }
            Block::Stage(stage) => self.part(pages::stage(self.spot, &stage)),
        };
        html.map_err(|finding| self.trouble.replace(Some(finding))).ok()
    }

    fn role(&self, role: &Role) -> Option<String> {
        let link = match live::word(role, self.known).ok()? {
            Word::Metric(id) => return value(self.spot, &id),
            Word::Passage(tag) => {
                return Some(format!("<span lang=\"{tag}\">{}</span>", markdown::escape_text(&role.content)));
            }
            Word::Team(id) => self.spot.team(&id)?,
            Word::Stage(id) => self.spot.stage(&id)?,
            Word::Term(id) => {
                let term = self.spot.site.book.glossary().iter().find(|term| term.id == id)?;
                return Some(self.terms.borrow_mut().word(self.spot, term, role));
            }
        };
        let (href, words) = (markdown::escape_attribute(&link.href), markdown::escape_text(&link.title));
        Some(format!("<a class=\"live-link\" href=\"{href}\">{words}</a>"))
    }
}

impl Resolver<'_> {
    fn chart(&self, chart: &live::Chart, index: usize) -> Result<String, Finding> {
        let Some(metric) = self.spot.site.book.metrics().get(&chart.metric) else { return Ok(String::new()) };
        let selection = Selection {
            split: chart.split.as_deref(),
            apart: chart.kind == ChartKind::Panels,
            since: chart.since,
            until: chart.until,
            actions: chart.actions.as_deref(),
            height: chart.height,
            title: chart.title.as_deref(),
            with_table: true,
        };
        let id = format!("chart.{index}");
        let trend = || figures(self.spot, metric, &selection, &id).map(|figures| figures.concat());
        let render = |figure: &FigureView| self.spot.theme.render("figure.html", figure);
        match chart.kind {
            ChartKind::Trend | ChartKind::Panels => trend(),
            ChartKind::Chain => {
                let figures = figure::chains(self.spot, &chart.metric, &selection, &format!("{id}."));
                figures.iter().map(render).collect()
            }
            ChartKind::Answers => match figure::answers(self.spot, metric, &selection, &id) {
                Some(figure) => render(&figure),
                None => trend(),
            },
            // Until there are months enough on both sides, the trend with the action in it says what can be said.
            ChartKind::BeforeAfter => match figure::effect(self.spot, metric, &selection, &id) {
                Some(figure) => render(&figure),
                None => trend(),
            },
        }
    }

    /// A figure with its small print, which stands nowhere without it.
    fn claim(&self, id: &ClaimId, index: usize) -> Result<String, Finding> {
        let claims = &self.spot.site.book.work().claims;
        let Some(claim) = claims.iter().find(|claim| claim.id == *id) else { return Ok(String::new()) };
        self.spot.theme.render("claim.html", &pages::claim(self.spot, claim, &format!("block{index}.")))
    }

    fn part(&self, part: Option<PartView>) -> Result<String, Finding> {
        let Some(part) = part else { return Ok(String::new()) };
        self.spot.theme.render("listing.html", &ListingBlock { part })
    }

    fn quotes(&self, wanted: &live::Quotes, index: usize) -> Result<String, Finding> {
        let mut quotes = lists::quotes(self.spot, wanted.limit, |quote| {
            wanted.stage.as_ref().is_none_or(|stage| quote.stage.as_ref() == Some(stage))
                && wanted.team.as_ref().is_none_or(|team| quote.teams.contains(team))
                && wanted.theme.as_deref().is_none_or(|theme| quote.theme.as_deref() == Some(theme))
        });
        for quote in &mut quotes {
            quote.id = format!("block{index}.{}", quote.id);
        }
        let has_page = !self.spot.site.book.quotes().is_empty();
        let more = has_page.then(|| self.spot.link("All quotes", links::QUOTES));
        self.spot.theme.render("quotes-block.html", &QuotesBlock { quotes, more })
    }
}

/// The name of a metric, linked, and its latest value.
pub(super) fn named_value(spot: &Spot<'_>, id: &MetricId) -> Option<String> {
    let name = &spot.site.book.metrics().get(id)?.metric.definition.name;
    Some(format!("{}: {}", markdown::escape_text(name), value(spot, id)?))
}

/// The latest value inside a sentence, with n and period beside it.
fn value(spot: &Spot<'_>, id: &MetricId) -> Option<String> {
    let metric = spot.site.book.metrics().get(id)?;
    let (definition, words) = (&metric.metric.definition, spot.words(metric));
    let href = markdown::escape_attribute(&spot.href(&links::metric(id)));
    let Some(point) = metric.total().and_then(|series| series.latest()) else {
        return Some(format!("<a class=\"live-value\" href=\"{href}\">no value yet</a>"));
    };
    let value = words.value(point.value?);
    let title = format!("{}, {}", definition.name, words.base(point.n));
    let period = words.period(point.period);
    let base = match (definition.kind, point.n) {
        (Kind::Count, _) => period,
        (_, Some(n)) => format!("n = {}, {period}", words.count(n)),
        (_, None) => format!("base unknown, {period}"),
    };
    let (title, value) = (markdown::escape_attribute(&title), markdown::escape_text(&value));
    let base = markdown::escape_text(&base);
    Some(format!(
        "<a class=\"live-value\" href=\"{href}\" title=\"{title}\">{value}</a> <span class=\"live-base\">({base})</span>"
    ))
}
