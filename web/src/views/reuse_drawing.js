// The reuse tree of an event, drawn: boxes are links on a grid, the lines between them SVG in the same measure (rem), so that all of it
// grows with the reader's text size. The list beside it tells the same for small screens and for those who listen.
import { useMemo, useState } from 'preact/hooks';
import { address, articleAddress } from '../address.js';
import { html } from '../html.js';
import { day, langOf, list, percent, span, t } from '../i18n.js';
import { layoutTree, listTree } from '../reuse_tree.js';
import { Headline, Languages, Publisher, publisherOf } from '../ui.js';
import { DayOf, reasonText, usePrinting, Why } from './report_parts.js';

const HEIGHT = 4.7, DOWN = 0.8, TOP = 2.4, LINE = 5.6; // of a box, between boxes, above them, of a line's words; in rem
const UNIT = 16; // the SVG's units in a rem

const top = (row) => TOP + row * (HEIGHT + DOWN);

export function ReuseTree({ event, picked, onPick, narrow }) {
  const [open, setOpen] = useState(() => new Set());
  const [asList, setAsList] = useState(null);
  const layout = useMemo(() => layoutTree(event.reports, event.origins, open), [event, open]);
  const byName = useMemo(() => new Map(event.reports.map((report) => [report.article, report])), [event]);
  const printing = usePrinting(), listed = (asList ?? narrow) || printing; // no paper is wide enough for a drawing
  const show = (id) => setOpen(new Set([...open, id]));
  return html`<div class="reuse-tree">
    <div class="section-tools">
      <div class="segmented" role="group" aria-label=${t('event.shownAs')}>
        <button type="button" aria-pressed=${listed ? 'false' : 'true'} onClick=${() => setAsList(false)}>${t('event.drawing')}</button>
        <button type="button" aria-pressed=${listed ? 'true' : 'false'} onClick=${() => setAsList(true)}>${t('event.list')}</button>
      </div>
      ${open.size > 0 && html`<button type="button" class="plain" onClick=${() => setOpen(new Set())}>${t('event.foldAlike')}</button>`}
    </div>
    ${listed ? html`<${TreeList} layout=${layout} byName=${byName} picked=${picked} onPick=${onPick} onShow=${show} />`
      : html`<${Drawing} layout=${layout} byName=${byName} picked=${picked} onPick=${onPick} onShow=${show} /><${LineKey} layout=${layout} />`}
  </div>`;
}

// ---- the drawing ----

function Drawing({ layout, byName, picked, onPick, onShow }) {
  const [lit, setLit] = useState(null);
  const { width } = layout, height = top(layout.rows) - DOWN + 0.4;
  const places = new Map(layout.nodes.map((node) => [node.id, node]));
  const path = lit ? pathOf(lit) : null;
  return html`<div class="drawing-frame" role="group" aria-label=${t('event.drawingLabel')} tabindex="0">
    <div class=${path ? 'drawing has-lit' : 'drawing'} style=${{ width: `${width}rem`, height: `${height}rem` }} onMouseLeave=${() => setLit(null)}>
      <${Days} layout=${layout} height=${height} />
      <svg class="drawing-lines" width="${width}rem" height="${height}rem" viewBox="0 0 ${width * UNIT} ${height * UNIT}" aria-hidden="true">
        ${layout.edges.map((edge) => html`<${Line} key=${`${edge.from} ${edge.to}`} edge=${edge} from=${places.get(edge.from)} to=${places.get(edge.to)}
          lit=${path && edge.main && path.has(edge.to)} />`)}
      </svg>
      ${layout.edges.filter((edge) => edge.main).map((edge) => html`<${LineWords} key=${`w ${edge.from} ${edge.to}`} edge=${edge} from=${places.get(edge.from)}
        to=${places.get(edge.to)} byName=${byName} />`)}
      ${layout.nodes.map((node) => html`<${Box} key=${node.id} node=${node} byName=${byName} picked=${picked} onPick=${onPick} onShow=${onShow}
        lit=${path?.has(node.id)} onLit=${() => setLit(node)} />`)}
    </div></div>`;
}

// A node and all that it has its text from.
function pathOf(node) {
  const path = new Set();
  for (let up = node; up && !path.has(up.id); up = up.parent) path.add(up.id);
  return path;
}

