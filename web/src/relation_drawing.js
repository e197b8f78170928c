// The timeline between two actors as shapes, for the page and for a file: the same list of shapes is drawn by preact with classes, or
// written as an SVG document whose colours stand in it. Pure.

import { isoOfDay, placeDots, placeLabels, ticksOf, xOf } from './time_axis.js';

const LANE = 15, ROW = 19, RADIUS = 6, AXIS = 26, GAP = 8;

// {width, height, shapes}; `write` gives the words of a tick: (iso day, unit) => text. A shape is {tag, cls, attrs, text, dot}.
export function drawRelation(placed, view, width, write) {
  const lanes = width < 500 ? 4 : 6, rows = width < 500 ? 4 : 6;
  const dots = placeDots(placed, view, width, RADIUS, lanes), labels = placeLabels(dots, width, rows, width < 500 ? 24 : 34);
  const usedLanes = 1 + Math.max(0, ...dots.map((dot) => dot.lane)), usedRows = labels.length ? 1 + Math.max(0, ...labels.map((label) => label.row)) : 0;
  const axis = usedRows * ROW + GAP + usedLanes * LANE + GAP, height = axis + AXIS;
  const shapes = [...tickShapes(view, width, axis, write), { tag: 'path', cls: 'axis', attrs: { d: `M0 ${axis}H${width}` } }];
  const yOf = (lane) => axis - GAP - lane * LANE - RADIUS / 2;
  for (const label of labels) {
    const y = usedRows * ROW - label.row * ROW - 6;
    shapes.push({ tag: 'path', cls: 'stem', attrs: { d: `M${round(label.dot.x)} ${y + 5}V${round(yOf(label.dot.lane) - RADIUS)}` } });
  }
  for (const dot of dots) shapes.push(...dotShapes(dot, yOf(dot.lane)));
  for (const label of labels) {
    const y = usedRows * ROW - label.row * ROW - 6;
    shapes.push({ tag: 'text', cls: 'flag', attrs: { x: round(label.x + (label.x < label.dot.x ? 0 : 2)), y }, text: label.text + (label.more ? ` +${label.more}` : ''), dot: label.dot });
  }
  return { width, height, shapes };
}

function round(value) {
  return Math.round(value * 10) / 10;
}

function tickShapes(view, width, axis, write) {
  return ticksOf(view, width, 84).flatMap(({ day, unit }) => {
    const x = round(xOf(view, width, day));
    return [{ tag: 'path', cls: unit === 'year' ? 'tick tick-major' : 'tick', attrs: { d: `M${x} 0V${axis + 5}` } },
      ...(x < width - 28 ? [{ tag: 'text', cls: unit === 'year' ? 'tick-text tick-text-major' : 'tick-text', attrs: { x: x + 3, y: axis + 17 }, text: write(isoOfDay(day), unit) }] : [])];
  });
}

// One event is a dot, several a larger one with their number; a month or a year is a bar; a day that is only the first report's is hollow.
function dotShapes(dot, y) {
  const [one] = dot.items, many = dot.items.length > 1, cls = many || one.stated ? 'dot' : 'dot dot-unsure';
  const out = [];
  if (dot.x2 - dot.x > 2) out.push({ tag: 'rect', cls: 'bar', attrs: { x: round(dot.x), y: round(y - 3), width: round(dot.x2 - dot.x), height: 6, rx: 3 }, dot });
  out.push({ tag: 'circle', cls, attrs: { cx: round(dot.x), cy: round(y), r: many ? RADIUS + 2 : RADIUS }, dot });
  if (many) out.push({ tag: 'text', cls: 'dot-count', attrs: { x: round(dot.x), y: round(y + 3.5), 'text-anchor': 'middle' }, text: String(dot.items.length), dot });
  return out;
}

// ---- as a file ----

