// Two reports side by side: the verdict and why, then their texts in rows, with the words marked in which they differ.
import { useMemo, useState } from 'preact/hooks';
import { alignReports, blocksOf } from '../align.js';
import { address, apiAddress, articleAddress, eventAddress, firstQuestion } from '../address.js';
import { useAnswer } from '../api.js';
import { WordsField } from '../filterbar.js';
import { html } from '../html.js';
import { langOf, languageName, list, number, percent, t, tx } from '../i18n.js';
import { offsetsOf } from '../offsets.js';
import { weightId } from '../reasons.js';
import { go } from '../router.js';
import { Answer, Badge, Head, Headline, publisherOf } from '../ui.js';
import { Section } from './event.js';
import { aboutText, DayOf, Pieces, reasonText, Why } from './report_parts.js';

export function Compare({ route }) {
  const { a, b } = route.query;
  const answer = useAnswer(firstQuestion(route));
  return html`<${Head} title=${t('compare.title')} kicker=${t('compare.kicker')} />
    <${Choosers} key=${`${a} ${b}`} a=${a} b=${b} compared=${answer.data} />
    ${a && b && html`<${Answer} answer=${answer}>${(compared) => html`<${Both} compared=${compared} a=${a} b=${b} />`}<//>`}`;
}

// ---- which two ----

function Choosers({ a, b, compared }) {
  return html`<div class="sides-head"><${Chooser} side="a" name=${a} other=${b} report=${compared?.a} />
    <div class="sides-swap">${a && b && html`<a class="button" href=${address('compare', null, { a: b, b: a })} title=${t('compare.swap')}><span aria-hidden="true">⇄</span><span class="unseen">${t('compare.swap')}</span></a>`}</div>
    <${Chooser} side="b" name=${b} other=${a} report=${compared?.b} /></div>`;
}

function Chooser({ side, name, other, report }) {
  const [open, setOpen] = useState(!name);
  return html`<div class="side side-${side}">
    <p class="side-letter" aria-hidden="true">${side.toUpperCase()}</p>
    <div class="side-report">${report ? html`<p class="report-line"><a class="publisher" href=${articleAddress(report.article || name)}>${publisherOf({ ...report, article: report.article || name })}</a> <${DayOf} report=${report} /> <span class="quiet">${languageName(report.inLanguage)}</span></p>
      <p class="report-headline"><${Headline} text=${report.headline} lang=${report.inLanguage} href=${articleAddress(report.article || name)} /></p>`
      : html`<p class="quiet">${name || t('compare.choose', { side: side.toUpperCase() })}</p>`}
      <button type="button" class="plain small" aria-expanded=${open ? 'true' : 'false'} onClick=${() => setOpen(!open)}>${name ? t('compare.other') : t('compare.search')}</button>
      ${open && html`<${Choice} side=${side} other=${other} near=${report?.event} now=${name} />`}</div></div>`;
}

// Reports of the same event first; others by their words, or by their name.
function Choice({ side, other, near, now }) {
  const [words, setWords] = useState('');
  const named = /^a\d+$/i.test(words) ? words.toLowerCase() : null;
  const found = useAnswer(words && !named ? apiAddress('/search', { words, limit: 8 }) : null);
  const latest = useAnswer(!words && !near ? apiAddress('/articles', { order: 'new', limit: 8 }) : null);
  const siblings = useAnswer(!words && near ? apiAddress('/articles', { event: near, limit: 40 }) : null);
  const items = (words ? found.data : near ? siblings.data : latest.data)?.items || [];
  const to = (name) => address('compare', null, side === 'a' ? { a: name, b: other } : { a: other, b: name });
  return html`<div class="choice"><${WordsField} value=${words} name="compare" label=${t('compare.searchLabel')} onChange=${({ compare }) => setWords(compare)} />
    ${named && html`<p><a href=${to(named)}>${named}</a></p>`}
    ${words && found.data && items.length === 0 && html`<p class="quiet">${t('compare.nothing')}</p>`}
    <ul class="choice-list">${items.filter((item) => item.article !== now && item.article !== other).map((item) => html`<li key=${item.article}><a href=${to(item.article)}><b>${publisherOf(item)}</b> <span lang=${langOf(item.inLanguage) || undefined}>${item.headline || t('ui.noHeadline')}</span> <${DayOf} report=${item} /></a></li>`)}</ul></div>`;
}

// ---- what comes of it ----

