// @ts-check
// Long work in a page, one slice at a time, so that the page goes on in between.

/** How long a slice may take, in milliseconds: half of a frame at 60 frames a second stays with the page. */
const SLICE = 8;

/**
 * Does work that yields wherever it may pause. Null where the signal aborts before its end.
 * @template T @param {Generator<void, T>} work @param {AbortSignal} signal @returns {Promise<T | null>}
 */
export async function inSlices(work, signal) {
  let begun = performance.now();
  for (let step = work.next(); ; step = work.next()) {
    if (step.done) return step.value;
    if (performance.now() - begun < SLICE) continue;
    await rest();
    if (signal.aborted) return null;
    begun = performance.now();
  }
}

/** Until what else waits has had its turn. Timers would be held back in a tab that is not seen. */
function rest() {
  const { scheduler } = /** @type {{ scheduler?: { postTask(task: () => void): Promise<void> } }} */ (/** @type {unknown} */ (globalThis));
  if (scheduler?.postTask) return scheduler.postTask(() => {});
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => done(port1.close());
    port2.postMessage(null);
  });
}
