// The engine's reasons are short English texts of few patterns. Those that are known are told in the reader's language by
// words of the page; all others are shown as they are.

const PATTERNS = [
  // of reuse
  [/^credits (.+)$/, 'reason.credits', (m) => ({ name: m[1] })],
  [/^later by (\d+) days?$/, 'reason.later', (m) => ({ n: Number(m[1]) })],
  [/^shorter: (\d+) % of it stands in the other$/, 'reason.shorter', (m) => ({ share: Number(m[1]) })],
  [/^has it from others, by its own word$/, 'reason.from-others'],
  [/^came in later$/, 'reason.arrived-later'],
  // of speakers
  [/^named before the verb$/, 'reason.named-before'],
  [/^named after the verb$/, 'reason.named-after'],
  [/^named before the word for according$/, 'reason.according'],
  [/^named before the colon$|^after a colon$/, 'reason.colon'],
  [/^named inside of the marks$/, 'reason.named-inside'],
  [/^described inside of the marks$/, 'reason.named-inside'],
  [/^pronoun: subject of the sentence before$|^subject of the sentence before$/, 'reason.pronoun-before'],
  [/^pronoun: the sentence's subject$/, 'reason.pronoun-subject'],
  [/^pronoun: the speaker of the quotation before$/, 'reason.pronoun-speaker'],
  [/^pronoun: .*/, 'reason.pronoun'],
  [/^description: .*|^description of somebody .*/, 'reason.description'],
  [/^the marked subject$/, 'reason.marked-subject'],
  [/^the office that speaks$/, 'reason.office'],
  [/^described$/, 'reason.described'],
  [/^goes on from the quotation before$|^goes on from the indirect speech before$/, 'reason.goes-on'],
  [/^goes on in the next quotation$/, 'reason.goes-on-next'],
  [/^second half of a split quotation$/, 'reason.second-half'],
  [/^the next sentence says whose words$/, 'reason.next-sentence'],
  [/^whose document it is$/, 'reason.document'],
  [/^signed$/, 'reason.signed'],
  [/^unknown$/, 'reason.unknown'],
  // of words in marks that nobody said
  [/^name of a thing$|^name or title$|^part of a name$/, 'reason.name'],
  [/^scare quotes.*/, 'reason.scare'],
  [/^no closing mark$/, 'reason.unclosed'],
  // of one event
  [/^score ([\d.]+) with (\d+): names ([\d.]+), words ([\d.]+), headline ([\d.]+), (\d+) shared numbers?, (?:(\d+) days? apart|day unknown)$/, 'reason.nearest', (m) => ({
    score: m[1], article: `a${m[2]}`, names: m[3], words: m[4], headline: m[5], numbers: m[6] })],
  [/^of the same day$/, 'reason.same-day'],
  [/^(\d+) days? apart$/, 'reason.days-apart', (m) => ({ n: Number(m[1]) })],
  [/^one of the two has no date$/, 'reason.no-date'],
  [/^(\d+) of (\d+) shared$/, 'reason.some-shared', (m) => ({ some: Number(m[1]), all: Number(m[2]) })],
  [/^they name others$/, 'reason.other-places'],
  [/^much wording, hardly a name in common$/, 'reason.formula'],
  [/^another one of a row$/, 'reason.edition'],
];

// {id, values} of the page's words, or null.
export function reasonOf(text) {
  for (const [pattern, id, values] of PATTERNS) {
    const found = pattern.exec(text ?? '');
    if (found)
      return { id, values: values ? values(found) : {} };
  }
  return null;
}

// What a weight of `compare`, and what a disagreement is about: ids of words are these labels.
export const WEIGHTS = ['words', 'names', 'headline', 'numbers in context', 'numbers', 'days', 'undated, and much else differs', 'places', 'formula', 'edition', 'what any two reports share'];

export function weightId(what) {
  return WEIGHTS.includes(what) ? `weight.${what.replace(/[^a-z]+/g, '-')}` : null;
}
