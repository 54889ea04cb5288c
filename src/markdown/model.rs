//! What the module takes and gives: plain data without behaviour, and the questions it asks.

use std::sync::Arc;

/// A byte range in the text that was passed in.
pub type Span = std::ops::Range<usize>;

/// How to read a text.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Options {
    /// Turn straight quotes, `--` and `...` into their typographic forms.
    pub smart_punctuation: bool,
    /// Leave the leading level-1 heading out of the body, because the template prints it.
    pub drop_title: bool,
}

/// A heading of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// 1 to 6, as rendered: when the body has level-1 headings, every body heading is one level lower than written.
    pub level: u8,
    /// The slug of the text, unique in the page; never empty.
    pub id: String,
    /// The words without markup; a role stands as its content.
    pub text: String,
    /// The whole heading, markers included.
    pub span: Span,
    /// Where its words stand in [`Outline::text`]; nowhere for a title that is left out.
    pub said: Span,
}

/// Where a link leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum LinkKind {
    /// `http:`, `https:` or `//host`.
    External,
    /// A path without a scheme, relative or from the root; possibly with `#section`, possibly empty.
    Page,
    /// `[[Title]]` or `[[Title|text]]`; the target is the title as written, possibly with `#section`.
    Wiki,
    /// `#section` of the same page.
    Anchor,
    /// `mailto:` or `tel:`.
    Mail,
    /// Any other scheme, such as `javascript:` or `data:`, or a target with control characters in it.
    Unsafe,
}

/// A link of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub kind: LinkKind,
    /// The target after markdown's own escapes, not percent-encoded. An address in angle brackets has its `mailto:`.
    pub target: String,
    /// The words of the link without markup.
    pub text: String,
    /// The whole link; for a reference link the place of use.
    pub span: Span,
}

/// An image of the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Image {
    /// The target as in [`Link::target`].
    pub target: String,
    /// The text alternative; empty when the author wrote none.
    pub alt: String,
    /// The whole image.
    pub span: Span,
}

/// One `key: value` line of a directive.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DirectiveOption {
    /// The word before the colon, as written.
    pub key: String,
    /// The rest of the line, without white space and quotes around it.
    pub value: String,
    /// The line without its indent and line end.
    pub span: Span,
}

/// A fenced block with a name in braces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Directive {
    /// The name without braces: a lower-case letter, then lower-case letters, digits and hyphens.
    pub name: String,
    /// What stands behind the name on the fence line.
    pub argument: String,
    /// The options in the order written; a key may occur twice.
    pub options: Vec<DirectiveOption>,
    /// What follows the options, without the empty line between.
    pub body: String,
    /// Where each line of the body stands.
    pub lines: Vec<Span>,
    /// The whole block, fences included.
    pub span: Span,
    /// How many directives of the page stand before this one.
    pub index: usize,
}

/// A live part inside a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The name without braces; see [`Directive::name`].
    pub name: String,
    /// The text of the code span.
    pub content: String,
    /// From the opening brace to the last backtick.
    pub span: Span,
}

/// What is wrong at one place of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum ProblemKind {
    /// A tag or block of HTML. It is shown as text. Detail: its beginning.
    RawHtml,
    /// An image without a text alternative. Detail: its target.
    MissingAlt,
    /// A link or image whose target a browser must not follow. It is rendered as text. Detail: the target.
    UnsafeLink,
    /// A link without a target, or without words; the latter is left out. Detail: whichever of the two is there.
    EmptyLink,
    /// A heading without words. It is left out unless it holds an image. Detail: empty.
    EmptyHeading,
    /// A heading more than one level below the one before it. Detail: its words.
    SkippedLevel,
    /// A code fence that is never closed, so that it swallows what follows. Detail: the fence line.
    UnclosedFence,
    /// A comment that never ends, or that an empty line or the end of a quote cuts in two. What it covers is hidden.
    /// Detail: its first line.
    UnclosedComment,
    /// A fence that begins with a brace and is no directive. It is rendered as code. Detail: the fence line.
    DirectiveName,
    /// A fence whose first word may be the name of a directive, or a paragraph that begins with one in braces. It is rendered
    /// as it stands. Detail: the name.
    BareDirective,
    /// A link with white space between its words and its target. It is rendered as text. Detail: empty.
    LinkApart,
    /// A link whose words stand in round brackets and whose target in square ones. It is rendered as text. Detail: empty.
    LinkReversed,
    /// A link whose target holds a blank. It is rendered as text. Detail: empty.
    LinkWithBlank,
    /// A paragraph that begins with two or more number signs and no blank. Detail: empty.
    HeadingMark,
    /// A row of a table with more cells than its header. Those are left out. Detail: the first of them.
    LongRow,
    /// A mention of a footnote that does not exist. It is rendered as written. Detail: the label.
    UnknownFootnote,
    /// A footnote nobody mentions. It is left out. Detail: the label.
    UnusedFootnote,
}

