// Files on their way to the server: found in what was dropped or chosen, sent in batches, two at a time. It goes on
// while the reader looks at other views.
import { apiAddress } from './address.js';
import { locked, round } from './api.js';
import { added, meaningOf, nextBatch, NOTHING } from './batches.js';
import { t } from './i18n.js';
import { listen } from './news.js';
import { watched } from './state.js';

const AT_ONCE = 2, TRIES = 8;
const IDLE = { phase: 'idle', total: 0, bytes: 0, sent: 0, done: 0, result: NOTHING, stories: new Map(), why: null };

// phase: idle, finding (folders are being read), sending, waiting (the server is busy), locked, lost, done, stopped.
export const uploads = watched(IDLE);

let queue = [], at = 0, running = new Map(), again = [], stopListening = null;
let complete = 0; // bytes whose answer is there
let finding = 0; // folders are still being read by so many drops
let run = 0; // grows with each beginning and each cancelling, so that what belongs to an earlier one stops

function change(changes) {
  uploads.set({ ...uploads.get(), ...changes });
}

function active() {
  return ['finding', 'sending', 'waiting', 'locked', 'lost'].includes(uploads.get().phase);
}

function begin() {
  if (active()) return;
  [queue, at, running, again, complete, finding] = [[], 0, new Map(), [], 0, 0];
  run++;
  uploads.set({ ...IDLE, stories: new Map(), phase: 'finding' });
  stopListening ||= listen(heard);
}

// News of what these files changed; the newest headline stands for a story.
function heard(kind, item) {
  if (kind !== 'article' || !item.story || uploads.get().phase === 'idle') return;
  const stories = new Map(uploads.get().stories);
  stories.set(item.story, { headline: item.headline, lang: item.inLanguage });
  if (stories.size <= 200) change({ stories });
}

// Takes [{file, name}].
export function addFiles(list) {
  const files = list.filter(({ name }) => !/(^|\/)\.[^/]*$/.test(name));
  if (files.length === 0 && !active()) return;
  begin();
  for (const { file, name } of files) queue.push({ file, name, size: file.size });
  const state = uploads.get();
  change({ phase: 'sending', total: state.total + files.length, bytes: state.bytes + files.reduce((sum, { file }) => sum + file.size, 0) });
  pump();
}

// What was dropped: entries must be taken before the event ends, folders are read after.
export async function addDropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length === 0) {
    addFiles([...transfer.files].map((file) => ({ file, name: file.name })));
    return;
  }
  begin();
  finding++;
  const mine = run, open = entries.reverse();
  let found = [];
  while (open.length > 0) {
    const entry = open.pop();
    if (entry.isDirectory) open.push(...(await entriesOf(entry)).reverse());
    else found.push(await fileOf(entry));
    if (mine !== run) return;
    if (found.length >= 200 || open.length === 0) {
      addFiles(found.filter(Boolean));
      found = [];
    }
  }
  finding--;
  pump();
}

async function entriesOf(folder) {
  const reader = folder.createReader(), all = [];
  for (;;) {
    const some = await new Promise((done) => { reader.readEntries(done, () => done([])); });
    if (some.length === 0) return all;
    all.push(...some);
  }
}

function fileOf(entry) {
  return new Promise((done) => { entry.file((file) => done({ file, name: entry.fullPath.replace(/^\//, '') }), () => done(null)); });
}

function pump() {
  while (running.size < AT_ONCE && ['sending', 'waiting'].includes(uploads.get().phase)) {
    let batch = again.pop();
    if (!batch) [batch, at] = nextBatch(queue, at);
    if (batch.length === 0) break;
    send(batch, 0);
  }
  if (running.size === 0 && again.length === 0 && at >= queue.length && finding === 0 && active()) finish();
}

function finish() {
  change({ phase: 'done' });
  queue = [];
  at = 0;
}

function send(batch, tries) {
  const form = new FormData();
  for (const { file, name } of batch) form.append('file', file, name);
  const request = new XMLHttpRequest(), key = {};
  running.set(key, () => request.abort());
  request.open('POST', apiAddress('/articles'));
  request.responseType = 'json';
  request.setRequestHeader('Accept', 'application/json');
  request.upload.onprogress = ({ loaded, total }) => {
    running.get(key).share = total ? loaded / total : 0;
    change({ sent: sentNow(batch) });
  };
  running.get(key).size = batch.reduce((sum, { size }) => sum + size, 0);
  request.onload = () => {
    running.delete(key);
    if (request.status === 200) taken(batch, request.response || {});
    else failed(batch, request, tries);
    pump();
  };
  request.onerror = () => {
    running.delete(key);
    unsent(batch);
  };
  request.send(form);
}

function sentNow() {
  let bytes = complete;
  for (const one of running.values()) bytes += (one.size || 0) * (one.share || 0);
  return bytes;
}

function taken(batch, answer) {
  complete += batch.reduce((sum, { size }) => sum + size, 0);
  const state = uploads.get();
  change({ phase: state.phase === 'waiting' ? 'sending' : state.phase, done: state.done + batch.length, result: added(state.result, answer), sent: sentNow() });
}

function failed(batch, request, tries) {
  const detail = request.response?.detail || request.response?.title || `HTTP ${request.status}`;
  const meaning = meaningOf(request.status, batch.length);
  if (meaning === 'halves') {
    again.push(batch.slice(0, batch.length >> 1), batch.slice(batch.length >> 1));
  } else if (meaning === 'later' && tries < TRIES) {
    const wait = Math.min(60, Number(request.getResponseHeader('Retry-After')) || 2 ** tries);
    const key = {}, timer = setTimeout(() => {
      running.delete(key);
      send(batch, tries + 1);
    }, wait * 1000);
    running.set(key, () => clearTimeout(timer));
    change({ phase: 'waiting' });
  } else if (meaning === 'locked') {
    again.push(batch);
    locked.set(true);
    change({ phase: 'locked' });
  } else if (meaning === 'rejected') {
    rejected(batch, detail);
  } else {
    again.push(batch);
    change({ phase: 'lost', why: detail });
  }
}

function rejected(batch, error) {
  taken(batch, { rejected: batch.length, items: batch.map(({ name }) => ({ status: 'rejected', file: name, error })) });
}

// No answer at all: the server is gone, or a file can no longer be read. Alone, each file shows which it is.
async function unsent(batch) {
  const there = await fetch(apiAddress('/health')).then(() => true, () => false);
  if (uploads.get().phase === 'stopped') return;
  if (!there) {
    again.push(batch);
    change({ phase: 'lost', why: null });
  } else if (batch.length > 1) {
    again.push(...batch.map((one) => [one]));
  } else {
    rejected(batch, t('add.unreadable'));
  }
  pump();
}

export function resumeUploads() {
  if (!['lost', 'locked'].includes(uploads.get().phase)) return;
  change({ phase: 'sending', why: null });
  pump();
}

export function stopUploads() {
  run++;
  change({ phase: 'stopped' });
  for (const stop of running.values()) stop();
  [queue, at, again] = [[], 0, []];
  running.clear();
}

export function clearUploads() {
  if (!active()) uploads.set(IDLE);
}

round.watch(resumeUploads);
