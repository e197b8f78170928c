// What is new: one row per story.
import { useEffect, useRef, useState } from 'preact/hooks';
import { apiAddress, firstQuestion, storyAddress } from '../address.js';
import { useAnswer, useListing } from '../api.js';
import { FilterBar } from '../filterbar.js';
import { html } from '../html.js';
import { moment, number, span, t } from '../i18n.js';
import { useNews } from '../news.js';
import { Volume } from '../plots.js';
import { go, withQuery } from '../router.js';
import { keep, kept } from '../settings.js';
import { announce, Badge, Empty, ErrorState, Head, Headline, Languages, Loading, Order, Pager } from '../ui.js';

export function Stories({ route }) {
  const { query } = route;
  const listing = useListing(firstQuestion(route), { calm: route.way === 'back' });
  const health = useAnswer(apiAddress('/health'));
  const [fresh, setFresh] = useState(new Set());
  useSeen(health.data?.articles);
  const filtered = Object.keys(query).some((name) => name !== 'order');
  const filter = (changes, typing) => go(withQuery(changes), { replace: typing, way: 'same' });
  const show = (stories) => {
    setFresh(stories);
    listing.again();
    health.again();
  };
  return html`
    <div class="head-line">
      <${Head} title=${t('stories.title')} />
      ${health.data && html`<p class="quiet num">${[t('count.stories', { n: health.data.stories }), t('count.events', { n: health.data.events }),
        t('count.reports', { n: health.data.articles })].join(' · ')}</p>`}
      <${Order} values=${['', 'origins']} now=${query.order || ''} words=${{ '': t('stories.newest'), origins: t('stories.mostOrigins') }} />
    </div>
    <${FilterBar} query=${query} onChange=${filter} />
    <${New} show=${show} />
    ${listing.problem && !listing.items && html`<${ErrorState} problem=${listing.problem} again=${listing.again} />`}
    ${listing.loading === 'all' && !listing.items && html`<${Loading} />`}
    ${listing.items?.length > 0 && html`<${Table} items=${listing.items} fresh=${fresh} busy=${listing.loading} />`}
    ${listing.items?.length === 0 && (filtered
      ? html`<${Empty} title=${t('stories.noneFound')}><p><a href="/stories">${t('stories.all')}</a></p><//>`
      : html`<${Empty} title=${t('stories.none')}><p>${t('stories.noneYet')}</p><p><a class="button" href="/add">${t('add.title')}</a></p><//>`)}
    ${listing.items?.length > 0 && html`<${Pager} listing=${listing} shown=${t('stories.shown', { n: listing.items.length })} />`}`;
}

// What came in since the list was drawn. The list itself stays as it is until the reader asks.
function New({ show }) {
  const [news, set] = useState(null);
  const seen = useRef({ articles: new Set(), stories: new Set() });
  useNews((kind, data) => {
    const { articles, stories } = seen.current;
    if (kind === 'article') articles.add(data.article);
    if (kind === 'article' && data.story) stories.add(data.story);
    if (kind === 'stories') for (const story of data.stories || []) stories.add(story);
    if (articles.size > 0) set({ reports: articles.size, stories: new Set(stories) });
  });
  const take = () => {
    show(news.stories);
    seen.current = { articles: new Set(), stories: new Set() };
    set(null);
    announce(t('stories.shownNew'));
  };
  return html`<div class="news" aria-live="polite">${news && html`<button type="button" class="news-button" data-news onClick=${take}>${
    t('stories.new', { n: news.reports, stories: t('count.stories', { n: news.stories.size }) })} <span class="news-do">${t('stories.show')}</span></button>`}</div>`;
}

// The newest report that this browser had seen before this visit; null on the first. What came after it is new.
const seenBefore = kept('seen', null);

function arrivalOf(article) {
  return Number(/^a(\d+)$/.exec(article || '')?.[1]) || 0;
}

function isNew(story) {
  return seenBefore !== null && arrivalOf(story.newest) > seenBefore;
}

// Articles are numbered as they arrive, so their count is the newest one's number.
function useSeen(articles) {
  useEffect(() => {
    if (articles) keep('seen', articles);
  }, [articles]);
}

const COLUMNS = ['reports', 'origins', 'outlets', 'events', 'disagreements'];
const KEY = { reports: 'articles', outlets: 'publishers' };

function Table({ items, fresh, busy }) {
  return html`<table class="stories" aria-busy=${busy === 'all' ? 'true' : undefined} role="table">
    <caption class="unseen">${t('stories.title')}</caption>
    <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">${t('stories.story')}</th>
      ${COLUMNS.map((name) => html`<th scope="col" role="columnheader" class="n">${t(`stories.${name}`)}</th>`)}
      <th scope="col" role="columnheader" class="when">${t('stories.volume')}</th></tr></thead>
    <tbody role="rowgroup">${items.map((story) => html`<${Row} key=${story.story} story=${story} fresh=${fresh.has(story.story)} />`)}</tbody>
  </table>`;
}

function Row({ story, fresh }) {
  const lang = story.inLanguage || (story.languages?.length === 1 ? story.languages[0] : '');
  return html`<tr role="row" class=${fresh ? 'fresh' : undefined} data-row>
    <th scope="row" role="rowheader"><${Headline} text=${story.headline} lang=${lang} href=${storyAddress(story.story)} row />
      <span class="row-notes"><span class="num">${story.firstDate ? span(story.firstDate, story.lastDate) : t('date.none')}</span>
        <${Languages} tags=${story.languages || []} />${isNew(story) && html`<${Badge} kind="new">${story.newestAdded
          ? t('stories.newAt', { when: moment(story.newestAdded) }) : t('stories.isNew')}<//>`}</span></th>
    ${COLUMNS.map((name) => {
      const n = story[KEY[name] || name];
      return html`<td role="cell" class=${`n n-${name}${n ? '' : ' nought'}`}>${Number.isInteger(n) && html`<span class="alone">${n ? number(n) : '–'}</span><span class="told">${t(`count.${name}`, { n })}</span>`}</td>`;
    })}
    <td role="cell" class="when"><${Volume} volume=${story.volume} /></td>
  </tr>`;
}
