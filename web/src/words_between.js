// Which words of two texts go together: what is struck out and what is put in, by words. Equal beginnings and ends are cut off first;
// what remains is aligned by words that stand once in both (Bram Cohen's patience diff), and between them by the longest common
// subsequence where that is small. So the work is linear in the text, however different the two are.

const CELLS = 160000; // of one table of the longest common subsequence
const WORD = /[\p{L}\p{M}\p{N}]+(?:[.,:'’\-/][\p{L}\p{M}\p{N}]+)*/gu;

const ASCII = /^[\x00-\x7f]*$/;

function fold(word) {
  if (ASCII.test(word))
    return word.toLowerCase();
  return word.normalize('NFKC').toLocaleLowerCase('und').replace(/’/g, "'");
}

// Scripts without blanks: each letter is a word of its own, else a sentence would be one.
const NO_BLANKS = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Khmer}\p{Script=Lao}\p{Script=Myanmar}]/u;

// [{word, start, end}] of text from `start` to `end`, in UTF-16 units of the whole text.
export function wordsOf(text, start = 0, end = text.length) {
  const out = [];
  for (const found of (start === 0 && end === text.length ? text : text.slice(start, end)).matchAll(WORD)) {
    const at = start + found.index;
    if (ASCII.test(found[0]) || !NO_BLANKS.test(found[0])) {
      out.push({ word: fold(found[0]), start: at, end: at + found[0].length });
      continue;
    }
    let unit = at;
    for (const letter of found[0]) {
      out.push({ word: fold(letter), start: unit, end: unit + letter.length });
      unit += letter.length;
    }
  }
  return out;
}

// Longest common subsequence by a table, from the end so that the walk gives pairs in order.
function alignSmall(a, b, box, pairs) {
  const n = box.a1 - box.a0, m = box.b1 - box.b0, width = m + 1, table = new Uint16Array((n + 1) * width);
  for (let i = n - 1; i >= 0; i--)
    for (let k = m - 1; k >= 0; k--)
      table[i * width + k] = a[box.a0 + i].word === b[box.b0 + k].word ? table[(i + 1) * width + k + 1] + 1
        : Math.max(table[(i + 1) * width + k], table[i * width + k + 1]);
  for (let i = 0, k = 0; i < n && k < m;) {
    if (a[box.a0 + i].word === b[box.b0 + k].word)
      pairs.push([box.a0 + i++, box.b0 + k++]);
    else if (table[(i + 1) * width + k] >= table[i * width + k + 1])
      i++;
    else
      k++;
  }
}

// Words that stand once in each of the two parts, in order of a: [place in a, place in b].
function onceInBoth(a, b, box) {
  const seen = new Map();
  for (let i = box.a0; i < box.a1; i++)
    seen.set(a[i].word, seen.has(a[i].word) ? { a: -1 } : { a: i, b: -1 });
  for (let k = box.b0; k < box.b1; k++) {
    const one = seen.get(b[k].word);
    if (one && one.a >= 0)
      one.b = one.b === -1 ? k : -2;
  }
  return [...seen.values()].filter((one) => one.a >= 0 && one.b >= 0).map((one) => [one.a, one.b]);
}

// Of pairs in order of a the longest run that is in order of b as well (Fredman 1975: by piles).
function longestRising(pairs) {
  const tops = [], back = new Array(pairs.length);
  pairs.forEach((pair, i) => {
    let low = 0, high = tops.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[tops[middle]][1] < pair[1])
        low = middle + 1;
      else
        high = middle;
    }
    back[i] = low ? tops[low - 1] : -1;
    tops[low] = i;
  });
  const out = [];
  for (let i = tops.length ? tops[tops.length - 1] : -1; i >= 0; i = back[i])
    out.push(pairs[i]);
  return out.reverse();
}

// Equal words at both ends of the box go straight into the pairs; the box shrinks.
function trim(a, b, box, pairs, tail) {
  while (box.a0 < box.a1 && box.b0 < box.b1 && a[box.a0].word === b[box.b0].word)
    pairs.push([box.a0++, box.b0++]);
  while (box.a0 < box.a1 && box.b0 < box.b1 && a[box.a1 - 1].word === b[box.b1 - 1].word)
    tail.push([--box.a1, --box.b1]);
}

// [[place in a, place in b], …], rising in both: the words that go together.
export function alignWords(a, b) {
  const pairs = [], stack = [{ a0: 0, a1: a.length, b0: 0, b1: b.length, level: 0 }];
  while (stack.length) {
    const box = stack.pop(), tail = [];
    trim(a, b, box, pairs, tail);
    for (const pair of tail)
      pairs.push(pair);
    const n = box.a1 - box.a0, m = box.b1 - box.b0;
    if (!n || !m)
      continue;
    if (n * m <= CELLS && n < 65535 && m < 65535) {
      alignSmall(a, b, box, pairs);
      continue;
    }
    if (box.level > 8)
      continue;
    let a0 = box.a0, b0 = box.b0;
    for (const [i, k] of longestRising(onceInBoth(a, b, box))) {
      pairs.push([i, k]);
      stack.push({ a0, a1: i, b0, b1: k, level: box.level + 1 });
      a0 = i + 1;
      b0 = k + 1;
    }
    if (a0 > box.a0)
      stack.push({ a0, a1: box.a1, b0, b1: box.b1, level: box.level + 1 });
  }
  return pairs.sort((x, y) => x[0] - y[0]);
}

// Pieces of text from `start` to `end`: [{text, changed}], where words without a partner are changed, with the blanks between two of
// them; `kept[i]` tells whether words[i] has one.
export function piecesOf(text, words, kept, start, end) {
  const out = [];
  let at = start;
  const put = (to, changed) => {
    if (to <= at)
      return;
    const last = out[out.length - 1];
    if (last && last.changed === changed)
      last.text += text.slice(at, to);
    else
      out.push({ text: text.slice(at, to), changed });
    at = to;
  };
  let before = false;
  words.forEach((word, i) => {
    put(word.start, before && !kept[i]);
    put(word.end, !kept[i]);
    before = !kept[i];
  });
  put(end, false);
  return out;
}

// Two texts with their differences: {a: pieces, b: pieces, same} (same: share of all words that go together).
export function diffWords(textA, textB, rangeA = [0, textA.length], rangeB = [0, textB.length]) {
  const a = wordsOf(textA, ...rangeA), b = wordsOf(textB, ...rangeB), pairs = alignWords(a, b);
  const keptA = new Array(a.length).fill(false), keptB = new Array(b.length).fill(false);
  for (const [i, k] of pairs) {
    keptA[i] = true;
    keptB[k] = true;
  }
  return {
    a: piecesOf(textA, a, keptA, ...rangeA), b: piecesOf(textB, b, keptB, ...rangeB),
    same: a.length + b.length ? (2 * pairs.length) / (a.length + b.length) : 1,
  };
}
