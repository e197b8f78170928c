// What the keys do.
import { useEffect, useRef } from 'preact/hooks';
import { html } from './html.js';
import { t } from './i18n.js';
import { helpOpen, singleKeys } from './keys.js';
import { keep } from './settings.js';
import { useWatched } from './state.js';

const KEYS = [
  [['j', 'k'], 'step'], [['Enter'], 'open'], [['/'], 'search'], [['n'], 'news'], [['g', 's'], 'stories'], [['g', 'f'], 'find'],
  [['g', 'q'], 'quotes'], [['g', 'b'], 'between'], [['g', 'c'], 'compare'], [['g', 'a'], 'add'], [['+', '−', '0'], 'zoom'],
  [['Esc'], 'close'], [['?'], 'help'],
];

export function Help() {
  const dialog = useRef(null);
  const open = useWatched(helpOpen);
  const single = useWatched(singleKeys);
  useEffect(() => {
    if (open && !dialog.current.open) dialog.current.showModal();
    if (!open && dialog.current.open) dialog.current.close();
  }, [open]);
  const turn = () => {
    keep('keys', !single);
    singleKeys.set(!single);
  };
  const outside = (event) => { if (event.target === dialog.current) helpOpen.set(false); };
  return html`<dialog ref=${dialog} class="help" aria-labelledby="help-title" onClose=${() => helpOpen.set(false)} onClick=${outside}>
    <div class="help-inner">
      <h2 id="help-title">${t('help.title')}</h2>
      <dl class="keys">${KEYS.map(([keys, what]) => html`<div><dt>${keys.map((key) => html`<kbd>${key}</kbd> `)}</dt><dd>${t(`help.${what}`)}</dd></div>`)}</dl>
      <p><label class="check"><input type="checkbox" checked=${single} onChange=${turn} /> ${t('help.single')}</label></p>
      <p class="help-end"><button type="button" onClick=${() => helpOpen.set(false)}>${t('ui.close')}</button></p>
    </div></dialog>`;
}
