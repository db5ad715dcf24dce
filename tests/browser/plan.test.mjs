// The committee opens a city: it proposes it, decides, writes its letters, settles each step and activates it; and then a
// worker's first contact could be logged there. In Arabic on a phone and in French at a desk, each its own city.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day, say } from './person.mjs';
import { axe, enter, newPage, noHorizontalScroll, picture, useApp } from './support.mjs';
import { submit } from './visitor.mjs';

useApp();

const walks = [
  { lang: 'ar', width: 390, territory: '39', slug: 'khouribga', decision: 'مثال: قرار بإعداد مدينة خريبكة' },
  { lang: 'fr', width: 1280, territory: '13', slug: 'tetouan', decision: 'مثال: قرار بإعداد مدينة تطوان' },
];

// What each required step is proved by: to whom a letter goes, and what for.
const STEPS = [
  ['letters_prosecution', 'prosecution', 'joins_plan'],
  ['letters_departments', 'department', 'joins_plan'],
  ['letters_authorities', 'authority', 'joins_plan'],
  ['letters_associations', 'association', 'joins_plan'],
  ['focal_points', 'department', 'names_focal_point'],
  ['letters_field', 'security', 'eases_field_work'],
  ['team', 'department', 'constitutes_team'],
];

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n'
  + 'trailer\n<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF\n');

for (const { lang, width, territory, slug, decision } of walks) {
  const city = `/plan/cities/${slug}`;

  test(`a city is opened by the committee, ${lang} ${width} px`, async (t) => {
    const page = await newPage(t, { lang, width, allow: [/favicon/] });
    await enter(page, lang, 'steering');
    const look = async (step) => {
      await noHorizontalScroll(page);
      await noHorizontalScroll(page, 320);
      await axe(page);
      await picture(page, `plan-${lang}-${width}-${step}`);
    };

    // found by what one sees: the plan, its cities, and the button there
    await page.goto('/plan');
    await page.locator('main a[href="/plan/cities"]').first().click();
    await page.locator('main a[href="/plan/cities/new"]').click();
    await page.locator('#territory').selectOption(territory);
    await submit(page, page.locator('form.card'));
    assert.equal(new URL(page.url()).pathname, city);
    assert.ok(await page.getByText(say(lang, 'plan-status-candidate'), { exact: true }).first().isVisible());
    await look('1-candidate');

    // it moves by nothing but a decision
    await page.locator('main a[href$="/move"]').click();
    await page.locator('label[for=city_move-prepare]').click();
    await submit(page, page.locator('form.card'));
    assert.ok(await page.locator('#decision-error').isVisible());
    await look('2-no-decision');
    await page.locator(`main a[href="/plan/decisions/new?city=${slug}"]`).click();
    assert.ok(await page.locator(`#city-${slug}`).isChecked());
    await page.locator('#text_ar').fill(decision);
    await page.locator('#decision_number').fill(`N-${territory}`);
    await submit(page, page.locator('form.card'));
    assert.ok(await page.getByText(decision).isVisible());
    await move(page, city, 'prepare');
    assert.ok(await page.getByText(say(lang, 'plan-status-preparing'), { exact: true }).first().isVisible());

    // a day before the plan began, and one letter with its scan
    await page.locator(`main a[href="/plan/letters/new?city=${slug}"]`).first().click();
    await page.locator('#sent_on').fill('31/10/2019');
    await submit(page, page.locator('form.card'));
    assert.equal(await page.locator('#sent_on-error').innerText(), say(lang, 'plan-date-before'));
    await look('3-letter-refused');
    for (const [step, to, purpose] of STEPS) {
      await write(page, slug, { to, purpose, scan: step === 'letters_prosecution' });
      if (step === 'letters_prosecution') await look('4-letter');
      const [, id] = new URL(page.url()).pathname.split('/plan/letters/');
      await settle(page, city, step, `letter:${id}`);
    }
    await page.locator(`main a[href$="/steps/first_meeting"]`).click();
    await page.locator('label[for=step_state-done]').click();
    await submit(page, page.locator('form.card'));
    assert.ok(await page.locator('#proof-error').isVisible());
    await page.locator('#step_note').fill('مثال: محضر الاجتماع الأول');
    await submit(page, page.locator('form.card'));
    await page.waitForURL(`**${city}*`);
    await look('5-steps');

    await activate(t, { lang, width, slug });
    await page.goto('/plan');
    assert.ok(await page.locator(`main a[href="${city}"]`).count());
    await look('7-plan');
    // the register of letters of this city, as somebody looks for them
    await page.goto(`/plan/letters?city=${slug}&until=${encodeURIComponent(day())}`);
    assert.equal(await page.locator('.case').count(), STEPS.length);
    await look('8-letters');
  });
}

/** The last move asks for a factor of the last minutes: somebody else of the committee, who has just come. */
async function activate(t, { lang, width, slug }) {
  const page = await newPage(t, { lang, width });
  await enter(page, lang, 'steering');
  const city = `/plan/cities/${slug}`;
  await move(page, city, 'activate');
  assert.ok(await page.getByText(say(lang, 'plan-status-active'), { exact: true }).first().isVisible());
  await axe(page);
  await noHorizontalScroll(page, 320);
  await picture(page, `plan-${lang}-${width}-6-active`);
}

/** Moves the city by the decision that names it. */
async function move(page, city, made) {
  await page.goto(`${city}/move`);
  await page.locator(`label[for=city_move-${made}]`).click();
  await page.locator('#decision').selectOption({ index: 1 });
  await submit(page, page.locator('form.card'));
  assert.equal(new URL(page.url()).pathname, city, await page.locator('main').innerText());
}

/** A letter about the city, with its scan. */
async function write(page, slug, { to, purpose, scan }) {
  await page.goto(`/plan/letters/new?city=${slug}`);
  await page.locator('#letter_purpose').selectOption(purpose);
  await page.locator('#letter_subject').fill('مثال: مراسلة حول إعداد المدينة');
  await page.locator('#from_party').selectOption('committee');
  await page.locator('#to_party').selectOption(to);
  if (!scan) {
    await submit(page, page.locator('form.card'));
  } else {
    await page.locator('#file').setInputFiles({ name: 'lettre.pdf', mimeType: 'application/pdf', buffer: PDF });
    await page.locator('form.card .actbar button').click();
    await page.waitForURL(/\/plan\/letters\/[0-9a-f-]{36}$/);
    const href = await page.locator('main a[href^="/plan/documents/"]').getAttribute('href');
    const view = await page.context().newPage();
    const answer = await view.goto(href);
    assert.equal(answer.status(), 200);
    assert.equal(answer.headers()['content-type'], 'application/pdf');
    await view.close();
  }
  assert.match(new URL(page.url()).pathname, /^\/plan\/letters\/[0-9a-f-]{36}$/);
}

/** A step is done, proved by that letter. */
async function settle(page, city, step, proof) {
  await page.goto(`${city}/steps/${step}`);
  await page.locator('label[for=step_state-done]').click();
  await page.locator('#proof').selectOption(proof);
  await submit(page, page.locator('form.card'));
  assert.equal(new URL(page.url()).pathname, city, await page.locator('main').innerText());
}
