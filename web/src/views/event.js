// One event: who has it from whom, where the reports disagree, who said what, and what each report adds.
import { useEffect, useMemo, useState } from 'preact/hooks';
import { address, apiAddress, articleAddress, firstQuestion, storyAddress } from '../address.js';
import { useAnswer } from '../api.js';
import { factsOf } from '../disagreements.js';
import { html } from '../html.js';
import { day, langOf, number, percent, t, tx } from '../i18n.js';
import { offsetsOf } from '../offsets.js';
import { useNews } from '../news.js';
import { go, withQuery } from '../router.js';
import { Says } from '../says_text.js';
import { sentenceAround } from '../sentences.js';
import { bySpeaker, changesOf, copiesInOrder, sayingsOfReports } from '../statements.js';
import { Answer, Badge, Head, Languages, OriginsLine, Popover, publisherOf } from '../ui.js';
import { aboutText, Around, Cite, DayOf, firstOf, usePrinting } from './report_parts.js';
import { ReuseTree } from './reuse_drawing.js';

export function Event({ route }) {
  const answer = useAnswer(firstQuestion(route)), [news, setNews] = useState(false);
  useNews((kind, data) => {
    if (kind === 'stories' && data.events?.includes(route.name)) setNews(true);
  });
  const take = () => {
    setNews(false);
    answer.again();
  };
  return html`<div class="news" aria-live="polite">${news && html`<button type="button" class="news-button" data-news onClick=${take}>${t('event.news')} <span class="news-do">${t('stories.show')}</span></button>`}</div>
    <${Answer} answer=${answer} head>${(event) => html`<${Whole} event=${event} route=${route} />`}<//>`;
}

function Whole({ event, route }) {
  const facts = useMemo(() => factsOf(event.reports), [event]);
  const picked = (route.query.with || '').split(',').filter((name) => event.reports.some((report) => report.article === name)).slice(0, 2);
  const pick = (name) => {
    const next = picked.includes(name) ? picked.filter((one) => one !== name) : [...picked.slice(-1), name];
    go(withQuery({ with: next.join(',') }), { replace: true });
  };
  const first = event.reports.find((report) => report.headline === event.headline);
  return html`
    <${Head} title=${event.headline || t('ui.noHeadline')} lang=${first?.inLanguage}
      kicker=${html`${t('event.title')} ${event.event}${event.story && html` · <a href=${storyAddress(event.story)}>${t('event.ofStory', { story: event.story })}</a>`}`}>
      <p class="facts-line"><${EventDay} event=${event} /><${OriginsLine} event=${event} /><${Languages} tags=${languagesOf(event.reports)} /></p>
      ${facts.length > 0 && html`<p class="facts-line"><a href="#disagreements" class="badge badge-conflict">${t('count.disagreements', { n: facts.length })}</a></p>`}
    <//>
    <${Section} id="tree" title=${t('event.treeTitle')} note=${event.reports.length > 1 ? t('event.treeNote') : null}>
      <${ReuseTree} event=${event} picked=${picked} onPick=${pick} narrow=${useNarrow()} /><//>
    <${Disagreements} facts=${facts} />
    <${Statements} event=${event} />
    <${Novel} event=${event} />
    <${CompareBar} event=${event} picked=${picked} onClear=${() => go(withQuery({ with: '' }), { replace: true })} />`;
}

function languagesOf(reports) {
  return [...new Set(reports.map((report) => report.inLanguage || 'und'))];
}

