import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dayText } from '../src/dates.js';
import { fill, form } from '../src/phrases.js';
import { saysText } from '../src/says.js';
import en from '../src/words/en.js';
import id from '../src/words/id.js';

const speak = (words, language, locale) => ({
  locale,
  day: (text, length) => dayText(text, locale, length),
  t(key, values) {
    const [view, name] = key.split('.');
    assert.ok(words[view]?.[name], key);
    return fill(form(words[view][name], values, language), values);
  },
});
const english = speak(en, 'en', 'en-GB'), indonesian = speak(id, 'id', 'id-ID');

test('what is said of a day, in Indonesian', () => {
  const cases = [
    ['Thursday 17 August 2023', 'Kamis, 17 Agustus 2023'],
    ['August 2023', 'Agustus 2023'], ['2023', '2023'], ['March', 'Maret'],
    ['stated in the date line', 'dinyatakan pada baris tanggal'],
    ['stated in the meta article:published_time', 'dinyatakan pada meta article:published_time'],
    ['counted from Thursday 17 August 2023: Monday 28 August 2023', 'dihitung dari Kamis, 17 Agustus 2023: Senin, 28 Agustus 2023'],
    ['counted from Thursday 17 August 2023: about Sunday 17 March 2024', 'dihitung dari Kamis, 17 Agustus 2023: sekitar Minggu, 17 Maret 2024'],
    ['-1 days from the report', '1 hari sebelum beritanya'], ['+0 days from the report', 'hari beritanya'], ['2 weeks before the report', '2 pekan sebelum beritanya'],
    ['a Monday', 'suatu hari Senin'], ['15 August, no year', '15 Agustus, tanpa tahun'], ['17 August on a Sunday: 2014, 2025', '17 Agustus jatuh pada hari Minggu dalam 2014, 2025'],
    ['the text gives another weekday for what would be Monday 21 August 2023', 'Teksnya menyebut hari lain untuk yang seharusnya Senin, 21 Agustus 2023.'],
    ['the weekday does not fit; holds: season 2023/2024', 'nama harinya tidak cocok; sesuai: musim 2023/2024'],
  ];
  for (const [given, told] of cases) assert.equal(saysText(given, indonesian), told);
});

test('in English it stays English', () => {
  assert.equal(saysText('+1 days from the report', english), '1 day after the report');
  assert.match(saysText('Thursday 17 August 2023', english), /^Thursday,? 17 August 2023$/);
});

test('what is not known is left to the caller', () => {
  for (const text of ['', null, "Russia's war on Ukraine began in 2022: not before", 'counted from somewhere: 2023', 'weekday and date fit; against: nobody knows', 'Thursday 17 Augustus 2023']) {
    assert.equal(saysText(text, indonesian), null);
  }
});
