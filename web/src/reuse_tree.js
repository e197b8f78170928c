// The reuse tree of an event as a drawing: who has it from whom, and when.
//
//     named sources   | 17 Aug        | 18 Aug
//                     | Pesisir Kini ─┬─ reprint ─ Suara Meratus
//     KCNA ─ Reuters ─┼───────────────┴─ Nusantara Pagi
//
// Reports stand in columns by day, and within a day behind the one that they were taken from. Columns lie as close as their heads and
// the lines allow, so boxes of different rows may stand above one another; in a row none ever meets another. A source that is none of
// the reports is a node of its own, left of all, as far as the chain is stated. Every report hangs on one node at most: the report
// whose text it has, else the nearest source that it names; so rows come from one walk over a forest, in which the first child goes
// on in its parent's row. What else is stated (a second credit, a chain that contradicts another one) is an edge without a say in the
// order. No step looks at a report more than a few times, and nothing recurs on the depth.

export const WHOLE = Number.MAX_SAFE_INTEGER;

// Outlets as people write them: "www.Bolatajam.id" and "BOLATAJAM.ID" are one.
export function foldOutlet(name) {
  return (name ?? '').normalize('NFKC').toLocaleLowerCase('und').replace(/^www\./, '')
    .replace(/\.(com|co\.id|co|id|net|org|news|my|com\.my|de|fr|es|co\.uk)$/, '').replace(/[^\p{L}\p{N}]+/gu, '');
}

function dayOf(report) {
  return report.dateInferred || null;
}

function compareDays(a, b) {
  if (a === b)
    return 0;
  if (!a || !b)
    return a ? -1 : 1;
  return a < b ? -1 : 1;
}

function arrival(name) {
  return Number(/\d+/.exec(name ?? '')?.[0] ?? 0);
}

// Reports by day, then arrival; those without a day last.
function inOrder(reports) {
  return [...reports].sort((a, b) => compareDays(dayOf(a), dayOf(b)) || arrival(a.article) - arrival(b.article));
}

function push(lists, key, one) {
  const list = lists.get(key);
  if (list)
    list.push(one);
  else
    lists.set(key, [one]);
}

function addReports(graph, reports, origins) {
  const outlets = new Map();
  for (const report of inOrder(reports)) {
    const node = {
      id: report.article, type: 'report', report, label: report.publisher, day: dayOf(report), children: [], parent: null, edge: null,
      origin: origins.has(report.publisher) || origins.has(report.article),
    };
    graph.nodes.set(node.id, node);
    push(outlets, foldOutlet(report.publisher), node);
  }
  return outlets;
}

// The node that a named source means for this report: the one report of the event that this outlet has (where it has several, the one
// whose text was taken), else a node of its own.
function sourceNode(graph, outlets, origins, name, report) {
  const outlet = foldOutlet(name), own = outlet ? outlets.get(outlet) : null;
  if (own) {
    const taken = graph.nodes.get(report.reuse?.ofArticle);
    if (taken && foldOutlet(taken.label) === outlet)
      return taken;
    if (own.length === 1 && own[0].id !== report.article)
      return own[0];
    if (own.length === 1)
      return null; // it names itself
  }
  const id = `source ${foldOutlet(name) || name}`;
  if (!graph.nodes.has(id))
    graph.nodes.set(id, { id, type: 'source', label: name, day: null, children: [], parent: null, edge: null, origin: origins.has(name) });
  return graph.nodes.get(id);
}

function addEdge(graph, from, to, edge) {
  const key = `${from.id}\n${to.id}`;
  const known = graph.edges.get(key);
  if (known) {
    known.by.push(...edge.by);
    return known;
  }
  const added = { from: from.id, to: to.id, ...edge };
  graph.edges.set(key, added);
  return added;
}

// Would `node` under `parent` close a ring? Looked at over a bounded way up.
function closesRing(parent, node) {
  let up = parent;
  for (let steps = 0; up && steps < 1000; steps++, up = up.parent)
    if (up === node)
      return true;
  return Boolean(up);
}

function hang(node, parent, edge) {
  if (node.parent || parent === node || closesRing(parent, node))
    return;
  node.parent = parent;
  node.edge = edge;
  parent.children.push(node);
}

