// The story of a dossier, on: what the court decides, and what follows from it the same minute for the child and for the
// mother; a hearing; the paper. Told by justice.test.mjs.

import assert from 'node:assert/strict';
import { day, say } from './person.mjs';
import { back } from './story-care.mjs';
import { byNotice, isTold, onDesk } from './story-justice.mjs';
import { axe, newPage, noHorizontalScroll, signIn } from './support.mjs';

/** Of the shape of a code, and on no paper. */
const NO_PAPER = '7ZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZZZ-ZZ';

// The first paper of a debug build reads every font.
const TYPESETTING = 60_000;

/** For the child a placement and a hearing; the mother is not prosecuted. */
export async function decided(telling, story) {
  const prosecutor = await telling.person(`prosecutor.${telling.city}`);
  await telling.step('The prosecutor places the child, and has the child heard', prosecutor, async (who) => {
    await who.press('form[action*="/children/"] button.pri');
    await who.isRefused(1);
    await who.look('measure refused');
    await who.choose('c1-kind', 'emergency_placement');
    await who.write('c1-instructions', story.words.instructions);
    await who.press('form[action*="/children/"] button.pri');
    await who.isNotRefused();
    await who.reads('#c1 .pill', 'judicial-recorded');
    await who.choose('c1-kind', 'child_hearing');
    await who.press('form:has([id="c1-kind"]) button');
    await who.isNotRefused();
    await who.look('measures recorded');
  });
  await telling.step('The mother is not prosecuted', prosecutor, async (who) => {
    await who.answer('a1-not_prosecuted');
    await who.choose('a1-kind_not_prosecuted', 'filed');
    await who.press('form:has([id="a1-kind_not_prosecuted"]) button');
    await who.isRefused(1);
    await who.look('decision without a reason');
    await who.choose('a1-reason', 'no_offence');
    await who.press('form:has([id="a1-kind_not_prosecuted"]) button');
    await who.isNotRefused();
    await who.reads('#a1 .pill', 'decision-not-prosecuted');
    await who.look('mother not prosecuted');
  });
}

/** The placement is in the child's file, with what is owed; a bed asked for from there strikes it out. */
export async function placed(telling, story) {
  const worker = await telling.person(`worker.${telling.city}`);
  const manager = await telling.person(`institution.${telling.city}`);
  const bed = `#judicial a[href="${story.file}/shelter"]`;
  await telling.step('The worker asks for the bed that was ordered', worker, async (who) => {
    await byNotice(who, story);
    await who.$('#judicial .quote').filter({ hasText: story.words.instructions }).waitFor({ state: 'visible' });
    await who.reads(bed, 'judicial-measure-place');
    await who.look('measures in the file');
    await who.press(bed);
    await who.tap('#group .opt:has(.pill.brand) label');
    await who.write('brought_by', story.words.brings);
    await who.choose('responsible', `en_cell_${telling.city}`);
    await who.press('form.card .actbar button.pri');
    await who.isNotRefused();
    await who.reads('.pill', 'bed-state-held');
    await back(who, story);
    assert.equal(await who.$(bed).count(), 0, 'the task is struck out');
  });
  const child = manager.$('main a[href^="/shelter/holds/"]').filter({ hasText: story.words.child });
  await telling.step('The institution receives the child', manager, async (who) => {
    await who.follow('/shelter/desk');
    await who.press(`main a[href="${await child.first().getAttribute('href')}"]`);
    await who.answer('move-admit');
    await who.press('form[action^="/shelter/holds/"] button.pri');
    await who.isNotRefused();
    await who.reads('.pill', 'bed-state-admitted');
  });
  await telling.step('The worker tells what was done for the hearing', worker, async (who) => {
    await byNotice(who, story);
    await who.reads('#shelter', 'bed-state-admitted');
    await who.press('form[action$="/prosecution/done"] button');
    await who.isRefused(1);
    await who.look('report refused');
    await who.write('measure_done', story.words.heard);
    await who.press('form[action$="/prosecution/done"] button.pri');
    await who.isNotRefused();
    await who.$('#judicial').getByText(story.words.heard).waitFor({ state: 'visible' });
    assert.equal(await who.$('form[action$="/prosecution/done"]').count(), 0, 'nothing more is owed');
    await who.look('measures done');
  });
}

