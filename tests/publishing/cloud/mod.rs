//! Object storage, with the feature `cloud`: in memory with every way to fail, and on real servers where they are installed.

mod crash;
mod damage;
mod network;
mod race;
mod room;
mod servers;