function useNarrow() {
  const query = useMemo(() => matchMedia('(max-width: 46rem)'), []);
  const [narrow, set] = useState(query.matches);
  useEffect(() => {
    const changed = () => set(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, [query]);
  return narrow;
}

// Whether a long list is shown whole: asked for, or on paper.
function useAll() {
  const [all, setAll] = useState(false), printing = usePrinting();
  return [all || printing, setAll];
}

export function Section({ id, title, note, tools, children }) {
  return html`<section class="part" aria-labelledby="${id}-title"><div class="part-head"><h2 id="${id}-title"><a id=${id} tabindex="-1"></a>${title}</h2>${tools}</div>
    ${note && html`<p class="part-note">${note}</p>`}${children}</section>`;
}

// The day of the happening, and which reports give it, by which words.
function EventDay({ event }) {
  const told = event.reports.filter((report) => report.eventDate);
  const agree = told.filter((report) => report.eventDate === event.date);
  if (!event.date) return html`<span class="date date-none">${t('event.noDay')}</span>`;
  return html`<${Popover} kind="opens-date" name=${`${day(event.date)}: ${t('event.dayWhy')}`} label=${html`<time datetime=${event.date}>${day(event.date)}</time>`}>
    <div class="evidence"><p class="evidence-title">${t('event.dayOf', { some: agree.length, all: event.reports.length })}</p>
      <ul>${event.reports.slice(0, 12).map((report) => html`<li key=${report.article}><b>${publisherOf(report)}</b>: ${
        report.eventDate ? day(report.eventDate, 'medium') : t('event.noDayTold')}${
        Number.isFinite(report.dateConfidence) && report.dateInferred && html` <span class="says">${t('event.reportDay', { day: day(report.dateInferred, 'medium'), share: percent(report.dateConfidence) })}</span>`}
        ${(report.dateEvidence || []).slice(0, 3).map((piece) => html`<span class="evidence-piece"><q lang=${langOf(report.inLanguage) || undefined}>${
          Number.isInteger(piece.start) ? html`<a href=${articleAddress(report.article, piece.start, piece.end)}>${piece.text}</a>` : piece.text}</q> <${Says} text=${piece.says} kind="says-inline" /></span>`)}
      </li>`)}</ul></div><//>`;
}

// ---- disagreements ----

function Disagreements({ facts }) {
  if (facts.length === 0) return null;
  return html`<${Section} id="disagreements" title=${t('event.disagreementsTitle')} note=${t('event.disagreementsNote')}>
    ${facts.map((fact) => html`<${Fact} key=${fact.about} fact=${fact} />`)}<//>`;
}

const BADGES = { contradiction: 'conflict', development: 'change', both: 'conflict' };

function Fact({ fact }) {
  return html`<div class="fact fact-${fact.kind}">
    <h3>${aboutText(fact.about)} <${Badge} kind=${BADGES[fact.kind]}>${t(`event.kind_${fact.kind}`)}<//></h3>
    <ol class="values">${fact.values.map((value) => html`<li class="value-card" key=${value.key}><${Value} value=${value} kind=${fact.kind} /></li>`)}</ol>
    ${fact.kind === 'both' && html`<p class="quiet fact-pairs">${t('event.contradictingPairs')} ${contradictionPairs(fact)}</p>`}
  </div>`;
}

// '17 against nine', each pair once.
function contradictionPairs(fact) {
  const text = new Map(fact.values.map((value) => [value.key, value.text]));
  return [...new Set(fact.contradictions.slice(0, 12).map((pair) => t('event.against', { a: text.get(pair.a), b: text.get(pair.b) })))].join('; ');
}

const MOST_SAYERS = 5;

// A value, the sentence that gives it first, and who else does.
function Value({ value, kind }) {
  const [all, setAll] = useAll();
  const distinct = useMemo(() => sentencesBySayer(value), [value]);
  const shown = all ? distinct : distinct.slice(0, 1), rest = distinct.slice(1);
  return html`<p class="value-text">${value.text}</p>
    ${shown.map(({ sayers, around }) => html`<div class="sayer" key=${sayers[0].report.article}>
      <p class="around"><${Around} around=${around} lang=${sayers[0].report.inLanguage} kind=${kind} /></p>
      ${(all ? sayers : sayers.slice(0, MOST_SAYERS)).map(({ report, start, end }) => html`<p class="sayer-who" key=${report.article}><${Cite} report=${report} start=${start} end=${end} /></p>`)}
      ${!all && sayers.length > MOST_SAYERS && html`<button type="button" class="plain small" onClick=${() => setAll(true)}>${t('article.andMore', { n: sayers.length - MOST_SAYERS })}</button>`}</div>`)}
    ${rest.length > 0 && html`<button type="button" class="plain small" onClick=${() => setAll(!all)}>${
      all ? t('event.fewer') : t('event.moreSentences', { n: rest.length })}</button>`}`;
}

// Copies of one sentence are one sentence of several reports.
function sentencesBySayer(value) {
  const known = new Map();
  for (const sayer of value.sayers) {
    const { report, start, end } = sayer, body = report.articleBody || '', offsets = offsetsOf(body);
    const around = sentenceAround(body, offsets.unitOfByte(start), offsets.unitOfByte(end), report.inLanguage);
    const key = (around.before + around.words + around.after).replace(/\s+/g, ' ');
    if (known.has(key)) known.get(key).sayers.push(sayer);
    else known.set(key, { around, sayers: [sayer] });
  }
  return [...known.values()];
}

// ---- statements ----

const MOST_SPEAKERS = 8, MOST_SAYINGS = 5;

function Statements({ event }) {
  const [indirect, setIndirect] = useState(false), [all, setAll] = useAll();
  const answer = useAnswer(apiAddress('/quotes', { event: event.event, reported: 1, limit: 200 }));
  const told = useMemo(() => toldOf(answer, event), [answer.data, answer.problem, event]);
  const sayings = useMemo(() => (told || []).filter((saying) => indirect || !saying.reported), [told, indirect]);
  const speakers = useMemo(() => bySpeaker(sayings), [sayings]);
  const hidden = (told || []).length - sayings.length, shown = firstOf(speakers, all, MOST_SPEAKERS);
  if (!told || told.length === 0) return null;
  return html`<${Section} id="statements" title=${t('event.statementsTitle')} note=${t('event.statementsNote')}
    tools=${html`<label class="check"><input type="checkbox" checked=${indirect} onChange=${() => setIndirect(!indirect)} /> ${t('event.withIndirect')}${
      hidden > 0 && html` <span class="count">${number(hidden)}</span>`}</label>`}>
    ${speakers.length === 0 && html`<p class="quiet">${t('event.onlyIndirect')}</p>`}
    <div class="speakers">${shown.map((group) => html`<${Speaker} key=${group.speaker} group=${group} event=${event} />`)}</div>
    ${shown.length < speakers.length && html`<button type="button" class="more" onClick=${() => setAll(true)}>${t('event.allSpeakers', { n: speakers.length })}</button>`}
    ${answer.data?.next && html`<p class="quiet">${tx('event.moreSayings', { link: html`<a href=${address('quotes')}>${t('quotes.title')}</a>` })}</p>`}<//>`;
}

// What the server tells; where it tells nothing, what the reports themselves have.
function toldOf(answer, event) {
  if (answer.data?.items.length) return answer.data.items;
  return answer.data || answer.problem ? sayingsOfReports(event.reports) : null;
}

function Speaker({ group, event }) {
  const [all, setAll] = useAll();
  const shown = firstOf(group.sayings, all, MOST_SAYINGS);
  return html`<div class="speaker-of"><h3>${group.speaker || html`<i>${t('event.nobodyKnown')}</i>`}</h3>
    <ul>${shown.map((saying) => html`<li key=${`${saying.article} ${saying.start}`}><${Saying} saying=${saying} event=${event} /></li>`)}</ul>
    ${shown.length < group.sayings.length && html`<button type="button" class="plain" onClick=${() => setAll(true)}>${t('event.allSayings', { n: group.sayings.length })}</button>`}</div>`;
}

function Saying({ saying, event }) {
  const copies = copiesInOrder(saying), same = copies.filter((copy) => copy.change === 'same' && !copy.otherSpeaker), changed = copies.filter((copy) => !same.includes(copy));
  return html`<div class="utterance ${saying.reported ? 'utterance-indirect' : ''}">
    <p class="utterance-text" lang=${langOf(saying.inLanguage) || undefined}>${saying.reported ? saying.text : html`<q>${saying.text}</q>`}</p>
    <p class="utterance-who">${saying.reported && html`<span class="quiet">${t('event.indirect')}</span> `}<${Cite} report=${saying} start=${saying.start} end=${saying.end} />${
      saying.via && html` <span class="quiet">${t('event.via', { name: saying.via })}</span>`}${
      saying.event !== event.event && html` <span class="quiet">${t('event.otherEvent')}</span>`}</p>
    ${same.length > 0 && html`<p class="utterance-who quiet">${t('event.sameWords')} ${same.map((copy, at) => html`${at > 0 && ', '}<a class="cite" href=${
      articleAddress(copy.article, copy.start, copy.end)}>${publisherOf(copy)}</a>`)}</p>`}
    ${changed.map((copy) => html`<${Changed} key=${copy.article} copy=${copy} saying=${saying} />`)}
  </div>`;
}

function Changed({ copy }) {
  const changes = changesOf(copy);
  return html`<p class="utterance-who changed"><${Badge} kind="change">${t(`event.change_${copy.change}`)}<//> <${Cite} report=${copy} start=${copy.start} end=${copy.end} />${
    changes.map((one) => html` <span class="swap">${swapWords(one, copy.inLanguage)}</span>`)}${
    changes.length === 0 && copy.change !== 'same' && html` <q class="quiet" lang=${langOf(copy.inLanguage) || undefined}>${copy.text}</q>`}${
    copy.otherSpeaker && html` <b>${t('event.givenTo', { name: copy.speaker || t('event.nobodyKnown') })}</b>`}</p>`;
}

function swapWords({ here, first }, language) {
  const words = (text) => html`<q lang=${langOf(language) || undefined}>${text}</q>`;
  if (!here) return tx('event.leftOut', { first: words(first) });
  if (!first) return tx('event.putIn', { here: words(here) });
  return tx('event.inPlaceOf', { here: words(here), first: words(first) });
}

// ---- what each report adds ----

const MOST_NOVEL = 10;

function Novel({ event }) {
  const [all, setAll] = useAll();
  const reports = event.reports.filter((report) => report.novel?.length > 0), none = event.reports.filter((report) => !report.novel?.length);
  if (event.reports.length < 2) return null;
  return html`<${Section} id="novel" title=${t('event.novelTitle')} note=${t('event.novelNote')}>
    <div class="novel">${firstOf(reports, all, MOST_NOVEL).map((report) => html`<${NovelOf} key=${report.article} report=${report} />`)}</div>
    ${firstOf(reports, all, MOST_NOVEL).length < reports.length && html`<button type="button" class="more" onClick=${() => setAll(true)}>${t('event.allReports', { n: reports.length })}</button>`}
    ${none.length > 0 && html`<p class="quiet utterance-who">${t('event.novelNone')} ${none.slice(0, 30).map((report, at) => html`${at > 0 && ', '}<a class="cite" href=${
      articleAddress(report.article)}>${publisherOf(report)}</a>`)}${none.length > 30 && ` … (${number(none.length)})`}</p>`}<//>`;
}

function NovelOf({ report }) {
  const [all, setAll] = useAll();
  const sentences = useMemo(() => {
    const offsets = offsetsOf(report.articleBody || '');
    return report.novel.map((span) => ({ ...span, text: report.articleBody.slice(offsets.unitOfByte(span.start), offsets.unitOfByte(span.end)) }));
  }, [report]);
  const shown = firstOf(sentences, all, 4);
  return html`<div class="novel-of"><h3>${publisherOf(report)} <${DayOf} report=${report} /> <span class="count">${t('event.sentences', { n: sentences.length })}</span></h3>
    <ul lang=${langOf(report.inLanguage) || undefined}>${shown.map((one) => html`<li key=${one.start}><a class="passage" href=${articleAddress(report.article, one.start, one.end)}>${one.text}</a></li>`)}</ul>
    ${shown.length < sentences.length && html`<button type="button" class="plain" onClick=${() => setAll(true)}>${t('event.allSentences', { n: sentences.length })}</button>`}</div>`;
}

// ---- two of them side by side ----

function CompareBar({ event, picked, onClear }) {
  if (picked.length === 0) return null;
  const names = picked.map((name) => publisherOf(event.reports.find((report) => report.article === name)));
  return html`<div class="compare-bar" role="status"><span>${picked.length === 1 ? t('event.pickedOne', { a: names[0] }) : t('event.pickedTwo', { a: names[0], b: names[1] })}</span>
    ${picked.length === 2 && html`<a class="button first" href=${address('compare', null, { a: picked[0], b: picked[1] })}>${t('event.compareNow')}</a>`}
    <button type="button" class="plain" onClick=${onClear}>${t('event.clearPicked')}</button></div>`;
}