/** Not prosecuted: the four services are open by themselves, and one is proposed. */
export async function opened(telling, story) {
  const worker = await telling.person(`worker.${telling.city}`);
  await telling.step('The mother\'s four services are open, and the worker proposes one', worker, async (who) => {
    await isTold(who, 'notice-mother-effect', `${story.file}#judicial`);
    await toMother(who, story);
    await who.reads('.pill', 'mother-access-open');
    await who.look('mother not prosecuted, open');
    await who.press('.acts a[href^="/services/new?mother="]');
    await proposed(who, 'literacy', `education_${telling.city}`);
    assert.equal(who.path, story.mother);
    await who.$('#svc p a[href^="/services/"]:not([href*="new"])').first().waitFor({ state: 'visible' });
  });
}

/** Corrected to prosecuted: her services stop, the child's go on; a supervisor opens them with a written reason. */
export async function corrected(telling, story) {
  const worker = await telling.person(`worker.${telling.city}`);
  const supervisor = await telling.person(`supervisor.${telling.city}`);
  const prosecutor = await telling.person(`prosecutor.${telling.city}`);
  await telling.step('The prosecutor corrects the decision: she is prosecuted', prosecutor, async (who) => {
    await onDesk(who, story, 'mine');
    await who.$('#reports .quote').filter({ hasText: story.words.heard }).waitFor({ state: 'visible' });
    await who.answer('a1k0-prosecuted');
    await who.choose('a1k0-kind_prosecuted', 'prosecution_at_liberty');
    await who.choose('a1k0-offence', 'pc_326');
    await who.press('form:has([id="a1k0-offence"]) button');
    await who.isNotRefused();
    await who.reads('#a1 .pill', 'decision-prosecuted');
    await who.look('decision corrected');
  });
  await telling.step('Her services are blocked, and the child\'s go on', worker, async (who) => {
    await byNotice(who, story);
    await toMother(who, story);
    await who.reads('.pill', 'mother-access-blocked');
    assert.equal(await who.$('a[href^="/services/new?mother="]').count(), 0, 'nothing can be proposed to her');
    await who.look('mother blocked');
    await who.press(`main a[href="${story.file}"]`);
    await who.press('.acts a[href^="/services/new?case="]');
    await proposed(who, 'school_enrolment', `education_${telling.city}`);
    assert.equal(who.path, story.file);
  });
  await telling.step('The supervisor opens her services against the prosecution', supervisor, async (who) => {
    await byNotice(who, story);
    await toMother(who, story);
    await who.tap('label[for="reason-victim_herself"]');
    await who.press('form[action$="/support"] button.pri');
    await who.isRefused(1); // a code alone is not enough
    await who.look('override without words');
    await who.write('note', story.words.override);
    await who.press('form[action$="/support"] button.pri');
    await who.isNotRefused();
    await who.reads('.pill', 'mother-access-open');
    await who.look('mother opened against the prosecution');
  });
  await telling.step('The worker can propose again', worker, async (who) => {
    await toMother(who, story);
    await who.reads('.pill', 'mother-access-open');
    await who.$('.acts a[href^="/services/new?mother="]').waitFor({ state: 'visible' });
  });
}

