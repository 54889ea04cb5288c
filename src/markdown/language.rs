//! The languages of code blocks: the names authors use, the syntax that colours them, the name readers hear.

/// A language we know.
pub(super) struct Language {
    /// Lower-case names an author may write behind the fence.
    pub(super) names: &'static [&'static str],
    /// The name for readers.
    pub(super) label: &'static str,
    /// The name of the syntax in syntect's default set; `None` for plain text.
    pub(super) syntax: Option<&'static str>,
}

/// Every language we know. Each one is highlighted in a test, so a renamed syntax shows up there.
pub(super) const LANGUAGES: &[Language] = &[
    plain(&["text", "txt", "plain", "plaintext"], "text"),
    plain(&["csv", "tsv"], "CSV"),
    plain(&["excel", "xlsx", "formula"], "Excel"),
    plain(&["mermaid"], "Mermaid"),
    coloured(&["sql", "postgres", "postgresql", "mysql", "sqlite"], "SQL", "SQL"),
    coloured(&["python", "py"], "Python", "Python"),
    coloured(&["r", "rscript"], "R", "R"),
    coloured(&["bash", "sh", "shell", "zsh", "console"], "shell", "Bourne Again Shell (bash)"),
    coloured(&["json", "jsonc", "geojson"], "JSON", "JSON"),
    coloured(&["yaml", "yml"], "YAML", "YAML"),
    coloured(&["html", "htm"], "HTML", "HTML"),
    coloured(&["xml", "svg"], "XML", "XML"),
    coloured(&["css"], "CSS", "CSS"),
    coloured(&["javascript", "js", "mjs"], "JavaScript", "JavaScript"),
    coloured(&["rust", "rs"], "Rust", "Rust"),
    coloured(&["markdown", "md"], "Markdown", "Markdown"),
    coloured(&["java"], "Java", "Java"),
    coloured(&["c", "h"], "C", "C"),
    coloured(&["cpp", "c++"], "C++", "C++"),
    coloured(&["csharp", "cs", "c#"], "C#", "C#"),
    coloured(&["go", "golang"], "Go", "Go"),
    coloured(&["php"], "PHP", "PHP"),
    coloured(&["ruby", "rb"], "Ruby", "Ruby"),
    coloured(&["diff", "patch"], "diff", "Diff"),
];

const fn plain(names: &'static [&'static str], label: &'static str) -> Language {
    Language { names, label, syntax: None }
}

const fn coloured(names: &'static [&'static str], label: &'static str, syntax: &'static str) -> Language {
    Language { names, label, syntax: Some(syntax) }
}

/// The language with this name, in whatever case it was written.
pub(super) fn find(name: &str) -> Option<&'static Language> {
    LANGUAGES.iter().find(|language| language.names.iter().any(|known| known.eq_ignore_ascii_case(name)))
}
