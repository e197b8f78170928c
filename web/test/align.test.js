import assert from 'node:assert/strict';
import test from 'node:test';
import { alignReports, blocksOf } from '../src/align.js';
import { sentenceAround, sentencesOf } from '../src/sentences.js';
import { alignWords, diffWords, wordsOf } from '../src/words_between.js';

const changed = (pieces) => pieces.filter((piece) => piece.changed).map((piece) => piece.text.trim());
const rowsOf = (result) => result.rows.map((row) => [row.kind, row.numbersA.join(), row.numbersB.join()]);

test('what was put in and struck out is marked by words', () => {
  const diff = diffWords('Enam orang tewas dan 19 dicari.', 'Enam orang tewas dan 16 lainnya dicari, kata Pesisir Kini.');
  assert.deepEqual(changed(diff.a), ['19']);
  assert.deepEqual(changed(diff.b), ['16 lainnya', 'kata Pesisir Kini']);
  assert.equal(diff.a.map((piece) => piece.text).join(''), 'Enam orang tewas dan 19 dicari.');
});

test('case and punctuation are no change of words; scripts without blanks go letter by letter', () => {
  assert.equal(diffWords('KOTA LAMA, “ya”', 'Kota Lama "ya"').same, 1);
  const diff = diffWords('東京で会談した', '京都で会談した');
  assert.deepEqual(changed(diff.a).join(''), '東');
});

test('words are aligned in order, also where texts are long and far apart', () => {
  const a = wordsOf(Array.from({ length: 30000 }, (_, i) => `w${i}`).join(' ')), b = wordsOf(Array.from({ length: 30000 }, (_, i) => `w${i + (i % 7 ? 0 : 100000)}`).join(' '));
  const begun = performance.now(), pairs = alignWords(a, b);
  assert.ok(pairs.length > 25000);
  assert.ok(pairs.every(([i, k], n) => n === 0 || (i > pairs[n - 1][0] && k > pairs[n - 1][1])));
  const same = wordsOf('x '.repeat(30000)), other = wordsOf('x y '.repeat(15000));
  alignWords(same, other);
  assert.ok(performance.now() - begun < 10000);
});

test('sentences: initials and short titles end none, line breaks do', () => {
  const text = 'KM. Bintang kandas. Dr. Ani datang.\nSelesai';
  assert.deepEqual(sentencesOf(text, 'id').map((one) => text.slice(one.start, one.end)), ['KM. Bintang kandas.', 'Dr. Ani datang.', 'Selesai']);
  assert.deepEqual(sentencesOf('', 'en'), []);
  assert.equal(sentencesOf('Hi there. Bye now.', 'not a language').length, 2);
});

test('the sentence around a place, and no more than people read', () => {
  const text = 'Satu kapal. Enam orang tewas di laut. Habis.', at = text.indexOf('Enam');
  const around = sentenceAround(text, at, at + 4, 'id');
  assert.deepEqual([around.before, around.words, around.after], ['', 'Enam', ' orang tewas di laut.']);
  const long = `${'kata '.repeat(5000)}ENAM ${'kata '.repeat(5000)}`, place = long.indexOf('ENAM'), cut = sentenceAround(long, place, place + 4);
  assert.ok(cut.cutBefore && cut.cutAfter && cut.before.length + cut.after.length < 500);
});

const A = 'Kapal Bintang kandas di Selat Laut pada Kamis sore. Enam orang tewas dan 19 lainnya dicari. Saya putar haluan, ujarnya. Pencarian dihentikan malam ini.';
const B = 'Kapal Bintang kandas di Selat Laut pada Kamis sore. Enam orang tewas dan 19 lainnya dicari, kata Pesisir. Warga berdoa di dermaga. Pencarian dihentikan malam ini.';

test('rows of a reprint: same, reworded, and what only one has at its place', () => {
  const cut = A.indexOf(' Saya'), end = A.indexOf('Pencarian'), cutB = B.indexOf(' Warga'), endB = B.indexOf('Pencarian');
  const compared = { spans: [[0, cut, 0, cutB], [end, A.length - end, endB, B.length - endB]], shared: [{ kind: 'verbatim' }, { kind: 'verbatim' }], sentences: [],
    onlyInA: ['Saya putar haluan, ujarnya.'], onlyInB: ['Warga berdoa di dermaga.'] };
  const result = alignReports(compared, A, B, 'id', 'id');
  assert.deepEqual(rowsOf(result), [['same', '1', '1'], ['reworded', '2', '2'], ['only-b', '', '3'], ['only-a', '3', ''], ['same', '4', '4']]);
  assert.deepEqual(changed(result.rows[1].piecesB), ['kata Pesisir']);
  assert.ok(result.rows[2].surelyOnly && result.rows[3].surelyOnly);
});

test('pairs of sentences that the engine tells win, also out of order', () => {
  const a = 'Satu dua tiga empat. Lima enam tujuh delapan.', b = 'Lima enam tujuh sembilan. Satu dua tiga sepuluh.';
  const compared = { spans: [[0, a.length, 0, b.length]], shared: [{ kind: 'reworded' }],
    sentences: [{ kind: 'reworded', span: [0, 20, 26, 23] }, { kind: 'reworded', span: [21, 24, 0, 25] }], onlyInA: [], onlyInB: [] };
  const result = alignReports(compared, a, b, 'id', 'id');
  assert.deepEqual(rowsOf(result), [['reworded', '1', '2'], ['reworded', '2', '1']]);
  assert.deepEqual(result.rows.map((row) => row.moved), [false, true]);
});

test('a translation has rows, but no words marked', () => {
  const a = 'Nine people died 😀. It rained.', b = 'Sembilan tewas 😀. Hujan turun.';
  const compared = { spans: [[0, 19, 0, 17], [20, 10, 18, 12]], shared: [{ kind: 'translated' }, { kind: 'translated' }], sentences: [], onlyInA: [], onlyInB: [] };
  const result = alignReports(compared, a, b, 'en', 'id');
  assert.deepEqual(rowsOf(result), [['translated', '1', '1'], ['translated', '2', '2']]);
  assert.ok(result.rows.every((row) => row.piecesA.every((piece) => !piece.changed)));
});

test('reports that share nothing, and empty ones', () => {
  const compared = { spans: [], shared: [], sentences: [], onlyInA: [], onlyInB: [] };
  assert.deepEqual(rowsOf(alignReports(compared, 'Satu ini.', 'Dua itu.', 'id', 'id')), [['only-b', '', '1'], ['only-a', '1', '']]);
  assert.deepEqual(alignReports(compared, '', '', null, null).rows, []);
});

test('what stands between two rows that go together is one block', () => {
  const row = (kind, name) => ({ kind, name });
  const blocks = blocksOf([row('only-b', 1), row('only-a', 2), row('only-b', 3), row('same', 4), row('only-a', 5)]);
  assert.deepEqual(blocks.map((block) => block.kind), ['apart', 'same', 'apart']);
  assert.deepEqual([blocks[0].onlyA.map((one) => one.name), blocks[0].onlyB.map((one) => one.name), blocks[2].onlyB], [[2], [1, 3], []]);
  assert.deepEqual(blocksOf([]), []);
});
