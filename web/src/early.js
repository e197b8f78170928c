// Runs before the first paint: language and colours of the frame, and the first question to the server, so
// that its answer is under way while the page itself is read.
import { firstQuestion, parse } from './address.js';
import { chosenLanguage, kept } from './settings.js';

const root = document.documentElement;
root.lang = chosenLanguage(new URLSearchParams(location.search).get('ui'), navigator.languages);
const scheme = kept('scheme');
if (scheme === 'light' || scheme === 'dark') root.dataset.scheme = scheme;

const question = firstQuestion(parse(location.pathname, location.search, location.hash));
if (question) {
  const answer = fetch(question, { headers: { Accept: 'application/json' } });
  answer.catch(() => {});
  window.runutEarly = { question, answer };
}
