// The words of the interface in the language chosen; numbers and days as that language writes them.
import { daySpan, dayText } from './dates.js';
import { format } from './formats.js';
import { fill, form, partsOf } from './phrases.js';
import { keep } from './settings.js';
import { watched } from './state.js';
import en from './words/en.js';
import id from './words/id.js';

const WORDS = { en, id };
export const language = watched(document.documentElement.lang in WORDS ? document.documentElement.lang : 'en');

export function setLanguage(chosen) {
  keep('language', chosen);
  document.documentElement.lang = chosen;
  const url = new URL(location.href);
  if (url.searchParams.has('ui')) {
    url.searchParams.set('ui', chosen);
    history.replaceState(history.state, '', url);
  }
  language.set(chosen);
}

// The tag for Intl: the reader's own kind of English where it is English.
export function locale() {
  const own = navigator.languages?.find((tag) => tag.slice(0, 2).toLowerCase() === language.get());
  return own && own.length > 2 ? own : { en: 'en-GB', id: 'id-ID' }[language.get()];
}

function phrase(key) {
  const [view, name] = key.split('.');
  return WORDS[language.get()][view]?.[name] ?? en[view]?.[name] ?? key;
}

// The words of a key, as text: t('stories.title'), t('count.reports', {n: 5}). `n` chooses the plural form.
export function t(key, values) {
  return fill(form(phrase(key), values, language.get()), written(values));
}

// The same with elements among the values: a list of children.
export function tx(key, values) {
  return partsOf(form(phrase(key), values, language.get()), written(values));
}

function written(values) {
  if (!values) return {};
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, typeof value === 'number' ? number(value) : value]));
}

export function number(value) {
  return format(Intl.NumberFormat, locale()).format(value);
}

export function percent(share) {
  return format(Intl.NumberFormat, locale(), { style: 'percent', maximumFractionDigits: 0 }).format(share);
}

export function bytes(size) {
  const steps = ['byte', 'kilobyte', 'megabyte', 'gigabyte'];
  let step = 0;
  while (size >= 1000 && step < 3) [size, step] = [size / 1000, step + 1];
  return format(Intl.NumberFormat, locale(), { style: 'unit', unit: steps[step], unitDisplay: 'short', maximumFractionDigits: step ? 1 : 0 }).format(size);
}

export function list(items) {
  return format(Intl.ListFormat, locale(), { type: 'conjunction' }).format(items);
}

// A day, month, year or moment as runut states it ('2023', '2023-08', '2023-08-17', '…T21:40+08:00').
export function day(text, length = 'long') {
  return dayText(text, locale(), length);
}

// A moment as the reader's clock has it: the time alone where it is of today.
export function moment(text) {
  const at = new Date(text);
  if (Number.isNaN(at.getTime())) return text;
  const today = at.toDateString() === new Date().toDateString();
  return format(Intl.DateTimeFormat, locale(), { timeStyle: 'short', ...(today ? {} : { dateStyle: 'medium' }) }).format(at);
}

export function span(first, last, length = 'medium') {
  return daySpan(first, last, locale(), length);
}

// 'Indonesian' of 'id'; und, and what Intl does not know, stay as they are.
export function languageName(tag) {
  if (!tag || tag === 'und') return t('ui.languageUnknown');
  try {
    return format(Intl.DisplayNames, locale(), { type: 'language' }).of(tag);
  } catch {
    return tag;
  }
}

// For lang="": a tag that is none says nothing.
export function langOf(tag) {
  return tag && tag !== 'und' && /^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$/.test(tag) ? tag : '';
}
