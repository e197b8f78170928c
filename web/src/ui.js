// What views are made of. See web/README.md for how a view is written.
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { address, articleAddress, safeLink } from './address.js';
import { html } from './html.js';
import { day, langOf, languageName, percent, t, tx } from './i18n.js';
import { marked } from './marks.js';
import { reasonOf } from './reasons.js';
import { withQuery } from './router.js';
import { Says } from './says_text.js';
import { watched } from './state.js';

// What a screen reader says next, politely; nothing is shown.
export const announcement = watched('');
export function announce(text) {
  announcement.set(text === announcement.get() ? `${text}\u00a0` : text);
}

// A new view has its heading in focus, so that a screen reader begins there; where the view waits for its answer, as
// soon as there is one.
let headingAwaited = false;
export function focusHeading() {
  const heading = document.querySelector('#main h1');
  headingAwaited = !heading;
  if (heading) heading.focus({ preventScroll: true });
  else document.activeElement?.blur();
}

// Head of a view: its one h1, the title of the window, an optional line above and beside it.
export function Head({ title, windowTitle = title, lang, kicker, actions, children }) {
  useEffect(() => {
    document.title = windowTitle ? `${windowTitle} · runut` : 'runut';
  }, [windowTitle]);
  const heading = useRef(null);
  useLayoutEffect(() => {
    if (headingAwaited && (!document.activeElement || document.activeElement === document.body)) heading.current.focus({ preventScroll: true });
    headingAwaited = false;
  }, []);
  return html`<header class="head">
    ${kicker && html`<p class="kicker">${kicker}</p>`}
    <h1 ref=${heading} tabindex="-1" lang=${langOf(lang) || undefined}>${title}</h1>
    ${children}
    ${actions && html`<div class="actions">${actions}</div>`}
  </header>`;
}

// While there is nothing to show. It says so only after a moment, so that quick answers do not flicker.
export function Loading({ what }) {
  return html`<p class="loading" role="status"><span class="loading-line" aria-hidden="true"></span>${what || t('ui.loading')}</p>`;
}

export function Empty({ title, children }) {
  return html`<div class="empty"><p class="empty-title">${title}</p>${children}</div>`;
}

// What a Problem is called in the interface.
function problemTitle({ status }) {
  const known = { 0: 'unreachable', 400: 'badQuestion', 404: 'notFound', 401: 'locked', 403: 'refused', 429: 'tooMany', 503: 'busy' };
  return t(`problem.${known[status] || (status >= 500 ? 'serverFailed' : 'failed')}`);
}

// A Problem, in the words of the interface first and in the server's below, and a way on. `head`: it is all that the
// view has to show.
export function ErrorState({ problem, again, head }) {
  return html`${head && html`<${Head} title=${problemTitle(problem)} />`}<div class="error" role="alert">
    ${!head && html`<p class="error-title">${problemTitle(problem)}</p>`}
    ${problem.detail && html`<p class="error-detail" lang="en">${problem.detail}</p>`}
    ${again && problem.status !== 404 && html`<p><button type="button" onClick=${again}>${t('ui.tryAgain')}</button></p>`}
    ${head && problem.status === 404 && html`<p><a href="/stories">${t('stories.all')}</a></p>`}
  </div>`;
}

// What a view does with useAnswer: its problem, the wait, or children(data). Old data stays under a problem. `head`: the
// view's heading comes with its data, so a problem has to bring one.
export function Answer({ answer, head, children }) {
  return html`
    ${answer.problem && html`<${ErrorState} problem=${answer.problem} again=${answer.again} head=${head && !answer.data} />`}
    ${!answer.data && answer.loading && html`<${Loading} />`}
    ${answer.data && html`<div class="answer" aria-busy=${answer.loading ? 'true' : undefined}>${children(answer.data)}</div>`}`;
}

