// Two reports side by side, sentence by sentence. `compare` tells passages that go together (`spans`), sentences that say nearly the
// same inside of the long ones (`sentences`), and sentences that only one has. Here every sentence of both reports gets its place
// in one table: rows follow the order of A, and what only B has stands where B has it.
//
// A sentence of A finds its partner in B among those that `sentences` pair with it, those that its words are aligned with inside of a
// passage, the one that shares its rare words, and, in a translation, the passage itself, which is a pair of sentences. The one most alike is taken. Neighbours with one and the same partner share a row. Where B tells
// in another order, the row says so by its numbers.

import { offsetsOf } from './offsets.js';
import { sentencesOf } from './sentences.js';
import { alignWords, diffWords, wordsOf } from './words_between.js';

// The first sentence that ends behind `place`.
function sentenceAt(sentences, place) {
  let low = 0, high = sentences.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle].end <= place)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

// The sentences of a range: those of which at least half lies inside of it.
function sentencesIn(sentences, start, end) {
  const out = [];
  for (let i = sentenceAt(sentences, start); i < sentences.length && sentences[i].start < end; i++) {
    const inside = Math.min(end, sentences[i].end) - Math.max(start, sentences[i].start);
    if (inside * 2 >= sentences[i].end - sentences[i].start || inside * 2 >= end - start)
      out.push(i);
  }
  return out;
}

function rangesOf(span, offsetsA, offsetsB) {
  const [a, lengthA, b, lengthB] = span;
  return { a0: offsetsA.unitOfPoint(a), a1: offsetsA.unitOfPoint(a + lengthA), b0: offsetsB.unitOfPoint(b), b1: offsetsB.unitOfPoint(b + lengthB) };
}

// A vote of a sentence of A for one of B.
function vote(votes, i, k, weight) {
  if (!votes[i])
    votes[i] = new Map();
  votes[i].set(k, (votes[i].get(k) ?? 0) + weight);
}

function voteByWords(table, range) {
  const a = wordsOf(table.textA, range.a0, range.a1), b = wordsOf(table.textB, range.b0, range.b1);
  for (const [i, k] of alignWords(a, b))
    vote(table.votes, sentenceAt(table.a, a[i].start), sentenceAt(table.b, b[k].start), 1);
}

function voteByRange(table, range, weight) {
  const left = sentencesIn(table.a, range.a0, range.a1), right = sentencesIn(table.b, range.b0, range.b1);
  left.forEach((i, n) => {
    const k = right[Math.min(right.length - 1, Math.floor((n * right.length) / left.length))];
    if (k !== undefined)
      vote(table.votes, i, k, weight);
  });
  for (let n = left.length; n < right.length && left.length; n++)
    table.follows.set(right[n], left[left.length - 1]);
}

const RARE = 5, LEAST_COMMON = 3, LEAST_ALIKE = 0.4; // a word of few sentences; such words that two must share; how alike they must be

// Sentences that share rare words wherever they stand: a text that is told in another order is not aligned from left to right.
function voteByRareWords(table) {
  const places = new Map();
  for (let k = 0; k < table.b.length; k++)
    for (const word of new Set(wordsIn(table, 'b', k).map((one) => one.word)))
      if (!places.has(word))
        places.set(word, [k]);
      else if (places.get(word).length <= RARE)
        places.get(word).push(k);
  for (let i = 0; i < table.a.length; i++) {
    const common = new Map();
    for (const word of new Set(wordsIn(table, 'a', i).map((one) => one.word)))
      if ((places.get(word)?.length ?? RARE + 1) <= RARE)
        for (const k of places.get(word))
          common.set(k, (common.get(k) ?? 0) + 1);
    for (const [k, count] of [...common].sort((x, y) => y[1] - x[1]).slice(0, 3))
      if (count >= LEAST_COMMON && alike(table, i, k) >= LEAST_ALIKE)
        vote(table.votes, i, k, wordsIn(table, 'a', i).length);
  }
}

const SURE = 1000; // votes of a pair that the engine itself tells

function collectVotes(table, compared) {
  (compared.spans ?? []).forEach((span, n) => {
    const range = rangesOf(span, table.offsetsA, table.offsetsB), kind = compared.shared?.[n]?.kind;
    if (kind === 'translated')
      voteByRange(table, range, SURE);
    else
      voteByWords(table, range);
    for (const i of sentencesIn(table.a, range.a0, range.a1))
      table.kindA[i] = kind ?? 'verbatim';
  });
  for (const one of compared.sentences ?? [])
    voteByRange(table, rangesOf(one.span, table.offsetsA, table.offsetsB), SURE);
}

