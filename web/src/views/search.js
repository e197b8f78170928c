// Full text, with the filters of all listings; without words the newest reports. Searches can be kept.
import { useId, useState } from 'preact/hooks';
import { apiAddress, articleAddress, eventAddress, filtersOf, FILTERS, firstQuestion, queryText, storyAddress } from '../address.js';
import { useListing } from '../api.js';
import { FilterBar, WordsField } from '../filterbar.js';
import { html } from '../html.js';
import { number, t, tx } from '../i18n.js';
import { go, withQuery } from '../router.js';
import { withoutSearch, withSearch } from '../kept_searches.js';
import { searches } from '../searches.js';
import { keep } from '../settings.js';
import { useWatched } from '../state.js';
import { announce, Badge, DateText, Empty, ErrorState, Head, Headline, Languages, Loading, Marked, Order, Pager, Publisher, ReuseMark, SourceChain } from '../ui.js';

const OTHERS = FILTERS.filter((name) => name !== 'words');

export function Search({ route }) {
  const { query } = route;
  const listing = useListing(firstQuestion(route), { calm: route.way === 'back' });
  const change = (changes, typing) => go(withQuery(changes), { replace: typing, way: 'same' });
  return html`
    <${Head} title=${t('search.title')} windowTitle=${query.words ? t('search.titleWith', { words: query.words }) : undefined} />
    <div class="search-words"><${WordsField} value=${query.words || ''} onChange=${change} label=${t('search.words')} big />
      <p class="quiet hint">${tx('search.hint', { example: html`<q>${t('search.example')}</q>` })}</p></div>
    <${FilterBar} query=${query} fields=${OTHERS} onChange=${change} />
    <div class="search-columns">
      <section class="results" aria-label=${t('search.results')} aria-busy=${listing.loading === 'all' ? 'true' : undefined}>
        <div class="results-head"><p class="quiet">${query.words ? '' : t('search.newest')}</p>
          ${query.words && html`<${Order} values=${['', 'new']} now=${query.order || ''} words=${{ '': t('search.best'), new: t('search.new') }} />`}</div>
        <${Results} listing=${listing} />
      </section>
      <${Aside} query=${query} />
    </div>`;
}

function Results({ listing }) {
  const { items } = listing;
  if (!items) return listing.problem ? html`<${ErrorState} problem=${listing.problem} again=${listing.again} />` : html`<${Loading} />`;
  if (items.length === 0) return html`<${Empty} title=${t('count.results', { n: 0 })}><p>${t('search.noneHelp')}</p><//>`;
  return html`<ol class="found">${items.map((item) => html`<${Found} key=${item.article} item=${item} />`)}</ol>
    <${Pager} listing=${listing} shown=${t('search.shown', { n: items.length })} />`;
}

function Found({ item }) {
  return html`<li class="found-item" data-row>
    <p class="report-line"><${Publisher} report=${item} /> <${DateText} report=${item} length="medium" /> <${Languages} tags=${[item.inLanguage || 'und']} />
      ${item.kind && item.kind !== 'article' && html` <${Badge}>${t(`search.kind_${item.kind === 'listing' ? 'listing' : 'other'}`)}<//>`}</p>
    <h2><${Headline} text=${item.headline} lang=${item.inLanguage} href=${articleAddress(item.article)} row /></h2>
    ${item.snippet && html`<p class="snippet"><${Marked} text=${item.snippet} lang=${item.inLanguage} /></p>`}
    ${!item.snippet && item.abstract && html`<p class="snippet"><${Marked} text=${item.abstract} lang=${item.inLanguage} /></p>`}
    <p class="report-notes quiet">${(item.reuse || item.replacesArticle || item.replacedByArticle) && html`<${ReuseMark} report=${item} />`}<${SourceChain} sources=${item.sources} />
      ${item.event && html`<a href=${eventAddress(item.event)}>${t('search.itsEvent')}</a>`} ${item.story && html`<a href=${storyAddress(item.story)}>${t('search.itsStory')}</a>`}</p>
  </li>`;
}

function Aside({ query }) {
  const saved = useWatched(searches);
  const set = (next) => {
    searches.set(next);
    keep('searches', next);
  };
  const address = queryText({ ...filtersOf(query), order: query.order });
  const known = saved.some((search) => search.query === address);
  const [wide] = useState(() => matchMedia('(min-width: 58rem)').matches);
  return html`<aside class="saved" aria-label=${t('search.saved')}><details open=${wide}>
    <summary>${t('search.saved')}${saved.length > 0 && html` <span class="count">${number(saved.length)}</span>`}</summary>
    ${saved.length > 0 && html`<ul>${saved.map((search) => html`<li key=${search.query}><a href=${`/search${search.query}`} aria-current=${search.query === address ? 'true' : undefined}>${search.name}</a>
      <button type="button" class="remove" aria-label=${t('search.remove', { name: search.name })} title=${t('search.remove', { name: search.name })}
        onClick=${() => { set(withoutSearch(saved, search.query)); announce(t('search.removed')); }}>×</button></li>`)}</ul>`}
    ${saved.length === 0 && !address && html`<p class="quiet">${t('search.savedNone')}</p>`}
    ${address && !known && html`<${SaveForm} key=${address} query=${query} save=${(name) => { set(withSearch(saved, { name, query: address })); announce(t('search.savedNow')); }} />`}
    ${query.words && html`<p class="aside-links"><a href=${apiAddress('/search/atom', filtersOf(query))} type="application/atom+xml">${t('ui.atom')}</a></p>`}
  </details></aside>`;
}

function SaveForm({ query, save }) {
  const id = useId();
  const [name, set] = useState(Object.values(filtersOf(query)).join(', '));
  const send = (event) => {
    event.preventDefault();
    if (name.trim()) save(name.trim());
  };
  return html`<form class="save" onSubmit=${send}><label for=${id}>${t('search.saveAs')}</label>
    <p class="save-row"><input id=${id} value=${name} maxlength="80" onInput=${(event) => set(event.target.value)} /> <button type="submit">${t('search.save')}</button></p></form>`;
}
