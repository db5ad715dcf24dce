// The helpers themselves: a helper that lets a fault pass makes every journey worthless.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rm } from 'node:fs/promises';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { startApp } from './app.mjs';
import { axe, newPage, noHorizontalScroll, shot, signIn, useApp } from './support.mjs';

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const command = [process.execPath, path('fixtures/app.mjs')];
const app = useApp({ command });

test('a person signs in on a phone, in the dark, in Arabic', async (t) => {
  const page = await newPage(t, { lang: 'ar', width: 390, dark: true });
  const account = await signIn(page, 'worker.rabat');
  assert.deepEqual({ ...account }, { username: 'worker.rabat', password: 'right', role: 'social_worker', city: 'rabat' });
  assert.equal(await page.locator('main p').textContent(), 'Inside.');
  const seen = await page.evaluate(() => ({
    dark: matchMedia('(prefers-color-scheme: dark)').matches,
    language: navigator.language,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    touch: navigator.maxTouchPoints > 0,
    width: innerWidth,
  }));
  assert.deepEqual(seen, { dark: true, language: 'ar-MA', zone: 'Africa/Casablanca', touch: true, width: 390 });
});

test('a good page passes every check', async (t) => {
  const page = await newPage(t, { lang: 'fr', width: 1280 });
  await page.goto('/good');
  await axe(page);
  await noHorizontalScroll(page);
  await noHorizontalScroll(page, 320);
  assert.equal(page.viewportSize().width, 1280);
});

test('without JavaScript a person signs in, and axe says that it cannot look', async (t) => {
  const page = await newPage(t, { js: false });
  await page.goto('/noscript');
  assert.ok(await page.locator('#without').isVisible());
  await signIn(page, 'worker.rabat');
  await noHorizontalScroll(page, 320);
  await assert.rejects(axe(page), /without JavaScript/);
});

test('a page that is not found, or a form that is refused, is an answer and no fault', async (t) => {
  const page = await newPage(t);
  assert.equal((await page.goto('/nowhere')).status(), 404);
  await page.goto('/');
  await page.locator('input[name=password]').fill('wrong');
  await page.locator('[type=submit]').click();
  await page.waitForURL('**/session');
});

test('a picture lands in shots/', async (t) => {
  const file = path('shots/support-good.png');
  await rm(file, { force: true });
  const page = await newPage(t);
  await page.goto('/good');
  await shot(page, 'support-good');
  assert.equal((await readFile(file)).subarray(1, 4).toString(), 'PNG');
});

test('an application that ends at once says why, and leaves nothing behind', async () => {
  const failing = startApp({ command, env: { FIXTURE_FAILS: '1' } });
  await assert.rejects(failing, /ended \(code 1\)[^]*PostgreSQL is not installed/);
});

test('an application that is stopped takes its folder with it', async () => {
  const other = await startApp({ command });
  assert.notEqual(other.url, app.url);
  assert.ok(existsSync(other.dataDir));
  await other.stop();
  assert.ok(!existsSync(other.dataDir));
});

test('each fault fails its test', async () => {
  const env = { ...process.env };
  delete env.NODE_TEST_CONTEXT; // else the inner run takes itself for a part of this one
  const output = await new Promise((resolve) => {
    const args = ['--test', '--test-reporter=tap', path('fixtures/faults.mjs')];
    execFile(process.execPath, args, { env }, (error, stdout, stderr) => resolve(stdout + stderr));
  });
  const failed = [...output.matchAll(/^ *not ok \d+ - ([a-z-]+)$/gm)].map((match) => match[1]);
  assert.deepEqual(failed, [
    'inline', 'script', 'console', 'missing-part', 'other-host', 'wide', 'inaccessible', 'wrong-password',
  ], output);
  assert.match(output, /^ *ok \d+ - allowed$/m);
});
