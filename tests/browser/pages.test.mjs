// Every page that a person can reach, in Arabic on a desk and in French on a phone in the dark:
// accessibility, width, title, language, weight. Pages are found by following the lists, so that
// nothing here knows an id of the invented data.
//
//   SANAD_TEST_SHOTS=1 tests/browser/run pages.test.mjs     also takes a picture of each, into shots/
//   make screens                                            takes the gallery of docs/screens instead

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { collecting, hang } from './gallery.mjs';
import { axe, newPage, noHorizontalScroll, shot, signIn, useApp } from './support.mjs';

const app = useApp();

const KB = 1024;
const DOCUMENT_LIMIT = 12 * KB;
const FIRST_VISIT_LIMIT = 95 * KB;
const FIRST_VISIT_REQUESTS = 6;
const WIDTHS = [320, 390, 1280];
const DESK = { lang: 'ar', width: 1280 };
const PHONE = { lang: 'fr', width: 390, dark: true };
const picture = process.env.SANAD_TEST_SHOTS ? shot : () => {};

test('before signing in', async (t) => {
  const reader = await visitor(t);
  await reader.look('login', '/login');
  await reader.act('login-refused', async (page) => {
    await page.goto('/login');
    await submit(page, page.locator('form:has([name=password])'));
  }, { status: 422 });
  await reader.look('not-found-stranger', '/nowhere', { status: 404 });
});

test('an account with two posts chooses one', async (t) => {
  const reader = await visitor(t, 'nadia.multi');
  await reader.look('assignment', '/login/assignment');
  await reader.act('assignment-refused', async (page) => {
    await page.goto('/login/assignment');
    await submit(page, page.locator('form.choice'));
  }, { status: 422 });
});

test('a social worker', async (t) => {
  const reader = await visitor(t, 'worker.rabat');

  await reader.lists('cases', '/cases', 'case');
  await reader.look('card', await reader.colleaguesCase('supervisor.rabat'));
  await reader.act('card-refused', async (page) => {
    await submit(page, page.locator('form[action$="/open"]'));
  }, { status: 422 });

  const own = await reader.first('/cases?filter=mine', '.case h3 a');
  await reader.follow('child', own, 'aside a[href^="/children/"]');
  const child = reader.address;
  await reader.follow('child-edit', child, 'a[href$="/edit"]');
  await reader.act('child-edit-refused', async (page) => {
    await page.locator('label[for=birth-date]').click();
    await page.locator('[name=birth_date]').fill('31/02/2020');
    await submit(page, page.locator('form.card'));
  }, { status: 422 });
  await reader.follow('relative', child, 'a[href$="/family/new"]');
  await reader.act('relative-refused', async (page) => {
    await submit(page, page.locator('form.card'));
  }, { status: 422 });
  await reader.follow('service-child', own, 'a[href^="/services/new"]');
  await reader.act('service-child-refused', async (page) => {
    await submit(page, page.locator('form.card'));
  }, { status: 422 });
  await reader.look('compose', `${own}/prosecution/new`);
  await reader.act('compose-refused', async (page) => {
    await submit(page, page.locator('form.card'));
  }, { status: 422 });

  await reader.lists('contacts', '/contacts');
  await reader.look('contact-new', '/contacts/new');
  await reader.act('contact-refused', async (page) => {
    await submit(page, page.locator('form.card'));
  }, { status: 422 });
  await reader.act('contact-three-children', async (page) => {
    await page.goto('/contacts/new');
    for (const count of [2, 3]) {
      await page.locator('[name=add_child]').click();
      await page.locator('.rep').nth(count - 1).waitFor();
    }
  });
  await reader.act('contact-receipt', (page) => logContact(page));

  await reader.look('mothers', '/mothers');
  await reader.look('worker-dashboard', '/dashboard', { status: 403 });
  await reader.lists('worker-prosecution', '/prosecution');
  await reader.look('plan', '/plan');
  await reader.look('not-found', '/cases/00000000-0000-7000-8000-000000000000', { status: 404 });
});

