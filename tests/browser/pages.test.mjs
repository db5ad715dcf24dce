// Every page that a person can reach, in Arabic on a desk and in French on a phone in the dark:
// accessibility, width, title, language, weight. Which pages: walks.mjs. What is checked: visitor.mjs.
//
//   SANAD_TEST_SHOTS=1 tests/browser/run pages.test.mjs     also takes a picture of each, into shots/
//   make screens                                            takes the gallery of docs/screens instead

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { newPage, signIn, useApp } from './support.mjs';
import { check, choose, DESK, href, logContact, PHONE, seen, submit, visitor } from './visitor.mjs';
import { walks } from './walks.mjs';

const app = useApp();

const KB = 1024;
const FIRST_VISIT_LIMIT = 95 * KB;
const FIRST_VISIT_REQUESTS = 7; // the module of passkeys is one of the sign-in page

for (const { who, as, pages } of walks) {
  test(who, async (t) => pages(await visitor(t, app, as), app));
}

// Elsewhere: home leads on; a file that is saved is no page (a scan of a letter is one in plan.test.mjs); enrolment is in steps.test.mjs; not every day's invented
// data has a determination that waits in a city that is walked (tests/all/render.rs draws its page).
const ELSEWHERE = ['/', '/documents/{id}/download', '/prosecution/{id}/documents/{document}', '/prosecution/{id}/acts/{act}/document', '/login/enrol', '/cases/{id}/best-interests/{determination}', '/plan/documents/{id}', '/plan/meetings/calendar.ics', '/packs/{id}/{file}', '/reports/new/export.csv', '/reports/{id}/export.csv', '/reports/new/export.xlsx', '/reports/{id}/export.xlsx',
  '/prosecution/calendar.ics', '/calendar/{token}', '/prosecution/{id}/paper.pdf', '/prosecution/{id}/annexes/{seq}/paper.pdf',
  '/prosecution/{id}/children/{person}/decisions/{decision}/notice.pdf', '/prosecution/{id}/adults/{person}/decisions/{decision}/notice.pdf'];

test('no page was forgotten', async () => {
  const table = await readFile(new URL('../../docs/authorization.md', import.meta.url), 'utf8');
  const routes = [...table.matchAll(/^\| GET \| `([^`]+)`/gm)].map((match) => match[1]);
  assert.ok(routes.length > 30);
  const asked = [...seen];
  const forgotten = routes.filter((route) => {
    const pattern = new RegExp(`^${route.replaceAll(/\{\w+\}/g, '(?!new$)[^/]+')}$`);
    return !ELSEWHERE.includes(route) && !asked.some((path) => pattern.test(path));
  });
  assert.deepEqual(forgotten, [], 'a route without a page in walks.mjs');
});

test('in English, on a wide screen in the dark', async (t) => {
  const page = await newPage(t, { lang: 'en', dark: true });
  await choose(page, app, 'en');
  await page.goto('/login');
  await check(page, app, { lang: 'en' }, 'english-login');
  await signIn(page, 'supervisor.rabat');
  for (const path of ['/cases', '/contacts/new', '/mothers', '/prosecution', '/dashboard', '/figures', '/plan']) {
    await page.goto(path);
    await check(page, app, { lang: 'en' }, `english${path.replaceAll('/', '-')}`);
  }
  await page.goto(await page.goto('/cases').then(() => href(page, '.case h3 a')));
  await check(page, app, { lang: 'en' }, 'english-case');
});

test('the first visit is light', async (t) => {
  const page = await newPage(t, { ...PHONE, dark: false });
  const requests = [];
  page.context().on('requestfinished', (request) => requests.push(request));
  await page.goto('/login', { waitUntil: 'networkidle' });
  const bare = requests.length;
  await signIn(page, 'worker.rabat');
  await page.waitForLoadState('networkidle');

  const list = await Promise.all(requests.map(async (request, index) => {
    const { responseBodySize: bytes } = await request.sizes();
    return { path: new URL(request.url()).pathname, bytes, first: index < bare };
  }));
  const fetched = list.filter(({ bytes }) => bytes > 0); // what the cache gives has no size
  const told = fetched.map(({ path, bytes }) => `${bytes} ${path}`).join('\n');
  const count = fetched.filter(({ first }) => first).length;
  assert.ok(count <= FIRST_VISIT_REQUESTS, `${count} requests for the first page:\n${told}`);
  const total = fetched.reduce((sum, { bytes }) => sum + bytes, 0);
  assert.ok(total <= FIRST_VISIT_LIMIT, `${total} bytes until the first page:\n${told}`);
  const again = fetched.filter(({ path, first }) => !first && path.startsWith('/static/'));
  assert.deepEqual(again, [], 'what the sign-in page brought is kept');
});

test('without JavaScript a contact is logged and lists are filtered', async (t) => {
  const page = await newPage(t, { ...PHONE, js: false });
  await choose(page, app, 'fr');
  await signIn(page, 'worker.rabat');
  for (const list of ['/cases', '/contacts', '/mothers']) {
    await page.goto(list);
    await page.locator('main .chip').last().click();
    await page.waitForURL(`**${list}?**`);
    assert.equal(await page.locator('main .chip[aria-current]').count(), 1);
  }
  await page.goto('/contacts/new');
  await page.locator('[name=add_child]').click();
  await page.locator('.rep').nth(1).waitFor();
  await page.locator('[name=remove_child]').last().click();
  await page.waitForFunction(() => document.querySelectorAll('.rep').length === 1);
  await logContact(page);
  assert.match(new URL(page.url()).pathname, /^\/contacts\/[0-9a-f-]{36}$/);
});

test('without JavaScript a prosecutor records a measure', async (t) => {
  const page = await newPage(t, { ...DESK, js: false });
  await signIn(page, 'prosecutor.sale');
  await page.goto('/prosecution?state=child');
  await page.goto(await href(page, '#files h3 a'));
  const form = page.locator('form[action*="/children/"]:has(.btn.pri)').first();
  const action = await form.getAttribute('action');
  await form.locator('select').selectOption({ index: 1 });
  await form.locator('[name=instructions]').fill('إيداع مؤقت لدى مؤسسة الرعاية.');
  await submit(page, form);
  assert.equal(await page.locator('.banner.red').count(), 0, await page.locator('main').innerText());
  const done = page.locator('.sec', { has: page.locator(`form[action="${action}"]`) });
  assert.equal(await done.locator('.pill.brand').count(), 1);
});
