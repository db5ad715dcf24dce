// What somebody types is kept while they type, is there after signing in again, and gone when it is saved; and who
// saves second chooses, also without a script. In Arabic on a phone and in French at a desk.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, newPage, noHorizontalScroll, shot, signIn, useApp } from './support.mjs';

useApp();

const walks = [
  { lang: 'ar', width: 390, city: 'temara', typed: 'أسرة من ستة أفراد تسكن غرفة واحدة قرب السوق' },
  { lang: 'fr', width: 1280, city: 'agadir', typed: 'Une famille de six personnes dans une seule pièce' },
];
const WIDTHS = { 390: 844, 1280: 800 };

for (const walk of walks) {
  const look = async (page, step) => {
    const before = page.viewportSize();
    for (const [width, height] of Object.entries(WIDTHS)) {
      await page.setViewportSize({ width: Number(width), height });
      await noHorizontalScroll(page);
      await shot(page, `drafts-${walk.lang}-${width}-${step}`);
    }
    await page.setViewportSize(before);
  };

  test(`what is typed is kept, ${walk.lang} ${walk.width} px`, async (t) => {
    const page = await enter(t, walk);
    const form = `${await first(page, '/cases?filter=mine', '.case h3 a')}/assessments/form`;
    await page.goto(form);
    const status = page.locator('[data-draft]');
    const hint = await status.innerText();
    await page.locator('[name=summary]').fill(walk.typed);
    await page.waitForFunction((hint) => document.querySelector('[data-draft]').textContent !== hint, hint, { timeout: 20_000 });
    assert.match(await status.innerText(), /\d{2}:\d{2}/);
    await look(page, '1-kept');
    // typed on, and left at once: the page takes the last words along
    await page.locator('[name=summary]').fill(`${walk.typed}.`);
    page.on('dialog', (dialog) => dialog.accept());
    await page.goto('/cases');
    await go(page, () => page.locator('form[action="/logout"] button').click());

    const again = await enter(t, walk);
    await again.goto(form);
    const offer = again.locator('main a[href*="?draft="]');
    assert.equal(await offer.count(), 1);
    await axe(again);
    await look(again, '2-offer');
    await go(again, () => offer.click());
    assert.equal(await again.locator('[name=summary]').inputValue(), `${walk.typed}.`);
    await look(again, '3-resumed');
    await go(again, () => again.locator('button[value=save]').click());
    await again.goto(form);
    assert.equal(await again.locator('main a[href*="?draft="]').count(), 0);
    assert.equal(await again.locator('[name=summary]').inputValue(), `${walk.typed}.`);
  });

  for (const js of [true, false]) {
    test(`who saves second chooses, ${walk.lang} ${walk.width} px${js ? '' : ', without a script'}`, async (t) => {
      const worker = await enter(t, { ...walk, js });
      const child = await first(worker, await first(worker, '/cases?filter=mine', '.case h3 a'), 'aside a[href^="/children/"]');
      const other = await enter(t, walk, `supervisor.${walk.city}`);
      for (const page of [worker, other]) await page.goto(`${child}/edit`);
      const names = js ? ['Zineb', 'Zaynab'] : ['Hind', 'Hinda'];
      await other.locator('[name=given_la]').fill(names[0]);
      await other.locator('[name=nickname]').fill(js ? 'Zouzou' : 'Hanouda');
      await go(other, () => other.locator('form.card .btn.pri').last().click());
      await worker.locator('[name=given_la]').fill(names[1]);
      await worker.locator('[name=family_la]').fill(js ? 'Bennani' : 'Bennani Smires');
      await go(worker, () => worker.locator('form.card .btn.pri').last().click());
      assert.equal(await worker.locator('input[value=theirs]').count(), 3);
      assert.equal(await worker.locator('[name=pick-given_la]:checked').count(), 0, 'both changed it');
      assert.equal(await worker.locator('[name=pick-nickname]:checked').getAttribute('value'), 'theirs');
      assert.equal(await worker.locator('[name=pick-family_la]:checked').getAttribute('value'), 'mine');
      if (js) {
        await axe(worker);
        await look(worker, '4-conflict');
      }
      await go(worker, () => worker.locator('form.card .btn.pri').click());
      assert.equal(await worker.locator('[role=alert]').count(), 1, 'one is still to be chosen');
      if (js) await look(worker, '5-asked');
      await worker.locator('label[for=pick-given_la-mine]').click();
      await go(worker, () => worker.locator('form.card .btn.pri').click());
      await worker.goto(`${child}/edit`);
      assert.equal(await worker.locator('[name=given_la]').inputValue(), names[1]);
      assert.equal(await worker.locator('[name=nickname]').inputValue(), js ? 'Zouzou' : 'Hanouda');
    });
  }
}

async function enter(t, walk, username = `worker.${walk.city}`) {
  const page = await newPage(t, walk);
  await page.goto('/login');
  const switched = page.locator(`.lang button[value=${walk.lang}]:not([aria-current])`);
  if (await switched.count()) await go(page, () => switched.first().click());
  await signIn(page, username);
  return page;
}

async function first(page, from, selector) {
  await page.goto(from);
  return page.locator(selector).first().getAttribute('href');
}

async function go(page, act) {
  await Promise.all([page.waitForEvent('framenavigated'), act()]);
  await page.waitForLoadState();
}