// Which sentences of a text are in the list of those that it alone has; they come in order.
function onlyHere(text, sentences, list) {
  const only = new Array(sentences.length).fill(false);
  let from = 0;
  for (const one of list ?? []) {
    const at = text.indexOf(one, from);
    if (at < 0)
      continue;
    for (const i of sentencesIn(sentences, at, at + one.length))
      only[i] = true;
    from = at + one.length;
  }
  return only;
}

// Words that two sentences must share to be put side by side by their words alone.
const LEAST_SHARE = 0.3;

const MOST_TRIED = 5;

function wordsIn(table, side, i) {
  const known = side === 'a' ? table.wordsA : table.wordsB;
  if (known[i] === undefined) {
    const one = table[side][i];
    known[i] = wordsOf(side === 'a' ? table.textA : table.textB, one.start, one.end);
  }
  return known[i];
}

// How alike two sentences are by their words: Dice's coefficient, 0..1.
function alike(table, i, k) {
  const bag = new Map();
  for (const { word } of wordsIn(table, 'a', i))
    bag.set(word, (bag.get(word) ?? 0) + 1);
  let both = 0;
  for (const { word } of wordsIn(table, 'b', k)) {
    const left = bag.get(word) ?? 0;
    if (left > 0) {
      bag.set(word, left - 1);
      both++;
    }
  }
  const all = wordsIn(table, 'a', i).length + wordsIn(table, 'b', k).length;
  return all ? (2 * both) / all : 0;
}

const TRUST = 0.1; // what the engine's own pair is ahead by

// Of the sentences of B that were voted for the one most alike; a pair that the engine tells always counts, others need enough votes.
function partnerOf(table, i) {
  const votes = [...(table.votes[i] ?? [])].sort((x, y) => y[1] - x[1]).slice(0, MOST_TRIED);
  let best = -1, most = -1;
  for (const [k, weight] of votes) {
    const least = Math.min(wordsIn(table, 'a', i).length, wordsIn(table, 'b', k).length);
    if (weight < SURE && (weight < LEAST_SHARE * least || (weight < 2 && least > 2)))
      continue;
    const value = alike(table, i, k) + (weight >= SURE ? TRUST : 0);
    if (value > most) {
      most = value;
      best = k;
    }
  }
  return best;
}

// Sentences of B that no sentence of A chose: they join the row of the sentence of A that most of their words went to.
function adoptRest(table, partner) {
  const chosen = new Set(partner.filter((k) => k >= 0)), adopted = new Map(), votesOfB = new Map();
  table.votes.forEach((votes, i) => {
    for (const [k, weight] of votes ?? [])
      if (!chosen.has(k) && weight > (votesOfB.get(k)?.weight ?? 0))
        votesOfB.set(k, { i, weight });
  });
  for (const [k, { i, weight }] of votesOfB)
    if (partner[i] >= 0 && Math.abs(partner[i] - k) === 1 && weight >= LEAST_SHARE * wordsIn(table, 'b', k).length && weight > 1)
      adopted.set(k, i);
  for (const [k, i] of table.follows)
    if (!chosen.has(k))
      adopted.set(k, i);
  return adopted;
}

// Rows in order of A: [{a: [places], b: [places]}].
function rowsOfA(table, partner, adopted) {
  const rows = [], byA = new Map();
  for (const [k, i] of adopted)
    byA.set(i, [...(byA.get(i) ?? []).slice(0, 20), k]);
  for (let i = 0; i < table.a.length; i++) {
    const last = rows[rows.length - 1], mine = byA.get(i) ?? [];
    if (partner[i] >= 0 && last && last.b.length && last.b.includes(partner[i])) {
      last.a.push(i);
      for (const k of mine)
        last.b.push(k);
    } else
      rows.push({ a: [i], b: partner[i] >= 0 ? [...new Set([partner[i], ...mine])].sort((x, y) => x - y) : [] });
  }
  return rows;
}

// What only B has goes in front of the row of the next sentence of B, or behind that of the one before: whichever is there.
function insertOfB(table, rows) {
  const rowOf = new Map();
  rows.forEach((row, r) => {
    for (const k of row.b)
      if (!rowOf.has(k))
        rowOf.set(k, r);
  });
  const before = new Map(); // row → the sentences of B that stand behind it; -1 = at the top
  let place = -1;
  for (let k = 0; k < table.b.length; k++) {
    if (rowOf.has(k)) {
      place = rowOf.get(k);
      continue;
    }
    if (!before.has(place))
      before.set(place, []);
    before.get(place).push(k);
  }
  const out = (before.get(-1) ?? []).map((k) => ({ a: [], b: [k] }));
  rows.forEach((row, r) => {
    out.push(row);
    for (const k of before.get(r) ?? [])
      out.push({ a: [], b: [k] });
  });
  return out;
}

