//! The pages of the form: plain HTML in the book's own style, without script.

use std::fmt::Write;

use super::fields::{Field, Kind, WORDS, Widget};
use super::posted::Posted;
use super::{Saved, Trouble};
use crate::links;
use crate::markdown::{escape_attribute, escape_text};
use crate::model::capital;
use crate::serve::answer::OURS;
use crate::serve::press::BookLook;

/// What these pages may do: show styles and send a form back to where they came from.
pub(in crate::serve) const POLICY: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

/// The choice of what to add.
pub(super) fn choice(look: &BookLook) -> String {
    let kinds = WORDS.iter().filter_map(|word| Kind::of(word)).map(|kind| {
        let (word, about) = (kind.word(), escape_text(kind.about()));
        format!("<li><a href=\"{OURS}add/{word}\">{}</a><p>{about}</p></li>\n", a(word, true))
    });
    let words = "What you add is written into the files of the book, as if you had typed it there. Other kinds are added with \
                 <code>cxbook new</code>.";
    page(
        "Add to the book",
        look,
        &format!("<p>{words}</p>\n<ul class=\"items\">\n{}</ul>\n", kinds.collect::<String>()),
    )
}

/// That the book cannot be read at the moment.
pub(super) fn unreadable(why: &str, look: &BookLook) -> String {
    page("Nothing can be added now", look, &format!("<p>{}</p>\n", escape_text(why)))
}

/// What was saved, and what is still open.
pub(super) fn saved(saved: &Saved, look: &BookLook) -> String {
    let mut body = format!("<p>It stands in <code>{}</code>.</p>\n", escape_text(&saved.path));
    if !saved.open.is_empty() {
        body.push_str("<h2>Still open</h2>\n<ul class=\"items\">\n");
        for finding in &saved.open {
            let _ =
                writeln!(body, "<li>{}. {}</li>", escape_text(&finding.message), escape_text(&finding.help));
        }
        body.push_str("</ul>\n");
    }
    let _ = write!(
        body,
        "<ul class=\"items\">\n<li><a href=\"/{}\">See it in the book</a></li>\n<li><a href=\"{OURS}add/{}\">Add another {}</a></li>\n\
         <li><a href=\"{OURS}add/\">Add something else</a></li>\n</ul>\n",
        links::encode(&saved.shown),
        saved.word,
        saved.word
    );
    page(&format!("The {} is saved", saved.word), look, &body)
}

/// A form, filled as it was sent, with what is to be mended.
pub(super) fn form(
    kind: Kind,
    fields: &[Field],
    posted: &Posted,
    trouble: &Trouble,
    token: &str,
    look: &BookLook,
) -> String {
    let word = kind.word();
    let mut body = format!("<p>{}.</p>\n", escape_text(&capital(kind.about())));
    body.push_str(&summary(fields, trouble));
    let _ = writeln!(body, "<form class=\"edit\" method=\"post\" action=\"{OURS}add/{word}\" novalidate>");
    let _ = writeln!(body, "<input type=\"hidden\" name=\"token\" value=\"{}\">", escape_attribute(token));
    for field in fields {
        let of_field = trouble.fields.iter().filter(|(name, _)| name == field.name());
        let wrong: Vec<&str> = of_field.map(|(_, words)| words.as_str()).collect();
        body.push_str(&one(field, posted, &wrong));
    }
    if trouble.is_doubt {
        body.push_str(
            "<p class=\"tick\"><input type=\"checkbox\" id=\"looked\" name=\"looked\" value=\"yes\"> \
             <label for=\"looked\">I have looked: nothing above leads to a customer</label></p>\n",
        );
    }
    let _ = write!(body, "<p><button>Save the {word}</button></p>\n</form>\n");
    let begin = if trouble.is_none() { "Add" } else { "To be mended: add" };
    page(&format!("{begin} {}", a(word, false)), look, &body)
}

impl Trouble {
    fn is_none(&self) -> bool {
        self.fields.is_empty() && self.whole.is_empty()
    }
}

fn summary(fields: &[Field], trouble: &Trouble) -> String {
    if trouble.is_none() {
        return String::new();
    }
    let mut list = String::new();
    for words in &trouble.whole {
        let _ = writeln!(list, "<li>{}</li>", escape_text(words).replace('\n', "<br>"));
    }
    for (name, words) in &trouble.fields {
        let label =
            fields.iter().find(|field| field.name() == name).map_or(name.as_str(), |field| &field.label);
        let (label, words) = (escape_text(label), escape_text(words));
        let _ = writeln!(list, "<li><a href=\"#field.{}\">{label}</a>: {words}</li>", escape_attribute(name));
    }
    format!(
        "<div class=\"alert alert-warning\" role=\"alert\" tabindex=\"-1\" autofocus>\n\
         <p class=\"alert-title\">Nothing was saved yet</p>\n<ul>\n{list}</ul>\n</div>\n"
    )
}

