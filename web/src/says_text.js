// What the program says of a date, in the reader's language where it is one of the known texts.
import { html } from './html.js';
import { day, locale, t } from './i18n.js';
import { PLACES, saysOf } from './says.js';

function written(value) {
  if (typeof value !== 'object') return value;
  if (value.day) return day(value.day, value.day.length === 10 ? 'full' : 'long');
  if (value.where) return placeText(value.where);
  const form = (options, date) => new Intl.DateTimeFormat(locale(), { timeZone: 'UTC', ...options }).format(date);
  if (value.monthDay) return form({ month: 'long', ...(value.monthDay[1] ? { day: 'numeric' } : {}) }, new Date(Date.UTC(2000, value.monthDay[0] - 1, value.monthDay[1] || 1)));
  return form({ weekday: 'long' }, new Date(Date.UTC(2023, 0, 1 + value.weekday)));
}

// 'date line' as the reader calls it.
export function placeText(where) {
  return PLACES.includes(where) ? t(`says.in_${where.replace(/[^a-z]/g, '_')}`) : where;
}

export function saysText(text) {
  const says = saysOf(text);
  return says && t(says.id, Object.fromEntries(Object.entries(says.values).map(([name, value]) => [name, written(value)])));
}

// Several reasons may stand in one text, parted by semicolons.
export function Says({ text, kind = 'says' }) {
  return html`<span class=${kind}>${String(text ?? '').split('; ').map((part, at) => html`${at > 0 && '; '}${onePart(part)}`)}</span>`;
}

function onePart(part) {
  const holds = /^(holds|against): (.*)$/.exec(part), known = saysText(holds ? holds[2] : part);
  const words = known || html`<span lang="en">${holds ? holds[2] : part}</span>`;
  return holds ? html`${t(`says.${holds[1]}`)} ${words}` : words;
}
