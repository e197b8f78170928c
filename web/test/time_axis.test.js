import assert from 'node:assert/strict';
import test from 'node:test';
import { betweenRows, BETWEEN_HEADS, csvCell, csvOf } from '../src/tables.js';
import { dayNumber, isoOfDay, pan, placeDots, placeInTime, placeLabels, shorten, spanOfDate, ticksOf, wholeView, zoom } from '../src/time_axis.js';

test('days, months and years as spans', () => {
  assert.equal(isoOfDay(dayNumber(2022, 9, 14)), '2022-09-14');
  assert.equal(isoOfDay(dayNumber(33, 4, 3)), '0033-04-03');
  assert.deepEqual(spanOfDate('2024-02'), { from: dayNumber(2024, 2, 1), to: dayNumber(2024, 3, 1), precision: 'month' });
  assert.equal(spanOfDate('2024').to - spanOfDate('2024').from, 366);
  assert.equal(spanOfDate('soon'), null);
  assert.equal(spanOfDate(null), null);
});

test('an event without a day stands at its first report, and says so; without any it stands aside', () => {
  const { placed, undated } = placeInTime([{ event: 'e2', date: null, firstReport: '2024-01-01' }, { event: 'e1', date: '2023-05-05' }, { event: 'e3', date: null, firstReport: null }]);
  assert.deepEqual(placed.map((one) => [one.event.event, one.stated]), [['e1', true], ['e2', false]]);
  assert.deepEqual(undated.map((one) => one.event.event), ['e3']);
});

test('ticks fit the width, whatever the time', () => {
  for (const [from, to] of [[0, 20], [0, 60], [0, 400], [0, 4000], [-700000, 20000], [19000, 19010]])
    for (const width of [120, 320, 1000]) {
      const ticks = ticksOf({ from, to }, width, 90);
      assert.ok(ticks.length <= width / 60 + 2, `${from}-${to} ${width}: ${ticks.length}`);
      assert.ok(ticks.every((tick, i) => tick.day >= from && tick.day <= to && (i === 0 || tick.day > ticks[i - 1].day)));
    }
});

test('zoom stays inside of the whole', () => {
  const whole = { from: 0, to: 1000 };
  const near = zoom(whole, whole, 0.5, 0);
  assert.deepEqual(near, { from: 0, to: 500 });
  assert.deepEqual(zoom(near, whole, 10), whole);
  assert.deepEqual(pan(near, whole, 5), { from: 500, to: 1000 });
  let view = whole;
  for (let i = 0; i < 50; i++) view = zoom(view, whole, 0.5);
  assert.ok(view.to - view.from >= 9);
});

test('dots do not cover each other, and thousands of one day become one', () => {
  const { placed } = placeInTime(Array.from({ length: 5000 }, (_, i) => ({ event: `e${i}`, date: i % 2 ? '2024-01-01' : '2024-06-01', headline: 'H' })));
  const dots = placeDots(placed, wholeView(placed), 800);
  assert.equal(dots.reduce((sum, dot) => sum + dot.items.length, 0), 5000);
  for (const a of dots) for (const b of dots) assert.ok(a === b || a.lane !== b.lane || Math.abs(a.x - b.x) >= 14);
  const labels = placeLabels(dots, 800);
  for (const a of labels) for (const b of labels) assert.ok(a === b || a.row !== b.row || a.x + a.length <= b.x || b.x + b.length <= a.x);
});

test('an empty timeline', () => {
  assert.deepEqual(placeDots([], wholeView([]), 500), []);
});

test('headlines are cut between letters', () => {
  assert.equal(shorten('Presiden bertukar surat', 40), 'Presiden bertukar surat');
  assert.equal(shorten('Presiden bertukar surat, lagi', 24), 'Presiden bertukar surat…');
  assert.equal([...shorten('😀'.repeat(50), 10)].length, 10);
});

test('no cell is a formula', () => {
  for (const text of ['=1+1', '+62', '-5', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '＝1'])
    assert.equal(csvCell(text).replace(/^"/, '')[0], "'", JSON.stringify(text));
  assert.equal(csvCell('a "b", c'), '"a ""b"", c"');
  assert.equal(csvCell(null), '');
  assert.equal(csvCell(['KCNA', 'Reuters']), '"KCNA; Reuters"');
  assert.equal(csvCell(['=cmd']), "'=cmd");
});

test('the timeline as a table', () => {
  const rows = betweenRows({ events: [{ date: '2024-01-01', headline: 'H', event: 'e1', articles: 2, origins: ['X'], quoted: { text: 'T', url: null, file: 'f' } }, { event: 'e2' }] }, BETWEEN_HEADS);
  assert.ok(rows.every((row) => row.length === BETWEEN_HEADS.length));
  assert.equal(rows[1][BETWEEN_HEADS.indexOf('url')], 'f');
  assert.ok(csvOf(rows).startsWith('\ufeffdate,') && csvOf(rows).endsWith('\r\n'));
});
