// Who said what in an event: sayings by speaker, each at the report that had it first, with the later prints and what they changed.
// The server tells it (`/quotes?event=…`); where it cannot, the reports themselves are put together, by equal words only.

function foldWords(text) {
  return (text ?? '').normalize('NFKC').toLocaleLowerCase('und').replace(/[^\p{L}\p{N}]+/gu, ' ').trim();
}

function printOf(report, one, reported) {
  return {
    text: one.text, speaker: one.speaker, via: one.via, reported, start: one.start, end: one.end, why: one.why, cue: one.cue, article: report.article,
    publisher: report.publisher, date: report.dateInferred, inLanguage: report.inLanguage, event: report.event,
  };
}

// As `/quotes` would give them, without what only the engine can tell (shortened, altered). Reports in order of time.
export function sayingsOfReports(reports) {
  const known = new Map(), out = [];
  const prints = reports.flatMap((report) => [
    ...(report.quotes ?? []).map((one) => printOf(report, one, false)), ...(report.reported ?? []).map((one) => printOf(report, one, true))]);
  prints.sort((a, b) => ((a.date ?? '9') < (b.date ?? '9') ? -1 : (a.date ?? '9') > (b.date ?? '9') ? 1 : 0));
  for (const print of prints) {
    const key = `${foldWords(print.speaker)}\n${foldWords(print.text)}`, first = known.get(key);
    if (first && first.article !== print.article)
      first.copies.push({ ...print, change: 'same', differs: [], otherSpeaker: false });
    else if (!first) {
      known.set(key, { ...print, copies: [] });
      out.push(known.get(key));
    }
  }
  return out;
}

// [{speaker, sayings, prints, articles}]: whose words stand in most prints first, those of nobody known last.
export function bySpeaker(sayings) {
  const groups = new Map();
  for (const saying of sayings) {
    const key = foldWords(saying.speaker);
    if (!groups.has(key))
      groups.set(key, { speaker: saying.speaker || null, sayings: [], prints: 0, order: groups.size });
    const group = groups.get(key);
    group.sayings.push(saying);
    group.prints += 1 + (saying.copies?.length ?? 0);
  }
  return [...groups.values()].sort((a, b) => Number(!a.speaker) - Number(!b.speaker) || b.prints - a.prints || a.order - b.order);
}

// The changes that a print made: [{here, first}] with empty ones left out.
export function changesOf(copy) {
  return (copy.differs ?? []).filter((one) => (one.here ?? '') !== (one.first ?? ''));
}

// All copies that changed something come first: they are what a reader looks for.
export function copiesInOrder(saying) {
  const weight = (copy) => (copy.otherSpeaker ? 0 : copy.change === 'altered' ? 1 : copy.change === 'same' ? 3 : 2);
  return [...(saying.copies ?? [])].sort((a, b) => weight(a) - weight(b));
}
