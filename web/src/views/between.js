// What happened between two actors: their timeline, and the same as a dated and quoted list that can be printed and taken along.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { articleAddress, eventAddress, filtersOf, firstQuestion } from '../address.js';
import { useAnswer } from '../api.js';
import { FilterBar, Suggest } from '../filterbar.js';
import { html } from '../html.js';
import { day, langOf, list, number, t } from '../i18n.js';
import { drawRelation } from '../relation_drawing.js';
import { go, withQuery } from '../router.js';
import { pan, placeInTime, wholeView, zoom } from '../time_axis.js';
import { Answer, Empty, Head, Headline, OutsideLink, publisherOf, SourceChain } from '../ui.js';
import { Exports } from './between_exports.js';

const KINDS = ['place', 'person', 'organization'];
const FIELDS = ['since', 'until', 'publisher', 'lang'];

export function Between({ route }) {
  const { one, other } = route.query;
  const answer = useAnswer(firstQuestion(route));
  const title = one && other ? t('between.of', { one, other }) : t('between.title');
  const change = (changes) => go(withQuery(changes), { way: 'same', replace: Object.keys(changes).every((key) => FIELDS.includes(key)) });
  return html`<${Head} title=${title} kicker=${t('between.kicker')} />
    <form class="actors" onSubmit=${(event) => event.preventDefault()}>
      <${Suggest} of=${KINDS} name="one" label=${t('between.one')} value=${one || ''} onChange=${change} />
      <${Suggest} of=${KINDS} name="other" label=${t('between.other')} value=${other || ''} onChange=${change} />
      ${one && other && html`<button type="button" onClick=${() => go(withQuery({ one: other, other: one }), { replace: true })} title=${t('between.swap')}><span aria-hidden="true">⇄</span><span class="unseen">${t('between.swap')}</span></button>`}
    </form>
    ${one && other ? html`<${FilterBar} query=${route.query} fields=${FIELDS} onChange=${change} />
      <${Answer} answer=${answer}>${(told) => html`<${Relation} told=${told} query=${route.query} />`}<//>`
      : html`<${Empty} title=${t('between.emptyTitle')}><p>${t('between.emptyText')}</p><//>`}`;
}

function Relation({ told, query }) {
  const { placed, undated } = useMemo(() => placeInTime(told.events), [told]);
  if (told.events.length === 0) return html`<${Actors} actors=${told.actors} /><${Empty} title=${t('between.nothingTitle')}><p>${t('between.nothingText')}</p><//>`;
  return html`<${Actors} actors=${told.actors} />
    <${Plot} placed=${placed} />
    <${Exports} told=${told} placed=${placed} query=${query} />
    <${Years} placed=${placed} undated=${undated} />
    <p class="print-note">${t('between.printNote', { day: day(new Date().toISOString().slice(0, 10)), n: told.events.length })}</p>`;
}

// The names of the store that were taken to be meant.
function Actors({ actors }) {
  return html`<ul class="actors-meant">${actors.map((actor) => html`<li><span class="quiet">${t('between.takenAs', { asked: actor.asked })}</span> ${
    actor.names.length === 0 ? html`<i>${t('between.noName')}</i>` : actor.names.slice(0, 8).map((name, at) => html`${at > 0 && ', '}<b>${name.name}</b> <span class="count">${number(name.articles)}</span>`)}${
    actor.names.length > 8 && ` … (${number(actor.names.length)})`}</li>`)}</ul>`;
}

// ---- the drawing ----

export function writeTick(iso, unit) {
  return unit === 'year' ? iso.slice(0, 4) : day(unit === 'month' ? iso.slice(0, 7) : iso, 'medium');
}

