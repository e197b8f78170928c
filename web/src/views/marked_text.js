// The text of a report in lines of marked segments, the panel that explains what lies on a word, and the lines of the capture that
// were left out. One panel serves all segments: it follows the pointer, the focus and the finger.
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import { apiAddress } from '../address.js';
import { useAnswer } from '../api.js';
import { html } from '../html.js';
import { langOf, t } from '../i18n.js';
import { singleKeys } from '../keys.js';
import { linesOf, walkMarks } from '../text_marks.js';
import { announce, ErrorState, Loading } from '../ui.js';
import { Explained } from './mark_panel.js';
import { copyPassage } from './report_parts.js';

export function MarkedText({ article, placed, offsets, others, body, withDropped }) {
  const text = article.articleBody;
  const lines = useMemo(() => linesOf(text, placed), [text, placed]);
  const [shown, setShown] = useState(null); // {segment, element, held}
  const lost = useRef(0);
  useEffect(() => setShown(null), [placed]);
  useWalk(body, placed);

  const over = (event, segment) => {
    clearTimeout(lost.current);
    if (event.pointerType && event.pointerType !== 'mouse') return;
    const element = event.currentTarget;
    lost.current = setTimeout(() => setShown((was) => (was?.held ? was : { segment, element, held: false })), 140);
  };
  const out = () => {
    clearTimeout(lost.current);
    lost.current = setTimeout(() => setShown((was) => (was?.held ? was : null)), 260);
  };
  const hold = (segment, element) => {
    clearTimeout(lost.current);
    setShown({ segment, element, held: true });
  };
  const close = (back) => {
    if (back) shown?.element.focus();
    setShown(null);
  };
  const drops = useDropped(article, withDropped);
  return html`<div class="text-frame">
    ${withDropped && html`<${DroppedState} drops=${drops} />`}
    <div class="text" ref=${body} lang=${langOf(article.inLanguage) || undefined}>
      ${lines.map((line, at) => html`${drops.before(offsets.byteOfUnit(line.from), at === 0)}<${Line} key=${`l${line.from}`} line=${line} text=${text} shown=${shown} over=${over} out=${out} hold=${hold} />`)}
      ${drops.after(offsets.bytes)}
    </div>
    ${shown && html`<${Panel} shown=${shown} article=${article} others=${others} onEnter=${() => clearTimeout(lost.current)} onLeave=${out} onClose=${close} />`}
    <${CopySelection} article=${article} offsets=${offsets} body=${body} />
  </div>`;
}

function Line({ line, text, shown, over, out, hold }) {
  if (line.to === line.from) return null;
  const inside = line.segments.map((segment) => html`<${Segment} key=${segment.from} segment=${segment} text=${text} open=${shown?.segment === segment} over=${over} out=${out} hold=${hold} />`);
  return html`<p class=${text.slice(line.from, line.to).includes('\t') ? 'row' : undefined}>${inside}</p>`;
}