// The end of a listing: more of it, or that this is all.
export function Pager({ listing, shown }) {
  if (!listing.items) return null;
  return html`<div class="pager">
    ${listing.problem && html`<${ErrorState} problem=${listing.problem} again=${listing.next ? listing.more : listing.again} />`}
    ${listing.next
      ? html`<button type="button" class="more" data-more disabled=${listing.loading === 'more'} onClick=${listing.more}>
          ${listing.loading === 'more' ? t('ui.loading') : t('ui.more')}</button>`
      : shown && html`<p class="quiet">${shown}</p>`}
  </div>`;
}

// A small mark with a meaning: kind is one of copy, conflict, change, origin, new, plain.
export function Badge({ kind = 'plain', children, title }) {
  return html`<span class="badge badge-${kind}" title=${title}>${children}</span>`;
}

// A headline as printed, in its own language. Where there is none, the page says so.
export function Headline({ text, lang, href, row }) {
  const words = text || t('ui.noHeadline');
  return href
    ? html`<a class="headline" href=${href} lang=${langOf(lang) || undefined} data-row-link=${row || undefined}>${words}</a>`
    : html`<span class="headline" lang=${langOf(lang) || undefined}>${words}</span>`;
}

// The languages of something, by code, each with its name for those who point or listen.
export function Languages({ tags }) {
  const known = tags.filter((tag) => tag && tag !== 'und');
  if (known.length === 0) return null;
  return html`<span class="languages">${known.map((tag, at) => html`${at > 0 && ' '}<abbr title=${languageName(tag)}>${tag}</abbr>`)}</span>`;
}

// Text of a capture with the words that were searched between U+0001 and U+0002.
export function Marked({ text, lang }) {
  return html`<span lang=${langOf(lang) || undefined}>${marked(text).map((part) => (part.found ? html`<mark>${part.text}</mark>` : part.text))}</span>`;
}

// A button and what it opens: a small panel beside it, closed by Escape, by the button or by pointing elsewhere.
// `label` is what the button shows, `name` what it is called where that is no text, `title` what the panel is.
export function Popover({ label, children, kind = '', name, title = name }) {
  const id = useId(), button = useRef(null);
  const [open, set] = useState(false);
  return html`<button type="button" ref=${button} class="opens ${kind}" aria-expanded=${open ? 'true' : 'false'} aria-controls=${open ? id : undefined}
      aria-label=${name} onClick=${() => set(!open)}>${label}</button>${
    open && html`<${Panel} id=${id} button=${button} title=${title} close=${() => set(false)}>${children}<//>`}`;
}

// It lies in the top layer where the browser has one for it; closing is ours, so that it is the same everywhere.
function Panel({ id, button, title, close, children }) {
  const panel = useRef(null);
  useLayoutEffect(() => {
    panel.current.showPopover?.();
    place(button.current, panel.current);
    const elsewhere = ({ target }) => { if (!panel.current?.contains(target) && !button.current.contains(target)) close(); };
    const moved = ({ target }) => { if (!panel.current?.contains(target)) close(); };
    const key = (event) => {
      if (event.key !== 'Escape') return;
      event.preventDefault();
      close();
      button.current.focus();
    };
    addEventListener('pointerdown', elsewhere);
    addEventListener('focusin', elsewhere);
    addEventListener('scroll', moved, { capture: true, passive: true });
    addEventListener('resize', close);
    addEventListener('keydown', key);
    return () => {
      removeEventListener('pointerdown', elsewhere);
      removeEventListener('focusin', elsewhere);
      removeEventListener('scroll', moved, { capture: true });
      removeEventListener('resize', close);
      removeEventListener('keydown', key);
    };
  }, []);
  return html`<div ref=${panel} id=${id} class="popover" role="group" aria-label=${title || t('ui.more')} popover="manual">${children}</div>`;
}

