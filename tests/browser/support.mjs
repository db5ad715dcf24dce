// What every browser test uses:
//
//   import { test } from 'node:test';
//   import { axe, newPage, noHorizontalScroll, shot, signIn, useApp } from './support.mjs';
//
//   useApp();
//   test('a worker logs a contact', async (t) => {
//     const page = await newPage(t, { lang: 'ar', width: 390 });
//     await signIn(page, 'worker.rabat');
//     await axe(page);
//   });
//
// A test fails by itself on an error in the console, an error in a script, a violation of the
// content security policy, or a request to another host.

import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { AxeBuilder } from '@axe-core/playwright';
import { chromium } from 'playwright-core';
import { runningApp, startApp } from './app.mjs';

const shots = fileURLToPath(new URL('shots', import.meta.url));
const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const drawing = ['SANAD_TEST_SHOTS', 'SANAD_GALLERY'].some((name) => process.env[name]);
const locales = { ar: 'ar-MA', fr: 'fr-FR', en: 'en-GB' };

let app;
let browser;
const withoutScripts = new WeakSet();

/** Starts the application before the tests of a file and stops it after them. */
export function useApp(options) {
  before(async () => {
    const url = process.env.SANAD_TEST_URL;
    app = url ? await runningApp(url) : await startApp(options);
  });
  after(async () => {
    await browser?.close();
    browser = undefined;
    await app?.stop();
  });
  return {
    get url() { return app.url; },
    get accounts() { return app.accounts; },
    /** Undefined for an application that runs already. */
    get dataDir() { return app.dataDir; },
    log: () => app.log(),
  };
}

/**
 * A page in a context of its own: no cookie, no cache of another one.
 *
 * @param {import('node:test').TestContext} t the test that fails when something is wrong
 * @param {object} [options]
 * @param {'ar'|'fr'|'en'} [options.lang] what the browser asks for
 * @param {number} [options.width] in CSS pixels; below 700 it is a phone with a touch screen
 * @param {boolean} [options.dark]
 * @param {boolean} [options.js] false is a browser without JavaScript
 * @param {RegExp[]} [options.allow] errors that this test provokes on purpose
 * @param {string} [options.baseURL] another server than the application
 */
export async function newPage(t, options = {}) {
  const { lang = 'ar', width = 1280, dark = false, js = true, allow = [], baseURL = app?.url } = options;
  const phone = width < 700;
  const context = await (await openBrowser()).newContext({
    baseURL,
    locale: locales[lang],
    timezoneId: 'Africa/Casablanca',
    viewport: { width, height: phone ? 844 : 800 },
    // as sharp as a phone only for a picture: four times the pixels take their time
    ...(phone && { isMobile: true, hasTouch: true, deviceScaleFactor: drawing ? 2 : 1 }),
    colorScheme: dark ? 'dark' : 'light',
    reducedMotion: 'reduce',
    javaScriptEnabled: js,
  });
  context.setDefaultTimeout(15_000);
  const problems = watch(context, baseURL);
  t.after(async () => {
    await context.close();
    const serious = problems.filter((problem) => !allow.some((pattern) => pattern.test(problem)));
    assert.deepEqual(serious, [], 'the browser complained');
  });
  const page = await context.newPage();
  if (!js) withoutScripts.add(page);
  return page;
}

/** Signs in, the language chosen first: the page goes on in it. */
export async function enter(page, lang, username) {
  await page.goto('/login');
  const other = page.locator(`.lang button[value=${lang}]:not([aria-current])`);
  if (await other.count()) {
    await Promise.all([page.waitForEvent('framenavigated'), other.first().click()]);
    await page.waitForLoadState();
  }
  await signIn(page, username);
}

/** Signs a demo account in through the form, as a person does. */
export async function signIn(page, username) {
  const account = app.accounts.get(username);
  assert.ok(account, `no demo account ${username}; there are ${[...app.accounts.keys()].join(' ')}`);
  if ((await page.locator('input[name=password]').count()) === 0) await page.goto('/');
  const form = page.locator('form:has(input[name=password])');
  await form.locator('input[name=username]').fill(username);
  const password = form.locator('input[name=password]');
  await password.fill(account.password);
  await Promise.all([page.waitForEvent('framenavigated'), password.press('Enter')]);
  await page.waitForLoadState();
  assert.equal(await page.locator('input[name=password]').count(), 0, `${username} was not let in`);
  if (account.totp && (await page.locator('form[action="/login/factor"]').count())) {
    await page.locator('input[name=code]').fill(await nextCode(account.totp));
    await Promise.all([page.waitForEvent('framenavigated'), page.locator('input[name=code]').press('Enter')]);
    await page.waitForLoadState();
    assert.equal(await page.locator('input[name=code]').count(), 0, `${username}'s code was not taken`);
  }
  return account;
}

