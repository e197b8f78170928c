// What the program says of a day is English of few patterns ('counted from Thursday 17 August 2023: …'). Those that are
// known are told in the reader's language; `speak` is {t, day, locale}, so that this is pure.
import { format } from './formats.js';

const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];
const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const WEEKDAY = `(?:${WEEKDAYS.join('|')})`, MONTH = `(?:${MONTHS.join('|')})`;

const two = (number) => String(number).padStart(2, '0');

// 'Thursday 17 August 2023', 'August 2023', '2023' as days of the reader's language; null of anything else.
function dayOf(text, { day }) {
  let found = new RegExp(`^${WEEKDAY} (\\d{1,2}) (${MONTH}) (\\d{4})$`).exec(text);
  if (found) return day(`${found[3]}-${two(MONTHS.indexOf(found[2]) + 1)}-${two(found[1])}`, 'full');
  found = new RegExp(`^(${MONTH}) (\\d{4})$`).exec(text);
  if (found) return day(`${found[2]}-${two(MONTHS.indexOf(found[1]) + 1)}`);
  return /^\d{4}$/.test(text) ? text : null;
}

function monthOf(name, { locale }) {
  return format(Intl.DateTimeFormat, locale, { month: 'long', timeZone: 'UTC' }).format(Date.UTC(2023, MONTHS.indexOf(name), 1));
}

function weekdayOf(name, { locale }) {
  return format(Intl.DateTimeFormat, locale, { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2023, 0, 1 + WEEKDAYS.indexOf(name))); // 1 January 2023 was a Sunday
}

function dayAndMonth(day, month, { locale }) {
  return format(Intl.DateTimeFormat, locale, { day: 'numeric', month: 'long', timeZone: 'UTC' }).format(Date.UTC(2024, MONTHS.indexOf(month), Number(day)));
}

const PLACES = ['record', 'date line', 'line above the text', 'by-line', 'by-line below the text', 'time element', 'JSON-LD'];

// Each pattern with the words for it; a function that gives null says that it does not know after all.
const PATTERNS = [
  [/^stated in the (.+)$/, ([, place], { t }) => t('says.stated', { place: PLACES.includes(place) ? t(`says.in_${place.replace(/\W/g, '_')}`) : place })],
  [/^([+-])(\d+) days? from the report$/, ([, sign, n], { t }) => (n === '0' ? t('says.sameDay') : t(sign === '-' ? 'says.daysBefore' : 'says.daysAfter', { n: Number(n) }))],
  [/^(\d+) (day|week|month|year)s? (before|after) the report$/, ([, n, unit, side], { t }) => t(`says.${unit}s${side === 'before' ? 'Before' : 'After'}`, { n: Number(n) })],
  [new RegExp(`^an? (${WEEKDAY})$`), ([, weekday], speak) => speak.t('says.aWeekday', { weekday: weekdayOf(weekday, speak) })],
  [new RegExp(`^(\\d{1,2}) (${MONTH}), no year$`), ([, day, month], speak) => speak.t('says.noYear', { day: dayAndMonth(day, month, speak) })],
  [new RegExp(`^(\\d{1,2}) (${MONTH}) of some year$`), ([, day, month], speak) => speak.t('says.noYear', { day: dayAndMonth(day, month, speak) })],
  [new RegExp(`^(\\d{1,2}) (${MONTH}) on an? (${WEEKDAY}): ([\\d, ]+)$`), ([, day, month, weekday, years], speak) =>
    speak.t('says.fallsOn', { day: dayAndMonth(day, month, speak), weekday: weekdayOf(weekday, speak), years })],
  [new RegExp(`^(${MONTH})$`), ([, month], speak) => monthOf(month, speak)],
  [/^a year that the text names may be meant$/, (found, { t }) => t('says.namedYear')],
  [/^counted from (.+): (about )?(.+)$/, ([, from, about, to], speak) => both(about ? 'says.countedAbout' : 'says.counted', from, to, speak)],
  [/^(\d+) years from (.+): (?:the report is of )?(.+)$/, ([, n, from, to], speak) => both('says.yearsFrom', from, to, speak, { n: Number(n) })],
  [/^number (\d+) of what is held every year since (\d+): (\d+)$/, ([, n, from, to], { t }) => t('says.yearly', { number: n, from, to })],
  [/^season (\d+)\/(\d+)$/, ([, from, to], { t }) => t('says.season', { from, to })],
  [/^the season from summer (\d+) to summer (\d+)$/, ([, from, to], { t }) => t('says.season', { from, to })],
  [/^the text gives another weekday for what would be (.+)$/, ([, day], speak) => one('says.otherWeekday', day, speak)],
  [/^the days counted lead to (.+), the text gives another weekday$/, ([, day], speak) => one('says.countedOtherWeekday', day, speak)],
  [/^the weekday does not fit$/, (found, { t }) => t('says.weekdayNot')],
  [/^the weekday is right and the day of the month one off$/, (found, { t }) => t('says.oneOff')],
  [/^weekday and date fit$/, (found, { t }) => t('says.fits')],
  [/^a known day is named$/, (found, { t }) => t('says.knownDay')],
];

function both(key, from, to, speak, more) {
  const first = dayOf(from, speak), last = dayOf(to, speak);
  return first && last ? speak.t(key, { from: first, to: last, ...more }) : null;
}

function one(key, text, speak) {
  const day = dayOf(text, speak);
  return day && speak.t(key, { day });
}

function single(text, speak) {
  const day = dayOf(text, speak);
  if (day) return day;
  for (const [pattern, tell] of PATTERNS) {
    const found = pattern.exec(text);
    if (found) return tell(found, speak);
  }
  return null;
}

// The text in the reader's language, or null where any part of it is not known. Reasons may be several, with '; '.
export function saysText(text, speak) {
  const parts = String(text || '').split('; ').map((part) => {
    const found = /^(holds|against): (.+)$/.exec(part);
    if (!found) return single(part, speak);
    const inner = single(found[2], speak);
    return inner === null ? null : speak.t(`says.${found[1]}`, { what: inner });
  });
  return parts.includes(null) ? null : parts.join('; ');
}
