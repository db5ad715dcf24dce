// The story of a file, to its end: a bed, visits, the closing and the check after it; and the file that goes to another
// city. Told by care.test.mjs.

import assert from 'node:assert/strict';
import { day } from './person.mjs';
import { back, toFile } from './story-care.mjs';

/** A bed: asked for and held, the child received, and given back to the family. */
export async function sheltered(telling, story) {
  const worker = await telling.person(`worker.${telling.city}`);
  const manager = await telling.person(`institution.${telling.city}`);
  await telling.step('A bed is asked for, and held', worker, async (who) => {
    await toFile(who, story);
    await who.press(`#shelter a[href="${story.file}/shelter"]`);
    await who.tap('#group .opt:has(.pill.brand) label');
    await who.write('brought_by', story.words.brings);
    await who.choose('responsible', `en_cell_${telling.city}`);
    await who.press('form.card .actbar button.pri');
    await who.isNotRefused();
    await who.reads('.pill', 'bed-state-held');
    await who.look('bed held');
  });
  const child = manager.$('main a[href^="/shelter/holds/"]').filter({ hasText: story.words.child });
  await telling.step('The institution receives the child', manager, async (who) => {
    await who.follow('/shelter/desk');
    story.hold = await child.first().getAttribute('href');
    await who.press(`main a[href="${story.hold}"]`);
    await who.answer('move-admit');
    await who.press('form[action^="/shelter/holds/"] button.pri');
    await who.isNotRefused();
    await who.reads('.pill', 'bed-state-admitted');
    assert.equal(await who.$('main a[href^="/cases/"]').count(), 0, 'an institution reads no file');
  });
  await telling.step('The institution gives the child back to the family', manager, async (who) => {
    await who.follow('/shelter/desk');
    await who.press(`main a[href="${story.hold}"]`);
    await who.answer('move-discharge');
    await who.choose('destination', 'extended_family');
    await who.press('form[action^="/shelter/holds/"] button.pri');
    await who.isNotRefused();
  });
}

/** Follow-up: a visit made, one missed, the next one owed. */
export async function visited(telling, story) {
  const worker = await telling.person(`worker.${telling.city}`);
  await telling.step('The follow-up begins', worker, async (who) => {
    await toFile(who, story);
    await who.press('button[name=move][value=follow_up]');
    await who.reads('.pill', 'state-monitoring');
  });
  await telling.step('A visit is written down', worker, async (who) => {
    await who.press(`main a[href="${story.file}/visits"]`);
    await who.answer('happened-yes');
    await who.answer('safe-yes');
    await who.answer('refound-no');
    await who.choose('education', 'primary');
    await who.write('findings', story.words.found);
    await who.press('form.card .actbar button.pri');
    await who.isNotRefused();
    await who.$('.tl').getByText(story.words.found).waitFor();
    await who.look('visit made');
  });
  await telling.step('A visit was missed, and says why', worker, async (who) => {
    await who.answer('happened-no');
    await who.press('form.card .actbar button.pri');
    await who.isRefused(1);
    await who.look('visit refused');
    await who.choose('missed_reason', 'nobody_there');
    await who.press('form.card .actbar button.pri');
    await who.isNotRefused();
  });
}

/** The closing: the child is heard, the report written, a second person grants it. */
export async function closed(telling, story) {
  const { words } = story;
  const worker = await telling.person(`worker.${telling.city}`);
  const supervisor = await telling.person(`supervisor.${telling.city}`);
  await telling.step('The child is heard on the closing', worker, async (who) => {
    await toFile(who, story);
    await who.press(`main a[href="${story.file}/rights?occasion=closure"]`);
    await who.choose('occasion', 'closure');
    await who.write('heard_on', day());
    await who.answer('heard-yes');
    await who.choose('language', 'darija');
    await who.write('words', words.view);
    await who.press('form[action$="/rights/views"] button.pri');
    await who.isNotRefused();
  });
  await telling.step('The final report is written, and the closing asked for', worker, async (who) => {
    await back(who, story);
    await who.press(`main a[href="${story.file}/closure"]`);
    await who.look('closure begun');
    await who.choose('closing_reason', 'objectives_met');
    for (const field of ['entry', 'done', 'now']) await who.write(`report_${field}`, words[field]);
    await who.choose('placement', 'extended_family');
    await who.choose('education', 'primary');
    await who.press('form[action$="/closure"] button.pri');
    await who.isNotRefused();
    await who.write('reason', words.why);
    await who.press('button[name=move][value=ask_closure]');
    await who.isNotRefused();
    if (who.path !== `${story.file}/closure`) await who.press(`main a[href="${story.file}/closure"]`);
    assert.equal(await who.$('button[value=close]').count(), 0, 'nobody grants what they asked for');
    await who.look('closure asked');
  });
  await telling.step('A second person grants the closing', supervisor, async (who) => {
    await who.follow('/today');
    await who.press(`.tasks a[href="${story.file}/closure"]`);
    await who.$('#report').getByText(words.now).waitFor();
    await who.look('closure answered');
    await who.choose('closure_reason', 'objectives_met');
    await who.press('button[name=move][value=close]');
    await who.isNotRefused();
    if (who.path !== story.file) await back(who, story);
    await who.reads('.pill', 'state-closed');
    await who.look('file closed');
  });
}

