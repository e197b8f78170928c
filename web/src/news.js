// What arrives, as it arrives: one stream of /api/v1/news for all tabs of this browser. A browser opens only
// six connections to a server of HTTP/1.1, so a tab each would starve the others: the tab that holds the lock
// listens, and tells the rest over a BroadcastChannel. Without locks (no secure context) a tab listens while
// it is seen.
import { useEffect, useRef } from 'preact/hooks';
import { API } from './address.js';
import { round } from './api.js';
import { watched } from './state.js';

// 'off' until somebody listens, 'live', 'lost' while it is being tried again.
export const newsState = watched('off');

const listeners = new Set();
const channel = typeof BroadcastChannel === 'function' ? new BroadcastChannel('runut-news') : null;
let started = false, source = null, newest = 0, tries = 0, timer = null, worry = null, leading = false;

function tell(kind, data) {
  for (const listener of [...listeners]) listener(kind, data);
}

function heard(kind, data) {
  tell(kind, data);
  channel?.postMessage({ kind, data, newest });
}

function connect() {
  clearTimeout(timer);
  source?.close();
  source = new EventSource(`${API}/news${newest ? `?after=${newest}` : ''}`);
  source.addEventListener('hello', (event) => {
    const hello = read(event);
    if (!newest) newest = hello.newest || 0;
    tries = 0;
    clearTimeout(worry);
    setState('live');
  });
  source.addEventListener('article', (event) => {
    newest = Number(event.lastEventId) || newest;
    heard('article', read(event));
  });
  source.addEventListener('stories', (event) => heard('stories', read(event)));
  source.onerror = () => {
    // many a break mends itself at once: it is told only when it lasts
    clearTimeout(worry);
    worry = setTimeout(() => setState('lost'), 6000);
    if (source.readyState !== EventSource.CLOSED) return; // the browser tries again by itself
    timer = setTimeout(connect, Math.min(60000, 2000 * 2 ** tries++));
  };
}

function setState(state) {
  newsState.set(state);
  channel?.postMessage({ state });
}

function read(event) {
  try {
    return JSON.parse(event.data);
  } catch {
    return {};
  }
}

function lead() {
  leading = true;
  connect();
  round.watch(connect);
  return new Promise(() => {}); // the lock is held as long as the tab lives
}

function start() {
  started = true;
  if (channel) {
    channel.onmessage = ({ data }) => {
      if (data.state) newsState.set(data.state);
      else if (data.asks) {
        if (leading) channel.postMessage({ state: newsState.get() });
      } else {
        newest = data.newest || newest; // where to go on, should this tab come to lead
        tell(data.kind, data.data);
      }
    };
    channel.postMessage({ asks: 'state' });
  }
  if (channel && navigator.locks) {
    navigator.locks.request('runut-news', lead).catch(() => {});
    return;
  }
  const look = () => {
    if (document.visibilityState === 'visible') connect();
    else {
      clearTimeout(timer);
      source?.close();
      newsState.set('off');
    }
  };
  document.addEventListener('visibilitychange', look);
  look();
}

// The same outside of components; gives what ends it.
export function listen(hear) {
  listeners.add(hear);
  if (!started) start();
  return () => listeners.delete(hear);
}

// Calls hear(kind, data) for news: kind 'article' with an item of /articles, 'stories' with {stories, events}.
export function useNews(hear) {
  const latest = useRef(hear);
  latest.current = hear;
  useEffect(() => {
    const listener = (kind, data) => latest.current(kind, data);
    return listen(listener);
  }, []);
}