function Both({ compared, a, b }) {
  const left = useAnswer(apiAddress(`/articles/${encodeURIComponent(a)}`)), right = useAnswer(apiAddress(`/articles/${encodeURIComponent(b)}`));
  return html`<${Verdict} compared=${compared} />
    <${Disagreements} compared=${compared} />
    <${Answer} answer=${left}>${(reportA) => html`<${Answer} answer=${right}>${(reportB) => html`<${Rows} compared=${compared} reportA=${reportA} reportB=${reportB} />`}<//>`}<//>
    <${Reasons} compared=${compared} />`;
}

function Verdict({ compared }) {
  const { reuse } = compared;
  const names = { a: html`<b>A</b>`, b: html`<b>B</b>` }, taker = reuse?.of === 'a' ? names.b : names.a, giver = reuse?.of === 'a' ? names.a : names.b;
  return html`<div class="verdict">
    <p class="verdict-main">${reuse ? tx(`compare.is_${reuse.kind}`, { taker, giver }) : t('compare.noReuse')}
      ${reuse && html` <span class="verdict-why">${t('compare.shareOf', { share: percent(reuse.share) })} <${Why} text=${reuse.why} /></span>`}</p>
    <dl class="verdict-facts">
      <div><dt>${t('compare.event')}</dt><dd><${Badge} kind=${compared.sameEvent ? 'new' : 'plain'}>${t(compared.sameEvent ? 'compare.sameEvent' : 'compare.otherEvent')}<//>${' '}
        ${!compared.sameEvent && html` <${Badge}>${t(compared.sameStory ? 'compare.sameStory' : 'compare.otherStory')}<//>`} <span class="quiet">${t('compare.score', { score: compared.score, needed: compared.scoreNeeded })}</span></dd></div>
      <div><dt>${t('compare.similarity')}</dt><dd><${Meter} share=${compared.similarity} /></dd></div>
      <div><dt>${t('compare.shareOfA')}</dt><dd><${Meter} share=${compared.shareOfA} /></dd></div>
      <div><dt>${t('compare.shareOfB')}</dt><dd><${Meter} share=${compared.shareOfB} /></dd></div>
      <${Stored} compared=${compared} />
    </dl></div>`;
}

// The store has seen more than these two, and may judge otherwise.
function Stored({ compared }) {
  const { a, b } = compared;
  if (!a.event || !b.event) return null;
  return html`<div><dt>${t('compare.inStore')}</dt><dd>${a.event === b.event ? html`<a href=${eventAddress(a.event)}>${t('compare.bothIn', { event: a.event })}</a>`
    : html`A <a href=${eventAddress(a.event)}>${a.event}</a>, B <a href=${eventAddress(b.event)}>${b.event}</a>`}</dd></div>`;
}

function Meter({ share }) {
  const of = Math.max(0, Math.min(1, share ?? 0));
  return html`<span class="meter"><svg viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="meter-all" width="100" height="8" /><rect class="meter-part" width=${of * 100} height="8" /></svg>
    <span class="num">${percent(of)}</span></span>`;
}

function Disagreements({ compared }) {
  if (!compared.disagreements?.length) return null;
  return html`<${Section} id="disagreements" title=${t('event.disagreementsTitle')}>
    <table class="compare-facts"><thead><tr><th scope="col">${t('compare.about')}</th><th scope="col">A</th><th scope="col">B</th><th scope="col">${t('compare.kind')}</th></tr></thead>
    <tbody>${compared.disagreements.map((one) => html`<tr><th scope="row">${aboutText(one.about)}</th><td class="value-text" lang=${langOf(compared.a.inLanguage) || undefined}>${one.value}</td>
      <td class="value-text" lang=${langOf(compared.b.inLanguage) || undefined}>${one.otherValue}</td><td><${Badge} kind=${one.kind === 'contradiction' ? 'conflict' : 'change'}>${t(`event.kind_${one.kind}`)}<//></td></tr>`)}</tbody></table><//>`;
}

// ---- the texts ----

function Rows({ compared, reportA, reportB }) {
  const [quiet, setQuiet] = useState(false);
  const textA = reportA.articleBody || '', textB = reportB.articleBody || '';
  const aligned = useMemo(() => alignReports(compared, textA, textB, reportA.inLanguage, reportB.inLanguage), [compared, textA, textB]);
  const offsets = useMemo(() => ({ a: offsetsOf(textA), b: offsetsOf(textB) }), [textA, textB]);
  const same = aligned.rows.filter((row) => row.kind === 'same').length;
  const blocks = useMemo(() => blocksOf(aligned.rows), [aligned]), shown = quiet ? blocks.filter((row) => row.kind !== 'same') : blocks;
  return html`<${Section} id="texts" title=${t('compare.texts')} note=${countsOf(aligned.rows)}
      tools=${same > 0 && html`<label class="check"><input type="checkbox" checked=${quiet} onChange=${() => setQuiet(!quiet)} /> ${t('compare.hideSame')} <span class="count">${number(same)}</span></label>`}>
    ${aligned.rows.some((row) => row.kind === 'reworded') && html`<p class="quiet diff-key">${tx('compare.diffKey', { a: html`<mark class="odd-words odd-words-a">${t('compare.wordsOfA')}</mark>`, b: html`<mark class="odd-words odd-words-b">${t('compare.wordsOfB')}</mark>` })}</p>`}
    <table class="side-by-side"><thead><tr><th scope="col">A · ${publisherOf(reportA)}</th><th scope="col">B · ${publisherOf(reportB)}</th></tr></thead>
      <tbody>${shown.map((row, at) => html`<${Row} key=${row.numbersA ? `${row.numbersA} ${row.numbersB}` : `apart ${at}`} row=${row} reports=${{ a: reportA, b: reportB }} offsets=${offsets} />`)}</tbody></table><//>`;
}

