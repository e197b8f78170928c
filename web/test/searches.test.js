import assert from 'node:assert/strict';
import { test } from 'node:test';
import { valid, withoutSearch, withSearch } from '../src/kept_searches.js';

test('kept searches are in order, each once', () => {
  let list = withSearch([], { name: 'kapal', query: '?words=kapal' });
  list = withSearch(list, { name: 'api', query: '?words=api' });
  list = withSearch(list, { name: 'karam', query: '?words=kapal' });
  assert.deepEqual(list.map(({ name }) => name), ['api', 'karam']);
  assert.deepEqual(withoutSearch(list, '?words=api').map(({ name }) => name), ['karam']);
});

test('storage may hold anything', () => {
  for (const bad of [null, 'x', 7, {}, [null, 1, { name: 1 }, { name: 'a' }, { name: 'a', query: 'javascript:1' }]]) assert.deepEqual(valid(bad), []);
  assert.equal(valid([{ name: 'a', query: '?words=a' }]).length, 1);
});
