import assert from 'node:assert/strict';
import { test } from 'node:test';
import { treeLines } from '../src/tree.js';

const report = (article, from) => ({ article, reuse: from ? { ofArticle: from } : null });
const told = (reports) => treeLines(reports).map((line) => `${'.'.repeat(line.depth)}${line.report.article}`).join(' ');

test('takers stand under what they took', () => {
  assert.equal(told([report('a1'), report('a2', 'a1'), report('a3'), report('a4', 'a3'), report('a5', 'a2'), report('a6', 'a1')]), 'a1 .a2 ..a5 .a6 a3 .a4');
});

test('a source outside of the event, a ring, and itself are roots', () => {
  assert.equal(told([report('a2', 'a99')]), 'a2');
  assert.equal(told([report('a1', 'a1')]), 'a1');
  assert.equal(told([report('a1', 'a2'), report('a2', 'a1')]), 'a1 .a2');
});

test('a long chain is no recursion', () => {
  const chain = Array.from({ length: 50000 }, (_, at) => report(`a${at}`, at ? `a${at - 1}` : null));
  assert.equal(treeLines(chain).at(-1).depth, 49999);
});