function countsOf(rows) {
  const counts = new Map();
  for (const row of rows) counts.set(row.kind, (counts.get(row.kind) || 0) + 1);
  const order = ['same', 'reworded', 'translated', 'only-a', 'only-b'].filter((kind) => counts.has(kind));
  return list(order.map((kind) => [kind, counts.get(kind)]).map(([kind, n]) => t(`compare.count_${kind.replace('-', '_')}`, { n })));
}

function Row({ row, reports, offsets }) {
  if (row.kind === 'apart') return html`<tr class="row-apart"><${Apart} side="a" rows=${row.onlyA} report=${reports.a} offsets=${offsets.a} /><${Apart} side="b" rows=${row.onlyB} report=${reports.b} offsets=${offsets.b} /></tr>`;
  return html`<tr class="row-${row.kind}">
    <td class="cell cell-a"><${Sentences} side="a" row=${row} numbers=${row.numbersA} pieces=${row.piecesA} ranges=${row.a} report=${reports.a} offsets=${offsets.a} /></td>
    <td class="cell cell-b ${row.again ? 'cell-again' : ''}"><${Sentences} side="b" row=${row} numbers=${row.numbersB} pieces=${row.piecesB} ranges=${row.b} report=${reports.b} offsets=${offsets.b}
      note=${noteOf(row)} /></td></tr>`;
}

function noteOf(row) {
  return [row.moved && t('compare.moved'), row.again && t('compare.again'), row.kind === 'translated' && t('compare.translated')].filter(Boolean).join(', ');
}

// All that only one side has between two rows that go together.
function Apart({ side, rows, report, offsets }) {
  if (rows.length === 0) return html`<td class="cell cell-none cell-${side}"><span class="unseen">${t('compare.nothingHere')}</span></td>`;
  return html`<td class="cell cell-only cell-${side}">${rows.map((row) => html`<${Sentences} key=${row[side][0].start} side=${side} row=${row} numbers=${side === 'a' ? row.numbersA : row.numbersB}
    pieces=${side === 'a' ? row.piecesA : row.piecesB} ranges=${row[side]} report=${report} offsets=${offsets} note=${t(row.surelyOnly ? `compare.only_${side}` : 'compare.unmatched')} />`)}</td>`;
}

function Sentences({ side, numbers, pieces, ranges, report, offsets, note }) {
  const from = offsets.byteOfUnit(ranges[0].start), to = offsets.byteOfUnit(ranges[ranges.length - 1].end);
  return html`<div class="cell-line"><a class="cell-number" href=${articleAddress(report.article, from, to)} aria-label=${t('compare.openAt', { side: side.toUpperCase(), n: spanOf(numbers) })}>${spanOf(numbers)}</a>
    <p class="cell-text"><span class="cell-side">${side.toUpperCase()}</span> <${Pieces} pieces=${pieces} side=${side} lang=${report.inLanguage} />${note && html` <span class="cell-note">${note}</span>`}</p></div>`;
}

function spanOf(numbers) {
  return numbers.length > 1 ? `${numbers[0]}–${numbers[numbers.length - 1]}` : String(numbers[0]);
}

// ---- why ----

function Reasons({ compared }) {
  const most = Math.max(0.01, ...compared.why.map((one) => Math.abs(one.weight)));
  return html`<${Section} id="why" title=${t('compare.whyTitle')} note=${t('compare.whyNote', { score: compared.score, needed: compared.scoreNeeded, story: compared.storyScore })}>
    <table class="reasons"><thead><tr><th scope="col">${t('compare.what')}</th><th scope="col" class="num">${t('compare.weight')}</th><th scope="col"><span class="unseen">${t('compare.bar')}</span></th><th scope="col">${t('compare.found')}</th></tr></thead>
    <tbody>${compared.why.map((one) => html`<tr key=${one.what}><th scope="row">${weightId(one.what) ? t(weightId(one.what)) : html`<span lang="en">${one.what}</span>`}</th>
      <td class="num">${one.weight > 0 ? '+' : '−'}${Math.abs(one.weight).toFixed(2)}</td>
      <td class="bar"><svg viewBox="-100 0 200 10" preserveAspectRatio="none" aria-hidden="true"><rect class=${one.weight < 0 ? 'bar-against' : 'bar-for'} x=${one.weight < 0 ? (one.weight / most) * 100 : 0} width=${(Math.abs(one.weight) / most) * 100} y="1" height="8" /><path class="bar-zero" d="M0 0V10" /></svg></td>
      <td class="found">${foundText(one.found)}</td></tr>`)}</tbody></table><//>`;
}

function foundText(found) {
  if (Array.isArray(found)) return found.join(', ');
  return found ? reasonText(found) : '';
}
