// One report: its clean text with all that is known of it marked on the words that say so.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { address, apiAddress, articleAddress, eventAddress, firstQuestion, storyAddress } from '../address.js';
import { useAnswer } from '../api.js';
import { piecesOf } from '../changes.js';
import { html } from '../html.js';
import { day, langOf, languageName, list, number, t, tx } from '../i18n.js';
import { offsetsOf, passageOfHash } from '../offsets.js';
import { placeText } from '../says_text.js';
import { kept, keep } from '../settings.js';
import { countKinds, KINDS, marksOf, placeMarks } from '../text_marks.js';
import { Answer, DateEvidence, DateText, Head, OutsideLink, publisherOf, ReuseMark, VersionMark } from '../ui.js';
import { MarkedText } from './marked_text.js';
import { Why } from './report_parts.js';

export function Article({ route }) {
  const answer = useAnswer(firstQuestion(route));
  return html`<${Answer} answer=${answer} head>${(article) => html`<${Whole} article=${article} route=${route} />`}<//>`;
}

function Whole({ article, route }) {
  const event = useAnswer(article.event ? apiAddress(`/events/${encodeURIComponent(article.event)}`) : null).data;
  const others = useMemo(() => new Map((event?.reports || []).map((report) => [report.article, report])), [event]);
  return html`
    <${Head} title=${article.headline || t('ui.noHeadline')} lang=${article.inLanguage} kicker=${html`<${Kicker} article=${article} />`}>
      ${article.abstract && html`<p class="standfirst" lang=${langOf(article.inLanguage) || undefined}>${article.abstract}</p>`}
      <${Facts} article=${article} others=${others} />
    <//>
    ${article.articleBody ? html`<${Text} article=${article} event=${event} route=${route} others=${others} />`
      : html`<p class="quiet">${t('article.noBody', { kind: t(`article.kind_${article.kind}`) })}</p>`}
    ${article.changes && html`<${Changes} article=${article} />`}`;
}

// What is different from the version before, both sides quoted.
function Changes({ article }) {
  const lang = langOf(article.inLanguage) || undefined;
  return html`<section class="changes"><h2>${tx('article.changesTo', { of: html`<a href=${articleAddress(article.replacesArticle)}>${article.replacesArticle}</a>` })}</h2>
    ${article.changes.length === 0 && html`<p class="quiet">${t('article.sameWords')}</p>`}
    <ul>${article.changes.map((change) => html`<li><span class="quiet">${t(`article.change_${change.kind}`)}</span>
      <p lang=${lang}>${piecesOf(change).map(({ kind, text }) => kind === 'gone' ? html`<del>${text}</del> ` : kind === 'new' ? html`<ins>${text}</ins>` : text)}</p></li>`)}</ul>
  </section>`;
}

function Kicker({ article }) {
  return html`${t('article.title')} ${article.article} · <b>${publisherOf(article)}</b>${!article.publisher && html` <i>(${t('article.noPublisher')})</i>`}${
    article.author?.length > 0 && html` · ${t('article.by', { names: list(article.author) })}`} · ${languageName(article.inLanguage)}`;
}

// What stands over the text: when, of which event, whose text and news.
function Facts({ article, others }) {
  return html`<dl class="report-facts">
    <div><dt>${t('article.date')}</dt><dd><${DateText} report=${article} />${article.datePublished
      ? html` <span class="quiet">${t(article.datePublishedFrom ? 'article.statedIn' : 'article.stated', { day: day(article.datePublished), where: placeText(article.datePublishedFrom) })}</span>`
      : html` <span class="quiet">${t('article.noDateStated')}</span>`}
      ${article.dateConflict && html`<div class="conflict-plain"><${DateEvidence} report=${article} sure=${article.dateConfidence} state="conflict" /></div>`}</dd></div>
    ${article.eventDate && article.eventDate !== article.dateInferred && html`<div><dt>${t('article.happened')}</dt><dd>${day(article.eventDate)}</dd></div>`}
    ${article.event && html`<div><dt>${t('event.title')}</dt><dd><a href=${eventAddress(article.event)}>${article.event}</a>${
      article.story && html` · <a href=${storyAddress(article.story)}>${t('event.ofStory', { story: article.story })}</a>`} ${
      article.why ? html`<${Why} text=${article.why} />` : html`<span class="quiet">${t('article.openedEvent')}</span>`}
      ${(article.moved || []).map((one) => html` <span class="quiet">${t('article.movedFrom', { event: one.from })}</span>`)}</dd></div>`}
    <div><dt>${t('article.newsFrom')}</dt><dd>${article.sources?.length > 0 ? html`${chain(article.sources)} ${credits(article)}`
      : html`<span class="quiet">${t('article.noSource')}</span>`}</dd></div>
    ${(article.replacesArticle || article.replacedByArticle) && html`<div><dt>${t('article.versions')}</dt><dd><${VersionMark} report=${article} /></dd></div>`}
    ${article.reuse && ![article.replacesArticle, article.replacedByArticle].includes(article.reuse.ofArticle) && html`<div><dt>${t('article.taken')}</dt><dd><${ReuseMark} report=${{ ...article, reuse: { ...article.reuse, why: null } }} other=${others.get(article.reuse.ofArticle)} /> <${Why} text=${article.reuse.why} /></dd></div>`}
    <${Takers} article=${article} others=${others} />
    ${article.creditText && html`<div><dt>${t('article.credit')}</dt><dd lang=${langOf(article.inLanguage) || undefined}>${[article.creditText].flat().join(' · ')}</dd></div>`}
    ${(article.url || article.file) && html`<div><dt>${t('article.found')}</dt><dd class="found">${article.url && html`<${OutsideLink} url=${article.url} /> `}<span class="quiet">${article.file}</span></dd></div>`}
  </dl>`;
}

