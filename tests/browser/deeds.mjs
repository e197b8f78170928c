// What people do on the page: adding, comparing, following, keeping searches, going by keys alone.
import assert from 'node:assert/strict';
import { cpSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { checkWidth, drawn, nothingWrong, open, runut, SAMPLES, serve, store, visit } from './support.mjs';

const scratch = mkdtempSync(join(tmpdir(), 'runut-browser-files-'));

// A test with a server and a page of its own; nothing may have gone wrong on it in the end.
function tried(name, { db = () => store(), options = [], page: how = {}, expected = [] }, deed) {
  test(name, { timeout: 60000 }, async () => {
    const server = await serve(db(), ...options);
    const page = await open(server, how);
    await deed(page, server);
    page.wrong = page.wrong.filter((one) => !expected.some((part) => part.test(one)));
    nothingWrong(page);
    await page.close();
    await server.stop();
  });
}

function file(name, text) {
  const path = join(scratch, name);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, text);
  return path;
}

const has = (page, text) => page.getByText(text, { exact: false }).first().waitFor();

// A drop as the system makes it: files and folders of the disk, let go over the page.
async function drop(page, ...files) {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop']) await session.send('Input.dispatchDragEvent', { type, x: 400, y: 300, data });
}

tried('what is dropped on any view is added, with progress and what became of each', { db: () => store({ empty: true }) }, async (page) => {
  await visit(page, '/stories');
  await has(page, 'No stories yet');
  const folder = join(scratch, 'captures');
  cpSync(SAMPLES, folder, { recursive: true });
  await page.route('**/api/v1/articles', async (route) => {
    await new Promise((done) => { setTimeout(done, 400); });
    await route.continue();
  });
  await drop(page, folder, file('broken.jsonl', '{"headline": "x", "articleBody"\n'));
  await page.waitForURL('**/add');
  await page.locator('progress').waitFor();
  await has(page, 'Done.');
  await has(page, '30 stored · 0 known already · 1 rejected');
  const rows = page.locator('.outcome tbody tr');
  assert.equal(await rows.count(), 31);
  assert.match(await rows.first().innerText(), /rejected/);
  assert.match(await rows.first().innerText(), /broken\.jsonl/);
  assert.equal(await page.locator('.outcome td.file', { hasText: 'captures/ferry-01.txt' }).count(), 1);
  await has(page, 'stories are touched');
  await drop(page, join(folder, 'ferry-01.txt'));
  await has(page, '0 stored · 1 known already');
  await page.locator('nav.places a[href="/stories"]').click();
  await drawn(page);
  assert.equal(await page.locator('table.stories tbody tr').count(), 9);
});

tried('a pasted text is added', { db: () => store({ empty: true }) }, async (page) => {
  await visit(page, '/add');
  await page.locator('textarea').fill('Kapal Contoh Tiba\n\nKOTABARU, KABAR CONTOH - Kapal Contoh tiba di pelabuhan pada Kamis (17/8/2023).\n');
  await page.getByRole('button', { name: 'Add the text' }).click();
  await has(page, '1 stored');
  await page.locator('.outcome a', { hasText: 'Kapal Contoh Tiba' }).click();
  await drawn(page);
  await has(page, 'tiba di pelabuhan');
});

tried('a server that only reads says so', { options: ['--read-only'] }, async (page) => {
  await visit(page, '/add');
  await has(page, 'only reads');
  assert.equal(await page.locator('textarea').count(), 0);
});

tried('two reports of an event are picked and compared', {}, async (page) => {
  await visit(page, '/events/e4');
  for (const at of [0, 1]) await page.locator('main input[type="checkbox"][id], main button[aria-pressed], main input[type="checkbox"]').nth(at).waitFor({ state: 'attached' });
  await visit(page, '/events/e4?with=a5,a6');
  await page.getByRole('link', { name: 'Compare', exact: false }).last().click();
  await page.waitForURL(/\/compare\?a=a5&b=a6/);
  await drawn(page);
  const text = await page.locator('main').innerText();
  assert.match(text, /Pesisir Kini/);
  assert.match(text, /Suara Meratus/);
  await page.locator('.sides-swap a').click();
  await page.waitForURL(/\/compare\?a=a6&b=a5/);
});

