// The story of an urgent notice, from the cell to the file that it leads to; of a decision that names several offences; and
// of a paper of many pages, which is made while its reader waits. Told by notices.test.mjs in two languages and at two
// widths.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { day, say } from './person.mjs';
import { isTold, onDesk, sentAtOnce, wordsOf as wordsOfJustice } from './story-justice.mjs';

// As in reference/offence.csv, the further ones in its order.
const MAIN = 'pc_326';
const FURTHER = ['pc_327_threat', 'pc_327_group'];

/** Lines of a summary that make more than ten pages, and fewer letters than it may have. */
const DAYS = 500;

// A debug build reads every font for its first paper, and sets a long one slowly.
const TYPESETTING = 120_000;

/** Names of a third family, what a long summary begins with, and a word of each offence. */
const WORDS = {
  ar: {
    thirdChild: 'سلوى المرمرية', thirdMother: 'نجمة العقيقية', days: 'الأيام التي رُصدت فيها الطفلة:',
    offences: ['لشخص', 'التهديد', 'جماعة'],
  },
  fr: {
    thirdChild: 'Salwa Marmara', thirdMother: 'Najma Aqiq', days: 'Jours où l\'enfant a été vue :',
    offences: ['habituelle', 'menaces', 'réunion'],
  },
};

export const wordsOf = (lang) => ({ ...wordsOfJustice(lang), ...WORDS[lang] });

/** A day on each line. */
export function longSummary(words) {
  const days = Array.from({ length: DAYS }, (_, ago) => day(-ago).slice(0, 5));
  return [words.days, ...days].join('\n');
}

/** Any worker of the file sends it, before anything is composed: nothing is typed, and no name is in it. */
export async function warned(telling, story) {
  const worker = await telling.person(`worker.${telling.city}`);
  await telling.step('The worker sends an urgent notice', worker, async (who) => {
    await who.follow('/today');
    await who.follow(story.file);
    const { presses } = who;
    await who.press('form[action$="/prosecution/urgent"] button');
    assert.equal(who.presses - presses, 2, 'unfolded, and one click');
    await who.isNotRefused();
    assert.match(who.path, /^\/prosecution\/notices\/[0-9a-f-]{36}$/);
    story.notice = who.path;
    await who.reads('.pill', 'notice-waiting');
    for (const name of [story.words.child, story.words.mother]) {
      assert.equal(await who.$('main').getByText(name).count(), 0, 'no name is in a notice');
    }
    assert.equal(await who.$('main form').count(), 0, 'it is not taken back');
    await who.look('notice sent');
  });
}

/** The registry receives it, who is on duty reads it, and the cell sees both. */
export async function readAtCourt(telling, story) {
  const registrar = await telling.person(`registrar.${telling.city}`);
  const chief = await telling.person(`chief.${telling.city}`);
  const worker = await telling.person(`worker.${telling.city}`);
  await telling.step('The registry receives the notice', registrar, async (who) => {
    await who.follow('/prosecution');
    await who.press(`#notices h3 a[href="${story.notice}"]`);
    await who.reads('.pill', 'notice-waiting');
    await who.look('notice at the registry');
    await who.press('form[action$="/acknowledge"] button.pri');
    await who.reads('.pill', 'notice-registered');
    assert.equal(await who.$('form[action$="/acknowledge"]').count(), 0, 'nobody reads it for a prosecutor');
  });
  await telling.step('Who is on duty is told, and reads it', chief, async (who) => {
    await isTold(who, 'notice-urgent-notice-arrived', story.notice);
    await who.press(`main a[href="${story.notice}"]`);
    await who.reads('.pill', 'notice-registered');
    await who.press('form[action$="/acknowledge"] button.pri');
    await who.reads('.pill', 'notice-acknowledged');
    await who.look('notice read');
  });
  await telling.step('The worker sees that it was read, and by whom', worker, async (who) => {
    await who.press(`main a[href="${story.file}"]`);
    await who.reads('#judicial', 'notice-acknowledged');
    await who.press(`#judicial a[href="${story.notice}"]`);
    await who.reads('.pill', 'notice-acknowledged');
    await who.$('[aria-labelledby="seen-h"] b').filter({ hasText: await chief.name }).first().waitFor({ state: 'visible' });
  });
}

