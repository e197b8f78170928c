// What this browser keeps for its user: language, colours, keys, searches. Storage may be refused; then the
// settings last as long as the page.
const memory = new Map();

export function kept(key, otherwise = null) {
  try {
    const text = localStorage.getItem(`runut.${key}`);
    if (text !== null) return JSON.parse(text);
  } catch { /* no storage, or something else wrote there */ }
  return memory.has(key) ? memory.get(key) : otherwise;
}

export function keep(key, value) {
  memory.set(key, value);
  try {
    if (value === null) localStorage.removeItem(`runut.${key}`);
    else localStorage.setItem(`runut.${key}`, JSON.stringify(value));
  } catch { /* it lasts as long as the page */ }
}

export const LANGUAGES = ['en', 'id'];

// The language of the interface: asked for by the address, else kept, else the browser's, else English.
export function chosenLanguage(asked, preferred) {
  const wanted = [asked, kept('language'), ...(preferred || []).map((tag) => tag.slice(0, 2).toLowerCase())];
  return wanted.find((tag) => LANGUAGES.includes(tag)) || 'en';
}
