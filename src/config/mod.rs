//! book.toml: reading it into a [`Config`].
//!
//! mdBook's keys are taken where mdBook has one, so that an mdBook folder opens as it is; those without a meaning here are
//! accepted with a note. An unknown key is a finding with the nearest name.

mod mdbook;
mod privacy;
mod publish;
mod toml;

pub use publish::has_password;

use crate::diag::CHECKS;
use crate::diag::{Check, Finding, Level, Located, Outcome, Place, checks, did_you_mean};
use crate::model::{Config, Date, RuleSet};
use crate::source::{Content, Sources};
use crate::tree::{Entry, Node, Reader, Strictness, Value};

/// Name of the file.
pub const FILE: &str = "book.toml";

/// Where mdBook keeps the texts of a book that does not say.
pub const MDBOOK_SRC: &str = "src";

/// Reads one section into the settings.
type ReadSection = fn(&Node, &mut Config) -> Vec<Finding>;

/// Reads book.toml. Without one, the defaults and a finding.
pub fn load(sources: &Sources) -> Outcome<Config> {
    let Some(text) = sources.text(FILE) else {
        let finding = match sources.get(FILE) {
            Some(Content::Bytes(_)) => Some(
                Finding::new(&checks::FILE_NOT_TEXT, "book.toml is not a text file in UTF-8")
                    .at(Place::file(FILE))
                    .help("Save it again as UTF-8 text."),
            ),
            // A link, a file that is too large or not readable: `load` says so of every file.
            Some(_) => None,
            None => Some(Finding::new(&checks::BOOK_MISSING, "there is no book.toml in this folder").help(
                "Run cxbook in the folder of your book, or create book.toml with [book] and title = \"...\".",
            )),
        };
        return Outcome { value: Config::default(), findings: finding.into_iter().collect() };
    };
    let defaults = Config { src: default_src(sources), ..Config::default() };
    toml::parse(FILE, text).then(|root| read(&root, defaults))
}

/// What book.toml says, as far as it can be read.
pub fn tree(sources: &Sources) -> Option<Node> {
    sources.text(FILE).map(|text| toml::parse(FILE, text).value)
}

/// The folder of texts of a book that does not say: ours, or mdBook's when only that is there.
fn default_src(sources: &Sources) -> String {
    let ours = Config::default().src;
    let is_mdbook = sources.below(&ours).next().is_none() && sources.below(MDBOOK_SRC).next().is_some();
    if is_mdbook { MDBOOK_SRC.to_owned() } else { ours }
}