function textOf(text, sentences, list) {
  return list.length ? text.slice(sentences[list[0]].start, sentences[list[list.length - 1]].end) : '';
}

// Neighbouring sentences as ranges; those that are apart are ranges of their own.
function rangesOfList(sentences, list) {
  const out = [];
  for (const i of list) {
    const last = out[out.length - 1];
    if (last && last.last === i - 1) {
      last.end = sentences[i].end;
      last.last = i;
    } else
      out.push({ first: i, last: i, start: sentences[i].start, end: sentences[i].end });
  }
  return out;
}

// "same", "reworded", "translated", "only-a", "only-b".
function kindOf(table, row, diff) {
  if (!row.a.length || !row.b.length)
    return row.a.length ? 'only-a' : 'only-b';
  if (diff.same === 1)
    return 'same';
  return table.kindA[row.a[0]] === 'translated' ? 'translated' : 'reworded';
}

function finishRow(table, row, shown) {
  const a = rangesOfList(table.a, row.a), b = rangesOfList(table.b, row.b);
  const both = row.a.length && row.b.length;
  const textA = textOf(table.textA, table.a, row.a), textB = b.map((one) => table.textB.slice(one.start, one.end)).join(' … ');
  const translated = both && table.kindA[row.a[0]] === 'translated';
  const diff = both ? diffWords(textA, textB) : null, kind = kindOf(table, row, diff);
  const again = row.b.length > 0 && row.b.every((k) => shown.has(k));
  for (const k of row.b)
    shown.add(k);
  const plain = (text) => (text ? [{ text, changed: false }] : []);
  return {
    kind, again, numbersA: row.a.map((i) => i + 1), numbersB: row.b.map((k) => k + 1), a, b,
    piecesA: both && !translated ? diff.a : plain(textA), piecesB: both && !translated ? diff.b : plain(textB),
    surelyOnly: kind === 'only-a' ? row.a.every((i) => table.onlyA[i]) : kind === 'only-b' ? row.b.every((k) => table.onlyB[k]) : false,
  };
}

// Does B tell this row earlier than the rows above?
function markOrder(rows) {
  let furthest = 0;
  for (const row of rows) {
    const first = row.numbersB[0];
    row.moved = row.numbersA.length > 0 && first !== undefined && !row.again && first < furthest;
    if (first !== undefined && row.numbersA.length)
      furthest = Math.max(furthest, first);
  }
  return rows;
}

// {rows, sentencesA, sentencesB}; `compared` as `/compare` answers, the bodies and languages of both articles.
export function alignReports(compared, textA, textB, languageA, languageB) {
  const table = {
    textA, textB, a: sentencesOf(textA, languageA), b: sentencesOf(textB, languageB), offsetsA: offsetsOf(textA), offsetsB: offsetsOf(textB),
    votes: [], kindA: [], wordsA: [], wordsB: [], follows: new Map(),
  };
  table.onlyA = onlyHere(textA, table.a, compared.onlyInA);
  table.onlyB = onlyHere(textB, table.b, compared.onlyInB);
  collectVotes(table, compared);
  if (compared.spans?.length && !compared.shared?.some((one) => one.kind === 'translated'))
    voteByRareWords(table);
  const partner = table.a.map((one, i) => partnerOf(table, i));
  const rows = insertOfB(table, rowsOfA(table, partner, adoptRest(table, partner)));
  const shown = new Set();
  return { rows: markOrder(rows.map((row) => finishRow(table, row, shown))), sentencesA: table.a.length, sentencesB: table.b.length };
}

// Rows as they are shown: what stands between two rows that go together is one row, with all that only A has on its side and all that
// only B has on the other: {kind: 'apart', onlyA, onlyB}.
export function blocksOf(rows) {
  const out = [];
  for (const row of rows) {
    const last = out[out.length - 1];
    if (!row.kind.startsWith('only')) {
      out.push(row);
      continue;
    }
    const block = last?.kind === 'apart' ? last : { kind: 'apart', onlyA: [], onlyB: [] };
    if (block !== last)
      out.push(block);
    (row.kind === 'only-a' ? block.onlyA : block.onlyB).push(row);
  }
  return out;
}
