// The searches that this browser's user keeps.
import { valid } from './kept_searches.js';
import { kept } from './settings.js';
import { watched } from './state.js';

export const searches = watched(valid(kept('searches', [])));
