// Files may be dropped anywhere on the page; what is on its way shows under the masthead, on every view.
import { html } from './html.js';
import { number, percent, t } from './i18n.js';
import { go } from './router.js';
import { useWatched, watched } from './state.js';
import { addDropped, uploads } from './uploads.js';

const over = watched(false);

export function startDrops() {
  let timer = 0;
  const holdsFiles = (event) => [...(event.dataTransfer?.types || [])].includes('Files');
  addEventListener('dragover', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    event.dataTransfer.dropEffect = 'copy';
    over.set(true);
    // no event tells reliably that a drag has left: they just cease
    clearTimeout(timer);
    timer = setTimeout(() => over.set(false), 400);
  });
  addEventListener('drop', (event) => {
    if (!holdsFiles(event)) return;
    event.preventDefault();
    over.set(false);
    addDropped(event.dataTransfer);
    if (location.pathname !== '/add') go('/add');
  });
  addEventListener('beforeunload', (event) => {
    if (['finding', 'sending', 'waiting'].includes(uploads.get().phase)) event.preventDefault();
  });
}

export function UploadLine({ route }) {
  const state = useWatched(uploads), dropping = useWatched(over);
  const shown = route.view !== 'add' && ['finding', 'sending', 'waiting', 'lost', 'locked'].includes(state.phase);
  return html`${dropping && html`<div class="drop-over" aria-hidden="true"><p>${t('add.dropNow')}</p></div>`}
    ${shown && html`<a class="upload-line" href="/add">${t(`add.phase_${state.phase}`)} <span class="num">${t('add.progress', { n: state.done, all: number(state.total) })}</span>
      <span class="num">${percent(state.bytes ? state.sent / state.bytes : 0)}</span></a>`}`;
}
