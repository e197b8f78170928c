// All tests of the page, one after the other, in one browser.
import { after, before } from 'node:test';
import { start, stop } from './support.mjs';

before(start);
after(stop);

await import('./views.mjs');
await import('./deeds.mjs');
