// Finding a child: typed in Arabic, written in Latin letters; from the box of any page, by its key; and without a
// script. In Arabic on a phone and in French at a desk.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { say } from './person.mjs';
import { axe, enter, newPage, noHorizontalScroll, picture, useApp } from './support.mjs';
import { submit } from './visitor.mjs';

useApp();

const walks = [{ lang: 'ar', width: 390 }, { lang: 'fr', width: 1280 }];
// the demonstration's names, in both scripts (src/demo/names.rs)
const NAMES = [['مريم', 'Maryam'], ['سلمى', 'Salma'], ['خديجة', 'Khadija'], ['زينب', 'Zineb'], ['ياسين', 'Yassine'], ['حمزة', 'Hamza']];

/** The first name of the demonstration that somebody of the city has: its keys may be made a moment later. */
async function known(page) {
  for (let tries = 0; tries < 40; tries += 1) {
    for (const pair of NAMES) {
      await page.goto('/search');
      await page.locator('#q').fill(pair[0]);
      await submit(page, page.locator('main form[role=search]'));
      if (await page.locator('.case mark').count()) return pair;
    }
    await page.waitForTimeout(2000);
  }
  throw new Error('nobody has one of these names');
}

for (const { lang, width } of walks) {
  const name = (step) => `search-${lang}-${width}-${step}`;

  test(`a name is found in the other letters, ${lang} ${width} px`, async (t) => {
    const page = await newPage(t, { lang, width });
    await enter(page, lang, 'worker.rabat');
    // the box of the page itself
    await page.goto('/cases');
    if (width < 700) await page.locator('.bar a[href="/search"]').click();
    else await page.goto('/search');
    await page.waitForURL('**/search');
    await axe(page);
    const [arabic, latin] = await known(page);
    assert.equal(new URL(page.url()).search, '', 'no name in an address');
    await axe(page);
    await noHorizontalScroll(page);
    await noHorizontalScroll(page, 320);
    await picture(page, name('found'));
    const found = await page.locator('.case h3 a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    await page.locator('#q').fill(latin);
    await submit(page, page.locator('main form[role=search]'));
    const again = await page.locator('.case h3 a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
    assert.deepEqual(again.toSorted(), found.toSorted(), `${arabic} and ${latin} are one name`);
    // nobody, said so, with what to do next
    await page.locator('#q').fill('Xzqkwv');
    await submit(page, page.locator('main form[role=search]'));
    assert.ok(await page.getByText(say(lang, 'search-none'), { exact: true }).isVisible());
    assert.ok(await page.locator('main .empty a[href="/contacts/new"]').isVisible());
    await picture(page, name('none'));
  });

  test(`without a script it is a form, ${lang} ${width} px`, async (t) => {
    const ready = await newPage(t, { lang, width });
    await enter(ready, lang, 'worker.rabat');
    const [arabic] = await known(ready);
    const page = await newPage(t, { lang, width, js: false });
    await page.context().addCookies(await ready.context().cookies());
    await page.goto('/search');
    await page.locator('#q').fill(arabic);
    await Promise.all([page.waitForEvent('framenavigated'), page.locator('#q').press('Enter')]);
    await page.waitForLoadState();
    assert.ok(await page.locator('.case mark').count());
    assert.equal(new URL(page.url()).search, '');
  });
}

test('the box of the bar: by its key, while one types, with arrows, and shut again', async (t) => {
  const page = await newPage(t, { lang: 'fr', width: 1280 });
  await enter(page, 'fr', 'worker.rabat');
  const [arabic, latin] = await known(page);
  await page.goto('/contacts');
  await page.keyboard.press('/');
  const box = page.locator('#seek');
  assert.ok(await box.evaluate((element) => element === document.activeElement), '"/" goes to the box');
  assert.equal(await box.inputValue(), '');
  const piece = page.locator('[data-found]');
  const asked = [];
  page.on('request', (request) => {
    if (request.url().includes('/search')) asked.push([request.method(), new URL(request.url()).search]);
  });
  await box.pressSequentially(arabic, { delay: 20 });
  await piece.locator('a mark').first().waitFor();
  await axe(page);
  await picture(page, 'search-suggest');
  assert.deepEqual(asked.find(([method, query]) => method !== 'POST' || query !== ''), undefined, 'asked by POST alone');
  await page.keyboard.press('ArrowDown');
  assert.ok(await piece.locator('a').first().evaluate((link) => link === document.activeElement));
  await page.keyboard.press('Escape');
  assert.ok(await piece.isHidden());
  assert.ok(await box.evaluate((element) => element === document.activeElement));
  // the last question is answered, not the one before it
  await box.fill('Xzqkwv');
  await piece.getByText(say('fr', 'search-none'), { exact: true }).waitFor();
  await box.fill(latin);
  await piece.locator('a mark').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await Promise.all([page.waitForURL(/\/(cases|mothers)\//), page.keyboard.press('Enter')]);
});
