import assert from 'node:assert/strict';
import { test } from 'node:test';
import { marked, pieces, unitsOf } from '../src/marks.js';

test('words found stand between two control characters', () => {
  assert.deepEqual(marked('di \u0001kapal\u0002 itu'), [{ text: 'di ', found: false }, { text: 'kapal', found: true }, { text: ' itu', found: false }]);
  assert.deepEqual(marked('\u0001a\u0002\u0001b\u0002'), [{ text: 'a', found: true }, { text: 'b', found: true }]);
  assert.deepEqual(marked('\u0002\u0001'), []);
  assert.deepEqual(marked('<b>\u0001x'), [{ text: '<b>', found: false }, { text: 'x', found: true }]);
  assert.deepEqual(marked(null), []);
});

test('bytes become places of a string', () => {
  const text = 'aé€😀z';
  const at = unitsOf(text);
  assert.deepEqual([0, 1, 3, 6, 10, 11, 99].map(at), [0, 1, 2, 3, 5, 6, 6]);
  assert.equal(at(2), 1); // inside é
  assert.equal(at(8), 3); // inside the face
});

test('bytes of a long text', () => {
  const text = 'Ünïcode – “kata” 😀 '.repeat(500), encoder = new TextEncoder(), at = unitsOf(text);
  for (const unit of [0, 3, 1000, 4567, 9000]) {
    const whole = text.slice(0, unit).replace(/[\ud800-\udbff]$/, '');
    assert.equal(at(encoder.encode(whole).length), whole.length);
  }
});

test('a text is cut by its spans', () => {
  const a = { start: 2, end: 6 }, b = { start: 4, end: 8 };
  const cut = pieces('0123456789', [a, b]);
  assert.deepEqual(cut.map(({ text }) => text), ['01', '23', '45', '67', '89']);
  assert.deepEqual(cut.map(({ spans }) => spans), [[], [a], [a, b], [b], []]);
  assert.equal(pieces('abc', [{ start: 2, end: 2 }, { start: 9, end: 12 }, { start: 1, end: 99 }]).map(({ text }) => text).join('|'), 'a|bc');
  assert.deepEqual(pieces('', [{ start: 0, end: 1 }]), []);
});

test('many spans take little time', () => {
  const text = 'x'.repeat(200000), spans = Array.from({ length: 20000 }, (_, at) => ({ start: at * 10, end: at * 10 + 5 }));
  const begun = performance.now();
  assert.equal(pieces(text, spans).map((piece) => piece.text).join('').length, text.length);
  assert.ok(performance.now() - begun < 2000);
});
