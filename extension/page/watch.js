// @ts-check
// Follows the article while the page changes it.
import { above } from './dom.js';

/** Quiet time after a change before the article is read again, in milliseconds. */
export const QUIET = 200;
/** A page that never rests is still read again after this long, in milliseconds. */
const LONGEST = 1500;

/** Takes more trees to watch: those of open shadow roots. @typedef {{ observe: (tree: Node) => void }} Watcher */

/**
 * Watches `root` with one observer until `signal` aborts: its whole subtree, and the child lists
 * of its ancestors, so that a page which replaces the article is noticed.
 * @param {object} options
 * @param {Element} options.root
 * @param {number} [options.quiet]  pause before `settled`, in milliseconds
 * @param {(records: MutationRecord[]) => void} options.touched  at once, before the change is painted
 * @param {() => void} options.settled  after the pause
 * @param {AbortSignal} options.signal
 * @returns {Watcher}
 */
export function watch({ root, quiet = QUIET, touched, settled, signal }) {
  let timer = 0;
  let first = 0;
  const fire = () => {
    timer = first = 0;
    if (!signal.aborted) settled();
  };
  const observer = new MutationObserver((records) => {
    touched(records);
    const now = performance.now();
    first ||= now;
    clearTimeout(timer);
    timer = Number(setTimeout(fire, Math.max(0, Math.min(quiet, first + Math.max(LONGEST, quiet) - now))));
  });
  const observe = (/** @type {Node} */ tree) => observer.observe(tree, { subtree: true, childList: true, characterData: true });
  observe(root);
  for (let e = above(root); e; e = above(e)) observer.observe(e, { childList: true });
  const stop = () => {
    observer.disconnect();
    clearTimeout(timer);
  };
  signal.addEventListener('abort', stop, { once: true });
  return { observe };
}