tried('keys alone lead from the stories to a mark in a report, and back', {}, async (page) => {
  await visit(page, '/stories');
  const focused = () => page.evaluate(() => document.activeElement.textContent.trim());
  await page.keyboard.press('j');
  const first = await focused();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  const third = await focused();
  assert.notEqual(third, first);
  await page.keyboard.press('k');
  await page.keyboard.press('k');
  assert.equal(await focused(), first);
  const href = await page.evaluate(() => document.activeElement.getAttribute('href'));
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${href}`);
  await drawn(page);
  assert.equal(await page.evaluate(() => document.activeElement.tagName), 'H1');
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/events/*');
  await drawn(page);
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/articles/*');
  await drawn(page);
  const panel = page.locator('.mark-panel');
  let told = false;
  for (let tries = 0; tries < 5 && !told; tries++) { // what others say of the report comes later, and places the marks anew
    await page.keyboard.press('n');
    await page.locator('.text [data-mark]:focus').waitFor();
    await page.keyboard.press('Enter');
    told = await panel.waitFor({ timeout: 2000 }).then(() => true, () => false);
  }
  assert.ok(told, 'no panel');
  await page.keyboard.press('Escape');
  await page.locator('.mark-panel').waitFor({ state: 'detached' });
  for (const place of ['**/events/*', `**${href}`, '**/stories']) {
    await page.goBack();
    await page.waitForURL(place);
    await drawn(page);
  }
  await page.waitForFunction((text) => document.activeElement.textContent.trim() === text, first);
});

tried('Tab goes through the page and what is in focus is seen', {}, async (page) => {
  await visit(page, '/stories');
  await page.evaluate(() => document.activeElement.blur());
  const seen = new Set();
  for (let at = 0; at < 14; at++) {
    await page.keyboard.press('Tab');
    const one = await page.evaluate(() => {
      const element = document.activeElement, style = getComputedStyle(element), box = element.getBoundingClientRect();
      return { name: element.outerHTML.slice(0, 80), seen: box.width > 0 && (style.outlineStyle !== 'none' || style.boxShadow !== 'none'), inside: box.bottom > 0 && box.top < innerHeight };
    });
    assert.ok(one.seen && one.inside, one.name);
    seen.add(one.name);
  }
  assert.ok(seen.size > 10);
});

tried('a passage that an address names is in view', {}, async (page) => {
  await visit(page, '/quotes?by=Guntur');
  const said = page.locator('blockquote.said a').first();
  const words = (await said.innerText()).replace(/["“”]/g, '').slice(0, 30);
  await said.click({ position: { x: 60, y: 8 } }); // on the words, not on the quotation mark
  await page.waitForURL(/#b\d+-\d+$/);
  await drawn(page);
  const passage = page.locator('.m-passage').first();
  await passage.waitFor();
  assert.ok((await page.locator('.m-passage').allInnerTexts()).join('').includes(words.slice(0, 20)), words);
  assert.ok(await passage.evaluate((one) => { const box = one.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight; }));
});

const LATER = `Korban KM Bintang Teduh Bertambah Menjadi Sepuluh

KOTABARU, LENTERA UJI - Korban tewas tenggelamnya Kapal Motor (KM) Bintang Teduh di Selat Laut, Kabupaten Kotabaru, Kalimantan Selatan, bertambah menjadi sepuluh orang,
Sabtu (19/8/2023). Kepala Kantor SAR Banjarmasin Guntur Adiwijaya mengatakan 15 penumpang masih hilang.

"Kami terus mencari," kata Guntur di Kotabaru.
`;

tried('a story is followed live while another process adds', {}, async (page, server) => {
  await visit(page, '/stories/s3');
  const before = await page.locator('.report').count();
  await page.evaluate(() => { window.stays = true; });
  runut('--db', server.db, 'add', '-q', file('later.txt', LATER));
  await page.locator('.report.fresh', { hasText: 'Bertambah Menjadi Sepuluh' }).waitFor();
  assert.equal(await page.locator('.report').count(), before + 1);
  await page.waitForFunction(() => [...document.querySelectorAll('[aria-live]')].some((one) => one.textContent.includes('Bertambah Menjadi Sepuluh')));
  assert.equal(await page.evaluate(() => window.stays), true);
});

tried('the list of stories offers what is new, and moves only when asked', {}, async (page, server) => {
  await visit(page, '/stories');
  await page.waitForTimeout(300); // the stream of news is opened behind the first view
  const rows = await page.locator('table.stories tbody').innerText();
  runut('--db', server.db, 'add', '-q', file('later.txt', LATER));
  await page.locator('[data-news]').waitFor();
  assert.equal(await page.locator('table.stories tbody').innerText(), rows);
  await page.keyboard.press('n');
  await page.locator('tr.fresh').waitFor();
  assert.notEqual(await page.locator('table.stories tbody').innerText(), rows);
});

tried('a search is kept, and is there in the next visit', {}, async (page, server) => {
  await visit(page, '/search?words=kapal&lang=id');
  assert.ok(await page.locator('.found-item mark').count() >= 2);
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  const kept = page.locator('.saved li a');
  await kept.waitFor();
  assert.equal(await kept.innerText(), 'kapal, id');
  await visit(page, '/stories');
  await visit(page, '/search');
  await kept.click();
  await page.waitForURL(/words=kapal/);
  await drawn(page);
  assert.ok(await page.locator('.found-item').count() >= 2);
  await page.locator('.saved .remove').click();
  assert.equal(await page.locator('.saved li').count(), 0);
  assert.equal(await page.evaluate((address) => location.origin === address, server.address), true);
});

tried('words are searched while they are typed, and filters are suggested', {}, async (page) => {
  await visit(page, '/search');
  await page.locator('.field-big input').pressSequentially('kapal', { delay: 20 });
  await page.waitForURL(/words=kapal/);
  await page.locator('.found-item mark').first().waitFor();
  const outlet = page.getByRole('combobox', { name: 'Outlet' });
  await outlet.click();
  await outlet.pressSequentially('pes', { delay: 20 });
  await page.getByRole('option', { name: /Pesisir Kini/ }).click();
  await page.waitForURL(/publisher=Pesisir\+Kini/);
  await drawn(page);
  assert.ok((await page.locator('.found-item .publisher').allInnerTexts()).every((name) => name === 'Pesisir Kini'));
});

tried('the language is switched and stays', {}, async (page) => {
  await visit(page, '/stories');
  await page.getByRole('button', { name: 'ID', exact: true }).click();
  await page.locator('h1', { hasText: 'Cerita' }).waitFor();
  await visit(page, '/add');
  assert.equal(await page.locator('html').getAttribute('lang'), 'id');
  await visit(page, '/stories?ui=en');
  assert.equal(await page.locator('h1').innerText(), 'Stories');
});

// ---- states ----

tried('an empty store says what to do', { db: () => store({ empty: true }) }, async (page) => {
  for (const [path, text] of [['/stories', 'No stories yet'], ['/search?words=x', 'nothing found'], ['/quotes', 'Nobody'], ['/between', '']]) {
    await visit(page, path);
    if (text !== 'Nobody') await has(page, text);
    assert.equal(await page.locator('main [role="alert"]').count(), 0, path);
  }
});

tried('what is not there is said, and what is no address of the page', { expected: [/404/] }, async (page) => {
  await page.goto(`${page.server.address}/stories/s999`);
  await has(page, 'nothing of this name');
  await page.goto(`${page.server.address}/articles/a999`);
  await has(page, 'nothing of this name');
  const answer = await page.goto(`${page.server.address}/nowhere`);
  assert.equal(answer.status(), 404);
});

tried('a server that is away is told, and asked again', { expected: [/ERR_|Failed to load/] }, async (page) => {
  await visit(page, '/stories');
  await page.route('**/api/v1/**', (route) => route.abort());
  await page.locator('nav.places a[href="/quotes"]').click();
  await has(page, 'The server does not answer');
  await page.unroute('**/api/v1/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await drawn(page);
  await page.locator('li.saying').first().waitFor();
  assert.equal(await page.locator('main [role="alert"]').count(), 0);
});

tried('a failure of the server is told in its own words', { expected: [/503|500/] }, async (page) => {
  await page.route('**/api/v1/stories*', (route) => route.fulfill({ status: 503, contentType: 'application/problem+json',
    body: '{"type":"about:blank","title":"Service Unavailable","status":503,"detail":"the question took too long"}' }));
  await page.goto(`${page.server.address}/stories`);
  await has(page, 'the question took too long');
});

tried('while an answer is waited for, that is said', {}, async (page) => {
  let go = null;
  await page.route('**/api/v1/events/e4', async (route) => {
    await new Promise((done) => { go = done; });
    await route.continue();
  });
  await page.goto(`${page.server.address}/events/e4`);
  await page.locator('main .loading[role="status"]').waitFor({ state: 'attached' });
  await page.waitForFunction(() => document.querySelector('main .loading')); // it is not drawn over before the answer comes
  go();
  await drawn(page);
  assert.match(await page.locator('h1').innerText(), /KM Bintang Teduh/);
});

const TOKEN = 'long-and-secret-0123456789';

tried('a token is asked for once', { options: ['--token-file', file('token', `${TOKEN}\n`)], expected: [/401/] }, async (page) => {
  await page.goto(`${page.server.address}/stories/s3`);
  await page.getByRole('heading', { name: 'Token' }).waitFor();
  await page.locator('#token').fill('wrong-wrong-wrong-wrong');
  await page.getByRole('button', { name: 'Continue' }).click();
  await has(page, 'does not know this token');
  await page.locator('#token').fill(TOKEN);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.locator('.report').first().waitFor();
  page.wrong = [];
  await visit(page, '/articles/a5');
  assert.equal(await page.evaluate(() => document.cookie), '');
  nothingWrong(page);
});

// ---- hostile captures ----

const EVIL = ['<img src=x onerror="document.title=\'evil\'">', '<script>document.title="evil"</script>', '\u202Ekeblab idajnem ini ludui\u202C',
  `${'Panjang'.repeat(1500)}`, '"><b id=evil>'];

tried('what a capture says is text and nothing else', { db: () => store({ empty: true }) }, async (page, server) => {
  const lines = EVIL.map((text, at) => JSON.stringify({ id: `evil-${at}`, headline: text, publisher: `${text.slice(0, 200)}`, url: at ? 'javascript:alert(1)' : 'https://x.example/"><b>',
    datePublished: '2023-08-17', inLanguage: 'id', articleBody: `${text}\n"${text.slice(0, 300)}" kata Juru Contoh di Kotabaru pada Kamis (17/8/2023).` }));
  runut('--db', server.db, 'add', '-q', file('evil.jsonl', `${lines.join('\n')}\n`));
  const stories = JSON.parse(await (await fetch(`${server.address}/api/v1/articles`)).text()).items;
  assert.equal(stories.length, EVIL.length);
  for (const path of ['/stories', ...stories.flatMap((one) => [`/articles/${one.article}`, `/events/${one.event}`, `/stories/${one.story}`]), '/search?words=kotabaru', '/quotes',
    `/search?words=${encodeURIComponent(EVIL[0])}`, `/compare?a=${stories[0].article}&b=${stories[1].article}`]) {
    await visit(page, path);
    assert.equal(await page.locator('#evil, main script, main img').count(), 0, path);
    assert.ok(!(await page.title()).startsWith('evil'), path);
    await checkWidth(page, path);
    assert.equal(await page.locator('a[href^="javascript:" i]').count(), 0, path);
  }
  await visit(page, `/articles/${stories[0].article}`);
  assert.equal(await page.locator('h1').innerText(), EVIL[0]);
  nothingWrong(page);
});
