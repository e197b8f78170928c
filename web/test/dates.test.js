import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayNumber, dayOfNumber, dayParts, daySpan, dayText, typedDay } from '../src/dates.js';

test('days are written as precisely as they are stated', () => {
  assert.equal(dayText('2023-08-17', 'en-GB'), '17 August 2023');
  assert.equal(dayText('2023-08-17', 'id-ID'), '17 Agustus 2023');
  assert.equal(dayText('2023-08', 'id-ID'), 'Agustus 2023');
  assert.equal(dayText('2023', 'en-GB'), '2023');
  assert.equal(dayText('2023-08-17T21:40+08:00', 'en-GB'), '17 August 2023, 21:40 UTC+08:00');
  assert.equal(dayText('2023-08-17T21:40', 'en-GB', 'medium'), '17 Aug 2023, 21:40');
  assert.equal(dayText('2023-08-17T21:40Z', 'en-GB', 'medium'), '17 Aug 2023, 21:40 UTC');
  assert.equal(dayText('0079-08-24', 'en-GB'), '24 August 79');
});

test('what is no day stays as it is', () => {
  for (const text of ['yesterday', '', '17 August']) assert.equal(dayText(text, 'en-GB'), text);
  assert.equal(dayText(null, 'en-GB'), '');
  assert.equal(dayParts('soon'), null);
});

test('spans say once what both ends share', () => {
  assert.equal(daySpan('2023-08-17', '2023-08-17', 'en-GB'), '17 Aug 2023');
  assert.match(daySpan('2023-08-17', '2023-08-19', 'en-GB'), /^17\s?–\s?19 Aug 2023$/);
  assert.match(daySpan('2023', '2024-02-01', 'en-GB'), /^2023 – 1 Feb 2024$/);
  assert.equal(daySpan(null, '2024-02-01', 'en-GB'), '1 Feb 2024');
});

test('day numbers', () => {
  assert.equal(dayNumber('1970-01-01'), 0);
  assert.equal(dayNumber('1969-12-31'), -1);
  assert.equal(dayNumber('2024'), dayNumber('2024-01-01'));
  assert.equal(dayNumber(null), null);
  for (const day of ['2024-02-29', '1945-08-17', '0099-12-31']) assert.equal(dayOfNumber(dayNumber(day)), day);
});

test('typed days', () => {
  const cases = [['2023', '2023'], ['2023-8', '2023-08'], ['2023-08-17', '2023-08-17'], ['17/8/2023', '2023-08-17'], ['17.8.2023', '2023-08-17'],
    ['8/2023', '2023-08'], [' 17 8 2023 ', '2023-08-17'], ['', ''], ['  ', ''], ['2024-02-29', '2024-02-29'], ['2023-02-29', null], ['2023-13', null],
    ['23', null], ['next week', null], ['2023-08-17-01', null], ['2023-00', null], ['99999', null]];
  for (const [typed, day] of cases) assert.equal(typedDay(typed), day, typed);
});
