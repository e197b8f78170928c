import { html } from '../html.js';
import { t } from '../i18n.js';
import { Head } from '../ui.js';

export function Compare({ route }) {
  return html`<${Head} title=${t('compare.title')} />`;
}