function Plot({ placed }) {
  const box = useRef(null), [width, setWidth] = useState(0), drag = useRef(null);
  const whole = useMemo(() => wholeView(placed), [placed]), [view, setView] = useState(whole);
  useEffect(() => setView(whole), [whole]);
  useEffect(() => {
    const watch = new ResizeObserver(([entry]) => setWidth(Math.floor(entry.contentRect.width)));
    watch.observe(box.current);
    return () => watch.disconnect();
  }, []);
  const drawing = useMemo(() => (width ? drawRelation(placed, view, width, writeTick) : null), [placed, view, width]);
  const keys = (event) => {
    const act = { '+': 0.5, '=': 0.5, '-': 2, '−': 2 }[event.key], step = { ArrowLeft: -0.25, ArrowRight: 0.25 }[event.key];
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('button')) return;
    if (act) setView(zoom(view, whole, act));
    else if (step) setView(pan(view, whole, step));
    else if (event.key === '0' || event.key === 'Home') setView(whole);
    else return;
    event.preventDefault();
  };
  const down = (event) => { if (event.button === 0) drag.current = { x: event.clientX, view, far: false }; };
  const move = (event) => {
    if (!drag.current || event.buttons === 0) return;
    const by = event.clientX - drag.current.x;
    if (Math.abs(by) > 4 && !drag.current.far) {
      drag.current.far = true;
      event.currentTarget.setPointerCapture(event.pointerId);
    }
    if (drag.current.far) setView(pan(drag.current.view, whole, -by / width));
  };
  const click = (event) => {
    if (drag.current?.far) event.preventDefault();
    drag.current = null;
  };
  const all = view.to - view.from >= whole.to - whole.from - 0.5;
  return html`<div class="relation" onKeyDown=${keys}>
    <div class="relation-tools"><span class="quiet">${t('between.plotNote')}</span>
      <span class="relation-buttons"><button type="button" class="tool" aria-label=${t('between.closer')} title=${t('between.closer')} onClick=${() => setView(zoom(view, whole, 0.5))}>+</button>
      <button type="button" class="tool" disabled=${all} aria-label=${t('between.farther')} title=${t('between.farther')} onClick=${() => setView(zoom(view, whole, 2))}>−</button>
      <button type="button" class="tool" disabled=${all} onClick=${() => setView(whole)}>${t('between.whole')}</button></span></div>
    <div class="relation-plot" ref=${box} tabindex="0" role="group" aria-label=${t('between.plotLabel', { n: placed.length })} onPointerDown=${down} onPointerMove=${move} onClickCapture=${click}>
      ${drawing && html`<svg width=${drawing.width} height=${drawing.height} viewBox="0 0 ${drawing.width} ${drawing.height}">${drawing.shapes.map((shape, at) => html`<${Shape} key=${at} shape=${shape} />`)}</svg>`}
    </div></div>`;
}

function Shape({ shape }) {
  const { tag: Tag, cls, attrs, text, dot } = shape;
  const inner = html`<${Tag} class="r-${cls.replace(/ /g, ' r-')}" ...${attrs}>${text}<//>`;
  if (!dot) return inner;
  const names = dot.items.slice(0, 5).map(({ event, from }) => `${event.date || event.firstReport ? day(event.date || event.firstReport, 'medium') : from}: ${event.headline}`).join('\n');
  const tab = Tag === 'circle' ? undefined : -1;
  return html`<a href="#${dot.items[0].event.event}" tabindex=${tab} aria-hidden=${tab === -1 ? 'true' : undefined} aria-label=${names}><title>${names}</title>${inner}</a>`;
}

// ---- the list ----

function Years({ placed, undated }) {
  const years = new Map();
  for (const one of placed) {
    const year = (one.event.date || one.event.firstReport).slice(0, 4);
    if (!years.has(year)) years.set(year, []);
    years.get(year).push(one);
  }
  return html`<div class="relation-list">${[...years].map(([year, items]) => html`<section key=${year} class="year"><h2>${year}</h2>
      <ol>${items.map((one) => html`<${Entry} key=${one.event.event} one=${one} />`)}</ol></section>`)}
    ${undated.length > 0 && html`<section class="year"><h2>${t('date.none')}</h2><ol>${undated.map((one) => html`<${Entry} key=${one.event.event} one=${one} />`)}</ol></section>`}</div>`;
}

function Entry({ one }) {
  const { event } = one, { quoted } = event;
  return html`<li class="entry" id=${event.event} tabindex="-1" data-row>
    <p class="entry-day">${event.date ? html`<time datetime=${event.date}>${day(event.date)}</time>`
      : event.firstReport ? html`<time datetime=${event.firstReport}>${day(event.firstReport)}</time> <span class="date-how">${t('between.firstReport')}</span>`
        : html`<span class="date-none">${t('date.none')}</span>`}</p>
    <div class="entry-main"><p><${Headline} text=${event.headline} lang=${quoted?.inLanguage} href=${eventAddress(event.event)} row=${true} /></p>
      ${quoted && html`<blockquote class="entry-quote" lang=${langOf(quoted.inLanguage) || undefined} cite=${quoted.url || undefined}>${quoted.text}</blockquote>
        <p class="entry-source"><a class="cite" href=${articleAddress(quoted.article, quoted.start, quoted.end)}>${publisherOf(quoted)}</a>, ${quoted.dateInferred ? day(quoted.dateInferred, 'medium') : t('date.none')}${
          quoted.dateConflict && html` <span class="date-how conflict">${t('date.conflict')}</span>`} ${quoted.sources?.length > 0 && html`<${SourceChain} sources=${quoted.sources} />`}
          <${OutsideLink} url=${quoted.url} /><span class="print-only"> ${quoted.url || quoted.file}</span></p>`}
      <p class="entry-counts quiet">${t('count.reports', { n: event.articles })}, ${t('count.origins', { n: event.origins.length })}${event.origins.length > 0 && `: ${list(event.origins.slice(0, 5))}`}${
        event.reportsOfBoth < event.articles && ` · ${t('between.reportsOfBoth', { n: event.reportsOfBoth })}`}</p></div></li>`;
}
