// Somebody who looks at pages: at a desk in Arabic and on a phone in French in the dark, with one session; and
// what holds on each page that is looked at. The walks are in walks.mjs.

import assert from 'node:assert/strict';
import { collecting, hang, hangOne } from './gallery.mjs';
import { axe, newPage, noHorizontalScroll, picture, signIn } from './support.mjs';

const KB = 1024;
const DOCUMENT_LIMIT = 12 * KB;
const WIDTHS = [320, 390, 1280];
export const DESK = { lang: 'ar', width: 1280 };
export const PHONE = { lang: 'fr', width: 390, dark: true };

/** The paths that were answered with a page. */
export const seen = new Set();

/** Looks at pages with a desk and a phone that share one session. */
export async function visitor(t, app, username) {
  const views = [];
  for (const options of [DESK, PHONE]) {
    const page = await newPage(t, options);
    await choose(page, app, options.lang);
    views.push({ page, ...options });
  }
  const [desk, phone] = views.map((view) => view.page);

  const reader = {
    address: undefined,

    /** The phone takes the session of the desk. */
    async share() {
      const session = (await desk.context().cookies()).filter(({ name }) => name !== 'lang');
      await phone.context().addCookies(session);
    },

    /** A page by its address. */
    look(name, address, options) {
      reader.address = address;
      return reader.act(name, (page) => page.goto(address), options);
    },

    /** What comes after doing something. */
    act(name, action, { status = 200 } = {}) {
      // both to their end: what one finds must not leave the other behind, to disturb the next page
      return t.test(name, async () => {
        const looks = await Promise.allSettled(views.map(async (view) => {
          const { page } = view;
          const response = await answer(page, () => action(page, view));
          assert.equal(response.status(), status, response.url());
          await check(page, app, view, name, response);
        }));
        for (const { reason } of looks) if (reason) throw reason;
      });
    },

    /** Done at the desk alone; the phone takes the session that comes of it. */
    async alone(action) {
      await action(desk);
      await reader.share();
    },

    /** A form sent as it stands, and refused. */
    refused(name, address, form) {
      return reader.act(name, async (page) => {
        await page.goto(address);
        await submit(page, page.locator(form).first());
      }, { status: 422 });
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

    /** The first link that matches after doing something. */
    async found(action, selector) {
      await action(desk);
      return href(desk, selector);
    },

    /** What is no page of ours: a document, in a window of its own, drawn by the browser when it has the time. */
    document(name, address) {
      return t.test(name, async (t) => {
        const view = await newPage(t, { ...DESK, allow: [/favicon/] });
        await view.context().addCookies(await desk.context().cookies());
        const response = await view.goto(address);
        assert.equal(response.status(), 200, address);
        seen.add(new URL(response.url()).pathname);
        if (collecting) await hangOne(view, `${name}.${DESK.lang}.${DESK.width}.light`);
      });
    },

    /** A list, each of its filters, and the first file of each that is not looked at yet. */
    async lists(name, address, file) {
      await reader.look(name, address);
      const met = new Set();
      await desk.goto(address);
      const filters = await hrefs(desk, 'main nav.chips a');
      for (const filter of filters.length ? filters : [address]) {
        const short = new URL(filter, app.url).search.replace(/^\?\w+=/, '') || 'all';
        // one picture of a list is enough, and one of each kind of file
        if (filter !== address && !collecting) await reader.look(`${name}-${short}`, filter);
        if (!file || (collecting && met.size)) continue;
        await desk.goto(filter);
        const row = (await hrefs(desk, '.cases .case h3 a')).find((link) => !met.has(link) && !link.includes('/notices/'));
        if (!row) continue;
        met.add(row);
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
  if (username) {
    await signIn(desk, username);
    await reader.share();
  }
  return reader;
}

/** Everything that holds on every page. */
export async function check(page, app, { lang }, name, response) {
  if (response) seen.add(new URL(response.url()).pathname);
  if (collecting) return hang(page, lang, name);
  const faults = [];
  const gather = async (promise) => promise.catch((error) => faults.push(error.message));

  if (response) await gather(weight(response));
  await gather(content(page, app, lang));
  for (const width of WIDTHS) await gather(noHorizontalScroll(page, width));
  await gather(tabs(page));
  await gather(axe(page));
  await picture(page, `${name}-${lang}`);
  assert.equal(faults.length, 0, `${name} in ${lang}:\n${faults.join('\n')}`);
}

async function weight(response) {
  const { responseBodySize: bytes } = await response.request().sizes();
  const { pathname } = new URL(response.url());
  // a judicial file has the forms of all its people, and of each correction
  const isJudicial = /^\/prosecution\/[0-9a-f-]{36}/.test(pathname);
  // the committee reads at a desk, and has every figure beside its chart
  const more = isJudicial ? 2048 : pathname === '/dashboard' ? 6144 : 0;
  const limit = DOCUMENT_LIMIT + more;
  assert.ok(bytes > 0 && bytes <= limit, `${response.url()} weighs ${bytes} bytes`);
}

async function content(page, app, lang) {
  const has = await page.evaluate(() => {
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
  assert.equal(has.lang.slice(0, 2), lang);
  assert.equal(has.dir, lang === 'ar' ? 'rtl' : 'ltr');
  assert.equal(has.headings, 1, `${page.url()} has ${has.headings} h1`);
  assert.match(has.title, / — \S/);
  const named = has.names.filter((name) => has.title.includes(name));
  assert.deepEqual(named, [], `${page.url()} names a person in its title`);
  assert.deepEqual(has.twice, [], `${page.url()} has an id twice`);
  const astray = has.refused.filter(({ leads }) => !leads);
  assert.deepEqual(astray, [], `${page.url()} links its refusal to nothing`);
  const nameless = has.refused.filter(({ text }) => !/^.+ ?: ./.test(text));
  assert.deepEqual(nameless, [], `${page.url()} does not say which answer`);
  const drawn = await sprite(app);
  assert.deepEqual(has.icons.filter((icon) => !drawn.has(icon)), [], `${page.url()} lacks icons`);
}

/** The foot of the narrowest phone: no word is cut. */
async function tabs(page) {
  const before = page.viewportSize();
  await page.setViewportSize({ ...before, width: WIDTHS[0] });
  const cut = await page.evaluate(() => [...document.querySelectorAll('.tabs-b a')]
    .filter((tab) => {
      const words = document.createRange();
      words.selectNodeContents(tab);
      const { left, right } = words.getBoundingClientRect();
      return tab.offsetParent !== null && (left < 1 || right > window.innerWidth - 1);
    })
    .map((tab) => tab.textContent.trim()));
  await page.setViewportSize(before);
  assert.deepEqual(cut, [], `${page.url()} cuts words of its tabs`);
}

let icons;
function sprite(app) {
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
export async function submit(page, form) {
  const button = form.locator('button:not(.vh):not([name=add_child]):not([name=remove_child])').last();
  await Promise.all([page.waitForEvent('framenavigated'), button.click()]);
  await page.waitForLoadState();
}

export async function logContact(page) {
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

export async function choose(page, app, lang) {
  await page.context().addCookies([{ name: 'lang', value: lang, url: app.url }]);
}

export async function hrefs(page, selector) {
  return page.locator(selector).evaluateAll((links) => links.map((link) => link.getAttribute('href')));
}

export async function href(page, selector) {
  const [first] = await hrefs(page, selector);
  assert.ok(first, `${page.url()} has no ${selector}`);
  return first;
}
