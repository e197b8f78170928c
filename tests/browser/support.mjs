// What the tests of the page share: servers on stores of their own, and pages that are watched for whatever goes wrong.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const { RUNUT, FOLDER, CHROMIUM } = process.env;
const installed = createRequire(join(FOLDER, 'x.js'));
const { chromium } = installed('playwright-core');
const AXE = readFileSync(installed.resolve('axe-core/axe.min.js'), 'utf8');

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
export const SAMPLES = join(ROOT, 'samples/captures');

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage', '--force-color-profile=srgb'];

const folder = mkdtempSync(join(tmpdir(), 'runut-browser-'));
let browser = null;
const servers = new Set();

// Whatever ends the tests, no server outlives them.
process.on('exit', () => { for (const server of servers) server.child.kill('SIGTERM'); });
for (const signal of ['SIGTERM', 'SIGINT']) process.on(signal, () => process.exit(1));

export async function start() {
  browser = await chromium.launch({ executablePath: CHROMIUM, headless: true, args: ARGUMENTS, timeout: 60000 });
}

export async function stop() {
  await browser?.close();
  for (const server of servers) await server.stop();
  rmSync(folder, { recursive: true, force: true });
}

// ---- servers ----

export function runut(...words) {
  const done = spawnSync(RUNUT, words.map(String), { encoding: 'utf8', cwd: ROOT, env: { ...process.env, RUNUT_DB: '' } });
  assert.equal(done.status, 0, `runut ${words.join(' ')}\n${done.stderr}`);
  return done.stdout;
}

let made = null, count = 0;

// A copy of the store of the samples; `empty`: one with nothing in it.
export function store({ empty = false } = {}) {
  const place = join(folder, `store${++count}`);
  if (!made && !empty) {
    made = mkdtempSync(join(folder, 'samples-'));
    runut('--db', join(made, 's.db'), 'add', '-q', 'samples/captures');
  }
  if (empty) cpSync(mkdtempSync(join(folder, 'empty-')), place, { recursive: true });
  else cpSync(made, place, { recursive: true });
  return join(place, 's.db');
}

// {address, db, stop}
export async function serve(db, ...options) {
  const child = spawn(RUNUT, ['--db', db, 'serve', '--listen', '127.0.0.1:0', ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '', complaint = '';
  child.stderr.on('data', (text) => { complaint += text; });
  const ended = new Promise((done) => { child.on('exit', done); });
  const address = await new Promise((done, failed) => {
    child.stdout.on('data', (text) => {
      said += text;
      const at = /at (http:\S+)\/\n/.exec(said);
      if (at) done(at[1]);
    });
    ended.then(() => failed(new Error(`no server: ${complaint}`)));
  });
  const server = {
    address, db, child,
    async stop() {
      servers.delete(server);
      if (child.exitCode === null) child.kill('SIGTERM');
      assert.equal(await ended, 0, complaint);
    },
  };
  servers.add(server);
  return server;
}

// ---- pages ----

// A page in a context of its own. page.wrong collects what must not happen: errors on the console, exceptions, reports of
// the content security policy, answers that failed, requests to anybody else.
export async function open(server, { language = 'en', scheme = 'light', width = 1280, height = 800, free = false, ...more } = {}) {
  const context = await browser.newContext({ locale: language, colorScheme: scheme, viewport: { width, height }, bypassCSP: free,
    timezoneId: 'Asia/Makassar', reducedMotion: 'reduce', ...more });
  await context.addInitScript(() => {
    addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`));
  });
  context.setDefaultTimeout(15000);
  const page = await context.newPage();
  page.wrong = [];
  page.on('console', (message) => { if (['error', 'warning'].includes(message.type())) page.wrong.push(`console: ${message.text()}`); });
  page.on('pageerror', (error) => page.wrong.push(`exception: ${error.stack || error}`));
  page.on('response', (response) => { if (response.status() >= 400) page.wrong.push(`${response.status()} ${response.url()}`); });
  page.on('request', (request) => {
    const url = new URL(request.url());
    if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== server.address) page.wrong.push(`asks somebody else: ${url}`);
  });
  page.server = server;
  page.close = () => context.close();
  return page;
}

// Goes to an address of the page and waits until its view is drawn.
export async function visit(page, path) {
  await page.goto(page.server.address + path);
  await drawn(page);
}

export async function drawn(page) {
  await page.locator('main h1').first().waitFor();
  await page.waitForFunction(() => !document.querySelector('main .loading, main [aria-busy="true"]'));
}

export function nothingWrong(page) {
  assert.deepEqual(page.wrong, []);
}

// What axe-core finds against WCAG 2.2 AA and its own good practice.
export async function checkAccess(page, where, rules) {
  await page.evaluate(AXE);
  const found = await page.evaluate((only) => axe.run(document, { resultTypes: ['violations'], runOnly: only, preload: false }),
    rules || ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']);
  const told = found.violations.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.html.slice(0, 200)}\n  ${node.failureSummary.replaceAll('\n', '\n  ')}`));
  if (told.length > 0) throw new Error(`${where}\n${told.slice(0, 12).join('\n')}`);
}

// Nothing may stick out to the side.
export async function checkWidth(page, where) {
  const out = await page.evaluate(() => {
    const wide = document.documentElement.scrollWidth - document.documentElement.clientWidth;
    if (wide <= 0) return null;
    const names = [...document.querySelectorAll('body *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1)
      .map((one) => `${one.tagName.toLowerCase()}.${one.className}`);
    return `${wide} px: ${names.slice(0, 12).join(', ')}`;
  });
  if (out) throw new Error(`${where}: ${out}`);
}

export const VIEWS = {
  stories: '/stories', story: '/stories/s3', event: '/events/e4', article: '/articles/a5', compare: '/compare?a=a5&b=a6',
  between: '/between?one=Mongolia&other=Vanuatu', search: '/search?words=kapal', quotes: '/quotes', add: '/add',
};
