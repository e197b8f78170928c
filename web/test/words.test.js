import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fill, form, partsOf, placesOf } from '../src/phrases.js';
import en from '../src/words/en.js';
import id from '../src/words/id.js';

const flat = (words) => new Map(Object.entries(words).flatMap(([view, phrases]) =>
  Object.entries(phrases).map(([name, phrase]) => [`${view}.${name}`, phrase])));

test('both languages have the same phrases with the same places', () => {
  const english = flat(en), indonesian = flat(id);
  assert.deepEqual([...indonesian.keys()].sort(), [...english.keys()].sort());
  for (const [key, phrase] of english) assert.deepEqual(placesOf(indonesian.get(key)), placesOf(phrase), key);
});

test('a phrase with plural forms has the one for every number', () => {
  for (const [language, words] of [['en', en], ['id', id]]) {
    for (const [key, phrase] of flat(words)) {
      if (typeof phrase === 'string') continue;
      for (const n of [0, 1, 2, 5, 11, 100]) assert.equal(typeof form(phrase, { n }, language), 'string', `${language} ${key} ${n}`);
    }
  }
});

test('every phrase that the sources name is there', () => {
  const english = flat(en), folder = new URL('../src/', import.meta.url);
  const files = readdirSync(folder).concat(readdirSync(new URL('views/', folder)).map((name) => `views/${name}`)).filter((name) => name.endsWith('.js'));
  for (const file of files) {
    for (const [, key] of readFileSync(new URL(file, folder), 'utf8').matchAll(/\btx?\('([a-z]+\.\w+)'/g)) {
      assert.ok(english.has(key), `${file}: ${key}`);
    }
  }
});

test('values are filled in, and what is not given stays', () => {
  assert.equal(fill('{n} of {all}', { n: '3' }), '3 of {all}');
  assert.equal(fill('{name}', { name: '{name}' }), '{name}');
  const node = {};
  assert.deepEqual(partsOf('by {who}, {when}', { who: node }), ['by ', node, ', ', '{when}']);
});

test('forms follow the number', () => {
  const phrase = { zero: 'none', one: '{n} report', other: '{n} reports' };
  assert.equal(form(phrase, { n: 0 }, 'en'), 'none');
  assert.equal(form(phrase, { n: 1 }, 'en'), '{n} report');
  assert.equal(form(phrase, { n: 7 }, 'en'), '{n} reports');
  assert.equal(form({ other: '{n} berita' }, { n: 1 }, 'id'), '{n} berita');
});
