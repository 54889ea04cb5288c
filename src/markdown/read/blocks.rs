//! The part of the walk that ends blocks read as a whole: code, directives, HTML.

use pulldown_cmark::CowStr;

use super::{
    CodeBlock, Piece, comments, directive,
    role::is_name,
    walk::{Block, Walker},
};
use crate::markdown::model::{Directive, ProblemKind, Span};

impl Walker<'_> {
    pub(super) fn end_code(&mut self, span: Span) {
        let Some(Block::Code { info, content }) = self.block.take() else {
            return;
        };
        if info.is_some() {
            self.check_fence(&span);
        }
        let info = info.unwrap_or(CowStr::Borrowed(""));
        if let Some((name, argument)) = directive::opening(&info) {
            let (options, body, lines) = directive::split(&content);
            self.page.plain.push_str(&body);
            self.end_line();
            let index = self.page.directives.len();
            self.page.directives.push(Directive {
                name: name.to_owned(),
                argument: argument.to_owned(),
                options,
                body,
                lines,
                span,
                index,
            });
            let source = format!("{}\n{}", info.trim(), content.text);
            self.page.pieces.push(Piece::Directive { index, source: source.into() });
            return;
        }
        if info.starts_with('{') {
            self.report(ProblemKind::DirectiveName, &info, &span);
        } else if let Some((name, _)) = info.split_once(' ').filter(|(_, word)| is_name(word.trim())) {
            self.report(ProblemKind::BareDirective, name, &span);
        }
        self.page.plain.push_str(&content.text);
        self.end_line();
        let language = info.split_whitespace().next().unwrap_or("").to_owned();
        self.page.pieces.push(Piece::CodeBlock(Box::new(CodeBlock { language, code: content.text })));
    }

    /// The block ends in a fence when its last line is one; quote marks may stand before it.
    fn check_fence(&mut self, span: &Span) {
        let source = self.source;
        let mut lines = source[span.clone()].trim_end().lines();
        let Some(first) = lines.next() else { return };
        let fence = first.trim_start();
        let Some(mark) = fence.chars().next().filter(|mark| "`~".contains(*mark)) else {
            return;
        };
        let length = fence.chars().take_while(|c| *c == mark).count();
        let last = lines.next_back().unwrap_or("");
        let last = last.trim_start_matches(['>', ' ', '\t']).trim_end();
        if last.len() < length || last.chars().any(|c| c != mark) {
            self.report(ProblemKind::UnclosedFence, first, span);
        }
    }

    pub(super) fn end_html(&mut self, span: Span) {
        let Some(Block::Html(html)) = self.block.take() else {
            return;
        };
        let (shown, unclosed) = comments::strip(&html);
        if unclosed {
            self.report(ProblemKind::UnclosedComment, &html, &span);
        }
        let shown = shown.trim();
        if shown.is_empty() {
            return;
        }
        self.report(ProblemKind::RawHtml, shown, &span);
        self.page.plain.push_str(shown);
        self.end_line();
        self.page.pieces.push(Piece::HtmlBlock(shown.to_owned()));
    }
}
