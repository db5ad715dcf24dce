// Entering and giving access, as people do it: a one-time code, enrolling a second factor, signing in with it,
// confirming oneself again. In Arabic on a phone and in French at a desk.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, newPage, nextCode, noHorizontalScroll, shot, signIn, useApp } from './support.mjs';

const app = useApp();

const PASSWORD = 'kettle orbit vinegar 42';
const walks = [
  { lang: 'ar', width: 390, worker: 'worker.rabat' },
  { lang: 'fr', width: 1280, worker: 'worker.tanger' },
];

for (const walk of walks) {
  const name = (step) => `doors-${walk.lang}-${walk.width}-${step}`;
  const look = async (page, step) => {
    await noHorizontalScroll(page);
    await noHorizontalScroll(page, 320);
    await axe(page);
    await shot(page, name(step));
  };
  const visitor = async (t) => {
    const page = await newPage(t, walk);
    await page.goto('/login');
    const switched = page.locator(`.lang button[value=${walk.lang}]:not([aria-current])`);
    if (await switched.count()) await go(page, () => switched.first().click());
    return page;
  };

  test(`a forgotten password, and a second factor of one's own, ${walk.lang}`, async (t) => {
    // the administrator looks somebody up and hands a code over
    const admin = await visitor(t);
    await signIn(admin, 'admin');
    assert.equal(new URL(admin.url()).pathname, '/admin');
    await look(admin, 'users');
    await admin.locator('#q').fill(walk.worker);
    await go(admin, () => admin.locator('form[action="/admin/search"] button').click());
    await go(admin, () => admin.locator('.case h3 a').first().click());
    await look(admin, 'user');
    await go(admin, () => admin.locator('form[action$="/code"] button').click());
    const code = await admin.locator('.secret').innerText();
    assert.match(code, /^[2-9A-Z]{4}(-[2-9A-Z]{4}){2}$/);
    await look(admin, 'code');

    // its owner sets a password: a guessable one is refused, and not shown back
    const worker = await visitor(t);
    await worker.goto('/login/code');
    await look(worker, 'redeem');
    const set = async (password) => {
      await worker.locator('#username').fill(walk.worker);
      await worker.locator('#code').fill(code);
      await worker.locator('#new_password').fill(password);
      await worker.locator('#new_password_again').fill(password);
      await go(worker, () => worker.locator('form[action="/login/code"] button').click());
    };
    await set('Casablanca2026');
    assert.equal(await worker.locator('[role=alert]').count(), 1);
    assert.equal(await worker.locator('#new_password').inputValue(), '');
    await look(worker, 'redeem-refused');
    await set(PASSWORD);
    assert.equal(new URL(worker.url()).pathname, '/login');
    await worker.locator('#username').fill(walk.worker);
    await worker.locator('#password').fill(PASSWORD);
    await go(worker, () => worker.locator('form[action="/login"] button').click());
    assert.equal(new URL(worker.url()).pathname, '/today');

    // the account: devices, and a second factor
    // on a phone the search has its place in the bar, and the account is in the menu
    if (walk.width < 700) await worker.locator('.tabs-b a[href="#menu"]').click();
    await go(worker, () => worker.locator(walk.width < 700 ? '.side .foot a' : '.bar .ava').click());
    await look(worker, 'account');
    await worker.goto('/account/password');
    await look(worker, 'password');
    await worker.goto('/account/second-factor');
    await go(worker, () => worker.locator('button[name=begin]').click());
    await look(worker, 'enrol');
    const key = await worker.locator('.secret').innerText();
    await worker.locator('#code').fill('000000');
    await go(worker, () => worker.locator('.actbar button').click());
    await look(worker, 'enrol-refused');
    await worker.locator('#code').fill(await nextCode(key));
    await go(worker, () => worker.locator('.actbar button').click());
    const backup = await worker.locator('.codes .secret').allInnerTexts();
    assert.equal(new Set(backup).size, 10);
    await look(worker, 'backup-codes');

    // from now on it is asked for; a backup code enters once
    for (const [typed, enters] of [[backup[0], true], [backup[0], false], [await nextCode(key), true]]) {
      const again = await visitor(t);
      await again.locator('#username').fill(walk.worker);
      await again.locator('#password').fill(PASSWORD);
      await go(again, () => again.locator('form[action="/login"] button').click());
      assert.equal(new URL(again.url()).pathname, '/login/factor');
      if (enters && typed === backup[0]) await look(again, 'factor');
      await again.locator('#code').fill(typed);
      await go(again, () => again.locator('form[action="/login/factor"] button').click());
      assert.equal(new URL(again.url()).pathname, enters ? '/today' : '/login/factor');
    }
  });

  test(`what is grave asks again, and keeps what was typed, ${walk.lang}`, async (t) => {
    const admin = await visitor(t);
    await signIn(admin, 'admin');
    await admin.goto('/account/confirm?next=/admin/users/new');
    await look(admin, 'confirm');
    await admin.locator('#confirm_password').fill('not the one');
    await go(admin, () => admin.locator('.actbar button').click());
    assert.equal(await admin.locator('[role=alert]').count(), 1);
    await admin.locator('#confirm_password').fill(app.accounts.get('admin').password);
    await go(admin, () => admin.locator('.actbar button').click());
    assert.equal(new URL(admin.url()).pathname, '/admin/users/new');
    await look(admin, 'new');

    // the form is filled, and arrives at the confirmation first: as a server does that finds it stale
    await admin.locator('#name_ar').fill('رجاء السواقي');
    await admin.locator('#name_la').fill('Raja Souaki');
    await admin.locator('#username').fill(`raja.${walk.lang}`);
    await admin.locator('form.card').evaluate((form) => { form.action = '/account/confirm?next=/admin/users'; });
    await go(admin, () => admin.locator('.actbar button').click());
    await look(admin, 'confirm-form');
    await admin.locator('#confirm_password').fill(app.accounts.get('admin').password);
    await go(admin, () => admin.locator('.actbar button').click());
    assert.match(new URL(admin.url()).pathname, /^\/admin\/users\/[0-9a-f-]{36}$/);
    assert.match(await admin.locator('h1').innerText(), /رجاء السواقي|Raja Souaki/);
    await look(admin, 'new-user');
    await admin.locator('form[action$="/posts"] button').click();
    await admin.waitForLoadState();
    await look(admin, 'post-refused');

    const dpo = await visitor(t);
    await signIn(dpo, 'dpo');
    await look(dpo, 'review');
  });

  test(`the account that has a second factor, ${walk.lang}`, async (t) => {
    const prosecutor = await visitor(t);
    await signIn(prosecutor, 'prosecutor.sale');
    assert.equal(new URL(prosecutor.url()).pathname, '/prosecution');
    await prosecutor.goto('/account/second-factor');
    await look(prosecutor, 'factor-on');
    // confirming oneself asks for a code, not for the password: a wrong one is refused, the next one passes
    const { totp } = app.accounts.get('prosecutor.sale');
    await prosecutor.goto('/account/confirm?next=/account/second-factor');
    await look(prosecutor, 'confirm-code');
    assert.equal(await prosecutor.locator('#confirm_password').count(), 0);
    await prosecutor.locator('#confirm_code').fill('000000');
    await go(prosecutor, () => prosecutor.locator('.actbar button').click());
    assert.equal(await prosecutor.locator('[role=alert]').count(), 1);
    await look(prosecutor, 'confirm-code-refused');
    await prosecutor.locator('#confirm_code').fill(await nextCode(totp));
    await go(prosecutor, () => prosecutor.locator('.actbar button').click());
    assert.equal(new URL(prosecutor.url()).pathname, '/account/second-factor');
  });
}

/** Follows a press to the page that it leads to. */
async function go(page, act) {
  await Promise.all([page.waitForEvent('framenavigated'), act()]);
  await page.waitForLoadState();
}
