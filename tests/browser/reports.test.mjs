// A report is built without typing an address, saved, shared, opened by a colleague and taken along as a file: by the
// committee over what was published, and by a supervisor over their own city. In Arabic on a phone and in French at a desk.

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { day, say } from './person.mjs';
import { axe, enter, newPage, noHorizontalScroll, picture, useApp } from './support.mjs';
import { submit } from './visitor.mjs';

useApp();

const walks = [
  { lang: 'ar', width: 390, as: 'supervisor.temara', other: 'worker.temara', stranger: 'supervisor.meknes', title: 'تدخلات الفصل', city: true },
  { lang: 'fr', width: 1280, as: 'supervisor.meknes', other: 'worker.meknes', stranger: 'supervisor.temara', title: 'Interventions du trimestre', city: true },
  { lang: 'ar', width: 1280, as: 'steering', stranger: 'supervisor.temara', title: 'أطفال المدن', city: false },
  { lang: 'fr', width: 390, as: 'steering', stranger: 'supervisor.meknes', title: 'Enfants par ville', city: false },
];

/** The table of a report: its rows, as they are read. */
const cells = (page) => page.locator('table.stat tr').evaluateAll((rows) => rows.map((row) => [...row.children]
  .map((cell) => cell.textContent.replaceAll(/[\u2066-\u2069]/g, '').trim())));

/** The table of a file: what stands between its empty lines. */
function lines(text) {
  const blocks = text.replace(/^\uFEFF/, '').split('\r\n\r\n');
  return blocks[1].split('\r\n').map((line) => line.split(','));
}

/** A number is digits alone in a file. */
const plain = (cell) => (/^[\d\u00a0]+$/.test(cell) ? cell.replaceAll('\u00a0', '') : cell);

for (const { lang, width, as, other, stranger, title, city } of walks) {
  test(`${as} builds a report and shares it, ${lang} ${width} px`, async (t) => {
    const page = await newPage(t, { lang, width });
    await enter(page, lang, as);
    const look = async (step, who = page) => {
      await noHorizontalScroll(who);
      await noHorizontalScroll(who, 320);
      await axe(who);
      await picture(who, `report-${lang}-${width}-${step}`);
    };
    const form = page.locator('form[method=get][action^="/reports"]');

    await page.goto('/reports');
    await look('1-list');
    await page.locator('main a[href="/reports/new"]').first().click();
    await look('2-new');

    // what cannot be is told beside its field, and nothing chosen is lost
    await page.locator('#table').selectOption(city ? 'contacts' : 'children_by_sex');
    await page.locator('#rows').selectOption('month');
    await page.locator('#columns').selectOption('month');
    await submit(page, form);
    assert.ok(await page.locator('#columns-error').isVisible());
    assert.equal(await page.locator('#rows').inputValue(), 'month');
    await look('3-refused');

    await page.locator('#columns').selectOption(city ? '' : 'place');
    if (city) await page.locator('#since').fill(day(-90));
    await submit(page, form);
    const address = new URL(page.url());
    assert.equal(address.pathname, '/reports/new');
    assert.ok((await cells(page)).length > 1);
    await look('4-answer');

    await page.locator('#title').fill(title);
    await submit(page, page.locator('form[method=post][action="/reports"]'));
    const report = new URL(page.url()).pathname;
    assert.match(report, /^\/reports\/[0-9a-f-]{36}$/);
    assert.ok(await page.getByRole('heading', { name: title }).isVisible());
    await look('5-saved');

    // the file says what the page says
    const shown = (await cells(page)).map((row) => row.map(plain));
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.locator('a[href$="/export.csv"]').click(),
    ]);
    assert.deepEqual(lines(await readFile(await download.path(), 'utf8')), shown);

    // nobody sees it until it is shared, and then its own alone
    const colleague = other && await newPage(t, { lang, width });
    if (colleague) {
      await enter(colleague, lang, other);
      assert.equal((await colleague.goto(report)).status(), 404);
    }
    await submit(page, page.locator('form[action$="/share"]'));
    assert.ok(await page.getByText(say(lang, city ? 'report-shared-city' : 'report-shared-country'), { exact: true }).isVisible());
    if (colleague) {
      await colleague.goto('/reports');
      await colleague.locator(`main a[href="${report}"]`).click();
      assert.deepEqual((await cells(colleague)).map((row) => row.map(plain)), shown);
      assert.equal(await colleague.locator('form[action$="/share"]').count(), 0);
      await look('6-shared', colleague);
    }
    const elsewhere = await newPage(t, { lang, width });
    await enter(elsewhere, lang, stranger);
    assert.equal((await elsewhere.goto(report)).status(), 404);
    assert.equal((await elsewhere.request.get(`${report}/export.csv`)).status(), 404);

    // it is changed, and deleted once that is confirmed
    await page.goto(report);
    await page.locator('main a[href$="/edit"]').click();
    await page.locator('#title').fill(`${title} 2`);
    await submit(page, page.locator('form[method=post][action$="/edit"]'));
    assert.equal(new URL(page.url()).pathname, report);
    await page.locator('details:has(form[action$="/delete"]) > summary').click();
    await look('7-delete');
    await submit(page, page.locator('form[action$="/delete"]'));
    assert.equal(new URL(page.url()).pathname, '/reports');
    assert.equal(await page.locator(`a[href="${report}"]`).count(), 0);
  });
}

test('without JavaScript a report is built and saved', async (t) => {
  const page = await newPage(t, { lang: 'fr', width: 390, js: false });
  await enter(page, 'fr', 'worker.sale');
  await page.goto('/reports/new');
  await page.locator('#table').selectOption('cases_by_state');
  await page.locator('form[method=get] button').last().click();
  assert.ok((await cells(page)).length > 5);
  await page.locator('#title').fill('Dossiers par étape');
  await page.locator('form[method=post][action="/reports"] button').click();
  assert.match(new URL(page.url()).pathname, /^\/reports\/[0-9a-f-]{36}$/);
});
