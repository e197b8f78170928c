// New captures: files, folders, or pasted text; what became of each.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { apiAddress, articleAddress, storyAddress } from '../address.js';
import { useAnswer } from '../api.js';
import { typeOfText } from '../batches.js';
import { html } from '../html.js';
import { bytes, number, t } from '../i18n.js';
import { useWatched } from '../state.js';
import { announce, Badge, Head, Headline } from '../ui.js';
import { addFiles, clearUploads, resumeUploads, stopUploads, uploads } from '../uploads.js';

export function Add() {
  const health = useAnswer(apiAddress('/health'));
  const state = useWatched(uploads);
  usePastedFiles();
  useEffect(() => {
    if (state.phase === 'done') announce(summary(state.result));
  }, [state.phase]);
  const closed = health.data?.writable === false;
  return html`
    <${Head} title=${t('add.title')}><p class="standfirst">${t('add.what')}</p><//>
    ${closed ? html`<p class="error-title" role="alert">${t('add.readOnly')}</p>` : html`<div class="add-ways"><${Choose} /><${Paste} /></div>`}
    ${state.phase !== 'idle' && html`<${Progress} state=${state} />`}
    ${state.stories.size > 0 && html`<${Touched} stories=${state.stories} />`}
    <${Outcome} result=${state.result} />`;
}

function usePastedFiles() {
  useEffect(() => {
    const pasted = (event) => {
      const files = [...(event.clipboardData?.files || [])];
      if (files.length === 0) return;
      event.preventDefault();
      addFiles(files.map((file) => ({ file, name: file.name })));
    };
    addEventListener('paste', pasted);
    return () => removeEventListener('paste', pasted);
  }, []);
}

function Choose() {
  const files = useRef(null), folder = useRef(null);
  const chosen = (event) => {
    addFiles([...event.target.files].map((file) => ({ file, name: file.webkitRelativePath || file.name })));
    event.target.value = '';
  };
  useEffect(() => {
    folder.current.webkitdirectory = true;
  }, []);
  return html`<section class="choose" aria-labelledby="choose-title"><h2 id="choose-title">${t('add.files')}</h2>
    <p class="quiet">${t('add.drop')}</p>
    <p class="choose-row"><button type="button" class="first" onClick=${() => files.current.click()}>${t('add.chooseFiles')}</button>
      <button type="button" onClick=${() => folder.current.click()}>${t('add.chooseFolder')}</button></p>
    <input ref=${files} type="file" multiple hidden aria-label=${t('add.chooseFiles')} data-files onChange=${chosen} />
    <input ref=${folder} type="file" hidden aria-label=${t('add.chooseFolder')} onChange=${chosen} />
    <p class="quiet small">${t('add.kinds')}</p></section>`;
}

function Paste() {
  const id = useId();
  const [text, set] = useState('');
  const send = (event) => {
    event.preventDefault();
    if (!text.trim()) return;
    const { type, ending } = typeOfText(text);
    const name = `${t('add.pastedName')}-${new Date().toISOString().slice(0, 19).replaceAll(':', '')}.${ending}`;
    addFiles([{ file: new File([text], name, { type }), name }]);
    set('');
  };
  const key = (event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send(event); };
  return html`<form class="paste" onSubmit=${send}><h2><label for=${id}>${t('add.paste')}</label></h2>
    <textarea id=${id} rows="6" value=${text} placeholder=${t('add.pasteHint')} onInput=${(event) => set(event.target.value)} onKeyDown=${key}></textarea>
    <p class="choose-row"><button type="submit" disabled=${!text.trim()}>${t('add.pasteSend')}</button></p></form>`;
}

function Progress({ state }) {
  const { phase, total, done, sent, bytes: all } = state;
  const going = ['finding', 'sending', 'waiting', 'locked', 'lost'].includes(phase);
  return html`<section class="progress" aria-label=${t('add.progressTitle')}>
    <div class="progress-head"><p><b>${t(`add.phase_${phase}`)}</b> <span class="num">${t('add.progress', { n: done, all: number(total) })} · ${going ? `${bytes(Math.min(sent, all))} / ` : ''}${bytes(all)}</span></p>
      ${going && html`<button type="button" onClick=${stopUploads}>${t('add.cancel')}</button>`}
      ${phase === 'lost' && html`<button type="button" class="first" onClick=${resumeUploads}>${t('ui.tryAgain')}</button>`}
      ${!going && html`<button type="button" class="plain" onClick=${clearUploads}>${t('add.clear')}</button>`}</div>
    ${state.why && html`<p class="error-detail" lang="en">${state.why}</p>`}
    ${going && html`<progress max=${all || 1} value=${phase === 'finding' ? undefined : sent} aria-label=${t('add.progressTitle')}></progress>`}
    <p class="progress-sum num">${summary(state.result)}</p>
  </section>`;
}

function summary({ stored, known, rejected }) {
  return [t('add.stored', { n: stored }), t('add.known', { n: known }), t('add.rejected', { n: rejected })].join(' · ');
}

function Touched({ stories }) {
  const shown = [...stories].slice(-12).reverse();
  return html`<section class="touched" aria-labelledby="touched-title"><h2 id="touched-title">${t('add.touched', { n: stories.size })}</h2>
    <ul>${shown.map(([name, { headline, lang }]) => html`<li key=${name} data-row><${Headline} text=${headline} lang=${lang} href=${storyAddress(name)} row /></li>`)}</ul>
    ${stories.size > shown.length && html`<p><a href="/stories">${t('stories.all')}</a></p>`}</section>`;
}

function Outcome({ result }) {
  const [most, set] = useState(100);
  const { bad, good } = result;
  const items = [...bad, ...good.slice().reverse()];
  if (items.length === 0) return null;
  return html`<section class="outcome" aria-labelledby="outcome-title"><h2 id="outcome-title">${t('add.outcome')}</h2>
    <table><thead><tr><th scope="col">${t('add.status')}</th><th scope="col">${t('add.file')}</th><th scope="col">${t('add.report')}</th></tr></thead>
    <tbody>${items.slice(0, most).map((item, at) => html`<tr key=${at}>
      <td><${Badge} kind=${{ stored: 'new', known: 'plain', rejected: 'conflict' }[item.status]}>${t(`add.status_${item.status}`)}<//></td>
      <td class="file">${item.file}${item.record > 1 && ` (${number(item.record)})`}</td>
      <td>${item.status === 'rejected' ? html`<span lang="en">${item.error}</span>${Number.isInteger(item.byte) && html` <span class="quiet">${t('add.atByte', { byte: number(item.byte) })}</span>`}`
        : item.article && html`<${Headline} text=${item.headline || item.article} href=${articleAddress(item.article)} />`}</td></tr>`)}</tbody></table>
    ${items.length > most && html`<div class="pager"><button type="button" class="more" data-more onClick=${() => set(most + 200)}>${t('ui.more')}</button></div>`}</section>`;
}
