import { html } from '../html.js';
import { t } from '../i18n.js';
import { Head } from '../ui.js';

export function Story({ route }) {
  return html`<${Head} title=${t('story.title')} />`;
}