// Below the button, or above where there is more room; always within the window.
function place(button, panel) {
  const at = button.getBoundingClientRect(), gap = 4, edge = 8;
  const { width, height } = panel.getBoundingClientRect();
  const below = innerHeight - at.bottom > height + gap + edge || at.top < innerHeight - at.bottom;
  panel.style.left = `${Math.max(edge, Math.min(at.left, innerWidth - width - edge))}px`;
  panel.style.top = `${Math.max(edge, below ? Math.min(at.bottom + gap, innerHeight - height - edge) : at.top - height - gap)}px`;
}

// The day of a report: the day itself, and on demand what it is taken from and how sure that is. A day that no
// date line states, and evidence that cannot all hold, show at once.
export function DateText({ report, length = 'long', confidence }) {
  const { dateInferred, datePublished, dateEvidence = [], dateConflict } = report;
  const sure = confidence ?? report.dateConfidence;
  if (!dateInferred && !dateConflict && dateEvidence.length === 0) return html`<span class="date date-none">${t('date.none')}</span>`;
  const state = dateConflict ? 'conflict' : datePublished ? 'stated' : 'inferred';
  const label = html`<time datetime=${dateInferred || undefined}>${dateInferred ? day(dateInferred, length) : t('date.none')}</time>${
    state === 'inferred' && html` <span class="date-how">${t('date.inferred')}</span>`}${
    state === 'conflict' && html` <span class="date-how conflict">${t('date.conflict')}</span>`}<span class="unseen"> ${t('date.why')}</span>`;
  return html`<span class="date date-${state}"><${Popover} kind="opens-date" label=${label} title=${t('date.why')}>
    <${DateEvidence} report=${report} sure=${sure} state=${state} />
  <//></span>`;
}

// What speaks for a day: the words, and what each says; the candidate days where they cannot all hold.
export function DateEvidence({ report, sure, state }) {
  const { datePublished, dateEvidence = [], dateConflict } = report;
  return html`<div class="evidence">
    <p class="evidence-title">${t(`date.${state}Long`)}${Number.isFinite(sure) && html` · ${t('date.sure', { share: percent(sure) })}`}</p>
    ${datePublished && html`<p>${tx('date.published', { day: html`<strong>${day(datePublished)}</strong>` })}</p>`}
    ${dateEvidence.length > 0 && html`<ul>${dateEvidence.map((piece) => html`<li>
      <q lang=${langOf(report.inLanguage) || undefined}>${piece.text}</q><${Says} text=${piece.says} /></li>`)}</ul>`}
    ${dateConflict && html`<div class="conflict-box">
      <p><${Says} text=${dateConflict.text} kind="conflict-text" /></p>
      <ul>${(dateConflict.candidates || []).map((candidate) => html`<li><strong>${day(candidate.date)}</strong>
        <${Says} text=${[candidate.reasons].flat().filter(Boolean).join('; ')} /></li>`)}</ul></div>`}
  </div>`;
}

// A reason that the program gives, in the reader's language where it is known, else as it was given.
export function reasonText(text) {
  const reason = reasonOf(text);
  return reason ? t(reason.id, reason.values) : text;
}

export function Why({ text }) {
  return text ? html`<span class="says" lang=${reasonOf(text) ? undefined : 'en'}>${reasonText(text)}</span>` : null;
}

// Whom a report has its news from, nearest first: 'Reuters, which has it from KCNA'.
export function SourceChain({ sources }) {
  if (!sources || sources.length === 0) return null;
  return html`<span class="chain">${t('ui.newsFrom')} ${sources.map((source, at) => html`${at > 0 && html` <span class="chain-step"><span
    aria-hidden="true">←</span><span class="unseen">${t('ui.whichHasItFrom')}</span></span> `}<b>${source}</b>`)}</span>`;
}

// That a text was taken from another: what kind, how much, from where; it leads to the two side by side.
// Of which report it is a newer version, and which is newer than it.
export function VersionMark({ report }) {
  const { replacesArticle: older, replacedByArticle: newer } = report;
  if (!older && !newer) return null;
  return html`<span class="reuse reuse-version">${older && html`<a href=${articleAddress(report.article)}>${t('reuse.newerVersion', { of: older })}</a> `}${
    newer && html`<a href=${articleAddress(newer)}>${t('reuse.replaced', { by: newer })}</a>`}</span> `;
}