// The day over its columns, with a rule where the next begins.
function Days({ layout, height }) {
  const heads = [];
  layout.columns.forEach((column, at) => {
    const last = heads[heads.length - 1];
    if (!last || last.type !== column.type || last.day !== column.day) heads.push({ ...column, at });
  });
  return heads.map((head, at) => html`<div class="drawing-day drawing-${head.type}" key=${head.at} style=${{ left: `${head.x}rem`, height: `${height}rem` }}><span>${
    head.type === 'day' ? day(head.day, sameYear(head, heads[at - 1]) ? 'short' : 'medium') : t(`event.column_${head.type}`)}</span></div>`);
}

function sameYear(head, before) {
  return before?.type === 'day' && before.day.slice(0, 4) === head.day.slice(0, 4) && head.day.length === 10;
}

// From the right edge of one box to the left one of another: straight, or down and on, with round corners.
function pathBetween(from, to) {
  const x1 = (from.x + from.width) * UNIT, y1 = (top(from.row) + HEIGHT / 2) * UNIT;
  const x2 = to.x * UNIT - 5, y2 = (top(to.row) + HEIGHT / 2) * UNIT;
  if (from.row === to.row && x2 > x1) return `M${x1} ${y1}H${x2}`;
  if (x2 > x1) {
    const turn = x1 + 14, sign = y2 > y1 ? 1 : -1, round = 7;
    return `M${x1} ${y1}H${turn - round}Q${turn} ${y1} ${turn} ${y1 + round * sign}V${y2 - round * sign}Q${turn} ${y2} ${turn + round} ${y2}H${x2}`;
  }
  const bend = 40 + Math.abs(x1 - x2) / 6; // to a column on the left, or the same one
  return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
}

function Line({ edge, from, to, lit }) {
  if (!from || !to) return null;
  const x = to.x * UNIT, y = (top(to.row) + HEIGHT / 2) * UNIT;
  return html`<g class="line line-${edge.kind} ${edge.main ? '' : 'line-aside'} ${lit ? 'lit' : ''}"><path d=${pathBetween(from, to)} fill="none" />
    <path class="line-head" d="M${x - 8} ${y - 4.5}L${x} ${y}L${x - 8} ${y + 4.5}Z" /></g>`;
}

// What a line says, over and under it just before the box that it leads to.
function LineWords({ edge, from, to, byName }) {
  if (!from || !to || to.x <= from.x) return null;
  const place = { left: `${to.x - LINE + 1}rem`, top: `${top(to.row)}rem`, width: `${LINE - 1.45}rem`, height: `${HEIGHT}rem` };
  const words = html`<span class="line-kind">${t(`event.line_${edge.kind}`)}</span><span class="line-share">${
    edge.share !== null && edge.share !== undefined ? `${to.type === 'group' ? '≥ ' : ''}${percent(edge.share)}` : ''}</span>`;
  const linked = from.type === 'report' && to.type === 'report' && edge.kind !== 'credit';
  return linked
    ? html`<a class="line-words" style=${place} href=${address('compare', null, { a: from.id, b: to.id })}
        title=${edge.why ? reasonText(edge.why) : undefined}>${words} <span class="unseen">${t('event.compareThese', { a: publisherOf(byName.get(from.id)), b: publisherOf(byName.get(to.id)) })}</span></a>`
    : html`<span class="line-words" style=${place} aria-hidden="true" title=${t('event.statedBy', { outlets: namesOf(edge.by, byName) })}>${words}</span>`;
}

function namesOf(articles, byName) {
  const names = [...new Set(articles.slice(0, 6).map((name) => (byName.has(name) ? publisherOf(byName.get(name)) : name)))];
  return list(names) + (articles.length > 6 ? ' …' : '');
}

function Box({ node, byName, picked, onPick, onShow, lit, onLit }) {
  const place = { left: `${node.x}rem`, top: `${top(node.row)}rem`, width: `${node.width}rem`, height: `${HEIGHT}rem` };
  const kind = `box box-${node.type} ${node.origin ? 'box-origin' : ''} ${lit ? 'lit' : ''} ${picked.includes(node.id) ? 'picked' : ''}`;
  if (node.type === 'source') {
    return html`<div class=${kind} style=${place} onMouseEnter=${onLit}><span class="box-outlet">${node.label}</span>
      <span class="box-note">${node.origin ? t('event.isOriginOutside') : t('event.isOutside')}</span></div>`;
  }
  if (node.type === 'group') {
    return html`<button type="button" class=${kind} style=${place} onClick=${() => onShow(node.id)} onMouseEnter=${onLit}>
      <span class="box-outlet">${groupWords(node)}</span><span class="box-days">${daysOf(node)}</span><span class="box-note">${t('event.showThem')}</span></button>`;
  }
  const { report } = node;
  return html`<div class=${kind} style=${place} onMouseEnter=${onLit} onFocusIn=${onLit} data-row>
    <a class="box-link" href=${articleAddress(report.article)} data-row-link>
      <span class="box-outlet">${publisherOf(report)}</span>
      <span class="box-headline" lang=${langOf(report.inLanguage) || undefined}>${report.headline || t('ui.noHeadline')}</span>
      <span class="box-note">${report.dateInferred ? day(report.dateInferred, 'medium') : t('date.none')} · ${report.inLanguage || 'und'}${node.origin && html` · <span class="box-tag">${t('event.origin')}</span>`}</span>
      <span class="unseen">${describe(node, byName)}</span>
    </a><${Pick} report=${report} picked=${picked} onPick=${onPick} /></div>`;
}

