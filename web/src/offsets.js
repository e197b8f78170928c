// Places in a text, in the three ways that they are told: the engine counts UTF-8 bytes (in `compare`: code points), the page's
// strings count UTF-16 units. A place is found from the nearest checkpoint before it, so that a text of any length costs one pass and
// each question a few steps.

const STEP = 64; // UTF-16 units between two checkpoints

function bytesOf(point) {
  return point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
}

// What lies at checkpoint i: units, bytes and points before it; it never parts a surrogate pair.
function checkpoints(text) {
  const units = [0], bytes = [0], points = [0];
  let byte = 0, point = 0, next = STEP;
  for (let unit = 0; unit < text.length;) {
    const code = text.codePointAt(unit);
    byte += bytesOf(code);
    point += 1;
    unit += code > 0xffff ? 2 : 1;
    if (unit >= next) {
      units.push(unit);
      bytes.push(byte);
      points.push(point);
      next = unit + STEP;
    }
  }
  return { units, bytes, points, end: { unit: text.length, byte, point } };
}

// The last checkpoint that does not lie behind `place`.
function checkpointBefore(list, place) {
  let low = 0, high = list.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (list[middle] <= place)
      low = middle;
    else
      high = middle - 1;
  }
  return low;
}

// From a place told in `from` to the same in `to`; one inside of a character means the character's beginning, one outside of the
// text its nearer end.
function walk(text, marks, from, to, place) {
  const i = checkpointBefore(marks[from + 's'], place);
  const at = { unit: marks.units[i], byte: marks.bytes[i], point: marks.points[i] };
  while (at.unit < text.length) {
    const code = text.codePointAt(at.unit);
    const step = { unit: code > 0xffff ? 2 : 1, byte: bytesOf(code), point: 1 };
    if (at[from] + step[from] > place)
      break;
    at.unit += step.unit;
    at.byte += step.byte;
    at.point += step.point;
  }
  return at[to];
}

export function offsetsOf(text) {
  const marks = checkpoints(text);
  const convert = (from, to) => (place) => (place > 0 ? walk(text, marks, from, to, place) : 0);
  return {
    bytes: marks.end.byte,
    points: marks.end.point,
    unitOfByte: convert('byte', 'unit'),
    byteOfUnit: convert('unit', 'byte'),
    unitOfPoint: convert('point', 'unit'),
    pointOfUnit: convert('unit', 'point'),
  };
}

// "#b120-140" → {start, end} in bytes; null where the address has no such part.
export function passageOfHash(hash) {
  const found = /^#?b(\d{1,9})-(\d{1,9})$/.exec(hash || '');
  if (!found || Number(found[1]) >= Number(found[2]))
    return null;
  return { start: Number(found[1]), end: Number(found[2]) };
}

export function hashOfPassage(start, end) {
  return `b${start}-${end}`;
}
