// Small parts that the views of events, reports and comparisons share.
import { useEffect, useState } from 'preact/hooks';
import { articleAddress } from '../address.js';
import { html } from '../html.js';
import { day, langOf, t } from '../i18n.js';
import { hashOfPassage } from '../offsets.js';
import { announce, publisherOf } from '../ui.js';

export { reasonText, Why } from '../ui.js';

// What a disagreement is about: a subject of the program's list in the reader's language, else as it is called there.
export function aboutText(about) {
  const weekday = /^weekday of (\d+)\/(\d+)$/.exec(about || '');
  if (weekday) return t('about.weekdayOf', { day: weekday[1], month: weekday[2] });
  const key = `about.${(about || '').replace(/[^a-z]+/g, '_')}`, words = t(key);
  return words === key ? about : words;
}

export function DayOf({ report, length = 'medium' }) {
  return report.dateInferred ? html`<time class="date" datetime=${report.dateInferred}>${day(report.dateInferred, length)}</time>`
    : html`<span class="date date-none">${t('date.none')}</span>`;
}

// 'Pesisir Kini, 17 Aug 2023' as a link to the place in the report.
export function Cite({ report, start, end }) {
  return html`<a class="cite" href=${articleAddress(report.article, start, end)}>${publisherOf(report)}</a> <${DayOf} report=${{ dateInferred: report.dateInferred ?? report.date }} />`;
}

// Words of a capture with the place in question marked: what `sentenceAround` gives.
export function Around({ around, lang, kind = 'plain' }) {
  return html`<span lang=${langOf(lang) || undefined}>${around.cutBefore && '… '}${around.before}<mark class="value value-${kind}">${around.words}</mark>${around.after}${around.cutAfter && ' …'}</span>`;
}

// The pieces of `diffWords`: what has no partner is marked.
export function Pieces({ pieces, side, lang }) {
  return html`<span lang=${langOf(lang) || undefined}>${pieces.map((piece) => (piece.changed ? html`<mark class="odd-words odd-words-${side}">${piece.text}</mark>` : piece.text))}</span>`;
}

// Paper has no buttons: while the page is printed all of it is shown.
export function usePrinting() {
  const [printing, set] = useState(false);
  useEffect(() => {
    const before = () => set(true), after = () => set(false);
    addEventListener('beforeprint', before);
    addEventListener('afterprint', after);
    return () => {
      removeEventListener('beforeprint', before);
      removeEventListener('afterprint', after);
    };
  }, []);
  return printing;
}

// The first few of a long list, and all of it on demand, or on paper.
export function firstOf(items, all, most) {
  return all || items.length <= most + 2 ? items : items.slice(0, most);
}

// The address of a passage, for the clipboard; where that is refused it goes into the address bar, to be copied from there.
export async function copyPassage(article, range) {
  const link = new URL(articleAddress(article.article, range.start, range.end), location.href).href;
  try {
    await navigator.clipboard.writeText(link);
    announce(t('ui.copied'));
  } catch {
    location.hash = hashOfPassage(range.start, range.end);
  }
}
