// The filters that all listings share: words, period, and names that the store holds, each with suggestions.
import { useEffect, useId, useRef, useState } from 'preact/hooks';
import { apiAddress, FILTERS } from './address.js';
import { ask } from './api.js';
import { typedDay } from './dates.js';
import { html } from './html.js';
import { languageName, number, t } from './i18n.js';

const NAMES = ['publisher', 'person', 'organization', 'place'];

// `query` holds the values, `onChange({name: value}, typing)` hears of a change; typing: more is to come.
// `fields` says which to show, `children` stand in the same grid before them.
export function FilterBar({ query, fields = FILTERS, onChange, label, children }) {
  const [open, set] = useState(false);
  const id = useId();
  const active = fields.filter((name) => query[name]);
  const hidden = active.filter((name) => name !== 'words');
  return html`<form class=${open ? 'filters open' : 'filters'} role="search" aria-label=${label || t('filter.title')}
      onSubmit=${(event) => event.preventDefault()}>
    <div class=${fields.includes('words') || children ? 'filters-row' : 'filters-row filters-plain'}>
      ${children}
      ${fields.includes('words') && html`<${WordsField} value=${query.words || ''} onChange=${onChange} />`}
      <button type="button" class="filters-more" aria-expanded=${open ? 'true' : 'false'} aria-controls=${id} onClick=${() => set(!open)}>
        ${t('filter.more')}${hidden.length > 0 && html` <span class="count">${number(hidden.length)}</span>`}</button>
      <div class="filters-rest" id=${id}>
        ${fields.includes('lang') && html`<${Suggest} of="language" name="lang" value=${query.lang || ''} onChange=${onChange} />`}
        ${NAMES.filter((name) => fields.includes(name)).map((name) => html`<${Suggest} key=${name} of=${name} name=${name} value=${query[name] || ''} onChange=${onChange} />`)}
        ${fields.includes('since') && html`<${DayField} name="since" value=${query.since || ''} onChange=${onChange} />
          <${DayField} name="until" value=${query.until || ''} onChange=${onChange} />`}
      </div>
    </div>
    ${active.length > 0 && html`<p class="filters-active">${active.map((name) => html`<button type="button" class="chip" key=${name}
        aria-label=${t('filter.remove', { what: `${t(`filter.${name}`)}: ${shown(name, query[name])}` })}
        onClick=${() => onChange({ [name]: '' })}><span class="chip-name">${t(`filter.${name}`)}</span> ${shown(name, query[name])} <span aria-hidden="true">×</span></button> `)}
      ${active.length > 1 && html`<button type="button" class="plain" onClick=${() => onChange(Object.fromEntries(active.map((name) => [name, ''])))}>${t('filter.clear')}</button>`}</p>`}
  </form>`;
}

function shown(name, value) {
  return name === 'lang' ? languageName(value) : value;
}

// Words are looked for while they are typed, after a short rest.
export function WordsField({ value, onChange, name = 'words', label, big, search = name === 'words', delay = 350 }) {
  const [typed, set] = useState(value);
  const timer = useRef(0), id = useId(), last = useRef(value);
  useEffect(() => {
    if (value !== last.current) {
      last.current = value;
      set(value);
    }
  }, [value]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const tell = (text, typing) => {
    clearTimeout(timer.current);
    if (text === last.current) return;
    last.current = text;
    onChange({ [name]: text }, typing);
  };
  const input = (event) => {
    const text = event.target.value;
    set(text);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => tell(text.trim(), true), delay);
  };
  return html`<div class=${big ? 'field field-words field-big' : 'field field-words'}><label for=${id}>${label || t(`filter.${name}`)}</label>
    <input id=${id} type="search" value=${typed} autocomplete="off" enterkeyhint="search" data-search=${search || undefined}
      onInput=${input} onChange=${(event) => tell(event.target.value.trim(), false)} /></div>`;
}

function DayField({ name, value, onChange }) {
  const [typed, set] = useState(value), [wrong, setWrong] = useState(false);
  const id = useId();
  useEffect(() => {
    set(value);
    setWrong(false);
  }, [value]);
  const changed = (event) => {
    const read = typedDay(event.target.value);
    setWrong(read === null);
    if (read === null || read === value) return;
    onChange({ [name]: read });
  };
  return html`<div class="field field-day"><label for=${id}>${t(`filter.${name}`)}</label>
    <input id=${id} type="text" inputmode="numeric" value=${typed} placeholder="2024-08" autocomplete="off" size="10" aria-invalid=${wrong ? 'true' : undefined}
      aria-describedby=${wrong ? `${id}-wrong` : undefined} onInput=${(event) => set(event.target.value)} onChange=${changed} />
    ${wrong && html`<span class="field-wrong" id="${id}-wrong" role="alert">${t('filter.noDay')}</span>`}</div>`;
}

