// Formats of Intl cost much to make and little to use: each is made once.
const made = new Map();

export function format(Kind, locale, options) {
  const key = `${Kind.name} ${locale} ${options ? JSON.stringify(options) : ''}`;
  let one = made.get(key);
  if (!one) made.set(key, one = new Kind(locale, options));
  return one;
}
