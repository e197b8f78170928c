// How many reports when: numbers for plots. Pure.
import { dayNumber, dayOfNumber } from './dates.js';

// A volume {from, step, counts} as an SVG path of bars in a box of `counts.length` by `height`: one path is one
// element, however many bars. A day with any report is always seen.
export function barsPath({ counts }, height) {
  const most = Math.max(1, ...counts);
  return counts.map((count, at) => (count > 0
    ? `M${round(at + 0.08)} ${height}h.84v${round(-Math.max(height * 0.1, (count / most) * height))}h-.84z` : '')).join('');
}

function round(value) {
  return Math.round(value * 100) / 100;
}

// Where it is highest: {count, first, last} (days), null where nothing is.
export function peak({ from, step, counts }) {
  const count = Math.max(0, ...counts);
  if (count === 0) return null;
  const start = dayNumber(from) + counts.indexOf(count) * step;
  return { count, first: dayOfNumber(start), last: dayOfNumber(start + step - 1) };
}

// The range that a timeline shows, in day numbers with `to` exclusive, never narrower than a week.
export function wholeRange(days) {
  const known = days.filter((day) => day !== null);
  if (known.length === 0) return null;
  const first = Math.min(...known), last = Math.max(...known) + 1;
  const pad = Math.max(1, Math.round((last - first) * 0.02), Math.ceil((7 - (last - first)) / 2));
  return { from: first - pad, to: last + pad };
}

// A range closer (factor < 1) or farther around a day, kept within the whole.
export function zoomed(range, factor, around, whole) {
  const size = Math.min(whole.to - whole.from, Math.max(5, (range.to - range.from) * factor));
  const share = (around - range.from) / (range.to - range.from);
  return within({ from: around - size * share, to: around - size * share + size }, whole);
}

export function moved(range, days, whole) {
  return within({ from: range.from + days, to: range.to + days }, whole);
}

function within({ from, to }, whole) {
  const size = Math.min(to - from, whole.to - whole.from);
  const start = Math.min(Math.max(from, whole.from), whole.to - size);
  return { from: start, to: start + size };
}

// The range between two days that were pointed at, at least `least` days wide.
export function ranged(one, other, whole, least = 2) {
  const from = Math.min(one, other), to = Math.max(one, other);
  const lack = Math.max(0, least - (to - from)) / 2;
  return within({ from: from - lack, to: to + lack }, whole);
}

// Events by place: columns of `width / columns` days with what falls into each, so that thousands of events draw as few
// bars. [{at, count, items}], `at` from 0 to columns - 1; items outside the range are left out.
export function columnsOf(items, range, columns) {
  const found = new Map(), size = (range.to - range.from) / columns;
  for (const item of items) {
    if (item.day === null || item.day < range.from || item.day >= range.to) continue;
    const at = Math.min(columns - 1, Math.floor((item.day + 0.5 - range.from) / size));
    if (!found.has(at)) found.set(at, { at, count: 0, items: [] });
    const column = found.get(at);
    column.count += item.count;
    column.items.push(item);
  }
  return [...found.values()].sort((a, b) => a.at - b.at);
}

// Where the axis is marked: [{day, unit}] at beginnings of years, quarters, months, weeks or days, whichever gives at
// most `most` marks. `day` is a day number.
export function ticks(range, most) {
  const days = range.to - range.from;
  const steps = [['day', 1], ['day', 2], ['week', 7], ['month', 1], ['month', 3], ['month', 6], ['year', 1], ['year', 2], ['year', 5],
    ['year', 10], ['year', 25], ['year', 50], ['year', 100]];
  const long = { day: 1, week: 1, month: 30.44, year: 365.25 };
  const [unit, step] = steps.find(([name, count]) => days / (long[name] * count) <= most) || steps[steps.length - 1];
  const marks = [];
  if (unit === 'day' || unit === 'week') {
    // 1970-01-05 was a Monday
    const start = unit === 'week' ? Math.ceil((range.from - 4) / 7) * 7 + 4 : Math.ceil(range.from / step) * step;
    for (let day = start; day < range.to; day += step) marks.push({ day, unit });
    return marks;
  }
  const first = new Date(Math.ceil(range.from) * 86400000);
  let year = first.getUTCFullYear(), month = unit === 'year' ? 0 : Math.floor(first.getUTCMonth() / step) * step;
  if (unit === 'year') year = Math.floor(year / step) * step;
  for (let guard = 0; guard < 2 * most + 4; guard++) {
    const date = new Date(Date.UTC(2000, month, 1));
    date.setUTCFullYear(year);
    const day = Math.round(date.getTime() / 86400000);
    if (day >= range.to) break;
    if (day >= range.from) marks.push({ day, unit: unit === 'month' && month === 0 ? 'year' : unit });
    if (unit === 'year') year += step;
    else [year, month] = [year + Math.floor((month + step) / 12), (month + step) % 12];
  }
  return marks;
}
