// Plots as elements of SVG: they scale with the text, follow the colours and print.
import { html } from './html.js';
import { span, t } from './i18n.js';
import { barsPath, peak } from './volume.js';

// Reports over the time of a story, very small.
export function Volume({ volume }) {
  const top = volume && peak(volume);
  if (!top) return null;
  const width = volume.counts.length;
  const words = t('plot.volume', { n: top.count, when: span(top.first, top.last) });
  return html`<svg class="volume" role="img" aria-label=${words} viewBox="0 0 ${Math.max(12, width)} 20" preserveAspectRatio="none">
    <title>${words}</title><path class="volume-base" d="M0 19.75h${Math.max(12, width)}" /><path class="volume-bars" d=${barsPath(volume, 20)} /></svg>`;
}
