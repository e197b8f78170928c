// A timeline to scan and zoom: columns of reports by day, own reports below, copies above them. What it shows is
// also in the list that stands under it, so for a screen reader it is one picture with a description and buttons.
import { useEffect, useRef, useState } from 'preact/hooks';
import { dayOfNumber } from './dates.js';
import { format } from './formats.js';
import { html } from './html.js';
import { day, locale, number, span, t } from './i18n.js';
import { go } from './router.js';
import { columnsOf, moved, ranged, ticks, wholeRange, zoomed } from './volume.js';

const HEIGHT = 92, AXIS = 18, COLUMN = 7;

// `items`: [{day (number or null), count, copies, label, href}]; `range` {from, to} in day numbers or null for all;
// `onRange(range or null)`; `label` names it.
export function Timeline({ items, range, onRange, label }) {
  const box = useRef(null), [width, setWidth] = useState(0), [drag, setDrag] = useState(null);
  const days = items.map((item) => item.day);
  const whole = wholeRange(days);
  useEffect(() => {
    if (!box.current) return undefined;
    const watch = new ResizeObserver(([entry]) => setWidth(Math.round(entry.contentRect.width)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, [Boolean(whole)]);
  if (!whole) return null;

  const shown = range || whole;
  const set = (next) => onRange(next.to - next.from >= whole.to - whole.from - 0.5 ? null : { from: Math.floor(next.from), to: Math.ceil(next.to) });
  const middle = (shown.from + shown.to) / 2, size = shown.to - shown.from;
  const dayAt = (event) => {
    const rect = box.current.getBoundingClientRect();
    return shown.from + Math.max(0, Math.min(1, (event.clientX - rect.left) / rect.width)) * size;
  };
  const down = (event) => {
    if (event.button !== 0 || !event.isPrimary) return;
    setDrag({ from: dayAt(event), to: dayAt(event), x: event.clientX, id: event.pointerId });
  };
  const move = (event) => {
    if (!drag) return;
    if (Math.abs(event.clientX - drag.x) > 4) event.currentTarget.setPointerCapture(drag.id);
    setDrag({ ...drag, to: dayAt(event), far: drag.far || Math.abs(event.clientX - drag.x) > 4 });
  };
  const up = () => {
    if (drag?.far) set(ranged(drag.from, drag.to, whole));
    setDrag(null);
  };
  const keys = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowLeft: -0.25, ArrowRight: 0.25 }[event.key];
    if (by && range) set(moved(shown, by * size, whole));
    else if (event.key in acts) acts[event.key]();
    else return;
    event.preventDefault();
  };
  const closer = () => set(zoomed(shown, 0.5, middle, whole));
  const farther = () => set(zoomed(shown, 2, middle, whole));
  const reset = () => onRange(null);
  const acts = { '+': closer, '=': closer, '-': farther, '−': farther, 0: reset, Home: reset };

  const columns = columnsOf(items, shown, Math.max(1, Math.floor(width / COLUMN)));
  const most = Math.max(1, ...columns.map((column) => column.count));
  const reports = columns.reduce((sum, column) => sum + column.count, 0);
  const events = columns.reduce((sum, column) => sum + column.items.length, 0);
  const period = span(dayOfNumber(Math.floor(shown.from)), dayOfNumber(Math.ceil(shown.to) - 1));
  const words = t('plot.timeline', { period, events: t('count.events', { n: events }), reports: t('count.reports', { n: reports }) });
  return html`<section class="timeline" aria-label=${label} onKeyDown=${keys}>
    <div class="timeline-plot" ref=${box} role="img" aria-label=${words} onPointerDown=${down} onPointerMove=${move} onPointerUp=${up} onPointerCancel=${() => setDrag(null)}>
      ${width > 0 && html`<svg width=${width} height=${HEIGHT + AXIS} viewBox="0 0 ${width} ${HEIGHT + AXIS}" aria-hidden="true">
        ${ticks(shown, Math.max(2, Math.floor(width / 80))).map((mark) => html`<${Tick} mark=${mark} x=${((mark.day - shown.from) / size) * width} width=${width} shown=${shown} />`)}
        <line class="timeline-base" x1="0" x2=${width} y1=${HEIGHT} y2=${HEIGHT} />
        ${columns.map((column) => html`<${Column} key=${column.at} column=${column} most=${most} dragged=${drag?.far} x=${(width / Math.max(1, Math.floor(width / COLUMN))) * column.at} />`)}
        ${drag?.far && html`<rect class="timeline-drag" y="0" height=${HEIGHT} x=${((Math.min(drag.from, drag.to) - shown.from) / size) * width} width=${(Math.abs(drag.to - drag.from) / size) * width} />`}
      </svg>`}
    </div>
    <div class="timeline-foot">
      <p class="timeline-words"><span class="num">${period}</span> · ${t('count.events', { n: events })} · ${t('count.reports', { n: reports })}
        <span class="legend"><span class="legend-own" aria-hidden="true"></span>${t('plot.own')} <span class="legend-copy" aria-hidden="true"></span>${t('plot.copies')}</span></p>
      <div class="timeline-tools" role="group" aria-label=${t('plot.tools')}>
        <button type="button" class="tool" data-zoom="in" aria-label=${t('plot.closer')} title=${t('plot.closer')} disabled=${size <= 5} onClick=${closer}>+</button>
        <button type="button" class="tool" data-zoom="out" aria-label=${t('plot.farther')} title=${t('plot.farther')} disabled=${!range} onClick=${farther}>−</button>
        <button type="button" class="tool" data-zoom="left" aria-label=${t('plot.earlier')} title=${t('plot.earlier')} disabled=${!range || shown.from <= whole.from} onClick=${() => set(moved(shown, -size / 2, whole))}>←</button>
        <button type="button" class="tool" data-zoom="right" aria-label=${t('plot.later')} title=${t('plot.later')} disabled=${!range || shown.to >= whole.to} onClick=${() => set(moved(shown, size / 2, whole))}>→</button>
        <button type="button" class="tool" data-zoom="all" disabled=${!range} onClick=${reset}>${t('plot.all')}</button>
      </div>
    </div>
  </section>`;
}

function Column({ column, most, x, dragged }) {
  const scale = (HEIGHT - 10) / most;
  const copies = column.items.reduce((sum, item) => sum + (item.copies || 0), 0), own = column.count - copies;
  const high = Math.max(3, own * scale);
  const first = column.items[0];
  const title = column.items.slice(0, 6).map((item) => `${day(dayOfNumber(item.day), 'medium')}: ${item.label}`).join('\n') + (column.items.length > 6 ? `\n+ ${number(column.items.length - 6)}` : '');
  return html`<g class="timeline-column" onClick=${() => { if (!dragged) go(first.href, { way: 'hash' }); }}><title>${title}</title>
    <rect class="timeline-hit" x=${x} width=${COLUMN} y="0" height=${HEIGHT} />
    <rect class="timeline-own" x=${x + 0.5} width=${COLUMN - 1.5} y=${HEIGHT - high} height=${high} />
    ${copies > 0 && html`<rect class="timeline-copies" x=${x + 0.5} width=${COLUMN - 1.5} y=${HEIGHT - high - copies * scale} height=${copies * scale} />`}</g>`;
}

function Tick({ mark, x, width, shown }) {
  if (x > width - 26) return null;
  const long = shown.to - shown.from > 365 || mark.unit === 'year';
  const text = mark.unit === 'year' ? day(dayOfNumber(mark.day).slice(0, 4))
    : mark.unit === 'month' ? format(Intl.DateTimeFormat, locale(), { month: 'short', timeZone: 'UTC', ...(long ? { year: '2-digit' } : {}) }).format(mark.day * 86400000)
      : day(dayOfNumber(mark.day), 'short');
  return html`<g class=${mark.unit === 'year' ? 'tick tick-year' : 'tick'}><line x1=${x} x2=${x} y1="0" y2=${HEIGHT + 4} /><text x=${x + 3} y=${HEIGHT + 14}>${text}</text></g>`;
}
