// Marks on an article's text. What the engine says of a text are ranges of bytes that overlap as they like: a name inside of a
// quotation inside of a passage that was taken over. A page can only nest, so the text is cut at every edge into segments, and each
// segment knows all marks that lie on it. One pass over the sorted edges: linear but for the sorting.

import { offsetsOf } from './offsets.js';

// In the order in which a reader is told of them where several lie on one word; also the order of the legend.
export const KINDS = ['disagreement', 'said', 'reported', 'refused', 'source', 'date', 'person', 'organization', 'place', 'reused', 'given', 'novel', 'passage'];

const MOST_AT_ONCE = 24; // marks on one word; hostile records could lay thousands on it

function add(out, kind, one, what) {
  if (Number.isInteger(one?.start) && Number.isInteger(one?.end) && one.end > one.start)
    out.push({ kind, start: one.start, end: one.end, ...what });
}

function addNames(out, kind, names) {
  for (const name of names ?? [])
    for (const mention of name.mentions ?? [])
      add(out, kind, mention, { about: name });
}

// Passages that other reports of the event took from this one: their `reuse` tells the place in here.
function addGiven(out, article, reports) {
  for (const taker of reports ?? [])
    if (taker.reuse?.ofArticle === article.article)
      for (const span of taker.reuse.spans ?? [])
        add(out, 'given', { start: span.otherStart, end: span.otherEnd }, { about: taker.reuse, taker, span });
}

// All marks of an article, in bytes; `reports` are those of its event, where they are known.
export function marksOf(article, reports) {
  const out = [];
  for (const one of article.disagreements ?? [])
    add(out, 'disagreement', one, { about: one });
  for (const one of article.quotes ?? [])
    add(out, 'said', one, { about: one });
  for (const one of article.reported ?? [])
    add(out, 'reported', one, { about: one });
  for (const one of article.refused ?? [])
    add(out, 'refused', one, { about: one });
  for (const one of article.sourceEvidence ?? [])
    add(out, 'source', one, { about: one });
  for (const one of article.dateEvidence ?? [])
    add(out, 'date', one, { about: one });
  addNames(out, 'person', article.people);
  addNames(out, 'organization', article.organizations);
  addNames(out, 'place', article.places);
  for (const span of article.reuse?.spans ?? [])
    add(out, 'reused', span, { about: article.reuse, span });
  addGiven(out, article, reports);
  for (const one of article.novel ?? [])
    add(out, 'novel', one, { about: one });
  return mergeEqual(out);
}

// The same place marked several times for the same thing (a value that differs from those of nine reports) is one mark with all of
// what is told.
function mergeEqual(marks) {
  const known = new Map(), out = [];
  for (const mark of marks) {
    const key = `${mark.kind} ${mark.start} ${mark.end}`;
    const first = known.get(key);
    if (first)
      first.all.push(mark);
    else {
      mark.all = [mark];
      known.set(key, mark);
      out.push(mark);
    }
  }
  return out;
}

export function countKinds(marks) {
  const counts = new Map();
  for (const mark of marks)
    counts.set(mark.kind, (counts.get(mark.kind) ?? 0) + 1);
  return counts;
}

// Bytes to UTF-16 units, kept inside of the text; in order of place, the longer first.
export function placeMarks(text, marks, offsets = offsetsOf(text)) {
  const placed = [];
  for (const mark of marks) {
    const from = offsets.unitOfByte(mark.start), to = offsets.unitOfByte(mark.end);
    if (to > from)
      placed.push({ ...mark, from, to });
  }
  placed.sort((a, b) => a.from - b.from || b.to - a.to || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
  placed.forEach((mark, i) => {
    mark.number = i;
  });
  return placed;
}

// The first few of those that are open, in the order in which people are told of them.
function told(open) {
  const out = [];
  for (const mark of open) {
    out.push(mark);
    if (out.length === MOST_AT_ONCE)
      break;
  }
  return out.sort((a, b) => KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) || a.number - b.number);
}

// [{from, to, marks, begins}]: the text from `start` to `end`, cut at every edge; `begins` are the marks that begin there, and not
// those of the first `running`, which began before `start`.
export function segmentsOf(placed, start, end, running = 0) {
  const edges = new Set([start, end]);
  for (const mark of placed) {
    if (mark.to <= start || mark.from >= end)
      continue;
    edges.add(Math.max(mark.from, start));
    edges.add(Math.min(mark.to, end));
  }
  const cuts = [...edges].sort((a, b) => a - b), closing = closingsOf(placed);
  const open = new Set(), out = [];
  let next = 0;
  for (let i = 0; i + 1 < cuts.length; i++) {
    const begins = [];
    for (; next < placed.length && placed[next].from <= cuts[i]; next++)
      if (placed[next].to > cuts[i]) {
        open.add(placed[next]);
        if (next >= running)
          begins.push(placed[next]);
      }
    for (const mark of closing.get(cuts[i]) ?? [])
      open.delete(mark);
    out.push({ from: cuts[i], to: cuts[i + 1], marks: told(open), begins });
  }
  return out;
}

function closingsOf(placed) {
  const closing = new Map();
  for (const mark of placed) {
    const list = closing.get(mark.to);
    if (list)
      list.push(mark);
    else
      closing.set(mark.to, [mark]);
  }
  return closing;
}

// The article as lines (paragraphs, rows of a table) of segments: [{from, to, segments}]. One pass over all marks.
export function linesOf(text, placed) {
  const lines = [];
  let from = 0, first = 0;
  const running = []; // marks that began in an earlier line and go on
  while (from <= text.length) {
    const found = text.indexOf('\n', from), at = found < 0 ? text.length : found;
    let last = first;
    while (last < placed.length && placed[last].from < at)
      last++;
    const here = running.length ? [...running, ...placed.slice(first, last)] : placed.slice(first, last);
    lines.push({ from, to: at, segments: at > from ? segmentsOf(here, from, at, running.length) : [] });
    running.length = 0;
    for (const mark of here)
      if (mark.to > at + 1 && running.length < MOST_AT_ONCE)
        running.push(mark);
    first = last;
    from = at + 1;
  }
  return lines;
}

// Which mark comes next for who walks through them by keys: the first that begins behind (before) the place of the one in hand.
export function walkMarks(placed, current, forward) {
  if (!placed.length)
    return null;
  const i = current === null ? -1 : placed.findIndex((mark) => mark.number === current);
  if (i < 0)
    return forward ? placed[0] : placed[placed.length - 1];
  return placed[(i + (forward ? 1 : placed.length - 1)) % placed.length];
}
