// Which view is shown, from the address. Any <a> of the page works: clicks on addresses of ours are taken over.
import { useEffect, useState } from 'preact/hooks';
import { address, parse } from './address.js';
import { keepPlace } from './places.js';

const listeners = new Set();
let current = read();

function read() {
  return { ...parse(location.pathname, location.search, location.hash), key: history.state?.key || 'first', way: cameBack() ? 'back' : 'new' };
}

// Loading again, or coming from another site by Back: where one was is kept under the step's key.
function cameBack() {
  return ['reload', 'back_forward'].includes(performance.getEntriesByType('navigation')[0]?.type);
}

function changed(way) {
  current = { ...read(), way };
  for (const listener of listeners) listener(current);
}

// Goes to an address of the page. `replace`: without a step back, as for a filter that is being typed.
// `way` tells the page how it came: 'new' begins at the top, 'same' leaves scrolling and focus as they are,
// 'hash' goes to the place of the hash.
export function go(to, { replace = false, way = replace ? 'same' : 'new' } = {}) {
  const url = new URL(to, location.href);
  const key = replace ? history.state?.key || 'first' : newKey();
  if (!replace) keepPlace(current.key);
  const asked = new URLSearchParams(location.search).get('ui');
  if (asked && !url.searchParams.has('ui')) url.searchParams.set('ui', asked);
  history[replace ? 'replaceState' : 'pushState']({ key }, '', url);
  changed(way);
}

function newKey() {
  return `${Date.now().toString(36)}-${Math.random().toString(36).slice(2, 8)}`;
}

// The present route: {view, name, query, hash, key, way}; way is 'new', 'back', 'hash' or 'same'.
export function useRoute() {
  const [route, set] = useState(current);
  useEffect(() => {
    listeners.add(set);
    if (current !== route) set(current);
    return () => listeners.delete(set);
  }, []);
  return route;
}

export function route() {
  return current;
}

// The present address with other values in its query; empty ones go.
export function withQuery(changes) {
  return address(current.view, current.name, { ...current.query, ...changes });
}

function taken(event) {
  if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.target.closest?.('a[href]');
  if (!link || link.target || link.hasAttribute('download') || link.origin !== location.origin) return;
  if (link.pathname.startsWith('/api/') || link.pathname.startsWith('/assets/')) return;
  event.preventDefault();
  const samePage = link.pathname === location.pathname && link.search === location.search;
  go(link.href, { way: samePage && link.hash ? 'hash' : 'new', replace: link.href === location.href });
}

export function startRouter() {
  history.scrollRestoration = 'manual';
  document.addEventListener('click', taken);
  addEventListener('popstate', () => {
    keepPlace(current.key);
    changed('back');
  });
  addEventListener('pagehide', () => keepPlace(current.key));
}
