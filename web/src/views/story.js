// One story: its events in order of time, over a timeline.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { apiAddress, eventAddress, firstQuestion } from '../address.js';
import { useAnswer } from '../api.js';
import { dayNumber, dayOfNumber } from '../dates.js';
import { html } from '../html.js';
import { day, span, t } from '../i18n.js';
import { useNews } from '../news.js';
import { go, withQuery } from '../router.js';
import { Timeline } from '../timeline.js';
import { treeLines } from '../tree.js';
import { announce, Answer, Badge, Head, Headline, Languages, OriginsLine, ReportLine } from '../ui.js';

const EVENTS_SHOWN = 60, REPORTS_SHOWN = 8;

export function Story({ route }) {
  const answer = useAnswer(firstQuestion(route));
  const fresh = useFresh(answer.data);
  useNews((kind, data) => {
    if (kind === 'stories' && data.stories?.includes(route.name)) answer.again();
  });
  return html`<${Answer} answer=${answer} head>${(story) => html`<${Told} story=${story} route=${route} fresh=${fresh} />`}<//>`;
}

// The articles that were not there when the story was first drawn: they light up, and are announced.
function useFresh(story) {
  const known = useRef(null), [fresh, set] = useState(new Set());
  useEffect(() => {
    if (!story) return;
    const reports = story.events.flatMap((event) => event.reports);
    if (known.current) {
      const added = reports.filter((report) => !known.current.has(report.article));
      if (added.length > 0) {
        set(new Set(added.map((report) => report.article)));
        announce(t('story.new', { n: added.length, headline: added[0].headline || t('ui.noHeadline') }));
      }
    }
    known.current = new Set(reports.map((report) => report.article));
  }, [story]);
  return fresh;
}

function Told({ story, route, fresh }) {
  const items = useMemo(() => story.events.map(itemOf), [story]);
  const range = rangeOf(route.query);
  const setRange = (next) => go(withQuery({ from: next ? dayOfNumber(next.from) : '', to: next ? dayOfNumber(next.to - 1) : '' }), { replace: true });
  const events = range ? story.events.filter((event) => inRange(event, range)) : story.events;
  const counts = countsOf(story);
  const arrived = useRef(false);
  useEffect(() => {
    if (arrived.current || !route.hash) return;
    arrived.current = true;
    document.getElementById(route.hash)?.scrollIntoView();
  }, []);
  return html`
    <${Head} title=${counts.headline} lang=${counts.lang} kicker=${html`<a href="/stories">${t('stories.title')}</a> <span aria-hidden="true">/</span> ${route.name}`}
      actions=${html`<a href=${apiAddress(`/stories/${encodeURIComponent(route.name)}/atom`)} type="application/atom+xml">${t('ui.atom')}</a>
        <a href=${firstQuestion(route)} type="application/json">JSON</a> <${Languages} tags=${counts.languages} />`}>
      <p class="standfirst">${summary(counts)}</p>
    <//>
    ${items.length > 1 && html`<${Timeline} items=${items} range=${range} onRange=${setRange} label=${t('story.timeline')} />`}
    ${range && html`<p class="range-note" role="status">${t('story.within', { n: events.length, all: story.events.length })} <button type="button" class="plain"
      onClick=${() => setRange(null)}>${t('story.showAll')}</button></p>`}
    <${Events} events=${events} fresh=${fresh} hash=${route.hash} />`;
}

function itemOf(event) {
  return {
    day: dayNumber(event.date), count: event.articles, copies: event.reports.filter((report) => report.reuse).length,
    label: event.headline || '', href: `#${event.event}`,
  };
}

function rangeOf({ from, to }) {
  const first = dayNumber(from), last = dayNumber(to);
  return first !== null && last !== null && first <= last ? { from: first, to: last + 1 } : null;
}

function inRange(event, range) {
  const at = dayNumber(event.date);
  return at !== null && at >= range.from && at < range.to;
}

