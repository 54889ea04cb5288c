//! Whether work grows with its size and no faster. It compares two sizes with each other, so a slow or busy machine fails
//! nothing.

use std::time::{Duration, Instant};

/// Works on a size and on four times that. What grows with the square takes sixteen times as long, what grows evenly four times.
///
/// # Panics
/// When it took more than nine times as long each time it was tried.
#[track_caller]
pub(crate) fn grows_evenly(name: &str, size: usize, work: &mut dyn FnMut(usize)) {
    let began = Instant::now();
    // Time on a processor where the system tells it: waiting for others says nothing of the work.
    let spent = || {
        let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
        let nanoseconds = told.and_then(|told| told.split(' ').next()?.parse().ok());
        nanoseconds.map_or_else(|| began.elapsed(), Duration::from_nanos)
    };
    let mut timed = |size: usize| {
        let start = spent();
        work(size);
        spent().saturating_sub(start)
    };
    let tries: Vec<(Duration, Duration)> = (0..5)
        .map(|_| (timed(size), timed(4 * size)))
        .take_while(|(small, large)| *large > 9 * *small + Duration::from_millis(20))
        .collect();
    assert!(tries.len() < 5, "{name}: a text and one four times as long took {tries:?}");
}

#[test]
fn a_square_is_noticed() {
    let mut work = |size: usize| {
        let digits: Vec<usize> = (0..size).collect();
        let pairs = digits.iter().map(|one| digits.iter().filter(|other| *other ^ one == 1).count());
        assert!(pairs.sum::<usize>() > 0);
    };
    let noticed = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| {
        grows_evenly("squares", 3_000, &mut work);
    }));
    assert!(noticed.is_err());
}
