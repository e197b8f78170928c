// Days as runut states them, which may be a year or a month only: reading, writing, counting. Pure.
import { format } from './formats.js';

const DAY = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(T(\d{2}:\d{2})(?::\d{2})?(Z|[+-]\d{2}:?\d{2})?)?/;

// {year, month, day, time, zone} as far as stated, or null.
export function dayParts(text) {
  const match = DAY.exec(text || '');
  if (!match) return null;
  const [, year, month, day, , time, zone] = match;
  return { year: +year, month: month ? +month : null, day: day ? +day : null, time: time || null, zone: zone || null };
}

const FORMS = {
  long: { year: 'numeric', month: 'long', day: 'numeric' },
  medium: { year: 'numeric', month: 'short', day: 'numeric' },
  full: { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  short: { month: 'short', day: 'numeric' },
};

function formOf(parts, length) {
  const { weekday, year, month, day } = FORMS[length];
  return {
    timeZone: 'UTC',
    ...(parts.day && weekday ? { weekday } : {}),
    ...(year || !parts.day ? { year: 'numeric' } : {}),
    ...(parts.month ? { month } : {}),
    ...(parts.day ? { day } : {}),
  };
}

// Text of a day as the locale writes it; what is no day stays as it is. The time of day is added as stated.
export function dayText(text, locale, length = 'long') {
  const parts = dayParts(text);
  if (!parts) return text || '';
  const written = format(Intl.DateTimeFormat, locale, formOf(parts, length)).format(dateOf(parts));
  return parts.time ? `${written}, ${parts.time}${zoneText(parts.zone)}` : written;
}

function zoneText(zone) {
  return zone ? ` ${zone === 'Z' ? 'UTC' : `UTC${zone.replace('-', '−')}`}` : '';
}

export function daySpan(first, last, locale, length = 'medium') {
  const from = dayParts(first), to = dayParts(last);
  if (!from || !to || first === last) return dayText(first || last, locale, length);
  if (Boolean(from.day) !== Boolean(to.day) || Boolean(from.month) !== Boolean(to.month)) {
    return `${dayText(first, locale, length)} – ${dayText(last, locale, length)}`;
  }
  return format(Intl.DateTimeFormat, locale, formOf(from, length)).formatRange(dateOf(from), dateOf(to));
}

function dateOf({ year, month, day }) {
  const date = new Date(Date.UTC(2000, (month || 1) - 1, day || 1));
  date.setUTCFullYear(year);
  return date;
}

// Days since 1970 of a day (a month's or a year's first day), null of no day.
export function dayNumber(text) {
  const parts = dayParts(text);
  return parts ? Math.round(dateOf(parts).getTime() / 86400000) : null;
}

export function dayOfNumber(number) {
  return new Date(number * 86400000).toISOString().slice(0, 10);
}

// What a person types for a day: '2023', '2023-8', '17/8/2023', '17.8.2023', '17 8 2023' -> ISO, as precise as typed.
// '' of nothing, null of what is no day.
export function typedDay(text) {
  const typed = text.trim();
  if (!typed) return '';
  const numbers = typed.split(/[-/. ]+/);
  if (numbers.length > 3 || numbers.some((part) => !/^\d{1,4}$/.test(part))) return null;
  if (numbers[0].length !== 4) numbers.reverse();
  const [year, month, day] = numbers;
  if (year.length !== 4 || (month && (+month < 1 || +month > 12))) return null;
  if (day && (+day < 1 || +day > new Date(Date.UTC(+year, +month, 0)).getUTCDate())) return null;
  return [year, month, day].filter(Boolean).map((part) => part.padStart(2, '0')).join('-');
}
