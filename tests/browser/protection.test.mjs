// A protected file as its people meet it: marked, named, read in an emergency, reviewed by another, and
// lifted when two agree. In Arabic on a phone and in French at a desk.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { confirmedEarlier } from './database.mjs';
import { axe, newPage, noHorizontalScroll, shot, signIn, useApp } from './support.mjs';

const app = useApp();

const walks = [
  { lang: 'ar', width: 390, city: 'temara' },
  { lang: 'fr', width: 1280, city: 'agadir' },
];
const WHY = 'Un exploiteur connaît la maison de la famille et y revient.';

for (const walk of walks) {
  test(`protected file, break-glass and review, ${walk.lang} ${walk.width} px`, async (t) => {
    const look = async (page, step) => {
      await noHorizontalScroll(page);
      await axe(page);
      await shot(page, `protection-${walk.lang}-${walk.width}-${step}`);
    };
    const enter = async (username) => {
      const page = await newPage(t, walk);
      await page.goto('/login');
      const switched = page.locator(`.lang button[value=${walk.lang}]:not([aria-current])`);
      if (await switched.count()) await go(page, () => switched.first().click());
      await signIn(page, username);
      assert.match(await page.locator('html').getAttribute('lang'), new RegExp(`^${walk.lang}`));
      return page;
    };

    // 1. The supervisor marks an open file; a reason that is too short is refused beside its field.
    const supervisor = await enter(`supervisor.${walk.city}`);
    // one that a worker has to ask for: others may be in several hands
    const names = [`worker.${walk.city}`, `worker2.${walk.city}`];
    const workers = [await enter(names[0]), await enter(names[1])];
    await supervisor.goto('/cases?filter=open');
    const rows = await supervisor.locator('.case h3 a').evaluateAll((links) => links.map((link) => ({
      name: link.innerText.trim(), file: link.getAttribute('href'),
    })));
    let found;
    for (const row of rows) {
      for (const [nth, worker] of workers.entries()) {
        await worker.goto(row.file);
        if (!found && await worker.locator('form[action$="/open"]').count()) found = { ...row, who: names[nth] };
      }
      if (found) break;
    }
    const { name, file, who } = found;
    await supervisor.goto(`${file}/protection`);
    await pick(supervisor, '#reason-threat');
    await supervisor.locator('#text').fill('court');
    await go(supervisor, () => supervisor.locator('form[action$=protection] button').click());
    assert.equal(await supervisor.locator('[role=alert]').count(), 1);
    await look(supervisor, '1-refused');
    await supervisor.locator('#text').fill(WHY);
    await go(supervisor, () => supervisor.locator('form[action$=protection] button').click());
    await look(supervisor, '2-protected');
    await supervisor.goto('/cases?filter=open');
    assert.equal(await supervisor.getByText(name, { exact: true }).count(), 0, 'the number stands for the child');
    await look(supervisor, '3-list');
    await supervisor.goto(file);
    const number = await supervisor.locator('.idbar .facts bdi.ltr').first().innerText();
    assert.match(await supervisor.locator('h1').innerText(), new RegExp(name.slice(0, 4)));

    // Ten minutes later the file asks who is there, and opens for who says it.
    if (app.dataDir) {
      await confirmedEarlier(app, 10);
      await supervisor.goto(file);
      assert.equal(new URL(supervisor.url()).pathname, '/account/confirm');
      assert.equal(await supervisor.getByText(name, { exact: true }).count(), 0);
      await look(supervisor, '3-confirm');
      await supervisor.locator('#confirm_password').fill(app.accounts.get(`supervisor.${walk.city}`).password);
      await go(supervisor, () => supervisor.locator('.actbar button').click());
      assert.ok(supervisor.url().endsWith(file));
    }

    // 2. A worker who is not named finds nothing, and breaks the glass.
    const stranger = await enter(who);
    assert.equal((await stranger.goto(file)).status(), 404);
    await stranger.goto('/protection');
    await stranger.locator('#number').fill('XXX-2026-00001-A');
    await stranger.locator('#reason').selectOption('danger_now');
    await stranger.locator('#text').fill(WHY);
    await go(stranger, () => stranger.locator('form[action$=emergency] button').click());
    await look(stranger, '4-no-such-file');
    await stranger.locator('#number').fill(number);
    await go(stranger, () => stranger.locator('form[action$=emergency] button').click());
    assert.ok(stranger.url().endsWith(file));
    await look(stranger, '5-emergency');
    await stranger.goto('/contacts');
    const end = stranger.locator('form[action$="/end"] button');
    assert.equal(await end.count(), 1, 'the banner is on every page');
    await go(stranger, () => end.click());
    assert.equal((await stranger.goto(file)).status(), 404);

    // 3. The officer is told, reviews, and sees no file.
    const officer = await enter('dpo');
    await officer.goto('/notices');
    await look(officer, '6-notices');
    await officer.goto('/protection');
    await look(officer, '7-waiting');
    await go(officer, () => officer.getByRole('link', { name: number }).first().click());
    await look(officer, '8-review');
    assert.ok(await officer.locator('main .tbc tbody tr').count(), 'what was read through the glass is listed');
    await pick(officer, '#verdict-justified');
    await officer.locator('#text').fill(WHY);
    await go(officer, () => officer.locator('form[action$=review] button').click());

    // 4. Two agree, and the name comes back.
    await supervisor.goto(`${file}/protection`);
    await supervisor.locator('#lift_text').fill(WHY);
    await go(supervisor, () => supervisor.locator('form[action$=lift] button').click());
    await officer.goto('/protection');
    await go(officer, () => officer.locator('a[href^="/protection/lifts/"]', { hasText: number }).click());
    await pick(officer, '#answer-agree');
    await look(officer, '9-lift');
    await go(officer, () => officer.locator('form[action^="/protection/lifts/"] button').click());
    await supervisor.goto(`${file}/protection`);
    await go(supervisor, () => supervisor.locator('form[action$=finish] button').click());
    assert.match(await supervisor.locator('h1').innerText(), new RegExp(name.slice(0, 4)));

    // 5. Clinical words are masked until they are asked for.
    await supervisor.goto(`${file}/clinical`);
    await supervisor.locator('#clinical_kind').selectOption('medical');
    await supervisor.locator('#clinical_text').fill('Fièvre, hospitalisé une nuit.');
    await go(supervisor, () => supervisor.locator('form[action$=clinical] button').click());
    assert.equal(await supervisor.getByText('Fièvre, hospitalisé').count(), 0);
    await look(supervisor, '10-clinical');
    await go(supervisor, () => supervisor.locator('form[action$=reveal] button').first().click());
    assert.equal(await supervisor.getByText('Fièvre, hospitalisé').count(), 1);
  });
}

async function go(page, act) {
  await Promise.all([page.waitForEvent('framenavigated'), act()]);
  await page.waitForLoadState();
}

/** Chooses: the label is the target, as for a finger. */
async function pick(page, selector) {
  await page.locator(selector).check({ force: true });
}
