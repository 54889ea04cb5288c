//! Themes: templates and assets, the built-in ones overridden file by file.
//!
//! The built-in theme is part of the program. A book may keep a theme of its own in `themes/NAME/`: a file there takes the
//! place of the built-in file of the same name. Templates see only what `site::views` documents.

mod builtin;
mod style;
mod tokens;
mod trouble;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;
use tera::{Context, Tera};

use crate::diag::{Finding, Located, Outcome, checks, did_you_mean};
use crate::output::sha256;
use crate::source::Sources;

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

/// A theme ready to render.
#[derive(Debug)]
pub struct Theme {
    tera: Tera,
    assets: BTreeMap<String, Asset>,
    origins: BTreeMap<String, String>,
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
            } else if let Some((name, text)) = of_kind(&path, &origin.bytes) {
                joined.entry(name).or_default().push_str(&text);
            } else if let Some(asset) = path.strip_prefix("assets/") {
                let route = hashed(asset, &origin.bytes);
                assets.insert(asset.to_owned(), Asset { route, bytes: origin.bytes });
            }
        }
        for (name, text) in joined {
            let route = hashed(&name, text.as_bytes());
            assets.insert(name, Asset { route, bytes: text.into_bytes() });
        }
        if let Err(error) = tera.add_raw_templates(templates) {
            findings.push(trouble::finding(&error, &origins));
        }
        Self { tera, assets, origins }
    }

    /// The theme's files that go into the site, by their name in `assets/`.
    pub fn assets(&self) -> &BTreeMap<String, Asset> {
        &self.assets
    }

    /// Names of the assets with an ending that a kind of page links to, in order: those of every page and its own.
    pub fn names<'a>(&'a self, ending: &'static str, kind: &str) -> impl Iterator<Item = &'a str> {
        let own = format!("{OF_KIND}{kind}{ending}");
        let linked =
            move |name: &&str| name.ends_with(ending) && (!name.starts_with(OF_KIND) || **name == own);
        // What belongs to the kind comes last, over what holds everywhere.
        let mut names: Vec<&str> = self.assets.keys().map(String::as_str).filter(linked).collect();
        names.sort_by_key(|name| name.starts_with(OF_KIND));
        names.into_iter()
    }

    /// Route of an asset; the plain name when the theme has no such file.
    pub fn asset(&self, name: &str) -> String {
        self.assets.get(name).map_or_else(|| name.to_owned(), |asset| asset.route.clone())
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

struct Origin {
    file: String,
    bytes: Vec<u8>,
}

/// Name and text of a style or script of one kind of page: `pages/team/*.css` is `page-team.css`.
fn of_kind(path: &str, bytes: &[u8]) -> Option<(String, String)> {
    let (kind, file) = path.strip_prefix(OF_KINDS)?.split_once('/')?;
    let text = String::from_utf8_lossy(bytes);
    match file.rsplit_once('.')?.1 {
        "css" => Some((format!("{OF_KIND}{kind}.css"), style::compact(&text))),
        "js" => Some((format!("{OF_KIND}{kind}.js"), text.into_owned())),
        _ => None,
    }
}

/// `site.css` becomes `assets/site.1a2b3c4d.css`.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let digest = sha256(bytes);
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("assets/{stem}.{}.{ending}", &digest[..8]),
        None => format!("assets/{name}.{}", &digest[..8]),
    }
}
