// What was changed from one version of a report to the next, as pieces of text. Spans are bytes of the two bodies; each change brings
// its own text, so a piece is cut out of that.

const encoder = new TextEncoder(), decoder = new TextDecoder();

function cut(text, from, start, end) {
  return decoder.decode(text.subarray(Math.max(0, start - from), Math.max(0, end - from)));
}

// [{kind: 'same' | 'gone' | 'new', text}]: a sentence that was reworded, both sides in one.
export function piecesOf(change) {
  const pieces = [];
  const add = (kind, text) => text && pieces.push({ kind, text });
  if (change.kind === 'moved') {
    add('same', change.text);
    return pieces;
  }
  if (change.kind !== 'reworded') {
    add('gone', change.otherText);
    add('new', change.text);
    return pieces;
  }
  const now = encoder.encode(change.text ?? ''), before = encoder.encode(change.otherText ?? '');
  let at = change.start;
  for (const one of change.words ?? []) {
    add('same', cut(now, change.start, at, one.start));
    add('gone', cut(before, change.otherStart, one.otherStart, one.otherEnd));
    add('new', cut(now, change.start, one.start, one.end));
    at = one.end;
  }
  add('same', cut(now, change.start, at, change.end));
  return pieces;
}
