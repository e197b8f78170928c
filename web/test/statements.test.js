import assert from 'node:assert/strict';
import test from 'node:test';
import { factsOf } from '../src/disagreements.js';
import { reasonOf, weightId } from '../src/reasons.js';
import { bySpeaker, changesOf, copiesInOrder, sayingsOfReports } from '../src/statements.js';

test('of reports alone: equal words of one speaker are one saying, at the earliest', () => {
  const said = (text, speaker) => ({ text, speaker, via: null, start: 0, end: text.length });
  const sayings = sayingsOfReports([
    { article: 'a2', publisher: 'B', dateInferred: '2024-01-02', quotes: [said('Kami menang,', 'Sari'), said('Ya.', 'Budi')], reported: [] },
    { article: 'a1', publisher: 'A', dateInferred: '2024-01-01', quotes: [said('Kami menang.', 'Sari')], reported: [said('akan hujan', null)] },
  ]);
  assert.deepEqual(sayings.map((one) => [one.article, one.text, one.copies.length]), [['a1', 'Kami menang.', 1], ['a1', 'akan hujan', 0], ['a2', 'Ya.', 0]]);
  const speakers = bySpeaker(sayings);
  assert.deepEqual(speakers.map((one) => [one.speaker, one.prints]), [['Sari', 2], ['Budi', 1], [null, 1]]);
});

test('copies that changed something come first', () => {
  const copies = [{ change: 'same', otherSpeaker: false }, { change: 'shortened' }, { change: 'altered', differs: [{ here: 'Kita', first: 'Kami' }, { here: '', first: '' }] }, { change: 'same', otherSpeaker: true }];
  assert.deepEqual(copiesInOrder({ copies }).map((one) => one.change), ['same', 'altered', 'shortened', 'same']);
  assert.deepEqual(changesOf(copies[2]), [{ here: 'Kita', first: 'Kami' }]);
});

const pair = (about, kind, value, number, otherValue, otherNumber, withArticle) =>
  ({ about, kind, value, number, otherValue, otherNumber, withArticle, start: 1, end: 2, otherStart: 3, otherEnd: 4 });

test('pairs become a row for each fact; words and digits of one number are one value', () => {
  const facts = factsOf([
    { article: 'a1', publisher: 'A', dateInferred: '2024-01-01', disagreements: [pair('missing', 'development', '19', 19, 'Sixteen', 16, 'a2'), pair('dead', 'contradiction', 'nine', 9, '10', 10, 'a3')] },
    { article: 'a2', publisher: 'B', dateInferred: '2024-01-02', disagreements: [pair('missing', 'development', 'Sixteen', 16, '19', 19, 'a1')] },
    { article: 'a3', publisher: 'C', dateInferred: null, disagreements: [pair('missing', 'contradiction', '16', 16, '19', 19, 'a1')] },
  ]);
  assert.deepEqual(facts.map((fact) => [fact.about, fact.kind, fact.values.map((value) => value.text)]),
    [['dead', 'contradiction', ['nine', '10']], ['missing', 'both', ['19', 'Sixteen']]]);
  assert.deepEqual(facts[1].values[1].sayers.map((one) => [one.report.article, one.text]), [['a2', 'Sixteen'], ['a3', '16']]);
  assert.deepEqual(facts[1].contradictions.map((one) => [one.byA, one.byB]), [['a3', 'a1']]);
});

test('a value of a report that is not of the event has nobody to name', () => {
  const [fact] = factsOf([{ article: 'a1', disagreements: [pair('price', 'contradiction', 'Rp5', null, 'Rp6', null, 'a9')] }]);
  assert.deepEqual(fact.values.map((value) => value.sayers.length).sort(), [0, 1]);
  assert.deepEqual(factsOf([]), []);
});

test('reasons that are known, and others', () => {
  assert.deepEqual(reasonOf('credits Pesisir Kini'), { id: 'reason.credits', values: { name: 'Pesisir Kini' } });
  assert.deepEqual(reasonOf('later by 1 day'), { id: 'reason.later', values: { n: 1 } });
  assert.equal(reasonOf('something new'), null);
  assert.equal(reasonOf(null), null);
  assert.equal(weightId('names'), 'weight.names');
  assert.equal(weightId('toString'), null);
});
