// Where the reports of an event give different values for one fact: a row for each fact, a column for each value, under it who says
// so. The records tell pairs ("19 here, 16 in a7"); rows are put together from them. A pair is a contradiction, or a value that moves on
// with time; a row may hold both.

function valueKey(number, value) {
  return number !== null && number !== undefined ? `n${number}` : `t${(value ?? '').normalize('NFKC').toLocaleLowerCase('und').trim()}`;
}

function factOf(facts, about) {
  if (!facts.has(about))
    facts.set(about, { about, values: new Map(), pairs: new Map() });
  return facts.get(about);
}

function say(fact, key, text, report, start, end) {
  if (!fact.values.has(key))
    fact.values.set(key, { key, text, sayers: new Map() });
  const value = fact.values.get(key);
  if (report && !value.sayers.has(report.article))
    value.sayers.set(report.article, { report, text, start, end });
}

function pair(fact, a, b, kind, byA, byB) {
  const key = a < b ? `${a}\n${b}\n${kind}` : `${b}\n${a}\n${kind}`;
  if (!fact.pairs.has(key))
    fact.pairs.set(key, { a, b, kind, byA, byB });
}

function dayOfValue(value) {
  let first = null;
  for (const { report } of value.sayers.values())
    if (report.dateInferred && (first === null || report.dateInferred < first))
      first = report.dateInferred;
  return first ?? '9999';
}

function sortSayers(value) {
  return [...value.sayers.values()].sort((a, b) => ((a.report.dateInferred ?? '9') < (b.report.dateInferred ?? '9') ? -1
    : (a.report.dateInferred ?? '9') > (b.report.dateInferred ?? '9') ? 1 : 0));
}

function finish(fact) {
  const pairs = [...fact.pairs.values()], contradictions = pairs.filter((one) => one.kind === 'contradiction');
  const values = [...fact.values.values()].map((value) => ({ key: value.key, text: value.text, day: dayOfValue(value), sayers: sortSayers(value) }));
  values.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
  return { about: fact.about, kind: !contradictions.length ? 'development' : contradictions.length === pairs.length ? 'contradiction' : 'both', values, contradictions };
}

// [{about, kind, values: [{key, text, sayers: [{report, text, start, end}]}], contradictions}]: contradictions first.
export function factsOf(reports) {
  const facts = new Map(), byName = new Map(reports.map((report) => [report.article, report]));
  for (const report of reports)
    for (const one of report.disagreements ?? []) {
      const fact = factOf(facts, one.about ?? ''), here = valueKey(one.number, one.value), there = valueKey(one.otherNumber, one.otherValue);
      say(fact, here, one.value, report, one.start, one.end);
      say(fact, there, one.otherValue, byName.get(one.withArticle), one.otherStart, one.otherEnd);
      pair(fact, here, there, one.kind, report.article, one.withArticle);
    }
  const rank = { contradiction: 0, both: 1, development: 2 };
  return [...facts.values()].map(finish).sort((a, b) => rank[a.kind] - rank[b.kind] || b.values.length - a.values.length);
}