// Where a mark begins one can stop with the keys; the rest of it answers to the pointer only.
function Segment({ segment, text, open, over, out, hold }) {
  const words = text.slice(segment.from, segment.to);
  if (segment.marks.length === 0) return html`<span data-from=${segment.from}>${words}</span>`;
  const kinds = [...new Set(segment.marks.map((mark) => mark.kind))];
  const stop = segment.begins.length > 0;
  const keys = (event) => {
    if (event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    hold(segment, event.currentTarget);
    requestAnimationFrame(() => document.querySelector('.mark-panel a, .mark-panel button')?.focus());
  };
  const stopProps = stop ? { tabindex: 0, role: 'button', 'aria-expanded': open ? 'true' : 'false', 'aria-describedby': open ? 'mark-panel' : undefined,
    'data-mark': segment.begins.map((mark) => mark.number).join(' '), onFocus: (event) => event.currentTarget.matches(':focus-visible') && hold(segment, event.currentTarget), onKeyDown: keys } : {};
  return html`<span class="m ${kinds.map((kind) => `m-${kind}`).join(' ')} ${open ? 'm-open' : ''}" data-from=${segment.from}
    onPointerEnter=${(event) => over(event, segment)} onPointerLeave=${out} onClick=${(event) => getSelection().isCollapsed && hold(segment, event.currentTarget)} ...${stopProps}>${words}</span>`;
}

// n and p go from mark to mark.
function useWalk(body, placed) {
  const at = useRef(null);
  useEffect(() => { at.current = null; }, [placed]);
  useEffect(() => {
    const pressed = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, textarea, select, dialog')) return;
      if ((event.key !== 'n' && event.key !== 'p') || !singleKeys.get() || placed.length === 0) return;
      event.preventDefault();
      const focused = document.activeElement?.dataset?.mark;
      const mark = walkMarks(placed, focused ? Number(focused.split(' ')[event.key === 'n' ? focused.split(' ').length - 1 : 0]) : at.current, event.key === 'n');
      at.current = mark.number;
      const element = [...body.current.querySelectorAll('[data-mark]')].find((one) => one.dataset.mark.split(' ').includes(String(mark.number)));
      element?.focus();
      element?.scrollIntoView({ block: 'nearest' });
      announce(t('article.markOf', { at: placed.indexOf(mark) + 1, all: placed.length, kind: t(`article.mark_${mark.kind}`) }));
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, [placed]);
}

// Beside the words, within the window; it scrolls with the text.
function Panel({ shown, article, others, onEnter, onLeave, onClose }) {
  const panel = useRef(null);
  useLayoutEffect(() => place(shown.element, panel.current), [shown]);
  useEffect(() => {
    const pressed = (event) => {
      if (!panel.current?.contains(event.target) && !shown.element.contains(event.target)) onClose(false);
    };
    const key = (event) => { if (event.key === 'Escape') onClose(panel.current?.contains(document.activeElement)); };
    addEventListener('pointerdown', pressed);
    addEventListener('keydown', key);
    return () => {
      removeEventListener('pointerdown', pressed);
      removeEventListener('keydown', key);
    };
  }, [shown]);
  return html`<div class="mark-panel" id="mark-panel" ref=${panel} role="group" aria-label=${t('article.panel')} onPointerEnter=${onEnter} onPointerLeave=${() => !shown.held && onLeave()}>
    ${shown.segment.marks.map((mark) => html`<${Explained} key=${mark.number} mark=${mark} article=${article} others=${others} />`)}</div>`;
}

function place(element, panel) {
  if (!panel) return;
  const frame = panel.offsetParent.getBoundingClientRect(), at = element.getClientRects()[0] || element.getBoundingClientRect();
  const lowest = [...element.getClientRects()].pop() || at, size = panel.getBoundingClientRect();
  const below = innerHeight - lowest.bottom > size.height + 12 || lowest.top < size.height + 60;
  const x = Math.max(8 - frame.left, Math.min(at.left - frame.left, innerWidth - size.width - 8 - frame.left));
  panel.style.left = `${x}px`;
  panel.style.top = `${below ? lowest.bottom - frame.top + 6 : at.top - frame.top - size.height - 6}px`;
}

// ---- lines of the capture that are no part of the report ----

function useDropped(article, wanted) {
  const answer = useAnswer(wanted ? apiAddress(`/articles/${encodeURIComponent(article.article)}/lines`) : null);
  const lines = wanted ? answer.data?.lines : null;
  const next = { at: 0 };
  const take = (byte, most) => {
    const out = [];
    while (lines && next.at < lines.length && lines[next.at].at <= byte && out.length < most) out.push(lines[next.at++]);
    return out.map((line, at) => html`<${DroppedLine} key=${`d${byte} ${at}`} line=${line} />`);
  };
  return { ...answer, lines, wanted, before: (byte) => take(byte, Infinity), after: () => take(Infinity, Infinity) };
}

function DroppedLine({ line }) {
  const words = t(`article.role_${line.role}`);
  return html`<p class="dropped"><span class="dropped-role" title=${line.why || undefined}>${words.startsWith('article.') ? line.role : words}</span> <span class="dropped-text">${line.text}</span>${
    line.why && html` <span class="says" lang="en">${line.why}</span>`}</p>`;
}

function DroppedState({ drops }) {
  if (drops.problem) return html`<${ErrorState} problem=${drops.problem} again=${drops.again} />`;
  if (!drops.data) return html`<${Loading} />`;
  return html`<p class="dropped-note" role="status">${drops.lines ? t('article.droppedCount', { n: drops.lines.length }) : t('article.droppedUnknown')}</p>`;
}

// ---- a link to what is selected ----

function CopySelection({ article, offsets, body }) {
  const [range, setRange] = useState(null);
  useEffect(() => {
    const changed = () => setRange(selectedRange(body.current, offsets));
    document.addEventListener('selectionchange', changed);
    return () => document.removeEventListener('selectionchange', changed);
  }, [offsets]);
  if (!range) return null;
  return html`<div class="selection-bar"><button type="button" onMouseDown=${(event) => event.preventDefault()} onClick=${() => copyPassage(article, range)}>${t('article.copySelection')}</button></div>`;
}

// The bytes that are selected, where both ends lie in the text.
function selectedRange(body, offsets) {
  const selection = getSelection();
  if (!body || !selection || selection.isCollapsed) return null;
  const units = [[selection.anchorNode, selection.anchorOffset], [selection.focusNode, selection.focusOffset]].map(([node, at]) => {
    const segment = node?.nodeType === 3 && body.contains(node) ? node.parentElement.closest('[data-from]') : null;
    return segment ? Number(segment.dataset.from) + at : null;
  });
  if (units.includes(null)) return null;
  const [start, end] = units.sort((a, b) => a - b).map(offsets.byteOfUnit);
  return start < end ? { start, end } : null;
}