test('a supervisor', async (t) => {
  const reader = await visitor(t, 'supervisor.rabat');

  await reader.lists('supervisor-cases', '/cases', 'supervisor-case');
  await reader.lists('supervisor-contacts', '/contacts');
  const waiting = await reader.first('/contacts?state=submitted', '.case h3 a');
  await reader.look('triage', waiting);
  await reader.act('triage-refused', async (page) => {
    await submit(page, page.locator('form[action$="/triage"]'));
  }, { status: 422 });
  await reader.look('contact-triaged', await reader.first('/contacts', '.case:has(.pill.brand) h3 a'));

  await reader.lists('supervisor-mothers', '/mothers', 'mother');
  const mother = await reader.first('/mothers?effect=not_prosecuted', '.case h3 a');
  await reader.follow('service-mother', mother, 'a[href^="/services/new?mother="]');
  await reader.act('service-mother-refused', async (page) => {
    await submit(page, page.locator('form.card'));
  }, { status: 422 });
  await reader.follow('deliver', await reader.search('/mothers', '.case h3 a', 'a[href$="/deliver"]'), 'a[href$="/deliver"]');
  await reader.follow('proof', await reader.search('/cases', '.case h3 a', 'aside a[href^="/children/"]',
    'a[href$="/proof"]'), 'a[href$="/proof"]');

  await reader.lists('supervisor-prosecution', '/prosecution', 'supervisor-referral');
  await reader.look('supervisor-notice', await reader.first('/prosecution', '#notices h3 a'));
  await dashboards(reader, 'supervisor-dashboard');
  await reader.look('supervisor-plan', '/plan');
});

test('a prosecutor', async (t) => {
  const reader = await visitor(t, 'prosecutor.sale');
  await reader.lists('court-prosecution', '/prosecution', 'court-referral');
  await reader.look('court-notice', await reader.first('/prosecution', '#notices h3 a'));
  const waiting = await reader.search('/prosecution', '#files h3 a', 'form[action$="/decision"] .btn.pri');
  await reader.act('decision-refused', async (page) => {
    await page.goto(waiting);
    await submit(page, page.locator('form[action$="/decision"]:has(.btn.pri)').first());
  }, { status: 422 });
  await reader.look('court-cases', '/cases', { status: 403 });
  await reader.look('court-plan', '/plan');
});

test('the steering committee', async (t) => {
  const reader = await visitor(t, 'steering');
  await dashboards(reader, 'dashboard');
  await reader.look('steering-plan', '/plan');
  await reader.look('steering-cases', '/cases', { status: 403 });
  await reader.look('steering-root', '/audit/root');
});

test('an administrator', async (t) => {
  const reader = await visitor(t, 'admin');
  await reader.look('admin-home', '/');
  await reader.look('admin-dashboard', '/dashboard', { status: 403 });
  await reader.look('jobs', '/jobs');
});

test('the officer for data protection', async (t) => {
  const reader = await visitor(t, 'dpo');
  await reader.look('audit', '/audit');
  await reader.look('audit-refused', '/audit?from=31/02/2026', { status: 422 });
  await reader.look('audit-refusals', '/audit?action=access.refused');
  await reader.look('audit-none', '/audit?object=none');
  const file = await reader.first('/audit?action=case.opened', 'td a[href^="/audit/file"]');
  await reader.look('audit-file', file);
  await reader.look('audit-file-none', '/audit/file?number=none');
  await reader.look('audit-reading', '/audit/reading');
  await reader.look('audit-register', '/audit/register');
  await reader.look('audit-root', '/audit/root');
  await reader.look('audit-root-refused', '/audit/root?day=31/02/2026', { status: 422 });
});

