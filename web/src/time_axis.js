// A timeline's geometry, without any drawing: days as numbers, what part of time is seen, ticks that fit, and where dots and their
// labels stand so that none covers another. An event may be known by its day, month or year only: then it is a bar over all of it.

const DAY = 86400000;

export function dayNumber(year, month = 1, day = 1) {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return Math.round(date.getTime() / DAY);
}

export function isoOfDay(number) {
  return new Date(number * DAY).toISOString().slice(0, 10);
}

// "2022-09-14", "2022-09", "2022" → {from, to, precision}, first day and the one behind the last; null for anything else.
export function spanOfDate(text) {
  const found = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?/.exec(text ?? '');
  if (!found)
    return null;
  const [year, month, day] = [Number(found[1]), Number(found[2] ?? 0), Number(found[3] ?? 0)];
  if (day)
    return { from: dayNumber(year, month, day), to: dayNumber(year, month, day) + 1, precision: 'day' };
  if (month)
    return { from: dayNumber(year, month), to: dayNumber(year, month + 1), precision: 'month' };
  return { from: dayNumber(year), to: dayNumber(year + 1), precision: 'year' };
}

// Events with their place in time (`span`); `stated` is false where it is only the day of the first report.
export function placeInTime(events) {
  const placed = [], undated = [];
  for (const event of events) {
    const span = spanOfDate(event.date) ?? spanOfDate(event.firstReport);
    if (span)
      placed.push({ event, ...span, stated: Boolean(spanOfDate(event.date)) });
    else
      undated.push({ event });
  }
  placed.sort((a, b) => a.from - b.from || a.to - b.to);
  return { placed, undated };
}

// What is seen at first: all, with some air.
export function wholeView(placed) {
  if (!placed.length)
    return { from: dayNumber(2000), to: dayNumber(2001) };
  let from = Infinity, to = -Infinity;
  for (const one of placed) {
    from = Math.min(from, one.from);
    to = Math.max(to, one.to);
  }
  const air = Math.max(15, (to - from) * 0.06);
  return { from: from - air, to: to + air };
}

const LEAST_DAYS = 10;

// Zoomed by `factor` (below 1: closer) about a place of 0..1, never outside of the whole by more than itself.
export function zoom(view, whole, factor, about = 0.5) {
  const length = Math.min(whole.to - whole.from, Math.max(LEAST_DAYS, (view.to - view.from) * factor));
  const middle = view.from + (view.to - view.from) * about;
  return keepInside({ from: middle - length * about, to: middle + length * (1 - about) }, whole);
}

export function pan(view, whole, share) {
  const step = (view.to - view.from) * share;
  return keepInside({ from: view.from + step, to: view.to + step }, whole);
}

function keepInside(view, whole) {
  const length = Math.min(view.to - view.from, whole.to - whole.from);
  const from = Math.max(whole.from, Math.min(view.from, whole.to - length));
  return { from, to: from + length };
}

// ---- ticks ----

const MONTHS = [1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 2400, 6000, 12000, 24000];
const DAYS = [1, 2, 7, 14];

// Ticks at least `apart` pixels from one another: [{day, unit}], unit = day, month or year.
export function ticksOf(view, width, apart = 90) {
  const perPixel = (view.to - view.from) / Math.max(1, width), least = perPixel * apart;
  const days = DAYS.find((step) => step >= least);
  if (days)
    return dayTicks(view, days);
  const months = MONTHS.find((step) => step * 30.4 >= least) ?? MONTHS[MONTHS.length - 1];
  return monthTicks(view, months);
}

function dayTicks(view, step) {
  const out = [];
  for (let day = Math.ceil(view.from / step) * step; day <= view.to; day += step)
    out.push({ day, unit: 'day' });
  return out;
}

function monthTicks(view, step) {
  const first = new Date(view.from * DAY), out = [];
  let month = Math.floor((first.getUTCFullYear() * 12 + first.getUTCMonth()) / step) * step;
  for (;; month += step) {
    const day = dayNumber(Math.floor(month / 12), (month % 12) + 1);
    if (day > view.to)
      return out;
    if (day >= view.from)
      out.push({ day, unit: month % 12 === 0 && step >= 12 ? 'year' : 'month' });
  }
}

// ---- where things stand ----

export function xOf(view, width, day) {
  return ((day - view.from) / (view.to - view.from)) * width;
}

// Dots in lanes, from the axis up: each in the lowest lane that is free there; what finds none within `lanes` joins the last dot of the
// topmost one. [{x, x2, lane, items}]
export function placeDots(placed, view, width, radius = 7, lanes = 6) {
  const ends = new Array(lanes).fill(-Infinity), top = [], out = [];
  for (const one of placed) {
    if (one.to < view.from || one.from > view.to)
      continue;
    const x = xOf(view, width, one.precision === 'day' ? one.from + 0.5 : one.from), x2 = one.precision === 'day' ? x : xOf(view, width, one.to);
    const lane = ends.findIndex((end) => end + radius * 2 + 2 <= x);
    if (lane < 0 && top.length) {
      top[0].items.push(one);
      continue;
    }
    const dot = { x: Math.max(0, x), x2: Math.min(width, Math.max(x, x2)), lane: Math.max(0, lane), items: [one] };
    ends[dot.lane] = dot.x2;
    if (dot.lane === lanes - 1)
      top[0] = dot;
    out.push(dot);
  }
  return out;
}

// Labels over the dots, in rows from the bottom; a label stands right of its dot's stem, in the first row that is free there; what finds no room has
// none. Widths are guessed from the number of letters.
export function placeLabels(dots, width, rows = 5, longest = 34, letter = 6.4) {
  const ends = new Array(rows).fill(-Infinity), out = [];
  for (const dot of dots) {
    const text = shorten(dot.items[0].event.headline ?? '', longest), more = dot.items.length - 1;
    const length = (text.length + (more ? 5 : 0)) * letter + 8, x = Math.max(0, Math.min(dot.x, width - length));
    const row = ends.findIndex((end) => end + 6 <= x);
    if (row < 0)
      continue;
    ends[row] = x + length;
    out.push({ dot, x, row, text, more, length });
  }
  return out;
}

// Cut between letters as people see them, at a blank where one is near.
export function shorten(text, longest) {
  const letters = [...text];
  if (letters.length <= longest)
    return text;
  const cut = letters.slice(0, longest - 1).join(''), blank = cut.lastIndexOf(' ');
  const inWord = /[\p{L}\p{N}]/u.test(letters[longest - 1]) && blank > longest * 0.6;
  return `${(inWord ? cut.slice(0, blank) : cut).replace(/[\s,;:–-]+$/u, '')}…`;
}
