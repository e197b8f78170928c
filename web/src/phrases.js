// Phrases with places for values: pure, so that their tests need no browser.

import { format } from './formats.js';

// The form of a phrase for values.n: {one: '{n} report', other: '{n} reports'}; zero is chosen for 0 where it is there.
export function form(phrase, values, language) {
  if (typeof phrase === 'string') return phrase;
  const n = values?.n ?? 0;
  if (n === 0 && phrase.zero !== undefined) return phrase.zero;
  return phrase[format(Intl.PluralRules, language).select(n)] ?? phrase.other;
}

// 'Hello {name}' with its values.
export function fill(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (place, name) => (values && name in values ? String(values[name]) : place));
}

// The same as a list: texts, and the values as they are.
export function partsOf(phrase, values) {
  return phrase.split(/(\{\w+\})/).filter(Boolean)
    .map((part) => (part[0] === '{' && part.slice(1, -1) in values ? values[part.slice(1, -1)] : part));
}

// The names of the places of a phrase, all its forms together, sorted.
export function placesOf(phrase) {
  const texts = typeof phrase === 'string' ? [phrase] : Object.values(phrase);
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1])))].sort();
}
