import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { WEIGHTS, weightId } from '../src/reasons.js';
import { PLACES } from '../src/says.js';
import { KINDS } from '../src/text_marks.js';
import en from '../src/words/en.js';

const has = (key) => {
  const [view, name] = key.split('.');
  assert.ok(en[view]?.[name] !== undefined, key);
};

test('every reason and every saying of a date that is known has its words', () => {
  for (const file of ['reasons.js', 'says.js'])
    for (const [, key] of readFileSync(new URL(`../src/${file}`, import.meta.url), 'utf8').matchAll(/'((?:reason|says)\.[\w-]+)'/g)) has(key);
  for (const what of WEIGHTS) has(weightId(what));
  for (const where of PLACES) has(`says.in_${where.replace(/[^a-z]/g, '_')}`);
});

test('words whose names are put together are all there', () => {
  for (const kind of KINDS) has(`article.mark_${kind}`);
  for (const kind of ['reprint', 'rewrite', 'translation']) for (const key of [`event.line_${kind}`, `event.key_${kind}`, `event.group_${kind}`, `compare.is_${kind}`, `reuse.${kind}`]) has(key);
  for (const key of ['event.line_credit', 'event.key_credit', 'event.group_credit', 'event.group_alone', 'event.column_source', 'event.column_undated']) has(key);
  for (const kind of ['contradiction', 'development', 'both']) has(`event.kind_${kind}`);
  for (const change of ['same', 'shortened', 'fuller', 'altered']) has(`event.change_${change}`);
  for (const kind of ['same', 'reworded', 'translated', 'only_a', 'only_b']) has(`compare.count_${kind}`);
  for (const kind of ['article', 'listing', 'other']) has(`article.kind_${kind}`);
  for (const role of ['headline', 'abstract', 'byline', 'date', 'publisher', 'credit', 'caption', 'boilerplate', 'body']) has(`article.role_${role}`);
});

test('every subject of data/facts.tsv has its words', () => {
  const table = readFileSync(new URL('../../data/facts.tsv', import.meta.url), 'utf8');
  for (const line of table.split('\n')) {
    const [kind, subject] = line.split('\t');
    if (kind === 'subject') has(`about.${subject.replace(/[^a-z]+/g, '_')}`);
  }
});
