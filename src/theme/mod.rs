//! Themes: templates and assets, the built-in ones overridden file by file.
//!
//! The built-in theme is part of the program. A book may keep a theme of its own in `themes/NAME/`: a file there takes the
//! place of the built-in file of the same name. Templates see only what `site::views` documents.

mod builtin;
mod headings;
mod style;
mod tokens;
mod trouble;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
pub use style::compact_script;
use tera::{Context, Tera};

use crate::diag::{Finding, Located, Outcome, checks, did_you_mean};
use crate::output::sha256;
use crate::source::Sources;

/// The folder of a book's own themes.
pub const FOLDER: &str = "themes";

/// Name of the built-in theme.
pub const DEFAULT: &str = "default";

/// The style sheet of every page: all files of `styles/`, joined in the order of their names.
const STYLE: &str = "site.css";

/// The file that declares tokens.
const TOKENS: &str = "theme.toml";

/// The folder of styles and scripts that only pages of one kind need: `pages/KIND/`.
const OF_KINDS: &str = "pages/";

/// How the sheet or script of a kind of page is called among the assets.
const OF_KIND: &str = "page-";

/// The kind of what pages need that teach, whatever else they are.
pub const TEACHING: &str = "teaching";

/// A theme ready to render.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    assets: BTreeMap<String, Asset>,
    origins: BTreeMap<String, String>,
    /// Of each template with all it takes in.
    digests: BTreeMap<String, String>,
}

/// A file of the theme that goes into the site as it is.
#[derive(Debug, Clone)]
pub struct Asset {
    /// Path in the site, with a part of its digest in its name so that it can be cached for ever.
    pub route: String,
    /// Its content.
    pub bytes: Vec<u8>,
}

impl Theme {
    /// Loads the theme a book names, its files over the built-in ones. A template that cannot be read is a finding.
    pub fn load(sources: &Sources, name: &Located<String>) -> Outcome<Self> {
        let mut findings = Vec::new();
        let mut files: BTreeMap<String, Origin> = builtin::files()
            .map(|(path, bytes)| {
                (path.to_owned(), Origin { file: format!("themes/{DEFAULT}/{path}"), bytes: bytes.to_vec() })
            })
            .collect();
        if name.value != DEFAULT {
            let root = format!("themes/{}", name.value);
            let own: Vec<_> = sources.below(&root).collect();
            if own.is_empty() {
                let own = sources.below("themes").filter_map(|(path, _)| path.split('/').nth(1));
                let known: BTreeSet<&str> = own.chain([DEFAULT]).collect();
                let finding =
                    Finding::new(&checks::THEME_BROKEN, format!("there is no theme \"{}\"", name.value));
                let help = did_you_mean(&name.value, known.iter().copied());
                findings.push(finding.at(name.place.clone()).help(help));
            }
            for (path, _) in own {
                if let Some(bytes) = sources.bytes(path) {
                    let origin = Origin { file: path.to_string(), bytes: bytes.to_vec() };
                    files.insert(path[root.len() + 1..].to_owned(), origin);
                }
            }
        }
        let built_in = builtin::files().find(|(path, _)| *path == TOKENS).map_or(&[][..], |(_, bytes)| bytes);
        let own = files.get(TOKENS).filter(|origin| origin.bytes != built_in);
        let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
        let own = own.map(|origin| (origin.file.clone(), text(&origin.bytes)));
        let own = own.as_ref().map(|(file, text)| (file.as_str(), text.as_str()));
        let tokens = tokens::css(&text(built_in), own, &mut findings);
        let theme = Self::build(files, tokens, &mut findings);
        Outcome { value: theme, findings }
    }

    fn build(files: BTreeMap<String, Origin>, tokens: String, findings: &mut Vec<Finding>) -> Self {
        let mut tera = Tera::default();
        tera.register_filter("headings", headings::filter);
        let mut origins = BTreeMap::new();
        let mut templates = Vec::new();
        let mut assets = BTreeMap::new();
        let mut joined: BTreeMap<String, String> = BTreeMap::from([(STYLE.to_owned(), tokens)]);
        for (path, origin) in files {
            if let Some(template) = path.strip_prefix("templates/") {
                origins.insert(template.to_owned(), origin.file);
                templates.push((template.to_owned(), String::from_utf8_lossy(&origin.bytes).into_owned()));
            } else if path.starts_with("styles/") && path.ends_with(".css") {
                let style = style::compact(&String::from_utf8_lossy(&origin.bytes));
                joined.entry(STYLE.to_owned()).or_default().push_str(&style);
            } else if let Some((names, text)) = of_kinds(&path, &origin.bytes) {
                for name in names {
                    joined.entry(name).or_default().push_str(&text);
                }
            } else if let Some(asset) = path.strip_prefix("assets/") {
                let route = hashed(asset, &origin.bytes);
                assets.insert(asset.to_owned(), Asset { route, bytes: origin.bytes });
            }
        }
        join_teaching(&mut joined);
        for (name, text) in joined {
            let route = hashed(&name, text.as_bytes());
            assets.insert(name, Asset { route, bytes: text.into_bytes() });
        }
        let digests = digests(&templates);
        if let Err(error) = tera.add_raw_templates(templates) {
            findings.push(trouble::finding(&error, &origins));
        }
        Self { tera, assets, origins, digests }
    }