export function Pick({ report, picked, onPick }) {
  return html`<label class="pick" title=${t('event.pick')}><input type="checkbox" checked=${picked.includes(report.article)}
    onChange=${() => onPick(report.article)} aria-label=${t('event.pickOne', { outlet: publisherOf(report), name: report.article })} /></label>`;
}

function groupWords(node) {
  const kind = node.edge ? node.edge.kind : 'alone';
  return t(`event.group_${kind}`, { n: node.members.length });
}

function daysOf(node) {
  const days = node.members.map((member) => member.day).filter(Boolean);
  return days.length ? span(days[0], days[days.length - 1], 'medium') : t('date.none');
}

// What the lines to a box say, for those who cannot see them.
function describe(node, byName) {
  const { report, edge, parent } = node, parts = [];
  if (edge && edge.kind !== 'credit') {
    const from = byName.get(parent.id);
    parts.push(t(`reuse.${edge.kind}`, { from: from ? publisherOf(from) : parent.id, share: percent(edge.share) }));
  }
  if (report.sources?.length) parts.push(t('event.namesSources', { sources: list(report.sources) }));
  return parts.join('; ');
}

function LineKey({ layout }) {
  const kinds = ['reprint', 'rewrite', 'translation', 'credit'].filter((kind) => layout.edges.some((edge) => edge.kind === kind));
  if (kinds.length === 0) return html`<p class="quiet line-key">${t('event.noReuse')}</p>`;
  return html`<ul class="line-key">${kinds.map((kind) => html`<li key=${kind}><svg width="2.75rem" height="0.75rem" viewBox="0 0 44 12" aria-hidden="true"><g
    class="line line-${kind}"><path d="M0 6H37" fill="none" /><path class="line-head" d="M36 1.5L44 6L36 10.5Z" /></g></svg> ${t(`event.key_${kind}`)}</li>`)}</ul>`;
}

// ---- the list ----

function TreeList({ layout, byName, picked, onPick, onShow }) {
  return html`<ul class="tree reuse-list">${listTree(layout).map(({ node, depth }) => html`<li key=${node.id} class="tree-${Math.min(depth, 4)}">
    <${ListLine} node=${node} byName=${byName} picked=${picked} onPick=${onPick} onShow=${onShow} /></li>`)}</ul>`;
}

function ListLine({ node, byName, picked, onPick, onShow }) {
  if (node.type === 'source')
    return html`<div class="report list-source"><b>${node.label}</b> <span class="quiet">${node.origin ? t('event.isOriginOutside') : t('event.isOutside')}</span></div>`;
  if (node.type === 'group')
    return html`<div class="report"><button type="button" onClick=${() => onShow(node.id)}>${groupWords(node)} · ${t('event.showThem')}</button></div>`;
  const { report, edge, parent } = node;
  return html`<div class="report" data-row>
    <p class="report-line"><${Pick} report=${report} picked=${picked} onPick=${onPick} /><${Publisher} report=${report} /> <${DayOf} report=${report} /> <${Languages}
      tags=${[report.inLanguage || 'und']} />${node.origin && html` <span class="badge badge-origin">${t('event.origin')}</span>`}</p>
    <p class="report-headline"><${Headline} text=${report.headline} lang=${report.inLanguage} href=${articleAddress(report.article)} row=${true} /></p>
    ${edge && edge.kind !== 'credit' && html`<p class="report-notes"><a class="reuse" href=${address('compare', null, { a: parent.id, b: report.article })}>${
      t(`reuse.${edge.kind}`, { from: byName.has(parent.id) ? publisherOf(byName.get(parent.id)) : parent.id, share: percent(edge.share) })}</a> <${Why} text=${edge.why} /></p>`}
    ${report.sources?.length > 0 && html`<p class="report-notes quiet">${t('event.namesSources', { sources: list(report.sources) })}</p>`}
  </div>`;
}
