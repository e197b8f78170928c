import assert from 'node:assert/strict';
import { test } from 'node:test';
import { added, meaningOf, nextBatch, NOTHING, typeOfText } from '../src/batches.js';

test('a batch has at most so many files and bytes', () => {
  const queue = Array.from({ length: 45 }, () => ({ size: 10 }));
  const sizes = [];
  for (let at = 0, batch; at < queue.length;) {
    [batch, at] = nextBatch(queue, at, 20, 1e6);
    sizes.push(batch.length);
  }
  assert.deepEqual(sizes, [20, 20, 5]);
  assert.equal(nextBatch(queue, 0, 20, 35)[0].length, 3);
  assert.deepEqual(nextBatch([{ size: 99 }, { size: 1 }], 0, 20, 35), [[{ size: 99 }], 1]);
  assert.deepEqual(nextBatch([{ size: 1 }, { size: 99 }], 0, 20, 35), [[{ size: 1 }], 1]);
  assert.deepEqual(nextBatch([], 0), [[], 0]);
});

test('what an answer means', () => {
  const cases = [[503, 5, 'later'], [429, 1, 'later'], [413, 5, 'halves'], [413, 1, 'rejected'], [401, 1, 'locked'], [403, 2, 'refused'], [415, 2, 'rejected'],
    [400, 1, 'rejected'], [500, 1, 'refused'], [405, 1, 'refused']];
  for (const [status, count, meaning] of cases) assert.equal(meaningOf(status, count), meaning, String(status));
});

test('pasted texts are told apart', () => {
  assert.equal(typeOfText('<!DOCTYPE html><p>x').type, 'text/html');
  assert.equal(typeOfText('\n <html>').type, 'text/html');
  assert.equal(typeOfText('{"headline": "a"}').type, 'application/json');
  assert.equal(typeOfText('[{"headline": "a"}]').type, 'application/json');
  assert.equal(typeOfText('{"a": 1}\n{"a": 2}\n').type, 'application/x-ndjson');
  assert.equal(typeOfText('Gempa M5,4\nKaimana').type, 'text/plain');
  assert.equal(typeOfText('<3 this day').type, 'text/plain');
});

test('results add up; what was rejected is never dropped', () => {
  let result = NOTHING;
  for (let at = 0; at < 30; at++) {
    result = added(result, { stored: 1, known: 1, rejected: 1, items: ['stored', 'known', 'rejected'].map((status) => ({ status, at })) }, 10);
  }
  assert.deepEqual([result.stored, result.known, result.rejected, result.bad.length, result.good.length], [30, 30, 30, 30, 10]);
  assert.equal(result.good.at(-1).at, 29);
  assert.deepEqual(NOTHING.bad, []);
  assert.equal(added(NOTHING, {}).stored, 0);
});
