// @ts-check
// Two wordings, word by word.

/** Longer wordings are shown whole: the table below grows with the product of both. */
const MOST_WORDS = 400;

/**
 * The words of `here` and of `there`, those that the other does not have in its place marked:
 * longest common subsequence of words, case and punctuation at their edges aside.
 * @param {string} here @param {string} there
 * @returns {{ here: Piece[], there: Piece[] }}
 * @typedef {{ text: string, own: boolean }} Piece
 */
export function wordDiff(here, there) {
  const [a, b] = [wordsOf(here), wordsOf(there)];
  if (a.length > MOST_WORDS || b.length > MOST_WORDS) return { here: [{ text: here, own: false }], there: [{ text: there, own: false }] };
  const [x, y] = [a.map(bare), b.map(bare)];
  const longest = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      longest[i][j] = x[i] === y[j] ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  /** @type {[Piece[], Piece[]]} */
  const [left, right] = [[], []];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    if (i < a.length && j < b.length && x[i] === y[j]) {
      push(left, a[i++], false);
      push(right, b[j++], false);
    } else if (j >= b.length || (i < a.length && longest[i + 1][j] >= longest[i][j + 1])) push(left, a[i++], true);
    else push(right, b[j++], true);
  }
  return { here: left, there: right };
}

/**
 * The same where `here` may be a piece of `there`: words of `there` around it are no difference.
 * @param {string} here @param {string} there
 */
export function quoteDiff(here, there) {
  const diff = wordDiff(here, there);
  const lead = diff.here[0]?.own ? wordsOf(diff.here[0].text).length : 0;
  const last = diff.here.at(-1);
  const tail = last?.own ? wordsOf(last.text).length : 0;
  const pieces = [...diff.there];
  const [first, end] = [pieces[0], pieces.at(-1)];
  if (pieces.length > 1 && end?.own) pieces.splice(-1, 1, ...around(end.text, tail, false));
  if (pieces.length > 1 && first?.own) pieces.splice(0, 1, ...around(first.text, lead, true));
  return { here: diff.here, there: pieces };
}

/** Of the words at an edge, as many as stand against words of the other side are its own. @param {string} text @param {number} count @param {boolean} atEnd */
function around(text, count, atEnd) {
  const all = wordsOf(text);
  const at = atEnd ? Math.max(0, all.length - count) : Math.min(count, all.length);
  const parts = [all.slice(0, at), all.slice(at)].map((words, i) => ({ text: words.join(' '), own: (i === 1) === atEnd }));
  return parts.filter((piece) => piece.text);
}

/** @param {string} text */
function wordsOf(text) {
  return text.split(/\s+/).filter(Boolean);
}

/** @param {string} word */
function bare(word) {
  return word.toLowerCase().replace(/[’‘]/g, "'").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, '') || word;
}

/** @param {Piece[]} pieces @param {string} word @param {boolean} own */
function push(pieces, word, own) {
  const last = pieces.at(-1);
  if (last?.own === own) last.text += ` ${word}`;
  else pieces.push({ text: word, own });
}
