//! `cxbook build`: the site in a folder.

use std::io;
use std::path::Path;
use std::sync::Arc;

use super::args::BuildArgs;
use super::audit;
use super::input::Input;
use super::progress::{Part, Progress};
use super::speak::Voice;
use super::{FINDINGS, FINE};
use crate::cache::{Built, Cache, Key};
use crate::diag::Finding;
use crate::model::grouped;
use crate::output::Output;
use crate::pipeline::{self, Memo};
use crate::system::{OsDisk, System};
use crate::theme;

/// Builds a book and writes its site, or says why not.
pub(super) fn run(system: &dyn System, args: &BuildArgs, voice: &Voice) -> Result<u8, String> {
    if args.drafts && args.moment.edition.is_some() {
        return Err("--drafts and --edition do not go together: drafts are for looking at, never for an edition; leave one \
                    of the two out"
            .to_owned());
    }
    let progress = Arc::new(Progress::new(voice.is_quiet()));
    progress.begins(Part::Read);
    let mut input = Input::read(system, &args.moment)?;
    input.options.drafts = args.drafts;
    input.options.site_url = args.site_url.as_ref().map(|url| format!("{}/", url.trim_end_matches('/')));
    let folder = args.dest_dir.clone().unwrap_or_else(|| input.folder.join(&input.build_dir));
    let run = Run { system, args, voice, progress: &progress, input: &input, folder: &folder };
    let code = match &args.cache {
        None => run.anew().map(|site| {
            let code = if site.is_some() { FINE } else { FINDINGS };
            std::mem::forget(site);
            code
        }),
        Some(cache) => run.with_cache(cache),
    };
    progress.ends();
    if args.timings && code == Ok(FINE) {
        eprintln!("{}", progress.table());
    }
    // The program ends here, and with it its memory: giving thousands of files back one by one takes its time.
    std::mem::forget(input);
    code
}

struct Run<'a> {
    system: &'a dyn System,
    args: &'a BuildArgs,
    voice: &'a Voice,
    progress: &'a Arc<Progress>,
    input: &'a Input,
    /// Where the site goes.
    folder: &'a Path,
}

impl Run<'_> {
    /// Makes the site and writes it; nothing where the book has errors.
    fn anew(&self) -> Result<Option<(Vec<Finding>, Output)>, String> {
        let heard = Arc::clone(self.progress);
        let memo = Memo::new(false).telling(Box::new(move |told| heard.hear(told)));
        let built = pipeline::build_with(&self.input.sources, &self.input.options, &memo);
        if !self.tell(&built.findings) {
            return Ok(None);
        }
        self.write(built.value.len(), &mut built.value.iter())?;
        Ok(Some((built.findings, built.value)))
    }

    /// Takes the site from the cache if it was made from just this, and otherwise makes it and keeps it there. Trouble with the
    /// cache is said and keeps nobody from building.
    fn with_cache(&self, folder: &Path) -> Result<u8, String> {
        let (content, themes) =
            (self.input.folder.join(self.input.content()), self.input.folder.join(theme::FOLDER));
        for (other, name) in [(self.folder, "the site"), (&content, "the content"), (&themes, "the themes")] {
            if audit::is_inside(self.system, folder, other) {
                return Err(format!(
                    "--cache {} would lie in {name}; choose another folder",
                    folder.display()
                ));
            }
        }
        self.progress.begins(Part::Look);
        let cache = Cache::new(&OsDisk, folder);
        let key = self.key();
        match key.as_ref().map(|key| cache.get(key)) {
            Ok(Ok(Some(built))) => return self.again(&built),
            Ok(Err(_)) => self.aside("What the cache holds of this site is damaged; the site is built anew."),
            Ok(Ok(None)) | Err(_) => {}
        }
        let Some((findings, output)) = self.anew()? else { return Ok(FINDINGS) };
        self.progress.begins(Part::Keep);
        if let Err(error) = key.and_then(|key| cache.put(&key, &findings, &output)) {
            self.aside(&format!("The site could not be kept in {}: {error}", folder.display()));
        }
        std::mem::forget((findings, output));
        Ok(FINE)
    }

    fn key(&self) -> io::Result<Key> {
        Key::of(&self.system.program()?, &self.input.sources, &self.input.options)
    }

    /// Writes a site as it was made before.
    fn again(&self, built: &Built) -> Result<u8, String> {
        if !self.tell(&built.findings) {
            return Ok(FINDINGS);
        }
        self.voice.say("Nothing changed since this site was built; it comes from the cache.");
        self.write(built.len(), &mut built.files())?;
        Ok(FINE)
    }

    /// Says what was found; whether the site may be written.
    fn tell(&self, findings: &[Finding]) -> bool {
        self.progress.ends();
        let fine = self.voice.may_go_on(findings, &self.input.sources);
        if !fine {
            self.voice.say("Nothing was written; the site that was there before is as it was.");
        }
        fine
    }

    fn write(&self, count: usize, files: &mut dyn Iterator<Item = (&str, &[u8])>) -> Result<(), String> {
        if let Some(file) = &self.args.audit {
            audit::write(self.system, self.input, file, self.folder)?;
        }
        self.progress.begins(Part::Write);
        let wrote = self.system.replace_folder(self.folder, files);
        self.progress.ends();
        wrote.map_err(|error| format!("the site could not be written: {error}"))?;
        self.voice.say(&format!(
            "Wrote {} files to {}. Open {} to read.",
            grouped(count as u64),
            self.folder.display(),
            self.folder.join("index.html").display()
        ));
        Ok(())
    }

    /// A sentence between two parts of the work.
    fn aside(&self, words: &str) {
        self.progress.ends();
        self.voice.say(words);
    }
}
