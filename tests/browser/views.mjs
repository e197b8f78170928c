// Every view on the samples: without errors, for every eye and every width.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { checkAccess, checkWidth, nothingWrong, open, serve, store, VIEWS, visit } from './support.mjs';

test('every view is drawn without an error and asks nobody else', async () => {
  const server = await serve(store());
  const page = await open(server);
  for (const [name, path] of Object.entries(VIEWS)) {
    await visit(page, path);
    assert.notEqual((await page.locator('main h1').first().innerText()).trim(), '', name);
    assert.match(await page.title(), /runut$/, name);
    assert.equal(await page.locator('main [role="alert"]').count(), 0, name);
    assert.deepEqual(page.wrong, [], name);
  }
  await page.close();
  await server.stop();
});

test('what is watched for is seen', async () => {
  const server = await serve(store({ empty: true }));
  const page = await open(server);
  await visit(page, '/stories');
  nothingWrong(page);
  await page.evaluate(async () => {
    document.body.append(Object.assign(document.createElement('img'), { src: 'http://127.0.0.1:1/x.png' }));
    try { document.body.innerHTML = '<b>x</b>'; } catch { /* refused */ }
    await fetch('/api/v1/nothing');
  });
  await page.waitForTimeout(100);
  const all = page.wrong.join('\n');
  for (const part of ['policy: img-src', '404', 'policy: require-trusted-types-for']) assert.ok(all.includes(part), `${part} in ${all}`);
  await page.close();
  await server.stop();
});

// Two pairs of eyes see everything; the other two what language and colours change.
const COLOURS = ['color-contrast', 'link-in-text-block', 'target-size'];
const EYES = [
  { language: 'en', scheme: 'light', width: 1280 }, { language: 'id', scheme: 'dark', width: 360, height: 740 },
  { language: 'id', scheme: 'light', width: 360, height: 740, rules: COLOURS }, { language: 'en', scheme: 'dark', width: 1280, rules: COLOURS },
];

for (const { rules, ...eyes } of EYES) {
  test(`axe-core finds nothing, ${eyes.language} ${eyes.scheme} at ${eyes.width} px, and nothing sticks out`, async () => {
    const server = await serve(store());
    const page = await open(server, { ...eyes, free: true });
    const wrong = [];
    for (const [name, path] of Object.entries(VIEWS)) {
      await visit(page, path);
      assert.equal(await page.locator('html').getAttribute('lang'), eyes.language);
      await checkWidth(page, name).catch((error) => wrong.push(error.message));
      await checkAccess(page, name, rules).catch((error) => wrong.push(error.message));
    }
    if (wrong.length > 0) throw new Error(wrong.join('\n'));
    await page.close();
    await server.stop();
  });
}

test('at 200 % nothing scrolls to the side', async () => {
  const server = await serve(store());
  const page = await open(server, { width: 640, height: 400, deviceScaleFactor: 2 }); // what zooming to 200 % makes of 1280 × 800
  for (const [name, path] of Object.entries(VIEWS)) {
    await visit(page, path);
    await checkWidth(page, name);
  }
  await page.close();
  await server.stop();
});
