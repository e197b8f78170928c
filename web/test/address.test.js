import assert from 'node:assert/strict';
import { test } from 'node:test';
import { address, apiAddress, articleAddress, firstQuestion, parse, queryText, safeLink } from '../src/address.js';

test('addresses name their views', () => {
  const cases = [
    ['/', 'stories', null], ['/stories', 'stories', null], ['/stories/', 'stories', null], ['/stories/s3', 'story', 's3'],
    ['/events/e7', 'event', 'e7'], ['/articles/a12', 'article', 'a12'], ['/compare', 'compare', null], ['/between', 'between', null],
    ['/search', 'search', null], ['/quotes', 'quotes', null], ['/add', 'add', null], ['/story', 'unknown', null],
    ['/stories/s3/x', 'unknown', null], ['/nothing', 'unknown', null], ['/constructor', 'unknown', null], ['/constructor/a', 'unknown', null],
  ];
  for (const [path, view, name] of cases) {
    const found = parse(path);
    assert.equal(found.view, view, path);
    assert.equal(found.name, name, path);
  }
});

test('names come back as they went', () => {
  for (const name of ['s3', 'captures/a b.html', 'a#b?c', 'é%41', '100%']) assert.equal(parse(new URL(address('article', name), 'http://x').pathname).name, name);
  assert.equal(parse('/stories/%E0%A4%A').name, '%E0%A4%A');
});

test('a query keeps what the view knows', () => {
  assert.deepEqual(parse('/search', '?words=kapal+karam&lang=id&evil=1&since=').query, { words: 'kapal karam', lang: 'id' });
  assert.deepEqual(parse('/stories/s3', '?words=x&from=2023-01').query, { from: '2023-01' });
  assert.deepEqual(parse('/search', '?words=%20%20').query, {});
  assert.equal(queryText({ a: '', b: null, c: undefined, d: false }), '');
  assert.equal(queryText({ words: 'a&b=c', n: 0 }), '?words=a%26b%3Dc&n=0');
});

test('an address round trip keeps filters', () => {
  const query = { words: '"dua kata" & lagi', person: 'Guntur Adiwijaya', since: '2023-08' };
  const url = new URL(address('search', null, query), 'http://x');
  assert.deepEqual(parse(url.pathname, url.search).query, query);
});

test('bytes of an article are its hash', () => {
  assert.equal(articleAddress('a12', 120, 140), '/articles/a12#b120-140');
  assert.equal(articleAddress('a12'), '/articles/a12');
  assert.equal(articleAddress('a12', 0, 3), '/articles/a12#b0-3');
});

test('the first question of each view', () => {
  const question = (path, search) => firstQuestion(parse(path, search));
  assert.equal(question('/', ''), '/api/v1/stories');
  assert.equal(question('/', '?lang=id&order=origins'), '/api/v1/stories?lang=id&order=origins');
  assert.equal(question('/stories/s3', ''), '/api/v1/stories/s3');
  assert.equal(question('/search', '?words=a'), '/api/v1/search?words=a');
  assert.equal(question('/search', '?lang=id'), '/api/v1/articles?lang=id&order=new');
  assert.equal(question('/compare', '?a=a1'), null);
  assert.equal(question('/compare', '?a=a1&b=a2'), '/api/v1/compare?a=a1&b=a2');
  assert.equal(question('/add', ''), null);
  assert.equal(apiAddress('/values', { of: 'person', begins: '' }), '/api/v1/values?of=person');
});

test('only the web becomes a link', () => {
  assert.equal(safeLink('https://reefwire.example/a'), 'https://reefwire.example/a');
  for (const bad of ['javascript:alert(1)', 'JAVASCRIPT:alert(1)', ' https://a.example', 'data:text/html,x', '//a.example', 'file:///etc', 'http://',
    'https://user:word@a.example/', null, 7, undefined]) assert.equal(safeLink(bad), null, String(bad));
});
