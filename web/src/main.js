// The page: its frame, and the view that the address names.
import { render } from 'preact';
import { useErrorBoundary, useLayoutEffect, useState } from 'preact/hooks';
import { address } from './address.js';
import { locked, openSession } from './api.js';
import { Help } from './help.js';
import { html } from './html.js';
import { language, setLanguage, t } from './i18n.js';
import { helpOpen, startKeys } from './keys.js';
import { newsState } from './news.js';
import { placeOf } from './places.js';
import { go, startRouter, useRoute } from './router.js';
import { keep, kept, LANGUAGES } from './settings.js';
import { useWatched } from './state.js';
import { announcement, ErrorState, focusHeading, Head } from './ui.js';
import { startDrops, UploadLine } from './drops.js';
import { Add } from './views/add.js';
import { Article } from './views/article.js';
import { Between } from './views/between.js';
import { Compare } from './views/compare.js';
import { Event } from './views/event.js';
import { Quotes } from './views/quotes.js';
import { Search } from './views/search.js';
import { Stories } from './views/stories.js';
import { Story } from './views/story.js';

const VIEWS = { stories: Stories, story: Story, event: Event, article: Article, compare: Compare, between: Between, search: Search, quotes: Quotes, add: Add };
const PLACES = ['stories', 'search', 'quotes', 'between', 'compare', 'add'];
const PARENT = { story: 'stories', event: 'stories', article: 'stories' };

function App() {
  const route = useRoute();
  const words = useWatched(language);
  const isLocked = useWatched(locked);
  useArrival(route);
  const View = VIEWS[route.view] || NotFound;
  return html`
    <a class="skip" href="#main" onClick=${skip}>${t('ui.skip')}</a>
    <${Masthead} route=${route} />
    <${UploadLine} route=${route} />
    <main class="page page-${route.view}" id="main" tabindex="-1">
      ${isLocked ? html`<${TokenForm} />` : html`<${Guard} key=${`${route.view} ${route.name} ${route.view === 'compare' ? `${route.query.a} ${route.query.b}` : ''}`}>
        <${View} route=${route} language=${words} /><//>`}
    </main>
    <${Foot} />
    <${Help} />
    <${Announcer} />`;
}

function skip(event) {
  event.preventDefault();
  document.getElementById('main').focus();
}

// A new view begins at the top with its heading in focus, Back where one was, a hash at its place.
function useArrival(route) {
  useLayoutEffect(() => {
    if (route.way === 'same') return;
    const place = route.hash && document.getElementById(route.hash);
    if (place) {
      place.scrollIntoView({ block: 'start' });
      place.focus({ preventScroll: true });
    } else if (route.way === 'back') {
      comeTo(placeOf(route.key));
    } else if (route.way === 'new' && route.key !== 'first') {
      scrollTo(0, 0);
      focusHeading();
    }
  }, [route]);
}

// Scrolls to where the reader was; what was there may take a moment to come, and a reader who moves wins.
function comeTo({ y, href }) {
  const until = performance.now() + 1500;
  let moved = false;
  const stop = () => { moved = true; };
  for (const kind of ['wheel', 'keydown', 'pointerdown']) addEventListener(kind, stop, { once: true, passive: true });
  const scroll = () => {
    scrollTo(0, y);
    if (!moved && scrollY < y - 1 && performance.now() < until) requestAnimationFrame(scroll);
    else if (!moved && href) document.querySelector(`#main a[href="${CSS.escape(href)}"]`)?.focus({ preventScroll: true });
  };
  scroll();
}

// A mistake of ours in one view leaves the frame and the way to the others.
function Guard({ children }) {
  const [problem] = useErrorBoundary((error) => console.error(error));
  return problem ? html`<${Head} title=${t('problem.page')} /><p class="error-detail" lang="en">${String(problem.message || problem)}</p>
    <p><a href=${location.href}>${t('ui.tryAgain')}</a></p>` : children;
}

function NotFound() {
  return html`<${Head} title=${t('problem.noPage')} /><p><a href="/stories">${t('stories.title')}</a></p>`;
}