/// Something the author should hear about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// The words of the text it is about, shortened; see the kinds.
    pub detail: String,
    /// Where.
    pub span: Span,
}

/// The kinds of places in which words stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PassageKind {
    /// A paragraph or an entry of a list.
    Plain,
    /// A heading.
    Heading,
    /// A cell of a table.
    Cell,
    /// Somebody else's words: a quotation.
    Quotation,
    /// A footnote.
    Note,
}

/// Words that stand together, with the way back to where they were written. Code is not in them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// Where they stand.
    pub kind: PassageKind,
    /// The words without markup; code and roles stand as one sign, [`Passage::CODE`].
    pub text: String,
    /// For each part: where it begins in `text`, and where in the source.
    pub(super) parts: Vec<(usize, usize)>,
}

impl Passage {
    /// Stands in the words for code or a role.
    pub const CODE: char = '\u{fffc}';

    /// The place in the source of a stretch of the words.
    pub fn span(&self, range: Span) -> Span {
        let start = self.place(range.start);
        start..self.place(range.end.saturating_sub(1)).max(start) + 1
    }

    fn place(&self, at: usize) -> usize {
        let after = self.parts.partition_point(|(start, _)| *start <= at);
        self.parts.get(after.wrapping_sub(1)).map_or(at, |(start, place)| place + (at - start))
    }
}

/// What is in a text. Every list is in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outline {
    /// The level-1 heading that is the first block, dropped or not, with the level as written.
    pub title: Option<Heading>,
    /// The headings of the body: without the title when [`Options::drop_title`] is set, else with it.
    pub headings: Vec<Heading>,
    /// All links of the body.
    pub links: Vec<Link>,
    /// All images of the body.
    pub images: Vec<Image>,
    /// All directives.
    pub directives: Vec<Directive>,
    /// All roles.
    pub roles: Vec<Role>,
    /// Plain text of the first paragraph that stands by itself (not in a list, quote or footnote); may be empty.
    pub lead: String,
    /// Plain text of the body, a line per block and per table row; code keeps its lines. A directive gives its body.
    pub text: String,
}

/// A text as it is read for its author. Every list is in the order of the text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reading {
    /// What is in it.
    pub outline: Arc<Outline>,
    /// What the author should hear.
    pub problems: Vec<Problem>,
    /// The words of the body, place by place; what stands in directives, code blocks and HTML is not among them.
    pub passages: Vec<Passage>,
}

/// A link as it shall be written.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ResolvedLink {
    /// The value of `href`, not yet escaped.
    pub href: String,
    /// The value of `title`; when `None`, a title the author wrote is used.
    pub title: Option<String>,
}

/// The questions [`render`](super::render) asks about the world outside of the text.
pub trait Resolve {
    /// Where a link of kind `Page` or `Wiki` leads. `None`: the words are rendered without a link.
    fn link(&self, link: &Link) -> Option<ResolvedLink>;
    /// Where a picture is. `None`: the text alternative is rendered instead.
    fn image(&self, image: &Image) -> Option<ResolvedImage>;
    /// Finished HTML at block level. `None`: the block is rendered as code.
    fn directive(&self, directive: &Directive) -> Option<String>;
    /// Finished HTML inside a sentence. `None`: the content is rendered as code.
    fn role(&self, role: &Role) -> Option<String>;
}

/// Where a picture is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResolvedImage {
    /// The value of `src`, not yet escaped.
    pub src: String,
    /// Width and height in pixels, so that the page does not jump when it arrives.
    pub size: Option<(u32, u32)>,
}