function addReuse(graph, report) {
  const reuse = report.reuse, from = reuse && graph.nodes.get(reuse.ofArticle), to = graph.nodes.get(report.article);
  if (!from || from === to)
    return;
  const edge = addEdge(graph, from, to, { kind: reuse.kind, share: reuse.share, why: reuse.why, by: [report.article] });
  hang(to, from, edge);
}

// "Reuters, KCNA": Reuters → the report, KCNA → Reuters, each only as this report states it.
function addChain(graph, outlets, origins, report) {
  let to = graph.nodes.get(report.article);
  for (const name of report.sources ?? []) {
    const from = sourceNode(graph, outlets, origins, name, report);
    if (!from || from === to)
      continue;
    const edge = addEdge(graph, from, to, { kind: 'credit', share: null, why: null, by: [report.article] });
    hang(to, from, edge);
    if (from.type === 'report')
      break; // from here on that report's own chain is the better witness
    to = from;
  }
}

// {nodes, edges}: everything that is stated, before any drawing.
export function reuseGraph(reports, origins = []) {
  const graph = { nodes: new Map(), edges: new Map() }, known = new Set(origins);
  const outlets = addReports(graph, reports, known), ordered = inOrder(reports);
  for (const report of ordered)
    addReuse(graph, report);
  for (const report of ordered)
    addChain(graph, outlets, known, report);
  return graph;
}

// ---- many reports ----

// How many of a kind may stand side by side before they become one node: few events need it, and a desk's largest ones do.
function mostAlike(count) {
  return count <= 16 ? WHOLE : count <= 60 ? 4 : 2;
}

function groupKey(node) {
  if (node.type !== 'report' || node.children.length)
    return null;
  return `${node.parent?.id ?? ''}\n${node.parent ? node.edge.kind : 'alone'}`;
}

// Leaves that hang on the same node in the same way become one node, but for those that `open` names.
export function collapse(graph, open = new Set(), most = mostAlike(graph.nodes.size)) {
  const groups = new Map();
  for (const node of graph.nodes.values()) {
    const key = groupKey(node);
    if (key !== null && !open.has(`group ${key}`))
      push(groups, key, node);
  }
  const gone = new Map();
  for (const [key, members] of groups)
    if (members.length > most)
      makeGroup(graph, `group ${key}`, members, gone);
  dropEdges(graph, gone);
  return graph;
}

function makeGroup(graph, id, members, gone) {
  const first = members[0], parent = first.parent;
  const group = { id, type: 'group', members, label: null, day: first.day, lastDay: members[members.length - 1].day, children: [], parent, edge: null, origin: false };
  if (parent) {
    const shares = members.map((one) => one.edge.share).filter((share) => share !== null && share !== undefined);
    group.edge = { from: parent.id, to: id, kind: first.edge.kind, share: shares.length ? Math.min(...shares.slice(0, 5000)) : null, why: null, by: members.map((one) => one.id) };
    const inside = new Set(members);
    parent.children = parent.children.filter((child) => !inside.has(child));
    parent.children.push(group);
  }
  for (const member of members) {
    gone.set(member.id, id);
    graph.nodes.delete(member.id);
  }
  graph.nodes.set(id, group);
}

// Edges to members go with them; the group has the one by which it hangs.
function dropEdges(graph, gone) {
  for (const [key, edge] of graph.edges)
    if (gone.has(edge.to) || gone.has(edge.from))
      graph.edges.delete(key);
  for (const node of graph.nodes.values())
    if (node.type === 'group' && node.edge)
      graph.edges.set(`${node.edge.from}\n${node.edge.to}`, node.edge);
}

// ---- where it stands ----

// The first day on which something below a node stands; children come before their parents in `walk` reversed.
function firstDays(walk) {
  const first = new Map();
  for (let i = walk.length - 1; i >= 0; i--) {
    let day = walk[i].day;
    for (const child of walk[i].children)
      if (compareDays(first.get(child), day) < 0)
        day = first.get(child);
    first.set(walk[i], day);
  }
  return first;
}

// The forest in order, parents before children; `order` puts siblings.
function walkForest(roots, order) {
  const out = [], stack = [...roots].sort(order).reverse();
  while (stack.length) {
    const node = stack.pop();
    out.push(node);
    for (const child of [...node.children].sort(order).reverse())
      stack.push(child);
  }
  return out;
}