/** It came to the wrong court: sent on for a reason of the list, it is new there, and read here no more. */
export async function sentOn(telling, story) {
  const registrar = await telling.person(`registrar.${telling.city}`);
  const chief = await telling.person(`chief.${telling.city}`);
  const other = await telling.person(`prosecutor.${telling.other}`);
  const worker = await telling.person(`worker.${telling.city}`);
  const sender = await chief.name;
  assert.equal((await other.page.goto(story.notice)).status(), 404, 'what lies at one court is not read at another');
  await other.page.goto('/prosecution');
  await telling.step('The chief sends the notice to another court', chief, async (who) => {
    await who.choose('to_court', telling.otherCourt);
    await who.press('form[action$="/send-on"] button');
    await who.isRefused(1);
    await who.look('notice without a reason to go on');
    await who.choose('to_court_reason', 'family_residence');
    await who.press('form[action$="/send-on"] button');
    await who.isNotRefused();
    assert.equal(who.path, '/prosecution');
    await who.reads('#notices .pill', 'notice-sent-on');
    await who.$('#notices').filter({ hasText: telling.otherName }).waitFor({ state: 'visible' });
    assert.equal(await who.$(`main a[href="${story.notice}"]`).count(), 0);
    await who.look('notice sent on');
  });
  for (const one of [registrar, chief]) {
    assert.equal((await one.page.goto(story.notice)).status(), 404, 'the court that sent it on reads it no more');
  }
  await telling.step('The other court finds it, unread, and from where it came', other, async (who) => {
    await who.follow('/prosecution');
    await who.press(`#notices h3 a[href="${story.notice}"]`);
    await who.reads('.pill', 'notice-waiting');
    await who.reads('[aria-labelledby="seen-h"]', 'notice-sent-on');
    await who.$('[aria-labelledby="seen-h"]').filter({ hasText: sender }).waitFor({ state: 'visible' });
    await who.look('notice from another court');
  });
  await telling.step('The cell learns where it went', worker, async (who) => {
    await isTold(who, 'notice-urgent-notice-rerouted', `${story.file}#judicial`);
    await who.press(`main a[href="${story.file}#judicial"]`);
    await who.reads('#judicial', 'notice-waiting');
    await who.press(`#judicial a[href="${story.notice}"]`);
    await who.$('[aria-labelledby="seen-h"]').filter({ hasText: telling.otherName }).waitFor({ state: 'visible' });
  });
}

/** A dossier follows to the same court: each leads to the other, and who takes the file has read the notice. */
export async function ledToFile(telling, story) {
  const other = await telling.person(`prosecutor.${telling.other}`);
  await sentAtOnce(telling, story, async (who) => {
    await who.choose('court', telling.otherCourt);
    await who.choose('court_reason', 'family_residence');
  });
  await telling.step('The notice leads to the file, and the file to the notice', other, async (who) => {
    await who.follow('/prosecution');
    await who.press(`#notices h3 a[href="${story.notice}"]`);
    await who.reads('[aria-labelledby="seen-h"]', 'notice-led-to');
    await who.look('notice with its file');
    await who.press(`main a[href="${story.judicial}"]`);
    await who.reads('#custody', 'notice-before');
    await who.reads('#custody', 'notice-waiting');
    await who.look('file after its notice');
    await who.press('form[action$="/take"] button.pri');
    await who.isNotRefused();
    await who.reads('.pill', 'judicial-state-under-study');
    await who.press(`#custody a[href="${story.notice}"]`);
    await who.reads('.pill', 'notice-acknowledged');
  });
}

/** One decision names several offences, the main one first: on the page of the court, and on its notice. */
export async function charged(telling, story, app) {
  const prosecutor = await telling.person(`prosecutor.${telling.city}`);
  const form = 'form:has([id="a1-offence"]) button';
  await telling.step('The mother is prosecuted for three offences in one decision', prosecutor, async (who) => {
    await who.answer('a1-prosecuted');
    await who.choose('a1-kind_prosecuted', 'prosecution_at_liberty');
    for (const code of FURTHER) await who.answer(`a1-further-${code}`);
    await who.press(form);
    await who.isRefused(1);
    for (const code of FURTHER) assert.ok(await who.$(`[id="a1-further-${code}"]`).isChecked(), `${code} is lost`);
    await who.look('further offences without a main one');
    await who.choose('a1-offence', MAIN);
    const offered = [`[id="a1-offence"] option[value="${MAIN}"]`, ...FURTHER.map((code) => `label[for="a1-further-${code}"]`)];
    const wanted = await Promise.all(offered.map((one) => who.$(one).textContent().then(tidy)));
    await who.press(form);
    await who.isNotRefused();
    await who.reads('#a1 .pill', 'decision-prosecuted');
    // its kind, then a line for each
    const lines = (await who.$('#a1 > .mt > p.sm').first().innerText()).split('\n').map(tidy);
    assert.deepEqual(lines.slice(1), wanted);
    await who.look('three offences in one decision');
  });
  await telling.step('Its notice is printed, and names them all', prosecutor, async (who) => {
    const link = '#a1 a[href$="/notice.pdf"]';
    const address = await who.$(link).first().getAttribute('href');
    const [answer, view] = await Promise.all([aPaper(who), opened(who, app, link)]);
    assert.equal(answer.status(), 200);
    const text = dense(await textOf(who, `${address}?lang=${telling.lang}`));
    for (const word of story.words.offences) assert.ok(text.includes(dense(word)), `${word}: ${text}`);
    await view.close();
  });
}

