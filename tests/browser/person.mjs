// Somebody who does their work with a finger or a mouse, and every press of whom is counted. They go from page to
// page by what they see there: no address is typed after the first one, so a dead end stops them, as it would a
// person. On each page that they meet for the first time, what holds on every page is checked.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { axe, newPage, noHorizontalScroll, picture, shot, signIn } from './support.mjs';

const locales = new URL('../../locales/', import.meta.url);
const NARROWEST = 320;

/** The words of a key without variables, as the program says them. */
export function say(lang, key) {
  for (const file of readdirSync(new URL(`${lang}/`, locales))) {
    const line = readFileSync(new URL(`${lang}/${file}`, locales), 'utf8').split('\n').find((one) => one.startsWith(`${key} = `));
    if (line) return line.slice(key.length + 3).trim();
  }
  throw new Error(`no ${key} in ${lang}`);
}

/** Today in Morocco, as a form takes it; `days` later. */
export function day(days = 0) {
  const at = new Date(Date.now() + days * 86_400_000);
  return new Intl.DateTimeFormat('en-GB', { timeZone: 'Africa/Casablanca' }).format(at);
}

/** The path of an address, with `{id}` for what tells one row from another. */
const screen = (url) => new URL(url).pathname.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '{id}');

/** One telling of a story, in a language and at a width: who is in it, what was seen, and what each step cost. */
export class Telling {
  steps = [];
  faults = [];
  #people = new Map();

  /** `walk` remembers, from one story to the next, what was seen and who is signed in. */
  constructor(t, walk) {
    walk.seen ??= new Set();
    walk.sessions ??= new Map();
    Object.assign(this, { t, ...walk });
    this.name = `${walk.lang}-${walk.width}`;
  }

  /** The person with that account; signed in the first time. */
  async person(username) {
    if (!this.#people.has(username)) this.#people.set(username, await Person.enter(this, username));
    return this.#people.get(username);
  }

  /** The end: what was seen is judged together, so that one run tells of every page. */
  end() {
    assert.deepEqual(this.faults, [], `${this.name}:\n${this.faults.join('\n')}`);
  }

  /** A part of the story that somebody does; what it costs is written down. */
  async step(name, person, act) {
    const [before, from] = [person.presses, person.screens.length];
    try {
      await act(person);
    } catch (error) {
      await shot(person.page, `stopped-${this.name}`);
      throw new Error(`"${name}" stopped on ${person.page.url()}`, { cause: error });
    }
    this.steps.push({ name, presses: person.presses - before, screens: [...new Set(person.screens.slice(from))] });
  }
}

/** Somebody at a screen. */
export class Person {
  presses = 0;
  screens = [];

  static async enter(telling, username) {
    const person = new Person();
    Object.assign(person, { telling, username, lang: telling.lang });
    const { lang, width, dark, allow } = telling;
    person.page = await newPage(telling.t, { lang, width, dark, allow });
    const known = telling.sessions.get(username);
    if (known) await person.page.context().addCookies(known);
    await person.page.goto(known ? '/' : '/login');
    if (!known) await person.#signIn(username);
    telling.sessions.set(username, await person.page.context().cookies());
    assert.equal(await person.page.evaluate(() => document.documentElement.lang.slice(0, 2)), telling.lang);
    await person.look();
    return person;
  }

  async #signIn(username) {
    const { telling, page } = this;
    const other = this.$(`.lang button[value=${telling.lang}]:not([aria-current])`).filter({ visible: true });
    if (await other.count()) await Promise.all([page.waitForEvent('framenavigated'), other.first().click()]);
    await signIn(page, username);
  }

  $(selector) { return this.page.locator(selector); }
  get path() { return new URL(this.page.url()).pathname; }
  get name() { return this.$('.side .foot b').first().textContent().then((text) => text.trim()); }

  /** What holds on every page; a page of the same kind is looked at once, unless it has a name of its own here. */
  async look(name) {
    const kind = name ?? screen(this.page.url());
    if (this.telling.seen.has(kind)) return;
    this.telling.seen.add(kind);
    const gather = (promise) => promise.catch(({ message }) => this.telling.faults.push(`${kind}: ${message}`));
    await gather(noHorizontalScroll(this.page));
    if (this.telling.width < 700) await gather(noHorizontalScroll(this.page, NARROWEST));
    await gather(axe(this.page));
    const number = String(this.telling.seen.size).padStart(2, '0');
    await picture(this.page, `care-${this.telling.name}-${number}-${kind.replaceAll(/\W+/g, '-')}`);
  }

  /** A press that leads to another page, or to the same one anew. */
  async press(selector) {
    const target = await this.#inView(selector);
    this.presses += 1;
    await Promise.all([this.page.waitForEvent('framenavigated'), target.click()]);
    await this.page.waitForLoadState();
    this.screens.push(screen(this.page.url()));
    await this.look();
  }

  /** A press that opens or marks something on this page. */
  async tap(selector) {
    const target = await this.#inView(selector);
    this.presses += 1;
    await target.click();
  }

  /** Goes where a link of this page leads; on a phone the menu is one press away. */
  async follow(href) {
    const link = `a[href="${href}"]`;
    const isMenus = (await this.$(link).count()) && !(await this.$(`main ${link}`).count());
    if (isMenus && !(await this.$(link).filter({ visible: true }).count())) {
      await this.tap('.tabs-b a[href="#menu"]');
      await this.$(`.side ${link}`).waitFor({ state: 'visible' });
    }
    await this.press(link);
  }

  /** One of several answers that are all seen: its label is the target, as for a finger. */
  async answer(id) {
    const input = this.$(`[id="${id}"]`);
    if (!(await input.isChecked())) await this.tap(`label[for="${id}"]`);
    assert.ok(await input.isChecked(), `${id} is not marked`);
  }

  /** A choice in a menu: opened, chosen. Nothing if it stands there already. */
  async choose(field, value) {
    const menu = await this.#inView(`[id="${field}"]`);
    if (typeof value === 'string' && (await menu.inputValue()) === value) return;
    this.presses += 2;
    await menu.selectOption(value);
  }

  /** Words in a field: one press to be in it. Nothing if they stand there already. */
  async write(field, words) {
    const input = await this.#inView(`[id="${field}"]`);
    if ((await input.inputValue()) === words) return;
    this.presses += 1;
    await input.fill(words);
  }

  /** Presses whose number is not the page's doing. */
  async uncounted(act) {
    const { presses } = this;
    await act();
    this.presses = presses;
  }

  /** The page says this, in words of the program. */
  async reads(selector, key) {
    const words = say(this.lang, key);
    await this.$(selector).filter({ hasText: words }).first().waitFor({ state: 'visible' });
  }

  /** A form was refused: its summary is read first, and names so many things. */
  async isRefused(count) {
    const said = await this.$('[role=alert] li').allInnerTexts();
    assert.equal(said.length, count, await this.$('main').innerText());
    for (const line of said) assert.match(line, /^.+\s?: ./, 'a refusal that does not say which answer');
  }

  async isNotRefused() {
    assert.equal(await this.$('[role=alert]').count(), 0, await this.$('main').innerText());
  }

  /** The first that is seen; what is folded is unfolded, which is a press. */
  async #inView(selector) {
    const all = this.$(selector);
    await all.first().waitFor({ state: 'attached' });
    if (!(await all.filter({ visible: true }).count())) {
      const fold = this.$(`details:not([open]):has(${selector})`).filter({ visible: true }).first();
      this.presses += 1;
      await fold.locator('> summary').click();
    }
    return all.filter({ visible: true }).first();
  }
}