// The last step of each key that was used here: a code works once.
const steps = new Map();

/** A code that an authenticator shows for a key in base 32, and that was not used by these tests yet. */
export async function nextCode(key) {
  const now = () => Math.floor(Date.now() / 30_000);
  const step = Math.max(now(), (steps.get(key) ?? 0) + 1);
  steps.set(key, step);
  // one step ahead of the clock is taken, two are not
  while (step > now() + 1) await sleep(500);
  const bits = [...key.replaceAll(' ', '')].map((c) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(c).toString(2).padStart(5, '0')).join('');
  const secret = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(step));
  const mac = createHmac('sha1', secret).update(counter).digest();
  const number = mac.readUInt32BE(mac[19] & 15) & 0x7fffffff;
  return String(number % 1_000_000).padStart(6, '0');
}

/** No accessibility rule is broken on this page, which must be one with JavaScript. */
export async function axe(page) {
  // Without it the rules would wait for their timers for ever.
  assert.ok(!withoutScripts.has(page), 'axe cannot look at a page without JavaScript');
  // A bar that stays at the top covers a part of what was scrolled under it: targets would look too small.
  await page.evaluate(() => scrollTo(0, 0));
  // Legacy mode spares a window for each look; it matters for frames of other hosts only.
  const builder = new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).withTags(rules).setLegacyMode();
  const { violations } = await builder.analyze();
  const found = violations.map(({ id, help, nodes }) =>
    `${id}: ${help}\n${nodes.map((node) => `    ${node.target.join(' ')}  ${node.html}`).join('\n')}`);
  assert.equal(found.length, 0, `${page.url()}\n${found.join('\n')}`);
}

/** Nothing is wider than the window; `width` tries another one, such as 320. */
export async function noHorizontalScroll(page, width) {
  const before = page.viewportSize();
  if (width) await page.setViewportSize({ ...before, width });
  const limit = width ?? before.width;
  const { wide, culprits } = await page.evaluate((limit) => {
    const sticksOut = (element) => {
      const { left, right } = element.getBoundingClientRect();
      return right > limit + 1 || left < -1;
    };
    const culprits = [...document.body.querySelectorAll('*')].filter(sticksOut).slice(0, 5);
    return {
      wide: document.documentElement.scrollWidth,
      culprits: culprits.map((element) => element.cloneNode(false).outerHTML),
    };
  }, limit);
  if (width) await page.setViewportSize(before);
  assert.ok(wide <= limit, `${page.url()} is ${wide} px wide in ${limit}:\n${culprits.join('\n')}`);
}

/** A picture of the whole page in shots/, for a person to look at; with SANAD_TEST_SHOTS only. */
export const picture = process.env.SANAD_TEST_SHOTS ? shot : () => {};

/** The same, always. */
export async function shot(page, name) {
  await mkdir(shots, { recursive: true });
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

async function openBrowser() {
  browser ??= await chromium.launch({
    executablePath: process.env.SANAD_CHROMIUM || '/usr/bin/chromium',
    args: [
      // Chromium cannot build its sandbox as root; the pages are our own.
      ...(process.getuid() === 0 ? ['--no-sandbox'] : []),
      '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
      '--disable-component-update', '--disable-sync',
    ],
  });
  return browser;
}

// Everything that a browser complains about, gathered for the end of the test.
function watch(context, baseURL) {
  const problems = [];
  const documents = new Set();
  const origin = baseURL && new URL(baseURL).origin;
  context.on('request', (request) => {
    if (request.isNavigationRequest()) documents.add(request.url());
    const { protocol, origin: asked } = new URL(request.url());
    if (origin && protocol.startsWith('http') && asked !== origin) {
      problems.push(`request to another host: ${request.url()}`);
    }
  });
  context.on('console', (message) => {
    if (message.type() === 'error' && !isAnswer(message, documents)) {
      problems.push(`console: ${message.text()} (${message.location().url})`);
    }
  });
  context.on('weberror', (error) => problems.push(`script: ${error.error().stack}`));
  return problems;
}

// Chromium logs each answer of 4xx and 5xx. That a page is not found or a form is refused is for
// the test to judge; that a part of a page is not found is always wrong.
function isAnswer(message, documents) {
  const status = /^Failed to load resource: .* status of (\d+)/.exec(message.text())?.[1];
  return status === '422' || (status !== undefined && documents.has(message.location().url));
}