test('in English, on a wide screen in the dark', async (t) => {
  const page = await newPage(t, { lang: 'en', dark: true });
  await choose(page, 'en');
  await page.goto('/login');
  await check(page, { lang: 'en' }, 'english-login');
  await signIn(page, 'supervisor.rabat');
  for (const path of ['/cases', '/contacts/new', '/mothers', '/prosecution', '/dashboard', '/plan']) {
    await page.goto(path);
    await check(page, { lang: 'en' }, `english${path.replaceAll('/', '-')}`);
  }
  await page.goto(await page.goto('/cases').then(() => href(page, '.case h3 a')));
  await check(page, { lang: 'en' }, 'english-case');
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
  await choose(page, 'fr');
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

// The published figures, a date before the plan, a city, a date that is none.
async function dashboards(reader, name) {
  await reader.look(name, '/dashboard');
  await reader.look(`${name}-past`, '/dashboard?as_of=2020-12-15');
  await reader.look(`${name}-city`, '/dashboard?city=rabat');
  await reader.look(`${name}-wrong`, '/dashboard?as_of=2026-99-99', { status: 422 });
}

/** Looks at pages with a desk and a phone that share one session. */
async function visitor(t, username) {
  const views = [];
  for (const options of [DESK, PHONE]) {
    const page = await newPage(t, options);
    await choose(page, options.lang);
    views.push({ page, ...options });
  }
  const [desk, phone] = views.map((view) => view.page);
  if (username) {
    await signIn(desk, username);
    const session = (await desk.context().cookies()).filter(({ name }) => name !== 'lang');
    await phone.context().addCookies(session);
  }

  const reader = {
    address: undefined,

    /** A page by its address. */
    look(name, address, options) {
      reader.address = address;
      return reader.act(name, (page) => page.goto(address), options);
    },

    /** What comes after doing something. */
    act(name, action, { status = 200 } = {}) {
      return t.test(name, () => Promise.all(views.map(async (view) => {
        const { page } = view;
        const response = await answer(page, () => action(page));
        assert.equal(response.status(), status, response.url());
        await check(page, view, name, response);
      })));
    },

    /** The page behind the first link that matches, on a page that is looked at already. */
    async follow(name, from, selector) {
      await reader.look(name, await reader.first(from, selector));
    },

    /** The address of the first link that matches. */
    async first(from, selector) {
      await desk.goto(from);
      return href(desk, selector);
    },

    /** A list, each of its filters, and the first file of each that is not looked at yet. */
    async lists(name, address, file) {
      await reader.look(name, address);
      const seen = new Set();
      await desk.goto(address);
      const filters = await hrefs(desk, 'main nav.chips a');
      for (const filter of filters.length ? filters : [address]) {
        const short = new URL(filter, app.url).search.replace(/^\?\w+=/, '') || 'all';
        // one picture of a list is enough, and one of each kind of file
        if (filter !== address && !collecting) await reader.look(`${name}-${short}`, filter);
        if (!file || (collecting && seen.size)) continue;
        await desk.goto(filter);
        const row = (await hrefs(desk, '.cases .case h3 a')).find((link) => !seen.has(link) && !link.includes('/notices/'));
        if (!row) continue;
        seen.add(row);
        await reader.look(collecting ? file : `${file}-${short}`, row);
      }
    },

    /** The first page behind a list that has what is sought; `steps` are links to follow on the way. */
    async search(list, rows, ...steps) {
      const sought = steps.pop();
      await desk.goto(list);
      for (const row of await hrefs(desk, rows)) {
        let here = row;
        await desk.goto(here);
        for (const step of steps) {
          here = await href(desk, step);
          await desk.goto(here);
        }
        if (await desk.locator(sought).count()) return here;
      }
      throw new Error(`no page behind ${list} has ${sought}`);
    },

    /** A file that a supervisor can read and this reader cannot. */
    async colleaguesCase(supervisor) {
      const other = await newPage(t, DESK);
      await signIn(other, supervisor);
      await other.goto('/cases?filter=open');
      for (const row of await hrefs(other, '.case h3 a')) {
        await desk.goto(row);
        if (await desk.locator('form[action$="/open"]').count()) return row;
      }
      throw new Error('every file is open to this reader');
    },
  };
  return reader;
}

/** Everything that holds on every page. */
async function check(page, { lang }, name, response) {
  if (collecting) return hang(page, lang, name);
  const faults = [];
  const gather = async (promise) => promise.catch((error) => faults.push(error.message));

  if (response) await gather(weight(response));
  await gather(document_(page, lang));
  for (const width of WIDTHS) await gather(noHorizontalScroll(page, width));
  await gather(axe(page));
  await picture(page, `${name}-${lang}`);
  assert.equal(faults.length, 0, `${name} in ${lang}:\n${faults.join('\n')}`);
}

async function weight(response) {
  const { responseBodySize: bytes } = await response.request().sizes();
  assert.ok(bytes > 0 && bytes <= DOCUMENT_LIMIT, `${response.url()} weighs ${bytes} bytes`);
}

async function document_(page, lang) {
  const seen = await page.evaluate(() => {
    const names = [...document.querySelectorAll('h1 [dir=auto], h1[dir=auto], main h3 [dir=auto], main dd [dir=auto]')];
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    return {
      lang: document.documentElement.lang,
      dir: document.documentElement.dir,
      title: document.title,
      headings: document.querySelectorAll('h1').length,
      names: names.map((element) => element.textContent.trim()).filter((text) => text.length > 3),
      twice: ids.filter((id, index) => ids.indexOf(id) !== index),
      refused: [...document.querySelectorAll('[role=alert] li a')].map((link) => ({
        text: link.textContent.trim(),
        leads: document.getElementById(link.getAttribute('href').slice(1)) !== null,
      })),
      icons: [...document.querySelectorAll('use')].map((use) => use.getAttribute('href').split('#')[1]),
    };
  });
  assert.equal(seen.lang.slice(0, 2), lang);
  assert.equal(seen.dir, lang === 'ar' ? 'rtl' : 'ltr');
  assert.equal(seen.headings, 1, `${page.url()} has ${seen.headings} h1`);
  assert.match(seen.title, / — \S/);
  const named = seen.names.filter((name) => seen.title.includes(name));
  assert.deepEqual(named, [], `${page.url()} names a person in its title`);
  assert.deepEqual(seen.twice, [], `${page.url()} has an id twice`);
  const astray = seen.refused.filter(({ leads }) => !leads);
  assert.deepEqual(astray, [], `${page.url()} links its refusal to nothing`);
  const nameless = seen.refused.filter(({ text }) => !/^.+ ?: ./.test(text));
  assert.deepEqual(nameless, [], `${page.url()} does not say which answer`);
  const drawn = await sprite();
  assert.deepEqual(seen.icons.filter((icon) => !drawn.has(icon)), [], `${page.url()} lacks icons`);
}

let icons;
function sprite() {
  icons ??= fetch(`${app.url}/static/icons.svg`).then((answer) => answer.text())
    .then((text) => new Set([...text.matchAll(/ id="([\w-]+)"/g)].map((match) => match[1])));
  return icons;
}

/** The answer that the page shows after an action. */
async function answer(page, action) {
  let last;
  const keep = (response) => {
    const request = response.request();
    if (request.isNavigationRequest() && !(response.status() >= 300 && response.status() < 400)) last = response;
  };
  page.on('response', keep);
  await action();
  page.off('response', keep);
  assert.ok(last, 'nothing was answered');
  await last.finished();
  return last;
}

/** Sends a form by its main button and waits for the page that answers. */
async function submit(page, form) {
  const button = form.locator('button:not(.vh):not([name=add_child]):not([name=remove_child])').last();
  await Promise.all([page.waitForEvent('framenavigated'), button.click()]);
  await page.waitForLoadState();
}

async function logContact(page) {
  await page.goto('/contacts/new');
  const other = page.locator('label[for=spot-other]');
  if (await other.count()) await other.click();
  for (const field of ['place', 'place_kind', 'circumstance']) {
    await page.locator(`select[name=${field}]`).selectOption({ index: 1 });
  }
  for (const field of ['child-0-sex', 'child-0-age', 'adult', 'action']) {
    await page.locator(`label[for^="${field}-"]`).first().click();
  }
  await submit(page, page.locator('form.card'));
}

async function choose(page, lang) {
  await page.context().addCookies([{ name: 'lang', value: lang, url: app.url }]);
}

async function hrefs(page, selector) {
  return page.locator(selector).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
}

async function href(page, selector) {
  const [first] = await hrefs(page, selector);
  assert.ok(first, `${page.url()} has no ${selector}`);
  return first;
}