/** The registrar writes a hearing down: it is in the calendar, and the cell is told. */
export async function heard(telling, story) {
  const registrar = await telling.person(`registrar.${telling.city}`);
  const worker = await telling.person(`worker.${telling.city}`);
  const on = day(3);
  await telling.step('The registrar writes down a hearing of the child', registrar, async (who) => {
    await onDesk(who, story, 'decided');
    await who.choose('event-kind', 'hearing');
    const child = who.$('[id="event-about"] option[value^="child:"]').first();
    await who.choose('event-about', await child.getAttribute('value'));
    await who.write('event-held_on', on);
    await who.press('form[action$="/events"] button');
    await who.isRefused(2); // the hour, and before whom
    await who.look('hearing refused');
    await who.write('event-held_time', '09:30');
    await who.choose('event-venue', 'juvenile_judge');
    await who.press('form[action$="/events"] button');
    await who.isNotRefused();
    await who.reads('#at-court', 'judicial-event-hearing');
    await who.look('hearing written down');
  });
  await telling.step('It is in the calendar of the court', registrar, async (who) => {
    await who.follow('/prosecution');
    await who.press('main a[href="/prosecution/calendar"]');
    const month = (date) => date.slice(3);
    if (month(on) !== month(day())) await who.press('main .pager a:last-child');
    await who.$(`main .check a[href="${story.judicial}"]`).first().waitFor({ state: 'visible' });
    await who.look('hearing in the calendar');
    assert.equal(await who.$('main').getByText(story.words.child).count(), 0, 'no name is in a calendar');
  });
  await telling.step('The cell is told of the hearing', worker, async (who) => {
    await isTold(who, 'notice-court-hearing', story.file);
    await who.press(`main a[href="${story.file}"]`);
    await who.press(`#judicial a[href="${story.judicial}"]`);
    await who.reads('#at-court', 'judicial-event-hearing');
    assert.equal(await who.$('#adults').count(), 0, 'the cell reads no decision on an adult');
    await who.look('hearing read in the cell');
  });
}

/** A paper is printed by who has just shown who they are; who holds one asks whether it is true. */
export async function printed(t, app, { lang, width, city }) {
  const enter = async () => {
    const page = await newPage(t, { lang, width, allow: [/favicon/] });
    await page.context().addCookies([{ name: 'lang', value: lang, url: app.url }]);
    return page;
  };
  const prosecutor = await enter();
  await signIn(prosecutor, `prosecutor.${city}`);
  await prosecutor.goto('/prosecution?state=decided');
  await prosecutor.goto(await prosecutor.locator('#files h3 a').first().getAttribute('href'));
  const papers = await prosecutor.locator('#extract a[href*="/paper.pdf"], main a[href$="/notice.pdf"]')
    .evaluateAll((links) => links.map((link) => link.getAttribute('href')));
  assert.ok(papers.length >= 3, 'the dossier in two languages, and a decision');
  for (const paper of papers.slice(0, 3)) {
    const view = await prosecutor.context().newPage();
    const answer = await view.goto(paper, { timeout: TYPESETTING });
    assert.equal(answer.status(), 200, paper);
    assert.equal(answer.headers()['content-type'], 'application/pdf', paper);
    await view.close();
  }

  const stranger = await enter();
  await stranger.goto('/verify');
  const ask = async (code) => {
    await stranger.locator('#code').fill(code);
    await Promise.all([stranger.waitForEvent('framenavigated'), stranger.locator('form[action="/verify"] button').click()]);
    await stranger.waitForLoadState();
    await axe(stranger);
    await noHorizontalScroll(stranger, 320);
  };
  await ask('nothing');
  assert.equal(await stranger.locator('[role=alert] li').count(), 1);
  await ask(NO_PAPER);
  await stranger.locator('[role=status]').filter({ hasText: say(lang, 'paper-verify-unknown') }).waitFor({ state: 'visible' });
}

/** To the mother's page, from the child's file or the page of notices. */
async function toMother(who, story) {
  if (who.path === '/notices') await who.press(`main a[href="${story.file}#judicial"]`);
  if (who.path !== story.file) await who.press(`main a[href="${story.file}"]`);
  await who.press('main a[href^="/mothers/"]');
  story.mother = who.path;
}

/** Help of that kind is written down as proposed; ends on the page of whom it is for. */
async function proposed(who, kind, provider) {
  await who.answer(`kind-${kind}`);
  await who.choose('provider', provider);
  await who.answer('state-proposed');
  await who.press('.actbar button.pri');
  await who.isNotRefused();
  // it is sent later: from the request to the act, and back
  await who.press('.crumb a[href^="/services/"]');
  await who.press('.crumb a');
}
