// Orders of reports. Pure.

// Reports as lines of a tree, [{report, depth}]: each follows the one whose text it took. A ring of takers (it
// cannot be, but data is data) is broken where it is met. No recursion: chains may be long.
export function treeLines(reports) {
  const known = new Set(reports.map((report) => report.article)), takers = new Map(), roots = [];
  for (const report of reports) {
    const from = report.reuse?.ofArticle;
    if (from && from !== report.article && known.has(from)) {
      if (!takers.has(from)) takers.set(from, []);
      takers.get(from).push(report);
    } else {
      roots.push(report);
    }
  }
  const lines = [], seen = new Set();
  for (const root of [...roots, ...reports]) {
    const open = [{ report: root, depth: 0 }];
    while (open.length > 0) {
      const line = open.pop();
      if (seen.has(line.report.article)) continue;
      seen.add(line.report.article);
      lines.push(line);
      for (const taker of (takers.get(line.report.article) || []).slice().reverse()) {
        open.push({ report: taker, depth: line.depth + 1 });
      }
    }
  }
  return lines;
}