export function ReuseMark({ report, other }) {
  const { reuse } = report;
  if (!reuse) return html`<${VersionMark} report=${report} />`;
  if (reuse.ofArticle && (reuse.ofArticle === report.replacesArticle || reuse.ofArticle === report.replacedByArticle))
    return html`<${VersionMark} report=${report} />`;
  const from = other ? publisherOf(other) : reuse.ofArticle || reuse.of;
  const words = t(`reuse.${reuse.kind}`, { from, share: percent(reuse.share) });
  return html`<${VersionMark} report=${report} /><span class="reuse reuse-${reuse.kind}">${reuse.ofArticle
    ? html`<a href=${address('compare', null, { a: report.article, b: reuse.ofArticle })}>${words}</a>` : words}${
    reuse.why && html` <${Why} text=${reuse.why} />`}</span>`;
}

// The outlet of a report; else the host of its page, else its file.
export function publisherOf(report) {
  if (report.publisher) return report.publisher;
  const url = safeLink(report.url);
  return url ? new URL(url).hostname.replace(/^www\./, '') : (report.file || report.article).replace(/^.*\//, '');
}

export function Publisher({ report }) {
  return html`<span class=${report.publisher ? 'publisher' : 'publisher publisher-unknown'}>${publisherOf(report)}</span>`;
}

// Where a page was found on the web, if it says so: leaves the page, tells nobody from where.
export function OutsideLink({ url, children }) {
  const link = safeLink(url);
  return link && html`<a class="outside" href=${link} target="_blank" rel="noopener noreferrer nofollow">${children || new URL(link).hostname}<span
    class="unseen"> ${t('ui.opensElsewhere')}</span></a>`;
}

// One report of a listing on its line: day, outlet, headline, whose text it is.
export function ReportLine({ report, others, fresh, row }) {
  const other = report.reuse && others?.get(report.reuse.ofArticle);
  return html`<div class=${fresh ? 'report fresh' : 'report'} id=${report.article} data-row=${row || undefined}>
    <p class="report-line"><${Publisher} report=${report} /> <${DateText} report=${report} length="medium" /> <${Languages}
      tags=${[report.inLanguage || 'und']} /></p>
    <p class="report-headline"><${Headline} text=${report.headline} lang=${report.inLanguage} href=${articleAddress(report.article)} row=${row} /></p>
    ${(report.reuse || report.replacesArticle || report.replacedByArticle || report.sources?.length > 0) && html`<p class="report-notes"><${ReuseMark} report=${report} other=${other} /> <${SourceChain}
      sources=${report.sources} /></p>`}
  </div>`;
}

// '4 reports, 2 origins' – the first thing that a fact-checker asks.
export function OriginsLine({ event }) {
  const origins = event.origins || [];
  const own = new Map((event.reports || []).map((report) => [report.article, report]));
  return html`<span class="origins"><b>${t('count.reports', { n: event.articles })}</b>, <b>${t('count.origins', { n: origins.length })}</b>${
    origins.length > 0 && html`: ${origins.map((origin, at) => html`${at > 0 && '; '}${/^a\d+$/.test(origin)
      ? html`<a href=${articleAddress(origin)}>${own.has(origin) ? publisherOf(own.get(origin)) : origin}</a>` : origin}`)}`}</span>`;
}

// Orders of a listing as links, the present one marked.
export function Order({ values, now, words, name = 'order' }) {
  return html`<nav class="order" aria-label=${t('filter.order')}>${values.map((value) => html`<a href=${withQuery({ [name]: value })}
    aria-current=${value === now ? 'true' : undefined}>${words[value]}</a>`)}</nav>`;
}
