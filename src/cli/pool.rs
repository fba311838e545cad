//! Work on several cores with the results in the order of what came in, and a bounded number of things under way.

use std::sync::mpsc::sync_channel;
use std::thread;

use countercheck::error::Error;

/// Things that wait before and after each worker: enough that none idles while one has a long article.
const DEPTH: usize = 16;

/// Hands what `produce` gives to `jobs` workers by turns, and their results to `sink` in the same order. `produce`
/// stops when what it calls returns false: nobody waits for more.
///
/// # Errors
/// Those of `sink`, which end the work, and of `produce`.
pub fn ordered<U: Send, R: Send>(
    jobs: usize,
    produce: impl FnOnce(&mut dyn FnMut(U) -> bool) -> Result<(), Error> + Send,
    work: impl Fn(U) -> R + Sync,
    mut sink: impl FnMut(R) -> Result<(), Error>,
) -> Result<(), Error> {
    thread::scope(|scope| {
        let (mut ins, mut outs) = (Vec::new(), Vec::new());
        for _ in 0..jobs.max(1) {
            let (give, take) = sync_channel::<U>(DEPTH);
            let (put, get) = sync_channel::<R>(DEPTH);
            let work = &work;
            scope.spawn(move || take.into_iter().map(work).try_for_each(|result| put.send(result)));
            ins.push(give);
            outs.push(get);
        }
        let producer = scope.spawn(move || {
            let mut turns = (0..ins.len()).cycle();
            produce(&mut |unit| turns.next().is_some_and(|turn| ins[turn].send(unit).is_ok()))
        });
        // Moved here, so that an error of the sink hangs up on the workers and they on the producer.
        let outs = outs;
        for turn in (0..outs.len()).cycle() {
            let Ok(result) = outs[turn].recv() else { break };
            sink(result)?;
        }
        producer.join().expect("a panic ends the program before this")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_the_order_and_stops_when_told() {
        let numbers = |give: &mut dyn FnMut(u64) -> bool| {
            (0..10_000).take_while(|n| give(*n)).for_each(drop);
            Ok(())
        };
        let mut seen = Vec::new();
        let slow = |n: u64| n + std::hint::black_box((0..n % 7 * 1000).max().unwrap_or(0)) / 10_000;
        ordered(3, numbers, slow, |n| {
            seen.push(n);
            Ok(())
        })
        .unwrap();
        assert_eq!(seen, (0..10_000).collect::<Vec<_>>());
        let stop = |n| if n == 5 { Err(Error::new("enough")) } else { Ok(()) };
        assert_eq!(ordered(3, numbers, slow, stop).unwrap_err().to_string(), "enough");
    }
}
