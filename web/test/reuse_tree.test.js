import assert from 'node:assert/strict';
import test from 'node:test';
import { foldOutlet, layoutTree, listTree, reuseGraph } from '../src/reuse_tree.js';

let count = 0;
const report = (article, publisher, day, more = {}) => ({ article, publisher, dateInferred: day, sources: [], reuse: null, headline: `H${count++}`, ...more });
const taken = (ofArticle, kind = 'reprint', share = 0.95) => ({ reuse: { ofArticle, kind, share, why: 'later by 1 day' } });
const at = (layout, id) => layout.nodes.find((node) => node.id === id);
const edge = (layout, from, to) => layout.edges.find((one) => one.from === from && one.to === to);

test('a copy stands right of its original, in its row, and the edge says how', () => {
  const layout = layoutTree([report('a1', 'Pesisir Kini', '2023-08-17'), report('a2', 'Suara Batu', '2023-08-17', taken('a1')),
    report('a3', 'Warta', '2023-08-18', taken('a1', 'translation', 1))], ['Pesisir Kini']);
  assert.equal(at(layout, 'a1').row, at(layout, 'a2').row);
  assert.ok(at(layout, 'a1').column < at(layout, 'a2').column && at(layout, 'a2').column < at(layout, 'a3').column);
  assert.notEqual(at(layout, 'a3').row, at(layout, 'a2').row);
  assert.deepEqual([edge(layout, 'a1', 'a3').kind, edge(layout, 'a1', 'a3').share], ['translation', 1]);
  assert.deepEqual(layout.columns.map((column) => column.day), ['2023-08-17', '2023-08-17', '2023-08-18']);
  assert.equal(at(layout, 'a1').origin, true);
  assert.equal(at(layout, 'a2').origin, false);
});

test('a chain is drawn as far as it is stated: KCNA, Reuters, the outlet', () => {
  const layout = layoutTree([report('a1', 'Harian Satu', '2022-08-15', { sources: ['Reuters', 'KCNA'] })], ['KCNA']);
  assert.ok(edge(layout, 'source kcna', 'source reuters') && edge(layout, 'source reuters', 'a1'));
  assert.ok(at(layout, 'source kcna').column < at(layout, 'source reuters').column);
  assert.equal(at(layout, 'source kcna').origin, true);
  assert.equal(layout.nodes.length, 3);
});

test('a credited outlet that has a report of the event is that report', () => {
  const layout = layoutTree([report('a1', 'Bolatajam.id', '2025-05-24'), report('a2', null, '2025-05-24', { sources: ['BOLATAJAM'] })]);
  assert.ok(edge(layout, 'a1', 'a2'));
  assert.equal(layout.nodes.length, 2);
  assert.equal(foldOutlet('www.Bolatajam.id'), foldOutlet('BOLATAJAM'));
});

test('an outlet with several reports: the one whose text was taken, else a node of its own', () => {
  const reports = [report('a1', 'Satu', '2024-01-01'), report('a2', 'Satu', '2024-01-02')];
  const known = layoutTree([...reports, report('a3', 'Dua', '2024-01-02', { ...taken('a2'), sources: ['Satu'] })]);
  assert.equal(known.nodes.length, 3);
  assert.equal(edge(known, 'a2', 'a3').kind, 'reprint');
  const unknown = layoutTree([...reports, report('a3', 'Dua', '2024-01-02', { sources: ['Satu'] })]);
  assert.ok(edge(unknown, 'source satu', 'a3'));
});

test('chains that contradict one another do not go round', () => {
  const layout = layoutTree([report('a1', 'A', '2024-01-01', { sources: ['X', 'Y'] }), report('a2', 'B', '2024-01-01', { sources: ['Y', 'X'] }),
    report('a3', 'C', '2024-01-01', { reuse: { ofArticle: 'a4', kind: 'reprint', share: 1 } }), report('a4', 'D', '2024-01-01', { reuse: { ofArticle: 'a3', kind: 'reprint', share: 1 } })]);
  assert.equal(layout.nodes.length, 6);
  assert.ok(edge(layout, 'source x', 'source y') && edge(layout, 'source y', 'source x'));
  assert.ok(listTree(layout).every(({ depth }) => depth < 4));
});

test('no two nodes share a place', () => {
  const reports = [];
  for (let i = 1; i <= 14; i++) reports.push(report(`a${i}`, `O${i}`, i % 3 ? `2024-01-0${1 + (i % 5)}` : null, i > 2 ? taken(`a${1 + (i % 3)}`, i % 2 ? 'rewrite' : 'reprint') : {}));
  const layout = layoutTree(reports), places = new Set(layout.nodes.map((node) => `${node.column} ${node.row}`));
  assert.equal(places.size, layout.nodes.length);
  assert.equal(layout.columns[layout.columns.length - 1].type, 'undated');
});

test('boxes of one row never meet, and time goes to the right', () => {
  const reports = [];
  for (let i = 1; i <= 15; i++) reports.push(report(`a${i}`, `O${i}`, i % 4 ? `2024-01-0${1 + (i % 6)}` : null, i > 3 ? taken(`a${1 + (i % 3)}`) : { sources: ['X', 'Y'] }));
  const layout = layoutTree(reports);
  for (const a of layout.nodes) for (const b of layout.nodes) assert.ok(a === b || a.row !== b.row || a.x + a.width < b.x || b.x + b.width < a.x);
  const heads = layout.columns.filter((column) => column.type === 'day');
  assert.ok(heads.every((column, i) => i === 0 || column.x > heads[i - 1].x || column.day === heads[i - 1].day));
});

test('the same input in another order gives the same drawing', () => {
  const reports = ['a1', 'a2', 'a3', 'a4', 'a5'].map((name, i) => report(name, `P${i}`, `2024-01-0${(i % 2) + 1}`, i ? taken('a1') : {}));
  const places = (layout) => layout.nodes.map((node) => [node.id, node.column, node.row]);
  assert.deepEqual(places(layoutTree([...reports].reverse())), places(layoutTree(reports)));
});

test('hundreds of reprints become one node, which opens', () => {
  const reports = [report('a1', 'Satu', '2024-01-01')];
  for (let i = 2; i <= 400; i++) reports.push(report(`a${i}`, `O${i}`, '2024-01-02', taken('a1')));
  const layout = layoutTree(reports);
  assert.equal(layout.nodes.length, 2);
  const group = layout.nodes[1];
  assert.deepEqual([group.type, group.members.length, edge(layout, 'a1', group.id).kind], ['group', 399, 'reprint']);
  assert.equal(layoutTree(reports, [], new Set([group.id])).nodes.length, 400);
});

test('a long chain and a large event stay quick', () => {
  const reports = [];
  for (let i = 1; i <= 20000; i++) reports.push(report(`a${i}`, 'Satu', `2024-01-01`, i > 1 ? { ...taken(`a${i - 1}`), sources: ['Satu'] } : {}));
  const begun = performance.now(), layout = layoutTree(reports);
  assert.equal(layout.nodes.length, 20000);
  assert.ok(performance.now() - begun < 10000);
});

test('an event of nothing', () => {
  assert.deepEqual(layoutTree([]), { nodes: [], edges: [], columns: [], rows: 0, width: 0 });
  assert.equal(reuseGraph([report('a1', null, null, taken('a99'))]).edges.size, 0);
});
