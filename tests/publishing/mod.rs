//! Publishing: editions that stay, and targets that show a whole site or another whole site, whatever happens.

mod anything;
mod bars;
mod bundle;
#[cfg(feature = "cloud")]
mod cloud;
mod crash;
mod damage;
mod editions;
mod git;
#[cfg(unix)]
mod kept;
mod links;
mod made;
mod model;
mod program;
mod proof;
mod purge;
mod served;
mod servers;
mod stopped;
