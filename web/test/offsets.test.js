import assert from 'node:assert/strict';
import test from 'node:test';
import { hashOfPassage, offsetsOf, passageOfHash } from '../src/offsets.js';

const encoder = new TextEncoder();
const TEXTS = ['', 'plain', 'Jalan “Gajah” – 5 °C', '𝔘nder 😀😀 skies 👩‍👩‍👧 end', `${'é😀a'.repeat(500)}z`];

test('every place of every text is the same in bytes, units and points', () => {
  for (const text of TEXTS) {
    const offsets = offsetsOf(text);
    let unit = 0, byte = 0, point = 0;
    for (const letter of text) {
      assert.equal(offsets.unitOfByte(byte), unit);
      assert.equal(offsets.byteOfUnit(unit), byte);
      assert.equal(offsets.unitOfPoint(point), unit);
      assert.equal(offsets.pointOfUnit(unit), point);
      unit += letter.length;
      byte += encoder.encode(letter).length;
      point += 1;
    }
    assert.equal(offsets.bytes, byte);
    assert.equal(offsets.unitOfByte(byte), text.length);
  }
});

test('a place inside of a letter is its beginning; one outside of the text its end', () => {
  const offsets = offsetsOf('a😀b');
  assert.deepEqual([1, 2, 3, 4, 5, 6, 99].map(offsets.unitOfByte), [1, 1, 1, 1, 3, 4, 4]);
  assert.deepEqual([-5, NaN].map(offsets.unitOfByte), [0, 0]);
  assert.equal(offsets.byteOfUnit(2), 1);
});

test('passages in addresses', () => {
  assert.deepEqual(passageOfHash('#b120-140'), { start: 120, end: 140 });
  assert.deepEqual(passageOfHash('b0-1'), { start: 0, end: 1 });
  for (const bad of ['', null, '#b5-5', '#b9-2', '#b-1-2', '#bx-2', '#b1-2x', '#b99999999999-999999999999']) assert.equal(passageOfHash(bad), null);
  assert.equal(hashOfPassage(3, 9), 'b3-9');
});
