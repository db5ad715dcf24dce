// Passkeys, with the authenticator that Chromium has for tests: added, after the password, alone, as confirmation,
// removed; and refused where nobody unlocked it. On http://localhost, for a number has none.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { axe, newPage, noHorizontalScroll, shot, signIn, useApp } from './support.mjs';

const app = useApp();
const named = () => app.url.replace('127.0.0.1', 'localhost');

const walks = [
  { lang: 'ar', width: 390, worker: 'worker.rabat', key: 'هاتف العمل' },
  { lang: 'fr', width: 1280, worker: 'worker.tanger', key: 'Téléphone de service' },
];

for (const walk of walks) {
  const name = (step) => `passkeys-${walk.lang}-${walk.width}-${step}`;
  const look = async (page, step) => {
    await noHorizontalScroll(page);
    await noHorizontalScroll(page, 320);
    await axe(page);
    await shot(page, name(step));
  };
  const at = (page) => new URL(page.url()).pathname;
  const press = (page) => go(page, () => page.locator('[data-passkey] button').click());
  const login = async (page) => {
    await page.context().clearCookies();
    await page.goto('/login');
    const switched = page.locator(`.lang button[value=${walk.lang}]:not([aria-current])`);
    if (await switched.count()) await go(page, () => switched.first().click());
  };

  test(`a passkey from its making to its end, ${walk.lang}`, async (t) => {
    const page = await newPage(t, { ...walk, baseURL: named() });
    const { device, unlock } = await authenticator(page);
    await login(page);
    await signIn(page, walk.worker);

    // made, under a name; without one the device is not asked
    await page.goto('/account');
    await look(page, 'account');
    await page.goto('/account/passkeys');
    await look(page, 'add');
    await page.locator('[data-passkey] button').click();
    assert.equal((await device()).length, 0);
    await page.locator('#name').fill(walk.key);
    await press(page);
    assert.equal(await page.locator('.codes .secret').count(), 10);
    await look(page, 'codes');
    const [made] = await device();
    assert.equal(made.rpId, 'localhost');
    assert.equal(made.isResidentCredential, true);

    // after the password
    await login(page);
    await page.locator('#username').fill(walk.worker);
    await page.locator('#password').fill(app.accounts.get(walk.worker).password);
    await go(page, () => page.locator('form[action="/login"] button').click());
    assert.equal(at(page), '/login/factor');
    await look(page, 'factor');
    await press(page);
    assert.equal(at(page), '/today');

    // alone
    await login(page);
    await look(page, 'login');
    await press(page);
    assert.equal(at(page), '/today');

    // to confirm oneself again, on the way to what is grave
    await page.goto('/account/confirm?next=/account/passkeys');
    await look(page, 'confirm');
    await press(page);
    assert.equal(at(page), '/account/passkeys');
    assert.match(await page.locator('.tbc').innerText(), new RegExp(walk.key));
    await look(page, 'list');
    assert.ok((await device())[0].signCount > made.signCount);
    // the same device is not taken twice
    await page.locator('#name').fill('x');
    await page.locator('[data-passkey] button').click();
    await page.waitForFunction(() => document.querySelector('[data-passkey] [role=status]').textContent !== '');
    assert.equal((await device()).length, 1);

    // nobody unlocks it
    await unlock(false);
    await login(page);
    await page.locator('[data-passkey] button').click();
    await page.waitForFunction(() => document.querySelector('[data-passkey] [role=status]').textContent !== '');
    assert.equal(at(page), '/login');
    await look(page, 'locked');

    // removed: the device still has it, the account does not
    await unlock(true);
    await press(page);
    await page.goto('/account/passkeys');
    await go(page, () => page.locator('form[action$="/remove"] button').click());
    assert.equal(at(page), '/account');
    assert.equal(await page.locator('.notice[role=status]').count(), 1);
    await look(page, 'removed');
    await login(page);
    await press(page);
    assert.equal(await page.locator('.banner[role=alert]').count(), 1);
    assert.equal(await page.locator('[data-passkey] .err').isVisible(), true);
    await look(page, 'refused');
  });

  test(`an address that is a number says where passkeys are, ${walk.lang}`, async (t) => {
    const page = await newPage(t, walk);
    await login(page);
    assert.equal(await page.locator('[data-passkey]').isVisible(), false);
    assert.equal(await page.locator('[data-elsewhere] a').getAttribute('href'), `${named()}/login`);
    await look(page, 'elsewhere');
  });
}

test('without JavaScript nobody is offered what they cannot have', async (t) => {
  const page = await newPage(t, { lang: 'fr', js: false, baseURL: named() });
  await page.goto('/login');
  assert.equal(await page.locator('[data-passkey]').isVisible(), false);
  assert.equal(await page.locator('#password').isVisible(), true);
});

/** A device that makes and keeps passkeys, and whose owner unlocks it, or not. */
async function authenticator(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('WebAuthn.enable');
  const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2', transport: 'internal', hasResidentKey: true, hasUserVerification: true,
      isUserVerified: true, automaticPresenceSimulation: true,
    },
  });
  return {
    device: async () => (await session.send('WebAuthn.getCredentials', { authenticatorId })).credentials,
    unlock: (isUserVerified) => session.send('WebAuthn.setUserVerified', { authenticatorId, isUserVerified }),
  };
}

/** Follows a press to the page that it leads to. */
async function go(page, act) {
  await Promise.all([page.waitForEvent('framenavigated'), act()]);
  await page.waitForLoadState();
}
