//! `[publish.NAME]` of book.toml: where editions go.

use crate::diag::{Finding, checks};
use crate::model::{Config, PublishTo};
use crate::tree::{Node, Reader, Strictness, Value};

pub(super) fn read(node: &Node, config: &mut Config) -> Vec<Finding> {
    let Value::Map(entries) = &node.value else {
        return Reader::new(node, "[publish]").finish(Strictness::Own);
    };
    let mut findings = Vec::new();
    for entry in entries {
        let what = format!("[publish.{}]", entry.key);
        let mut reader = Reader::new(&entry.node, &what);
        let target = reader.required("target", "Add target = \"dir:/srv/www/cx\".");
        let to = PublishTo {
            target: target.as_ref().map(|target| target.value.clone()).unwrap_or_default(),
            aliases: reader.texts("alias").into_iter().map(|alias| alias.value).collect(),
            keep_last: reader.whole("keep-last", 1, 1000).and_then(|keep| usize::try_from(keep.value).ok()),
            max_edition_mb: reader
                .whole("max-edition-mb", 1, 100_000)
                .and_then(|most| u64::try_from(most.value).ok()),
            squash: reader.flag("squash").unwrap_or(false),
        };
        if let Some(target) = target.filter(|target| has_password(&target.value)) {
            let message = format!(
                "the target of {what} holds a password, which everybody who reads the book would know"
            );
            let help = "Take it out. git asks its own credential helper, or use an address of the kind git@host:path; object \
                        storage takes credentials from the environment.";
            reader.report(Finding::new(&checks::VALUE_WRONG, message).at(target.place).help(help).masked());
        }
        config.publish.insert(entry.key.clone(), to);
        findings.extend(reader.finish(Strictness::Own));
    }
    findings
}

/// Whether an address holds a name and a secret, as in `https://name:secret@host`, or a secret alone.
pub fn has_password(address: &str) -> bool {
    let Some((scheme, rest)) = address.split_once("://") else { return false };
    if ["s3", "gs", "az"].contains(&scheme) {
        return rest.contains(['@', '?']);
    }
    let host = rest.split(['/', '?', '#']).next().unwrap_or_default();
    host.rsplit_once('@')
        .is_some_and(|(user, _)| user.contains(':') || scheme.ends_with("http") || scheme.ends_with("https"))
}