/** A paper of more than ten pages: it is asked for, its reader sees how far it is, and it opens. */
export async function manyPages(telling, story, app) {
  const prosecutor = await telling.person(`prosecutor.${telling.city}`);
  const here = `${story.judicial}/paper.pdf?lang=${telling.lang}`;
  const link = `#extract a[href="${telling.lang === 'ar' ? `${story.judicial}/paper.pdf` : here}"]`;
  await telling.step('A long dossier is printed', prosecutor, async (who) => {
    await onDesk(who, story, 'transmitted');
    const file = who.page;
    who.page = await opened(who, app, link);
    const stepsDone = () => who.$('.check .k:not(.a):not(.w)').count();
    const renewal = who.$('meta[http-equiv="refresh"]');
    // it looks again by itself within five seconds
    const progress = [await stepsDone()];
    assert.equal(await renewal.count(), 1);
    await who.reads('h1', 'judicial-paper-making');
    await who.reads('.check li', 'judicial-paper-step-now');
    // until its reader stops that; axe, which knows no renewal that can be stopped, looks at this page
    who.presses += 1;
    await Promise.all([
      who.page.waitForURL((url) => url.searchParams.has('by_hand')),
      who.$('main a[href$="&by_hand=1"]').click(),
    ]);
    assert.equal(await renewal.count(), 0);
    progress.push(await stepsDone());
    await who.look('paper being made');
    // back to the page that renews itself: nothing is pressed until it is ready
    await who.page.goBack();
    await who.$('h1').filter({ hasText: say(telling.lang, 'judicial-paper-made') }).waitFor({ timeout: TYPESETTING });
    progress.push(await stepsDone());
    assert.deepEqual(progress, [...progress].sort(), 'a step that was done is not done any more');
    assert.equal(progress.at(-1), 3);
    assert.equal(await renewal.count(), 0);
    await who.look('paper ready');
    const [answer] = await Promise.all([aPaper(who), who.tap('main a[href$="&open=1"]')]);
    assert.equal(answer.status(), 200);
    const pages = (await textOf(who, `${here}&open=1`)).split('\f').length - 1;
    assert.ok(pages > 10, `${pages} pages`);
    await who.page.close();
    who.page = file;
  });
}

/** What a link to a paper opens in a window of its own; who has not shown who they are for five minutes does so first. */
async function opened(who, app, link) {
  const inTime = { timeout: TYPESETTING };
  const [view] = await Promise.all([who.page.waitForEvent('popup', inTime), who.tap(link)]);
  await view.waitForLoadState('load', inTime);
  if (new URL(view.url()).pathname === '/account/confirm') {
    await view.locator('#confirm_password').fill(app.accounts.get(who.username).password);
    await Promise.all([
      view.waitForURL((url) => url.pathname !== '/account/confirm', inTime),
      view.locator('.actbar button').click(),
    ]);
  }
  return view;
}

/** The next paper that comes, in whatever window. */
function aPaper(who) {
  const predicate = (answer) => answer.headers()['content-type'] === 'application/pdf';
  return who.page.context().waitForEvent('response', { predicate, timeout: TYPESETTING });
}

/** The text of a paper as poppler reads it, without what stands across it; a form feed ends each page. */
async function textOf(who, address) {
  const answer = await who.page.context().request.get(address, { timeout: TYPESETTING });
  assert.equal(answer.status(), 200, address);
  assert.equal(answer.headers()['content-type'], 'application/pdf', address);
  const input = await answer.body();
  return execFileSync('pdftotext', ['-nodiag', '-enc', 'UTF-8', '-', '-'], { input, encoding: 'utf8' });
}

const tidy = (text) => text.replaceAll(/\s+/g, ' ').trim();

/** Each letter in its plain form, without spaces and marks of direction. */
const dense = (text) => text.normalize('NFKC').replaceAll(/[\s\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, '');
