//! Time that only goes forward.

use std::fmt::Debug;
use std::time::{Duration, Instant};

/// Time that only goes forward, for leases and for how long work takes: what the calendar says is no part of it.
pub trait Clock: Debug + Send + Sync {
    /// Time since some moment.
    fn elapsed(&self) -> Duration;

    /// Returns after so long.
    fn wait(&self, time: Duration);
}

/// The clock of the computer cxbook runs on.
#[derive(Debug, Clone, Copy)]
pub struct OsClock(Instant);

impl Default for OsClock {
    #[allow(clippy::disallowed_methods, reason = "this file is the door that the lint points to")]
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl Clock for OsClock {
    fn elapsed(&self) -> Duration {
        self.0.elapsed()
    }

    fn wait(&self, time: Duration) {
        std::thread::sleep(time);
    }
}
