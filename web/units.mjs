// All unit tests in one process, which is quicker than one process a file: node --test-reporter=tap units.mjs
import { readdirSync } from 'node:fs';

const folder = new URL('test/', import.meta.url);
for (const name of readdirSync(folder).sort()) {
  if (name.endsWith('.test.js')) await import(new URL(name, folder));
}
