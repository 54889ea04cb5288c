//! Publishing: editions that stay, and targets that show a whole site or another whole site, whatever happens.

mod crash;
mod editions;
mod git;
mod made;
mod program;
