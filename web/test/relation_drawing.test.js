import assert from 'node:assert/strict';
import test from 'node:test';
import { drawRelation, DRAWING_WIDTH, escapeXml, relationDocument, wrapped } from '../src/relation_drawing.js';
import { placeInTime, wholeView } from '../src/time_axis.js';

const events = [{ event: 'e1', date: '2022-09-14', headline: 'Surat <satu> & "dua"' }, { event: 'e2', date: '2023', headline: 'H2' }, { event: 'e3', date: null, firstReport: '2023-05-01', headline: 'H3' }];

test('every event is in the drawing, each as it is known', () => {
  const { placed } = placeInTime(events), drawing = drawRelation(placed, wholeView(placed), 800, (iso) => iso);
  const dots = drawing.shapes.filter((shape) => shape.tag === 'circle');
  assert.equal(dots.length, 3);
  assert.equal(dots.filter((shape) => shape.cls.includes('dot-unsure')).length, 1);
  assert.equal(drawing.shapes.filter((shape) => shape.cls === 'bar').length, 1);
  for (const shape of drawing.shapes) for (const value of Object.values(shape.attrs)) assert.ok(!String(value).includes('NaN'), JSON.stringify(shape));
});

test('the file is well-formed whatever the captures say', () => {
  const { placed } = placeInTime(events), drawing = drawRelation(placed, wholeView(placed), DRAWING_WIDTH, (iso) => iso);
  const hostile = ']]></text><script>alert(1)</script>\u0000\u0008\ud800&';
  const file = relationDocument(hostile, hostile, drawing, [{ day: hostile, headline: hostile, quote: hostile.repeat(50), source: hostile }], (n) => String(n)).text;
  assert.ok(!file.includes('<script'));
  assert.equal((file.match(/<text/g) || []).length, (file.match(/<\/text>/g) || []).length);
  assert.ok(!/[\u0000-\u0008\ud800-\udfff]/u.test(file));
  assert.ok(!/&(?!amp;|lt;|gt;|quot;)/.test(file));
  assert.equal(escapeXml(null), '');
});

test('long lists end with a number', () => {
  const entries = Array.from({ length: 100 }, () => ({ day: 'd', headline: 'h', quote: 'q', source: 's' }));
  const file = relationDocument('t', 'n', { height: 10, shapes: [] }, entries, (n) => `and ${n} more`).text;
  assert.ok(file.includes('and 20 more'));
});

test('lines are broken at blanks, long words and wide letters where they must', () => {
  assert.deepEqual(wrapped('satu dua tiga', 8), ['satu dua', 'tiga']);
  assert.deepEqual(wrapped('abcdefghij', 4), ['abcd', 'efgh', 'ij']);
  assert.deepEqual(wrapped('東京京都', 4), ['東京', '京都']);
  assert.deepEqual(wrapped('', 4), []);
});