fn one(field: &Field, posted: &Posted, wrong: &[&str]) -> String {
    let name = escape_attribute(field.name());
    let typed = posted.all(field.name());
    let value =
        if posted.is_blank() { field.first.as_str() } else { typed.first().copied().unwrap_or_default() };
    let id = format!("field.{name}");
    let mut told = format!("hint.{name}");
    let mut words = format!("<p class=\"hint\" id=\"hint.{name}\">{}</p>\n", escape_text(field.hint));
    for (number, wrong) in wrong.iter().enumerate() {
        let _ = write!(told, " wrong.{name}.{number}");
        let _ = writeln!(words, "<p class=\"wrong\" id=\"wrong.{name}.{number}\">{}</p>", escape_text(wrong));
    }
    let mut marks = format!("aria-describedby=\"{told}\"");
    if field.required {
        marks.push_str(" required");
    }
    if !wrong.is_empty() {
        marks.push_str(" aria-invalid=\"true\"");
    }
    let needed = if field.required { " <span class=\"needed\">(needed)</span>" } else { "" };
    let label = format!("<label for=\"{id}\">{}{needed}</label>\n", escape_text(&field.label));
    let (shown, value_marks) = (escape_text(value), format!("value=\"{}\"", escape_attribute(value)));
    let input = |kind: &str| {
        format!(
            "<div class=\"field\">{label}{words}<input type=\"{kind}\" id=\"{id}\" name=\"{name}\" {value_marks} {marks}></div>\n"
        )
    };
    match &field.widget {
        Widget::Line => input("text"),
        Widget::Day => input("date"),
        Widget::Month => input("month"),
        Widget::Number => input("number"),
        Widget::Lines => format!(
            "<div class=\"field\">{label}{words}<textarea id=\"{id}\" name=\"{name}\" rows=\"4\" {marks}>\n{shown}</textarea></div>\n"
        ),
        Widget::Tick => {
            let ticked = if value == "true" { " checked" } else { "" };
            format!(
                "<div class=\"field\">{words}<p class=\"tick\"><input type=\"checkbox\" id=\"{id}\" name=\"{name}\" value=\"true\"{ticked} \
                 {marks}> {label}</p></div>\n"
            )
        }
        Widget::Choice(all) => {
            let options: String = all
                .iter()
                .map(|one| {
                    let chosen = if one == value { " selected" } else { "" };
                    format!(
                        "<option value=\"{}\"{chosen}>{}</option>",
                        escape_attribute(one),
                        escape_text(one)
                    )
                })
                .collect();
            format!(
                "<div class=\"field\">{label}{words}<select id=\"{id}\" name=\"{name}\" {marks}><option value=\"\"></option>{options}\
                 </select></div>\n"
            )
        }
        Widget::Ticks(all) => {
            let boxes: String = all
                .iter()
                .enumerate()
                .map(|(number, one)| {
                    let ticked = if typed.contains(&one.as_str()) { " checked" } else { "" };
                    let own = if number == 0 { id.clone() } else { format!("{id}.{number}") };
                    let (value, shown) = (escape_attribute(one), escape_text(one));
                    format!(
                        "<p class=\"tick\"><input type=\"checkbox\" id=\"{own}\" name=\"{name}\" value=\"{value}\"{ticked}> \
                         <label for=\"{own}\">{shown}</label></p>\n"
                    )
                })
                .collect();
            format!(
                "<fieldset class=\"field\" aria-describedby=\"{told}\"><legend>{}{needed}</legend>{words}{boxes}</fieldset>\n",
                escape_text(&field.label)
            )
        }
    }
}

/// `a quote`, `an action`; at the beginning of a sentence with a capital.
fn a(word: &str, begins: bool) -> String {
    let article = if word.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{} {word}", if begins { capital(article) } else { article.to_owned() })
}

fn page(title: &str, look: &BookLook, body: &str) -> String {
    let styles: String = look
        .styles
        .iter()
        .map(|style| format!("<link rel=\"stylesheet\" href=\"/{}\">\n", links::encode(style)))
        .collect();
    let book = if look.title.is_empty() { "The book" } else { &look.title };
    let (title, book, icon) = (escape_text(title), escape_text(book), links::encode(&look.icon));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title} – {book}</title>\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n{styles}<link rel=\"stylesheet\" href=\"{OURS}form.css\">\n\
         <link rel=\"icon\" href=\"/{icon}\">\n</head>\n<body class=\"kind-form\">\n<a class=\"skip\" href=\"#main.content\">Skip to the \
         content</a>\n<header class=\"top\"><div class=\"wide top-row\"><a class=\"site-name\" href=\"/\">{book}</a></div></header>\n\
         <div class=\"wide page\"><main id=\"main.content\" tabindex=\"-1\">\n<nav class=\"crumbs\" aria-label=\"You are here\"><ol>\
         <li><a href=\"/\">Home</a></li><li><a href=\"{OURS}add/\">Add to the book</a></li></ol></nav>\n\
         <div class=\"title\"><h1>{title}</h1></div>\n<div class=\"content\">\n{body}</div>\n</main></div>\n</body>\n</html>\n"
    )
}