// Values of one kind, or of several together, the most frequent first.
async function valuesOf(kinds, begins, limit, signal) {
  const found = await Promise.all(kinds.map((of) => ask(apiAddress('/values', { of, begins, limit }), { signal })));
  if (found.length === 1) return found[0];
  const items = new Map();
  for (const item of found.flatMap((one) => one.items)) items.set(item.value, Math.max(item.articles, items.get(item.value) || 0));
  return { items: [...items].map(([value, articles]) => ({ value, articles })).sort((a, b) => b.articles - a.articles).slice(0, limit) };
}

// A field that suggests values of the store (of one kind, or of a list of kinds), the most frequent first (ARIA's combobox with a list).
export function Suggest({ of, name, value, onChange, label, required }) {
  const [typed, set] = useState(value), [items, setItems] = useState(null), [at, setAt] = useState(-1), [open, setOpen] = useState(false);
  const id = useId(), timer = useRef(0), running = useRef(null), field = useRef(null);
  const written = of === 'language' && value ? languageName(value) : value;
  useEffect(() => set(written), [written]);
  useEffect(() => () => {
    clearTimeout(timer.current);
    running.current?.abort();
  }, []);

  const look = async (begins) => {
    running.current?.abort();
    const abort = new AbortController();
    running.current = abort;
    try {
      const ofAll = of === 'language';
      const found = await valuesOf([of].flat(), ofAll ? '' : begins, ofAll ? 100 : 12, abort.signal);
      setItems(ofAll ? found.items.filter((item) => matches(item.value, begins)) : found.items);
      setAt(-1);
    } catch { /* no suggestions, then */ }
  };
  const show = () => {
    setOpen(true);
    look(typed === written ? '' : typed);
  };
  const hide = () => {
    setOpen(false);
    setAt(-1);
  };
  const choose = (text) => {
    clearTimeout(timer.current);
    hide();
    set(of === 'language' && text ? languageName(text) : text);
    if (text !== value) onChange({ [name]: text });
  };
  const commit = () => {
    const text = typed.trim();
    if (text === written) return hide();
    if (of !== 'language' || !text) return choose(text);
    const known = (items || []).filter((item) => matches(item.value, text));
    return known.length > 0 ? choose(known[0].value) : (set(written), hide());
  };
  const input = (event) => {
    const text = event.target.value;
    set(text);
    setOpen(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => look(text.trim()), 100);
  };
  const key = (event) => {
    const count = open && items ? items.length : 0;
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      if (!open) return show();
      const by = event.key === 'ArrowDown' ? 1 : -1;
      if (count) setAt((at + by + count + (at < 0 && by < 0 ? 1 : 0)) % count);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      if (at >= 0 && count) choose(items[at].value);
      else commit();
    } else if (event.key === 'Escape') {
      if (open) event.preventDefault();
      set(written);
      hide();
    }
    return undefined;
  };
  const expanded = open && items && items.length > 0;
  return html`<div class="field field-suggest"><label for=${id}>${label || t(`filter.${name}`)}</label>
    <input ref=${field} id=${id} type="text" role="combobox" aria-autocomplete="list" aria-expanded=${expanded ? 'true' : 'false'} aria-controls="${id}-list"
      aria-activedescendant=${expanded && at >= 0 ? `${id}-${at}` : undefined} value=${typed} autocomplete="off" spellcheck=${false} required=${required}
      onInput=${input} onFocus=${(event) => event.target.select()} onClick=${show} onBlur=${commit} onKeyDown=${key} />
    <ul id="${id}-list" role="listbox" aria-label=${label || t(`filter.${name}`)} class="suggestions" hidden=${!expanded}>${(expanded ? items : []).map((item, index) => html`<li
      id="${id}-${index}" role="option" key=${item.value} aria-selected=${index === at ? 'true' : 'false'} onMouseDown=${(event) => { event.preventDefault(); choose(item.value); }}>
      <span>${of === 'language' ? languageName(item.value) : item.value}</span> <span class="count">${number(item.articles)}</span></li>`)}</ul></div>`;
}

function matches(tag, text) {
  const wanted = text.toLowerCase();
  return tag.toLowerCase() === wanted || languageName(tag).toLowerCase().includes(wanted);
}
