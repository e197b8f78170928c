// Addresses of the page and of the API, as pure functions: no window, no state.
import { hashOfPassage } from './offsets.js';

// The filters that every listing takes; the names are the program's option names.
export const FILTERS = ['words', 'since', 'until', 'publisher', 'lang', 'person', 'place', 'organization'];

// What a view keeps in its address, beside the language of the interface.
const KEPT = {
  stories: [...FILTERS, 'order'],
  story: ['from', 'to'],
  event: ['with'],
  article: [],
  compare: ['a', 'b'],
  between: ['one', 'other', ...FILTERS],
  search: [...FILTERS, 'order'],
  quotes: ['by', 'about', 'reported', ...FILTERS],
  add: [],
};

const NAMED = { stories: 'story', events: 'event', articles: 'article' };
const FOLDER = { story: 'stories', event: 'events', article: 'articles' };

export const API = '/api/v1';

// {view, name, query, hash} of an address; view is 'unknown' where the page has none.
export function parse(path, search = '', hash = '') {
  const parts = path.split('/').filter(Boolean).map(decoded);
  let view = 'unknown', name = null;
  if (parts.length === 0) view = 'stories';
  else if (parts.length === 1 && Object.hasOwn(KEPT, parts[0]) && !Object.hasOwn(FOLDER, parts[0])) view = parts[0];
  else if (parts.length === 2 && Object.hasOwn(NAMED, parts[0])) [view, name] = [NAMED[parts[0]], parts[1]];
  return { view, name, query: kept(view, search), hash: hash.replace(/^#/, '') };
}

function decoded(part) {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function kept(view, search) {
  const given = new URLSearchParams(search), query = {};
  for (const key of KEPT[view] || []) {
    const value = (given.get(key) || '').trim();
    if (value) query[key] = value;
  }
  return query;
}

// '?a=1&b=2' of those that hold something, in the order given; '' where none does.
export function queryText(query) {
  const given = new URLSearchParams();
  for (const [key, value] of Object.entries(query || {})) {
    if (value !== null && value !== undefined && value !== '' && value !== false) given.append(key, value);
  }
  const text = given.toString();
  return text ? `?${text}` : '';
}

// The page's address of a view: address('story', 's3'), address('search', null, {words: 'ferry'}).
export function address(view, name, query, hash) {
  const path = FOLDER[view] ? `/${FOLDER[view]}/${encodeURIComponent(name)}` : `/${view}`;
  return path + queryText(query) + (hash ? `#${hash}` : '');
}

// An article, at bytes of its body where they are given.
export function articleAddress(name, start, end) {
  return address('article', name, null, Number.isInteger(start) && Number.isInteger(end) ? hashOfPassage(start, end) : null);
}

export function eventAddress(name) {
  return address('event', name);
}

export function storyAddress(name) {
  return address('story', name);
}

export function apiAddress(path, query) {
  return API + path + queryText(query);
}

export function filtersOf(query) {
  const filters = {};
  for (const key of FILTERS) if (query[key]) filters[key] = query[key];
  return filters;
}

// What a view asks first. The early script calls it before the views are there, so each view must ask the
// same: they use this function too.
export function firstQuestion({ view, name, query }) {
  switch (view) {
    case 'stories': return apiAddress('/stories', { ...filtersOf(query), order: query.order });
    case 'story': return apiAddress(`/stories/${encodeURIComponent(name)}`);
    case 'event': return apiAddress(`/events/${encodeURIComponent(name)}`);
    case 'article': return apiAddress(`/articles/${encodeURIComponent(name)}`);
    case 'compare': return query.a && query.b ? apiAddress('/compare', { a: query.a, b: query.b }) : null;
    case 'between': return query.one && query.other
      ? apiAddress('/between', { one: query.one, other: query.other, ...filtersOf(query) }) : null;
    case 'search': return query.words ? apiAddress('/search', { ...filtersOf(query), order: query.order })
      : apiAddress('/articles', { ...filtersOf(query), order: 'new' });
    case 'quotes': return apiAddress('/quotes', {
      by: query.by, about: query.about, reported: query.reported, ...filtersOf(query),
    });
    default: return null;
  }
}

// Only what is plainly the web may become a link; captures can hold any text as their address.
export function safeLink(text) {
  if (typeof text !== 'string' || !/^https?:\/\//i.test(text)) return null;
  try {
    const url = new URL(text);
    return url.username || url.password ? null : url.href;
  } catch {
    return null;
  }
}
