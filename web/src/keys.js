// Keys of the whole page. Single letters can be switched off in the help (they get in the way of speech input).
import { go } from './router.js';
import { kept } from './settings.js';
import { watched } from './state.js';

export const helpOpen = watched(false);
export const singleKeys = watched(kept('keys', true));

const PLACES = { s: '/stories', f: '/search', q: '/quotes', b: '/between', c: '/compare', a: '/add' };
const ZOOM = { '+': 'in', '=': 'in', '-': 'out', 0: 'all' };
let pending = 0;

export function startKeys() {
  addEventListener('keydown', pressed);
}

function pressed(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || !singleKeys.get()) return;
  if (event.target.closest?.('input, textarea, select, [contenteditable], dialog')) return;
  const key = event.key.toLowerCase();
  if (Date.now() - pending < 1500 && PLACES[key]) {
    pending = 0;
    go(PLACES[key]);
  } else if (key === 'g') {
    pending = Date.now();
  } else if (event.key === '?') {
    helpOpen.set(true);
  } else if (key === '/') {
    focusSearch();
  } else if (key === 'j') {
    step(1);
  } else if (key === 'k') {
    step(-1);
  } else if (event.key in ZOOM && document.querySelector('[data-zoom]')) {
    document.querySelector(`[data-zoom="${ZOOM[event.key]}"]`)?.click();
  } else if (key === 'n') {
    document.querySelector('[data-news]')?.click();
    return;
  } else {
    return;
  }
  event.preventDefault();
}

function focusSearch() {
  const fields = [...document.querySelectorAll('[data-search]')].filter((field) => field.offsetParent !== null);
  const field = fields[fields.length - 1];
  field?.focus();
  field?.select();
}

// To the next row of a listing, or the one before: rows are [data-row], what is focused is their [data-row-link].
// At the end of a listing more of it is asked for.
function step(by) {
  const links = [...document.querySelectorAll('[data-row-link]')].filter((link) => link.offsetParent !== null);
  if (links.length === 0) return;
  const row = document.activeElement?.closest?.('[data-row]');
  let at = row ? links.findIndex((link) => row.contains(link)) : -1;
  if (at < 0) at = by > 0 ? firstInView(links) - 1 : firstInView(links);
  const next = links[Math.max(0, Math.min(links.length - 1, at + by))];
  if (at + by >= links.length) document.querySelector('[data-more]')?.click();
  next.focus();
  (next.closest('[data-row]') || next).scrollIntoView({ block: 'nearest' });
}

function firstInView(links) {
  const at = links.findIndex((link) => link.getBoundingClientRect().top >= 0);
  return at < 0 ? 0 : at;
}
