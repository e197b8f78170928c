// What a mark means, who says so, and by which words.
import { address, articleAddress } from '../address.js';
import { html } from '../html.js';
import { langOf, percent, t, tx } from '../i18n.js';
import { Says } from '../says_text.js';
import { publisherOf } from '../ui.js';
import { aboutText, copyPassage, Why } from './report_parts.js';

export function Explained({ mark, article, others }) {
  const Kind = EXPLAIN[mark.kind];
  return html`<div class="explained"><p class="explained-kind"><span class="m m-${mark.kind}">${t(`article.mark_${mark.kind}`)}</span><button
      type="button" class="plain small" onClick=${() => copyPassage(article, mark)}>${t('article.copyPassage')}</button></p>
    ${mark.all.slice(0, 8).map((one) => html`<${Kind} one=${{ ...mark, ...one }} article=${article} others=${others} />`)}
    ${mark.all.length > 8 && html`<p class="quiet">… ${t('article.andMore', { n: mark.all.length - 8 })}</p>`}</div>`;
}

function nameOf(article, others) {
  const report = others.get(article);
  return report ? publisherOf(report) : article;
}

function Said({ one }) {
  const { speaker, via, cue, why } = one.about;
  return html`<p>${speaker ? html`<b>${speaker}</b>` : html`<i>${t('event.nobodyKnown')}</i>`}${via && html` ${t('event.via', { name: via })}`}</p>
    <p class="quiet"><${Why} text=${why} />${cue && html` · ${tx('article.cue', { cue: html`<q>${cue}</q>` })}`}</p>`;
}

function Refused({ one }) {
  return html`<p>${t('article.nobodySaid')} <${Why} text=${one.about.why} /></p>`;
}

function Source({ one }) {
  return html`<p>${tx('article.newsOf', { name: html`<b>${one.about.name}</b>` })}</p>`;
}

function Day({ one }) {
  return html`<p><${Says} text=${one.about.says} /></p>`;
}

function Name({ one, article }) {
  const { name, role, mentions } = one.about;
  return html`<p><b>${name}</b>${role?.text && html`, <span lang=${langOf(article.inLanguage) || undefined}>${Number.isInteger(role.start)
    ? html`<a href=${articleAddress(article.article, role.start, role.end)}>${role.text}</a>` : role.text}</span>`}</p>
    <p class="quiet">${t('article.mentions', { n: mentions?.length ?? 0 })} · <a href=${address('search', null, { words: name })}>${t('article.searchName')}</a></p>`;
}

function Reused({ one, article, others }) {
  const { ofArticle, of, kind, share, why } = one.about;
  const words = t(`reuse.${kind}`, { from: ofArticle ? nameOf(ofArticle, others) : of, share: percent(share) });
  return html`<p>${words}</p><p class="quiet"><${Why} text=${why} /></p>
    ${ofArticle && html`<p><a href=${articleAddress(ofArticle, one.span?.otherStart, one.span?.otherEnd)}>${t('article.theirPassage')}</a> · <a href=${
      address('compare', null, { a: ofArticle, b: article.article })}>${t('event.compareNow')}</a></p>`}`;
}

function Given({ one, article }) {
  return html`<p>${tx('article.tookThis', { name: html`<a href=${articleAddress(one.taker.article, one.span.start, one.span.end)}>${publisherOf(one.taker)}</a>`, kind: t(`event.line_${one.about.kind}`) })}</p>
    <p><a href=${address('compare', null, { a: article.article, b: one.taker.article })}>${t('event.compareNow')}</a></p>`;
}

function Differs({ one, article, others }) {
  const { about, kind, value, otherValue, withArticle, otherStart, otherEnd } = one.about;
  return html`<p><b>${aboutText(about)}</b>: ${value} ${t('article.butThere')} ${withArticle
    ? html`<a href=${articleAddress(withArticle, otherStart, otherEnd)}>${otherValue} (${nameOf(withArticle, others)})</a>` : otherValue}</p>
    <p class="quiet">${t(`event.kind_${kind}`)}${withArticle && html` · <a href=${address('compare', null, { a: article.article, b: withArticle })}>${t('event.compareNow')}</a>`}</p>`;
}

function Novel() {
  return html`<p>${t('article.novelWhy')}</p>`;
}

function Passage() {
  return html`<p>${t('article.passageWhy')}</p>`;
}

const EXPLAIN = {
  said: Said, reported: Said, refused: Refused, source: Source, date: Day, person: Name, organization: Name, place: Name,
  reused: Reused, given: Given, disagreement: Differs, novel: Novel, passage: Passage,
};
