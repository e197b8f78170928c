// The timeline to take along: table, record, picture, paper. All is made in the page; nothing is asked of anybody.
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { day, t } from '../i18n.js';
import { drawRelation, DRAWING_WIDTH, relationDocument } from '../relation_drawing.js';
import { BETWEEN_HEADS, betweenRows, csvOf } from '../tables.js';
import { wholeView } from '../time_axis.js';
import { announce, publisherOf } from '../ui.js';
import { writeTick } from './between.js';

const LARGEST = 16000; // of a canvas, in pixels

export function Exports({ told, placed, query }) {
  const [problem, setProblem] = useState(null);
  const name = fileName(query);
  const make = (kind) => async () => {
    setProblem(null);
    try {
      save(await MAKE[kind](told, placed, query), `${name}.${kind}`);
      announce(t('between.saved', { file: `${name}.${kind}` }));
    } catch {
      setProblem(t('between.notSaved', { kind: kind.toUpperCase() }));
    }
  };
  return html`<div class="exports" role="group" aria-label=${t('between.exports')}><span class="quiet">${t('between.exports')}</span>
    ${Object.keys(MAKE).map((kind) => html`<button type="button" key=${kind} onClick=${make(kind)}>${kind.toUpperCase()}</button>`)}
    <button type="button" onClick=${() => print()}>${t('between.print')}</button>
    ${problem && html`<span role="alert" class="error-title">${problem}</span>`}</div>`;
}

function fileName({ one, other }) {
  const plain = (text) => text.normalize('NFKC').replace(/[^\p{L}\p{N}]+/gu, '-').replace(/^-|-$/g, '').slice(0, 40).toLocaleLowerCase('und');
  return `runut-${plain(one)}-${plain(other)}`;
}

function csv(told) {
  return new Blob([csvOf(betweenRows(told, BETWEEN_HEADS))], { type: 'text/csv;charset=utf-8' });
}

function json(told) {
  return new Blob([JSON.stringify(told, null, 2), '\n'], { type: 'application/json' });
}

function picture(told, placed, { one, other }) {
  const drawing = drawRelation(placed, wholeView(placed), DRAWING_WIDTH, writeTick);
  const entries = told.events.map((event) => ({
    day: event.date || event.firstReport ? day(event.date || event.firstReport, 'medium') : t('date.none'), headline: event.headline,
    quote: event.quoted ? `“${event.quoted.text}”` : '', source: event.quoted ? sourceOf(event.quoted) : '',
  }));
  return relationDocument(t('between.of', { one, other }), t('between.printNote', { day: day(new Date().toISOString().slice(0, 10)), n: told.events.length }), drawing, entries,
    (n) => t('between.andMore', { n }));
}

function sourceOf(quoted) {
  return [publisherOf(quoted), quoted.dateInferred && day(quoted.dateInferred, 'medium'), quoted.sources?.join(' ← '), quoted.url || quoted.file].filter(Boolean).join(' · ');
}

function svg(told, placed, query) {
  return new Blob([picture(told, placed, query).text], { type: 'image/svg+xml' });
}

async function png(told, placed, query) {
  const { width, height, text } = picture(told, placed, query), scale = Math.min(2, LARGEST / height, LARGEST / width);
  const address = URL.createObjectURL(new Blob([text], { type: 'image/svg+xml' })), image = new Image();
  try {
    image.src = address;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.round(width * scale), height: Math.round(height * scale) });
    canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, failed) => canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no picture'))), 'image/png'));
  } finally {
    URL.revokeObjectURL(address);
  }
}

const MAKE = { csv, json, svg, png };

function save(blob, name) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
