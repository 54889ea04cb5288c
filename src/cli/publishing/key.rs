//! Where keys come from: a file or the environment, never book.toml.

use std::path::Path;
use std::sync::Arc;

use super::super::args_publishing::SignArgs;
use crate::publish::{Prover, Signer};
use crate::system::System;

/// Names the file of the secret key.
const KEY: &str = "CXBOOK_SIGN_KEY";
/// Its password, if it has one.
const PASSWORD: &str = "CXBOOK_SIGN_PASSWORD";

/// The secret key to sign with, if one is given.
pub(super) fn signer(system: &dyn System, args: &SignArgs) -> Result<Option<Arc<Signer>>, String> {
    let named = system.variable(KEY).filter(|path| !path.is_empty());
    let Some(path) = args.sign_key.clone().or_else(|| named.map(Into::into)) else { return Ok(None) };
    let failed = |why: String| format!("the key {} cannot be used: {why}", path.display());
    let text = system.read_text(&path).map_err(|error| failed(error.to_string()))?;
    let text = text.ok_or_else(|| failed("there is no such file".to_owned()))?;
    Signer::new(&text, system.variable(PASSWORD)).map(|signer| Some(Arc::new(signer))).map_err(failed)
}

/// The public key to prove with: a file, or the key itself.
pub(super) fn prover(system: &dyn System, typed: &str) -> Result<Prover, String> {
    let file = system.read_text(Path::new(typed)).ok().flatten();
    Prover::new(file.as_deref().unwrap_or(typed)).map_err(|why| {
        format!(
            "the key {typed} cannot be used: {why}; give the file that ends with .pub, or its second line"
        )
    })
}
