//! `cxbook lsp`: findings, completion and explanations while an author types.

use std::io;
use std::path::{Path, PathBuf};

use super::args::MomentArgs;
use super::args_starting::LspArgs;
use super::input::Input;
use super::{FINDINGS, FINE, TROUBLE};
use crate::config;
use crate::lsp::{self, End, Workspace};
use crate::system::{OsSystem, System};

/// Speaks with an editor over standard input and output. Nothing else may be printed there.
pub(super) fn run(args: &LspArgs) -> u8 {
    match lsp::serve(|workspace| open(args, workspace), io::stdin(), io::stdout()) {
        End::Orderly => FINE,
        // The protocol asks for 1 where the editor did not shut the server down first.
        End::Sudden => FINDINGS,
        End::Malformed => {
            eprintln!(
                "error: what came in is no message of the language server protocol. cxbook lsp is started by an editor; \
                 docs/EDITORS.md says how"
            );
            TROUBLE
        }
    }
}

/// The book that the arguments name, else that of the editor's folder, else that of the current one.
fn open(args: &LspArgs, workspace: Option<&Path>) -> Workspace {
    let system = OsSystem;
    let wanted = args.folder.as_deref().or(workspace).unwrap_or_else(|| Path::new("."));
    let real = system.real_path(wanted).unwrap_or_else(|| wanted.to_path_buf());
    // Who opens only the content folder in an editor means the book around it.
    let has_book = |folder: &&Path| system.real_path(&folder.join(config::FILE)).is_some();
    let root = real.ancestors().find(has_book).unwrap_or(&real).to_path_buf();
    let named =
        workspace.filter(|named| system.real_path(named).as_ref() == Some(&root)).map(Path::to_path_buf);
    let moment = MomentArgs { folder: root.clone(), as_of: None, edition: None };
    let read = move |unsaved: &_| {
        let input = Input::read_under(&OsSystem, &moment, unsaved)?;
        Ok((input.sources, input.options))
    };
    Workspace { root: plain(root), named, read: Box::new(read) }
}

/// A path as editors write it: Windows puts a mark before one without detours.
fn plain(path: PathBuf) -> PathBuf {
    let text = path.to_string_lossy();
    text.strip_prefix(r"\\?\").map(PathBuf::from).unwrap_or(path)
}
