//! Pictures on their way from a page of the book to the site.

use cxbook::output::sha256;
use cxbook::pipeline;
use cxbook::source::{Content, Sources};

use super::fixture::{book, built, errors, options, page};

const JPEG: &[u8] = include_bytes!("pictures/upright.jpg");
const TURNED: &[u8] = include_bytes!("pictures/turned.jpg");
const PNG: &[u8] = include_bytes!("pictures/notes.png");
const DRAWING: &str = r#"<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"><!-- Jane --><path d="M0 0L9 9"/></svg>"#;

fn with(text: &str, pictures: &[(&str, &[u8])], reviews: &str) -> Sources {
    let mut sources = book(&[("content/playbooks/call.md", text)]);
    for (path, bytes) in pictures {
        sources.insert(format!("content/{path}"), Content::Bytes((*bytes).into()));
    }
    if !reviews.is_empty() {
        sources.insert_text("content/pictures.yaml", reviews);
    }
    sources
}

fn review(file: &str, bytes: &[u8]) -> String {
    let mark = &sha256(bytes)[..8];
    format!(
        "- {{file: {file}, no-customer-visible: true, by: Head of Legal, on: 2026-10-01, mark: \"{mark}\"}}\n"
    )
}

const PAGE: &str = "---\ntitle: Call\noutcome: Fine.\nnext: Do it.\nowner: X\n---\n\n![The van](van.jpg) and ![a plan](../pages/plan.svg)\n";

fn found(sources: &Sources) -> Vec<String> {
    errors(&pipeline::build(sources, &options()).findings)
}

#[test]
fn pictures_are_cleaned_and_named_after_what_is_on_them() {
    let files = [("playbooks/van.jpg", JPEG), ("pages/plan.svg", DRAWING.as_bytes())];
    let site = built(&with(PAGE, &files, &review("playbooks/van.jpg", JPEG)));
    let html = page(&site, "playbooks/call.html");
    let pictures: Vec<(&str, &[u8])> =
        site.iter().filter(|(path, _)| path.starts_with("pictures/")).collect();
    assert_eq!(pictures.len(), 2);
    for (path, bytes) in &pictures {
        assert!(html.contains(&format!("<img src=\"../{path}\"")), "{path} is shown: {html}");
        assert!(!path.contains("van") && !path.contains("plan"), "names of files may name somebody");
        for note in ["Jane", "Acacia", "Exif"] {
            assert!(memchr::memmem::find(bytes, note.as_bytes()).is_none(), "{path} holds {note}");
        }
    }
    assert!(html.contains("width=\"8\" height=\"6\""), "{html}");
    assert!(html.contains("alt=\"The van\""));
}

#[test]
fn a_photograph_needs_eyes() {
    let files = [("playbooks/van.jpg", JPEG), ("pages/plan.svg", DRAWING.as_bytes())];
    let unseen = found(&with(PAGE, &files, ""));
    assert!(
        unseen.len() == 1 && unseen[0].contains("image-unseen") && unseen[0].contains("van.jpg"),
        "{unseen:?}"
    );
    let help = pipeline::build(&with(PAGE, &files, ""), &options());
    let mark = &sha256(JPEG)[..8];
    assert!(help.findings.iter().any(|finding| finding.help.contains(mark)), "the line to add is said");
    // The word holds for the picture that was looked at.
    let other = found(&with(PAGE, &files, &review("playbooks/van.jpg", PNG)));
    assert!(other.len() == 1 && other[0].contains("another one"), "{other:?}");
    let half = "- {file: playbooks/van.jpg, by: Head of Legal, on: 2026-10-01, mark: abcdef12}\n";
    assert!(found(&with(PAGE, &files, half)).iter().any(|error| error.contains("no-customer-visible")));
}

#[test]
fn what_cannot_be_cleaned_is_refused() {
    let plan = ("pages/plan.svg", DRAWING.as_bytes());
    let cases: [(&[u8], &str); 5] = [
        (TURNED, "lies on its side"),
        (&JPEG[..100], "is broken"),
        (b"BM6 a bitmap", "of a format"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>x</script></svg>", "not allowed in a drawing"),
        (b"<!DOCTYPE svg [<!ENTITY a 'b'>]><svg>&a;</svg>", "is broken"),
    ];
    for (bytes, words) in cases {
        let reviews = review("playbooks/van.jpg", bytes);
        let told = found(&with(PAGE, &[("playbooks/van.jpg", bytes), plan], &reviews));
        assert!(told.len() == 1 && told[0].contains(words), "{words}: {told:?}");
    }
}

#[test]
fn a_picture_that_is_not_there_or_elsewhere() {
    let text = |target: &str| format!("---\ntitle: Call\n---\n\n![A van]({target})\n");
    let told = |target: &str| found(&with(&text(target), &[("playbooks/van.svg", DRAWING.as_bytes())], ""));
    assert!(told("vann.svg").iter().any(|error| error.contains("file-missing")));
    for target in ["https://a.example/van.png", "//a.example/van.png", "../../van.svg", "/van.svg"] {
        let done = pipeline::build(&with(&text(target), &[], ""), &options());
        assert!(done.findings.iter().any(|finding| finding.check.name == "image-elsewhere"), "{target}");
        let html = page(&done.value, "playbooks/call.html");
        assert!(html.contains("A van") && !html.contains("<img"), "{target}: its words are shown");
    }
    assert_eq!(told("van.svg"), Vec::<String>::new());
    assert_eq!(told("./v%61n.svg"), Vec::<String>::new());
}

#[test]
fn pictures_of_drafts_and_of_nobody_stay_out() {
    let draft = PAGE.replace("title: Call", "title: Call\ndraft: true");
    let files = [("playbooks/van.jpg", JPEG), ("pages/plan.svg", DRAWING.as_bytes())];
    let mut sources = with(&draft, &files, "");
    sources.insert_text("content/index.md", "# Home\n");
    let site = built(&sources);
    assert!(site.iter().all(|(path, _)| !path.starts_with("pictures/")));
}
