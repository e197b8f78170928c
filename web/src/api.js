// Questions to the server, and hooks that keep their answers. ETags are the browser's business: every question
// goes out, and an answer that has not changed costs a few bytes.
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { apiAddress } from './address.js';
import { watched } from './state.js';

// What went wrong, in the server's words (application/problem+json) where it had any. status 0: not reached.
export class Problem extends Error {
  constructor(status, title, detail, wait) {
    super(title || `HTTP ${status}`);
    this.status = status;
    this.title = title;
    this.detail = detail;
    this.wait = wait;
  }
}

// Set while the server wants a token; `round` grows when one was given, so that views ask again.
export const locked = watched(false);
export const round = watched(0);

export async function ask(question, options = {}) {
  let response;
  try {
    response = await (early(question, options) || fetch(question, { ...options, headers: { Accept: 'application/json', ...options.headers } }));
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem(0);
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return null;
  try {
    return await response.json();
  } catch (error) {
    if (error.name === 'AbortError') throw error;
    throw new Problem(0);
  }
}

// The answer that early.js asked for before there was anything else; it serves once.
function early(question, options) {
  const asked = window.runutEarly;
  if (!asked || options.method || asked.question !== question) return null;
  window.runutEarly = null;
  return asked.answer;
}

export async function problemOf(response) {
  let told = {};
  try {
    if ((response.headers.get('Content-Type') || '').includes('json')) told = await response.json();
  } catch { /* the status has to do */ }
  if (response.status === 401) locked.set(true);
  return new Problem(response.status, told.title, told.detail, Number(response.headers.get('Retry-After')) || 0);
}

export async function openSession(token) {
  await ask(apiAddress('/session'), {
    method: 'POST', body: JSON.stringify({ token }), headers: { 'Content-Type': 'application/json' },
  });
  locked.set(false);
  round.set(round.get() + 1);
}

// Answers of late, so that Back shows at once what it showed.
const answers = new Map();
const KEPT = 60;

function remember(question, answer) {
  answers.delete(question);
  answers.set(question, answer);
  if (answers.size > KEPT) answers.delete(answers.keys().next().value);
}

// The answer to one question: {data, problem, loading, again}. An old answer is shown until the new one is
// there. A null question has no answer.
export function useAnswer(question) {
  const [state, set] = useState(() => start(question));
  const running = useRef(null);

  const load = useCallback(async () => {
    running.current?.abort();
    if (!question) return;
    const abort = new AbortController();
    running.current = abort;
    set((was) => (was.question === question ? { ...was, loading: true } : start(question)));
    try {
      const data = await ask(question, { signal: abort.signal });
      if (abort.signal.aborted) return;
      remember(question, data);
      set({ question, data, problem: null, loading: false });
    } catch (problem) {
      if (problem.name !== 'AbortError' && !abort.signal.aborted) {
        set((was) => ({ question, data: was.question === question ? was.data : null, problem, loading: false }));
      }
    }
  }, [question]);

  useEffect(() => {
    load();
    const forget = round.watch(load);
    return () => {
      forget();
      running.current?.abort();
    };
  }, [load]);
  const shown = state.question === question ? state : start(question);
  return { ...shown, again: load };
}

function start(question) {
  return { question, data: (question && answers.get(question)) || null, problem: null, loading: Boolean(question) };
}

// A listing, page after page: {items, next, loading, problem, stale, more, again}. `question` is its first page's
// address. With `calm` (Back) what was there is shown as it was, all its pages; `stale` says then whether it has changed.
export function useListing(question, { calm = false } = {}) {
  const [state, set] = useState(() => startListing(question));
  const running = useRef(null);

  const load = useCallback(async (after) => {
    if (!question) return;
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    set((was) => (was.question === question ? { ...was, loading: after ? 'more' : 'all', problem: null } : startListing(question)));
    try {
      const page = await ask(after ? `${question}${question.includes('?') ? '&' : '?'}after=${encodeURIComponent(after)}` : question,
        { signal: abort.signal });
      if (abort.signal.aborted) return;
      set((was) => {
        const items = after ? [...was.items, ...page.items] : page.items;
        const answer = { question, items, next: page.next, problem: null, loading: null };
        remember(question, answer);
        return answer;
      });
    } catch (problem) {
      if (problem.name !== 'AbortError' && !abort.signal.aborted) set((was) => ({ ...was, question, problem, loading: null }));
    }
  }, [question]);

  const look = async () => {
    const shown = startListing(question);
    set(shown);
    const abort = new AbortController();
    running.current = abort;
    try {
      const page = await ask(question, { signal: abort.signal });
      const same = JSON.stringify(page.items) === JSON.stringify(shown.items.slice(0, page.items.length));
      if (!same && !abort.signal.aborted) set((was) => ({ ...was, stale: true }));
    } catch { /* what is shown stays */ }
  };

  useEffect(() => {
    if (!(calm && answers.has(question))) load();
    else look();
    const forget = round.watch(() => load());
    return () => {
      forget();
      running.current?.abort();
    };
  }, [load]);
  const shown = state.question === question ? state : startListing(question);
  return { ...shown, more: () => shown.next && load(shown.next), again: () => load() };
}

function startListing(question) {
  const was = question && answers.get(question);
  return was ? { ...was, loading: null } : { question, items: null, next: null, problem: null, loading: question ? 'all' : null };
}