// Nearest first: 'Reuters ← KCNA'.
function chain(sources) {
  return sources.map((source, at) => html`${at > 0 && html` <span aria-hidden="true">←</span><span class="unseen">${t('ui.whichHasItFrom')}</span> `}<b>${source}</b>`);
}

function credits(article) {
  const pieces = (article.sourceEvidence || []).filter((one) => one.text);
  return pieces.length > 0 && html`<span class="credits">${pieces.map((one) => html`<q lang=${langOf(article.inLanguage) || undefined}>${
    Number.isInteger(one.start) ? html`<a href=${articleAddress(article.article, one.start, one.end)}>${one.text}</a>` : one.text}</q> `)}</span>`;
}

// Who took the text from here.
function Takers({ article, others }) {
  const takers = [...others.values()].filter((report) => report.reuse?.ofArticle === article.article);
  if (takers.length === 0) return null;
  return html`<div><dt>${t('article.takenBy')}</dt><dd>${takers.slice(0, 20).map((taker, at) => html`${at > 0 && ', '}<a href=${
    address('compare', null, { a: article.article, b: taker.article })}>${publisherOf(taker)}</a> <span class="quiet">(${t(`event.line_${taker.reuse.kind}`)})</span>`)}${
    takers.length > 20 && ` … (${number(takers.length)})`}</dd></div>`;
}

// ---- the text and its switches ----

const SHOWN_FIRST = ['disagreement', 'said', 'reported', 'source', 'date', 'reused', 'novel', 'passage'];

function Text({ article, event, route, others }) {
  const [shown, setShown] = useState(() => new Set(kept('marks') || SHOWN_FIRST));
  const [dropped, setDropped] = useState(false);
  const body = useRef(null);
  const offsets = useMemo(() => offsetsOf(article.articleBody), [article]);
  const passage = useMemo(() => passageOfHash(route.hash), [route.hash]);
  const marks = useMemo(() => marksOf(article, event?.reports), [article, event]);
  const counts = useMemo(() => countKinds(marks), [marks]);
  const placed = useMemo(() => {
    const wanted = marks.filter((mark) => shown.has(mark.kind));
    if (passage) wanted.push({ kind: 'passage', ...passage, about: passage, all: [{ about: passage }] });
    return placeMarks(article.articleBody, wanted, offsets);
  }, [article, marks, shown, passage]);
  usePassage(body, passage, route);
  const turn = (kind) => {
    const next = new Set(shown);
    if (!next.delete(kind)) next.add(kind);
    keep('marks', [...next]);
    setShown(next);
  };
  return html`<div class="reading">
    <aside class="marks-box" aria-label=${t('article.legend')}>
      <${Legend} counts=${counts} shown=${shown} onTurn=${turn} />
      <${Dropped} open=${dropped} onTurn=${() => setDropped(!dropped)} />
    </aside>
    <${MarkedText} article=${article} placed=${placed} offsets=${offsets} others=${others} body=${body} withDropped=${dropped} />
  </div>`;
}

// The passage that the address names: into view, and in focus, as soon as it is there.
function usePassage(body, passage, route) {
  useEffect(() => {
    if (!passage || (route.way === 'back' && route.key !== 'first')) return;
    const place = body.current?.querySelector('.m-passage');
    if (!place) return;
    place.scrollIntoView({ block: 'center' });
    place.focus?.({ preventScroll: true });
  }, [passage?.start, passage?.end, route.key]);
}

function Legend({ counts, shown, onTurn }) {
  const kinds = KINDS.filter((kind) => kind !== 'passage');
  const some = kinds.filter((kind) => counts.get(kind));
  return html`<details class="marks-details" open=${innerWidth > 900}><summary>${t('article.marks')}</summary>
    ${some.length === 0 && html`<p class="quiet">${t('article.noMarks')}</p>`}
    <ul class="marks-list">${some.map((kind) => html`<li key=${kind}><label><input type="checkbox" checked=${shown.has(kind)} onChange=${() => onTurn(kind)} />
      <span class="m m-${kind}">${t(`article.mark_${kind}`)}</span> <span class="count">${number(counts.get(kind))}</span></label></li>`)}</ul>
    <p class="marks-keys quiet">${tx('article.markKeys', { n: html`<kbd>n</kbd>`, p: html`<kbd>p</kbd>` })}</p></details>`;
}

function Dropped({ open, onTurn }) {
  return html`<p class="dropped-switch"><label><input type="checkbox" checked=${open} onChange=${onTurn} /> ${t('article.showDropped')}</label></p>`;
}