const LOOK = {
  axis: { stroke: '#1c1b19', 'stroke-width': 1.5 }, tick: { stroke: '#dcd7cb' }, 'tick-major': { stroke: '#b9b3a5' },
  'tick-text': { fill: '#55514a', 'font-size': 11 }, 'tick-text-major': { fill: '#1c1b19', 'font-size': 11, 'font-weight': 600 },
  stem: { stroke: '#b9b3a5' }, dot: { fill: '#0b4f6c' }, 'dot-unsure': { fill: '#ffffff', stroke: '#0b4f6c', 'stroke-width': 2 }, bar: { fill: '#0b4f6c', opacity: 0.3 },
  'dot-count': { fill: '#ffffff', 'font-size': 9, 'font-weight': 700 }, flag: { fill: '#1c1b19', 'font-size': 12 },
  title: { fill: '#1c1b19', 'font-size': 24, 'font-weight': 700, 'font-family': 'Georgia, serif' }, note: { fill: '#55514a', 'font-size': 12 },
  day: { fill: '#1c1b19', 'font-size': 13, 'font-weight': 700 }, head: { fill: '#1c1b19', 'font-size': 14, 'font-weight': 700, 'font-family': 'Georgia, serif' },
  quote: { fill: '#1c1b19', 'font-size': 13, 'font-family': 'Georgia, serif' }, rule: { stroke: '#dcd7cb' },
};

// No letter that XML cannot hold, none that could end the text.
export function escapeXml(text) {
  return String(text ?? '').replace(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '').replace(/[\ud800-\udfff]/gu, '')
    .replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
}

function elementOf({ tag, cls, attrs, text }) {
  const look = Object.assign({}, ...cls.split(' ').map((name) => LOOK[name] || {}));
  const all = Object.entries({ ...attrs, ...look }).map(([name, value]) => ` ${name}="${escapeXml(value)}"`).join('');
  return text === undefined ? `<${tag}${all}/>` : `<${tag}${all}>${escapeXml(text)}</${tag}>`;
}

// Letters of scripts that stand wide count twice.
const WIDE_LETTER = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]/u;

function widthOf(text) {
  let width = 0;
  for (const letter of text) width += WIDE_LETTER.test(letter) ? 2 : 1;
  return width;
}

// Lines of at most `room` letters, broken at blanks; a longer word is cut.
export function wrapped(text, room) {
  const lines = [];
  let line = '', width = 0;
  for (const word of (text ?? '').split(/\s+/).filter(Boolean)) {
    const size = widthOf(word);
    if (line && width + 1 + size <= room) {
      line += ` ${word}`;
      width += 1 + size;
      continue;
    }
    if (line) lines.push(line);
    [line, width] = ['', 0];
    for (const letter of word) {
      const step = WIDE_LETTER.test(letter) ? 2 : 1;
      if (width + step > room) {
        lines.push(line);
        [line, width] = ['', 0];
      }
      line += letter;
      width += step;
    }
  }
  return line ? [...lines, line] : lines;
}

const PAGE = 1200, EDGE = 40, COLUMN = 170, MOST = 80;

// The whole document: title, drawing, and each event with its quoted sentence and source. `entries`: [{day, headline, quote, source}].
export function relationDocument(title, note, drawing, entries, more) {
  const shapes = [{ tag: 'text', cls: 'title', attrs: { x: EDGE, y: 52 }, text: title }, { tag: 'text', cls: 'note', attrs: { x: EDGE, y: 74 }, text: note }];
  let y = 100 + drawing.height + 24;
  for (const entry of entries.slice(0, MOST)) {
    const top = y;
    shapes.push({ tag: 'path', cls: 'rule', attrs: { d: `M${EDGE} ${y}H${PAGE - EDGE}` } }, { tag: 'text', cls: 'day', attrs: { x: EDGE, y: y + 22 }, text: entry.day });
    y += 22;
    for (const line of wrapped(entry.headline, 105)) y = put(shapes, 'head', line, y, 19);
    for (const line of wrapped(entry.quote, 120)) y = put(shapes, 'quote', line, y, 18);
    for (const line of wrapped(entry.source, 140)) y = put(shapes, 'note', line, y, 18);
    y = Math.max(y, top + 40);
  }
  if (entries.length > MOST) y = put(shapes, 'note', more(entries.length - MOST), y + 22, 18);
  const height = Math.ceil(y + 20);
  return { width: PAGE, height, text: `<svg xmlns="http://www.w3.org/2000/svg" width="${PAGE}" height="${height}" viewBox="0 0 ${PAGE} ${height}" font-family="system-ui, sans-serif"><title>${escapeXml(title)}</title><rect width="${PAGE}" height="${height}" fill="#ffffff"/><g transform="translate(${EDGE} 100)">${drawing.shapes.map(elementOf).join('')}</g>${shapes.map(elementOf).join('')}</svg>` };
}

function put(shapes, cls, text, y, step) {
  shapes.push({ tag: 'text', cls, attrs: { x: EDGE + COLUMN, y }, text });
  return y + step;
}

export const DRAWING_WIDTH = PAGE - 2 * EDGE;
