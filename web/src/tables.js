// Tables as files: CSV (RFC 4180) that no spreadsheet takes for formulas.

// A cell that begins like a formula gets an apostrophe (OWASP, CSV injection).
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/u;

export function csvCell(value) {
  let text = value === null || value === undefined ? '' : Array.isArray(value) ? value.join('; ') : String(value);
  if (FORMULA.test(text))
    text = `'${text}`;
  return /[",;\r\n\t]|^\s|\s$/u.test(text) ? `"${text.replace(/"/g, '""')}"` : text;
}

// Rows of cells; a byte order mark in front, so that spreadsheets read it as UTF-8.
export function csvOf(rows) {
  return `\ufeff${rows.map((row) => row.map(csvCell).join(',')).join('\r\n')}\r\n`;
}

// The timeline between two actors, a line for each event: [heads, …rows].
export function betweenRows(answer, heads) {
  const rows = answer.events.map((one) => [
    one.date, one.firstReport, one.headline, one.quoted?.text, one.quoted?.publisher, one.quoted?.dateInferred, one.quoted?.sources,
    one.quoted?.url ?? one.quoted?.file, one.quoted?.article, one.event, one.articles, one.reportsOfBoth, one.origins,
  ]);
  return [heads, ...rows];
}
export const BETWEEN_HEADS = ['date', 'firstReport', 'headline', 'quoted', 'publisher', 'publishedOn', 'sources', 'url', 'article', 'event', 'articles', 'reportsOfBoth', 'origins'];
