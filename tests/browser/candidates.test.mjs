// One child in two files: told while a name is typed in the other letters, and answered in the supervisor's queue. In
// Arabic on a phone and in French at a desk.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { say } from './person.mjs';
import { axe, enter, newPage, noHorizontalScroll, picture, useApp } from './support.mjs';

useApp();

// in these cities the pair of the demonstration still waits (src/demo/alike.rs)
const walks = [{ lang: 'ar', width: 390, city: 'rabat' }, { lang: 'fr', width: 1280, city: 'meknes' }];

for (const { lang, width, city } of walks) {
  test(`a child in two files is noticed at intake and in the queue, ${lang} ${width} px`, async (t) => {
    const look = async (page, step) => {
      await axe(page);
      await noHorizontalScroll(page);
      await noHorizontalScroll(page, 320);
      await picture(page, `candidates-${lang}-${width}-${step}`);
    };
    const queue = await newPage(t, { lang, width });
    await enter(queue, lang, `supervisor.${city}`);
    await queue.goto('/duplicates');
    const body = say(lang, 'duplicate-sign-body');
    const pair = queue.locator('article', { hasText: body }).first();
    await pair.waitFor();
    await look(queue, 'queue');
    const numbers = await pair.locator('h2 bdi').allInnerTexts();
    assert.equal(numbers.length, 2);
    const known = pair.locator('tbody tr').first();
    const name = await known.locator('td').nth(0).locator('bdi').first().innerText();
    const sex = await known.locator('td').nth(2).innerText();

    // a worker hears that name in the street
    const intake = await newPage(t, { lang, width });
    await enter(intake, lang, `worker.${city}`);
    await intake.goto('/contacts/new');
    const box = intake.locator('[data-similar]').first();
    assert.equal(await box.locator('a').count(), 0);
    await intake.locator('label[for^="child-0-sex-"]').filter({ hasText: sex }).first().click();
    const asked = [];
    intake.on('request', (request) => {
      if (request.url().includes('/duplicates')) asked.push([request.method(), new URL(request.url()).search]);
    });
    await intake.locator('[name=child-0-name]').fill(name);
    await box.locator('a').first().waitFor();
    const told = await box.locator('a').allInnerTexts();
    assert.ok(told.some((number) => numbers.includes(number)), `${told} holds none of ${numbers}`);
    assert.ok(asked.every(([method, search]) => method === 'POST' && search === ''), 'no name in an address');
    assert.equal(await intake.locator('[name=child-0-name]').inputValue(), name, 'it stands in nobody’s way');
    await look(intake, 'typed');

    // the supervisor cannot say yet
    const file = await known.locator('a').first().getAttribute('href');
    await Promise.all([queue.waitForEvent('framenavigated'), pair.locator('button[value=unsure]').click()]);
    await queue.waitForLoadState();
    const waiting = await queue.locator('article h2').allInnerTexts();
    assert.ok(!waiting.some((heading) => numbers.every((number) => heading.includes(number))), 'the pair has left');
    await look(queue, 'answered');
    await queue.goto(`${file}/duplicates`);
    assert.ok(await queue.locator('input[value=unsure]:checked').count(), 'what was said is shown');
    await look(queue, 'file');
  });
}
