// What the program says of words that speak of time, in short English texts of few patterns. Those that are known are taken apart
// here, so that the page can tell them in the reader's language; all others are shown as they are. Pure.

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const DAY = `(?:(?:${WEEKDAYS.join('|')}) )?\\d{1,2} (?:${MONTHS.join('|')}) \\d{4}|(?:${MONTHS.join('|')}) \\d{4}|\\d{4}`;

// 'Thursday 17 August 2023' -> '2023-08-17', 'August 2023' -> '2023-08', '2023' as it is; null of anything else.
export function dayOfWords(text) {
  const found = new RegExp(`^(?:(?:${WEEKDAYS.join('|')}) )?(?:(?:(\\d{1,2}) )?(${MONTHS.join('|')}) )?(\\d{4})$`).exec(text);
  if (!found) return null;
  const month = found[2] ? String(MONTHS.indexOf(found[2]) + 1).padStart(2, '0') : null;
  return [found[3], month, month && found[1] ? found[1].padStart(2, '0') : null].filter(Boolean).join('-');
}

// A day of no year: '0000-08-17' is told by its month and day alone.
const MONTH_DAY = `(\\d{1,2}) (${MONTHS.join('|')})`;
const monthDay = (day, month) => ({ monthDay: [MONTHS.indexOf(month) + 1, Number(day)] });
const weekday = (name) => ({ weekday: WEEKDAYS.indexOf(name) });
const on = (text) => ({ day: dayOfWords(text) });

const PATTERNS = [
  [`(${DAY})`, 'says.day', (m) => ({ day: on(m[1]) })],
  ['stated in the (.+)', 'says.stated', (m) => ({ where: { where: m[1] } })],
  [`counted from (${DAY}): (${DAY})`, 'says.counted', (m) => ({ from: on(m[1]), day: on(m[2]) })],
  [`counted from (${DAY}): about (${DAY})`, 'says.countedAbout', (m) => ({ from: on(m[1]), day: on(m[2]) })],
  [`(\\d+) years from (${DAY}): (${DAY})`, 'says.years', (m) => ({ n: Number(m[1]), from: on(m[2]), day: on(m[3]) })],
  [`${MONTH_DAY} on a (${WEEKDAYS.join('|')}): ([\\d, ]+)`, 'says.weekdayYears', (m) => ({ day: monthDay(m[1], m[2]), weekday: weekday(m[3]), years: m[4] })],
  [`a (${WEEKDAYS.join('|')})`, 'says.weekday', (m) => ({ weekday: weekday(m[1]) })],
  [`${MONTH_DAY} of some year`, 'says.someYear', (m) => ({ day: monthDay(m[1], m[2]) })],
  [`(${MONTHS.join('|')})`, 'says.month', (m) => ({ month: { monthDay: [MONTHS.indexOf(m[1]) + 1, null] } })],
  ['number (\\d+) of what is held every year since (\\d{4}): (\\d{4})', 'says.edition', (m) => ({ number: m[1], since: m[2], year: m[3] })],
  ['season (\\d+)/(\\d+)', 'says.season', (m) => ({ first: m[1], last: m[2] })],
  ['the season from summer (\\d+) to summer (\\d+)', 'says.season', (m) => ({ first: m[1], last: m[2] })],
  [`that was in (\\d{4}): the report is between (${DAY}) and (${DAY})`, 'says.between', (m) => ({ year: m[1], from: on(m[2]), day: on(m[3]) })],
  [`(.+) since (\\d{4}), number (\\d+): (${DAY})`, 'says.known', (m) => ({ name: m[1], since: m[2], number: m[3], day: on(m[4]) })],
  ['a year that the text names may be meant', 'says.yearNamed', () => ({})],
  [`the text gives another weekday for what would be (${DAY})`, 'says.otherWeekday', (m) => ({ day: on(m[1]) })],
  ['the weekday is right and the day of the month one off', 'says.oneOff', () => ({})],
  ['weekday and date fit', 'says.fits', () => ({})],
  ['the weekday does not fit', 'says.weekdayWrong', () => ({})],
].map(([pattern, id, values]) => [new RegExp(`^${pattern}$`), id, values]);

// {id, values} of the page's words, or null. Values are texts, numbers, or what the reader's language has to write:
// {day: '2023-08-17'}, {monthDay: [8, 17]}, {weekday: 1}, {where: 'date line'}.
export function saysOf(text) {
  if (typeof text !== 'string' || text.length > 300) return null;
  for (const [pattern, id, values] of PATTERNS) {
    const found = pattern.exec(text);
    if (found) return { id, values: values(found) };
  }
  return null;
}

// Where a date is stated, as the program calls it: the ids of the page's words for those that are common.
export const PLACES = ['date line', 'line above the text', 'record', 'by-line', 'text', 'time element', 'headline'];
