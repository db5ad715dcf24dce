// The whole journey, as its users walk it: a child met in the street, files opened, the prosecution's
// decision, the mother's four services, the committee's figure. In Arabic on a phone, in French at a
// desk, and in a browser without JavaScript.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, newPage, noHorizontalScroll, shot, signIn, useApp } from './support.mjs';

useApp();

const walks = [
  { lang: 'ar', width: 390, city: 'rabat', js: true },
  { lang: 'fr', width: 1280, city: 'tanger', js: true },
  { lang: 'fr', width: 390, city: 'agadir', js: false },
];

// As many as a committee is told of: fewer would be "under five".
const CHILDREN = 5;

for (const walk of walks) {
  test(`from the street to the committee's figure, ${walk.lang} ${walk.width} px${walk.js ? '' : ', no JavaScript'}`, async (t) => {
    const name = `journey-${walk.lang}-${walk.width}${walk.js ? '' : '-nojs'}`;
    const look = async (page, step) => {
      await noHorizontalScroll(page);
      if (!walk.js) return;
      await axe(page);
      await shot(page, `${name}-${step}`);
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

    const committee = await enter('steering');
    const before = await protectedChildren(committee, walk.city);

    // 1. The worker logs a contact.
    const worker = await enter(`worker.${walk.city}`);
    await worker.goto('/contacts/new');
    for (let n = 1; n < CHILDREN; n++) await go(worker, () => worker.locator('button[name=add_child]').click());
    await look(worker, '1-contact');
    await go(worker, () => worker.locator('.actbar button').click()); // refused: nothing answered
    assert.equal(await worker.locator('[role=alert]').count(), 1);
    await look(worker, '1-refused');
    await pick(worker, '#spot-other');
    await worker.locator('#place').selectOption({ index: 1 });
    await worker.locator('#place_kind').selectOption('market');
    for (let n = 0; n < CHILDREN; n++) {
      await pick(worker, `#child-${n}-sex-F`);
      await pick(worker, `#child-${n}-age-${n ? 'plan_6_13' : 'plan_under_1'}`);
    }
    await worker.locator('#child-0-name').fill('سلمى');
    await pick(worker, '#adult-mother');
    await worker.locator('#adult_name').fill('فاطمة الخزامى');
    await worker.locator('#adult_phone').fill('٠٦ ١٢ ٣٤ ٥٦ ٧٨');
    await worker.locator('#circumstance').selectOption('with_mother');
    await pick(worker, '#action-awareness');
    await go(worker, () => worker.locator('.actbar button').click());
    const contact = worker.url();
    const receipt = await worker.locator('h1 bdi').innerText();
    assert.match(receipt, /^R-[A-Z]{3}-\d{4}-\d{5}-[A-Z]$/);
    await look(worker, '2-receipt');

    // 2. The supervisor opens a file for each child and gives them to that worker.
    const supervisor = await enter(`supervisor.${walk.city}`);
    await supervisor.goto(contact);
    const questions = supervisor.locator('form[action$=triage] fieldset');
    assert.equal(await questions.count(), CHILDREN);
    for (const question of await questions.all()) {
      await pick(question, 'input[value=new_case]');
      await question.locator('select').first().selectOption({ label: await nameOf(worker) });
      await question.locator('select[name^=risk]').selectOption('high');
    }
    await look(supervisor, '3-triage');
    await go(supervisor, () => supervisor.locator('form[action$=triage] .actbar button').click());
    const files = await supervisor.locator('main a[href^="/cases/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
    assert.equal(new Set(files).size, CHILDREN);

    // 3. The worker moves the file on, and composes the extract.
    await worker.goto(files[0]);
    await look(worker, '4-file');
    await go(worker, () => worker.locator('button[name=move][value=register]').click());
    await worker.goto(`${files[0]}/prosecution/new`);
    for (const box of await worker.locator('#child input, #adult input').all()) await pick(box);
    await pick(worker.locator('#basis input').first());
    await worker.locator('#summary').fill('رُصد الأطفال مع سيدة تصرح أنها الأم، ولا وثيقة هوية.');
    await look(worker, '5-extract');
    await go(worker, () => worker.locator('.actbar button').click());
    assert.match(new URL(worker.url()).pathname, /^\/prosecution\/[0-9a-f-]{36}$/);
    const judicial = worker.url();
    const frozen = await worker.locator('.hash').first().innerText();

    // 4. The supervisor transmits; until then the court sees nothing.
    const prosecutor = await enter(`prosecutor.${walk.city}`);
    assert.equal((await prosecutor.goto(judicial)).status(), 404);
    await supervisor.goto(judicial);
    assert.equal(await supervisor.locator('.hash').first().innerText(), frozen);
    await look(supervisor, '6-transmit');
    await go(supervisor, () => supervisor.locator('form[action$=transmit] button').click());

    // 5. The prosecutor finds it in the inbox, receives it, decides for each child and, apart, for the mother.
    await prosecutor.goto('/prosecution');
    await look(prosecutor, '7-inbox');
    await go(prosecutor, () => prosecutor.locator(`a[href="${new URL(judicial).pathname}"]`).first().click());
    assert.equal(await prosecutor.locator('.hash').first().innerText(), frozen);
    await go(prosecutor, () => prosecutor.locator('form[action$=receive] button').click());
    await look(prosecutor, '8-decide');
    const measure = prosecutor.locator('form[action*="/children/"]').first();
    await measure.locator('select[name=kind]').selectOption({ index: 1 });
    await go(prosecutor, () => measure.locator('button').last().click());
    const decision = prosecutor.locator('form[action*="/adults/"]').first();
    await pick(decision, 'input[value=not_prosecuted]');
    await decision.locator('select[name=kind_not_prosecuted]').selectOption({ index: 1 });
    await decision.locator('select[name=reason]').selectOption({ index: 1 });
    await go(prosecutor, () => decision.locator('button').last().click());
    await look(prosecutor, '9-decided');

    // 6. The fork: the mother's four services are open by themselves.
    await worker.goto(files[0]);
    assert.equal(await worker.locator('.node.indigo').count() > 0, true, 'the measure shows in the file');
    assert.equal(await worker.locator('main').getByText(/عدم المتابعة|Non poursuivie/).count(), 0, 'no decision on an adult on a child\'s page');
    await go(worker, () => worker.locator('main a[href^="/mothers/"]').first().click());
    await look(worker, '10-mother');
    await go(worker, () => worker.locator('main a[href^="/services/new?mother="]').first().click());
    await serve(worker, 'mother_individual_support');
    assert.match(new URL(worker.url()).pathname, /^\/mothers\//);

    // One act of help for all five children: those with a file, and not their mother, whom it is none of the four for.
    await worker.goto(`/services/new?case=${files[0].split('/').pop()}`);
    const served = worker.locator('#for .opt').filter({ hasText: /[A-Z]{3}-\d{4}-\d{5}/ }).locator('input');
    assert.equal(await served.count(), CHILDREN);
    for (const box of await served.all()) await pick(box);
    await look(worker, '11-service');
    await serve(worker, 'food_clothes');
    await look(worker, '12-file');

    // 7. What the committee was told stands until the next month is told, and the committee sees no name.
    const after = await protectedChildren(committee, walk.city);
    assert.ok(before.length > 0);
    assert.equal(after, before);
    await look(committee, '13-dashboard');
    assert.equal((await committee.goto(files[0])).status(), 403);
  });
}

/** Follows a press to the page that it leads to. */
async function go(page, act) {
  await Promise.all([page.waitForEvent('framenavigated'), act()]);
  await page.waitForLoadState();
}

/** Chooses: the label is the target, as for a finger. */
async function pick(scope, selector) {
  const input = selector ? scope.locator(selector) : scope;
  if ((await input.count()) === 0) return;
  if (!(await input.isChecked())) await input.first().check({ force: true });
}

async function nameOf(page) {
  return (await page.locator('.side .foot b').textContent()).trim();
}

/** Fills the form of a service with that kind, given today. */
async function serve(page, code) {
  const kind = page.locator(`#kind-${code}`);
  await kind.evaluate((input) => { const family = input.closest('details'); if (family) family.open = true; });
  await kind.check({ force: true });
  await page.locator('#provider').selectOption({ index: 1 });
  await pick(page, 'input[name=state][value=delivered]');
  const today = new Intl.DateTimeFormat('en-GB', { timeZone: 'Africa/Casablanca' }).format(new Date());
  await page.locator('#date').fill(today);
  await go(page, () => page.locator('.actbar button').last().click());
  assert.equal(await page.locator('[role=alert]').count(), 0, await page.locator('main').innerText());
}

/** Children protected in one city, as the committee was told. */
async function protectedChildren(page, city) {
  await page.goto(`/dashboard?city=${city}`);
  return page.locator('.kpis .kpi').first().locator('.v').innerText();
}
