//! The markdown module from outside: a text in, HTML or a list of facts out.

mod anything;
mod code;
mod facts;
mod links;
mod live;
mod repairs;
mod safety;

use cxbook::markdown::{
    Directive, Image, Link, LinkKind, Options, Outline, Resolve, ResolvedImage, ResolvedLink, Role, outline,
    render,
};

/// Knows pages below `known`, the wiki title `Known`, images ending in `.png`, and the live part `known`.
struct World;

impl Resolve for World {
    fn link(&self, link: &Link) -> Option<ResolvedLink> {
        let href = match (link.kind, link.target.as_str()) {
            (LinkKind::Wiki, "Known") => "known/index.html",
            (LinkKind::Page, target) if target.starts_with("known") => target,
            _ => return None,
        };
        let title = (link.target == "known-title.md").then(|| "A \"title\"".to_owned());
        Some(ResolvedLink { href: href.to_owned(), title })
    }

    fn image(&self, image: &Image) -> Option<ResolvedImage> {
        image
            .target
            .ends_with(".png")
            .then(|| ResolvedImage { src: format!("../{}", image.target), size: None })
    }

    fn directive(&self, directive: &Directive) -> Option<String> {
        (directive.name == "known").then(|| format!("<figure>{}</figure>", directive.index))
    }

    fn role(&self, role: &Role) -> Option<String> {
        match role.name.as_str() {
            "known" => Some(format!("<data>{}</data>", role.content)),
            "linked" => Some(format!("<a href=\"x.html\">{}</a>", role.content)),
            _ => None,
        }
    }
}

const PLAIN: Options = Options { smart_punctuation: false, drop_title: false };

const DROP_TITLE: Options = Options { drop_title: true, ..PLAIN };

/// Renders in our small world and compares every byte but the last line end.
#[track_caller]
fn check(text: &str, expected: &str) {
    check_with(&PLAIN, text, expected);
}

#[track_caller]
fn check_with(options: &Options, text: &str, expected: &str) {
    let rendered = render(text, options, &World);
    assert_eq!(rendered.trim_end(), expected.trim_end(), "{text:?}");
    assert_eq!(
        ids(&rendered),
        outline(text, options).headings.into_iter().map(|one| one.id).collect::<Vec<_>>()
    );
}

fn facts(text: &str) -> Outline {
    outline(text, &PLAIN)
}

/// Ids of the headings of rendered text, in order.
fn ids(html: &str) -> Vec<String> {
    let headings =
        html.split("<h").skip(1).filter(|mark| mark.starts_with(|level: char| level.is_ascii_digit()));
    let ids = headings.filter_map(|mark| mark.split_once(" id=\"")?.1.split_once('"'));
    ids.map(|(id, _)| id.to_owned()).collect()
}