// Column keys: outside sources by how far they are from the reports below, then days, then no day; within a day by depth.
function giveSteps(walk) {
  const depthOnDay = new Map();
  for (const node of walk) {
    const parent = node.parent;
    depthOnDay.set(node, parent && parent.type === node.type && parent.day === node.day ? depthOnDay.get(parent) + 1 : 0);
    if (parent && parent.type !== 'source' && node.type === 'group' && parent.day === node.day)
      depthOnDay.set(node, depthOnDay.get(parent) + 1);
  }
  return depthOnDay;
}

function columnOf(node, depth) {
  return node.type === 'source' ? `0 ${String(depth).padStart(5, '0')}`
    : node.day ? `1 ${node.day} ${String(depth).padStart(5, '0')}` : `2 ${String(depth).padStart(5, '0')}`;
}

function giveColumns(walk) {
  const depth = giveSteps(walk), keys = new Map();
  for (const node of walk)
    keys.set(node, columnOf(node, depth.get(node)));
  const columns = [...new Set(keys.values())].sort();
  const index = new Map(columns.map((key, i) => [key, i]));
  for (const node of walk)
    node.column = index.get(keys.get(node));
  return columns.map((key) => ({ type: ['source', 'day', 'undated'][Number(key[0])], day: key[0] === '1' ? key.split(' ')[1] : null }));
}

// A node goes on in its parent's row where that is still free to the right of the parent.
function giveRows(walk) {
  const used = []; // used[row]: the last column taken in it
  for (const node of walk) {
    const parent = node.parent;
    if (parent && used[parent.row] === parent.column && node.column > parent.column)
      node.row = parent.row;
    else
      node.row = used.length;
    used[node.row] = node.column;
  }
  return used.length;
}

// Where each column begins: right of the one before by a head's width where a new day begins, and far enough from the nodes that its
// nodes hang on for a box and a line's words between.
function giveX(walk, columns, size) {
  const parents = columns.map(() => []), boxOf = (node) => (node.type === 'source' ? size.source : size.box);
  for (const node of walk)
    if (node.parent && node.parent.column < node.column)
      parents[node.column].push(node.parent);
  let right = 0, year = null;
  columns.forEach((column, at) => {
    const before = columns[at - 1];
    const head = before?.type === 'day' && before.day.slice(0, 4) === year ? size.head : size.yearHead;
    if (before?.type === 'day' && before.day !== column.day)
      year = before.day.slice(0, 4);
    column.x = !before ? 0 : before.type === column.type && before.day === column.day ? before.x : before.x + (before.type === 'source' ? size.source + 1.5 : head);
    for (const parent of parents[at])
      column.x = Math.max(column.x, columns[parent.column].x + boxOf(parent) + size.line);
  });
  for (const node of walk) {
    node.x = columns[node.column].x;
    node.width = boxOf(node);
    right = Math.max(right, node.x + node.width);
  }
  return right;
}

// In rem: the width of a box, of one of a source, of a line's words, of a day's name.
const SIZE = { box: 11.5, source: 7.5, line: 5.6, head: 4, yearHead: 5.9 };

// {nodes, edges, columns, rows, width}: nodes with column, row, x and width, in reading order; edges with `main` where the order follows them.
export function layoutTree(reports, origins = [], open = new Set(), most = undefined, size = SIZE) {
  const graph = collapse(reuseGraph(reports, origins), open, most);
  const roots = [...graph.nodes.values()].filter((node) => !node.parent);
  const plain = (a, b) => arrival(a.id) - arrival(b.id);
  const first = firstDays(walkForest(roots, plain));
  const order = (a, b) => compareDays(first.get(a), first.get(b)) || Number(b.children.length > 0) - Number(a.children.length > 0)
    || arrival(a.report?.article ?? a.members?.[0].id) - arrival(b.report?.article ?? b.members?.[0].id) || (a.id < b.id ? -1 : 1);
  const walk = walkForest(roots, order), columns = giveColumns(walk), rows = giveRows(walk), width = giveX(walk, columns, size);
  const edges = [...graph.edges.values()].map((edge) => ({ ...edge, main: graph.nodes.get(edge.to).edge === edge || graph.nodes.get(edge.to).edge?.from === edge.from }));
  return { nodes: walk, edges, columns, rows, width };
}

// The forest as a list of {node, depth}, for tables and for those who hear it.
export function listTree(layout) {
  const depth = new Map();
  return layout.nodes.map((node) => {
    depth.set(node, node.parent ? depth.get(node.parent) + 1 : 0);
    return { node, depth: depth.get(node) };
  });
}
