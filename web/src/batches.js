// What is sent together, and what an answer means. Pure.

export const MOST_FILES = 20, MOST_BYTES = 8e6;

// The next batch out of a queue of {size}, beginning at `at`: [batch, next]. A file that is larger than a batch goes alone.
export function nextBatch(queue, at, files = MOST_FILES, bytes = MOST_BYTES) {
  const batch = [];
  let size = 0;
  while (at < queue.length && batch.length < files && (batch.length === 0 || size + queue[at].size <= bytes)) {
    size += queue[at].size;
    batch.push(queue[at++]);
  }
  return [batch, at];
}

// What to do about an answer that is no 200: 'later' (the queue is full), 'halves' (too large together), 'locked',
// 'refused' (nothing will be taken), or 'rejected' (these files will not).
export function meaningOf(status, count) {
  if (status === 429 || status === 503) return 'later';
  if (status === 401) return 'locked';
  if (status === 413 && count > 1) return 'halves';
  if (status === 403 || status === 404 || status === 405 || status >= 500) return 'refused';
  return 'rejected';
}

// What a pasted text is, for the server: a page, records, or text.
export function typeOfText(text) {
  const start = text.trimStart().slice(0, 200);
  if (/^<(!doctype|html|head|body|article|div|p|\?xml)\b/i.test(start)) return { type: 'text/html', ending: 'html' };
  if (/^\{\s*"/.test(start) || /^\[\s*\{/.test(start)) {
    return /^\{.*\}\s*\n\s*\{/.test(text.trimStart()) ? { type: 'application/x-ndjson', ending: 'jsonl' } : { type: 'application/json', ending: 'json' };
  }
  return { type: 'text/plain', ending: 'txt' };
}

// Adds one answer's counts and items to the result so far. Of very many items the rejected are all kept, of the
// others the last `most`.
export function added(result, answer, most = 2000) {
  const items = answer.items || [];
  const rejected = items.filter((item) => item.status === 'rejected');
  const taken = items.filter((item) => item.status !== 'rejected');
  return {
    stored: result.stored + (answer.stored || 0),
    known: result.known + (answer.known || 0),
    rejected: result.rejected + (answer.rejected || 0),
    bad: [...result.bad, ...rejected],
    good: [...result.good, ...taken].slice(-most),
  };
}

export const NOTHING = { stored: 0, known: 0, rejected: 0, bad: [], good: [] };
