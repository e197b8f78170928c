// Pictures of the page on the samples: those of the README into OUT, all views in both languages and colour schemes into FOLDER.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { open, serve, start, stop, store, VIEWS, visit } from './support.mjs';

const { OUT, FOLDER } = process.env;
const SHOWN = ['stories', 'story', 'event', 'article', 'compare', 'between'];

await start();
const server = await serve(store());
const all = join(FOLDER, 'pictures');
mkdirSync(all, { recursive: true });

// What a reader sees first; long views are cut at a height that a page of text can hold.
let page = await open(server, { width: 1280, height: 800 });
for (const name of SHOWN) {
  await visit(page, VIEWS[name]);
  await page.screenshot({ path: join(OUT, `${name}.png`), clip: { x: 0, y: 0, width: 1280, height: 800 }, animations: 'disabled', caret: 'hide' });
}
await page.close();
for (const language of ['en', 'id']) {
  for (const scheme of ['light', 'dark']) {
    for (const width of [1280, 360]) {
      page = await open(server, { language, scheme, width, height: width === 360 ? 740 : 800 });
      for (const [name, path] of Object.entries(VIEWS)) {
        await visit(page, path);
        await page.screenshot({ path: join(all, `${name}-${language}-${scheme}-${width}.png`), fullPage: true, animations: 'disabled' });
      }
      await page.close();
    }
  }
}
await server.stop();
await stop();
console.log(`${all}: all views, in both languages and colour schemes, wide and narrow`);
