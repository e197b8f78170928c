// Bundles the page: `node build.mjs MODULES OUTDIR [-v]`. MODULES is the node_modules folder, OUTDIR gets
// index.html and assets/NAME-HASH.js|css. Names hold a hash of the content, so that a browser may keep each
// file for good; the same sources give the same bytes, wherever and whenever they are built.
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const [modules, outdir, verbose] = process.argv.slice(2);
const require = createRequire(join(resolve(modules), 'index.js'));
const esbuild = require('esbuild');

// The licences of what is in the bundle go along with it.
const notice = ['preact: ' + readFileSync(join(modules, 'preact/LICENSE'), 'utf8').trim(),
  'htm: Apache-2.0, Copyright 2018 Google Inc.', 'runut: Apache-2.0'].join('\n\n').replaceAll('*/', '* /');

const options = {
  absWorkingDir: here, bundle: true, minify: true, write: false, charset: 'utf8', target: ['es2022'],
  nodePaths: [resolve(modules)], legalComments: 'none', logLevel: 'warning',
};

function bundle(entry, more) {
  return esbuild.buildSync({ ...options, entryPoints: [entry], ...more }).outputFiles[0].contents;
}

const parts = {
  early: { ending: 'js', content: bundle('src/early.js', { format: 'iife' }) },
  main: { ending: 'js', content: bundle('src/main.js', { format: 'esm', banner: { js: `/*\n${notice}\n*/` } }) },
  style: { ending: 'css', content: bundle('src/style.css', {}) },
};

rmSync(join(outdir, 'assets'), { recursive: true, force: true });
mkdirSync(join(outdir, 'assets'), { recursive: true });
let page = readFileSync(join(here, 'src/index.html'), 'utf8')
  .replace(/<!--.*?-->/gs, '').replace(/\n\s*/g, '\n').replace(/\n+/g, '\n');
let total = 0;
for (const [name, { ending, content }] of Object.entries(parts)) {
  const hash = createHash('sha256').update(content).digest('hex').slice(0, 12);
  const file = `assets/${name}-${hash}.${ending}`;
  writeFileSync(join(outdir, file), content);
  page = page.replaceAll(`/assets/${name}.${ending}`, `/${file}`);
  total += tell(file, content);
}
writeFileSync(join(outdir, 'index.html'), page);
total += tell('index.html', Buffer.from(page));
if (verbose) console.log(`${'together'.padEnd(32)}${String(total).padStart(16)} gzip`);

function tell(file, content) {
  const small = gzipSync(content, { level: 9 }).length;
  if (verbose) console.log(`${file.padEnd(32)}${String(content.length).padStart(8)}${String(small).padStart(8)} gzip`);
  return small;
}