function countsOf(story) {
  const { events } = story, dated = events.map((event) => event.date).filter(Boolean).sort();
  const reports = events.flatMap((event) => event.reports);
  const last = events[events.length - 1];
  const headline = story.headline ?? last?.headline;
  return {
    headline: headline || t('ui.noHeadline'),
    lang: reports.find((report) => report.headline === headline)?.inLanguage,
    first: story.firstDate ?? dated[0], last: story.lastDate ?? dated[dated.length - 1],
    events: events.length, reports: reports.length,
    outlets: new Set(reports.map((report) => report.publisher).filter(Boolean)).size,
    origins: Number.isInteger(story.origins) ? story.origins : new Set(events.flatMap((event) => event.origins || [])).size,
    disagreements: Number.isInteger(story.disagreements) ? story.disagreements : events.reduce((sum, event) => sum + (event.disagreements || 0), 0),
    languages: story.languages || [...new Set(reports.map((report) => report.inLanguage).filter(Boolean))],
  };
}

function summary({ first, last, events, reports, outlets, origins, disagreements }) {
  const parts = [t('count.events', { n: events }), t('count.reports', { n: reports }), t('count.outlets', { n: outlets }), t('count.origins', { n: origins })];
  if (disagreements > 0) parts.push(t('count.disagreements', { n: disagreements }));
  const days = first && last && dayNumber(last) - dayNumber(first);
  const when = first ? span(first, last, 'long') + (days > 1 ? ` (${t('count.days', { n: days + 1 })})` : '') : t('date.none');
  return html`${when}<br /><span class="num">${parts.join(' · ')}</span>`;
}

function Events({ events, fresh, hash }) {
  const [asked, set] = useState(EVENTS_SHOWN);
  const shown = Math.max(asked, events.findIndex((event) => event.event === hash) + 10);
  return html`<ol class="events">${events.slice(0, shown).map((event, at) => html`<${Event} key=${event.event} event=${event}
      before=${at > 0 ? events[at - 1] : null} fresh=${fresh} />`)}</ol>
    ${events.length > shown && html`<div class="pager"><button type="button" class="more" data-more onClick=${() => set(shown + EVENTS_SHOWN)}>${
      t('story.moreEvents', { n: events.length - shown })}</button></div>`}`;
}

function Event({ event, before, fresh }) {
  const gap = before && event.date && before.date ? dayNumber(event.date) - dayNumber(before.date) : 0;
  return html`<li class="event" id=${event.event} data-row tabindex="-1">
    <p class="event-date">${event.date ? html`<time datetime=${event.date}>${day(event.date)}</time>` : t('date.none')}
      ${gap > 1 && html`<span class="event-gap">${t('story.later', { n: gap })}</span>`}</p>
    <div class="event-body">
      <h2><${Headline} text=${event.headline} lang=${event.reports.find((report) => report.headline === event.headline)?.inLanguage} href=${eventAddress(event.event)} row /></h2>
      <p class="event-notes"><${OriginsLine} event=${event} />${event.disagreements > 0 && html` <a class="event-conflict" href=${eventAddress(event.event)}><${Badge}
        kind="conflict">${t('count.disagreements', { n: event.disagreements })}<//></a>`}</p>
      <${Reports} reports=${event.reports} fresh=${fresh} />
    </div></li>`;
}

function Reports({ reports, fresh }) {
  const [all, set] = useState(false);
  const others = new Map(reports.map((report) => [report.article, report]));
  const lines = treeLines(reports);
  const shown = all || lines.length <= REPORTS_SHOWN + 1 ? lines : lines.filter((line, at) => at < REPORTS_SHOWN || fresh.has(line.report.article));
  return html`<ul class="tree">${shown.map(({ report, depth }) => html`<li key=${report.article} class="tree-${Math.min(depth, 4)}"><${ReportLine}
      report=${report} others=${others} fresh=${fresh.has(report.article)} /></li>`)}</ul>
    ${shown.length < lines.length && html`<p><button type="button" class="plain" onClick=${() => set(true)}>${t('story.moreReports', { n: lines.length - shown.length })}</button></p>`}`;
}
