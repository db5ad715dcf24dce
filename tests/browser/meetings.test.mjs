// A team meets: the meeting is planned, held, who came is noted, its minutes come in, and what was agreed on is a task of a
// worker, who strikes it out. In Arabic on a phone and in French at a desk, each in its own city.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { day, say } from './person.mjs';
import { axe, enter, newPage, noHorizontalScroll, picture, useApp } from './support.mjs';
import { submit } from './visitor.mjs';

useApp();

const walks = [
  { lang: 'ar', width: 390, city: 'temara', place: 'قاعة الاجتماعات بالخلية', agenda: 'حصيلة الأسبوع', agreed: 'مراسلة المؤسسات التعليمية القريبة' },
  { lang: 'fr', width: 1280, city: 'meknes', place: 'Salle de la cellule', agenda: 'Bilan de la semaine', agreed: 'Écrire aux écoles voisines des rondes' },
];

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n'
  + 'trailer\n<</Root 1 0 R/Size 3>>\nstartxref\n9\n%%EOF\n');

for (const { lang, width, city, place, agenda, agreed } of walks) {
  test(`a team meets, and what it agreed on is done, ${lang} ${width} px`, async (t) => {
    const page = await newPage(t, { lang, width });
    await enter(page, lang, `supervisor.${city}`);
    const look = async (step, who = page) => {
      await noHorizontalScroll(who);
      await noHorizontalScroll(who, 320);
      await axe(who);
      await picture(who, `meeting-${lang}-${width}-${step}`);
    };
    const reads = (key) => page.getByText(say(lang, key), { exact: true }).first();

    // a day before the plan is refused beside its field, and nothing typed is lost
    await page.goto('/plan/meetings');
    await page.locator('main a[href="/plan/meetings/new"]').click();
    await page.locator('#meeting_kind').selectOption('periodic');
    await page.locator('#day').fill('03/12/2019');
    await page.locator('#hour').fill('00:00');
    await page.locator('#meeting_place').fill(place);
    await page.locator('#agenda').fill(agenda);
    await submit(page, page.locator('form.card'));
    assert.equal(await page.locator('#day-error').innerText(), say(lang, 'team-before-plan'));
    assert.equal(await page.locator('#agenda').inputValue(), agenda);
    await look('1-refused');
    await page.locator('#day').fill(day());
    await submit(page, page.locator('form.card'));
    const meeting = new URL(page.url()).pathname;
    assert.match(meeting, /^\/plan\/meetings\/[0-9a-f-]{36}$/);
    assert.ok(await reads('meeting-planned').isVisible());
    assert.ok(await page.locator('ol.how li', { hasText: agenda }).isVisible());
    await look('2-planned');

    // it took place: every seat is noted, and the minutes come in
    await submit(page, page.locator('form[action$="/held"]'));
    assert.ok(await reads('meeting-held').isVisible());
    const present = page.locator('form[action$="/attendance"] label[for$="-present"]');
    assert.ok(await present.count() > 3);
    for (const label of await present.all()) await label.click();
    await submit(page, page.locator('form[action$="/attendance"]'));
    const noted = page.locator('form[action$="/attendance"] input[value=present]:checked');
    assert.equal(await noted.count(), await present.count());
    await page.locator('#file').setInputFiles({ name: 'pv.pdf', mimeType: 'application/pdf', buffer: PDF });
    await submit(page, page.locator('form[action$="/minutes"]'));
    const minutes = await page.locator('#minutes a[href^="/plan/papers/"]').getAttribute('href');

    // what was agreed on is somebody's to do
    await page.locator('#points details summary').click();
    await page.locator('#point_text').fill(agreed);
    const role = say(lang, 'role-social-worker');
    const owners = await page.locator('#owner option').evaluateAll((all) => all.map(({ value, textContent }) => ({ value, words: textContent })));
    const worker = owners.find(({ value, words }) => value.startsWith('user-') && words.includes(role));
    assert.ok(worker, JSON.stringify(owners));
    await page.locator('#owner').selectOption(worker.value);
    await page.locator('#due_on').fill(day(3));
    await submit(page, page.locator('form[action$="/points"]'));
    assert.ok(await page.locator('#points li', { hasText: agreed }).isVisible());
    await look('3-held');

    // it stands on the list of that worker alone, who does it there
    let done = 0;
    for (const username of [`worker.${city}`, `worker2.${city}`]) {
      const own = await newPage(t, { lang, width });
      await enter(own, lang, username);
      await own.goto('/today');
      const due = own.locator('li.due', { hasText: agreed });
      if (await due.count() === 0) continue;
      await look('4-today', own);
      await submit(own, due.locator('form[action^="/plan/points/"]'));
      assert.equal(new URL(own.url()).pathname, '/today');
      assert.equal(await own.locator('li.due', { hasText: agreed }).count(), 0);
      // a member reads the minutes too
      const answer = await own.request.get(minutes);
      assert.equal(answer.status(), 200);
      assert.equal(answer.headers()['content-type'], 'application/pdf');
      done += 1;
    }
    assert.equal(done, 1);
    await page.goto(meeting);
    const point = page.locator('#points li', { hasText: agreed });
    assert.ok(await point.getByText(say(lang, 'point-again'), { exact: true }).isVisible());
    await look('5-done');

    // nobody of another city
    const stranger = await newPage(t, { lang, width });
    await enter(stranger, lang, 'worker.agadir');
    assert.equal((await stranger.goto(meeting)).status(), 404);
    assert.equal((await stranger.request.get(minutes)).status(), 404);
  });
}
