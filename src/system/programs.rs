//! Other programs, and folders to work in for a while.
#![allow(clippy::disallowed_methods, reason = "this file is the door that the lint points to")]

use std::fmt::Debug;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::thread;

/// What a program said.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Finished {
    /// Whether it says that it succeeded.
    pub is_fine: bool,
    /// What it printed.
    pub output: Vec<u8>,
    /// What it complained about.
    pub complaint: String,
}

/// Runs other programs.
pub trait Programs: Debug {
    /// Runs a program to its end. It gets no terminal, so it can ask nobody.
    ///
    /// # Errors
    /// When it cannot be started.
    fn run(&self, program: &str, arguments: &[&str], folder: &Path, input: &[u8]) -> io::Result<Finished>;

    /// Makes an empty folder that goes away with the value.
    ///
    /// # Errors
    /// What the disk says.
    fn scratch(&self, name: &str) -> io::Result<Scratch>;
}

/// A folder that goes away with the value.
#[derive(Debug)]
pub struct Scratch(PathBuf);

impl Scratch {
    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// Shows an address in the browser of the person at this computer, without waiting for it.
///
/// # Errors
/// When there is no program that could.
pub fn show_in_browser(address: &str) -> io::Result<()> {
    let (program, arguments): (&str, &[&str]) = if cfg!(target_os = "macos") {
        ("open", &[])
    } else if cfg!(windows) {
        ("rundll32", &["url.dll,FileProtocolHandler"])
    } else {
        ("xdg-open", &[])
    };
    let silent = Stdio::null;
    let mut command = Command::new(program);
    command.args(arguments).arg(address).stdin(silent()).stdout(silent()).stderr(silent());
    let mut child = command.spawn()?;
    // Somebody has to take note of its end.
    thread::spawn(move || child.wait());
    Ok(())
}

/// Programs of the computer cxbook runs on.
#[derive(Debug, Clone, Copy, Default)]
pub struct OsPrograms;

impl Programs for OsPrograms {
    fn run(&self, program: &str, arguments: &[&str], folder: &Path, input: &[u8]) -> io::Result<Finished> {
        let mut command = Command::new(program);
        command.args(arguments).current_dir(folder).env("LC_ALL", "C").env("GIT_TERMINAL_PROMPT", "0");
        // Addresses cannot make git start a program of their choice.
        command.env("GIT_ALLOW_PROTOCOL", "file:git:http:https:ssh");
        for inherited in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
            command.env_remove(inherited);
        }
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn()?;
        let pipe = child.stdin.take();
        let finished = thread::scope(|scope| {
            // Written beside reading: a program that answers while it is asked would wait for ever.
            scope.spawn(move || pipe.map(|mut pipe| pipe.write_all(input)));
            child.wait_with_output()
        })?;
        Ok(Finished {
            is_fine: finished.status.success(),
            output: finished.stdout,
            complaint: String::from_utf8_lossy(&finished.stderr).trim().to_owned(),
        })
    }

    fn scratch(&self, name: &str) -> io::Result<Scratch> {
        let path = std::env::temp_dir().join(format!("cxbook-{name}"));
        fs::create_dir(&path)?;
        Ok(Scratch(path))
    }
}
