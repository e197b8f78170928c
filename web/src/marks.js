// Texts with marks in them. Pure.

// [{text, found}] of a snippet whose found words stand between U+0001 and U+0002.
export function marked(snippet) {
  const parts = [];
  let found = false, text = '';
  const end = () => {
    if (text) parts.push({ text, found });
    text = '';
  };
  for (const letter of snippet || '') {
    if (letter === '\u0001' || letter === '\u0002') {
      end();
      found = letter === '\u0001';
    } else {
      text += letter;
    }
  }
  end();
  return parts;
}

// Places by UTF-8 byte as places by UTF-16 unit, which is what strings here count in: unitsOf(text) gives a
// function. Places inside a letter go to its beginning; places past the end to the end. The function is quick
// (binary search over a table of one entry per 256 bytes), so that a long text with many spans stays quick.
export function unitsOf(text) {
  const bytesAt = [0], unitsAt = [0];
  let bytes = 0, units = 0, next = 256;
  for (const letter of text) {
    bytes += byteLength(letter);
    units += letter.length;
    if (bytes >= next) {
      bytesAt.push(bytes);
      unitsAt.push(units);
      next = bytes + 256;
    }
  }
  return (place) => {
    let low = 0, high = bytesAt.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (bytesAt[middle] <= place) low = middle;
      else high = middle - 1;
    }
    let byte = bytesAt[low], unit = unitsAt[low];
    while (unit < text.length) {
      const letter = String.fromCodePoint(text.codePointAt(unit)), size = byteLength(letter);
      if (byte + size > place) break;
      byte += size;
      unit += letter.length;
    }
    return unit;
  };
}

function byteLength(letter) {
  const code = letter.codePointAt(0);
  return code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
}

// Cuts a text by spans that may overlap: [{text, start, end, spans: [those that cover it]}], in order, the whole
// text. Spans are {start, end} in the text's own units; empty ones and those outside are left out. Work is
// linear in the text and the pieces' covers.
export function pieces(text, spans) {
  const valid = spans.filter((span) => span.start < span.end && span.start < text.length && span.end > 0);
  const cuts = new Set([0, text.length]);
  for (const { start, end } of valid) {
    cuts.add(Math.max(0, start));
    cuts.add(Math.min(text.length, end));
  }
  const places = [...cuts].sort((a, b) => a - b);
  const begins = valid.slice().sort((a, b) => a.start - b.start);
  const out = [];
  let open = [], next = 0;
  for (let at = 0; at + 1 < places.length; at++) {
    const [start, end] = [places[at], places[at + 1]];
    open = open.filter((span) => span.end > start);
    while (next < begins.length && begins[next].start <= start) open.push(begins[next++]);
    out.push({ text: text.slice(start, end), start, end, spans: open });
  }
  return out;
}