    /// The theme's files that go into the site, by their name in `assets/`.
    pub fn assets(&self) -> &BTreeMap<String, Asset> {
        &self.assets
    }

    /// Names of the assets with an ending that a kind of page links to, in order: those of every page, then what teaching
    /// needs and what its kind needs, as one file where both are there.
    pub fn names<'a>(&'a self, ending: &str, kind: &str, teaches: bool) -> impl Iterator<Item = &'a str> {
        let shared = |name: &&String| name.ends_with(ending) && !name.starts_with(OF_KIND);
        let mut names: Vec<&str> = self.assets.keys().filter(shared).map(String::as_str).collect();
        let of_kind = |kind: &str| {
            let found = self.assets.get_key_value(&format!("{OF_KIND}{kind}{ending}"));
            found.map(|(name, _)| name.as_str())
        };
        let both = || of_kind(&format!("{TEACHING}-{kind}")).or_else(|| of_kind(TEACHING));
        names.extend(if teaches { both().or_else(|| of_kind(kind)) } else { of_kind(kind) });
        names.into_iter()
    }

    /// Route of an asset; the plain name when the theme has no such file.
    pub fn asset(&self, name: &str) -> String {
        self.assets.get(name).map_or_else(|| name.to_owned(), |asset| asset.route.clone())
    }

    /// SHA-256 of a template and of all it may take in: filled with equal views, templates of one digest give the same.
    pub fn digest(&self, template: &str) -> &str {
        self.digests.get(template).map_or("", String::as_str)
    }

    /// Fills a template with a view.
    ///
    /// # Errors
    /// The finding about the template, with its file and line.
    pub fn render<V: Serialize>(&self, template: &str, view: &V) -> Result<String, Finding> {
        let rendered = Context::from_serialize(view).and_then(|context| self.tera.render(template, &context));
        rendered.map_err(|error| trouble::finding(&error, &self.origins))
    }
}

/// For each template, the digest of itself, of those it names, and of those with components, which any may use unnamed.
fn digests(templates: &[(String, String)]) -> BTreeMap<String, String> {
    let texts: BTreeMap<&str, &str> =
        templates.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let own: BTreeMap<&str, String> =
        texts.iter().map(|(name, text)| (*name, sha256(text.as_bytes()))).collect();
    let named = |name: &str| texts[name].split(['"', '\'', '`']).filter(|word| texts.contains_key(word));
    let names: BTreeMap<&str, BTreeSet<&str>> =
        texts.keys().map(|name| (*name, named(name).collect())).collect();
    let shared = || texts.iter().filter(|(_, text)| text.contains("component")).map(|(name, _)| *name);
    let mut digests = BTreeMap::new();
    for name in texts.keys().copied() {
        let mut taken = BTreeSet::new();
        let mut waiting: Vec<&str> = shared().chain([name]).collect();
        while let Some(next) = waiting.pop() {
            if taken.insert(next) {
                waiting.extend(&names[next]);
            }
        }
        let all: Vec<&String> = taken.into_iter().map(|name| &own[name]).collect();
        digests.insert(name.to_owned(), sha256(format!("{name} {all:?}").as_bytes()));
    }
    digests
}

struct Origin {
    file: String,
    bytes: Vec<u8>,
}

/// Adds to each kind's style and script the one with that of teaching before it: a page asks for one file, not for two.
fn join_teaching(joined: &mut BTreeMap<String, String>) {
    for ending in [".css", ".js"] {
        let own = format!("{OF_KIND}{TEACHING}{ending}");
        let Some(teaching) = joined.get(&own).cloned() else { continue };
        let kinds = joined
            .iter()
            .filter(|(name, _)| name.starts_with(OF_KIND) && name.ends_with(ending) && **name != own);
        let both = kinds.map(|(name, text)| {
            let kind = &name[OF_KIND.len()..];
            (format!("{OF_KIND}{TEACHING}-{kind}"), format!("{teaching}{text}"))
        });
        let both: Vec<_> = both.collect();
        joined.extend(both);
    }
}

/// Names and text of a style or script of some kinds of page: `pages/team+metric/*.css` is `page-team.css` and
/// `page-metric.css`.
fn of_kinds(path: &str, bytes: &[u8]) -> Option<(Vec<String>, String)> {
    let (kinds, file) = path.strip_prefix(OF_KINDS)?.split_once('/')?;
    let text = String::from_utf8_lossy(bytes);
    let (ending, text) = match file.rsplit_once('.')?.1 {
        "css" => ("css", style::compact(&text)),
        "js" => ("js", compact_script(&text)),
        _ => return None,
    };
    Some((kinds.split('+').map(|kind| format!("{OF_KIND}{kind}.{ending}")).collect(), text))
}

/// `site.css` becomes `assets/site.1a2b3c4d.css`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let digest = sha256(bytes);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{}.{ending}", &digest[..8]),
        None => format!("assets/{name}.{}", &digest[..8]),
    }
}
