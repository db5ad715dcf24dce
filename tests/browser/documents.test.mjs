// A document comes into a file and is opened: in Arabic on a phone, in French at a desk, without JavaScript,
// and on a line that breaks.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, newPage, noHorizontalScroll, picture, signIn, useApp } from './support.mjs';

const app = useApp();

// Eight points by eight.
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAgAAAAICAIAAABLbSncAAAAEUlEQVR42mPginLDihiGlgQAjLgqgVgRtKEAAAAASUVORK5CYII=', 'base64');

const walks = [
  { lang: 'ar', width: 390, city: 'rabat', js: true },
  { lang: 'fr', width: 1280, city: 'tanger', js: true },
  { lang: 'fr', width: 390, city: 'meknes', js: false },
];

for (const walk of walks) {
  test(`a document is added and opened, ${walk.lang} ${walk.width} px${walk.js ? '' : ', no JavaScript'}`, async (t) => {
    const page = await enter(t, walk);
    const look = async (step) => {
      await noHorizontalScroll(page);
      await noHorizontalScroll(page, 320);
      if (!walk.js) return;
      await axe(page);
      await picture(page, `documents-${walk.lang}-${step}`);
    };
    const before = await page.locator('.docs > li').count();
    await look('1-list');

    // refused: no kind, and a drawing that is a program; the title stays
    await page.locator('#title').fill('رسم الولادة');
    await page.locator('#file').setInputFiles(file('photo.jpg', 'image/jpeg', '<svg onload="alert(1)"/>'));
    await send(page, walk);
    await page.locator('#file-error').waitFor();
    assert.equal(await page.locator('.banner[role=alert] li').count(), 2);
    assert.equal(await page.locator('#title').inputValue(), 'رسم الولادة');
    assert.equal(await page.locator('.docs > li').count(), before);
    if (walk.js) assert.ok(await page.locator('.banner[role=alert]').evaluate((e) => e === document.activeElement));
    await look('2-refused');

    // taken: a photograph, drawn by the browser itself
    await page.locator('#document_kind').selectOption('photo');
    await page.locator('#file').setInputFiles({ name: 'صورة.png', mimeType: 'image/png', buffer: PNG });
    await send(page, walk);
    await page.waitForURL('**/documents?added=1**');
    assert.equal(await page.locator('.docs > li').count(), before + 1);
    const added = page.locator('.docs > li').first();
    assert.equal(await added.locator('h3').innerText(), 'رسم الولادة');
    await added.locator('summary').click();
    assert.equal(await added.locator('.hash').count(), 2, 'two prints: received, and drawn anew');
    await look('3-added');

    // opened in a window of its own, where nothing runs
    const [view] = await Promise.all([page.waitForEvent('popup'), added.locator('a[href$="/view"]').click()]);
    await view.waitForLoadState();
    const seen = await view.evaluate(() => document.images[0].naturalWidth);
    assert.equal(seen, 8);
    const [saved] = await Promise.all([page.waitForEvent('download'), added.locator('a[href$="/download"]').click()]);
    assert.equal(saved.suggestedFilename(), 'رسم الولادة.jpg');

    // as a part of a page of ours, it is not given
    const href = await added.locator('a[href$="/view"]').getAttribute('href');
    if (walk.js) {
      const status = await page.evaluate((path) => fetch(path).then((answer) => answer.status), href);
      assert.equal(status, 403);
    }
    await page.goto(page.url().replace(/\/documents.*/, ''));
    assert.ok(await page.locator('a[href$="/documents"]').count());
    await look('4-file');
  });
}

test('a PDF is read in the browser', async (t) => {
  const page = await enter(t, walks[1]);
  await page.goto('/cases?filter=mine');
  const hrefs = (selector) => page.locator(selector).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  const types = [];
  for (const file of await hrefs('.case h3 a')) {
    await page.goto(`${file}/documents`);
    for (const href of await hrefs('a[href$="/view"]')) {
      const view = await page.context().newPage();
      const answer = await view.goto(href);
      types.push(answer.headers()['content-type']);
      assert.equal(answer.status(), 200);
      await view.close();
    }
    if (types.includes('application/pdf')) break;
  }
  assert.ok(types.includes('application/pdf'), types.join(' '));
});

test('a line that breaks is told, and nothing is sent again in silence', async (t) => {
  const page = await enter(t, { lang: 'fr', width: 390, city: 'agadir', js: true }, [/ERR_FAILED|Failed to load/]);
  const before = await page.locator('.docs > li').count();
  await page.locator('#document_kind').selectOption('photo');
  await page.locator('#file').setInputFiles({ name: 'a.png', mimeType: 'image/png', buffer: PNG });
  let tries = 0;
  await page.route('**/documents', (route) => {
    tries += 1;
    return route.abort();
  });
  const button = page.locator('[data-upload] button');
  await button.click();
  const told = page.locator('[data-progress] span');
  await told.filter({ hasText: 'Connexion perdue' }).waitFor();
  assert.equal(await button.isEnabled(), true);
  await axe(page);
  await picture(page, 'documents-fr-cut');
  assert.equal(tries, 1);
  await page.unroute('**/documents');
  await button.click();
  await page.waitForURL('**/documents?added=1**');
  assert.equal(await page.locator('.docs > li').count(), before + 1);
});

/** The documents of the first file of a city's worker. */
async function enter(t, { lang, width, city, js }, allow = [/status of 403/, /favicon/]) {
  const page = await newPage(t, { lang, width, js, allow });
  await page.context().addCookies([{ name: 'lang', value: lang, url: app.url }]);
  await signIn(page, `worker.${city}`);
  await page.goto('/cases?filter=mine');
  await page.goto(await page.locator('.case h3 a').first().getAttribute('href'));
  await page.goto(await page.locator('a[href$="/documents"]').first().getAttribute('href'));
  return page;
}

async function send(page, { js }) {
  const button = page.locator('[data-upload] button');
  if (js) return button.click();
  await Promise.all([page.waitForEvent('framenavigated'), button.click()]);
  return page.waitForLoadState();
}

function file(name, mimeType, text) {
  return { name, mimeType, buffer: Buffer.from(text) };
}
