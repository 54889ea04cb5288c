//! Many requests at once: a store answers each in its own time, and most of it is waiting.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Does something with each item, `workers` at a time, until one fails; results are in the order of the items.
pub(super) fn each<T: Sync, R: Send, E: Send>(
    workers: usize,
    items: &[T],
    act: impl Fn(&T) -> Result<R, E> + Sync,
) -> Result<Vec<R>, E> {
    if workers < 2 || items.len() < 2 {
        return items.iter().map(act).collect();
    }
    let (next, failed) = (AtomicUsize::new(0), Mutex::new(None));
    let done: Mutex<Vec<(usize, R)>> = Mutex::new(Vec::with_capacity(items.len()));
    std::thread::scope(|scope| {
        for _ in 0..workers.min(items.len()) {
            scope.spawn(|| {
                while let Some((at, item)) = Some(next.fetch_add(1, Ordering::Relaxed))
                    .and_then(|at| items.get(at).map(|item| (at, item)))
                {
                    match act(item) {
                        Ok(result) => _ = done.lock().map(|mut done| done.push((at, result))),
                        Err(error) => {
                            next.store(items.len(), Ordering::Relaxed);
                            _ = failed.lock().map(|mut failed| failed.replace(error));
                        }
                    }
                }
            });
        }
    });
    if let Some(error) = failed.into_inner().ok().flatten() {
        return Err(error);
    }
    let mut done = done.into_inner().unwrap_or_default();
    done.sort_by_key(|(at, _)| *at);
    Ok(done.into_iter().map(|(_, result)| result).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_are_done_in_order_or_one_error_is_said() {
        let items: Vec<usize> = (0..100).collect();
        for workers in [1, 7] {
            assert_eq!(each(workers, &items, |item| Ok::<_, ()>(item * 2)).unwrap()[99], 198);
            assert_eq!(each(workers, &items, |item| if *item == 50 { Err(*item) } else { Ok(()) }), Err(50));
        }
    }
}