/** Three months later: `later` has moved the closing back. */
export async function checked(telling, story) {
  const worker = await telling.person(`worker.${telling.city}`);
  await telling.step('Three months later: how is the child?', worker, async (who) => {
    await who.follow('/today');
    const task = who.$('.tasks li').filter({ has: who.$(`a[href="${story.file}/closure"]`) }).first();
    await task.waitFor();
    await who.press(`.tasks a[href="${story.file}/closure"]`);
    await who.choose('months', '3');
    await who.write('checked_on', day());
    await who.answer('reached-yes');
    await who.press('form[action$="/after"] button.pri');
    await who.isRefused(4); // safe, school, begging, and the words
    await who.look('check refused');
    await who.answer('safe-yes');
    await who.answer('schooled-yes');
    await who.answer('begging_again-no');
    await who.write('after_words', story.words.after);
    await who.press('form[action$="/after"] button.pri');
    await who.isNotRefused();
    await who.$('.tl').getByText(story.words.after).waitFor();
    assert.deepEqual(await who.$('#months option').evaluateAll((all) => all.map((one) => one.value)), ['', '6']);
    await who.look('check made');
  });
}

/** The file that goes to another city: refused once, then accepted; the sender loses it. */
export async function transferred(telling, story) {
  const { words } = story;
  const sender = await telling.person(`supervisor.${telling.city}`);
  const receiver = await telling.person(`supervisor.${telling.other}`);
  const worker = await telling.person(`worker.${telling.other}`);
  const ask = async (who, why) => {
    await who.press(`main a[href="${story.file}/transfer"]`);
    const cities = await who.$('#to_city option').evaluateAll((all) => all.map(({ value, text }) => [value, text]));
    const [city] = cities.find(([, text]) => text.includes(telling.otherName)) ?? assert.fail(`${telling.otherName} in ${cities}`);
    await who.choose('to_city', city);
    await who.write('transfer_why', why);
    await who.press('form[action$="/transfer"] button.pri');
    await who.isNotRefused();
  };
  await telling.step('The supervisor asks another city to take the file', sender, async (who) => {
    await back(who, story);
    await ask(who, words.move);
    story.transfer = who.path;
  });
  assert.match(story.transfer, /^\/transfers\//);
  await telling.step('The other city refuses, with a reason', receiver, async (who) => {
    await who.follow('/transfers');
    await who.press(`main a[href="${story.transfer}"]`);
    assert.equal(await who.$('main a[href^="/cases/"]').count(), 0, 'nothing but the sheet before it is accepted');
    await who.tap('details:has(form[action$="/refuse"]) > summary');
    await who.press('form[action$="/refuse"] button');
    await who.isRefused(1);
    await who.look('transfer refusal refused');
    await who.write('refusal', words.refused);
    await who.press('form[action$="/refuse"] button');
    await who.isNotRefused();
  });
  await telling.step('The supervisor reads why, and asks again', sender, async (who) => {
    await who.follow('/transfers');
    await who.press(`main a[href="${story.transfer}"]`);
    await who.$('.quote').filter({ hasText: words.refused }).waitFor();
    await who.look('transfer refused');
    await who.press(`main a[href="${story.file}"]`);
    await ask(who, words.again);
    story.transfer = who.path;
  });
  await telling.step('The other city accepts, and gives the file to a worker', receiver, async (who) => {
    await who.follow('/transfers');
    await who.press(`main a[href="${story.transfer}"]`);
    await who.choose('lead', { label: await worker.name });
    await who.press('form[action$="/accept"] button.pri');
    await who.isNotRefused();
    assert.equal(who.path, story.file);
    await who.look('file received');
  });
  assert.equal((await sender.page.goto(story.file)).status(), 404, 'the sender has lost it');
  assert.equal((await worker.page.goto(story.file)).status(), 200, 'the receiver\'s worker has it');
  assert.ok((await worker.$('h1').innerText()).includes(words.child));
  await worker.reads('.pill', 'state-implementation');
}
