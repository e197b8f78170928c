import assert from 'node:assert/strict';
import test from 'node:test';

import { piecesOf } from '../src/changes.js';

test('a reworded sentence is told once, with what is gone and what is new', () => {
  const change = { kind: 'reworded', text: 'Über 15 orang tewas.', otherText: 'Über 12 orang luka.', start: 10, end: 31, otherStart: 40, otherEnd: 60,
    words: [{ start: 16, end: 18, otherStart: 46, otherEnd: 48 }, { start: 25, end: 31, otherStart: 55, otherEnd: 60 }] };
  assert.deepEqual(piecesOf(change), [{ kind: 'same', text: 'Über ' }, { kind: 'gone', text: '12' }, { kind: 'new', text: '15' },
    { kind: 'same', text: ' orang ' }, { kind: 'gone', text: 'luka.' }, { kind: 'new', text: 'tewas.' }]);
});

test('what was added, removed, moved, and what stands around the text', () => {
  assert.deepEqual(piecesOf({ kind: 'added', text: 'Baru.', otherText: null }), [{ kind: 'new', text: 'Baru.' }]);
  assert.deepEqual(piecesOf({ kind: 'removed', text: null, otherText: 'Lama.' }), [{ kind: 'gone', text: 'Lama.' }]);
  assert.deepEqual(piecesOf({ kind: 'moved', text: 'Sama.', otherText: 'Sama.' }), [{ kind: 'same', text: 'Sama.' }]);
  assert.deepEqual(piecesOf({ kind: 'headline', text: 'B', otherText: 'A' }), [{ kind: 'gone', text: 'A' }, { kind: 'new', text: 'B' }]);
  assert.deepEqual(piecesOf({ kind: 'author', text: 'B', otherText: null }), [{ kind: 'new', text: 'B' }]);
});
