// One child in two cities, one in two files of a city, and one mother in two records: asked and answered, joined, and taken
// apart. In Arabic on a phone and in French at a desk.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { say } from './person.mjs';
import { axe, enter as signInReading, newPage, noHorizontalScroll, picture, useApp } from './support.mjs';

useApp();

const ROWS = '.case h3 a';
const WHY = 'الاسم والسن واسم الأم';
const walks = [
  { lang: 'ar', width: 390, city: 'rabat', other: 'sale', otherName: 'سلا', name: ['عبد الصمد', 'الزروالي'] },
  { lang: 'fr', width: 1280, city: 'temara', other: 'agadir', otherName: 'Agadir', name: ['نور الدين', 'الودغيري'] },
];

/** Presses something that leads to another page. */
async function go(page, act) {
  await Promise.all([page.waitForEvent('framenavigated'), act()]);
  await page.waitForLoadState();
}

for (const { lang, width, city, other, otherName, name } of walks) {
  const look = async (page, step) => {
    await axe(page);
    await noHorizontalScroll(page);
    await noHorizontalScroll(page, 320);
    await picture(page, `identity-${lang}-${width}-${step}`);
  };
  const enter = async (t, username) => {
    const page = await newPage(t, { lang, width });
    await signInReading(page, lang, username);
    return page;
  };
  /** Open files whose child is named: a protected one shows its number. */
  const files = async (page) => {
    await page.goto('/cases?filter=open');
    const rows = await page.locator(ROWS).evaluateAll((links) => links.map((link) => [link.innerText.trim(), link.getAttribute('href')]));
    return rows.filter(([text]) => !/^[A-Z]{3}-\d/.test(text)).map(([, file]) => file);
  };
  /** One of them that no city was asked about yet: the demonstration asks about some. */
  const unasked = async (page) => {
    for (const file of await files(page)) {
      await page.goto(`${file}/elsewhere`);
      if (!(await page.locator('main a[href^="/identity/requests/"]').count())) return file;
    }
    return assert.fail('every file is asked about');
  };
  const numberOf = async (page, file) => {
    await page.goto(file);
    return page.locator('.idbar .facts bdi.ltr').first().innerText();
  };
  const part = async (page, where, verdict) => {
    await page.goto(where);
    const form = page.locator('form[action$="/part"]');
    await page.locator('details:has(form[action$="/part"]) > summary').click();
    await form.locator('select').selectOption({ index: 1 });
    await form.locator(`label[for=verdict-${verdict}]`).click();
    await form.locator('textarea').fill(WHY);
    await go(page, () => form.locator('button').click());
  };

  test(`a child of two cities is asked about, agreed on, and apart again, ${lang} ${width} px`, async (t) => {
    const [here, there] = [await enter(t, `supervisor.${city}`), await enter(t, `supervisor.${other}`)];
    const found = [];
    for (const page of [here, there]) {
      const file = await unasked(page);
      await page.goto(file);
      await page.goto(`${await page.locator('aside a[href^="/children/"]').first().getAttribute('href')}/edit`);
      for (const [field, text] of [['given_ar', name[0]], ['family_ar', name[1]], ['given_la', ''], ['family_la', '']]) {
        await page.locator(`[name=${field}]`).fill(text);
      }
      await page.locator('label[for=sex-M]').click();
      await page.locator('label[for=birth-age]').click();
      await page.locator('[name=age_from]').fill('8');
      await page.locator('[name=age_to]').fill('9');
      await go(page, () => page.locator('.actbar button').click());
      found.push([file, await numberOf(page, file)]);
    }
    const [[ours, ourNumber], [theirs, theirNumber]] = found;

    // the look tells the city, and no more
    await here.goto(ours);
    await go(here, () => here.locator(`main a[href="${ours}/elsewhere"]`).click());
    await go(here, () => here.locator('form[action$="/elsewhere"] button').click());
    const told = here.locator('#look .notice', { hasText: otherName });
    await told.waitFor();
    assert.ok(!(await here.locator('main').innerText()).includes(theirNumber), 'no number of the other city');
    await look(here, '1-possible');
    await go(here, () => here.locator('form[action$="/ask"] button').click());
    assert.equal(await here.locator('[role=alert]').count(), 1);
    const option = here.locator('#ask_city option', { hasText: otherName }).first();
    await here.locator('#ask_city').selectOption(await option.getAttribute('value'));
    await here.locator('#ask_why').fill(WHY);
    await go(here, () => here.locator('form[action$="/ask"] button').click());
    assert.match(new URL(here.url()).pathname, /^\/identity\/requests\//);
    const question = new URL(here.url()).pathname;
    await look(here, '2-asked');

    // the other side reads the card beside its own child, and answers
    await there.goto('/notices');
    await go(there, () => there.getByRole('link', { name: say(lang, 'notice-identity-asked') }).first().click());
    await look(there, '3-list');
    await go(there, () => there.locator(`main a[href="${question}"]`).click());
    assert.ok((await there.locator('main').innerText()).includes(name[1]));
    await look(there, '4-card');
    await there.locator('label[for=answer-accepted]').click();
    await go(there, () => there.locator('form[action$="/answer"] button').click());
    assert.equal(await there.locator('[role=alert]').count(), 1, 'which child');
    await there.locator('#answer_child').selectOption({ index: 1 });
    await go(there, () => there.locator('form[action$="/answer"] button').click());
    await there.locator('.pill', { hasText: say(lang, 'identity-accepted') }).first().waitFor();
    await look(there, '5-answered');

    // each reads a summary of the other, until one of them ends it
    for (const [page, file, number] of [[here, ours, theirNumber], [there, theirs, ourNumber]]) {
      await page.goto(file);
      await page.locator('.notice', { hasText: number }).first().waitFor();
      await page.goto(`${file}/identity`);
      assert.ok(await page.locator('#elsewhere li').count(), 'days and kinds');
      await look(page, page === here ? '6-summary' : '7-summary');
    }
    await part(there, `${theirs}/identity`, 'not_same');
    assert.equal(await there.locator('#elsewhere').count(), 0);
    await look(there, '8-ended');
    await here.goto(ours);
    assert.equal(await here.locator('.notice', { hasText: theirNumber }).count(), 0, 'closed at once');
  });

  test(`two files of a city are joined and apart again, ${lang} ${width} px`, async (t) => {
    const page = await enter(t, `supervisor.${city}`);
    const all = await files(page);
    assert.ok(all.length > 2, 'files to compare');
    const [ours, theirs] = all.slice(-2);
    const number = await numberOf(page, theirs);
    const name = await page.locator('h1 bdi').first().innerText();
    await page.goto(ours);
    const before = await page.locator('h1').innerText();
    await go(page, () => page.locator(`main a[href="${ours}/identity"]`).first().click());
    await look(page, '10-alone');
    await page.locator('#number').fill('XXX-2020-00000-X');
    await go(page, () => page.locator('form[method=get][action$="/identity"] button').click());
    assert.equal(await page.locator('[role=alert]').count(), 1);
    await page.locator('#number').fill(number);
    await go(page, () => page.locator('form[method=get][action$="/identity"] button').click());
    await page.locator('#compare').waitFor();
    await look(page, '11-side-by-side');
    await go(page, () => page.locator('#compare form[action$="/identity"] button').click());
    await page.locator('#compare form[action$="/shown"]').waitFor();
    await look(page, '12-joined');
    await page.locator('label[for=names-there]').click();
    await go(page, () => page.locator('form[action$="/shown"] button').click());
    await page.goto(ours);
    assert.ok((await page.locator('h1').innerText()).includes(name), 'the other name is shown');
    await page.locator('.notice', { hasText: number }).first().waitFor();
    await look(page, '13-file');
    await part(page, `${ours}/identity`, 'unsure');
    await look(page, '14-apart');
    await page.goto(ours);
    assert.equal(await page.locator('h1').innerText(), before, 'as it was');
    assert.equal(await page.locator('.notice', { hasText: number }).count(), 0);
  });

  /** A pair of the queue, of two mothers: their pages, and the children of the second. */
  const mothers = async (page) => {
    await page.goto('/duplicates');
    for (;;) {
      for (const pair of await page.locator('article', { hasText: say(lang, 'records-of-women') }).all()) {
        const rows = pair.locator('tbody tr');
        const pages = await rows.locator('th a').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
        if (pages.some((link) => link.endsWith('/records'))) continue;
        return [pair, pages, await rows.nth(1).locator('a[href^="/cases/"] bdi').allInnerTexts()];
      }
      const further = page.locator('nav.pager a');
      if (!(await further.count())) return undefined;
      await go(page, () => further.click());
    }
  };

  test(`two records of a mother are joined and apart again, ${lang} ${width} px`, async (t) => {
    // not every day's invented data has two such women in a small city
    let page;
    let found;
    for (const place of [city, 'tanger', 'meknes', 'marrakech']) {
      page = await enter(t, `supervisor.${place}`);
      found = await mothers(page);
      if (found) break;
    }
    assert.ok(found, 'no city has a mother with two records');
    const [pair, [first, second], children] = found;
    await pair.scrollIntoViewIfNeeded();
    await look(page, '20-queue');
    assert.ok(children.length, 'she is known by the children around her');
    const told = async () => (await page.locator('main').innerText()).includes(children[0]);

    // her page says that another record may be hers, and why
    await page.goto(first);
    assert.ok(await page.locator('#records .pill').count(), 'reasons');
    assert.equal(await told(), false, 'the other record is not read yet');
    await look(page, '21-mother');
    await go(page, () => page.locator('#records a[href$="/records"]').click());
    const alike = page.locator('article', { has: page.locator(`a[href="${second}"]`) });
    assert.equal(await alike.locator('tbody tr').count(), 2, 'side by side');
    await look(page, '22-records');
    await go(page, () => alike.locator('button[value=same]').click());
    await page.locator(`#hers a[href="${second}"]`).waitFor();
    await look(page, '23-joined');

    // one history, from either of her records
    await page.goto(first);
    assert.ok(await told(), 'all her children');
    await page.locator(`.notice a[href="${second}"]`).waitFor();
    await look(page, '24-one-history');
    await page.goto(second);
    assert.ok(await told());
    await page.locator(`.notice a[href="${first}"]`).waitFor();

    // and two again, with a reason
    await part(page, `${second}/records`, 'not_same');
    assert.equal(await page.locator('#hers a[href^="/mothers/"]').count(), 0);
    await look(page, '25-apart');
    await page.goto(first);
    assert.equal(await told(), false, 'closed at once');
  });
}