function Masthead({ route }) {
  const place = PARENT[route.view] || route.view;
  return html`<header class="masthead"><div class="masthead-row">
    <a class="wordmark" href="/stories">runut</a>
    <nav class="places" aria-label=${t('ui.places')}>${PLACES.map((name) => html`<a href=${address(name)}
      aria-current=${name === place ? (name === route.view ? 'page' : 'true') : undefined}>${t(`${name}.place`)}</a>`)}</nav>
    <div class="masthead-tools">
      ${route.view !== 'search' && html`<${QuickSearch} />`}
      <${Live} /><${LanguageSwitch} /><${SchemeSwitch} />
      <button type="button" class="tool" aria-label=${t('help.title')} title=${t('help.title')} onClick=${() => helpOpen.set(true)}>?</button>
    </div>
  </div></header>`;
}

function QuickSearch() {
  const send = (event) => {
    event.preventDefault();
    const words = event.currentTarget.elements.words.value.trim();
    go(address('search', null, { words }));
  };
  return html`<form class="quick" role="search" onSubmit=${send}>
    <input type="search" name="words" data-search aria-label=${t('search.words')} placeholder=${t('search.quick')} autocomplete="off"
      aria-keyshortcuts="/" enterkeyhint="search" /></form>`;
}

// Whether news come in as they happen. Shown only when that was asked for and is not so.
function Live() {
  const state = useWatched(newsState);
  return state === 'lost' && html`<span class="live-lost" role="status" title=${t('ui.newsLostLong')}>${t('ui.newsLost')}</span>`;
}

function LanguageSwitch() {
  const now = useWatched(language);
  return html`<div class="switch" role="group" aria-label=${t('ui.language')}>${LANGUAGES.map((tag) => html`<button type="button" class="tool"
    aria-pressed=${tag === now ? 'true' : 'false'} lang=${tag} title=${{ en: 'English', id: 'Bahasa Indonesia' }[tag]}
    onClick=${() => setLanguage(tag)}>${tag.toUpperCase()}</button>`)}</div>`;
}

// system -> light -> dark -> system
function SchemeSwitch() {
  const [scheme, set] = useState(kept('scheme', 'system'));
  const next = { system: 'light', light: 'dark', dark: 'system' };
  const turn = () => {
    const chosen = next[scheme];
    keep('scheme', chosen === 'system' ? null : chosen);
    if (chosen === 'system') delete document.documentElement.dataset.scheme;
    else document.documentElement.dataset.scheme = chosen;
    set(chosen);
  };
  const label = t('ui.scheme', { now: t(`ui.scheme_${scheme}`) });
  return html`<button type="button" class="tool scheme" aria-label=${label} title=${label} onClick=${turn}>
    <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true"><circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" stroke-width="1.5" />
      ${scheme !== 'light' && html`<path d=${scheme === 'dark' ? 'M8 1.75a6.25 6.25 0 1 0 0 12.5a6.25 6.25 0 1 0 0-12.5z' : 'M8 1.75a6.25 6.25 0 0 1 0 12.5z'} fill="currentColor" />`}</svg></button>`;
}

function TokenForm() {
  const [problem, set] = useState(null);
  const [busy, setBusy] = useState(false);
  const send = async (event) => {
    event.preventDefault();
    setBusy(true);
    set(null);
    try {
      await openSession(event.target.elements.token.value.trim());
    } catch (error) {
      set(error);
    }
    setBusy(false);
  };
  return html`<${Head} title=${t('token.title')} /><form class="token" onSubmit=${send}>
    <p>${t('token.why')}</p>
    <label for="token">${t('token.label')}</label>
    <p class="token-row"><input id="token" name="token" type="password" required autocomplete="current-password" spellcheck=${false} />
      <button type="submit" class="first" disabled=${busy}>${t('token.send')}</button></p>
    ${problem && (problem.status === 401 ? html`<p class="error-title" role="alert">${t('token.wrong')}</p>` : html`<${ErrorState} problem=${problem} />`)}
  </form>`;
}

function Foot() {
  return html`<footer class="foot"><p>${t('ui.foot')} <a href="/api/v1/openapi.json">API</a></p></footer>`;
}

function Announcer() {
  return html`<p class="unseen" aria-live="polite" role="status">${useWatched(announcement)}</p>`;
}

startRouter();
startKeys();
startDrops();
const root = document.getElementById('app');
root.textContent = '';
render(html`<${App} />`, root);
