//! What stands inside a sentence: code, roles, links, images, checkboxes.

use super::Writer;
use crate::markdown::{
    escape::{escape_attribute, push_address, push_text},
    model::{LinkKind, ResolvedLink},
};

pub(super) fn code(out: &mut String, code: &str) {
    out.push_str("<code>");
    push_text(out, code);
    out.push_str("</code>");
}

/// A role that brings a link or a button cannot stand inside of another link, so there its content does.
pub(super) fn role(writer: &mut Writer<'_>, index: usize) {
    let role = &writer.page.roles[index];
    match writer.resolver.role(role) {
        Some(html) if in_link(writer) && (html.contains("<a ") || html.contains("<button ")) => {
            push_text(&mut writer.out, &role.content);
        }
        Some(html) => writer.out.push_str(&html),
        None => code(&mut writer.out, &role.content),
    }
}

fn in_link(writer: &Writer<'_>) -> bool {
    writer.links.contains(&true)
}

pub(super) fn open_link(writer: &mut Writer<'_>, index: usize) {
    let entry = &writer.page.links[index];
    let resolved = match entry.link.kind {
        // A link without words has nothing to click and nothing to read out.
        _ if entry.link.text.is_empty() => None,
        LinkKind::Page | LinkKind::Wiki => writer.resolver.link(&entry.link),
        LinkKind::Unsafe => None,
        LinkKind::External | LinkKind::Anchor | LinkKind::Mail => {
            Some(ResolvedLink { href: entry.link.target.clone(), title: None })
        }
    };
    writer.links.push(resolved.is_some());
    let Some(resolved) = resolved else {
        return;
    };
    writer.out.push_str("<a href=\"");
    push_address(&mut writer.out, &resolved.href);
    writer.out.push('"');
    push_title(writer, resolved.title.as_deref().unwrap_or(&entry.title));
    if entry.link.kind == LinkKind::External {
        writer.out.push_str(" rel=\"noopener noreferrer\"");
    }
    writer.out.push('>');
}

pub(super) fn close_link(writer: &mut Writer<'_>) {
    if writer.links.pop() == Some(true) {
        writer.out.push_str("</a>");
    }
}

fn push_title(writer: &mut Writer<'_>, title: &str) {
    if !title.is_empty() {
        writer.out.push_str(&format!(" title=\"{}\"", escape_attribute(title)));
    }
}

pub(super) fn image(writer: &mut Writer<'_>, index: usize) {
    let entry = &writer.page.images[index];
    let source = match entry.kind {
        LinkKind::Unsafe => None,
        _ => writer.resolver.image(&entry.image),
    };
    let Some(picture) = source else {
        push_text(&mut writer.out, &entry.image.alt);
        return;
    };
    writer.out.push_str("<img src=\"");
    push_address(&mut writer.out, &picture.src);
    let alt = escape_attribute(&entry.image.alt);
    writer.out.push_str(&format!("\" alt=\"{alt}\""));
    push_title(writer, &entry.title);
    if let Some((width, height)) = picture.size {
        writer.out.push_str(&format!(" width=\"{width}\" height=\"{height}\""));
    }
    writer.out.push_str(" loading=\"lazy\">");
}

/// The box and the words behind it share a label; `TaskEnd` closes it.
pub(super) fn task(out: &mut String, number: usize, checked: bool) {
    let checked = if checked { " checked" } else { "" };
    out.push_str(&format!(
        "<label for=\"task.{number}\"><input type=\"checkbox\" id=\"task.{number}\" disabled{checked}> "
    ));
}
