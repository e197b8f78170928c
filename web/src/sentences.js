// Sentences of a text, as far as people need them: what stands around a place, and where two texts may be cut into rows. A line break
// always ends one. Places are UTF-16 units.

const LONGEST = 420; // of what is shown around a place

// Where a sentence may end, for engines without Intl.Segmenter.
const END = /[.!?…。！？।؟]+["'”’»)\]]*\s+(?=\S)/gu;

function cutByMarks(line) {
  const cuts = [];
  for (const found of line.matchAll(END))
    cuts.push(found.index + found[0].length);
  return cuts;
}

function cutBySegmenter(line, language) {
  let segmenter;
  try {
    segmenter = new Intl.Segmenter(language || 'und', { granularity: 'sentence' });
  } catch {
    segmenter = new Intl.Segmenter('und', { granularity: 'sentence' });
  }
  const cuts = [];
  for (const part of segmenter.segment(line))
    if (part.index)
      cuts.push(part.index);
  return cuts;
}

// Titles and short forms before a name or a number, and initials: a full stop behind them ends nothing.
const TITLES = new Set(('dr drs dra ir hj prof km kmp kri jl no nr mr mrs ms st sr sra jr gen lt col capt sgt maj rev hon vs art hr fr mme mlle dott ing sig av doç tn ny sdr '
  + 'brigjen mayjen letjen kompol akp akbp kol pt cv tgl hal bd num núm approx ca bin binti').split(' '));

function isTrueEnd(line, from, cut) {
  const last = /(?:^|[^\p{L}\p{N}])(\p{L}+)\.\s*$/u.exec(line.slice(Math.max(from, cut - 24), cut));
  return !last || !(/^\p{Lu}$/u.test(last[1]) || TITLES.has(last[1].toLowerCase()));
}

// [{start, end}] of the whole text, blanks at the ends left out.
export function sentencesOf(text, language) {
  const out = [];
  let at = 0;
  for (const line of text.split('\n')) {
    const cuts = typeof Intl.Segmenter === 'function' ? cutBySegmenter(line, language) : cutByMarks(line);
    let from = 0;
    for (const cut of [...cuts, line.length]) {
      if (cut < line.length && !isTrueEnd(line, from, cut))
        continue;
      const piece = line.slice(from, cut);
      const lead = piece.length - piece.trimStart().length, length = piece.trim().length;
      if (length)
        out.push({ start: at + from + lead, end: at + from + lead + length });
      from = cut;
    }
    at += line.length + 1;
  }
  return out;
}

// Beginning of the line that `start` stands in, and the end of the one of `end`.
function lineAround(text, start, end) {
  const from = text.lastIndexOf('\n', Math.max(0, start - 1)) + 1, to = text.indexOf('\n', end);
  return { from: start === 0 ? 0 : from, to: to < 0 ? text.length : to };
}

// At a word's end: never in the middle of a word or of a surrogate pair.
function clip(text, from, to, start, end) {
  const room = Math.max(0, (LONGEST - (end - start)) >> 1);
  let first = from, last = to;
  if (start - from > room) {
    const blank = text.indexOf(' ', start - room);
    first = blank >= 0 && blank < start ? blank + 1 : start;
  }
  if (to - end > room) {
    const blank = text.lastIndexOf(' ', end + room);
    last = blank >= end ? blank : end;
  }
  return { start: first, end: last, cutBefore: first > from, cutAfter: last < to };
}

// The sentence that holds the place, cut where it is very long: {before, words, after, cutBefore, cutAfter}.
export function sentenceAround(text, start, end, language) {
  const line = lineAround(text, start, end);
  let from = line.from, to = line.to;
  if (to - from < 20000) {
    for (const one of sentencesOf(text.slice(line.from, line.to), language)) {
      if (line.from + one.start <= start)
        from = line.from + one.start;
      if (line.from + one.end >= end) {
        to = line.from + one.end;
        break;
      }
    }
  }
  const shown = clip(text, from, to, start, end);
  return {
    before: text.slice(shown.start, start), words: text.slice(start, end), after: text.slice(end, shown.end),
    cutBefore: shown.cutBefore, cutAfter: shown.cutAfter,
  };
}
