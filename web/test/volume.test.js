import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayNumber, dayOfNumber } from '../src/dates.js';
import { barsPath, columnsOf, moved, peak, ranged, ticks, wholeRange, zoomed } from '../src/volume.js';

test('bars stand on the ground, one for each bucket that holds anything', () => {
  const path = barsPath({ counts: [1, 0, 4] }, 20);
  assert.equal(path.match(/M/g).length, 2);
  assert.match(path, /^M0\.08 20h\.84v-5h-\.84zM2\.08 20h\.84v-20/);
  assert.equal(barsPath({ counts: [] }, 20), '');
  assert.match(barsPath({ counts: [1, 1000] }, 20), /v-2h/);
});

test('the peak is where most is', () => {
  assert.deepEqual(peak({ from: '2023-08-17', step: 6, counts: [1, 4, 2] }), { count: 4, first: '2023-08-23', last: '2023-08-28' });
  assert.equal(peak({ from: '2023-08-17', step: 6, counts: [0] }), null);
  assert.equal(peak({ from: '2023-08-17', step: 6, counts: [] }), null);
});

test('the whole range holds all days, and at least a week', () => {
  const one = wholeRange([100, null]);
  assert.ok(one.from < 100 && one.to > 100 && one.to - one.from >= 7);
  assert.equal(wholeRange([null]), null);
  assert.equal(wholeRange([]), null);
});

test('zooming and moving stay inside', () => {
  const whole = { from: 0, to: 100 };
  assert.deepEqual(zoomed(whole, 0.5, 50, whole), { from: 25, to: 75 });
  assert.deepEqual(zoomed({ from: 0, to: 50 }, 4, 10, whole), whole);
  assert.equal(zoomed({ from: 10, to: 15 }, 0.5, 12, whole).to - zoomed({ from: 10, to: 15 }, 0.5, 12, whole).from, 5);
  assert.deepEqual(moved({ from: 80, to: 100 }, 50, whole), { from: 80, to: 100 });
  assert.deepEqual(moved({ from: 20, to: 40 }, -10, whole), { from: 10, to: 30 });
  assert.deepEqual(ranged(60, 40, whole), { from: 40, to: 60 });
  assert.deepEqual(ranged(99.9, 99.9, whole), { from: 98, to: 100 });
});

test('columns gather what falls into them', () => {
  const items = [{ day: 0, count: 2 }, { day: 1, count: 3 }, { day: 99, count: 1 }, { day: 100, count: 9 }, { day: null, count: 9 }];
  const columns = columnsOf(items, { from: 0, to: 100 }, 10);
  assert.deepEqual(columns.map(({ at, count }) => [at, count]), [[0, 5], [9, 1]]);
  assert.equal(columns[0].items.length, 2);
});

test('an axis has few marks, whatever its length', () => {
  for (const days of [5, 14, 60, 200, 900, 5000, 40000]) {
    const from = dayNumber('2023-08-10'), marks = ticks({ from, to: from + days }, 10);
    assert.ok(marks.length >= 1 && marks.length <= 11, `${days}: ${marks.length}`);
    for (const { day } of marks) assert.ok(day >= from && day < from + days);
  }
  const months = ticks({ from: dayNumber('2023-11-20'), to: dayNumber('2024-03-10') }, 8);
  assert.deepEqual(months.map(({ day, unit }) => [dayOfNumber(day), unit]), [['2023-12-01', 'month'], ['2024-01-01', 'year'], ['2024-02-01', 'month'], ['2024-03-01', 'month']]);
  assert.equal(new Date(ticks({ from: dayNumber('2024-05-01'), to: dayNumber('2024-06-20') }, 10)[0].day * 86400000).getUTCDay(), 1);
});
