// Who said what: first prints in order of time, each with its later prints and what those changed.
import { useState } from 'preact/hooks';
import { articleAddress, eventAddress, FILTERS, firstQuestion, address } from '../address.js';
import { useListing } from '../api.js';
import { FilterBar, Suggest, WordsField } from '../filterbar.js';
import { html } from '../html.js';
import { day, langOf, t, tx } from '../i18n.js';
import { go, withQuery } from '../router.js';
import { Badge, Empty, ErrorState, Head, Headline, Languages, Loading, Pager, Publisher } from '../ui.js';

const SAME_SHOWN = 8;
const OTHERS = FILTERS.filter((name) => name !== 'words');

export function Quotes({ route }) {
  const { query } = route;
  const listing = useListing(firstQuestion(route), { calm: route.way === 'back' });
  const change = (changes, typing) => go(withQuery(changes), { replace: typing, way: 'same' });
  return html`
    <${Head} title=${t('quotes.title')} />
    <form class="quotes-ask" role="search" aria-label=${t('quotes.title')} onSubmit=${(event) => event.preventDefault()}>
      <${Suggest} of="person" name="by" label=${t('quotes.by')} value=${query.by || ''} onChange=${change} />
      <${WordsField} name="about" label=${t('quotes.about')} value=${query.about || ''} onChange=${change} search />
      <label class="check"><input type="checkbox" checked=${Boolean(query.reported)} onChange=${(event) => change({ reported: event.target.checked ? '1' : '' })} /> ${t('quotes.reported')}</label>
    </form>
    <${FilterBar} query=${query} fields=${OTHERS} onChange=${change} />
    <${Said} listing=${listing} />`;
}

function Said({ listing }) {
  const { items } = listing;
  if (!items) return listing.problem ? html`<${ErrorState} problem=${listing.problem} again=${listing.again} />` : html`<${Loading} />`;
  if (items.length === 0) return html`<${Empty} title=${t('quotes.none')}><p>${t('quotes.noneHelp')}</p><//>`;
  return html`<ol class="quotes" aria-busy=${listing.loading === 'all' ? 'true' : undefined}>${items.map((item) => html`<${Saying} key=${`${item.article} ${item.start} ${item.end}`} item=${item} />`)}</ol>
    <${Pager} listing=${listing} shown=${t('quotes.shown', { n: items.length })} />`;
}

function isSame(copy) {
  return copy.change === 'same' && !copy.otherSpeaker;
}

function Saying({ item }) {
  const { copies = [] } = item, others = copies.filter((copy) => !isSame(copy));
  return html`<li class="saying" data-row>
    <div class="saying-who"><p><${Speaker} item=${item} /></p>
      <p class="quiet num">${item.date ? day(item.date, 'medium') : t('date.none')}</p></div>
    <div class="saying-what">
      <blockquote class=${item.reported ? 'said reported' : 'said'}><a href=${articleAddress(item.article, item.start, item.end)} data-row-link><${Words} item=${item} /></a></blockquote>
      <${Print} item=${item} />
      <${SameWords} copies=${copies.filter(isSame)} />
      ${others.length > 0 && html`<ul class="prints">${others.map((copy) => html`<li key=${`${copy.article} ${copy.start}`}>
        <p class="print-change"><${Badge} kind=${copy.change === 'altered' ? 'change' : copy.change === 'same' ? 'plain' : 'copy'}>${t(`quotes.${copy.change}`)}<//>
          ${copy.otherSpeaker && html` <${Badge} kind="conflict">${tx('quotes.otherSpeaker', { speaker: copy.speaker || t('quotes.nobody') })}<//>`}
          ${copy.date && html` <span class="quiet num">${day(copy.date, 'medium')}</span>`}</p>
        <p class="print-words"><a href=${articleAddress(copy.article, copy.start, copy.end)}><${Words} item=${copy} /></a></p>
        <${Differs} copy=${copy} /><${Print} item=${copy} /></li>`)}</ul>`}
    </div></li>`;
}

// Prints of the same words: only where and when matters.
function SameWords({ copies }) {
  const [all, set] = useState(false);
  if (copies.length === 0) return null;
  const shown = all ? copies : copies.slice(0, SAME_SHOWN);
  return html`<p class="same-words">${t('quotes.sameIn')} ${shown.map((copy, at) => html`${at > 0 && '; '}<a href=${articleAddress(copy.article, copy.start, copy.end)}><${Publisher}
    report=${copy} /></a>${copy.date && html` <span class="num">${day(copy.date, 'medium')}</span>`}`)}${shown.length < copies.length
    && html` <button type="button" class="plain" onClick=${() => set(true)}>${t('quotes.moreSame', { n: copies.length - shown.length })}</button>`}</p>`;
}

function Speaker({ item }) {
  const who = item.speaker ? html`<a class="speaker" href=${address('quotes', null, { by: item.speaker })}>${item.speaker}</a>` : html`<span class="quiet">${t('quotes.nobody')}</span>`;
  return html`${who}${item.via && html` <span class="quiet via">${t('quotes.via', { via: item.via })}</span>`}`;
}

// The words as printed; direct speech stands in quotation marks of its language.
function Words({ item }) {
  return item.reported ? html`<span lang=${langOf(item.inLanguage) || undefined}>${item.text}</span>` : html`<q lang=${langOf(item.inLanguage) || undefined}>${item.text}</q>`;
}

function Print({ item }) {
  return html`<p class="print"><${Publisher} report=${item} />, <${Headline} text=${item.headline} lang=${item.inLanguage} href=${articleAddress(item.article)} />
    ${' '}<${Languages} tags=${[item.inLanguage || 'und']} />${item.event && html` <a class="quiet" href=${eventAddress(item.event)}>${t('search.itsEvent')}</a>`}</p>`;
}

// Words of this print, and those that stand in their place in the first.
function Differs({ copy }) {
  const differs = (copy.differs || []).filter(({ here, first }) => here || first);
  if (differs.length === 0) return null;
  const lang = langOf(copy.inLanguage) || undefined;
  return html`<ul class="differs">${differs.map(({ here, first }) => html`<li>${here && first
    ? tx('quotes.instead', { here: html`<ins lang=${lang}>${here}</ins>`, first: html`<del lang=${lang}>${first}</del>` })
    : here ? tx('quotes.adds', { here: html`<ins lang=${lang}>${here}</ins>` }) : tx('quotes.leaves', { first: html`<del lang=${lang}>${first}</del>` })}</li>`)}</ul>`;
}