fn read(root: &Node, mut config: Config) -> Outcome<Config> {
    let mut top = Reader::new(root, "book.toml");
    let mut findings = Vec::new();
    if let Some(node) = top.node("book") {
        findings.extend(read_book(node, &mut config));
    } else {
        top.missing("book", "Begin with [book] and a line title = \"...\".");
    }
    let readers: [(&'static str, ReadSection); 7] = [
        ("build", read_build),
        ("output", read_output),
        ("cx", read_cx),
        ("privacy", privacy::read),
        ("metrics", read_metrics),
        ("publish", publish::read),
        ("checks", read_checks),
    ];
    for (key, read) in readers {
        if let Some(node) = top.node(key) {
            findings.extend(read(node, &mut config));
        }
    }
    for key in mdbook::TOP {
        if let Some(node) = top.node(key) {
            findings.push(mdbook::unused(key, &node.place));
        }
    }
    findings.extend(top.finish(Strictness::Own));
    Outcome { value: config, findings }
}

fn read_book(node: &Node, config: &mut Config) -> Vec<Finding> {
    let mut reader = Reader::new(node, "[book]");
    if let Some(title) = reader.required("title", "Add title = \"...\": it stands on every page.") {
        config.title = title.value;
    }
    config.description = value(reader.text("description"));
    config.authors = reader.texts("authors").into_iter().map(|author| author.value).collect();
    if let Some(language) = reader.text("language") {
        config.language = language.value;
    }
    if let Some(src) = reader.text("src") {
        config.src = folder(&mut reader, "src", src, &config.src);
    }
    mdbook::accept(&mut reader, mdbook::BOOK);
    reader.finish(Strictness::Own)
}

fn read_build(node: &Node, config: &mut Config) -> Vec<Finding> {
    let mut reader = Reader::new(node, "[build]");
    if let Some(dir) = reader.text("build-dir") {
        config.build_dir = folder(&mut reader, "build-dir", dir, &config.build_dir);
    }
    mdbook::accept(&mut reader, mdbook::BUILD);
    reader.finish(Strictness::Own)
}

fn read_output(node: &Node, config: &mut Config) -> Vec<Finding> {
    let mut reader = Reader::new(node, "[output]");
    let html = reader.node("html");
    mdbook::accept(&mut reader, mdbook::OUTPUT);
    let mut findings = reader.finish(Strictness::Own);
    let Some(html) = html else { return findings };
    let mut reader = Reader::new(html, "[output.html]");
    if let Some(theme) = reader.text("theme") {
        config.theme = theme.map(|name| name.trim_start_matches("themes/").trim_matches('/').to_owned());
    }
    if let Some(url) = reader.text("site-url") {
        config.site_url = Some(format!("{}/", url.value.trim_end_matches('/')));
    }
    config.smart_punctuation = reader.flag("smart-punctuation").unwrap_or(false);
    mdbook::accept(&mut reader, mdbook::HTML);
    findings.extend(reader.finish(Strictness::Own));
    findings
}

fn read_cx(node: &Node, config: &mut Config) -> Vec<Finding> {
    let mut reader = Reader::new(node, "[cx]");
    config.company = value(reader.text("company"));
    config.vision = value(reader.text("vision"));
    config.notice = value(reader.text("notice"));
    config.contact = value(reader.text("contact"));
    config.headline = reader.texts("headline");
    if let Some(text) = reader.text("as-of") {
        config.as_of = reader.parse("as-of", &text, Date::parse, || "Write it as 2026-10-15.".to_owned());
    }
    reader.finish(Strictness::Own)
}

fn read_metrics(node: &Node, config: &mut Config) -> Vec<Finding> {
    let mut reader = Reader::new(node, "[metrics]");
    if let Some(month) = reader.whole("financial-year-start", 1, 12) {
        config.financial_year_start = u8::try_from(month.value).unwrap_or(4);
    }
    let sets = RuleSet::ALL.map(|rules| (rules.name(), rules));
    config.rules = reader.choice("rules", &sets).unwrap_or_default();
    reader.finish(Strictness::Own)
}

fn read_checks(node: &Node, config: &mut Config) -> Vec<Finding> {
    let Value::Map(entries) = &node.value else {
        return Reader::new(node, "[checks]").finish(Strictness::Own);
    };
    let mut findings = Vec::new();
    for entry in entries {
        match check_level(entry) {
            Ok(level) => {
                config.check_levels.insert(entry.key.clone(), level);
            }
            Err(finding) => findings.push(*finding),
        }
    }
    findings
}

fn check_level(entry: &Entry) -> Result<Option<Level>, Box<Finding>> {
    let wrong = |check, message: String, place: &Place| Finding::new(check, message).at(place.clone());
    let Some(check) = Check::named(&entry.key) else {
        let message = format!("[checks] has a name \"{}\" that cxbook does not know", entry.key);
        let help = did_you_mean(&entry.key, CHECKS.iter().map(|check| check.name));
        return Err(Box::new(wrong(&checks::KEY_UNKNOWN, message, &entry.key_place).help(help)));
    };
    if check.fixed {
        let message = format!("the level of \"{}\" cannot be changed", check.name);
        let help =
            "It guards customers' privacy or the meaning of your files. Mend what it points at instead.";
        return Err(Box::new(wrong(&checks::VALUE_WRONG, message, &entry.key_place).help(help)));
    }
    match entry.node.scalar().as_deref() {
        Some("error") => Ok(Some(Level::Error)),
        Some("warning") => Ok(Some(Level::Warning)),
        Some("note") => Ok(Some(Level::Note)),
        Some("off") => Ok(None),
        _ => {
            let message = format!("the level of \"{}\" should be error, warning, note or off", check.name);
            Err(Box::new(wrong(&checks::VALUE_WRONG, message, &entry.node.place)))
        }
    }
}

/// Gives findings the levels that book.toml asks for, and drops those it turns off.
pub fn apply_levels(config: &Config, findings: Vec<Finding>) -> Vec<Finding> {
    findings
        .into_iter()
        .filter_map(|mut finding| {
            match config.check_levels.get(finding.check.name) {
                Some(None) => return None,
                Some(Some(level)) => finding.level = *level,
                None => {}
            }
            Some(finding)
        })
        .collect()
}

fn value(text: Option<Located<String>>) -> Option<String> {
    text.map(|text| text.value)
}

/// A folder below the book: anything that leads out of it keeps the default.
fn folder(reader: &mut Reader<'_>, key: &'static str, text: Located<String>, default: &str) -> String {
    let path = text.value.trim_end_matches('/').trim_start_matches("./").to_owned();
    let inside = !path.is_empty() && !path.starts_with(['/', '\\']) && !path.contains(':');
    if inside && path.split(['/', '\\']).all(|part| part != ".." && !part.is_empty()) {
        return path;
    }
    let message = format!("\"{key}\" is \"{}\", but it must be a folder inside the book", text.value);
    reader.report(
        Finding::new(&checks::VALUE_WRONG, message)
            .at(text.place)
            .help("Write it like content or docs/book."),
    );
    default.to_owned()
}
