// Lists of kept searches, [{name, query}], query being the end of an address ('?words=…'). Pure.

// What storage holds may be anything.
export function valid(list) {
  return Array.isArray(list) ? list.filter((search) => typeof search?.name === 'string' && /^\?/.test(search.query)).slice(0, 200) : [];
}

export function withSearch(list, search) {
  return [...withoutSearch(list, search.query), search].sort((a, b) => a.name.localeCompare(b.name));
}

export function withoutSearch(list, query) {
  return list.filter((search) => search.query !== query);
}
