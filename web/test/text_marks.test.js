import assert from 'node:assert/strict';
import test from 'node:test';
import { countKinds, linesOf, marksOf, placeMarks, segmentsOf, walkMarks } from '../src/text_marks.js';

const byte = (text, words) => {
  const at = text.indexOf(words), size = (piece) => new TextEncoder().encode(piece).length;
  return { start: size(text.slice(0, at)), end: size(text.slice(0, at)) + size(words) };
};

const TEXT = 'Naira: “Kami 😀 menang,” kata Sari Utomo di Kota Lama.\nItu saja.';

function article() {
  return {
    article: 'a1', articleBody: TEXT,
    quotes: [{ ...byte(TEXT, 'Kami 😀 menang,'), text: 'Kami 😀 menang,', speaker: 'Sari Utomo', why: 'named after the verb' }],
    people: [{ name: 'Sari Utomo', key: 's', mentions: [{ ...byte(TEXT, 'Sari Utomo'), text: 'Sari Utomo' }] }],
    places: [{ name: 'Kota Lama', key: 'k', mentions: [{ ...byte(TEXT, 'Kota Lama'), text: 'Kota Lama' }] }],
    reuse: { ofArticle: 'a0', kind: 'reprint', share: 0.9, spans: [{ ...byte(TEXT, 'menang,” kata Sari Utomo di Kota Lama.\nItu'), otherStart: 3, otherEnd: 9 }] },
    dateEvidence: [{ text: 'Senin', says: 'a Monday' }],
    disagreements: [], novel: [byte(TEXT, 'Itu saja.')],
  };
}

const textOf = (segment) => TEXT.slice(segment.from, segment.to);

test('marks of every kind come from the record; what has no place in the text is none', () => {
  const marks = marksOf(article());
  assert.deepEqual([...countKinds(marks)], [['said', 1], ['person', 1], ['place', 1], ['reused', 1], ['novel', 1]]);
});

test('segments put the text together again and know all that lies on them', () => {
  const placed = placeMarks(TEXT, marksOf(article()));
  const segments = segmentsOf(placed, 0, TEXT.length);
  assert.equal(segments.map(textOf).join(''), TEXT);
  const of = (words) => segments.find((segment) => textOf(segment) === words).marks.map((mark) => mark.kind);
  assert.deepEqual(of('Kami 😀 '), ['said']);
  assert.deepEqual(of('menang,'), ['said', 'reused']);
  assert.deepEqual(of('Sari Utomo'), ['person', 'reused']);
  assert.deepEqual(of('Itu'), ['reused', 'novel']);
  assert.deepEqual(of(' saja.'), ['novel']);
});

test('a mark over two lines begins once', () => {
  const lines = linesOf(TEXT, placeMarks(TEXT, marksOf(article())));
  assert.equal(lines.length, 2);
  assert.equal(lines.map((line) => line.segments.map(textOf).join('')).join('\n'), TEXT);
  const begins = lines.flatMap((line) => line.segments.flatMap((segment) => segment.begins.map((mark) => mark.kind)));
  assert.deepEqual(begins.sort(), ['novel', 'person', 'place', 'reused', 'said']);
  assert.deepEqual(lines[1].segments[0].begins.map((mark) => mark.kind), ['novel']);
});

test('passages that others took are marks too', () => {
  const taker = { article: 'a2', reuse: { ofArticle: 'a1', spans: [{ start: 0, end: 5, otherStart: 2, otherEnd: 8 }] } };
  const given = marksOf(article(), [taker]).find((mark) => mark.kind === 'given');
  assert.deepEqual([given.start, given.end, given.taker.article], [2, 8, 'a2']);
});

test('one place told of several times is one mark', () => {
  const marks = marksOf({ disagreements: [{ start: 1, end: 3, withArticle: 'a2' }, { start: 1, end: 3, withArticle: 'a3' }] });
  assert.equal(marks.length, 1);
  assert.deepEqual(marks[0].all.map((one) => one.about.withArticle), ['a2', 'a3']);
});

test('broken places do no harm', () => {
  const broken = { quotes: [{ start: -1, end: 4 }, { start: 5, end: 5 }, { start: 9, end: 2 }, { start: 900, end: 950 }, { start: 2 }, null, { start: 'a', end: 'b' }] };
  const lines = linesOf('kata', placeMarks('kata', marksOf(broken)));
  assert.equal(lines[0].segments.map((one) => 'kata'.slice(one.from, one.to)).join(''), 'kata');
  assert.deepEqual(linesOf('', []), [{ from: 0, to: 0, segments: [] }]);
});

test('many overlapping marks stay quick', () => {
  const text = 'a b\n'.repeat(50000), quotes = [];
  for (let i = 0; i < 50000; i++) quotes.push({ start: i, end: 200000 - i });
  const begun = performance.now(), lines = linesOf(text, placeMarks(text, marksOf({ quotes })));
  assert.equal(lines.length, 50001);
  assert.ok(performance.now() - begun < 10000);
});

test('walking goes round', () => {
  const placed = placeMarks(TEXT, marksOf(article()));
  assert.equal(walkMarks(placed, null, true), placed[0]);
  assert.equal(walkMarks(placed, placed[0].number, false), placed[placed.length - 1]);
  assert.equal(walkMarks(placed, placed[placed.length - 1].number, true), placed[0]);
  assert.equal(walkMarks([], null, true), null);
});
