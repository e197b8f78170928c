import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayOfWords, saysOf } from '../src/says.js';

test('days in words', () => {
  assert.equal(dayOfWords('Thursday 17 August 2023'), '2023-08-17');
  assert.equal(dayOfWords('6 February 2006'), '2006-02-06');
  assert.equal(dayOfWords('May 2024'), '2024-05');
  assert.equal(dayOfWords('1945'), '1945');
  for (const bad of ['', 'soon', 'Thursday', '17 Agustus 2023', '2023-08-17']) assert.equal(dayOfWords(bad), null);
});

test('what is said of a date, taken apart', () => {
  assert.deepEqual(saysOf('Friday 18 August 2023'), { id: 'says.day', values: { day: { day: '2023-08-18' } } });
  assert.deepEqual(saysOf('stated in the date line'), { id: 'says.stated', values: { where: { where: 'date line' } } });
  assert.deepEqual(saysOf('counted from Thursday 17 August 2023: Monday 28 August 2023').values, { from: { day: '2023-08-17' }, day: { day: '2023-08-28' } });
  assert.deepEqual(saysOf('6 February on a Monday: 2006, 2012').values, { day: { monthDay: [2, 6] }, weekday: { weekday: 1 }, years: '2006, 2012' });
  assert.deepEqual(saysOf("Indonesia's Independence Day since 1945, number 79: Saturday 17 August 2024").values,
    { name: "Indonesia's Independence Day", since: '1945', number: '79', day: { day: '2024-08-17' } });
});

test('anything else stays as it is', () => {
  for (const text of ['the moon was full', null, undefined, 5, '', 'x'.repeat(1000)]) assert.equal(saysOf(text), null);
});
